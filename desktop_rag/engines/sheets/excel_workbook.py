"""Sheets as XLSX, row by row with openpyxl: text is text, and links lead to pages of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, Any

from desktop_rag.domain.sheets import SheetText, WorkbookSheet
from desktop_rag.domain.unicode_text import one_line

_MOST_LINKS = 60_000  # of a sheet; Excel refuses more than 65,530
_LONGEST = 32_767  # characters of a cell
_LONGEST_LINK = 2_000
_TITLE_LENGTH = 31
_NO_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDEST, _NARROWEST = 60, 12  # characters of a column
_MEASURED = 200  # rows that decide how wide a column is


def write(sheets: Sequence[WorkbookSheet], file: IO[bytes]) -> None:
    """Write sheets into one file."""
    from openpyxl import Workbook as ExcelWorkbook

    book = ExcelWorkbook(write_only=True)
    for sheet in sheets:
        _written(book.create_sheet(_title(sheet.title)), sheet)
    book.save(file)


def _title(title: str) -> str:
    return _NO_TITLE.sub(" ", one_line(title))[:_TITLE_LENGTH].strip() or "1"


def _written(made: Any, sheet: WorkbookSheet) -> None:
    """Write the rows of a sheet; its heads stay where they are when it is scrolled."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(_widths(sheet), 1):
        made.column_dimensions[get_column_letter(at)].width = width
    made.freeze_panes = "B2"
    last = f"{get_column_letter(max(1, len(sheet.heads)))}{len(sheet.rows) + 1}"
    made.auto_filter.ref = f"A1:{last}"
    bold, left = Font(bold=True), _MOST_LINKS
    made.append([_cell(made, SheetText(head), font=bold) for head in sheet.heads])
    for row in sheet.rows:
        linked = sum(bool(cell.link) for cell in row)
        left -= linked
        made.append([_cell(made, cell, linked=left >= 0) for cell in row])


def _widths(sheet: WorkbookSheet) -> Iterator[int]:
    for at, head in enumerate(sheet.heads):
        longest = max((len(row[at].text) for row in sheet.rows[:_MEASURED]), default=0)
        yield min(_WIDEST, max(_NARROWEST, longest, len(head)) + 2)


def _cell(made: Any, text: SheetText, *, font: Any = None, linked: bool = False) -> Any:
    """Return a cell that is text whatever it looks like; `=1+1` stays that also when edited."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(made, value=one_line(text.text)[:_LONGEST])
    cell.data_type = "s"
    cell.quotePrefix = True
    if font is not None:
        cell.font = font
    if linked and text.link and len(text.link) <= _LONGEST_LINK:
        cell.hyperlink = text.link
        cell.font = Font(color="0563C1", underline="single")
    return cell
