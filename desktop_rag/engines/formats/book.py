"""Reads books in EPUB with MuPDF, which lays them out by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.documents import Heading
from desktop_rag.engines.formats import fixed_layout
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.openable import openable

DAMAGE = ()  #: nothing but what every reader may raise

_PAGE = (420.0, 595.0)  # points: half a sheet, as books are
_TYPE_POINTS = 11.0
_CONTENTS = 5_000


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a book to a PDF; see `engines.formats`."""
    with openable(path) as file, pymupdf.open(str(file), filetype="epub") as document:
        document.layout(width=_PAGE[0], height=_PAGE[1], fontsize=_TYPE_POINTS)
        for chapter in range(document.chapter_count):
            document.chapter_page_count(chapter)  # lays it out, which takes a while
            yield 0, 0
        contents = [
            Heading(level, " ".join(str(title).split()), max(0, page - 1))
            for level, title, page, *_ in document.get_toc()[:_CONTENTS]
        ]
        title = str((document.metadata or {}).get("title") or "").strip()
        yield from fixed_layout.printed(document, target, title, contents)
