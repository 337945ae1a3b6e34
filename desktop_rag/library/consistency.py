"""What the store should hold, to be compared with what it does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentWithoutText, RecognitionDataMissing
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.db.path_values import path_of
from desktop_rag.library.db.stored_errors import error_of
from desktop_rag.library.libraries import LibraryId


def all_ids(db: sqlite3.Connection) -> list[DocumentId]:
    """Return every document."""
    return [DocumentId(document) for (document,) in rows(db, "SELECT id FROM documents")]


def finished(db: sqlite3.Connection) -> dict[DocumentId, int]:
    """Return the documents that are ready, and how many chunks each has."""
    found = rows(db, "SELECT id, chunks FROM documents WHERE state = 'ready'")
    return {DocumentId(document): chunks for document, chunks in found}


def unrecognized(db: sqlite3.Connection) -> dict[LibraryId, list[Path]]:
    """Return the files that hold pictures of text which were not recognized, by library."""
    found = rows(
        db,
        """
        SELECT members.library, members.path, documents.error
        FROM members
            JOIN files ON files.path = members.path
            JOIN documents ON documents.id = files.document
        WHERE documents.error IS NOT NULL AND documents.state IN ('waiting', 'ready')
        """,
    )
    wanted: dict[LibraryId, list[Path]] = {}
    for library, path, error in found:
        if isinstance(error_of(error), DocumentWithoutText | RecognitionDataMissing):
            wanted.setdefault(LibraryId(library), []).append(path_of(path))
    return wanted


def incomplete(db: sqlite3.Connection, library: LibraryId, among: Sequence[DocumentId] = ()) -> int:
    """Return how many documents of a library, or of some in it, lack text or vectors so far.

    One whose text is only recognized anew lacks nothing until then.
    """
    found = rows(
        db,
        """
        SELECT documents.id FROM documents
        WHERE state IN ('queued', 'reading', 'embedding') AND renewal IS NOT 'wanted' AND EXISTS (
            SELECT 1 FROM files JOIN members ON members.path = files.path
            WHERE files.document = documents.id AND members.library = ?
        )
        """,
        library,
    )
    wanted = set(among)
    return sum(1 for (document,) in found if not wanted or document in wanted)


def renew_recognized(db: sqlite3.Connection, wanted: Iterable[DocumentId]) -> None:
    """Have text recognized anew in those of these documents that are ready and have such text.

    They are found as they are until then, and `keep_recognized` leaves it at that.
    """
    with transaction(db):
        db.executemany(
            """
            UPDATE documents SET state = 'queued', renewal = 'wanted'
            WHERE id = ? AND state = 'ready' AND quality IS NOT NULL
            """,
            [(document,) for document in wanted],
        )


def bind_recognized(db: sqlite3.Connection, document: DocumentId) -> None:
    """Note that the text that was recognized anew is there, if it was wanted."""
    with transaction(db):
        db.execute(
            "UPDATE documents SET renewal = 'bound' WHERE id = ? AND renewal = 'wanted'",
            (document,),
        )


def keep_recognized(db: sqlite3.Connection, wanted: Iterable[DocumentId]) -> None:
    """Leave documents as they were whose text is not to be recognized again after all.

    One that has new text already, or lacks vectors, has to be indexed to its end.
    """
    with transaction(db):
        db.executemany(
            """
            UPDATE documents
            SET state = CASE state WHEN 'embedding' THEN 'queued' ELSE 'ready' END, renewal = NULL
            WHERE id = ? AND renewal = 'wanted'
            """,
            [(document,) for document in wanted],
        )


def read_again(db: sqlite3.Connection, lost: Iterable[DocumentId]) -> None:
    """Queue documents again of which only what was read is lost; they are found as they are."""
    with transaction(db):
        db.executemany(
            "UPDATE documents SET state = 'queued' WHERE id = ? AND state = 'ready'",
            [(document,) for document in lost],
        )


def stored_chunks(db: sqlite3.Connection) -> int:
    """Return how many chunks the index that serves has at the least.

    Documents that no library holds do not count: they may be on their way out of the store.
    """
    ((count,),) = rows(
        db,
        """
        SELECT total(chunks) FROM documents WHERE state = 'ready' AND EXISTS (
            SELECT 1 FROM files JOIN members ON members.path = files.path
            WHERE files.document = documents.id
        )
        """,
    )
    return int(count)


def undo(db: sqlite3.Connection, lost: Iterable[DocumentId]) -> None:
    """Queue documents again of which the store has less than was thought."""
    with transaction(db):
        db.executemany(
            "UPDATE documents SET state = 'queued', chunks = 0, error = NULL WHERE id = ?",
            [(document,) for document in lost],
        )
