"""Tables of Word documents, by the grid that Word lays them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from desktop_rag.engines.formats import html_blocks
from desktop_rag.engines.formats.html_blocks import ROWS_TOGETHER
from desktop_rag.engines.formats.word_xml import direct, number, path, switch, value

_MOST_ACROSS = 60
_FIRST_ROW = 0x20  # a bit of the look of a table: its first row is another than the rest


class _WordCell(NamedTuple):
    column: int
    across: int
    element: Any  # none where a row begins or ends with nothing
    goes_on: bool  # with the one above


def lone_cell(table: Any) -> Any | None:
    """Return the only cell of a table that is no table but a frame, often around whole pages."""
    cells = [cell for row in direct(table, "w:tr") for cell in direct(row, "w:tc")]
    return cells[0] if len(cells) == 1 else None


def table_html(table: Any, blocks: Callable[[Any], Iterable[str]]) -> Iterator[str]:
    """Yield a table in parts that are quick to set; `blocks` gives what is in a cell."""
    elements = [row for row in direct(table, "w:tr") if row.find(path("w:trPr/w:del")) is None]
    rows = [list(_cells(row)) for row in elements]
    heads = _heads(table, elements)
    downs = _downs(rows)
    made = [
        _row(
            cells,
            downs[at],
            blocks,
            head=at < heads,
            parted=at > heads and not (at - heads) % ROWS_TOGETHER,
        )
        for at, cells in enumerate(rows)
    ]
    yield from html_blocks.table(made[heads:], "".join(made[:heads]))


def _row(
    cells: list[_WordCell],
    downs: dict[int, int],
    blocks: Callable[[Any], Iterable[str]],
    *,
    head: bool,
    parted: bool,
) -> str:
    shown = []
    for cell in cells:
        if cell.goes_on and not parted:
            continue
        inner = "" if cell.element is None else "".join(blocks(cell.element))
        down = downs.get(cell.column, 1)
        shown.append(html_blocks.cell(inner, cell.across, down, head=head))
    return html_blocks.row(shown)


def _cells(row: Any) -> Iterator[_WordCell]:
    before = number(value(row, "w:trPr/w:gridBefore"), 0)
    column = max(0, min(before, _MOST_ACROSS))
    if column:
        yield _WordCell(0, column, None, goes_on=False)
    for cell in direct(row, "w:tc"):
        across = max(1, min(number(value(cell, "w:tcPr/w:gridSpan"), 1), _MOST_ACROSS))
        merged = cell.find(path("w:tcPr/w:vMerge"))
        goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
        yield _WordCell(column, across, cell, goes_on)
        column += across


def _downs(rows: list[list[_WordCell]]) -> list[dict[int, int]]:
    """Return, for each row, how many rows the cell in each column takes from there."""
    found: list[dict[int, int]] = []
    below: dict[int, int] = {}  # rows, of cells that go on with one above
    for cells in reversed(rows):
        here = {cell.column: 1 + below.get(cell.column, 0) for cell in cells}
        below = {cell.column: here[cell.column] for cell in cells if cell.goes_on}
        found.append(here)
    return found[::-1]


def _heads(table: Any, rows: list[Any]) -> int:
    """Return how many rows name the columns: those that are marked, or else the first."""
    marked = 0
    while marked < len(rows) and switch(rows[marked], "w:trPr/w:tblHeader"):
        marked += 1
    if 0 < marked < len(rows):
        return marked
    return int(len(rows) > 1 and _looks_headed(table))


def _looks_headed(table: Any) -> bool:
    look = table.find(path("w:tblPr/w:tblLook"))
    if look is None:
        return True
    if (said := look.get(qn("w:firstRow"))) is not None:
        return said not in {"0", "false", "off"}
    try:
        return bool(int(look.get(qn("w:val"), "20"), 16) & _FIRST_ROW)
    except ValueError:
        return True
