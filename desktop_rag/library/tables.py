"""Tables: questions over many documents, a line for each document and a cell for each question.

    create → missing → keep …         each cell in one transaction, when it is done
    edit, take_back                    what somebody writes by hand
    ask_again                          cells that are to be asked once more are forgotten
    delete → restore                   what Undo needs is what `delete` gives

What a cell rests on is kept beside it as JSON that the caller makes (`payload`): it stays readable
when its document has gone.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NewType

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_path, stored_text
from desktop_rag.library.db.stored_errors import error_of, fact_of
from desktop_rag.library.libraries import LibraryId

TableId = NewType("TableId", int)


class CellState(StrEnum):
    """What came of asking a cell; its values are stored and printed as JSON."""

    FOUND = "found"
    ABSENT = "absent"  #: the document does not say it
    FAILED = "failed"  #: it could not be asked, as its error says


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """A table without its lines; the `writer` is a language model, '' where documents are quoted.

    A `paused` one is not gone on with until somebody says so.
    """

    id: TableId
    library: LibraryId
    title: str
    questions: tuple[str, ...]
    writer: str
    paused: bool
    created_us: int


@dataclass(frozen=True, slots=True)
class TableDocument:
    """A document that is to have a line; '' is one whose content is not known."""

    document: DocumentId
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A document at its place in a table, from 0."""

    line: int
    document: DocumentId
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A question, by its place among those of the table, and the line it is put to."""

    line: int
    question: int


@dataclass(frozen=True, slots=True)
class CellDraft:
    """What came of asking a cell; `payload` is JSON.

    `place` is the label of the page that it rests on. `mode` and `verdict` are those of
    `domain.answers`, '' where there are none.
    """

    state: CellState
    text: str = ""
    place: str = ""
    mode: str = ""
    verdict: str = ""
    error: RagError | None = None
    payload: str = "{}"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell that was asked; `edited` is what somebody wrote in place of its text, if so."""

    at: CellPlace
    draft: CellDraft
    edited: str | None = None

    @property
    def text(self) -> str:
        """What the cell says: by hand, or else as it was found."""
        return self.draft.text if self.edited is None else self.edited


@dataclass(frozen=True, slots=True)
class DeletedTable:
    """A table that was deleted, whole: opaque, for `restore`."""

    table: QuestionTable
    lines: tuple[Row, ...]
    cells: tuple[Row, ...]


def create(
    db: sqlite3.Connection, library: LibraryId, questions: Sequence[str], writer: str
) -> QuestionTable:
    """Begin a table without lines, called by its questions."""
    asked = tuple(map(stored_text, questions))
    made = QuestionTable(TableId(0), library, " · ".join(asked), asked, writer, False, _now())
    with transaction(db):
        row = db.execute(
            """
            INSERT INTO tables (library, title, questions, writer, created_us)
            VALUES (?, ?, ?, ?, ?)
            """,
            (library, made.title, json.dumps(asked), stored_text(writer), made.created_us),
        )
    return replace(made, id=TableId(int(row.lastrowid or 0)))


def alike(
    db: sqlite3.Connection, library: LibraryId, questions: Sequence[str], writer: str
) -> QuestionTable | None:
    """Return the latest table of the same questions and the same writer."""
    asked = tuple(map(stored_text, questions))
    same = (one for one in listed(db, library) if one.questions == asked and one.writer == writer)
    return next(same, None)


def listed(db: sqlite3.Connection, library: LibraryId | None = None) -> list[QuestionTable]:
    """Return the tables of a library, or of all, the newest first."""
    query = f"{_TABLES} WHERE ?1 IS NULL OR library = ?1 ORDER BY id DESC"
    return [_table(row) for row in rows(db, query, library)]


def find(db: sqlite3.Connection, table: TableId) -> QuestionTable | None:
    """Return a table, or None if it was deleted."""
    found = rows(db, f"{_TABLES} WHERE id = ?", table)
    return _table(found[0]) if found else None


def add_lines(
    db: sqlite3.Connection, table: TableId, documents: Iterable[TableDocument]
) -> list[TableLine]:
    """Add a line for each document that has none; return those of all these documents, in order."""
    wanted = list(documents)
    with transaction(db):
        known = {_key(one.document, one.path): one for one in lines(db, table)}
        first, found = len(known), []
        for one in wanted:
            key = _key(one.document, one.path)
            if key not in known:
                known[key] = TableLine(len(known), one.document, one.path, stored_text(one.name))
            found.append(known[key])
        db.executemany(
            "INSERT INTO table_lines (table_id, line, document, path, name) VALUES (?, ?, ?, ?, ?)",
            [
                (table, one.line, one.document, stored_path(one.path), one.name)
                for one in known.values()
                if one.line >= first
            ],
        )
    return list(dict.fromkeys(found))


def lines(db: sqlite3.Connection, table: TableId) -> list[TableLine]:
    """Return the lines of a table in order."""
    found = rows(
        db,
        "SELECT line, document, path, name FROM table_lines WHERE table_id = ? ORDER BY line",
        table,
    )
    return [
        TableLine(line, DocumentId(document), path_of(path), name)
        for line, document, path, name in found
    ]


def cells(db: sqlite3.Connection, table: TableId, *, whole: bool = False) -> list[TableCell]:
    """Return the cells that were asked, by line and question; only `whole` ones have a payload."""
    payload = "payload" if whole else "'{}'"
    query = f"{_CELLS.replace('payload', payload)} WHERE table_id = ? ORDER BY line, question"
    return [_cell(row) for row in rows(db, query, table)]


def cell(db: sqlite3.Connection, table: TableId, at: CellPlace) -> TableCell | None:
    """Return one cell with its payload, or None if it was not asked."""
    query = f"{_CELLS} WHERE table_id = ? AND line = ? AND question = ?"
    found = rows(db, query, table, at.line, at.question)
    return _cell(found[0]) if found else None


def missing(db: sqlite3.Connection, table: QuestionTable) -> list[CellPlace]:
    """Return the cells that are still to be asked, line by line."""
    found = rows(db, "SELECT line, question FROM cells WHERE table_id = ?", table.id)
    asked = {(line, question) for line, question in found}
    known = rows(db, "SELECT line FROM table_lines WHERE table_id = ? ORDER BY line", table.id)
    return [
        CellPlace(line, question)
        for (line,) in known
        for question in range(len(table.questions))
        if (line, question) not in asked
    ]


def is_missing(db: sqlite3.Connection, table: TableId, at: CellPlace) -> bool:
    """Return whether a cell is there to be asked, and was not."""
    found = rows(
        db,
        """
        SELECT 1 FROM table_lines WHERE table_id = ?1 AND line = ?2 AND NOT EXISTS (
            SELECT 1 FROM cells WHERE table_id = ?1 AND line = ?2 AND question = ?3
        )
        """,
        *(table, at.line, at.question),
    )
    return bool(found)


def keep(db: sqlite3.Connection, table: TableId, at: CellPlace, draft: CellDraft) -> bool:
    """Keep what came of a cell; not done, and False, where it was asked already or has gone."""
    with transaction(db):
        done = db.execute(
            """
            INSERT INTO cells (table_id, line, question, state, text, place, mode, verdict, error,
                edited, payload)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10
            WHERE EXISTS (SELECT 1 FROM table_lines WHERE table_id = ?1 AND line = ?2)
            ON CONFLICT DO NOTHING
            """,
            (*(table, at.line, at.question), *_values(draft)),
        )
    return done.rowcount == 1


def edit(db: sqlite3.Connection, table: TableId, at: CellPlace, text: str | None) -> bool:
    """Have a cell say this, or with None what was found; False where there is no such cell.

    One that was not asked yet is not asked any more while it is edited.
    """
    written = None if text is None else stored_text(text)
    if written is not None:
        keep(db, table, at, CellDraft(CellState.ABSENT))
    with transaction(db):
        done = db.execute(
            "UPDATE cells SET edited = ? WHERE table_id = ? AND line = ? AND question = ?",
            (written, table, at.line, at.question),
        )
        if written is None:
            _forget_unasked(db, table)
    return done.rowcount == 1


def ask_again(
    db: sqlite3.Connection, table: TableId, at: CellPlace | None = None, only: Iterable[int] = ()
) -> int:
    """Forget a cell, or all that failed (`only` in these lines); return how many are asked again.

    What somebody wrote by hand stays.
    """
    some = [*only]
    with transaction(db):
        if at is not None:
            done = db.execute(
                """
                DELETE FROM cells WHERE table_id = ? AND line = ? AND question = ?
                    AND edited IS NULL
                """,
                (table, at.line, at.question),
            )
            return done.rowcount
        failed = rows(
            db,
            "SELECT line, question FROM cells WHERE table_id = ? AND state = ? AND edited IS NULL",
            *(table, CellState.FAILED),
        )
        wanted = [(table, *one) for one in failed if not some or one[0] in set(some)]
        db.executemany("DELETE FROM cells WHERE table_id = ? AND line = ? AND question = ?", wanted)
    return len(wanted)


def pause(db: sqlite3.Connection, table: TableId, *, paused: bool) -> None:
    """Do not go on with a table until it is said again, or go on."""
    with transaction(db):
        db.execute("UPDATE tables SET paused = ? WHERE id = ?", (paused, table))


def unfinished(db: sqlite3.Connection) -> list[QuestionTable]:
    """Return the tables of all libraries that are to be gone on with, the oldest first."""
    return [_table(row) for row in rows(db, _UNFINISHED)]


def delete(db: sqlite3.Connection, table: TableId) -> DeletedTable | None:
    """Forget a table; return what `restore` needs, or None if there was none."""
    with transaction(db):
        known = find(db, table)
        if known is None:
            return None
        held = rows(db, "SELECT * FROM table_lines WHERE table_id = ?", table)
        asked = rows(db, "SELECT * FROM cells WHERE table_id = ?", table)
        db.execute("DELETE FROM tables WHERE id = ?", (table,))
    return DeletedTable(known, tuple(held), tuple(asked))


def restore(
    db: sqlite3.Connection, deleted: DeletedTable, library: LibraryId | None = None
) -> TableId | None:
    """Take a deletion back, into `library` if that has another number now.

    None, and nothing restored, where the library has gone meanwhile.
    """
    was = deleted.table
    place = was.library if library is None else library
    with transaction(db):
        if not rows(db, "SELECT 1 FROM libraries WHERE id = ?", place):
            return None
        db.execute(
            "INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(was.id, place, was.title, json.dumps(was.questions), was.writer, was.paused),
                was.created_us,
            ),
        )
        db.executemany("INSERT INTO table_lines VALUES (?, ?, ?, ?, ?)", deleted.lines)
        db.executemany("INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", deleted.cells)
    return was.id


_TABLES = "SELECT id, library, title, questions, writer, paused, created_us FROM tables"
_UNFINISHED = """
    SELECT id, library, title, questions, writer, paused, created_us FROM tables
    WHERE NOT paused AND json_array_length(questions) *
        (SELECT count(*) FROM table_lines WHERE table_id = tables.id)
        > (SELECT count(*) FROM cells WHERE table_id = tables.id)
    ORDER BY id
"""
_CELLS = """
    SELECT line, question, state, text, place, mode, verdict, error, payload, edited FROM cells
"""


def _key(document: DocumentId, path: Path) -> DocumentId | Path:
    return document or path


def _forget_unasked(db: sqlite3.Connection, table: TableId) -> None:
    """Have those asked that were only there to be written by hand."""
    db.execute(
        """
        DELETE FROM cells WHERE table_id = ? AND edited IS NULL AND mode = '' AND state = 'absent'
        """,
        (table,),
    )


def _values(draft: CellDraft) -> Iterator[str | None]:
    yield from (str(draft.state), stored_text(draft.text), stored_text(draft.place))
    yield from (draft.mode, draft.verdict, fact_of(draft.error) if draft.error else None)
    yield stored_text(draft.payload)


def _table(row: Row) -> QuestionTable:
    id_, library, title, questions, writer, paused, created_us = row
    asked: Collection[str] = json.loads(questions)
    return QuestionTable(
        TableId(id_),
        LibraryId(library),
        title,
        tuple(asked),
        writer,
        bool(paused),
        created_us,
    )


def _cell(row: Row) -> TableCell:
    line, question, state, text, place, mode, verdict, error, payload, edited = row
    known = error_of(error) if error else None
    draft = CellDraft(CellState(state), text, place, mode, verdict, known, payload)
    return TableCell(CellPlace(line, question), draft, edited)


def _now() -> int:
    return time.time_ns() // 1000
