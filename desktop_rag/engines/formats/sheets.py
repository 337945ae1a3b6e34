"""Reads workbooks with openpyxl: every sheet a table, below its column headers on each page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from desktop_rag.domain import limits
from desktop_rag.domain.limits import Cut, CutUnit
from desktop_rag.engines.formats import html_blocks, pdf_writer, sheet_notes, sheet_rows, tables
from desktop_rag.engines.formats.html_blocks import HtmlFragment
from desktop_rag.engines.formats.sheet_rows import OpenedSheet, SheetRow, SheetRows

DAMAGE = (InvalidFileException,)  #: raised for damaged files, among others

_MOST_CELLS = limits.MOST_CELLS
_TOGETHER = 2_000  # rows
_SAMPLE = 500  # rows to reckon the widths from
_HEADS_WITHIN = 20  # rows


def convert(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a workbook to a PDF; see `engines.formats`."""
    yield from pdf_writer.converted(*of_file(path), target)


def of_file(path: Path) -> tuple[str, Iterator[HtmlFragment]]:
    """Return the title that a workbook states, and its sheets with the values last computed.

    At most 400,000 cells, and 200,000 rows of a sheet; a sheet that has more says so. Raises
    `OSError` and what is in `DAMAGE`, also while the second is gone through.
    """
    file = io.BytesIO(path.read_bytes())  # by a path, openpyxl wants a name that ends as it thinks
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    return (book.properties.title or "").strip(), _sheets(book)


def _sheets(book: Any) -> Iterator[HtmlFragment]:
    left = _MOST_CELLS
    for sheet in book.worksheets:
        opened = OpenedSheet.of(book, sheet)
        gathering = sheet_rows.gathered(opened, left)
        while True:
            try:
                next(gathering)
            except StopIteration as stop:
                found: SheetRows = stop.value
                break
            yield HtmlFragment()  # a sign of life
        left -= found.cells
        yield from _sheet(sheet, opened, found)
    book.close()


def _sheet(sheet: Any, opened: OpenedSheet, found: SheetRows) -> Iterator[HtmlFragment]:
    hidden = sheet.sheet_state != "visible"
    size = tables.page_size(_widths(found.rows))
    title = html_blocks.text(sheet.title)
    made = html_blocks.block("hidden", title) if hidden else html_blocks.heading(1, title)
    yield HtmlFragment(made, size=size, fresh=True)
    if found.rows:
        yield from _SheetTable(found, hidden=hidden).fragments()
    if not found.whole:
        said = f"<p>[…] {sheet.max_row or '?'} × {sheet.max_column or '?'}</p>"
        yield HtmlFragment(
            said, cut=Cut(CutUnit.ROWS, found.rows[-1].number + 1 if found.rows else 0)
        )
    drawn = sheet_notes.drawn(opened.archive, opened.path)
    around = [f"<p>{html_blocks.text(said)}</p>" for said in drawn]
    for author, cell, said in sheet_notes.notes(opened.archive, opened.path):
        by = f"{author} ({cell}): " if author else f"{cell}: "
        around.append(html_blocks.block("note", html_blocks.text(by + said)))
    yield from html_blocks.flows(around)


class _SheetTable:
    """The rows of a sheet, of which some name the columns."""

    def __init__(self, found: SheetRows, *, hidden: bool) -> None:
        self._rows = found.rows
        self._hidden = hidden
        self._hidden_columns = found.hidden_columns
        self._merged = found.merged

    def fragments(self) -> Iterator[HtmlFragment]:
        """Yield what stands above the headers, and the table in parts that fit side by side."""
        first, last = self._heads()
        for row in self._rows[:first]:
            said = html_blocks.text(" ".join(filter(None, row.texts)))
            hidden = self._hidden or row.hidden
            yield HtmlFragment(html_blocks.block("hidden", said) if hidden else f"<p>{said}</p>")
        heads, body = self._rows[first : last + 1], self._rows[last + 1 :]
        for columns in tables.side_by_side(_widths(self._rows[first:])):
            top = "".join(self._row(row, columns, head=True) for row in heads)
            if not body:
                yield HtmlFragment(f'<table class="sheet">{top}</table>')
            shown = (row for row in body if any(tables.cells_of(row.texts, columns)))
            while made := tuple(self._row(row, columns) for row in islice(shown, _TOGETHER)):
                yield HtmlFragment(rows=made, head=top)

    def _heads(self) -> tuple[int, int]:
        """Return the first and last row that names columns.

        The last is the first that is about as wide as the widest; rows right above it that have
        a name for several columns belong to it.
        """
        start = [sum(map(bool, row.texts)) for row in self._rows[:_HEADS_WITHIN]]
        last = next(at for at, width in enumerate(start) if 2 * width >= max(start))
        first = last
        while first and self._groups(self._rows[first - 1], self._rows[last]):
            first -= 1
        return first, last

    def _groups(self, row: SheetRow, names: SheetRow) -> bool:
        named = ((row.number, at) for at, text in enumerate(row.texts) if text)
        across = [self._merged[at] - at[1] + 1 for at in named if at in self._merged]
        return bool(across) and max(across) < sum(map(bool, names.texts))

    def _row(self, row: SheetRow, columns: Sequence[int], *, head: bool = False) -> str:
        cells = []
        covered = -1
        for place, column in enumerate(columns):
            if column <= covered:
                continue
            text = row.texts[column] if column < len(row.texts) else ""
            covered = self._merged.get((row.number, column), -1)
            across = sum(column <= other <= covered for other in columns[place:]) or 1
            inner = html_blocks.text(text).replace("\n", "<br/>")
            hidden = self._hidden or row.hidden or column in self._hidden_columns
            kind = "hidden" if hidden or column in row.unseen else ""
            cells.append(html_blocks.cell(inner, across, head=head, kind=kind))
        return html_blocks.row(cells)


def _widths(rows: Sequence[SheetRow]) -> list[int]:
    """Return how many characters wide each column is about to be, also those that begin late."""
    widths = tables.widths_of([row.texts for row in rows[:_SAMPLE]])
    columns = max((len(row.texts) for row in rows), default=0)
    return widths + [tables.WIDEST] * (columns - len(widths))
