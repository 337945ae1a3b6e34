"""Goes through the sheets of OpenDocument: their values as cells show them, below their heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop_rag.engines.formats import html_blocks, odf_repeats, tables
from desktop_rag.engines.formats.html_blocks import A4, HtmlFragment
from desktop_rag.engines.formats.odf_package import OdfPackage, q
from desktop_rag.engines.formats.odf_repeats import Repeats
from desktop_rag.engines.formats.odf_styles import OdfStyles, number
from desktop_rag.engines.formats.open_text import OpenTextReader, annotation
from desktop_rag.engines.formats.tables import Row

_MOST_GAPS = 5_000_000  # empty cells of a workbook, before others
_MOST_ROWS = 1_000  # as one row that does
_MOST_COLUMNS = 16_384  # as programs have
_UNSEEN = {"collapse", "filter"}
_VALUES = ("office:string-value", "office:date-value", "office:time-value", "office:value")


class _SheetLine(NamedTuple):
    """A row of a sheet: what it shows, what it hides, and what is written about it."""

    shown: Row
    hidden: Row
    notes: tuple[str, ...]


def fragments(package: OdfPackage) -> Iterator[HtmlFragment]:
    """Yield every sheet on a page of its own; what a person would not see as hidden text."""
    reader = OpenTextReader(package, OdfStyles(package))
    again, gaps = Repeats(), Repeats(_MOST_GAPS)
    for sheet in package.body.iterchildren(q("table:table")):
        style = sheet.get(q("table:style-name"), "")
        unseen = reader.styles.says("table", style, "style:table-properties", "table:display")
        lines = list(_lines(sheet, again, gaps, hidden=unseen == "false"))
        name = html_blocks.text(sheet.get(q("table:name"), ""))
        if unseen != "false":
            yield HtmlFragment(html_blocks.heading(1, name), size=A4, fresh=True)
        yield from tables.with_head(line.shown for line in lines if any(line.shown))
        yield from html_blocks.flows(_beside(lines))
        if unseen != "false":
            yield from reader.flows(drawn for drawn in sheet.iter() if _is_drawn(drawn))


def _is_drawn(element: Any) -> bool:
    above = element.getparent()
    drawn = isinstance(element.tag, str) and element.tag.startswith(q("draw:"))
    return drawn and above.tag in {q("table:shapes"), q("table:table-cell")}


def _beside(lines: list[_SheetLine]) -> Iterator[str]:
    for line in lines:
        yield from line.notes
    for line in lines:
        words = " ".join(filter(None, line.hidden))
        if words:
            yield html_blocks.block("hidden", html_blocks.text(words))


def _lines(sheet: Any, again: Repeats, gaps: Repeats, *, hidden: bool) -> Iterator[_SheetLine]:
    """Yield the rows that have something in them."""
    columns = _hidden_columns(sheet)
    for row in sheet.iter(q("table:table-row")):
        unseen = hidden or row.get(q("table:visibility")) in _UNSEEN
        values, notes = _cells(row, again, gaps)
        if not any(values) and not notes:
            continue
        shown = () if unseen else tuple("" if at in columns else v for at, v in enumerate(values))
        veiled = values if unseen else tuple(v for at, v in enumerate(values) if at in columns)
        yield _SheetLine(shown, veiled, tuple(notes))
        times = number(row.get(q("table:number-rows-repeated")), 1, _MOST_ROWS)
        for _ in range(1, times):
            if not again.may(odf_repeats.size(values)):
                break
            yield _SheetLine(shown, veiled, ())


def _cells(row: Any, again: Repeats, gaps: Repeats) -> tuple[Row, list[str]]:
    values: list[str] = []
    notes: list[str] = []
    empty = 0  # cells since the last one that has something in it
    for cell in row:
        if cell.tag not in {q("table:table-cell"), q("table:covered-table-cell")}:
            continue
        shown = "" if cell.tag == q("table:covered-table-cell") else _shown(cell)
        times = max(1, number(cell.get(q("table:number-columns-repeated")), 1, _MOST_COLUMNS))
        notes += filter(None, map(annotation, cell.iterchildren(q("office:annotation"))))
        if not shown:
            empty += times
            continue
        if len(values) + empty >= _MOST_COLUMNS:
            break
        values += [""] * empty if gaps.may(empty) else []
        values += [shown] * (times if again.may((times - 1) * odf_repeats.size([shown])) else 1)
        empty = 0
    return tuple(values), notes


def _shown(cell: Any) -> str:
    """Return what a cell shows: its text, or else the value that it would be made of."""
    paragraphs = [_text(words) for words in cell.iterchildren(q("text:p"))]
    if any(paragraphs):
        return "\n".join(paragraphs).strip()
    return next((str(cell.get(q(name))) for name in _VALUES if cell.get(q(name))), "")


def _text(paragraph: Any) -> str:
    parts = [paragraph.text or ""]
    for element in paragraph.iterdescendants():
        if element.tag == q("text:s"):
            parts.append(" " * number(element.get(q("text:c")), 1, 100))
        elif element.tag == q("text:line-break"):
            parts.append("\n")
        parts += [element.text or "", element.tail or ""]
    return "".join(parts)


def _hidden_columns(sheet: Any) -> set[int]:
    found: set[int] = set()
    at = 0
    for column in sheet.iter(q("table:table-column")):
        if at >= _MOST_COLUMNS:
            break
        times = number(column.get(q("table:number-columns-repeated")), 1, _MOST_COLUMNS)
        if column.get(q("table:visibility")) in _UNSEEN:
            found |= set(range(at, at + times))
        at += times
    return found
