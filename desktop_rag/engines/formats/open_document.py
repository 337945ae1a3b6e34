"""Reads texts, sheets and slides of OpenDocument, as LibreOffice and others write them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import (
    html_blocks,
    odf_package,
    open_sheet,
    open_slides,
    open_text,
    pdf_writer,
)
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.odf_package import OdfPackage
from desktop_rag.engines.formats.odf_styles import OdfStyles
from desktop_rag.engines.safe_xml import local

DAMAGE = ()  #: nothing but what every reader may raise


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a document to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a document states, and what is in it.

    Whether it is a text, a workbook or slides is what its body says. Raises `DocumentSealed`,
    `DocumentBroken`, `OSError` and what `zipfile` does.
    """
    package = odf_package.opened(path)
    return package.title, _fragments(package)


def _fragments(package: OdfPackage) -> Iterator[HtmlFragment]:
    with contextlib.closing(package):
        match local(package.body):
            case "spreadsheet":
                yield from open_sheet.fragments(package)
            case "presentation" | "drawing":
                yield from open_slides.fragments(package)
            case _:
                yield from html_blocks.flows(open_text.marginals(package))
                yield from open_text.OpenTextReader(package, OdfStyles(package)).flows(package.body)
