"""Putting cells of several lines beside each other: a file has them one after the other.

    to air        to water      to land      is, in the file,  to air · kg/year · to water · …
    kg/year       kg/year       kg/year

Wherever the file goes back up and to the right, what came before is a stack of
lines to the left of what follows. Stacks whose lines match, figure by figure, are
rows of a table held column by column; others are cells of one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Word
from desktop_rag.ingest.columns import PROSE_WORDS, is_running_text
from desktop_rag.ingest.rows import Row

_TALL = 6  # lines: more than this in a cell of a table is running text
_PROSE_LINES = 4  # fewer lines may be cells, however they go on
_FAR = 64  # rows back: no table is held in longer columns
_LABEL_WORDS = 14  # in a line that names figures beside it
_SOME = 2  # stacks: more of them, each of a few lines without a stop, name columns
_HEAD_LINES, _HEAD_WORDS = 4, 8
_EDGE = 0.002

Stack = list[Row]


def unstacked(rows: Sequence[Row]) -> list[Row]:
    """Return `rows` with the stacks that stand side by side taken apart into rows."""
    found: list[Row] = []
    at = 0
    while at < len(rows):
        start = _left_of(found, rows[at])
        stacks, end = _stacks(found[start:], rows, at) if start < len(found) else ([], at)
        whole = _rows(stacks) if stacks[1:] else []
        if whole:
            found[start:] = whole
            at = end
        else:
            found.append(rows[at])
            at += 1
    return found


def _left_of(found: Sequence[Row], row: Row) -> int:
    """Return where the stack begins that ends `found` and stands to the left of `row`."""
    start = len(found)
    if not found or row.top > found[-1].top - 0.5 * _height(row):
        return start  # it does not go back up
    while start and start > len(found) - _FAR:
        before = found[start - 1]
        if before.bottom < row.top + 0.2 * _height(row) or before.right > row.left + _EDGE:
            break
        start -= 1
    overlaps = start < len(found) and found[start].top < row.bottom - 0.2 * _height(row)
    return start if overlaps else len(found)


def _stacks(left: Stack, rows: Sequence[Row], at: int) -> tuple[list[Stack], int]:
    """Gather the stacks to the right of `left`, and where they end."""
    stacks, stack = [left], [rows[at]]
    top = min(row.top for row in left) - 0.5 * _height(rows[at])
    bottom = max(row.bottom for row in left)
    edge = max(row.right for row in left)
    at += 1
    while at < len(rows):
        row = rows[at]
        if row.left < edge - _EDGE or row.top < top or _below(row, stack[-1], bottom):
            break
        if row.top < stack[-1].top - 0.5 * _height(row):
            edge = max(row.right for row in stack)
            if row.left < edge - _EDGE:
                break
            stacks.append(stack)
            stack = []
        stack.append(row)
        at += 1
    return [*stacks, stack], at


def _below(row: Row, before: Row, bottom: float) -> bool:
    """Tell what stands below the stacks from the last lines of a taller one."""
    under = row.top > bottom - 0.5 * _height(row)
    return under and not before.top < row.top < before.bottom + 0.5 * _height(row)


def _rows(stacks: list[Stack]) -> list[Row]:
    """Return the rows that stacks make, none where they are columns of running text."""
    figures = all(_figures(stack) for stack in stacks[1:])
    longest, tallest = max(_cells(stacks)), max(map(len, stacks))
    if tallest >= _PROSE_LINES and all(map(_runs_on, stacks)):
        return []
    if not figures and longest >= PROSE_WORDS:
        named = len(stacks) > _SOME and not any(map(_stops, stacks))
        heads = named and longest <= _HEAD_WORDS and tallest <= _HEAD_LINES
        return [_beside(map(_one, stacks))] if heads else []
    if longest > _LABEL_WORDS:
        return []
    if _aligned(stacks) and (figures or tallest > _TALL):
        if figures or _words(stacks) <= PROSE_WORDS / 2:
            return [_beside(side) for side in zip(*stacks, strict=True)]
        return []
    return [_beside(map(_one, stacks))] if tallest <= _TALL else []


def _runs_on(stack: Stack) -> bool:
    return is_running_text([row.words for row in stack])


def _beside(rows: Iterable[Row]) -> Row:
    """Return one row of the cells of some."""
    rows = list(rows)
    return _merged(rows, [cell for row in rows for cell in row.cells])


def _one(stack: Stack) -> Row:
    """Return one row whose cells go on from line to line."""
    ends: list[float] = []  # of the columns; what stands above two joins them
    found: list[list[tuple[int, tuple[Word, ...]]]] = []
    cells = [(cell[0].box.x0, at, cell) for at, row in enumerate(stack) for cell in row.cells]
    for left, at, cell in sorted(cells, key=lambda cell: cell[:2]):
        right = cell[-1].box.x1
        if ends and left < ends[-1]:
            ends[-1] = max(ends[-1], right)
            found[-1].append((at, cell))
        else:
            ends.append(right)
            found.append([(at, cell)])
    columns = (sorted(column, key=lambda cell: cell[0]) for column in found)
    return _merged(stack, [tuple(w for _, cell in column for w in cell) for column in columns])


def _merged(rows: Sequence[Row], cells: Sequence[tuple[Word, ...]]) -> Row:
    return rows[0]._replace(
        cells=tuple(cells),
        bold=all(row.bold for row in rows),
        top=min(row.top for row in rows),
        bottom=max(row.bottom for row in rows),
        words=tuple(word for cell in cells for word in cell),
    )


def _aligned(stacks: list[Stack]) -> bool:
    first, *rest = stacks
    return all(
        len(stack) == len(first)
        and all(
            abs((a.top + a.bottom) - (b.top + b.bottom)) < _height(a)
            for a, b in zip(first, stack, strict=True)
        )
        for stack in rest
    )


def _stops(stack: Stack) -> bool:
    return stack[-1].text.endswith(".")


def _figures(stack: Stack) -> bool:
    return all(is_amount(word.text) for row in stack for word in row.words)


def _words(stacks: list[Stack]) -> float:
    """Return the mean length of the cells."""
    cells = list(_cells(stacks))
    return sum(cells) / len(cells)


def _cells(stacks: list[Stack]) -> Iterator[int]:
    for stack in stacks:
        for row in stack:
            yield from map(len, row.cells)


def _height(row: Row) -> float:
    return row.bottom - row.top
