"""Reading columns of running text one after the other, however the file mixes them.

Most files hold a column after the other, and then nothing is changed. Some hold
the lines of a page from top to bottom, straight across the gutter between columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from desktop_rag.domain.documents import Line

PROSE_WORDS = 6  # a line this long is running text, not a cell
_MIXED = 4  # so many lines that go on across the gutter are no accident
_TURNED = 0.3  # of the words of a page
_EDGE = 0.002  # of the page: boxes of neighbours may touch


def in_reading_order(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines column by column wherever the file goes across the columns."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    found: list[Line] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        left, right = line.words[0].box.x0, line.words[-1].box.x1
        if left < gutter - _EDGE and right > gutter + _EDGE:  # it belongs to neither
            found += _sides(sides)
            found.append(line)
        else:
            sides[left >= gutter - _EDGE].append(line)
    return [*found, *_sides(sides)]


def _sides(sides: Iterable[list[Line]]) -> list[Line]:
    """Empty the two sides of a gutter; each may be columns again."""
    found = [line for side in sides for line in in_reading_order(side)]
    for side in sides:
        side.clear()
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where columns meet that the file goes across, if it does so often enough."""
    edges = [
        (before.words[-1].box.x1, line.words[0].box.x0)
        for before, line in pairwise(lines)
        if min(len(before.words), len(line.words)) >= PROSE_WORDS and side_by_side(before, line)
    ]
    for left, right in sorted(edges):
        across = [edge for edge in edges if edge[0] <= right and edge[1] >= left]
        start, end = max(a for a, _ in across), min(b for _, b in across)
        if len(across) >= _MIXED and start <= end:
            return (start + end) / 2
    return None


def level_first(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that run across a page, and those that run up or down beside them.

    Where most words are upright, the page is turned, and all of them run along it.
    """
    upright = [line for line in lines if _upright(line)]
    words = sum(len(line.words) for line in upright)
    if not upright or words > _TURNED * sum(len(line.words) for line in lines):
        return list(lines), []
    return [line for line in lines if not _upright(line)], upright


def _upright(line: Line) -> bool:
    """Tell a line whose words stand above each other."""
    first, last = line.words[0].box, line.words[-1].box
    if len(line.words) == 1:
        return False
    beside = min(first.x1, last.x1) > max(first.x0, last.x0)
    return beside and abs(last.y0 - first.y0) > 1.5 * max(first.x1 - first.x0, 1e-6)


def side_by_side(before: Line, line: Line) -> bool:
    """Tell a line that goes on to the right of the one before, at its height."""
    a, b = before.words[-1].box, line.words[0].box
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return b.x0 >= a.x1 - _EDGE and overlap >= 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)
