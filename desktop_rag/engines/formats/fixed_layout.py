"""Prints to a PDF what MuPDF opens by itself and knows the pages of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.engines.formats import page_texts, pdf_writer
from desktop_rag.engines.pdf.mupdf import mupdf, pymupdf  # `Page.run` of PyMuPDF 2.0 does not run

_LARGEST_SIDE = 1_700.0  # points


def printed(document: Any, target: Path) -> Iterator[tuple[int, int]]:
    """Write each page to one of a PDF at `target`, of at most 1,700 points a side.

    Yields (how many are done, of how many). What they say is known from the PDF alone. Raises
    `OSError`, and what MuPDF does of damage.
    """
    total = document.page_count
    with (
        page_texts.writing(page_texts.beside(target)),
        pdf_writer.press(target, "", ()) as writer,
    ):
        for number in range(total):
            page = document[number]
            side = max(page.rect.width, page.rect.height, 1.0)
            scale = min(1.0, _LARGEST_SIDE / side)
            device = writer.begin_page(page.rect * pymupdf.Matrix(scale, scale))
            matrix = mupdf.FzMatrix(scale, 0, 0, scale, 0, 0)
            mupdf.fz_run_page(page.this, device.this, matrix, mupdf.FzCookie())
            writer.end_page()
            yield number + 1, total
