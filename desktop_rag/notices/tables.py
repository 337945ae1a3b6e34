"""Tables over many documents: what their cells say, also where nothing was found, and to take away.

A cell that was not asked yet says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.answer.extraction import standing_on
from desktop_rag.answer.marks import without_marks
from desktop_rag.answer.papers.talk import AnsweredTurn, CitedCell, CitedTable, CitedWords
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


@dataclass(frozen=True, slots=True)
class _Telling:
    """A table that is told in somebody's words; what its cells rest on is read once."""

    contents: TableContents
    quotes: Mapping[CellPlace, Sequence[CellQuote]]
    translate: Translate

    def cells(self, line: TableLine) -> Iterator[tuple[str, TableCell | None, Sequence[CellQuote]]]:
        """Yield each question with its cell, and what that rests on."""
        for at, question in enumerate(self.contents.table.questions):
            place = CellPlace(line.line, at)
            yield question, self.contents.cells.get(place), self.quotes.get(place, ())

    def path(self, line: TableLine) -> Path:
        """Return where a document lies, or lay."""
        return self.contents.paths.get(line.document, line.path)

    def address(self, line: TableLine) -> str:
        """Return the address of a document."""
        path = self.path(line)
        return path.as_uri() if path.is_absolute() else ""


def _telling(contents: TableContents, translate: Translate) -> _Telling:
    quotes = {
        at: cell_records.restored(cell.draft.payload).quotes for at, cell in contents.cells.items()
    }
    return _Telling(contents, quotes, translate)


def workbook(contents: TableContents, translate: Translate) -> Workbook:
    """Return a table as what is written into a file, with its sources."""
    telling = _telling(contents, translate)
    answers = _answers(telling)
    return Workbook((answers, _sources(telling)), _flat(telling, answers))


def table_turn(contents: TableContents, translate: Translate) -> AnsweredTurn:
    """Return a table as what a paper is made of: each cell with the words that it rests on."""
    telling = _telling(contents, translate)
    rows = tuple(
        (
            CitedCell(readable(line.name)),
            *(_cited(line, cell, quotes, translate) for _, cell, quotes in telling.cells(line)),
        )
        for line in contents.lines
    )
    heads = (translate("Notices", "Document"), *contents.table.questions)
    title = contents.table.title
    return AnsweredTurn(title, "", mode=AnswerMode.EXTRACT, tables=(CitedTable(heads, rows),))


def _cited(
    line: TableLine, cell: TableCell | None, quotes: Sequence[CellQuote], translate: Translate
) -> CitedCell:
    """Return a cell, with a word on how it came about where it is not simply borne out."""
    found = cell is not None and cell.draft.state is CellState.FOUND
    sure = cell is None or cell.draft.verdict == SentenceVerdict.SUPPORTED
    told = cell is not None and (cell.edited is not None or (found and not sure))
    words = tuple(_words(one, readable(line.name)) for one in quotes) if found else ()
    text = without_marks(cell_words(cell, translate), {one.number for one in quotes})
    return CitedCell(text, words, standing_words(cell, translate) if told else "")


def _words(quote: CellQuote, title: str) -> CitedWords:
    page = standing_on(quote.page, quote.page_label, bool(quote.boxes), quote.continued)
    return CitedWords(quote.number, quote.document, title, *page, quote.text)


def _answers(telling: _Telling) -> WorkbookSheet:
    translate, table = telling.translate, telling.contents.table
    rows = tuple(tuple(_answers_of(line, telling)) for line in telling.contents.lines)
    heads = (translate("Notices", "Document"), *table.questions)
    return WorkbookSheet(translate("Notices", "Answers"), heads, rows)


def _answers_of(line: TableLine, telling: _Telling) -> Iterator[SheetText]:
    address = telling.address(line)
    yield SheetText(readable(line.name), address)
    for _, cell, quotes in telling.cells(line):
        link = _at_page(address, quotes[0].page) if quotes else ""
        yield SheetText(cell_words(cell, telling.translate), link)


def _sources(telling: _Telling) -> WorkbookSheet:
    translate = telling.translate
    heads = (
        translate("Notices", "Document"),
        translate("Notices", "Question"),
        translate("Notices", "Answer"),
        translate("Notices", "How sure"),
        translate("Notices", "Page"),
        translate("Notices", "Quoted"),
        translate("Notices", "File"),
    )
    rows = tuple(row for line in telling.contents.lines for row in _sources_of(line, telling))
    return WorkbookSheet(translate("Notices", "Sources"), heads, rows)


def _sources_of(line: TableLine, telling: _Telling) -> Iterator[tuple[SheetText, ...]]:
    """Yield what the cells of a line rest on; what rows have in common is made once."""
    translate, address = telling.translate, telling.address(line)
    name = SheetText(readable(line.name))
    file = SheetText(readable(str(telling.path(line))), address)
    for question, cell, quotes in telling.cells(line):
        told = (
            name,
            SheetText(question),
            SheetText(cell_words(cell, translate)),
            SheetText(standing_words(cell, translate)),
        )
        for quote in quotes:
            page = SheetText(_label(quote), _at_page(address, quote.page))
            yield *told, page, SheetText(quote.text), file


def _at_page(address: str, page: int) -> str:
    """Return the address of a page of a document, as readers of PDFs take it."""
    return f"{address}#page={page + 1}" if address else ""


def _flat(telling: _Telling, answers: WorkbookSheet) -> WorkbookSheet:
    """Return answers, and beside them what they rest on, in one sheet."""
    translate = telling.translate
    told = [
        words.format(question=question)
        for question in telling.contents.table.questions
        for words in (
            translate("Notices", "{question} – page"),
            translate("Notices", "{question} – quoted"),
            translate("Notices", "{question} – how sure"),
        )
    ]
    rows = tuple(
        (
            *row,
            SheetText(readable(str(telling.path(line)))),
            *(
                text
                for _, cell, quotes in telling.cells(line)
                for text in _grounds(cell, quotes, translate)
            ),
        )
        for line, row in zip(telling.contents.lines, answers.rows, strict=True)
    )
    heads = (*answers.heads, translate("Notices", "File"), *told)
    return WorkbookSheet(answers.title, heads, rows)


def _grounds(
    cell: TableCell | None, quotes: Sequence[CellQuote], translate: Translate
) -> Iterator[SheetText]:
    yield SheetText(_label(quotes[0]) if quotes else "")
    yield SheetText(quotes[0].text if quotes else "")
    yield SheetText(standing_words(cell, translate))


def _label(quote: CellQuote) -> str:
    return quote.page_label or str(quote.page + 1)
