"""Reads files of pictures with MuPDF, each image of a scan a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import fixed_layout, images
from desktop_rag.engines.pdf.mupdf import pymupdf

DAMAGE = ()  #: nothing but what every reader may raise


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write each image of a file to a page of a PDF; see `engines.formats`."""
    known = images.as_png(path)
    opened = pymupdf.open(stream=known, filetype="png") if known else pymupdf.open(str(path))
    with opened as document:
        yield from fixed_layout.printed(document, target, "", ())
