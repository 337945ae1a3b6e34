"""Putting the pieces of a page back into the rows that a reader sees.

A PDF stores the cells of a table row as separate lines. Lines that follow each
other in the file, stand at one height and continue to the right are one row;
two columns of running text are not, because each fills its own lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop_rag.domain.documents import Line, Page, Word
from desktop_rag.ingest.columns import PROSE_WORDS, in_reading_order, side_by_side

_CELL_GAP = 1.2  # white space between two cells, in heights of their type


class Row(NamedTuple):
    """What stands on one line of a page: one cell of prose, or the cells of a table.

    `top` and `bottom` are fractions of the page, `words` those of all cells, in order.
    """

    cells: tuple[tuple[Word, ...], ...]
    block: int
    size: float
    bold: bool
    top: float
    bottom: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join([word.text for word in self.words])

    @property
    def left(self) -> float:
        """Where the first word begins, as a fraction of the page."""
        return self.cells[0][0].box.x0


def rows_of(page: Page) -> list[Row]:
    """Return the rows of a page in reading order."""
    rows: list[list[Line]] = []
    for line in in_reading_order(page.lines):
        if rows and _continues(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    aspect = page.width / page.height if page.height else 1.0
    return [_row(lines, aspect) for lines in rows]


def _continues(before: Line, line: Line) -> bool:
    short = min(len(before.words), len(line.words)) < PROSE_WORDS
    return short and side_by_side(before, line)


def _row(lines: list[Line], aspect: float) -> Row:
    words = lines[0].words
    for line in lines[1:]:
        words += line.words
    boxes = [word.box for word in words]
    return Row(
        tuple(_cells(words, aspect)),
        lines[0].block,
        max(lines, key=lambda line: len(line.words)).size,
        all(line.bold for line in lines),
        min([box[1] for box in boxes]),
        max([box[3] for box in boxes]),
        words,
    )


def _cells(words: tuple[Word, ...], aspect: float) -> Iterator[tuple[Word, ...]]:
    begun = 0
    _, top, end, bottom = words[0].box
    for at, (_, (x0, y0, x1, y1)) in enumerate(words):
        if at and (x0 - end) * aspect > _CELL_GAP * (bottom - top):
            yield words[begun:at]
            begun = at
        top, end, bottom = y0, x1, y1
    yield words[begun:] if begun else words
