"""Reads plain text, whose lines and form feeds stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a plain text to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_text(path.read_bytes()), target)


def of_text(data: bytes) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the paragraphs of a plain text, whose lines stay as they are; it has no title.

    A form feed begins a page. Raises nothing.
    """
    return "", _flows(encoding.decoded(data))


def _flows(source: str) -> Iterator[HtmlFragment]:
    source = source.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    for number, page in enumerate(source.split("\f")):
        paragraphs = (part.strip("\n") for part in _BLANK_LINES.split(page))
        made = (f'<pre class="plain">{html_blocks.text(p)}</pre>' for p in paragraphs if p.strip())
        for at, part in enumerate(html_blocks.flows(made)):
            yield HtmlFragment(part.html, fresh=bool(number) and not at)
