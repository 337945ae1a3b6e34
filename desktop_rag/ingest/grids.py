"""Putting the words of a table into its rows and columns.

Columns are what white space divides from top to bottom, as in pdfplumber's "text" strategy and in
the projection profiles of Kieninger's T-Recs (1998): a gap that another row writes over is none.
A cell of several lines is one cell, and an empty one keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop_rag.domain.amounts import is_amount, is_figure, is_year
from desktop_rag.domain.documents import Word
from desktop_rag.ingest.rows import Row

_NEAR = 4  # rows back that may stand at the same height
_BACK = 3.0  # heights of a row: what goes back up further is another table
_LEAST_COLUMNS = 2
_LEAST_LINES = 3  # with figures, for these alone to tell the columns
_OVERWRITTEN = 0.15  # of the lines may write over the white space between two columns
_GAP = 0.35  # heights of a line between two columns
_SPLIT = 0.2  # of the lines with figures: more of them that lose a cell, and these are no columns
_TIGHT = 0.3  # heights by which the leading within a cell may vary
_LEADING = 0.8  # heights of white space between the lines of a cell, at most
_LOOSE = 0.18  # heights by which rows are farther apart than the lines of a cell
_SIGN = re.compile(r"^[$€£¥(%)]+$")
_SIGNS = re.compile(r"^[$€£¥(]+$")
_SIGNS_AFTER = re.compile(r"^[%)]+$")
_STOP = re.compile(r"[.:;!?]$")

Cells = tuple[tuple[Word, ...], ...]


class _Line(NamedTuple):
    """What stands at one height of a table, by columns; `across` if a word is in several."""

    row: Row
    cells: Cells
    across: bool
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of its type."""
        return self.bottom - self.top

    @property
    def filled(self) -> list[int]:
        """The columns in which something stands."""
        return [column for column, cell in enumerate(self.cells) if cell]


def gridded(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a table with a cell for every column, those of several lines as one."""
    found: list[Row] = []
    begun = 0
    for at in range(1, len(rows) + 1):
        end = at == len(rows)
        if end or rows[at].top < rows[at - 1].top - _BACK * (rows[at].bottom - rows[at].top):
            found += _one_table(rows[begun:at])
            begun = at
    return found


def _one_table(rows: Sequence[Row]) -> list[Row]:
    level = _levelled(rows)
    columns = _columns(level)
    if len(columns) > max(len(row.cells) for row in level):  # of several tables, below each other
        return [row for part in _parts(level) for row in _in_columns(part, _columns(part))]
    return _in_columns(level, columns)


def _in_columns(rows: list[Row], columns: Sequence[tuple[float, float]]) -> list[Row]:
    if len(columns) < _LEAST_COLUMNS or _loses_cells(rows, columns):
        return rows
    lines = _whole([_line(row, columns) for row in rows])
    return list(labelled([_row(line) for line in lines]))


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the parts of a region that begin with a caption."""
    part: list[Row] = []
    for row in rows:
        caption = not row.cells[1:] and not _figures(row.words)
        if caption and part and part[-1].cells[1:]:
            yield part
            part = []
        part.append(row)
    yield part


def labelled(rows: Sequence[Row]) -> Iterator[Row]:
    """Give rows of a name that stands once, beside the first of them, that name.

    Such rows have a second name each: "Crabs | caught | 12", "      | sold | 7".
    """
    label: tuple[Word, ...] = ()
    for row in rows:
        second = row.cells[1] if row.cells[1:] else ()
        sub = bool(second) and not _figures(second) and bool(row.cells[2:])
        if row.cells[0]:
            label = row.cells[0] if sub and not _figures(row.cells[0]) else ()
            yield row
        else:
            yield row._replace(label=label if sub and _figures(row.words) else ())
            label = label if sub else ()


def _levelled(rows: Sequence[Row]) -> list[Row]:
    """Put together what stands at one height, whatever the order of the file."""
    found: list[Row] = []
    for row in rows:
        near = range(len(found) - 1, max(-1, len(found) - _NEAR), -1)
        at = next((n for n in near if _beside(found[n], row)), None)
        if at is None:
            found.append(row)
            continue
        cells = sorted((*found[at].cells, *row.cells), key=lambda cell: cell[0].box.x0)
        found[at] = found[at]._replace(
            cells=tuple(cells),
            words=tuple(word for cell in cells for word in cell),
            top=min(found[at].top, row.top),
            bottom=max(found[at].bottom, row.bottom),
            bold=found[at].bold and row.bold,
        )
    return found


def _beside(row: Row, other: Row) -> bool:
    """Tell rows at one height that do not cover each other."""
    if row.bottom <= other.top or other.bottom <= row.top:
        return False
    overlap = min(row.bottom, other.bottom) - max(row.top, other.top)
    least = min(row.bottom - row.top, other.bottom - other.top)
    if overlap < 0.6 * least:  # more than half, so that lines stay apart
        return False
    return not any(
        a[0].box.x0 < b[-1].box.x1 and b[0].box.x0 < a[-1].box.x1
        for a in row.cells
        for b in other.cells
    )


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return where the columns of a table begin and end."""
    several = [row for row in rows if len(row.cells) > 1]
    telling = [row for row in several if any(is_amount(word.text) for word in row.words)]
    among = telling if len(telling) >= _LEAST_LINES else several
    if not among:
        return []
    most = int(_OVERWRITTEN * len(among))
    changes: list[tuple[float, int]] = []
    for row in among:
        for left, right in _runs(row):
            changes += (left, 1), (right, -1)
    changes.sort()
    found: list[tuple[float, float]] = []
    written, begun = 0, -1.0
    for at, change in changes:
        written += change
        if written > most and begun < 0:
            begun = at
        elif written <= most and begun >= 0:
            found.append((begun, at))
            begun = -1.0
    gap = _GAP * min(row.bottom - row.top for row in among)
    return _joined_signs(_joined(found, gap), among)


def _runs(row: Row) -> Iterator[tuple[float, float]]:
    """Yield where a row is written on, without the space between words."""
    space = _GAP * (row.bottom - row.top)
    for cell in row.cells:
        left, right = cell[0].box.x0, cell[0].box.x1
        for word in cell[1:]:
            if word.box.x0 - right > space:
                yield left, right
                left = word.box.x0
            right = max(right, word.box.x1)
        yield left, right


def _joined(columns: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Join columns that stand no farther apart than words do."""
    found: list[tuple[float, float]] = []
    for left, right in columns:
        if found and left - found[-1][1] < gap:
            found[-1] = found[-1][0], right
        else:
            found.append((left, right))
    return found


def _joined_signs(
    columns: list[tuple[float, float]], rows: Sequence[Row]
) -> list[tuple[float, float]]:
    """Join a column of currency signs with the next one, and one of percent signs with the last."""
    words = [word for row in rows for word in row.words]
    signs = {_at(word, columns) for word in words if _SIGN.match(word.text)} - {None}
    if not signs:
        return columns
    held: list[list[str]] = [[] for _ in columns]
    for at in signs:
        left, right = columns[at or 0]
        held[at or 0] = [w.text for w in words if w.box.x0 < right and w.box.x1 > left]
    found: list[tuple[float, float]] = []
    ahead: float | None = None
    for (left, right), texts in zip(columns, held, strict=True):
        start = left if ahead is None else ahead
        ahead = None
        if texts and all(map(_SIGNS.match, texts)):
            ahead = start
        elif found and texts and all(map(_SIGNS_AFTER.match, texts)):
            found[-1] = found[-1][0], right
        else:
            found.append((start, right))
    return found if ahead is None else [*found, (ahead, columns[-1][1])]


def _at(word: Word, columns: Sequence[tuple[float, float]]) -> int | None:
    """Return the column in which most of a word stands, if any."""
    best, most = None, 0.0
    start, _, end, _ = word.box
    for at, (left, right) in enumerate(columns):
        if left < end and right > start:
            shared = min(right, end) - max(left, start)
            if shared > most:
                best, most = at, shared
    return best


def _loses_cells(rows: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Tell columns that are too few: figures that stand apart would be in one cell."""
    figures = [row for row in rows if len(row.cells) > 1 and _figures(row.words)]
    lost = 0
    for row in figures:
        cells = [cell for cell in row.cells if _figures(cell)]
        lost += len({_at(cell[-1], columns) for cell in cells}) < len(cells)
    return lost > _SPLIT * len(figures)


def _figures(words: Sequence[Word]) -> bool:
    return any(is_figure(word.text) for word in words)


def _numbered(words: Sequence[Word]) -> bool:
    """Tell a cell with an amount or a year."""
    return _figures(words) or any(is_year(word.text) for word in words)


def _line(row: Row, columns: Sequence[tuple[float, float]]) -> _Line:
    """Put the words of a row into columns; what no column holds goes with its neighbours."""
    cells: list[list[Word]] = [[] for _ in columns]
    across = False
    for cell in row.cells:
        left, right = cell[0].box.x0, cell[-1].box.x1
        over = [at for at, (a, b) in enumerate(columns) if a < right and b > left]
        parted = _parted(cell, columns) if over[1:] else []
        across = across or (len(over) > 1 and not parted)
        if parted:
            for at, words in parted:
                cells[at] += words
            continue
        target = over[0] if over else _nearest(cell, columns)
        cells[target] += cell
    placed = tuple(map(tuple, cells))
    return _Line(row, placed, across, row.top, row.bottom)


def _parted(
    cell: Sequence[Word], columns: Sequence[tuple[float, float]]
) -> list[tuple[int, list[Word]]]:
    """Divide words that stand in several columns between these, if none stands in two."""
    found: list[tuple[int, list[Word]]] = []
    for word in cell:
        at = _at(word, columns)
        start, _, end, _ = word.box
        if at is None or sum(a < end and b > start for a, b in columns) > 1:
            return []
        if found and found[-1][0] == at:
            found[-1][1].append(word)
        elif found and at < found[-1][0]:
            return []
        else:
            found.append((at, [word]))
    gaps = [
        (b[1][0].box.x0 - a[1][-1].box.x1) / (a[1][-1].box.y1 - a[1][-1].box.y0 or 1)
        for a, b in pairwise(found)
    ]
    return found if all(gap > _GAP for gap in gaps) else []


def _nearest(cell: Sequence[Word], columns: Sequence[tuple[float, float]]) -> int:
    middle = (cell[0].box.x0 + cell[-1].box.x1) / 2
    return min(
        range(len(columns)), key=lambda at: abs((columns[at][0] + columns[at][1]) / 2 - middle)
    )


def _whole(lines: Sequence[_Line]) -> list[_Line]:
    """Join the lines of cells that go on in the line below."""
    gaps = [below.top - above.bottom for above, below in pairwise(lines)]
    tight = min(gaps, default=0.0)
    apart = _apart(lines, gaps)
    found: list[_Line] = []
    for at, line in enumerate(lines):
        gap = gaps[at - 1] if at else 0.0
        most = min(tight + _TIGHT * line.height, _LEADING * line.height)
        loose = apart > gap + _LOOSE * line.height
        if at and gap <= most and _goes_on(found[-1], line, loose=loose):
            found[-1] = _both(found[-1], line)
        else:
            found.append(line)
    return found


def _apart(lines: Sequence[_Line], gaps: Sequence[float]) -> float:
    """Return how far rows stand apart that begin with a name, by their median."""
    named = sorted(
        gap for gap, line in zip(gaps, lines[1:], strict=True)
        if line.cells[0] and len(line.filled) > 1
    )  # fmt: skip
    return named[len(named) // 2] if named else 0.0


def _goes_on(before: _Line, line: _Line, *, loose: bool) -> bool:
    """Tell a line whose words go on in the cells of the one before.

    They have columns of words in common, and either rows stand farther apart than these two
    lines, or a cell goes on in small letters.
    """
    if before.across or line.across or before.row.bold != line.row.bold:
        return False
    filled, above = line.filled, set(before.filled)
    if not set(filled) <= above:
        return _begins_in(before, line)
    if any(_numbered(line.cells[at]) for at in filled):
        return False
    small = all(_small(before.cells[at], line.cells[at]) for at in filled)
    if filled[0] == 0:
        return small and (loose or len(filled) < len(above))
    return small or loose


def _begins_in(before: _Line, line: _Line) -> bool:
    """Tell a name of two lines that has its figures beside the second one."""
    only_name = before.filled == [0] and bool(line.cells[0]) and len(line.filled) > 1
    return only_name and _small(before.cells[0], line.cells[0])


def _small(before: Sequence[Word], words: Sequence[Word]) -> bool:
    """Tell words that go on in small letters after others without a stop."""
    start, end = words[0].text.lstrip("(\"'“"), before[-1].text
    return (start[:1].islower() or end.endswith("-")) and not _STOP.search(end)


def _both(before: _Line, line: _Line) -> _Line:
    cells = tuple((*a, *b) for a, b in zip(before.cells, line.cells, strict=True))
    return before._replace(cells=cells, bottom=line.bottom, top=min(before.top, line.top))


def _row(line: _Line) -> Row:
    words = tuple(word for cell in line.cells for word in cell)
    last = line.filled[-1]
    return line.row._replace(
        cells=line.cells[: last + 1], words=words, top=line.top, bottom=line.bottom
    )
