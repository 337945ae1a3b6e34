"""Cells of a table as they are shown, in the words of people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_rag.domain.answers import SentenceVerdict
from desktop_rag.gui.sources import Source
from desktop_rag.gui.tables.values import CellKind, CellValue, DetailValue
from desktop_rag.gui.widgets.text import plain
from desktop_rag.jobs import cell_records
from desktop_rag.jobs.cell_records import CellQuote
from desktop_rag.library.tables import CellPlace, CellState, QuestionTable, TableCell, TableLine
from desktop_rag.notices.answers import reason_words, verdict_words
from desktop_rag.notices.tables import cell_words, standing_words


def value_of(cell: TableCell | None) -> CellValue:
    """Return a cell as the grid shows it."""
    translate = QCoreApplication.translate
    words, standing = cell_words(cell, translate), standing_words(cell, translate)
    return CellValue(_kind(cell), words, cell.draft.place if cell else "", standing)


def _kind(cell: TableCell | None) -> CellKind:
    if cell is None:
        return CellKind.MISSING
    if cell.edited is not None:
        return CellKind.EDITED
    match cell.draft.state:
        case CellState.ABSENT:
            return CellKind.ABSENT
        case CellState.FAILED:
            return CellKind.FAILED
        case CellState.FOUND:
            sure = cell.draft.verdict == SentenceVerdict.SUPPORTED
            return CellKind.FOUND if sure else CellKind.DOUBTED


def detail_of(
    table: QuestionTable, line: TableLine, at: CellPlace, cell: TableCell | None
) -> DetailValue:
    """Return a cell as it is shown whole."""
    translate = QCoreApplication.translate
    grounds = cell_records.restored(cell.draft.payload if cell else "{}")
    doubts = tuple(
        f"{verdict_words(check.verdict, translate)}. {reason_words(check.reason, translate)}"
        for check in grounds.checks
        if check.verdict is not SentenceVerdict.SUPPORTED
    )
    edited = cell is not None and cell.edited is not None
    return DetailValue(
        line=at.line,
        question=at.question,
        heading=f"{line.name} – {table.questions[at.question]}",
        cell=value_of(cell),
        quotes=tuple(source_of_quote(quote, line.name) for quote in grounds.quotes),
        found=cell.draft.text if cell and edited else "",
        written=grounds.written,
        doubts=doubts,
    )


def source_of_quote(quote: CellQuote, title: str) -> Source:
    """Return a quote as what the document pane opens."""
    return Source(
        number=quote.number,
        document=quote.document,
        title=plain(title),
        page=quote.page,
        page_label=quote.page_label,
        snippet=quote.text,
        boxes=quote.boxes,
        recognized=quote.recognized,
        continued=quote.continued,
        layer=quote.layer,
    )
