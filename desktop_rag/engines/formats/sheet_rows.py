"""The rows of a sheet of a workbook, as its cells show them.

openpyxl gives cells without saying what is hidden, and formulas or what came of them, but not the
one where the other lacks. Its parser knows all of it and is used by itself.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from desktop_rag.domain.limits import LIMITS
from desktop_rag.engines.formats.number_formats import (
    GENERAL,
    general_shown,
    number_shown,
    text_shown,
)

MOST_ROWS = LIMITS.rows  #: even if they are empty
MOST_COLUMNS = 16_384  #: all that a sheet can have
_OFTEN = 120  # rows, between signs of life
_MOST_MERGED = 20_000  # ranges
_OWN_FORMATS = 164  # the number of the first format that is not built in
_SYSTEM_DATES = {"mm-dd-yy", "m/d/yy h:mm"}  # what the machine has for dates, and no format
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ON = {"1", "true"}


class SheetRow(NamedTuple):
    """What the cells of a row show, from the first column on; `number` counts from 0."""

    number: int
    texts: tuple[str, ...]
    hidden: bool = False
    unseen: frozenset[int] = frozenset()  #: columns whose cells their formats hide


@dataclass(slots=True)
class SheetRows:
    """The rows that have something in them; `whole` if there are no more than these.

    `merged` gives, by row and column, up to which column a cell goes.
    """

    rows: list[SheetRow] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    whole: bool = True

    @property
    def cells(self) -> int:
        """How many cells there are, also empty ones before others."""
        return sum(len(row.texts) for row in self.rows)


class OpenedSheet(NamedTuple):
    """A sheet that openpyxl opened to read, and what it keeps to itself of it."""

    archive: zipfile.ZipFile
    path: str
    strings: list[str]
    styles: Any
    formats: Any
    dates: Any
    durations: Any
    epoch: dt.datetime

    @classmethod
    def of(cls, book: Any, sheet: Any) -> OpenedSheet:
        """Take it out of a workbook that was opened to be read only."""
        return cls(
            book._archive,  # noqa: SLF001 - openpyxl opens it, and gives no cells in this mode
            sheet._worksheet_path,  # noqa: SLF001 - as its own reader does
            sheet._shared_strings,  # noqa: SLF001
            book._cell_styles,  # noqa: SLF001
            book._number_formats,  # noqa: SLF001
            book._date_formats,  # noqa: SLF001
            book._timedelta_formats,  # noqa: SLF001
            book.epoch,
        )

    def format(self, style: int) -> str:
        """Return the number format of a style."""
        number = self.styles[style].numFmtId if style < len(self.styles) else 0
        if number < _OWN_FORMATS:
            return str(BUILTIN_FORMATS.get(number, GENERAL))
        at = number - _OWN_FORMATS
        return str(self.formats[at]) if at < len(self.formats) else GENERAL


def gathered(sheet: OpenedSheet, most: int) -> Generator[None, None, SheetRows]:
    """Return the rows of a sheet, of at most so many cells.

    Yields now and then, as a sign of life.
    """
    found = SheetRows()
    cells = 0
    with sheet.archive.open(sheet.path) as source:
        parser = _Parser(sheet, source)
        for count, (number, row) in enumerate(parser.parse()):
            if count % _OFTEN == 0:
                yield
            said = parser.row_dimensions.pop(str(number), {})
            shown = _row(sheet, number - 1, row, hidden=_is_hidden(said))
            cells += len(shown.texts)
            if cells > most or number > MOST_ROWS:
                found.whole = False
                break
            if shown.texts:
                found.rows.append(shown)
    filtered = getattr(parser, "auto_filter", None) is not None or parser.tables.tablePart
    if filtered:  # what a filter hides is wanted again
        found.rows = [row._replace(hidden=False) for row in found.rows]
    found.hidden_columns = frozenset(_hidden_columns(parser.column_dimensions))
    found.merged = _merged(parser.merged_cells)
    return found


class _Parser(WorkSheetParser):
    """Gives formulas where nothing was computed."""

    def __init__(self, sheet: OpenedSheet, source: Any) -> None:
        super().__init__(
            source,
            sheet.strings,
            data_only=True,
            epoch=sheet.epoch,
            date_formats=sheet.dates,
            timedelta_formats=sheet.durations,
        )

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Return a cell, with its formula for a value if it has no other."""
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            formula = self.parse_formula(element)  # type: ignore[no-untyped-call]
            cell["value"] = str(getattr(formula, "text", formula) or "")
            cell["data_type"] = "f"
        return cell


def _row(sheet: OpenedSheet, number: int, cells: list[dict[str, Any]], *, hidden: bool) -> SheetRow:
    texts: list[str] = []
    unseen = []
    for cell in cells:
        column = cell["column"] - 1
        if cell["value"] is None or not 0 <= column < MOST_COLUMNS:
            continue
        shown, seen = _shown(sheet, cell)
        if not shown:
            continue
        texts += [""] * (column + 1 - len(texts))
        texts[column] = shown
        if not seen:
            unseen.append(column)
    return SheetRow(number, tuple(texts), hidden, frozenset(unseen))


def _shown(sheet: OpenedSheet, cell: dict[str, Any]) -> tuple[str, bool]:
    """Return what a cell shows, and whether its format lets it be seen."""
    code = sheet.format(int(cell["style_id"]))
    value, kind = cell["value"], cell["data_type"]
    if kind == "b":
        return str(bool(value)).upper(), True
    if kind == "n" or isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        if code in _SYSTEM_DATES and not isinstance(value, int | float):
            return general_shown(value), True
        shown = number_shown(value, code).strip()
        return shown or general_shown(value), bool(shown) or code == "#"
    said = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value)).strip()
    shown = text_shown(said, code) if kind == "s" else said
    return shown or said, bool(shown)


def _is_hidden(said: dict[str, str]) -> bool:
    """Whether a row or column is hidden, other than in a group that was folded up."""
    return said.get("hidden") in _ON and not int(said.get("outlineLevel", "0") or 0)


def _hidden_columns(dimensions: dict[str, dict[str, str]]) -> list[int]:
    found: list[int] = []
    for letters, said in dimensions.items():
        if _is_hidden(said):
            first = int(said.get("min") or column_index_from_string(letters))
            last = min(int(said.get("max") or first), MOST_COLUMNS)
            found += range(first - 1, last)
    return found


def _merged(ranges: Any) -> dict[tuple[int, int], int]:
    found = {}
    for cells in ranges.mergeCell[:_MOST_MERGED] if ranges is not None else ():
        left, top, right, _ = (edge or 0 for edge in range_boundaries(cells.ref))
        if top and left < right:
            found[top - 1, left - 1] = right - 1
    return found
