"""The reading process: what it keeps of documents, and what it recognizes in their pictures."""

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)
import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DocumentChanged,
    DocumentLocked,
    DocumentMissing,
    PasswordWrong,
    RecognitionDataMissing,
)
from desktop_rag.domain.ports import Cancelled
from desktop_rag.library.disk import page_store
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.reading import Bind, PageRead, PageRecognized, Read, Recognize
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.processes import reading
from desktop_rag.workers.processes.file_listing import fact_of_file
from desktop_rag.workers.processes.reading import ReadingProcess
from tests import pdfs
from tests.fakes import CancelAfter, NeverCancelled
from tests.tesseract import needs_tesseract

SEEN = "The lighthouse keeper wrote down every vessel."
BOTH = ("spa", "eng")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "data")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sample.pdf"


def id_of(path: Path) -> DocumentId:
    return DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())


def read(path: Path, password: str = "") -> Read:
    return Read(id_of(path), fact_of_file(path), password=password)


def recognize(path: Path, *pages: int, languages=BOTH, password: str = "") -> Recognize:
    return Recognize(id_of(path), fact_of_file(path), pages, languages, password)


def mixed(path: Path, pages: int = 3) -> Path:
    """Pages of text, every second of them a picture of it."""
    with pymupdf.open() as source, pymupdf.open() as document:
        page = source.new_page(width=400, height=100)
        page.insert_text((20, 50), SEEN, fontname="tiro", fontsize=12)
        picture = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        for number in range(pages):
            page = document.new_page(width=400, height=100)
            if number % 2:
                page.insert_image(page.rect, pixmap=picture)
            else:
                page.insert_text((20, 50), f"Page {number} was always text.")
        document.save(path)
    return path


def texts(paths: Paths, path: Path) -> list[str]:
    found = page_store.load(paths.pages_folder, id_of(path))
    assert found is not None
    return [" ".join(line.text for line in page.lines) for page in found[1]]


def test_pages_that_wait_for_recognition_are_told(paths, path) -> None:
    steps = list(ReadingProcess(paths).handle(read(mixed(path)), NeverCancelled()))
    assert steps == [PageRead(0, 3), PageRead(1, 3, unread=True), PageRead(2, 3)]
    assert page_store.left(paths.pages_folder, id_of(path)).unread == (1,)


def with_picture(path: Path, share: float) -> Path:
    """A page of text that shows a picture of other text on so much of it."""
    with pymupdf.open() as source, pymupdf.open() as document:
        page = source.new_page(width=400, height=200)
        page.insert_text((20, 50), SEEN, fontname="tiro", fontsize=12)
        picture = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        page = document.new_page(width=400, height=400)
        for line in range(6):
            page.insert_text((20, 40 + 15 * line), f"Line {line} of a report on tolls and barges.")
        high = 400 * share
        page.insert_image((0, 180, 2 * high, 180 + high), pixmap=picture)
        document.save(path)
    return path


@pytest.mark.parametrize(
    ("wanted", "share", "unread"), [(True, 0.5, True), (True, 0.2, False), (False, 0.5, False)]
)
def test_large_pictures_on_pages_of_text_wait_if_that_is_wanted(
    paths, path, wanted: bool, share: float, unread: bool
) -> None:
    command = replace(read(with_picture(path, share)), pictures=wanted)
    steps = list(ReadingProcess(paths).handle(command, NeverCancelled()))
    assert steps == [PageRead(0, 1, unread=unread)]
    assert "report on tolls" in texts(paths, path)[0]  # readable meanwhile


@needs_tesseract
def test_what_pictures_say_is_added_to_the_text_of_the_page(paths, path) -> None:
    handle = ReadingProcess(paths).handle
    list(handle(replace(read(with_picture(path, 0.5)), pictures=True), NeverCancelled()))
    own = texts(paths, path)[0]
    list(handle(recognize(path, 0), NeverCancelled()))
    list(handle(Bind(id_of(path)), NeverCancelled()))
    assert texts(paths, path) == [f"{own} {SEEN}"]


def test_pages_that_could_not_be_had_are_told(paths, path) -> None:
    steps = list(ReadingProcess(paths).handle(read(pdfs.hostile(path)), NeverCancelled()))
    assert [step.damaged for step in steps] == [False, True, True]
    assert page_store.left(paths.pages_folder, id_of(path)).damaged == (1, 2)


def test_a_file_that_goes_while_it_is_read_is_missing(paths, path) -> None:
    steps = iter(ReadingProcess(paths).handle(read(pdfs.book(path, 40)), NeverCancelled()))
    assert next(steps) == PageRead(0, 40)
    path.unlink()
    with pytest.raises(DocumentMissing):
        list(steps)


def test_a_file_that_is_cut_short_while_it_is_read_has_changed(paths, path) -> None:
    command = read(pdfs.book(path, 40))
    steps = iter(ReadingProcess(paths).handle(command, NeverCancelled()))
    next(steps)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(DocumentChanged):
        list(steps)
    assert page_store.load(paths.pages_folder, command.document) is None


@needs_tesseract
def test_only_the_pages_that_need_it_are_recognized_and_bound(paths, path) -> None:
    handle = ReadingProcess(paths).handle
    list(handle(read(mixed(path, 4)), NeverCancelled()))
    own = ["Page 0 was always text.", "", "Page 2 was always text.", ""]
    assert texts(paths, path) == own
    (step,) = handle(recognize(path, 1), NeverCancelled())
    assert step == PageRecognized(1, 1.0)
    assert texts(paths, path) == [own[0], SEEN, own[2], ""]
    list(handle(recognize(path, 1, 3), NeverCancelled()))
    assert list(handle(Bind(id_of(path)), NeverCancelled())) == []
    assert texts(paths, path) == [own[0], SEEN, own[2], SEEN]
    assert page_store.left(paths.pages_folder, id_of(path)) == page_store.UnreadPages()
    assert not list(paths.pages_folder.glob("*/*.ocr"))


@needs_tesseract
def test_a_page_that_is_kept_is_not_recognized_again(paths, path) -> None:
    handle = ReadingProcess(paths).handle
    list(handle(read(mixed(path, 4)), NeverCancelled()))
    with pytest.raises(Cancelled):
        list(handle(recognize(path, 1, 3), CancelAfter(1)))
    (kept,) = paths.pages_folder.glob("*/*.ocr/*.json")
    before = kept.stat()
    assert len(list(handle(recognize(path, 1, 3), NeverCancelled()))) == 2
    assert kept.stat() == before
    assert len(list(paths.pages_folder.glob("*/*.ocr/*.json"))) == 2


def test_without_data_of_any_language_it_says_so(paths, path) -> None:
    handle = ReadingProcess(paths).handle
    with pytest.raises(RecognitionDataMissing) as caught:
        list(handle(recognize(mixed(path), 1, languages=("xyz", "zyx")), NeverCancelled()))
    assert (caught.value.name, caught.value.languages) == ("sample.pdf", ("xyz", "zyx"))
    assert not list(paths.pages_folder.glob("*/*.ocr/*"))


def test_data_that_is_broken_is_as_good_as_none(paths, path) -> None:
    paths.tessdata_folder.mkdir()
    (paths.tessdata_folder / "xyz.traineddata").write_bytes(b"junk" * 100)
    command = recognize(mixed(path), 1, languages=("xyz",))
    with pytest.raises(RecognitionDataMissing):
        list(ReadingProcess(paths).handle(command, NeverCancelled()))


@needs_tesseract
def test_languages_that_are_there_do_without_those_that_are_not(paths, path) -> None:
    handle = ReadingProcess(paths).handle
    command = recognize(mixed(path), 1, languages=("xyz", "eng"))
    assert list(handle(command, NeverCancelled())) == [PageRecognized(1, 1.0)]


@needs_tesseract
def test_languages_may_come_from_several_folders(paths, path) -> None:
    paths.tessdata_folder.mkdir()
    system = tessdata.available(paths)["eng"]
    (paths.tessdata_folder / "own.traineddata").write_bytes(system.read_bytes())
    command = recognize(mixed(path), 1, languages=("own", "spa"))
    assert list(ReadingProcess(paths).handle(command, NeverCancelled())) == [PageRecognized(1, 1.0)]


def test_a_file_that_is_another_one_now_is_not_recognized(paths, path) -> None:
    command = recognize(mixed(path), 0)
    list(ReadingProcess(paths).handle(read(path), NeverCancelled()))
    mixed(path, 2)
    if not tessdata.available(paths):
        pytest.skip("needs Tesseract's data of any language")
    with pytest.raises(DocumentChanged):
        list(ReadingProcess(paths).handle(command, NeverCancelled()))
    path.unlink()
    with pytest.raises(DocumentMissing):
        list(ReadingProcess(paths).handle(command, NeverCancelled()))
    assert not list(paths.pages_folder.glob("*/*.ocr/*"))


def test_a_second_reader_disturbs_no_first_one(paths, path) -> None:
    steps = iter(ReadingProcess(paths).handle(read(mixed(path)), NeverCancelled()))
    next(steps)
    with Calls("reading", functools.partial(reading.main, paths.home, 1.0)) as second:
        second.start()
        assert len(list(second.steps(read(path)))) == 3
    assert len(list(steps)) == 2
    assert texts(paths, path)[0] == "Page 0 was always text."


@pytest.fixture
def calls(paths) -> Iterator[Calls]:
    with Calls("reading", functools.partial(reading.main, paths.home, 1.0)) as calls:
        calls.start()
        yield calls


def by_columns(path: Path) -> Path:
    """A shaded table of harbours, which the file holds three rows at once, column by column."""
    names = ("Harbour", "Ships", "Barrels", "Lamps")
    table = [names, *((f"Port {n}", f"{n}01", f"{n}02", f"{n}03") for n in range(1, 12))]
    with pymupdf.open() as document:
        page = document.new_page()
        for block in range(0, len(table), 3):
            for column in range(len(names)):
                for row in range(block, block + 3):
                    left, top = 72 + 110 * column, 72 + 22 * row
                    shade = 0.8 + 0.1 * ((row + column) % 2)
                    page.draw_rect((left, top, left + 110, top + 22), color=None, fill=[shade] * 3)
                    page.insert_text((left + 5, top + 15), table[row][column], fontsize=10)
        document.save(path)
    return path


def test_the_layout_model_puts_a_table_that_the_file_mixes_into_rows(calls, paths, path) -> None:
    command = read(by_columns(path))
    for layout, first in ((False, "Harbour Port 1 Port 2 Ships"), (True, "Harbour Ships Barrels")):
        steps = list(calls.steps(replace(command, layout=layout)))
        assert steps == [PageRead(0, 1)]
        assert texts(paths, path)[0].startswith(first)


def test_passwords_are_asked_for_and_tried(calls, paths, path) -> None:
    pdfs.locked(path, "secreto", "Behind the lock")
    with pytest.raises(DocumentLocked) as caught:
        list(calls.steps(read(path)))
    assert type(caught.value) is DocumentLocked
    for command in (read(path, "guess"), recognize(path, 0, password="guess")):  # noqa: S106
        with pytest.raises(PasswordWrong):
            list(calls.steps(command))
    assert len(list(calls.steps(read(path, "secreto")))) == 1
    assert texts(paths, path) == ["Behind the lock"]


@needs_tesseract
def test_an_enormous_picture_is_recognized_in_bounded_memory(calls, paths, path) -> None:
    edge = 35_000
    rows = np.full((1, edge // 8), 255, np.uint8).tobytes() * edge
    with pymupdf.open() as document:
        page = document.new_page()
        image = document.get_new_xref()
        document.update_object(
            image,
            f"<</Type/XObject/Subtype/Image/Width {edge}/Height {edge}/BitsPerComponent 1"
            "/ColorSpace/DeviceGray>>",
        )
        document.update_stream(image, rows)
        page.insert_image(page.rect, xref=image)
        document.save(path)
    assert path.stat().st_size < 2**20
    assert list(calls.steps(read(path))) == [PageRead(0, 1, unread=True)]
    (step,) = calls.steps(recognize(path, 0))
    assert not step.damaged
