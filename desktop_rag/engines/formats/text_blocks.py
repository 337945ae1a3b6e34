"""Text as it stands → blocks: its lines stay, and its paragraphs are short enough to be set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_rag.engines.formats import html_blocks

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)*\n")
_MOST_LINES = 60  # of one block
_MOST_CHARACTERS = 6_000


def unified(source: str) -> str:
    """Return a text whose lines end as those of Unix do, with blanks for tabs."""
    return source.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").expandtabs(4)


def paragraphs(source: str) -> Iterator[str]:
    """Yield the parts of a unified text between blank lines, cut where they are very long."""
    for part in _BLANK_LINES.split(source):
        lines: list[str] = []
        size = 0
        for line in part.strip("\n").split("\n"):
            for piece in _pieces(line):
                lines.append(piece)
                size += len(piece)
                if len(lines) >= _MOST_LINES or size >= _MOST_CHARACTERS:
                    yield "\n".join(lines)
                    lines, size = [], 0
        if any(map(str.strip, lines)):
            yield "\n".join(lines)


def preformatted(source: str, *, code: bool = False) -> Iterator[str]:
    """Yield a unified text as HTML that keeps its lines; `code` is set in letters of one width."""
    tag = "<pre>" if code else '<pre class="plain">'
    for paragraph in paragraphs(source):
        yield f"{tag}{html_blocks.text(paragraph)}</pre>"


def _pieces(line: str) -> Iterator[str]:
    """Yield a line, cut at blanks where it is longer than a block may be."""
    at = 0
    while len(line) - at > _MOST_CHARACTERS:
        space = line.rfind(" ", at + _MOST_CHARACTERS // 2, at + _MOST_CHARACTERS)
        end = space + 1 if space > 0 else at + _MOST_CHARACTERS
        yield line[at:end]
        at = end
    yield line[at:]
