"""Reading columns of running text one after the other, however the file mixes them.

Most files hold a column after the other, and then nothing is changed. Some hold the lines of a
page from top to bottom, straight across the gutter between columns, or in any order. The method is
that of a recursive XY-cut (Nagy and Seth 1984; XY-Cut++, 2025) whose cuts are gutters that many
rows have in common, as in PyMuPDF's `column_boxes` and the box flow of pdfminer's `LAParams`; but
a cut is made only between columns of running text: lines that fill their column and go on in the
next one. Cells of tables do neither.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop_rag.domain.documents import Line, Word

PROSE_WORDS = 6  # a line this long is running text, not a cell
_LEAST_ROWS = 4  # with the same gutter
_LEAST_LINES = 3  # of a column
_LEAST_WORDS = 2.5  # of a line of running text, on average
_FULL = 0.7  # of the lines of running text have no room for the next word
_GOING_ON = 0.35  # of its lines begin in small letters
_LITTLE = 0.15  # fewer lines in small letters, and a page has no columns of running text
_FULL_ONLY = 0.8  # the same in scripts without small letters
_MIXED = 0.4  # of the lines of two columns, in the file, are followed by one of the other column
_CELLED = (
    0.7  # of the parts that the file holds together begin beside each other, if these are cells
)
_MESS = 0.25  # of the lines of a page stand above the one before them in the file
_TURNED_ROUND = 3  # times as many lines stand above the one before as below, in a file turned round
_HEIGHTS = 60  # of a page: what stands at one of them may be side by side
_DEEPEST = 3  # cuts within cuts
_TRIES = 4  # gutters
_GAP = 0.8  # heights of a line: what is narrower is no gutter
_ASPECT = 0.7  # of the width of a page to its height; boxes are fractions of each
_EDGE = 0.002  # of the page: boxes of neighbours may touch
_SPACE = 0.25  # heights of a line between two words
_TURNED = 0.3  # of the words of a page


class _Strip(NamedTuple):
    """A line, or what of it stands on one side of a gap; `at` is its place in the file."""

    line: Line
    at: int
    left: float
    right: float
    top: float
    bottom: float


_Row = list[_Strip]  # what stands at one height, from left to right


def in_reading_order(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines column by column wherever the file goes across the columns.

    A line that goes across a gutter is divided there.
    """
    if len(lines) < _LEAST_ROWS:
        return lines
    ordered = None
    if _may_run_on(lines):
        ordered = _in_columns(_parts(lines))
    if ordered is not None and _mixed(ordered):
        return [part.line for part in ordered]
    if _in_a_mess(lines):
        whole = _rows([_whole(line, at) for at, line in enumerate(lines)])
        return [part.line for part in ordered or (part for row in whole for part in row)]
    return lines


def _may_run_on(lines: Sequence[Line]) -> bool:
    """Tell a page that may hold columns of running text from one of cells, in no time."""
    firsts = [line.words[0].text[0] for line in lines]
    small = sum(map(str.islower, firsts))
    return small >= _LITTLE * len(lines) or not any(map(str.isupper, firsts))


def _in_columns(parts: Sequence[_Strip]) -> list[_Strip] | None:
    """Return the parts of a page column by column, None where there are no columns of text."""
    heights = {round((part.top + part.bottom) * _HEIGHTS) for part in parts}
    if len(parts) - len(heights) < _LEAST_ROWS:
        return None  # hardly anything stands beside another thing
    return _by_columns(_rows(parts), 0)


def level_first(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that run across a page, and those that run up or down beside them.

    Where most words are upright, the page is turned, and all of them run along it.
    """
    upright = [line for line in lines if _upright(line)]
    words = sum(len(line.words) for line in upright)
    if not upright or words > _TURNED * sum(len(line.words) for line in lines):
        return list(lines), []
    return [line for line in lines if not _upright(line)], upright


def is_running_text(lines: Sequence[Sequence[Word]]) -> bool:
    """Tell lines of one column, from top to bottom, that fill it and go on from one to the next.

    A line is full if the first word of the next one had no room in it.
    """
    if len(lines) < _LEAST_LINES or sum(map(len, lines)) < _LEAST_WORDS * len(lines):
        return False
    right = max(words[-1].box.x1 for words in lines)
    full = going_on = pairs = 0
    for words, after in pairwise(lines):
        box, first = words[-1].box, after[0]
        space = _SPACE * (box.y1 - box.y0)
        pairs += 1
        full += box.x1 + space + (first.box.x1 - first.box.x0) > right
        going_on += _starts_small(first.text)
    if not any(map(_has_case, lines)):
        return full >= _FULL_ONLY * pairs
    return full >= _FULL * pairs and going_on >= _GOING_ON * pairs


def side_by_side(before: Line, line: Line) -> bool:
    """Tell a line that goes on to the right of the one before, at its height."""
    a, b = before.words[-1].box, line.words[0].box
    overlap = min(a.y1, b.y1) - max(a.y0, b.y0)
    return b.x0 >= a.x1 - _EDGE and overlap >= 0.5 * min(a.y1 - a.y0, b.y1 - b.y0)


def _parts(lines: Sequence[Line]) -> list[_Strip]:
    """Return the lines, divided wherever a gap may be a gutter."""
    found: list[_Strip] = []
    for at, line in enumerate(lines):
        begun = 0
        words = line.words
        _, top, end, bottom = words[0].box
        for n, (_, (x0, y0, x1, y1)) in enumerate(words):
            if (x0 - end) * _ASPECT > _GAP * (bottom - top) and n:
                found.append(_whole(line._replace(words=words[begun:n]), at))
                begun = n
            top, end, bottom = y0, x1, y1
        found.append(_whole(line._replace(words=words[begun:]) if begun else line, at))
    return found


def _whole(line: Line, at: int) -> _Strip:
    left, top, right, bottom = line.words[0].box
    x0, _, x1, _ = line.words[-1].box
    return _Strip(line, at, min(left, x0), max(right, x1), top, bottom)


def _rows(parts: Sequence[_Strip]) -> list[_Row]:
    """Return what stands at one height, from top to bottom and from left to right."""
    rows: list[_Row] = []
    for part in sorted(parts, key=lambda part: (part.top + part.bottom, part.left)):
        middle = (part.top + part.bottom) / 2
        if rows and middle < (rows[-1][0].top + 3 * rows[-1][0].bottom) / 4:
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        row.sort(key=lambda part: part.left)
    return rows


def _by_columns(rows: Sequence[_Row], depth: int) -> list[_Strip] | None:
    """Return what is in rows column by column, None where there are no columns of text."""
    if depth > _DEEPEST:
        return None
    for gutter in _gutters(rows):
        ordered = _cut(rows, gutter, depth)
        if ordered is not None:
            return ordered
    return None


def _gutters(rows: Sequence[_Row]) -> Iterator[float]:
    """Yield where most rows have a gap, then where most others do, as long as these are enough."""
    gaps = [
        (a.right, b.left)
        for row in rows
        for a, b in pairwise(row)
        if (b.left - a.right) * _ASPECT > _GAP * (a.bottom - a.top)
    ]
    for _ in range(_TRIES):
        if len(gaps) < _LEAST_ROWS:
            return
        edges = sorted([(left, -1) for left, _ in gaps] + [(right, 1) for _, right in gaps])
        open_, most, start, end = 0, 0, 0.0, 0.0
        for (edge, kind), (after, _) in pairwise(edges):
            open_ -= kind
            if open_ > most:
                most, start, end = open_, edge, after
        if most < _LEAST_ROWS:
            return
        gutter = (start + end) / 2
        yield gutter
        gaps = [(left, right) for left, right in gaps if not left <= gutter <= right]


def _cut(rows: Sequence[_Row], gutter: float, depth: int) -> list[_Strip] | None:
    """Return what is in rows, each side of a gutter after the other, between rows that cross it."""
    found: list[_Strip] = []
    cut = False
    for band, crosses in _bands(rows, gutter):
        sides = None if crosses else _sides(band, gutter, depth, known=cut)
        if sides is None:
            found += (part for row in band for part in row)
        else:
            found += sides
            cut = True
    return found if cut else None


def _bands(rows: Sequence[_Row], gutter: float) -> Iterator[tuple[list[_Row], bool]]:
    """Yield rows that follow each other and all cross a gutter, or none of them does."""
    band: list[_Row] = []
    crossed = False
    left, right = gutter - _EDGE, gutter + _EDGE
    for row in rows:
        crosses = False
        for part in row:
            if part.left < left and part.right > right:
                crosses = True
                break
        if band and crosses != crossed:
            yield band, crossed
            band = []
        crossed = crosses
        band.append(row)
    if band:
        yield band, crossed


def _sides(band: Sequence[_Row], gutter: float, depth: int, *, known: bool) -> list[_Strip] | None:
    """Return the sides of a gutter one after the other, None if they are not running text.

    Where the same gutter is `known` from above, a few lines on either side are enough.
    """
    left: list[_Row] = []
    right: list[_Row] = []
    both = 0
    for row in band:
        before = [part for part in row if part.left < gutter - _EDGE]
        after = row[len(before) :]
        left += [before] if before else []
        right += [after] if after else []
        both += bool(before and after)
    few = known and len(band) < _LEAST_ROWS and all(len(row) <= 2 for row in band)  # noqa: PLR2004  # one on either side
    if not few and both < _LEAST_ROWS:
        return None
    first = _column(left, depth, few=few)
    second = None if first is None else _column(right, depth, few=few)
    if first is None or second is None:
        return None
    return second + first if _right_to_left(band) else first + second


def _column(rows: Sequence[_Row], depth: int, *, few: bool) -> list[_Strip] | None:
    """Return what stands on one side of a gutter, if that is running text, in columns or not."""
    alone = [row[0] for row in rows if not row[1:]]
    if few or (
        len(alone) > _CELLED * len(rows) and is_running_text([part.line.words for part in alone])
    ):
        return [part for row in rows for part in row]
    return _by_columns(rows, depth + 1)


def _mixed(ordered: Sequence[_Strip]) -> bool:
    """Tell whether the file holds columns in another order than one after the other."""
    places = [part.at for part in ordered]
    if len(places) - len(set(places)) >= _LEAST_ROWS:
        return True  # lines go across the gutter
    falls = any(b < a for a, b in pairwise(places))
    jumps = sum(abs(b - a) > 1 for a, b in pairwise(places))
    return falls and jumps > _MIXED * len(places) and not _celled(ordered)


def _celled(ordered: Sequence[_Strip]) -> bool:
    """Tell parts that the file holds together and that begin at one height: cells of a table."""
    by_file = sorted(ordered, key=lambda part: part.at)
    runs: list[list[_Strip]] = []
    for part in by_file:
        before = runs[-1][-1] if runs else None
        if (
            before
            and part.top > before.top
            and part.left < before.right
            and before.left < part.right
        ):
            runs[-1].append(part)
        else:
            runs.append([part])
    beside = sum(
        abs(a[0].top - b[0].top) < 0.5 * (a[0].bottom - a[0].top) for a, b in pairwise(runs)
    )
    tall = sum(len(run) > 1 for run in runs)
    return tall > len(runs) / 2 and 2 * beside > _CELLED * len(runs)


def _in_a_mess(lines: Sequence[Line]) -> bool:
    """Tell a page whose lines the file holds in no order from top to bottom."""
    back = up = down = 0
    edges = [(line.words[0].box, line.words[-1].box) for line in lines]
    for ((left, top, _, bottom), end), ((x0, y0, _, _), last) in pairwise(edges):
        half = 0.5 * (bottom - top)
        if y0 > top + half:
            down += 1
        elif y0 < top - half:
            up += 1
            back += x0 < end.x1 and left < last.x1
    shuffled = back >= _LEAST_ROWS and back > _MESS * len(lines)
    return shuffled or (up >= _LEAST_ROWS and up > _TURNED_ROUND * down)


def _upright(line: Line) -> bool:
    """Tell a line whose words stand above each other."""
    if len(line.words) == 1:
        return False
    first, last = line.words[0].box, line.words[-1].box
    if last.x0 >= first.x1:
        return False
    beside = min(first.x1, last.x1) > max(first.x0, last.x0)
    return beside and abs(last.y0 - first.y0) > 1.5 * max(first.x1 - first.x0, 1e-6)


def _starts_small(text: str) -> bool:
    return text.lstrip("(\"'“‘«¿¡")[:1].islower()


def _has_case(words: Iterable[Word]) -> bool:
    return any(sign.islower() for word in words for sign in word.text)


def _right_to_left(rows: Sequence[_Row]) -> bool:
    """Tell text in Hebrew, Arabic and scripts like them by most of its first letters."""
    firsts = [part.line.words[0].text[:1] for row in rows for part in row]
    return sum(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in firsts) > len(firsts) / 2
