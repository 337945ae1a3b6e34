"""Putting the pieces of a page back into the rows that a reader sees.

A PDF stores the cells of a table row as separate lines. Lines that follow each
other in the file, stand at one height and continue to the right are one row;
two columns of running text are not, because each fills its own lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop_rag.domain.documents import Line, Page, Word

_CELL_GAP = 1.2  # white space between two cells, in heights of their type
_PROSE_WORDS = 6  # a piece this long is running text, not a cell


class Row(NamedTuple):
    """What stands on one line of a page: one cell of prose, or the cells of a table."""

    cells: tuple[tuple[Word, ...], ...]
    block: int
    size: float
    bold: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, left to right."""
        return tuple(word for cell in self.cells for word in cell)

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for cell in self.cells for word in cell)

    @property
    def top(self) -> float:
        """Where the row begins, as a fraction of the page."""
        return min(word.box.y0 for cell in self.cells for word in cell)

    @property
    def bottom(self) -> float:
        """Where the row ends, as a fraction of the page."""
        return max(word.box.y1 for cell in self.cells for word in cell)

    @property
    def left(self) -> float:
        """Where the first word begins, as a fraction of the page."""
        return self.cells[0][0].box.x0


def rows_of(page: Page) -> list[Row]:
    """Return the rows of a page in reading order."""
    rows: list[list[Line]] = []
    for line in page.lines:
        if rows and _continues(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    aspect = page.width / page.height if page.height else 1.0
    return [_row(lines, aspect) for lines in rows]


def _continues(before: Line, line: Line) -> bool:
    a, b = before.words[-1].box, line.words[0].box
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    if overlap < 0.5 * min(a.y1 - a.y0, b.y1 - b.y0) or b.x0 < a.x1 - 0.002:
        return False
    return min(len(before.words), len(line.words)) < _PROSE_WORDS


def _row(lines: list[Line], aspect: float) -> Row:
    words = [word for line in lines for word in line.words]
    cells = tuple(_cells(words, aspect))
    widest = max(lines, key=lambda line: len(line.words))
    return Row(cells, lines[0].block, widest.size, all(line.bold for line in lines))


def _cells(words: Iterable[Word], aspect: float) -> Iterator[tuple[Word, ...]]:
    cell: list[Word] = []
    for word in words:
        if cell:
            last = cell[-1].box
            gap = (word.box.x0 - last.x1) * aspect
            if gap > _CELL_GAP * (last.y1 - last.y0):
                yield tuple(cell)
                cell = []
        cell.append(word)
    if cell:
        yield tuple(cell)
