"""Finds the lines of text whose pieces the file draws in any order, and puts lines in order."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from desktop_rag.engines.pdf.sheets import DrawnLine, Edges

_ONE_BASELINE = 0.2  # of the type
_OVERLAP = 0.5  # of the type, before pieces lie on each other
_CLOSE = 0.4  # of the type: no gutter is so narrow
_FAR = 0.8  # of the type: as wide as a space may be where lines are justified
_FARTHEST = 1.6  # of the type, where the order of the file says nothing
_SET_APART = 1.3  # of the type, between letters that are drawn after each other
_ALIKE = 0.6  # of the larger type
_ROWS_BESIDE = 3  # above and below, that show whether white space is a gutter
_CERTAIN_ROWS = 4  # that show it where words stand far apart
_ROW_DISTANCE = 2.0  # of the type, from row to row
_MARK_SIGNS = 4
_MARK_SIZE, _MARK_RISE = 0.8, 0.8  # of the type beside it
_GUTTER = 1.0  # of the type
_LEAST_COLUMN = 8.0  # of the type: narrower ones are cells of a table
_FEWEST_PIECES = 6
_MOST_UPWARD = 0.25  # of steps from piece to piece
_PARAGRAPH_GAP = 1.3  # of the usual distance between lines
_LEAST_LINES = 2  # of a column

_Row = list[int]


def together(
    pieces: Sequence[DrawnLine], collide: Callable[[int, int], bool] = lambda _one, _other: False
) -> list[list[int]]:
    """Return which pieces are one line of text though the file parts them, from left to right.

    Each is a list of at least two places in `pieces`. `collide` says whether two of them that
    overlap hide each other, so that they are none.
    """
    rows = _rows(pieces)
    far = _FARTHEST if disordered(pieces) else _FAR
    groups: list[list[int]] = []
    for at, row in enumerate(rows):
        group, last = row[:1], row[0]
        for number in row[1:]:
            if _joins(pieces, rows, at, (last, number), far) and not any(
                _overlap(pieces[one], pieces[number]) and collide(one, number) for one in group
            ):
                group.append(number)
                last = max(last, number, key=lambda one: pieces[one].box[2])
            else:
                groups.append(group)
                group, last = [number], number
        groups.append(group)
    _take_marks(pieces, groups)
    return [group for group in groups if len(group) > 1]


def _rows(pieces: Sequence[DrawnLine]) -> list[_Row]:
    """Return the pieces on each baseline, from left to right."""
    order = sorted(
        [
            (piece.turn, piece.baseline, at)
            for at, piece in enumerate(pieces)
            if piece.turn is not None
            and (len(piece.spans) > 1 or not piece.spans[0]["text"].isspace())
        ]
    )
    rows: list[_Row] = []
    first: DrawnLine | None = None
    for turn, baseline, at in order:
        piece = pieces[at]
        if (
            first
            and first.turn == turn
            and baseline - first.baseline < _ONE_BASELINE * min(piece.size, first.size)
        ):
            rows[-1].append(at)
        else:
            rows.append([at])
            first = piece
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda at: pieces[at].box[0])
    return rows


def disordered(pieces: Sequence[DrawnLine]) -> bool:
    """Whether a page is drawn up as well as down: in no order, or from its end."""
    if len(pieces) < _FEWEST_PIECES:
        return False
    up = sum(
        one.baseline - other.baseline > other.size and one.turn == other.turn
        for one, other in pairwise(pieces)
    )
    return up > _MOST_UPWARD * len(pieces)


def _joins(
    pieces: Sequence[DrawnLine], rows: list[_Row], row: int, pair: tuple[int, int], far: float
) -> bool:
    """Whether two pieces that follow each other on a baseline are of one line."""
    one, other = pieces[pair[0]], pieces[pair[1]]
    size = max(one.size, other.size)
    if min(one.size, other.size) < _ALIKE * size:
        return False
    gap = other.box[0] - one.box[2]
    if pair[1] - pair[0] == 1 and far * size < gap < _SET_APART * size:
        return all(len(text) == 1 and text.isalpha() for text in (one.text, other.text))
    if gap > far * size:
        return False
    if gap <= _CLOSE * size:
        return True
    middle = one.box[2] + gap / 2
    white = _white_rows(pieces, rows, row, middle)
    return abs(pair[1] - pair[0]) > 1 and white < (1 if far == _FAR else _CERTAIN_ROWS)


def _overlap(one: DrawnLine, other: DrawnLine) -> bool:
    return one.box[2] - other.box[0] > 0.1 * one.size


def _white_rows(pieces: Sequence[DrawnLine], rows: list[_Row], row: int, x: float) -> int:
    """Return how many rows around are white at `x`, with something on either side.

    None if there is one that is not: then that is no gutter.
    """
    white = 0
    first = pieces[rows[row][0]]
    for step in (-1, 1):
        for distance in range(1, _ROWS_BESIDE + 1):
            at = row + step * distance
            if not 0 <= at < len(rows):
                break
            beside = [pieces[number] for number in rows[at]]
            apart = abs(beside[0].baseline - first.baseline)
            if beside[0].turn != first.turn or apart > _ROW_DISTANCE * distance * first.size:
                break
            if any(piece.box[0] < x < piece.box[2] for piece in beside):
                return 0
            left = any(piece.box[2] <= x for piece in beside)
            white += left and any(piece.box[0] >= x for piece in beside)
    return white


def _take_marks(pieces: Sequence[DrawnLine], groups: list[list[int]]) -> None:
    """Put raised marks that are pieces of their own to the end of the group they stand beside."""
    most = _MARK_SIZE * statistics.median([piece.size for piece in pieces]) if pieces else 0.0
    small = [
        group
        for group in groups
        if len(group) == 1
        and pieces[group[0]].size < most
        and len(pieces[group[0]].text.strip()) <= _MARK_SIGNS
    ]
    ends: dict[tuple[int | None, int], list[list[int]]] = {}
    for group in groups if small else ():
        last = pieces[group[-1]]
        ends.setdefault((last.turn, round(last.box[2])), []).append(group)
    for group in small:
        mark = pieces[group[0]]
        near = round(mark.box[0])
        for other in (
            other for x in (near - 1, near, near + 1) for other in ends.get((mark.turn, x), ())
        ):
            if not other or other is group:
                continue
            last = pieces[other[-1]]
            if (
                mark.size < _MARK_SIZE * last.size
                and 0 < last.baseline - mark.baseline < _MARK_RISE * last.size
            ):
                other.append(group.pop())
                break


def shuffled(groups: Sequence[Sequence[int]], pieces: Sequence[DrawnLine]) -> bool:
    """Whether the file has no order: most of a page was drawn to and fro, or up and down."""
    if disordered(pieces):
        return True
    if 2 * sum(map(len, groups)) < len(pieces):
        return False
    steps = [b - a for group in groups for a, b in pairwise(group)]
    return 4 * sum(step < 0 or step > len(steps) for step in steps) > len(steps)


def in_order(boxes: Sequence[Edges], size: float) -> list[list[int]]:
    """Return the places of boxes by paragraphs, in reading order, where the file has none.

    Method: recursive X-Y cut (Nagy and Seth, 1984), columns before paragraphs.
    """
    return list(_cut(boxes, list(range(len(boxes))), size))


def _cut(boxes: Sequence[Edges], numbers: list[int], size: float) -> Iterator[list[int]]:
    columns = _parted(boxes, numbers, 0, _GUTTER * size)
    if len(columns) > 1 and all(_is_column(boxes, column, size) for column in columns):
        for column in columns:
            yield from _cut(boxes, column, size)
        return
    paragraphs = _parted(boxes, numbers, 1, _room(boxes, numbers, size))
    if len(paragraphs) > 1:
        for paragraph in paragraphs:
            yield from _cut(boxes, paragraph, size)
        return
    yield _by_rows(boxes, numbers, size)


def _is_column(boxes: Sequence[Edges], numbers: Sequence[int], size: float) -> bool:
    wide = statistics.median([boxes[at][2] - boxes[at][0] for at in numbers])
    return len(numbers) >= _LEAST_LINES and wide >= _LEAST_COLUMN * size


def _by_rows(boxes: Sequence[Edges], numbers: Sequence[int], size: float) -> list[int]:
    rows: list[list[int]] = []
    for at in sorted(numbers, key=lambda at: boxes[at][3]):
        if rows and boxes[at][3] - boxes[rows[-1][0]][3] < size / 2:
            rows[-1].append(at)
        else:
            rows.append([at])
    return [at for row in rows for at in sorted(row, key=lambda at: boxes[at][0])]


def _room(boxes: Sequence[Edges], numbers: Sequence[int], size: float) -> float:
    """Return how much white space between lines is more than between those of a paragraph."""
    tops = sorted({round(boxes[at][1], 1) for at in numbers})
    steps = [b - a for a, b in pairwise(tops) if b - a > 0.5 * size]
    usual = statistics.median_low(steps) if steps else size
    high = statistics.median_low([boxes[at][3] - boxes[at][1] for at in numbers])
    return max(_PARAGRAPH_GAP * usual - high, 0.3 * size)


def _parted(
    boxes: Sequence[Edges], numbers: Sequence[int], axis: int, least: float
) -> list[list[int]]:
    """Part boxes where there is more than so much white space between all of them."""
    found: list[list[int]] = []
    end = 0.0
    for at in sorted(numbers, key=lambda at: boxes[at][axis]):
        if found and boxes[at][axis] - end < least:
            found[-1].append(at)
            end = max(end, boxes[at][axis + 2])
        else:
            found.append([at])
            end = boxes[at][axis + 2]
    return found
