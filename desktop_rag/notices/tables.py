"""Tables over many documents: what their cells say, also where nothing was found, and to take away.

A cell that was not asked yet says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain.answers import AnswerMode, SentenceVerdict
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.sheets import SheetText, Workbook, WorkbookSheet
from desktop_rag.domain.unicode_text import readable
from desktop_rag.jobs import cell_records
from desktop_rag.jobs.cell_records import CellQuote
from desktop_rag.library.tables import CellPlace, CellState, QuestionTable, TableCell, TableLine
from desktop_rag.notices import sentence
from desktop_rag.notices.answers import verdict_words
from desktop_rag.notices.words import Translate


@dataclass(frozen=True, slots=True)
class TableContents:
    """A table with its `lines` in the order in which they are shown, and its cells, whole.

    `paths` is where the documents lie.
    """

    table: QuestionTable
    lines: tuple[TableLine, ...]
    cells: Mapping[CellPlace, TableCell]
    paths: Mapping[DocumentId, Path] = field(default_factory=dict)


def cell_words(cell: TableCell | None, translate: Translate) -> str:
    """Return what a cell says."""
    if cell is None:
        return ""
    if cell.edited is not None:
        return cell.edited
    match cell.draft.state:
        case CellState.FOUND:
            return cell.draft.text
        case CellState.ABSENT:
            return translate("Notices", "not found")
        case CellState.FAILED:
            return sentence(cell.draft.error, translate)


def standing_words(cell: TableCell | None, translate: Translate) -> str:
    """Return how a cell came about, and how far its document bears it out."""
    if cell is None:
        return translate("Notices", "not asked yet")
    if cell.edited is not None:
        return translate("Notices", "edited by hand")
    match cell.draft.state:
        case CellState.ABSENT:
            return translate("Notices", "not found")
        case CellState.FAILED:
            return translate("Notices", "could not be asked")
        case CellState.FOUND:
            return _found_words(cell, translate)


def _found_words(cell: TableCell, translate: Translate) -> str:
    verdict = next((one for one in SentenceVerdict if one == cell.draft.verdict), None)
    if cell.draft.mode != AnswerMode.EXTRACT:
        return verdict_words(verdict, translate) if verdict else ""
    if verdict is SentenceVerdict.SUPPORTED:
        return translate("Notices", "quoted from the document")
    return translate("Notices", "quoted; it may not answer the question")


def workbook(contents: TableContents, translate: Translate) -> Workbook:
    """Return a table as what is written into a file, with its sources."""
    answers = _answers(contents, translate)
    return Workbook((answers, _sources(contents, translate)), _flat(contents, answers, translate))


def _answers(contents: TableContents, translate: Translate) -> WorkbookSheet:
    heads = (translate("Notices", "Document"), *contents.table.questions)
    rows = tuple(
        (
            SheetText(readable(line.name), _address(contents, line)),
            *(_answer(contents, line, cell, translate) for _, cell in _cells(contents, line)),
        )
        for line in contents.lines
    )
    return WorkbookSheet(translate("Notices", "Answers"), heads, rows)


def _answer(
    contents: TableContents, line: TableLine, cell: TableCell | None, translate: Translate
) -> SheetText:
    quotes = _quotes(cell)
    link = _address(contents, line, quotes[0].page) if quotes else ""
    return SheetText(cell_words(cell, translate), link)


def _sources(contents: TableContents, translate: Translate) -> WorkbookSheet:
    heads = (
        translate("Notices", "Document"),
        translate("Notices", "Question"),
        translate("Notices", "Answer"),
        translate("Notices", "How sure"),
        translate("Notices", "Page"),
        translate("Notices", "Quoted"),
        translate("Notices", "File"),
    )
    rows = tuple(
        (
            SheetText(readable(line.name)),
            SheetText(question),
            SheetText(cell_words(cell, translate)),
            SheetText(standing_words(cell, translate)),
            SheetText(_label(quote), _address(contents, line, quote.page)),
            SheetText(quote.text),
            SheetText(readable(str(_path(contents, line))), _address(contents, line)),
        )
        for line in contents.lines
        for question, cell in _cells(contents, line)
        for quote in _quotes(cell)
    )
    return WorkbookSheet(translate("Notices", "Sources"), heads, rows)


def _flat(contents: TableContents, answers: WorkbookSheet, translate: Translate) -> WorkbookSheet:
    """Return answers, and beside them what they rest on, in one sheet."""
    told = [
        words.format(question=question)
        for question in contents.table.questions
        for words in (
            translate("Notices", "{question} – page"),
            translate("Notices", "{question} – quoted"),
            translate("Notices", "{question} – how sure"),
        )
    ]
    rows = tuple(
        (
            *row,
            SheetText(readable(str(_path(contents, line)))),
            *(text for _, cell in _cells(contents, line) for text in _grounds(cell, translate)),
        )
        for line, row in zip(contents.lines, answers.rows, strict=True)
    )
    return WorkbookSheet(answers.title, (*answers.heads, translate("Notices", "File"), *told), rows)


def _grounds(cell: TableCell | None, translate: Translate) -> Iterator[SheetText]:
    first = _quotes(cell)[:1]
    yield SheetText(_label(first[0]) if first else "")
    yield SheetText(first[0].text if first else "")
    yield SheetText(standing_words(cell, translate))


def _cells(contents: TableContents, line: TableLine) -> Iterator[tuple[str, TableCell | None]]:
    for at, question in enumerate(contents.table.questions):
        yield question, contents.cells.get(CellPlace(line.line, at))


def _quotes(cell: TableCell | None) -> Sequence[CellQuote]:
    return cell_records.restored(cell.draft.payload).quotes if cell else ()


def _label(quote: CellQuote) -> str:
    return quote.page_label or str(quote.page + 1)


def _path(contents: TableContents, line: TableLine) -> Path:
    return contents.paths.get(line.document, line.path)


def _address(contents: TableContents, line: TableLine, page: int | None = None) -> str:
    """Return the address of a document, or of a page in it, as readers of PDFs take it."""
    path = _path(contents, line)
    if not path.is_absolute():
        return ""
    return path.as_uri() if page is None else f"{path.as_uri()}#page={page + 1}"
