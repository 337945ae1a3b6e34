"""Reads files of pictures with MuPDF, each image of a scan a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from desktop_rag.engines.formats import fixed_layout, images
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.openable import openable

DAMAGE = ()  #: nothing but what every reader may raise


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write each image of a file to a page of a PDF; see `engines.formats`."""
    known = images.as_png(path)
    with ExitStack() as stack:
        file = stack.enter_context(openable(path))
        opened = pymupdf.open(stream=known, filetype="png") if known else pymupdf.open(str(file))
        document = stack.enter_context(opened)
        yield from fixed_layout.printed(document, target)
