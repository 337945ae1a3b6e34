"""Reads plain text, whose lines and form feeds stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from desktop_rag.engines.formats import encoding, html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import HtmlFragment

DAMAGE = ()  #: nothing but what every reader may raise

_LONGEST = 20_000  # characters of a paragraph; longer ones are lists or logs
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
        made = (f'<pre class="plain">{html_blocks.text(p)}</pre>' for p in _paragraphs(page))
        for at, part in enumerate(html_blocks.flows(made)):
            yield HtmlFragment(part.html, fresh=bool(number) and not at)


def _paragraphs(page: str) -> Iterator[str]:
    """Yield what blank lines part; what is endless ends with a line."""
    start = 0
    for blank in chain(_BLANK_LINES.finditer(page), (None,)):
        end = blank.start() if blank else len(page)
        while end - start > _LONGEST and (stop := page.find("\n", start + _LONGEST, end)) > 0:
            yield page[start:stop].strip("\n")
            start = stop + 1
        if page[start:end].strip():
            yield page[start:end].strip("\n")
        start = blank.end() if blank else end
