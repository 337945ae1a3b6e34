"""Filling a table: which cell is asked next, how, and what is kept of its answer.

    filling ─► AskCell ─► (whoever runs it answers) ─► CellFilled, kept already
            ─► AskCell ─► …

A generator, row by row, so that what a model has read of a document serves its next question. Each
cell is kept in one transaction when its answer is there: who is killed goes on with the first cell
that is missing. A cell that fails says why, and the others go on; what concerns all of them, such
as a full disk, is raised.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from dataclasses import dataclass, replace

from desktop_rag.answer.asking import SAID, wish_of
from desktop_rag.answer.turn import Done, Question
from desktop_rag.answer.values import is_about, value_in
from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    QuestionKind,
    SentenceCheck,
    SentenceVerdict,
    borne_out,
)
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DataLocked,
    DiskFull,
    DocumentBlank,
    DocumentUnknown,
    DocumentUnread,
    MemoryExceeded,
    ModelMissing,
    ModelTooLarge,
    ModelUnusable,
    RagError,
    StoreDamaged,
    TableUnknown,
)
from desktop_rag.jobs.answering import Heard, LibraryScope
from desktop_rag.jobs.cell_records import CellGrounds, quoted, stored
from desktop_rag.library import documents, libraries, tables
from desktop_rag.library.documents import DocumentRow, DocumentState
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import (
    CellDraft,
    CellPlace,
    CellState,
    QuestionTable,
    TableCell,
    TableDocument,
    TableLine,
)

_WHOLE = frozenset(
    {QuestionKind.SUMMARY, QuestionKind.POINTS, QuestionKind.LIST, QuestionKind.STUDY}
)  # what several quotes together answer
CELL_TOKENS = 160  #: a cell is short

_MARKS = re.compile(r"\s*\[\d{1,3}\]")
_READABLE = {DocumentState.EMBEDDING, DocumentState.READY}
_UNREAD = {DocumentState.QUEUED, DocumentState.READING}
_OF_ALL = (
    DataLocked,
    DiskFull,
    MemoryExceeded,
    ModelMissing,
    ModelTooLarge,
    ModelUnusable,
    StoreDamaged,
)  # errors of which every other cell would fail, too


@dataclass(frozen=True, slots=True)
class AskCell:
    """Answer this question within this document; send its `Done`, or the `RagError` of it."""

    at: CellPlace
    question: Question
    scope: LibraryScope


@dataclass(frozen=True, slots=True)
class CellFilled:
    """A cell was asked and is kept; so many are `left`."""

    cell: TableCell
    left: int


Filling = Generator[AskCell | CellFilled, Done | RagError | None, None]
"""Yields what is to be asked, and what was filled, for which it is sent `None`."""


def table_documents(db: sqlite3.Connection, library: LibraryId) -> list[TableDocument]:
    """Return the documents of a library as lines of a table, by name."""
    found = [_line_of(row) for row in documents.listing(db, library)]
    return sorted(found, key=lambda one: (one.name.casefold(), str(one.path)))


def _line_of(row: DocumentRow) -> TableDocument:
    return TableDocument(row.document or DocumentId(""), row.path, row.title or row.path.name)


def filling(
    db: sqlite3.Connection,
    table: QuestionTable,
    how: Question,
    only: Collection[int] | None = None,
) -> Filling:
    """Ask the cells of a table that are missing, `only` in these lines, each like `how`.

    Raises `TableUnknown` once the table has gone, and what concerns all cells.
    """
    while waiting := [at for at in tables.missing(db, table) if only is None or at.line in only]:
        known = {one.line: one for one in tables.lines(db, table.id)}
        for place, at in enumerate(waiting):
            if not tables.is_missing(db, table.id, at):
                continue  # somebody wrote it by hand meanwhile
            draft = yield from _asked(db, table, known[at.line], at, how)
            if not tables.keep(db, table.id, at, draft) and tables.find(db, table.id) is None:
                raise TableUnknown(table.title)
            cell = tables.cell(db, table.id, at)
            if cell is not None:
                yield CellFilled(cell, len(waiting) - place - 1)
        if tables.find(db, table.id) is None:
            raise TableUnknown(table.title)


def _asked(
    db: sqlite3.Connection, table: QuestionTable, line: TableLine, at: CellPlace, how: Question
) -> Generator[AskCell, Done | RagError | None, CellDraft]:
    """Have a cell asked, and return what comes of it."""
    if tables.find(db, table.id) is None:
        raise TableUnknown(table.title)
    name = libraries.name_of(db, table.library)
    obstacle = _obstacle(db, table.library, line, name)
    if obstacle is not None:
        return CellDraft(CellState.FAILED, error=obstacle)
    question = cell_question(table.questions[at.question], how)
    came = yield AskCell(at, question, LibraryScope(name, among=(line.document,)))
    match came:
        case Done():
            return draft_of(question.text, came)
        case RagError():
            if isinstance(came, _OF_ALL):
                raise came
            return CellDraft(CellState.FAILED, error=came)
        case None:
            raise AssertionError  # the protocol, for mypy


def _obstacle(
    db: sqlite3.Connection, library: LibraryId, line: TableLine, name: str
) -> RagError | None:
    """Return why a document cannot be asked, None if it can."""
    file = line.path.name
    if line.document:
        found = documents.listing(db, library, line.document)
    else:
        found = [row for row in documents.listing(db, library) if row.path == line.path]
    if not found:
        return DocumentUnknown(file, name)
    (row,) = found[:1]
    if row.state in _READABLE and row.chunks:
        return None
    if row.state in _UNREAD:
        return DocumentUnread(file)
    return row.error or DocumentBlank(file)


def cell_question(text: str, how: Question) -> Question:
    """Return the question of a cell: a short answer, and of any wish, since there is no talk."""
    searched = text if wish_of(text, talking=False).kind in SAID else ""
    few = min(how.sampling.max_tokens, CELL_TOKENS)
    return replace(
        how, text=text, searched=searched, sampling=replace(how.sampling, max_tokens=few)
    )


def draft_of(question: str, done: Done) -> CellDraft:
    """Return what a cell keeps of an answer: a value where the question asks for one.

    As in any answer, what a model wrote comes first where it is borne out and the model is trusted;
    else it is kept beside the words of the document.
    """
    quotes = quoted((*done.quotes, *done.citations))
    if done.refused or not quotes:
        payload = stored(CellGrounds(quotes, done.checks))
        return CellDraft(CellState.ABSENT, mode=str(AnswerMode.REFUSED), payload=payload)
    said = without_marks(done.text) if done.mode is AnswerMode.MODEL else ""
    if said and done.first is First.ANSWER:
        cited = {number for check in done.checks for number in check.citations}
        quotes = tuple(sorted(quotes, key=lambda one: one.number not in cited))
        text, written, mode = said, "", AnswerMode.MODEL
        verdict = verdict_of(done.checks) or SentenceVerdict.NOT_FOUND
    else:  # the words stand there: the doubt is whether they answer
        whole = wish_of(question, talking=False).kind in _WHOLE
        text = without_marks(done.text) if whole and not said else quotes[0].text
        written, mode = said, AnswerMode.EXTRACT
        about = whole or is_about(question, text)
        verdict = SentenceVerdict.SUPPORTED if about else SentenceVerdict.PARTLY
    return CellDraft(
        CellState.FOUND,
        _value(question, text) if verdict is SentenceVerdict.SUPPORTED else text,
        place=quotes[0].page_label or str(quotes[0].page + 1),
        mode=str(mode),
        verdict=str(verdict),
        payload=stored(CellGrounds(quotes, done.checks, written)),
    )


def _value(question: str, sentence: str) -> str:
    span = value_in(question, sentence)
    return sentence if span is None else sentence[slice(*span)]


def verdict_of(checks: Collection[SentenceCheck]) -> SentenceVerdict | None:
    """Return how far the passages bear out all sentences of a cell; None where none was checked."""
    if not checks:
        return None
    found = {check.verdict for check in checks}
    if borne_out(tuple(checks)):
        return SentenceVerdict.SUPPORTED
    return (
        SentenceVerdict.NOT_FOUND if SentenceVerdict.NOT_FOUND in found else SentenceVerdict.PARTLY
    )


def without_marks(text: str) -> str:
    """Return an answer on one line, without the marks that cite passages and those of lists."""
    lines = (line.strip().removeprefix("- ") for line in _MARKS.sub("", text).splitlines())
    return " ".join(" ".join(lines).split())


def last_done(heard: Iterable[Heard]) -> Done:
    """Return the answer that comes at the end of what is heard of one."""
    (done,) = [event for event in heard if isinstance(event, Done)]
    return done


def run(steps: Filling, answered: Callable[[AskCell], Done]) -> Iterator[CellFilled]:
    """Fill a table with processes that are waited for; `answered` raises what goes wrong."""
    sent: Done | RagError | None = None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return
        sent = None
        match step:
            case AskCell():
                try:
                    sent = answered(step)
                except RagError as error:
                    sent = error
            case CellFilled():
                yield step
