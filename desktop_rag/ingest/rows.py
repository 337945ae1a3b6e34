"""Putting the pieces of a page back into the rows that a reader sees.

A PDF stores the cells of a table row as separate lines. Lines that follow each
other in the file, stand at one height and continue to the right are one row;
two columns of running text are not, because each fills its own lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_rag.domain.documents import Line, Page, Word
from desktop_rag.ingest.columns import PROSE_WORDS, in_reading_order, side_by_side

WORD_JOINER = "\u2060"  #: before a word that goes on without white space after the one before

_CELL_GAP = 1.2  # white space between two cells, in heights of their type


class Row(NamedTuple):
    """What stands on one line of a page: one cell of prose, or the cells of a table.

    `top` and `bottom` are fractions of the page, `words` those of all cells, in order; a cell
    without words is empty. `page` is the number of the page, and `rest` what stands on later
    pages of the same row. Of a table that a source tells of, `number` is the place of the row,
    and `names` says that it names columns. A `label` is the name that several rows share, told
    with the first of them.
    """

    cells: tuple[tuple[Word, ...], ...]
    block: int
    size: float
    bold: bool
    top: float
    bottom: float
    words: tuple[Word, ...]
    page: int = 0
    rest: tuple[Row, ...] = ()
    number: int = -1
    names: bool = False
    label: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join([word.text for word in self.words])

    @property
    def left(self) -> float:
        """Where the first word begins, as a fraction of the page."""
        return self.words[0].box.x0

    @property
    def right(self) -> float:
        """Where the last word ends, as a fraction of the page."""
        return self.words[-1].box.x1


def glued(line: Line) -> Line:
    """Mark the first word of a line that goes on without white space."""
    if not line.glued:
        return line
    (text, box), *others = line.words
    return line._replace(words=(Word(WORD_JOINER + text, box), *others))


def rows_of(page: Page, lines: Sequence[Line] | None = None) -> list[Row]:
    """Return the rows of a page, or of some of its lines, in reading order."""
    rows: list[list[Line]] = []
    for line in in_reading_order(page.lines if lines is None else lines):
        if rows and _continues(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([glued(line)])
    aspect = page.width / page.height if page.height else 1.0
    return [_row(found, aspect, page.number) for found in rows]


def row_of(line: Line, page: int) -> Row:
    """Return a line as a row of one cell."""
    return _placed(line, (line.words,), line.words, page)


def _continues(before: Line, line: Line) -> bool:
    short = min(len(before.words), len(line.words)) < PROSE_WORDS
    return short and side_by_side(before, line)


def _row(lines: list[Line], aspect: float, page: int) -> Row:
    words = lines[0].words
    if not lines[1:]:
        return _placed(lines[0], tuple(_cells(words, aspect)), words, page)
    words = tuple(word for line in lines for word in line.words)
    longest = max(lines, key=lambda line: len(line.words))
    style = longest._replace(block=lines[0].block, bold=all(line.bold for line in lines))
    return _placed(style, tuple(_cells(words, aspect)), words, page)


def _placed(
    style: Line, cells: tuple[tuple[Word, ...], ...], words: tuple[Word, ...], page: int
) -> Row:
    boxes = [word.box for word in words]
    return Row(
        cells,
        style.block,
        style.size,
        style.bold,
        min([box[1] for box in boxes]),
        max([box[3] for box in boxes]),
        words,
        page,
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
