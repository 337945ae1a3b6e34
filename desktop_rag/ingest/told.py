"""Structure that the source of a document tells: its lines have roles, and nothing is guessed.

A block goes on wherever its number comes again: a table over many pages is one table, and a row
that a page break cuts is one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from desktop_rag.domain.documents import RULED, Line, Page, Role, RoleKind, Word
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.grids import labelled
from desktop_rag.ingest.rows import Row, glued, row_of

_MOST_COLUMNS = 256  # that keep their place; beyond, a sheet of 16,384 may be empty but for one

_KINDS = {
    RoleKind.HEADING: BlockKind.HEADING,
    RoleKind.PARAGRAPH: BlockKind.PARAGRAPH,
    RoleKind.CELL: BlockKind.TABLE,
}


def told_blocks(lines: Iterable[Line], page: Page) -> Iterator[Block]:
    """Yield the blocks, or their parts on this page, of lines with roles."""
    for (number, kind), of_block in groupby(lines, key=_block):
        found = list(of_block)
        if kind is RoleKind.CELL:
            rows = tuple(_cell_rows(found, page.number))
        else:
            rows = tuple(row_of(glued(line), page.number) for line in found)
        if number >= RULED:
            rows = tuple(labelled(rows))
        level = _role(found[0]).level or 1 if kind is RoleKind.HEADING else 0
        head = sum(row.names for row in rows) if number >= RULED else 0
        yield Block(_KINDS[kind], rows, level, head, told=number)


def joined_rows(parts: Sequence[Sequence[Row]]) -> tuple[Row, ...]:
    """Return the rows of a table from its parts on several pages.

    A row with the number of the one before is the rest of it; names of columns that are drawn
    again on a later page are left out.
    """
    rows: list[list[Row]] = []
    named: set[int] = set()
    for part in parts:
        for row in part:
            if rows and rows[-1][0].number == row.number:
                rows[-1].append(row)
            elif not (row.names and row.number in named):
                rows.append([row])
                named |= {row.number} if row.names else set()
    return tuple(row[0]._replace(rest=tuple(row[1:])) for row in rows)


def _block(line: Line) -> tuple[int, RoleKind]:
    return line.block, _role(line).kind


def _role(line: Line) -> Role:
    return line.role or Role(RoleKind.PARAGRAPH)


def _cell_rows(lines: Sequence[Line], page: int) -> Iterator[Row]:
    """Yield the rows of a table, each cell in its own column."""
    for number, of_row in groupby(lines, key=lambda line: _role(line).row):
        cells: dict[int, tuple[Word, ...]] = {}
        found = [glued(line) for line in of_row]
        for line in found:
            column = _role(line).column
            cells[column] = cells.get(column, ()) + line.words
        words = tuple(word for column in sorted(cells) for word in cells[column])
        placed = row_of(found[0]._replace(words=words), page)
        yield placed._replace(
            cells=tuple(cells.get(column, ()) for column in _columns(cells)),
            number=number,
            names=any(_role(line).head for line in found),
        )


def _columns(filled: Iterable[int]) -> list[int]:
    """Return the columns up to the last filled one, without those too far to the right."""
    there = sorted(filled)
    near = range(min(there[-1] + 1, _MOST_COLUMNS))
    return [*near, *(column for column in there if column >= _MOST_COLUMNS)]
