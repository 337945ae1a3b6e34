"""Reads workbooks with openpyxl: every sheet a table, below its column headers on each page."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from desktop_rag.engines.formats import html_blocks, pdf_writer
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment

DAMAGE = (InvalidFileException,)  #: raised for damaged files, among others

_MOST_CELLS = 400_000  # of a workbook
_MOST_ROWS = 200_000  # even if they are empty
_MOST_COLUMNS = 500
_LONGEST = 2_000  # characters of one cell
_ACROSS = 140  # characters that stand side by side
_ACROSS_UPRIGHT = 95  # on a page that is not turned
_SAMPLE = 500  # rows to reckon the widths from
_WIDEST = 40  # characters to reckon with for a column
_ROWS_TOGETHER = 120

Row = tuple[str, ...]


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a workbook to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a workbook states, and its sheets with the values last computed.

    At most 400,000 cells, 200,000 rows of a sheet and 500 columns; a sheet that has more says
    so. Raises `OSError` and what is in `DAMAGE`, also while the second is gone through.
    """
    file = io.BytesIO(path.read_bytes())  # by a path, openpyxl wants a name that ends as it thinks
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    return (book.properties.title or "").strip(), _sheets(book)


def _sheets(book: Any) -> Iterator[HtmlFragment]:
    left = _MOST_CELLS
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        said = f"{sheet.max_row or '?'} × {sheet.max_column or '?'}"
        rows: list[Row] = []
        whole = yield from _gathered(sheet, rows, left)
        left -= sum(len(row) for row in rows)
        upright = not rows or sum(_widths(rows[:_SAMPLE])) <= _ACROSS_UPRIGHT
        title = html_blocks.heading(1, html_blocks.text(sheet.title))
        yield HtmlFragment(title, size=A4 if upright else A4_LANDSCAPE, fresh=True)
        yield from _table(rows)
        if not whole:
            yield HtmlFragment(f"<p>[…] {said}</p>")
    book.close()


def _gathered(sheet: Any, found: list[Row], most: int) -> Generator[HtmlFragment, None, bool]:
    """Add the rows that have something in them; return whether these are all.

    What is yielded is empty: a sign of life.
    """
    sheet.reset_dimensions()  # what a file says of its size is often wrong, or an attack
    cells = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS)):
        if number % _ROWS_TOGETHER == 0:
            yield HtmlFragment()
        shown = tuple(_shown(cell)[:_LONGEST] for cell in row)
        while shown and not shown[-1]:
            shown = shown[:-1]
        cells += len(shown)
        if cells > most or number > _MOST_ROWS:
            return False
        if shown:
            found.append(shown)
    return True


def _table(rows: Sequence[Row]) -> Iterator[HtmlFragment]:
    if not rows:
        return
    at = _head_at(rows)
    for title in rows[:at]:
        yield HtmlFragment(f"<p>{html_blocks.text(' '.join(filter(None, title)))}</p>")
    head, body = rows[at], rows[at + 1 :]
    for columns in _blocks(rows[at : at + _SAMPLE]):
        top = html_blocks.row(
            html_blocks.cell(html_blocks.text(text), head=True) for text in _of(head, columns)
        )
        if not body:
            yield HtmlFragment(f'<table class="sheet">{top}</table>')
        shown = (_of(row, columns) for row in body)
        made = tuple(_made(row) for row in shown if any(row))
        yield HtmlFragment(rows=made, head=top)


def _made(row: Iterable[str]) -> str:
    return html_blocks.row(
        html_blocks.cell(html_blocks.text(text).replace("\n", "<br/>")) for text in row
    )


def _head_at(rows: Sequence[Row]) -> int:
    """Return which row has the headers: the first that is about as wide as the widest."""
    start = rows[:20]
    widest = max(sum(map(bool, row)) for row in start)
    return next(at for at, row in enumerate(start) if 2 * sum(map(bool, row)) >= widest)


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[int, ...]]:
    """Yield the columns that go side by side; the first one, which names the rows, in each."""
    widths = _widths(rows)
    block, wide = [0], widths[0]
    for at in range(1, len(widths)):
        if wide + widths[at] > _ACROSS and len(block) > 1:
            yield tuple(block)
            block, wide = [0], widths[0]
        block.append(at)
        wide += widths[at]
    yield tuple(block)


def _widths(rows: Sequence[Row]) -> list[int]:
    """Return how many characters wide each column is about to be."""
    return [
        min(max((len(row[at]) for row in rows if at < len(row)), default=0), _WIDEST) + 3
        for at in range(max(len(row) for row in rows))
    ]


def _of(row: Row, columns: Iterable[int]) -> list[str]:
    return [row[at] if at < len(row) else "" for at in columns]


def _shown(cell: Any) -> str:
    """Return what a cell shows, as far as that can be told without its program."""
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case int() | float():
            return _number(value, str(cell.number_format or ""))
        case _:
            return str(value).strip()


def _number(value: float, form: str) -> str:
    """Return a number in about the form that a cell gives it.

    >>> _number(0.256, "0.0%"), _number(1234567.5, "#,##0.00"), _number(3.0, "General")
    ('25.6%', '1,234,567.50', '3')
    """
    form = form.partition(";")[0]
    decimals = sum(1 for _ in itertools.takewhile(lambda c: c in "0#", form.partition(".")[2]))
    if "%" in form:
        return f"{value * 100:.{decimals}f}%"
    if not any(sign in form for sign in "0#") or "E" in form:
        return str(value) if isinstance(value, int) else f"{value:.10g}"
    grouped = f"{value:,.{decimals}f}" if "," in form else f"{value:.{decimals}f}"
    money = next((sign for sign in "€$£¥" if sign in form), "")
    return f"{grouped} {money}".strip()
