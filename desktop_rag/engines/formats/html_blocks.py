"""The few kinds of HTML that documents of other kinds are turned into before they are set."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from desktop_rag.domain.documents import Layer
from desktop_rag.domain.limits import Cut

A4 = (595.0, 842.0)  #: width and height in points
A4_LANDSCAPE = (842.0, 595.0)

ROW = "r"  #: the name of every row of a table, by which it is told where they stand

LAYERS = {"note": Layer.NOTE, "hidden": Layer.HIDDEN, "furniture": Layer.FURNITURE}
"""What the classes of blocks say that they are to their document: these are set small and grey."""

GOES_ON = "goes-on"  #: the class of a table that goes on with the one before, and of heads in it

_FLOW_CHARACTERS = 30_000
_FLOW_BLOCKS = 1_000
_LONGEST_BLOCK = 300_000  # characters of HTML; setting takes longer than in proportion
_LONGEST_PARAGRAPH = 4_000  # characters of text
ROWS_TOGETHER = 200  #: of a table, in one part of it
_ROWS_CHARACTERS = 100_000  # of HTML, in one part of a table, unless a row alone has more
_ROWS_DOWN = re.compile(r'<t[dh][^>]* rowspan="(\d+)"')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class HtmlFragment:
    """HTML to be set after what came before it, or on a `fresh` page; a `whole` one on one page.

    `size` is width and height of the page in points, or else as before. `rows` are set as a
    table after the HTML, below `head` on every page. Where there was more than the document
    may have, it was `cut` here. `pictures` are found by the names that
    `<img>` has for them.
    """

    html: str = ""
    rows: tuple[str, ...] = ()
    head: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    fresh: bool = False
    whole: bool = False
    cut: Cut | None = None


def text(characters: str) -> str:
    """Return plain text as HTML, without control characters and halves of surrogate pairs.

    >>> text("1 < 2 & 3")
    '1 &lt; 2 &amp; 3'
    """
    return html.escape(cleaned(characters), quote=False)


def cleaned(characters: str) -> str:
    """Return text without what neither XML, nor a PDF or a database can hold."""
    return _CONTROL.sub(lambda found: " " if found[0].isspace() else "", characters)


def heading(level: int, inner: str) -> str:
    """Return a heading, which will be in the table of contents; `level` counts from 1."""
    level = min(max(level, 1), 6)
    return f"<h{level}>{inner}</h{level}>"


def cell(inner: str, across: int = 1, down: int = 1, *, head: bool = False, kind: str = "") -> str:
    """Return a cell of a table, so many columns `across` and rows `down`; see `block` for kinds."""
    tag = "th" if head else "td"
    spans = f' colspan="{across}"' * (across > 1) + f' rowspan="{down}"' * (down > 1)
    classes = f' class="{kind}"' * bool(kind)
    return f"<{tag}{spans}{classes}>{inner}</{tag}>"


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f'<tr id="{ROW}">{"".join(cells)}</tr>'


def block(kind: str, inner: str) -> str:
    """Return a paragraph of one of `LAYERS`, such as a note: its author, a colon and its text."""
    return f'<p class="{kind}">{inner}</p>'


def table(rows: Iterable[str], head: str = "") -> Iterator[str]:
    """Yield a table below its `head`, in parts of 200 rows at most, which are quick to set.

    Each part is there as soon as its rows are.
    """
    parts = _together(rows)
    part = next(parts, "")
    yield f"<table>{head}{part}</table>" if head or part else ""
    again = head.replace("<tr ", f'<tr class="{GOES_ON}" ')
    for part in parts:
        yield f'<table class="{GOES_ON}">{again}{part}</table>'


def _together(rows: Iterable[str]) -> Iterator[str]:
    """Yield rows in parts that are neither too many nor, all together, too long.

    None that is only too long ends where a cell of it reaches into the next row.
    """
    gathered: list[str] = []
    size = reached = 0
    for row in rows:
        if gathered and size + len(row) > _ROWS_CHARACTERS and len(gathered) >= reached:
            yield "".join(gathered)
            gathered, size, reached = [], 0, 0
        reached = max([reached, *(len(gathered) + int(down) for down in _ROWS_DOWN.findall(row))])
        gathered.append(row)
        size += len(row)
        if len(gathered) >= ROWS_TOGETHER:
            yield "".join(gathered)
            gathered, size, reached = [], 0, 0
    if gathered:
        yield "".join(gathered)


def flows(
    blocks: Iterable[str], pictures: Mapping[str, bytes] | None = None
) -> Iterator[HtmlFragment]:
    """Gather blocks of HTML into pieces of about 30,000 characters, which are quick to set.

    An endless block is told in short paragraphs, without what is not text, each of the layer that
    it was in. One without anything in it is passed on at once, as a sign of life.
    """
    gathered: list[str] = []
    size = 0
    for block in itertools.chain.from_iterable(map(_short_blocks, blocks)):
        gathered.append(block)
        size += len(block)
        if size >= _FLOW_CHARACTERS or len(gathered) >= _FLOW_BLOCKS or not block:
            yield HtmlFragment("".join(gathered), pictures=pictures or {})
            gathered, size = [], 0
    if gathered:
        yield HtmlFragment("".join(gathered), pictures=pictures or {})


def short_paragraphs(text: str) -> Iterator[str]:
    """Yield a text in parts that are quick to set, cut at white space where there is any.

    >>> [len(part) for part in short_paragraphs("x" * 5000)]
    [4000, 1000]
    """
    at = 0
    while at < len(text):
        end = at + _LONGEST_PARAGRAPH
        if end < len(text):
            spaces = (text.rfind(sign, at + _LONGEST_PARAGRAPH // 2, end) for sign in "\n ")
            end = next((space + 1 for space in spaces if space > 0), end)
        yield text[at:end]
        at = end


def _short_blocks(block: str) -> Iterator[str]:
    if len(block) <= _LONGEST_BLOCK:
        yield block
        return
    for kind, words in itertools.groupby(_words(block), key=lambda found: found[0]):
        for part in short_paragraphs(" ".join(said for _, said in words)):
            if part.strip():
                yield f'<p class="{kind}">{text(part)}</p>' if kind else f"<p>{text(part)}</p>"


def _words(block: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a block, and in which of `LAYERS` each is; in none, it is empty."""
    parser = lxml_html.HTMLParser(huge_tree=True, no_network=True)
    root = lxml_html.document_fromstring(f"<body>{block}</body>", parser)
    kinds = [""]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            own = (name for name in element.get("class", "").split() if name in LAYERS)
            kinds.append(next(own, kinds[-1]))
        else:
            kinds.pop()
        said = element.text if event == "start" else element.tail
        if said:
            yield kinds[-1], said
