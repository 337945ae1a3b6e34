"""Makes PDFs of pictures and of books, which MuPDF opens by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_rag.domain.documents import Heading
from desktop_rag.engines.formats import images, pdf_writer
from desktop_rag.engines.pdf.mupdf import mupdf, pymupdf  # `Page.run` of PyMuPDF 2.0 does not run

_BOOK = (420.0, 595.0)  # points: half a sheet, as books are
_BOOK_TYPE = 11.0
_CONTENTS = 5_000
_LARGEST_SIDE = 1_700.0  # points


def book(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write an EPUB to a PDF at `target`, yielding how many of its pages are done."""
    with pymupdf.open(str(path), filetype="epub") as document:
        document.layout(width=_BOOK[0], height=_BOOK[1], fontsize=_BOOK_TYPE)
        for chapter in range(document.chapter_count):
            document.chapter_page_count(chapter)  # lays it out, which takes a while
            yield 0, 0
        contents = [
            Heading(level, " ".join(str(title).split()), max(0, page - 1))
            for level, title, page, *_ in document.get_toc()[:_CONTENTS]
        ]
        title = str((document.metadata or {}).get("title") or "").strip()
        yield from _printed(document, target, title, contents)


def picture(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write each image of a file to a page of a PDF at `target`."""
    known = images.as_png(path)
    opened = pymupdf.open(stream=known, filetype="png") if known else pymupdf.open(str(path))
    with opened as document:
        yield from _printed(document, target, "", ())


def _printed(
    document: Any, target: Path, title: str, contents: Iterable[Heading]
) -> Iterator[tuple[int, int]]:
    total = document.page_count
    with pdf_writer.press(target, title, contents) as writer:
        for number in range(total):
            page = document[number]
            side = max(page.rect.width, page.rect.height, 1.0)
            scale = min(1.0, _LARGEST_SIDE / side)
            device = writer.begin_page(page.rect * pymupdf.Matrix(scale, scale))
            matrix = mupdf.FzMatrix(scale, 0, 0, scale, 0, 0)
            mupdf.fz_run_page(page.this, device.this, matrix, mupdf.FzCookie())
            writer.end_page()
            yield number + 1, total
