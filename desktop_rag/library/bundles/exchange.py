"""Libraries on their way into a file and out of one: what SQLite has of them.

    contents ──► the file ──► Brought ──► bring_in

Bringing in is one transaction, the last step: pages and rows are in the store by then.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_rag.domain.bundles import (
    Brought,
    Contents,
    DocumentRecord,
    FileRecord,
    TalkRecord,
    TurnRecord,
)
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.library import attachments, conversations, documents, libraries, references
from desktop_rag.library.conversations import (
    EPOCH,
    Conversation,
    ConversationId,
    Deleted,
    Turn,
    TurnId,
)
from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_inode, stored_path, stored_text
from desktop_rag.library.disk.file_names import numbered, safe_name
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.libraries import LibraryId


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of bringing a library in: `queued` documents are still to be embedded.

    The files of `absent` documents are not here: their text is found, their pages cannot be
    shown. Of the `damaged` ones, not everything was sound.
    """

    library: LibraryId
    name: str
    ready: int
    queued: int
    waiting: int
    failed: int
    known: int
    conversations: int
    absent: int = 0
    damaged: tuple[str, ...] = ()


def contents(db: sqlite3.Connection, library: LibraryId) -> Contents:
    """Return what a library holds; files that nobody could look into are left out."""
    ((name,),) = rows(db, "SELECT name FROM libraries WHERE id = ?", library)
    files: dict[DocumentId, list[FileRecord]] = {}
    for document, path, *stamp in rows(db, _FILES, library):
        files.setdefault(document, []).append(FileRecord(str(path_of(path)), *stamp))
    stood = {row[0]: row for row in rows(db, _DOCUMENTS, library)}
    said = references.said_of(db, list(files))
    documents = tuple(
        replace(_record(stood[document], tuple(held)), said=tuple(said.get(document, ())))
        for document, held in files.items()
    )
    return Contents(name, documents, tuple(_talks(db, library)))


def _record(values: Row, files: tuple[FileRecord, ...]) -> DocumentRecord:
    columns: dict[str, Any] = dict(zip(_COLUMNS, values, strict=True))
    return DocumentRecord(**columns, files=files)


_COLUMNS = (
    *("id", "title", "pages", "language", "chunks", "state", "error", "quality"),
    *("author", "date", "subject"),
)
_FILES = """
    SELECT files.document, files.path, size, mtime_ns, members.added_at, attachments.parent
    FROM members
        JOIN files ON files.path = members.path
        LEFT JOIN attachments ON attachments.path = files.path
    WHERE members.library = ? AND files.document IS NOT NULL ORDER BY files.rowid
"""
_DOCUMENTS = f"""
    SELECT {", ".join(_COLUMNS)} FROM documents
    WHERE id IN (
        SELECT document FROM files JOIN members ON members.path = files.path WHERE library = ?
    )
"""  # noqa: S608 - our own names


def _talks(db: sqlite3.Connection, library: LibraryId) -> Iterator[TalkRecord]:
    for talk in conversations.listed(db, library):
        turns = tuple(
            TurnRecord(
                turn.question,
                turn.answer,
                turn.mode,
                turn.stopped,
                _stamp(turn),
                turn.payload,
            )
            for turn in conversations.turns(db, talk.id)
        )
        yield TalkRecord(
            talk.title,
            (talk.created - EPOCH) // timedelta(microseconds=1),
            (talk.changed - EPOCH) // timedelta(microseconds=1),
            talk.sampling,
            talk.scope,
            turns,
        )


def _stamp(turn: Turn) -> int:
    return (turn.created - EPOCH) // timedelta(microseconds=1)


def ready(db: sqlite3.Connection) -> frozenset[DocumentId]:
    """Return the documents of which nothing is wanted: they are whole here."""
    found = rows(db, "SELECT id FROM documents WHERE state = 'ready' AND chunks > 0")
    return frozenset(DocumentId(document) for (document,) in found)


def bring_in(
    db: sqlite3.Connection,
    into: str | None,
    found: Contents,
    brought: Iterable[Brought],
    beside: Path,
) -> ImportResult:
    """Make what came out of a file a library, or part of the one of the name `into`.

    Documents whose paths mean nothing on this machine are looked for in the folder `beside`.
    What is there already stays as it is.
    """
    came = {one.record.id: one for one in brought}
    with transaction(db):
        name = libraries.free_name(db, found.name) if into is None else into
        library = libraries.ensure(db, name)
        absent = _documents(db, library, found.documents, came, beside)
        talks = _talk(db, library, found.talks)
        ((named,),) = rows(db, "SELECT name FROM libraries WHERE id = ?", library)
        counts = _counts(db, library)
    unfinished = (DocumentState.QUEUED, DocumentState.READING, DocumentState.EMBEDDING)
    return ImportResult(
        library=library,
        name=named,
        ready=counts[DocumentState.READY],
        queued=sum(counts[state] for state in unfinished),
        waiting=counts[DocumentState.WAITING],
        failed=counts[DocumentState.FAILED],
        known=len(found.documents) - len(came),
        conversations=talks,
        absent=absent,
        damaged=found.damaged,
    )


def _documents(
    db: sqlite3.Connection,
    library: LibraryId,
    records: Sequence[DocumentRecord],
    came: Mapping[DocumentId, Brought],
    beside: Path,
) -> int:
    """Keep documents and where their files are; return of how many none is there."""
    for record in records:
        if record.id in came:
            _keep(db, came[record.id])
        references.bring(db, record.id, record.said)
    absent = 0
    for record in sorted(records, key=lambda one: one.within is not None):
        unpacked = came[record.id].unpacked if record.id in came else None
        places = _place(db, library, record, unpacked, beside)
        absent += not any(map(os.path.lexists, places))
    return absent


def _counts(db: sqlite3.Connection, library: LibraryId) -> Counter[str]:
    """Return how many documents of a library are in each state."""
    found = rows(
        db,
        """
        SELECT state, count(DISTINCT documents.id) FROM documents
            JOIN files ON files.document = documents.id
            JOIN members ON members.path = files.path
        WHERE members.library = ? GROUP BY state
        """,
        library,
    )
    return Counter(dict(found))


def _keep(db: sqlite3.Connection, came: Brought) -> None:
    record = came.record
    finished = record.state == DocumentState.READY and came.whole
    stuck = record.state in {DocumentState.WAITING, DocumentState.FAILED}
    state = record.state if finished or stuck else DocumentState.QUEUED
    db.execute(
        """
        INSERT INTO documents
            (id, title, pages, language, chunks, state, error, quality, author, date, subject)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            title = excluded.title, pages = excluded.pages, language = excluded.language,
            chunks = excluded.chunks, state = excluded.state, error = excluded.error,
            quality = excluded.quality, author = excluded.author, date = excluded.date,
            subject = excluded.subject, updated_at = strftime('%s', 'now')
        WHERE documents.state <> 'ready'
        """,
        (
            *(record.id, stored_text(record.title), record.pages, stored_text(record.language)),
            *(came.chunks, str(state), record.error if finished or stuck else None),
            record.quality,
            *map(stored_text, (record.author, record.date, record.subject)),
        ),
    )


def _place(
    db: sqlite3.Connection,
    library: LibraryId,
    record: DocumentRecord,
    unpacked: FileFact | None,
    beside: Path,
) -> list[Path]:
    """Say where the files of a document are; one at least, so that the library holds it."""
    if not rows(db, "SELECT 1 FROM documents WHERE id = ?", record.id):
        return []
    if unpacked is not None:
        places = [unpacked]
        if record.within:
            attachments.add(db, record.within, [unpacked.path])
    else:
        places = _places(db, record, beside)
    added = record.files[0].added
    taken: list[Path] = []
    for fact in places:
        path = _own_path(db, fact.path, record.id)
        taken.append(path_of(path))
        db.execute(
            """
            INSERT OR IGNORE INTO files (path, size, mtime_ns, inode, device, document)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            (
                *(path, fact.size, fact.mtime_ns, stored_inode(fact.inode)),
                *(stored_inode(fact.device), record.id),
            ),
        )
        db.execute(
            "INSERT OR IGNORE INTO members (library, path, added_at) VALUES (?, ?, ?)",
            (library, path, added),
        )
    return taken


def _places(db: sqlite3.Connection, record: DocumentRecord, beside: Path) -> list[FileFact]:
    """Return where a document may lie that was not unpacked.

    Where the file that holds the library says only names, that is where it lies already.
    """
    inside = _attached(db, record)
    if inside:
        return inside
    told = [FileFact(_usable(one.path, beside), one.size, one.mtime_ns, 0) for one in record.files]
    if any(Path(one.path).is_absolute() for one in record.files):
        return told
    here = [path for path in documents.files_of(db, record.id) if path.exists()]
    return [FileFact(path, 0, 0, 0) for path in here] or told


def _attached(db: sqlite3.Connection, record: DocumentRecord) -> list[FileFact]:
    """Return the files of a document that are there already, in the one that it came in."""
    inner = attachments.facts(db, record.within) if record.within else []
    here = set(documents.files_of(db, record.id))
    return [fact for fact in inner if fact.path in here]


def _own_path(db: sqlite3.Connection, path: Path, document: DocumentId) -> str | bytes:
    """Return the path, or one like it where another document is known to be."""
    for place in numbered(path):
        stored = stored_path(place)
        known = rows(db, "SELECT document FROM files WHERE path = ?", stored)
        if not known or known[0][0] == document:
            return stored
    raise AssertionError  # there are always more


def _usable(path: str, beside: Path) -> Path:
    """Return a path that another machine knew, or where a file of its name may come to lie.

    What is no place of this system, or somebody else's disk that would be asked for it,
    is not looked for.
    """
    given = Path(path)
    elsewhere = os.name == "nt" and given.drive.startswith("\\\\")
    if given.is_absolute() and not elsewhere and ".." not in given.parts:
        return given
    return beside / safe_name(path.replace("\\", "/").rpartition("/")[2])


def _talk(db: sqlite3.Connection, library: LibraryId, talks: Sequence[TalkRecord]) -> int:
    """Keep conversations that are not there yet, the one changed last above; return how many."""
    there = _Known(db, library)
    number = _next(db, "conversations")
    place = _next(db, "turns")
    kept = 0
    for talk in reversed(talks):
        if there.has(talk):
            continue
        id_ = ConversationId(number + kept)
        made = Conversation(
            id=id_,
            library=library,
            title=stored_text(talk.title),
            created=_moment(talk.created_us),
            changed=_moment(talk.changed_us),
            sampling=talk.sampling,
            scope=talk.scope,
        )
        turns = tuple(_turn(id_, TurnId(place + at), at, one) for at, one in enumerate(talk.turns))
        conversations.restore(db, Deleted(made, turns))
        place += len(turns)
        kept += 1
    return kept


class _Known:
    """The conversations of a library, to find out whether one is among them or goes on there."""

    def __init__(self, db: sqlite3.Connection, library: LibraryId) -> None:
        self._db = db
        self._moments: set[tuple[str, datetime]] = set()
        self._ids: dict[str, list[ConversationId]] = {}
        for one in conversations.listed(db, library):
            self._moments.add((one.title, one.created))
            self._ids.setdefault(one.title, []).append(one.id)

    def has(self, talk: TalkRecord) -> bool:
        """Whether it is: by when it was begun, or by what was said where nobody is to know."""
        title = stored_text(talk.title)
        if talk.created_us is not None:
            return (title, _moment(talk.created_us)) in self._moments
        said = [(stored_text(turn.question), stored_text(turn.answer)) for turn in talk.turns]
        return any(self._said(id_)[: len(said)] == said for id_ in self._ids.get(title, ()))

    def _said(self, conversation: ConversationId) -> list[tuple[str, str]]:
        turns = conversations.turns(self._db, conversation)
        return [(turn.question, turn.answer) for turn in turns]


def _moment(microseconds: int | None) -> datetime:
    """Return a moment, which is now where nobody is to know."""
    if microseconds is None:
        return datetime.now(UTC)
    return EPOCH + timedelta(microseconds=microseconds)


def _turn(talk: ConversationId, id_: TurnId, position: int, turn: TurnRecord) -> Turn:
    return Turn(
        id=id_,
        conversation=talk,
        position=position,
        created=_moment(turn.created_us),
        question=stored_text(turn.question),
        answer=stored_text(turn.answer),
        mode=turn.mode,
        stopped=turn.stopped,
        payload=stored_text(turn.payload),
    )


def _next(db: sqlite3.Connection, table: str) -> int:
    """Return an id that was never given."""
    found = rows(db, "SELECT seq + 1 FROM sqlite_sequence WHERE name = ?", table)
    return int(found[0][0]) if found else 1


def joined(parts: Iterable[tuple[Contents, Sequence[Brought]]]) -> tuple[Contents, list[Brought]]:
    """Put together what came in parts."""
    documents: list[DocumentRecord] = []
    talks: list[TalkRecord] = []
    brought: list[Brought] = []
    damaged: list[str] = []
    name = ""
    for contents, came in parts:
        name = contents.name
        documents += contents.documents
        talks += contents.talks
        damaged += contents.damaged
        brought += came
    return Contents(name, tuple(documents), tuple(talks), tuple(damaged)), brought
