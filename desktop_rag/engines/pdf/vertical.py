"""Reads Chinese and Japanese in columns, from top to bottom and from right to left.

Turned a quarter, columns are rows, and what is right to left is top to bottom. So letters that
stand below each other are told as a line that is turned, and only columns are put in order.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_rag.engines.pdf.scripts import of_columns
from desktop_rag.engines.pdf.sheets import DrawnLine, Edges, upright

TURN = 1  #: of a column: its top is where a row has its left end
_BESIDE = 0.2  # of the type: how far the middles of a column's letters are apart
_BELOW = 1.0  # of the type: the white space that a column bears
_FEWEST = 4  # letters that stand below each other, before they are taken for a column
_NEXT = 3.0  # of the type: from column to column


def stood_up(pieces: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Return pieces with single letters that are drawn below each other told as columns."""
    single = [at for at, piece in enumerate(pieces) if _single(piece)]
    found = list(pieces)
    if len(single) < _FEWEST:
        return found
    single.sort(key=lambda at: (_middle(pieces[at]), pieces[at].box[1]))
    stack: list[int] = []
    for at in [*single, -1]:
        if stack and (at < 0 or not _below(pieces[stack[-1]], pieces[at])):
            if len(stack) >= _FEWEST:
                for number in stack:
                    found[number] = _turned(pieces[number])
            stack = []
        stack.append(at)
    return found


def _single(piece: DrawnLine) -> bool:
    if piece.turn != 0 or piece.vertical or len(piece.spans) > 1:
        return False
    text = piece.spans[0]["text"].strip()
    return len(text) == 1 and of_columns(text)


def _middle(piece: DrawnLine) -> float:
    return round((piece.box[0] + piece.box[2]) / 2 / (_BESIDE * piece.size or 1))


def _below(one: DrawnLine, other: DrawnLine) -> bool:
    return (
        _middle(one) == _middle(other)
        and one.size == other.size
        and -_BESIDE * one.size < other.box[1] - one.box[3] < _BELOW * one.size
    )


def _turned(piece: DrawnLine) -> DrawnLine:
    x0, y0, x1, y1 = piece.box
    middle = (y0 + y1) / 2  # letters are as high as wide, whatever their line
    square = (x0, middle - piece.size / 2, x1, middle + piece.size / 2)
    box = upright(square, TURN)
    return piece._replace(turn=TURN, vertical=True, box=box, baseline=(box[1] + box[3]) / 2)


def in_order(columns: Sequence[tuple[Edges, float]]) -> list[int]:
    """Return the places of columns, each a box and its type, turned as rows, in reading order."""
    groups: list[list[int]] = []
    for at, (box, size) in enumerate(columns):
        beside = [
            group
            for group in groups
            if any(_beside(columns[other][0], box, size) for other in group[-2:])
        ]
        if beside:
            beside[0].append(at)
        else:
            groups.append([at])
    return [at for group in groups for at in sorted(group, key=lambda one: columns[one][0][1])]


def _beside(one: Edges, other: Edges, size: float) -> bool:
    room = max(one[1], other[1]) - min(one[3], other[3])
    return room < _NEXT * size and min(one[2], other[2]) > max(one[0], other[0])
