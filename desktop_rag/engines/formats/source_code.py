"""Reads source code, settings and logs: as they stand, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer, text_blocks
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write source code to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_code(path.read_bytes()), target)


def of_code(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the lines of source code; it has no title. Raises nothing."""
    source = text_blocks.unified(encoding.decoded(data))
    return "", html_blocks.flows(text_blocks.preformatted(source, code=True))
