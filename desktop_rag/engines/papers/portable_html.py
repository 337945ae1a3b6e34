"""Blocks of a paper as the HTML that MuPDF sets: each piece small enough to be set at once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from desktop_rag.domain.papers import (
    Block,
    Cell,
    Inline,
    Note,
    Paper,
    PaperHeading,
    PaperList,
    PaperRun,
    PaperSource,
    PaperTable,
    Paragraph,
    ParagraphKind,
    Style,
)
from desktop_rag.domain.unicode_text import readable
from desktop_rag.engines.formats.html_blocks import cleaned
from desktop_rag.engines.papers.columns import shares
from desktop_rag.engines.papers.directions import BETWEEN_MARKS, right_to_left

_LONGEST = 4_000  # characters set at once: setting takes longer than in proportion
_AROUND = 9  # points around the text of a cell, with a line
_LIGATURE = re.compile(r"(?<=f)(?=[fil])")
_ENTITY = re.compile(r"&amp;(?=#?\w+;)")
_LONGEST_CELL = 1_500  # characters of a row: a longer one might be higher than a page
_AIRY = 6  # columns; more are set small
_TAGS = {Style.PLAIN: "", Style.EMPHASIS: "i", Style.STRONG: "b", Style.CODE: "code"}
TEXT_WIDTH = 487  #: points
CSS = """
body { margin: 0; font-family: sans-serif; font-size: 10.5px; line-height: 1.35;
  overflow-wrap: break-word; }
h1 { font-size: 19px; margin: 0 0 10px 0; } h2 { font-size: 15px; margin: 12px 0 6px 0; }
h3 { font-size: 12.5px; margin: 10px 0 5px 0; }
h4, h5, h6 { font-size: 11px; margin: 8px 0 4px 0; }
p { margin: 0 0 7px 0; }
p.quotation { margin-left: 16px; margin-right: 16px; font-style: italic; }
p.remark { color: #555555; font-size: 9.5px; }
p.code { font-family: monospace; font-size: 8.5px; white-space: pre-wrap; }
p.note { font-size: 8px; line-height: 1.25; margin: 0 0 2px 0; }
p.folio { font-size: 8px; color: #777777; text-align: center; }
ul, ol { margin: 0 0 5px 0; } li p { margin: 0 0 3px 0; }
table { border-collapse: collapse; font-size: 9px; margin: 0; }
table.dense { font-size: 7px; }
td, th { border: 1px solid #999999; padding: 2px 4px; vertical-align: top; text-align: left; }
th { background-color: #eeeeee; font-weight: bold; }
a { color: #1f4e79; text-decoration: none; }
sup { font-size: 7px; }
code { font-family: monospace; }
"""


@dataclass(frozen=True, slots=True)
class PaperPiece:
    """HTML that is set after what came before; the `notes` that it has marks of, by number.

    A heading has a `level` and its `title`. What `leads` to the next one never ends a page. A
    `whole` one is not divided between pages, and stands below its `head` on each.
    """

    html: str
    notes: tuple[int, ...] = ()
    level: int = 0
    title: str = ""
    leads: bool = False
    whole: bool = False
    head: str = ""


class PieceMaker:
    """Makes pieces of blocks; `notes` are those that were come to, the first being number 1."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._begun = 0
        self.notes: list[Note] = []

    def heading(self, level: int, inlines: tuple[Inline, ...]) -> PaperPiece:
        """Return a heading."""
        title = " ".join(cleaned(_text(inlines)).split())
        return self._piece(f"h{level}", inlines, level=level, title=title)

    def pieces(self, block: Block) -> Iterator[PaperPiece]:
        """Yield what a block consists of."""
        match block:
            case PaperHeading(level=level, inlines=inlines):
                yield self.heading(level, inlines)
            case Paragraph(inlines=inlines, kind=kind):
                for part in parts_of(inlines):
                    yield self._piece("p", part, kind)
            case PaperList():
                yield from self._listed(block)
            case PaperTable():
                yield from self._rows(block)
            case _:
                assert_never(block)

    def note(self, number: int) -> str:
        """Return a note as it stands below the text."""
        note = self.notes[number - 1]
        address = self._paper.sources[note.source].address(note.page)
        place = _leading(note.place, address)
        way = "rtl" if right_to_left(note.words) else "ltr"
        back = f'<a href="#m{number}" id="n{number}">{number}</a>'
        return f'<p class="note" dir="{way}">{back}. {place}: “{_escaped(note.words)}”</p>'

    def _piece(
        self,
        tag: str,
        inlines: Iterable[Inline],
        kind: ParagraphKind = ParagraphKind.TEXT,
        **said: object,
    ) -> PaperPiece:
        held = tuple(inlines)
        inside = self._inside(held)
        way = ' dir="rtl"' if right_to_left(_text(held)) else ""
        made = f'<{tag} class="{kind}"{way}>{inside}</{tag}>'
        level, title = said.get("level", 0), said.get("title", "")
        return PaperPiece(made, self._taken(), int(str(level)), str(title))

    def _taken(self) -> tuple[int, ...]:
        """Return the notes that came since this was asked last."""
        before, self._begun = self._begun, len(self.notes)
        return tuple(range(before + 1, self._begun + 1))

    def _listed(self, block: PaperList) -> Iterator[PaperPiece]:
        """Yield a list item by item, so that none is too long to be set."""
        for number, item in enumerate(block.items, block.start):
            tag, start = ("ol", f' start="{number}"') if block.ordered else ("ul", "")
            first, rest = _first_text(item)
            parts = [*parts_of(first)] or [()]
            inside = self._inside(parts[0])
            way = ' dir="rtl"' if right_to_left(_text(first)) else ""
            yield PaperPiece(f"<{tag}{start}><li{way}><p>{inside}</p></li></{tag}>", self._taken())
            for more in (*(Paragraph(part) for part in parts[1:]), *rest):
                yield from (_indented(piece) for piece in self.pieces(more))

    def _rows(self, block: PaperTable) -> Iterator[PaperPiece]:
        """Yield a table row by row; one that might be higher than a page is told as a list."""
        widths = _widths(block)
        yield replace(self._row(block.heads, "th", widths), leads=True)
        names = [[one for one in cell if isinstance(one, PaperRun)] for cell in block.heads]
        again = self._row(map(tuple, names), "th", widths).html
        for row in block.rows:
            if sum(len(_text(cell)) for cell in row) <= _LONGEST_CELL:
                yield replace(self._row(row, "td", widths), head=again)
                continue
            for head, cell in zip(block.heads, row, strict=True):
                named = (PaperRun(f"{_text(head)}: ", Style.STRONG), *cell)
                yield from (_indented(piece) for piece in self.pieces(Paragraph(named)))

    def _row(self, cells: Iterable[Cell], tag: str, widths: Sequence[int]) -> PaperPiece:
        """Return a row, which is a table of its own: all have columns of these widths."""
        dense = len(widths) > _AIRY
        inside = "".join(
            f'<{tag} style="width: {width}px">{self._inside(cell)}</{tag}>'
            for cell, width in zip(cells, widths, strict=True)
        )
        made = f'<table class="{"dense" if dense else "grid"}"><tr>{inside}</tr></table>'
        return PaperPiece(made, self._taken(), whole=True)

    def _inside(self, inlines: Iterable[Inline]) -> str:
        parts: list[str] = []
        held = tuple(inlines)
        for at, one in enumerate(held):
            match one:
                case Note():
                    if at and isinstance(held[at - 1], Note):
                        parts.append(f"<sup>{BETWEEN_MARKS}</sup>")
                    self.notes.append(one)
                    number = len(self.notes)
                    parts.append(f'<a href="#n{number}" id="m{number}"><sup>{number}</sup></a>')
                case PaperRun(text=text, style=style):
                    tag = _TAGS[style]
                    shown = _escaped(text)
                    parts.append(f"<{tag}>{shown}</{tag}>" if tag else shown)
                case _:
                    assert_never(one)
        return "".join(parts)


def entry_of(source: PaperSource) -> PaperPiece:
    """Return a line of the bibliography."""
    words = "".join(
        f"<{_TAGS[run.style]}>{_escaped(run.text)}</{_TAGS[run.style]}>"
        if _TAGS[run.style]
        else _escaped(run.text)
        for run in source.entry
    )
    if source.path:
        words = f"{words}{source.joint}{_leading(readable(source.path.name), source.address())}"
    return PaperPiece(f"<p>{words}</p>")


def parts_of(inlines: Iterable[Inline]) -> Iterator[tuple[Inline, ...]]:
    """Yield the words of a paragraph, those of a very long one in parts."""
    held: list[Inline] = []
    room = _LONGEST
    for one in inlines:
        left = one
        while isinstance(left, PaperRun) and len(left.text) > room:
            cut = left.text.rfind(" ", 0, room) + 1 or room
            yield (*held, PaperRun(left.text[:cut], left.style))
            held, room = [], _LONGEST
            left = PaperRun(left.text[cut:], left.style)
        held.append(left)
        room -= len(left.text) if isinstance(left, PaperRun) else 1
        if room <= 0:
            yield tuple(held)
            held, room = [], _LONGEST
    if held:
        yield tuple(held)


def _first_text(item: tuple[Block, ...]) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    """Return the words that stand beside the bullet of an item, and what stands below them."""
    if item and isinstance(item[0], Paragraph):
        return item[0].inlines, item[1:]
    return (), item


def _indented(piece: PaperPiece) -> PaperPiece:
    made = f'<div style="margin-left: 20px">{piece.html}</div>'
    return PaperPiece(made, piece.notes, piece.level, piece.title)


def _widths(block: PaperTable) -> list[int]:
    """Return the widths of the columns in points."""
    room = TEXT_WIDTH - _AROUND * len(block.heads)
    return [max(1, int(room * share)) for share in shares(block)]


def _leading(text: str, address: str) -> str:
    shown = _escaped(text)
    return f'<a href="{html.escape(address)}">{shown}</a>' if address else shown


def _text(inlines: Iterable[Inline]) -> str:
    return "".join(one.text for one in inlines if isinstance(one, PaperRun))


def _escaped(text: str) -> str:
    """Return text as HTML.

    MuPDF reads “&amp;amp;” as “&”: what comes after such a sign is kept apart from it. So is what
    it would set as one sign with an f, which is not found again by who looks for two.
    """
    shown = html.escape(cleaned(text), quote=False)
    shown = _LIGATURE.sub("<i></i>", _ENTITY.sub("&amp;<wbr/>", shown))
    return shown.replace("\n", "<br/>")
