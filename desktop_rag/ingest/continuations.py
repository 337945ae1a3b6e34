"""Joining what a page, a column or a figure divides: sentences, tables and their rows.

A paragraph goes on where it stops without a stop and the next text goes on in small letters, or
after a full line; captions and tables between the two are passed over. A table goes on under the
names of its columns where the next page begins with cells below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.hyphens import HYPHENS
from desktop_rag.ingest.rows import Row
from desktop_rag.ingest.scales import states_a_scale
from desktop_rag.ingest.structure import has_figure, names_after
from desktop_rag.ingest.told import joined_rows

_STOP = re.compile(r"[.!?…:;。！？：；۔؟।]['\"”’»)\]]*$")
_LISTED = re.compile(r"^(?:[^\w¿¡\"“‘«(\[]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]$)")
_CAPTION = re.compile(
    r"^(?:fig(?:ure|ura|\.)?|table|tabla|cuadro|gr[áa]fico|chart|exhibit|abb(?:ildung|\.)|tabelle"
    r"|ilustraci[óo]n|imagen|foto|photo|box|recuadro|source|fuente|quelle)\b",
    re.IGNORECASE,
)
_BETWEEN = 6  # blocks that may stand between two parts of a sentence
_LEAST_WORDS = 4  # of a paragraph that goes on elsewhere
_PAGES = 2  # from the end of a paragraph's part to the beginning of the next
_FULL = 0.04  # of the page: a line that ends so near to the right edge is full
_ALIKE = 0.6  # points by which the type of two parts may differ
_UNDER = 0.012  # of the page: edges of cells in one column
_SCALED = 2  # blocks above a table that may say its scale
_CAPTION_WORDS = 60


@dataclass(slots=True)
class _Unfinished:
    """A block that may still go on: its parts so far, and the page that it is listed under."""

    block: Block
    parts: list[tuple[Row, ...]]

    @property
    def last(self) -> Row:
        """The row at its end."""
        return self.parts[-1][-1]


def continued(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Return the blocks of each page; what goes on is whole, on the page that it begins on."""
    found: list[list[_Unfinished]] = []
    flow: list[_Unfinished] = []  # the last blocks of the document so far
    for blocks in pages:
        found.append([])
        for block in blocks:
            before = _joined_to(flow, block)
            if before:
                before.parts.append(block.rows)
                continue
            opened = _Unfinished(_named(flow, block), [block.rows])
            found[-1].append(opened)
            flow = [*flow[-_BETWEEN:], opened]
    return [[_whole(opened) for opened in blocks] for blocks in found]


def _whole(opened: _Unfinished) -> Block:
    block, parts = opened.block, opened.parts
    if not parts[1:] and block.told is None:
        return block
    if block.kind is BlockKind.TABLE and block.told is not None:
        return replace(block, rows=joined_rows(parts))
    return replace(block, rows=tuple(row for part in parts for row in part))


def _joined_to(flow: Sequence[_Unfinished], block: Block) -> _Unfinished | None:
    """Return the block that this one is the rest of."""
    if not flow:
        return None
    if block.told is not None:
        last = flow[-1].block
        return flow[-1] if (last.told, last.kind) == (block.told, block.kind) else None
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    passed = False
    for before in reversed(flow):
        kind = before.block.kind
        if kind is BlockKind.PARAGRAPH and not _is_caption(before.block):
            return before if _goes_on(before, block, passed=passed) else None
        if kind is BlockKind.HEADING or before.block.of_source:
            return None
        passed = True
    return None


def _is_caption(block: Block) -> bool:
    return bool(_CAPTION.match(block.rows[0].words[0].text)) and (
        sum(len(row.words) for row in block.rows) < _CAPTION_WORDS
    )


def _goes_on(before: _Unfinished, block: Block, *, passed: bool) -> bool:
    """Tell a paragraph that is the rest of one before it."""
    last, first = before.last, block.rows[0]
    elsewhere = passed or last.page != first.page or first.bottom < last.top
    if not elsewhere or first.page - last.page > _PAGES or before.block.told is not None:
        return False
    if abs(last.size - first.size) > _ALIKE or last.bold != first.bold:
        return False
    if sum(len(row.words) for row in before.parts[-1]) < _LEAST_WORDS or _is_caption(block):
        return False
    end, start = last.words[-1].text, first.words[0].text
    if _STOP.search(end) or _LISTED.match(start):
        return False
    if end.endswith(HYPHENS) or start[0].islower():
        return True
    open_end = end[-1].isalpha() or end[-1] == ","
    return not passed and open_end and _full(before.parts[-1], block.rows)


def _full(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Tell a part whose last line has no room for a word more."""
    wide = max(row.right - row.left for row in (*rows[-_BETWEEN:], *others[:_BETWEEN]))
    return len(rows) > 1 and rows[-1].right - rows[-1].left > wide - _FULL


def _named(flow: Sequence[_Unfinished], block: Block) -> Block:
    """Give a table the names of its columns that stand on the page before, and its scale."""
    if block.kind is not BlockKind.TABLE or not flow:
        return block
    last = flow[-1]
    above = last.block
    if above.kind is BlockKind.TABLE and not (block.of_source or above.of_source):
        if block.rows[0].page == last.last.page + 1 and _under(above, block):
            return replace(block, names=names_after(_whole(last)), scale=above.scale, head=0)
        return block
    return replace(block, scale=tuple(_scale(flow[-_SCALED:])))


def _scale(above: Iterable[_Unfinished]) -> Iterator[Row]:
    for opened in above:
        if opened.block.kind is not BlockKind.TABLE:
            yield from (row for row in opened.parts[-1][-_SCALED:] if states_a_scale(row.text))


def _under(above: Block, block: Block) -> bool:
    """Tell a table without names of its own whose cells stand below those of another."""
    widest = max(above.rows, key=lambda row: len(row.cells))
    rows = [row for row in block.rows if len(row.cells) > 1]
    first = block.rows[0]
    again = above.head and first.text == above.rows[0].text
    if not rows or again or _names_its_own(above, block):
        return False
    edges = [_edges(row) for row in (widest, *above.rows[-3:])]
    columns = [edge for row in edges for edge in row]
    return all(
        sum(any(_beside(cell, column) for column in columns) for cell in _edges(row))
        > len(row.cells) / 2
        for row in rows[:3]
    )


def _names_its_own(above: Block, block: Block) -> bool:
    """Tell a table whose first row stands out from the others as names of columns do."""
    first, *others = block.rows
    if first.bold and not all(row.bold for row in others):
        return True
    figures = any(map(has_figure, above.rows)) and any(map(has_figure, others))
    return block.head > 0 and figures and not has_figure(first)


def _edges(row: Row) -> list[tuple[float, float]]:
    return [(cell[0].box.x0, cell[-1].box.x1) for cell in row.cells if cell]


def _beside(cell: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell cells that share an edge or a middle."""
    places = [(one[0], one[1], (one[0] + one[1]) / 2) for one in (cell, other)]
    return any(abs(a - b) < _UNDER for a, b in zip(*places, strict=True))
