"""Tables between ruling lines: what stands in a cell is known, and need not be guessed.

The method is that of Camelot's lattice and of pdfplumber's and PyMuPDF's `find_tables` with
strategy "lines_strict": horizontal and vertical rules that meet make a grid, fields between which
there is no rule are one cell, and a word belongs to the cell that its middle lies in. PyMuPDF's own
takes some 600 ms for a page with rules, this about one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from typing import Any, NamedTuple

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import RULED, Layer, Line, Role, RoleKind, Word
from desktop_rag.engines.pdf.lines import Frame

_SHORT_WORDS = 5  # of a line that may be a cell
_SHORT_LINES = 8  # fewer on a page, and nobody looks for rules
_MOST_RULES = 4_000  # of a page; more of them are a drawing
_MOST_MEETINGS = 400_000
_MOST_FIELDS = 20_000
_THIN = 3.0  # points: a rectangle no thicker is a rule
_LEAST = 6.0  # points of a rule
_NEAR = 2.0  # points between what is meant to meet
_LEAST_CELLS = 4  # with something in them
_LEAST_SHARE = 0.3  # of the cells of a table that hold something
_STACKED = 3  # lines of amounts in two cells of a row are rows without rules between them
_TALL = 8  # lines of anything
_LEVELS = 100  # lines that a page may hold below each other
_CROWDED = 0.1  # of the cells of a table
_BESIDE = 60.0  # points from a table to a column of it without rules
_ABOVE = -1  # the row above the rules
_HEADS = 3  # rows that may name columns
_A_PAGE = 1_000  # tables on it at most


class _Rule(NamedTuple):
    """A straight line along one axis: where it stands, and from where to where it goes."""

    at: float
    start: float
    end: float


class _RuledCell(NamedTuple):
    row: int
    column: int
    across: int


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where rows and columns meet, in points, and the cell of each field between them."""

    xs: list[float]
    ys: list[float]
    cells: dict[tuple[int, int], _RuledCell]

    def cell(self, x: float, y: float) -> _RuledCell | None:
        """Return the cell at a point."""
        return self.cells.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def with_cells(page: Any, frame: Frame, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a page, those of ruled tables with the role of cells, row by row.

    A turned page stays as it is. Raises what MuPDF does of damage.
    """
    if frame.turn is not None or not _may_hold_tables(lines):
        return lines
    for number, grid in enumerate(_grids(page.get_cdrawings())):
        if number == _A_PAGE:
            break
        lines = _told(lines, grid, frame, RULED + page.number * _A_PAGE + number)
    return lines


def _may_hold_tables(lines: Iterable[Line]) -> bool:
    short = 0
    for line in lines:
        short += len(line.words) <= _SHORT_WORDS
        if short == _SHORT_LINES:
            return True
    return False


# Rules


def _grids(drawings: Sequence[dict[str, Any]]) -> Iterator[_Grid]:
    """Yield the grids that the rules of a page make, in no order."""
    level: list[_Rule] = []
    upright: list[_Rule] = []
    for drawing in drawings:
        for is_level, rule in _rules(drawing):
            (level if is_level else upright).append(rule)
        if len(level) + len(upright) > _MOST_RULES:
            return
    level, upright = _straight(level), _straight(upright)
    if len(level) * len(upright) > _MOST_MEETINGS:
        return
    for levels, uprights in _meeting(level, upright):
        grid = _grid(levels, uprights)
        if grid:
            yield grid


def _rules(drawing: dict[str, Any]) -> Iterator[tuple[bool, _Rule]]:
    """Yield the rules of a drawing: whether each is level, and where it is."""
    drawn = "s" in (drawing.get("type") or "")
    for kind, *points in drawing.get("items") or ():
        if kind == "l" and drawn:
            (x0, y0), (x1, y1) = points[:2]
            yield from _edge(x0, y0, x1, y1)
        elif kind == "re":
            x0, y0, x1, y1 = points[0]
            if min(abs(x1 - x0), abs(y1 - y0)) <= _THIN:
                middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
                if abs(x1 - x0) > abs(y1 - y0):
                    yield from _edge(x0, middle_y, x1, middle_y)
                else:
                    yield from _edge(middle_x, y0, middle_x, y1)
            elif drawn:
                for edge in (
                    (x0, y0, x1, y0),
                    (x0, y1, x1, y1),
                    (x0, y0, x0, y1),
                    (x1, y0, x1, y1),
                ):
                    yield from _edge(*edge)


def _edge(x0: float, y0: float, x1: float, y1: float) -> Iterator[tuple[bool, _Rule]]:
    if abs(y1 - y0) <= 1 and abs(x1 - x0) >= _LEAST:
        yield True, _Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x1 - x0) <= 1 and abs(y1 - y0) >= _LEAST:
        yield False, _Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _straight(rules: Iterable[_Rule]) -> list[_Rule]:
    """Put together the parts of rules, each of which may be drawn cell by cell."""
    found: list[_Rule] = []
    same: list[_Rule] = []
    for rule in sorted(rules):
        if same and rule.at - same[0].at > _NEAR:
            found += _unbroken(same)
            same = []
        same.append(rule)
    return found + _unbroken(same)


def _unbroken(rules: Sequence[_Rule]) -> list[_Rule]:
    found: list[_Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.start):
        if found and rule.start <= found[-1].end + _NEAR:
            found[-1] = found[-1]._replace(end=max(found[-1].end, rule.end))
        else:
            found.append(rule._replace(at=rules[0].at))
    return found


def _meeting(
    level: Sequence[_Rule], upright: Sequence[_Rule]
) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Yield the level and the upright rules of each figure that hangs together."""
    met = [[at for at, other in enumerate(upright) if _meet(rule, other)] for rule in level]
    by_upright: dict[int, list[int]] = {}
    for row, found in enumerate(met):
        for column in found:
            by_upright.setdefault(column, []).append(row)
    seen: set[int] = set()
    for first in range(len(level)):
        if first in seen or not met[first]:
            continue
        rows: set[int] = {first}
        columns: set[int] = set()
        left = [first]
        while left:
            for column in set(met[left.pop()]) - columns:
                columns.add(column)
                new = [row for row in by_upright[column] if row not in rows]
                rows.update(new)
                left += new
        seen |= rows
        yield [level[at] for at in sorted(rows)], [upright[at] for at in sorted(columns)]


def _meet(level: _Rule, upright: _Rule) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _grid(level: Sequence[_Rule], upright: Sequence[_Rule]) -> _Grid | None:
    """Return the cells between rules; None if there are fewer than two rows or columns."""
    xs = _places([rule.at for rule in upright], [x for rule in level for x in rule[1:]])
    ys = _places([rule.at for rule in level], [y for rule in upright for y in rule[1:]])
    rows, columns = len(ys) - 1, len(xs) - 1
    if min(rows, columns) < 2 or rows * columns > _MOST_FIELDS:  # noqa: PLR2004  # no table
        return None
    beside = _open(upright, xs[1:-1], ys)  # fields without a rule between them and the next
    below = _open(level, ys[1:-1], xs)
    cells: dict[tuple[int, int], _RuledCell] = {}
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in cells:
                right, end = column, row
                while (right, row) in beside:
                    right += 1
                across = range(column, right + 1)
                while all((end, at) in below for at in across):
                    end += 1
                cell = _RuledCell(row, column, len(across))
                for at in product(range(row, end + 1), across):
                    cells.setdefault(at, cell)
    return _Grid(xs, ys, cells)


def _places(rules: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Return where rules stand, and where those across end beyond the outermost of them."""
    found = sorted(set(rules))
    if not found:
        return []
    return [
        *([min(ends)] if min(ends) < found[0] - _LEAST else []),
        *(at for before, at in pairwise([found[0] - 2 * _NEAR, *found]) if at - before > _NEAR),
        *([max(ends)] if max(ends) > found[-1] + _LEAST else []),
    ]


def _open(
    rules: Sequence[_Rule], between: Sequence[float], along: Sequence[float]
) -> set[tuple[int, int]]:
    """Return where no rule divides two fields: the place among `between`, and that `along` it."""
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    found = set()
    for at, place in enumerate(between):
        here = [rule for rule in rules if abs(rule.at - place) <= _NEAR]
        for number, middle in enumerate(middles):
            if not any(rule.start <= middle <= rule.end for rule in here):
                found.add((at, number))
    return found


# Cells


def _told(lines: tuple[Line, ...], grid: _Grid, frame: Frame, block: int) -> tuple[Line, ...]:
    """Give what stands in the cells of a grid their role, if these are the cells of a table."""
    inside: dict[_RuledCell, list[Line]] = {}
    around: list[Line] = []
    first = 0
    for line in lines:
        for cell, part in _parts(line, grid, frame):
            if cell is None:
                around.append(part)
            else:
                first = first if inside else len(around)
                inside.setdefault(cell, []).append(part)
    if not _is_table(inside, grid) or _goes_on_beside(around, grid, frame):
        return lines
    heads = _head_rows(inside)
    names = {} if heads else _names_above(around, grid, frame)
    if names:
        taken = {part for parts in names.values() for part in parts}
        first -= sum(line in taken for line in around[:first])
        around = [line for line in around if line not in taken]
        inside, heads = {**inside, **names}, {_ABOVE}
    return (*around[:first], *_cells(inside, heads, block), *around[first:])


def _cells(inside: dict[_RuledCell, list[Line]], heads: set[int], block: int) -> Iterator[Line]:
    """Yield the lines of a table, cell by cell, each with its role."""
    columns = {column: at for at, column in enumerate(sorted({cell.column for cell in inside}))}
    for cell in sorted(inside):
        for part in sorted(inside[cell], key=_height):
            role = Role(
                RoleKind.CELL,
                row=cell.row + 1,
                column=columns[cell.column],
                across=cell.across,
                head=cell.row in heads,
            )
            yield part._replace(block=block, role=role)


def _goes_on_beside(around: Sequence[Line], grid: _Grid, frame: Frame) -> bool:
    """Tell a table of which only some columns stand between rules."""
    beside = 0
    for line in around:
        box = line.words[0].box
        middle = (box.y0 + box.y1) / 2 * frame.height
        if line.layer is Layer.BODY and not line.role and grid.ys[0] < middle < grid.ys[-1]:
            apart = min(
                abs(box.x0 * frame.width - grid.xs[-1]),
                abs(line.words[-1].box.x1 * frame.width - grid.xs[0]),
            )
            beside += apart < _BESIDE and len(line.words) <= _SHORT_WORDS
    return beside >= min(_STACKED, len(grid.ys) - 1)


def _names_above(around: Sequence[Line], grid: _Grid, frame: Frame) -> dict[_RuledCell, list[Line]]:
    """Return the names of columns that stand above the rules of a table, by their cells."""
    found: dict[_RuledCell, list[Line]] = {}
    for line in around:
        box, end = line.words[0].box, line.words[-1].box
        gap = grid.ys[0] - box.y1 * frame.height
        high = (box.y1 - box.y0) * frame.height
        left, right = box.x0 * frame.width, end.x1 * frame.width
        inside = grid.xs[0] - _NEAR <= left and right <= grid.xs[-1] + _NEAR
        if line.layer is Layer.BODY and not line.role and inside and -_NEAR - high / 2 < gap < high:
            start, stop = (bisect_right(grid.xs, x) - 1 for x in (left + _NEAR, right - _NEAR))
            if start == stop:
                found.setdefault(_RuledCell(_ABOVE, start, 1), []).append(line)
    return found if len(found) > 1 else {}


def _parts(line: Line, grid: _Grid, frame: Frame) -> Iterator[tuple[_RuledCell | None, Line]]:
    """Yield the parts of a line that stand in one cell each, or in none."""
    if line.layer is not Layer.BODY or line.role:
        yield None, line
        return
    placed = [(_cell(word, grid, frame), word) for word in line.words]
    if len({cell for cell, _ in placed}) == 1:
        yield placed[0][0], line
        return
    for cell, words in groupby(placed, key=lambda pair: pair[0]):
        yield cell, line._replace(words=tuple(word for _, word in words))


def _height(part: Line) -> tuple[int, float]:
    """Return where a line stands in its cell, those at one height from left to right."""
    x0, y0, _, y1 = part.words[0].box
    return round((y0 + y1) * _LEVELS), x0


def _cell(word: Word, grid: _Grid, frame: Frame) -> _RuledCell | None:
    x0, y0, x1, y1 = word.box
    return grid.cell((x0 + x1) / 2 * frame.width, (y0 + y1) / 2 * frame.height)


def _is_table(inside: dict[_RuledCell, list[Line]], grid: _Grid) -> bool:
    """Tell a table from frames around text, from charts, and from rows without rules."""
    cells = set(grid.cells.values())
    rows, columns = {cell.row for cell in inside}, {cell.column for cell in inside}
    if len(inside) < max(_LEAST_CELLS, _LEAST_SHARE * len(cells)):
        return False
    if min(len(rows), len(columns)) < 2:  # noqa: PLR2004  # no table
        return False
    if sum(map(_crowded, inside.values())) > _CROWDED * len(inside):
        return False
    for _, of_row in groupby(sorted(inside), key=lambda cell: cell.row):
        tall = stacked = 0
        for cell in of_row:
            parts = inside[cell]
            tall += len(parts) >= _TALL
            stacked += sum(all(is_amount(w.text) for w in part.words) for part in parts) >= _STACKED
        if max(tall, stacked) > 1 or (stacked and tall):
            return False
    return True


def _crowded(parts: Sequence[Line]) -> bool:
    """Tell a cell in which things stand side by side: a rule is missing between them."""
    by_height = sorted(parts, key=_height)
    return any(
        b.words[0].box.x0 - a.words[-1].box.x1 > (a.words[0].box.y1 - a.words[0].box.y0)
        and abs(a.words[0].box.y0 - b.words[0].box.y0) < (a.words[0].box.y1 - a.words[0].box.y0) / 2
        for a, b in pairwise(by_height)
    )


def _head_rows(inside: dict[_RuledCell, list[Line]]) -> set[int]:
    """Return the rows that name columns: those above the first with an amount, or the first one."""
    rows = sorted({cell.row for cell in inside})
    for at, row in enumerate(rows[: _HEADS + 1]):
        amounts = any(
            all(is_amount(word.text) for word in part.words)
            for cell, parts in inside.items()
            if cell.row == row
            for part in parts
        )
        if amounts:
            return set(rows[:at])
    return set(rows[:1])
