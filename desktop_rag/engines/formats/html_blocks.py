"""The few kinds of HTML that documents of other kinds are turned into before they are set."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

A4 = (595.0, 842.0)  #: width and height in points
A4_LANDSCAPE = (842.0, 595.0)

ROW = "r"  #: the name of every row of a table, by which it is told where they stand

_FLOW_CHARACTERS = 30_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BEYOND = re.compile(r"[\U00010000-\U0010ffff]")
_UNBROKEN = re.compile(r"[^\s<>\u2e80-\uffff]{30,}")  # ideographs break by themselves
_PIECE = re.compile(r"(.{15})(?=.)")
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class HtmlFragment:
    """HTML to be set after what came before it, or on a `fresh` page; a `whole` one on one page.

    `size` is width and height of the page in points, or else as before. `rows` are set as a
    table after the HTML, below `head` on every page. `pictures` are found by the names that
    `<img>` has for them.
    """

    html: str = ""
    rows: tuple[str, ...] = ()
    head: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    fresh: bool = False
    whole: bool = False


def text(characters: str) -> str:
    """Return plain text as HTML that keeps every word, however long, on its page.

    >>> text("1 < 2 & 3")
    '1 &lt; 2 &amp; 3'
    """
    kept = _BEYOND.sub(_nearest, _CONTROL.sub("", characters))
    parts = _UNBROKEN.sub(lambda run: _PIECE.sub(rf"\1{_SOFT_HYPHEN}", run[0]), kept)
    return html.escape(parts, quote=False)


def _nearest(character: re.Match[str]) -> str:
    """Return what is told by fonts apart from others: they cut a code after 16 bits."""
    plain = unicodedata.normalize("NFKC", character[0])
    return "" if _BEYOND.search(plain) else plain


def heading(level: int, inner: str) -> str:
    """Return a heading, which will be in the table of contents; `level` counts from 1."""
    level = min(max(level, 1), 6)
    return f"<h{level}>{inner}</h{level}>"


def cell(inner: str, across: int = 1, down: int = 1, *, head: bool = False) -> str:
    """Return a cell of a table, so many columns `across` and rows `down`."""
    tag = "th" if head else "td"
    spans = f' colspan="{across}"' * (across > 1) + f' rowspan="{down}"' * (down > 1)
    return f"<{tag}{spans}>{inner}</{tag}>"


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f'<tr id="{ROW}">{"".join(cells)}</tr>'


def flows(
    blocks: Iterable[str], pictures: Mapping[str, bytes] | None = None
) -> Iterator[HtmlFragment]:
    """Gather blocks of HTML into pieces of about 30,000 characters, which are quick to set."""
    gathered: list[str] = []
    size = 0
    for block in blocks:
        gathered.append(block)
        size += len(block)
        if size >= _FLOW_CHARACTERS:
            yield HtmlFragment("".join(gathered), pictures=pictures or {})
            gathered, size = [], 0
    if gathered:
        yield HtmlFragment("".join(gathered), pictures=pictures or {})
