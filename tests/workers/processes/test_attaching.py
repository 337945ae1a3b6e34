"""What the reading process takes out of a document that came in it."""

import os
from dataclasses import replace
from pathlib import Path

import pymupdf  # noqa: TID253  (tests that make PDFs need it anyway)
import pytest

from desktop_rag.domain.attachments import AttachmentRoom
from desktop_rag.domain.folders import Passed
from desktop_rag.domain.ports import Cancelled
from desktop_rag.library.disk import attached_files
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.reading import AttachmentsFound, PageRead, Read
from desktop_rag.workers.processes.reading import ReadingProcess
from tests import pdfs
from tests.fakes import CancelAfter, NeverCancelled
from tests.workers.processes.test_reading import read


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "data")


def steps(paths: Paths, path: Path, room: AttachmentRoom | None = AttachmentRoom()) -> list[object]:  # noqa: B008 - it is frozen
    command = replace(read(path), room=room)
    return list(ReadingProcess(paths).handle(command, NeverCancelled()))


def test_what_came_in_a_document_is_there_before_its_first_page(paths, tmp_path) -> None:
    path = pdfs.with_files(
        tmp_path / "a.pdf", {"note.txt": b"On tides.", "b.md": b"# Buoys", "song.mp3": b"ID3"}
    )
    found, *rest = steps(paths, path)
    assert isinstance(found, AttachmentsFound)
    assert rest == [PageRead(0, 1)]
    assert [fact.path.name for fact in found.files] == ["note.txt", "b.md"]
    assert found.files[0].path.read_bytes() == b"On tides."
    assert found.folder in found.files[0].path.parents
    assert [(one.path, one.reason) for one in found.passed.named] == [
        (path / "song.mp3", Passed.KIND)
    ]
    assert found.passed.kinds == ((".mp3", 1),)


def test_it_is_taken_out_once(paths, tmp_path) -> None:
    path = pdfs.with_files(tmp_path / "a.pdf", {"note.txt": b"On tides."})
    first, *_ = steps(paths, path)
    before = first.files[0].path.stat()
    again, *_ = steps(paths, path)
    after = again.files[0].path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_was_taken_out_and_damaged_is_taken_out_anew(paths, tmp_path) -> None:
    path = pdfs.with_files(tmp_path / "a.pdf", {"note.txt": b"On tides."})
    first, *_ = steps(paths, path)
    first.files[0].path.write_bytes(b"other")
    again, *_ = steps(paths, path)
    assert again.files[0].path.read_bytes() == b"On tides."


def test_what_looks_like_a_document_and_is_none_is_passed_over(paths, tmp_path) -> None:
    path = pdfs.with_files(
        tmp_path / "a.pdf", {"a.txt": b"\x7fELF not text", "scan": b"no scan", "x.mp3": b"ID3"}
    )
    found, *_ = steps(paths, path)
    assert found.files == ()
    assert [(one.path.name, one.reason) for one in found.passed.named] == [
        ("a.txt", Passed.KIND),
        ("scan", Passed.KIND),
        ("x.mp3", Passed.KIND),
    ]
    assert not attached_files.place(paths.attachments_folder, read(path).document).exists()


@pytest.mark.parametrize(
    ("room", "taken"), [(AttachmentRoom(2, 1 << 20), 2), (AttachmentRoom(9, 25), 2), (None, 0)]
)
def test_no_more_is_taken_than_there_is_room_for(paths, tmp_path, room, taken) -> None:
    files = {f"{number}.txt": b"ten bytes." for number in range(4)}
    path = pdfs.with_files(tmp_path / "a.pdf", files)
    found = [step for step in steps(paths, path, room) if isinstance(step, AttachmentsFound)]
    assert sum(len(one.files) for one in found) == taken
    left = [one.reason for step in found for one in step.passed.named]
    assert left == [Passed.ROOM] * (4 - taken if room else 0)


def test_a_document_without_any_says_nothing(paths, tmp_path) -> None:
    assert steps(paths, pdfs.plain(tmp_path / "a.pdf", ["Text."])) == [PageRead(0, 1)]
    assert list(paths.attachments_folder.rglob("*")) == []


def test_what_is_broken_off_leaves_nothing(paths, tmp_path) -> None:
    files = {f"{number}.txt": b"text" for number in range(5)}
    command = replace(read(pdfs.with_files(tmp_path / "a.pdf", files)), room=AttachmentRoom())
    with pytest.raises(Cancelled):
        list(ReadingProcess(paths).handle(command, CancelAfter(2)))
    assert not any(path.is_file() for path in paths.attachments_folder.rglob("*"))


def test_what_a_process_left_unfinished_is_removed_and_not_what_others_do(paths) -> None:
    folder = paths.attachments_folder / "ab"
    dead, alive = folder / f"ab.{2**22 + 1}.part", folder / "ab.1.part"
    for one in (dead, alive):
        (one / "1").mkdir(parents=True)
    ReadingProcess(paths)
    assert not dead.exists()
    assert alive.exists()


def test_odd_names_stay_in_their_folder(paths, tmp_path) -> None:
    path = pdfs.with_files(tmp_path / "a.pdf", {"../../up.txt": b"On tides.", "/etc/x.txt": b"Y."})
    found, *_ = steps(paths, path)
    for fact in found.files:
        assert fact.path.parent.parent == found.folder
    assert isinstance(read(path), Read)
    assert pymupdf.open(path).embfile_count() == 2


def test_a_picture_as_small_as_a_logo_is_passed_over_and_a_scan_is_not(paths, tmp_path) -> None:
    def png(side: int) -> bytes:
        noise = pymupdf.Pixmap(pymupdf.csRGB, side, side, os.urandom(3 * side * side), False)
        return noise.tobytes("png")

    path = pdfs.with_files(tmp_path / "a.pdf", {"logo.png": png(30), "scan.png": png(100)})
    found, *_ = steps(paths, path)
    assert [fact.path.name for fact in found.files] == ["scan.png"]
    assert [(one.path.name, one.reason) for one in found.passed.named] == [
        ("logo.png", Passed.SMALL)
    ]
