"""Documents that are longer than any may be: their beginning is read, or it is said why not."""

import hashlib
import os
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pymupdf  # noqa: TID253  (tests that draw PDFs need it anyway)
import pytest

from desktop_rag.domain.documents import DocumentId, Outline, Page
from desktop_rag.domain.errors import DocumentTooLarge, DocumentUnreadable
from desktop_rag.domain.limits import MOST_FILE_BYTES, Cut, CutUnit, DocumentLimits
from desktop_rag.engines.formats import pdf_writer, sheets, tables
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.commands.reading import (
    FilesFound,
    FindFiles,
    Hash,
    PageRead,
    PathRefused,
    Read,
)
from desktop_rag.workers.processes import reading
from desktop_rag.workers.processes.file_listing import fact_of_file
from desktop_rag.workers.processes.reading import ReadingProcess
from tests import originals, pdfs
from tests.fakes import NeverCancelled

unix = pytest.mark.skipif(os.name == "nt", reason="there are none such there")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return open_home(tmp_path / "data")


def limited(monkeypatch: pytest.MonkeyPatch, limits: DocumentLimits) -> None:
    for module in (reading, pdf_writer, tables):
        monkeypatch.setattr(module, "LIMITS", limits)


def read(paths: Paths, path: Path) -> tuple[Outline, list[Page]]:
    """Take a document the way of every other, and return what was kept of it."""
    process = ReadingProcess(paths)
    document = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
    command = Read(document, fact_of_file(path))
    steps = [one for one in process.handle(command, NeverCancelled()) if isinstance(one, PageRead)]
    kept = page_store.load(paths.pages_folder, document)
    assert kept is not None
    outline, pages = kept
    assert [step.page for step in steps] == [page.number for page in pages] == [*range(len(pages))]
    assert outline.pages == len(pages)
    assert all(entry.page < outline.pages for entry in outline.contents)
    return outline, pages


def words(pages: list[Page]) -> str:
    return " ".join(word.text for page in pages for line in page.lines for word in line.words)


def five(path: Path) -> Path:
    """Five pages that name themselves, each with an entry in the contents."""
    pdfs.plain(path, [f"Page number{number} of a long book." for number in range(5)])
    with pymupdf.open(path) as document:
        document.set_toc([[1, f"Chapter {number}", number + 1] for number in range(5)])
        document.saveIncr()
    return path


@pytest.mark.parametrize(
    ("limits", "taken"),
    [
        (DocumentLimits(pages=3), 3),
        (DocumentLimits(letters=30), 2),
        (DocumentLimits(seconds=0.0), 1),
        (DocumentLimits(pages=5), None),
    ],
)
def test_of_a_long_pdf_the_beginning_is_read_and_that_is_kept(
    paths, tmp_path, monkeypatch, limits, taken
) -> None:
    limited(monkeypatch, limits)
    outline, pages = read(paths, five(tmp_path / "long.pdf"))
    assert outline.cut == (Cut(CutUnit.PAGES, taken) if taken else None)
    assert len(pages) == len(outline.contents) == (taken or 5)
    assert f"number{(taken or 5) - 1}" in words(pages)


def test_recognized_pages_of_a_document_that_was_cut_are_bound_to_it(
    paths, tmp_path, monkeypatch
) -> None:
    limited(monkeypatch, DocumentLimits(pages=2))
    path = five(tmp_path / "long.pdf")
    outline, pages = read(paths, path)
    document = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
    page_store.keep(paths.pages_folder, document, pages[1])
    page_store.bind(paths.pages_folder, document)
    assert page_store.load(paths.pages_folder, document) == (outline, pages)


@pytest.mark.parametrize(
    "limits", [DocumentLimits(pages=2), DocumentLimits(letters=60_000), DocumentLimits(seconds=0.0)]
)
def test_of_what_is_set_as_pages_the_beginning_is_read(
    paths, tmp_path, monkeypatch, limits
) -> None:
    limited(monkeypatch, limits)
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Paragraph p{number} of a long text." for number in range(9_000)))
    outline, pages = read(paths, path)
    assert outline.cut is not None
    assert outline.cut.unit is CutUnit.PAGES
    assert 1 <= len(pages) < 100
    if limits.seconds:
        assert "p0 " in words(pages)
    (made,) = paths.converted_folder.rglob("*.pdf")
    with pymupdf.open(made) as document:  # hardly more was set than is read
        assert document.page_count < 100


def test_of_a_long_table_the_first_rows_are_read(paths, tmp_path, monkeypatch) -> None:
    limited(monkeypatch, DocumentLimits(rows=250))
    path = tmp_path / "long.csv"
    path.write_text("number,name\n" + "".join(f"{n},row{n}\n" for n in range(400)))
    outline, pages = read(paths, path)
    assert outline.cut == Cut(CutUnit.ROWS, 250)
    assert "row249" in words(pages)
    assert "row250" not in words(pages)


def test_a_table_that_is_not_too_long_is_whole(paths, tmp_path, monkeypatch) -> None:
    limited(monkeypatch, DocumentLimits(rows=250))
    path = tmp_path / "short.csv"
    path.write_text("number,name\n" + "".join(f"{n},row{n}\n" for n in range(250)))
    assert read(paths, path)[0].cut is None


def test_of_a_long_workbook_the_first_rows_are_read(paths, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_CELLS", 100)
    rows = [[f"r{number}", "x"] for number in range(80)]
    path = originals.workbook(tmp_path / "long.xlsx", {"S": rows})
    outline, pages = read(paths, path)
    assert outline.cut == Cut(CutUnit.ROWS, 50)
    assert "r49" in words(pages)
    assert "r50" not in words(pages)


def test_a_sheet_may_be_larger_than_what_is_held_in_memory(tmp_path, monkeypatch) -> None:
    from desktop_rag.domain import limits
    from desktop_rag.engines.formats import zip_guard

    monkeypatch.setattr(limits, "MOST_XML_BYTES", 20_000)
    path = tmp_path / "large.xlsx"
    book = openpyxl.Workbook()
    for number in range(2_000):
        book.active.append([number])
    book.save(path)
    zip_guard.check(path, office=True, workbook=True)
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/other.xml", b"<a/>" * 9_000)
    with pytest.raises(DocumentTooLarge):
        zip_guard.check(path, office=True, workbook=True)


@pytest.mark.parametrize("ending", ["txt", "csv", "pdf"])
def test_a_file_beyond_all_limits_is_not_even_looked_through(paths, tmp_path, ending) -> None:
    path = tmp_path / f"sparse.{ending}"
    with path.open("wb") as file:
        file.truncate(MOST_FILE_BYTES + 1)  # takes no room on the disk
    with pytest.raises(DocumentTooLarge):
        list(ReadingProcess(paths).handle(Hash(path), NeverCancelled()))


@pytest.fixture
def sockets(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "socket.txt"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        yield path


@unix
def test_what_is_no_file_is_refused_where_it_is_given_and_passed_over_in_folders(
    paths, tmp_path, sockets
) -> None:
    process = ReadingProcess(paths)
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "good.txt").write_text("Good.")
    odd = [tmp_path / "pipe.pdf", tmp_path / "device.txt", sockets]
    for path in odd:
        (refused,) = process.handle(FindFiles((path,)), NeverCancelled())
        assert isinstance(refused, PathRefused)
        assert isinstance(refused.error, DocumentUnreadable)
        with pytest.raises(DocumentUnreadable):
            list(process.handle(Hash(path), NeverCancelled()))
    found = process.handle(FindFiles((tmp_path,)), NeverCancelled())
    (files,) = [one.files for one in found if isinstance(one, FilesFound)]
    assert [fact.path.name for fact in files] == ["good.txt"]
