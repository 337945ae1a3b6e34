"""Finding documents in folders, and telling which files are gone."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain import folders
from desktop_rag.domain.documents import FileFact
from desktop_rag.domain.errors import (
    DocumentMissing,
    DocumentUnreadable,
    NothingToIndex,
    UnsupportedFile,
)
from desktop_rag.domain.folders import Passed, PassedFile, PassedOver
from desktop_rag.workers.commands.reading import (
    FilesFound,
    FindFiles,
    Gone,
    PathRefused,
    Verify,
    Walked,
)
from desktop_rag.workers.processes.file_listing import fact_of_file, find, verify

posix_user = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to this user"
)


class Uncancelled:
    """A job that nobody cancels."""

    def check(self) -> None:
        """Go on."""


def found(paths: Path | Sequence[Path], *patterns: str) -> list[object]:
    given = (paths,) if isinstance(paths, Path) else tuple(paths)
    return list(find(FindFiles(given, patterns), Uncancelled()))


def names(replies: Iterable[object], folder: Path) -> list[str]:
    return [
        fact.path.relative_to(folder).as_posix()
        for reply in replies
        if isinstance(reply, FilesFound)
        for fact in reply.files
    ]


def refused(replies: Iterable[object]) -> list[tuple[Path, type]]:
    return [(reply.path, type(reply.error)) for reply in replies if isinstance(reply, PathRefused)]


def touched(folder: Path, *files: str) -> Path:
    for file in files:
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    return folder


def test_a_folder_gives_what_people_write_and_read(tmp_path: Path) -> None:
    endings = [
        "pdf",
        "PDF",
        "epub",
        "docx",
        "pptx",
        "xlsx",
        "html",
        "htm",
        "md",
        "txt",
        "tif",
        "odt",
        "csv",
    ]
    touched(tmp_path, *(f"{at:02}.{ending}" for at, ending in enumerate(endings)))
    touched(tmp_path, "film.mp4", "icon.ico", "code.o", "old.doc", "song.mp3", "no_ending")
    assert names(found(tmp_path), tmp_path) == [f"{n:02}.{e}" for n, e in enumerate(endings)]


def test_a_folder_keeps_what_is_not_the_users_to_itself(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf", ".hidden.pdf", "~$a.docx", "sub/b.txt")
    hidden = (".git", "node_modules", "__MACOSX", "page_files", "$RECYCLE.BIN", ".trash/deep")
    touched(tmp_path, *(f"{folder}/c.pdf" for folder in hidden))
    assert names(found(tmp_path), tmp_path) == ["a.pdf", "sub/b.txt"]


def test_a_hidden_folder_is_looked_into_if_it_is_what_was_given(tmp_path: Path) -> None:
    folder = touched(tmp_path / ".papers", "a.pdf")
    assert names(found(folder), folder) == ["a.pdf"]


def test_files_come_before_folders_each_by_name(tmp_path: Path) -> None:
    touched(tmp_path, "z.pdf", "a.pdf", "b/c.pdf", "b/a.pdf", "a/x/y.pdf", "a/z.pdf")
    expected = ["a.pdf", "z.pdf", "a/z.pdf", "a/x/y.pdf", "b/a.pdf", "b/c.pdf"]
    assert names(found(tmp_path), tmp_path) == expected


def test_patterns_leave_out_what_git_would(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf", "draft.pdf", "old/b.pdf", "sub/old/c.pdf", "sub/keep.txt", "x.txt")
    replies = found(tmp_path, "draft.*", "old/", "*.txt", "!keep.txt", "#a.pdf", "")
    assert names(replies, tmp_path) == ["a.pdf", "sub/keep.txt"]


def test_a_pattern_that_means_nothing_changes_nothing(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf", "b.pdf")
    assert names(found(tmp_path, "!", "b.pdf"), tmp_path) == ["a.pdf"]


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "scan.TIFF", "notes.md"])
def test_what_is_given_by_itself_may_be_a_picture(tmp_path: Path, name: str) -> None:
    touched(tmp_path, name)
    assert names(found(tmp_path / name), tmp_path) == [name]


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.pages", "a.exe"])
def test_what_cannot_be_read_is_refused_where_it_is_given_by_itself(tmp_path, name) -> None:
    touched(tmp_path, name)
    assert refused(found(tmp_path / name)) == [(tmp_path / name, UnsupportedFile)]


def test_a_pdf_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "scan"
    path.write_bytes(b"\n%PDF-1.7")
    assert names(found(path), tmp_path) == ["scan"]


def test_a_folder_gives_pdfs_and_pictures_that_have_no_ending(tmp_path: Path) -> None:
    heads = {"scan": b"%PDF-1.7", "fax": b"II*\0", "photo": b"\xff\xd8\xff", "Makefile": b"all:"}
    for name, head in {**heads, "Acta 3. Junta": b"%PDF-1.4", ".hidden": b"%PDF-1.4"}.items():
        (tmp_path / name).write_bytes(head)
    assert names(found(tmp_path), tmp_path) == ["Acta 3. Junta", "fax", "photo", "scan"]


def test_what_has_an_ending_is_not_opened_in_a_folder(tmp_path: Path, monkeypatch) -> None:
    touched(tmp_path, "a.pdf", "b.csv", "c.exe", "d")
    opened: list[str] = []
    real = Path.open

    def noting(path: Path, *arguments, **named):
        opened.append(path.name)
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", noting)
    assert names(found(tmp_path), tmp_path) == ["a.pdf", "b.csv"]
    assert opened == ["d"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a kind of file that Windows has not")
def test_a_pipe_without_an_ending_holds_nothing_up(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf")
    os.mkfifo(tmp_path / "pipe")
    assert names(found(tmp_path), tmp_path) == ["a.pdf"]


def test_a_folder_says_when_all_of_it_was_seen(tmp_path: Path) -> None:
    touched(tmp_path / "full", "a.pdf")
    (tmp_path / "empty").mkdir()
    full, empty, missing = (tmp_path / name for name in ("full", "empty", "missing"))
    replies = found([full, empty, missing])
    assert isinstance(replies[0], FilesFound)
    assert replies[1:2] == [Walked(full, whole=True)]
    assert isinstance(replies[2], PathRefused)
    assert replies[3:4] == [Walked(empty, whole=True)]
    assert refused(replies) == [(empty, NothingToIndex), (missing, DocumentMissing)]
    assert len(replies) == 5


@posix_user
def test_a_closed_folder_leaves_the_one_around_it_not_whole(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf", "closed/b.pdf")
    (tmp_path / "closed").chmod(0)
    replies = found(tmp_path)
    (tmp_path / "closed").chmod(0o700)
    assert refused(replies) == [(tmp_path / "closed", DocumentUnreadable)]
    assert replies[-1] == Walked(tmp_path, whole=False)


def test_many_files_come_in_batches(tmp_path: Path) -> None:
    touched(tmp_path, *(f"{n:04}.txt" for n in range(1_201)))
    replies = found(tmp_path)
    assert [len(reply.files) for reply in replies if isinstance(reply, FilesFound)] == [
        500,
        500,
        201,
    ]


def test_a_fact_knows_the_disk_of_its_file(tmp_path: Path) -> None:
    touched(tmp_path, "a.pdf")
    known = (tmp_path / "a.pdf").stat()
    fact = fact_of_file(tmp_path / "a.pdf")
    assert (fact.device, fact.inode, fact.size) == (known.st_dev, known.st_ino, 1)


# Gone


def gone(*facts: FileFact) -> list[Path]:
    return [path for reply in verify(Verify(facts)) for path in reply.paths]


@pytest.fixture
def fact(tmp_path: Path) -> FileFact:
    return fact_of_file(touched(tmp_path, "drive/sub/a.pdf") / "drive/sub/a.pdf")


def test_a_file_that_is_there_is_not_gone(fact: FileFact) -> None:
    assert gone(fact) == []


def test_a_file_is_gone_when_its_folder_is_there_without_it(fact: FileFact) -> None:
    fact.path.unlink()
    assert gone(fact) == [fact.path]


def test_a_file_is_gone_with_its_folder(fact: FileFact) -> None:
    fact.path.unlink()
    fact.path.parent.rmdir()
    assert gone(fact) == [fact.path]


def test_a_file_is_gone_when_a_file_has_the_name_of_its_folder(fact: FileFact) -> None:
    fact.path.unlink()
    fact.path.parent.rmdir()
    fact.path.parent.write_bytes(b"")
    assert gone(fact) == [fact.path]


def test_a_drive_that_was_unplugged_takes_nothing_with_it(fact: FileFact) -> None:
    fact.path.unlink()
    fact.path.parent.rmdir()
    assert gone(replace(fact, device=fact.device + 1)) == []


def test_a_file_of_an_unknown_disk_is_not_gone(fact: FileFact) -> None:
    fact.path.unlink()
    assert gone(replace(fact, device=0)) == []


@posix_user
def test_what_cannot_be_seen_is_not_gone(fact: FileFact) -> None:
    fact.path.unlink()
    fact.path.parent.chmod(0)
    seen = gone(fact)
    fact.path.parent.chmod(0o700)
    assert seen == []


def test_only_files_that_are_gone_are_told_in_batches(tmp_path: Path) -> None:
    device = tmp_path.stat().st_dev
    facts = [FileFact(tmp_path / f"{n}.pdf", 1, 1, 1, device) for n in range(501)]
    replies = list(verify(Verify(tuple(facts))))
    assert all(isinstance(reply, Gone) for reply in replies)
    assert [len(reply.paths) for reply in replies] == [500, 1]


def passed_over(replies: Iterable[object]) -> PassedOver:
    (walked,) = [reply for reply in replies if isinstance(reply, Walked)]
    return walked.passed


def test_files_that_are_no_documents_are_told_with_the_reason(tmp_path) -> None:
    given = ("b.mp3", "sub/a.EXE", "a.pdf", "notes", "sub/.git/config", ".env", "node_modules/x.js")
    touched(tmp_path, *given)
    told = passed_over(found(tmp_path, "ignored", "*.tmp"))
    assert told.named == (
        PassedFile(tmp_path / "b.mp3", Passed.KIND),
        PassedFile(tmp_path / "notes", Passed.KIND),
        PassedFile(tmp_path / "sub" / "a.EXE", Passed.KIND),
    )
    assert sorted(told.kinds) == [("", 1), (".exe", 1), (".mp3", 1)]
    touched(tmp_path, "x.tmp", "ignored/song.mp3")
    assert passed_over(found(tmp_path, "ignored", "*.tmp")) == told


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are others there")
def test_a_link_to_a_folder_is_passed_over_and_what_is_no_file_is_nothing(tmp_path) -> None:
    folder = touched(tmp_path / "a", "a.pdf")
    (folder / "again").symlink_to(folder)
    (folder / ".hidden").symlink_to(folder)
    (folder / "nowhere.mp3").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe")
    told = passed_over(found(folder))
    assert told.named == (PassedFile(folder / "again", Passed.LINK),)
    assert told.kinds == (("", 1),)


def test_of_very_many_files_the_first_are_named_and_all_are_counted(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("desktop_rag.workers.processes.file_listing.NAMED", 3)
    touched(tmp_path, *(f"{number}.raw" for number in range(9)))
    told = passed_over(found(tmp_path))
    assert [one.path.name for one in told.named] == ["0.raw", "1.raw", "2.raw"]
    assert told.count == 9
    assert folders.NAMED == 1_000
