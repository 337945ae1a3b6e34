"""Gathers what RTF says into paragraphs and tables, with notes below what they belong to."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_rag.engines.formats import html_blocks

_MOST_ROWS = 200  # that a cell takes


class RtfLook(NamedTuple):
    """How letters look."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: str = ""  #: “sup”, “sub” or nothing
    hidden: bool = False
    deleted: bool = False


class RtfKind(NamedTuple):
    """What a paragraph is: a heading of some `level`, the title, or in a table."""

    level: int = 0
    title: bool = False
    in_table: bool = False


class CellForm(NamedTuple):
    """Whether a cell of a row belongs to the one to the left, or above."""

    to_left: bool = False
    to_above: bool = False


class _Row(NamedTuple):
    cells: tuple[str, ...]
    forms: tuple[CellForm, ...]
    head: bool


@dataclass(slots=True)
class RtfText:
    """What one place of a document says, be it the body or a footnote."""

    blocks: list[str] = field(default_factory=list)
    _parts: list[tuple[str, RtfLook]] = field(default_factory=list)
    _marks: dict[int, str] = field(default_factory=dict)
    _after: list[str] = field(default_factory=list)
    _cell: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[_Row] = field(default_factory=list)

    def add(self, words: str, look: RtfLook) -> None:
        """Add words, which may be half of a character of UTF-16, to the paragraph."""
        if words and not look.deleted:
            self._parts.append((words, look))

    def add_html(self, html: str) -> int:
        """Add what is HTML already; return by which it can be replaced."""
        self._parts.append(("", RtfLook()))
        self._marks[len(self._parts) - 1] = html
        return len(self._parts) - 1

    def replace(self, mark: int, html: str) -> None:
        """Replace HTML that was added to this paragraph."""
        if mark in self._marks:
            self._marks[mark] = html

    def put_below(self, block: str) -> None:
        """Put a block below the paragraph."""
        self._after.append(block)

    def end_paragraph(self, kind: RtfKind) -> None:
        """End a paragraph, which goes into the cell that is being filled if it is in a table."""
        made = list(self._made(kind))
        if kind.in_table:
            self._cell += made
        elif made:
            self._end_table()
            self.blocks += made

    def end_cell(self, kind: RtfKind) -> None:
        """End a cell of a table."""
        self._cell += self._made(kind._replace(in_table=True))
        self._cells.append("".join(self._cell))
        self._cell = []

    def end_row(self, forms: Sequence[CellForm], *, head: bool) -> None:
        """End a row of a table, of which `forms` says how its cells hang together."""
        if self._cells:
            self._rows.append(_Row(tuple(self._cells), tuple(forms), head))
        self._cells = []

    def end(self) -> None:
        """End all that is open."""
        rest = [*self._cells, *self._cell, *self._made(RtfKind())]
        self._cells, self._cell = [], []
        self._end_table()
        self.blocks += filter(None, rest)

    def taken(self) -> list[str]:
        """Return the blocks since the last time."""
        taken, self.blocks = self.blocks, []
        return taken

    def _made(self, kind: RtfKind) -> Iterator[str]:
        """Yield the paragraph with what belongs below it, and begin another."""
        parts, marks, after = self._parts, self._marks, self._after
        self._parts, self._marks, self._after = [], {}, []
        seen = [(at, part) for at, part in enumerate(parts) if not part[1].hidden]
        inner = "".join(_dressed(seen, marks)).strip()
        unseen = _joined(words for words, look in parts if look.hidden)
        if inner and kind.level:
            yield html_blocks.heading(kind.level, inner)
        elif inner:
            yield f'<p class="title">{inner}</p>' if kind.title else f"<p>{inner}</p>"
        if unseen.strip():
            yield html_blocks.block("hidden", html_blocks.text(unseen.strip()))
        yield from after

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        heads = sum(1 for _ in itertools.takewhile(lambda row: row.head, rows))
        heads = heads or int(len(rows) > 1)
        made = [_row(rows, at, head=at < heads) for at in range(len(rows))]
        self.blocks += html_blocks.table(made[heads:], "".join(made[:heads]))


def _row(rows: Sequence[_Row], at: int, *, head: bool) -> str:
    cells, forms, _ = rows[at]
    made = []
    for column, inner in enumerate(cells):
        form = _form(forms, column)
        if form.to_left or (form.to_above and at):
            continue
        across = 1 + sum(
            1 for _ in itertools.takewhile(lambda one: one.to_left, forms[column + 1 : len(cells)])
        )
        below = (_form(row.forms, column) for row in rows[at + 1 : at + _MOST_ROWS])
        down = 1 + sum(1 for _ in itertools.takewhile(lambda one: one.to_above, below))
        made.append(html_blocks.cell(inner, across, down, head=head))
    return html_blocks.row(made)


def _form(forms: Sequence[CellForm], column: int) -> CellForm:
    return forms[column] if column < len(forms) else CellForm()


def _dressed(
    parts: Sequence[tuple[int, tuple[str, RtfLook]]], marks: dict[int, str]
) -> Iterator[str]:
    """Yield runs of letters that look alike, each in the tags that say so."""
    for (marked, look), run in itertools.groupby(parts, lambda one: (one[0] in marks, one[1][1])):
        if marked:
            yield from (marks[at] for at, _ in run)
            continue
        inner = html_blocks.text(_joined(words for _, (words, _) in run)).replace("\n", "<br/>")
        if not inner.replace("<br/>", "").strip():
            yield inner
            continue
        for is_so, tag in ((look.bold, "b"), (look.italic, "i"), (look.struck, "s")):
            inner = f"<{tag}>{inner}</{tag}>" if is_so else inner
        yield f"<{look.raised}>{inner}</{look.raised}>" if look.raised else inner


def _joined(words: Iterable[str]) -> str:
    """Return words whose characters may come in halves of UTF-16."""
    found = "".join(words)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
