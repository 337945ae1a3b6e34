"""What the store should hold, to be compared with what it does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.database import rows, transaction


def all_ids(db: sqlite3.Connection) -> list[DocumentId]:
    """Return every document."""
    return [DocumentId(document) for (document,) in rows(db, "SELECT id FROM documents")]


def finished(db: sqlite3.Connection) -> dict[DocumentId, int]:
    """Return the documents that are ready, and how many chunks each has."""
    found = rows(db, "SELECT id, chunks FROM documents WHERE state = 'ready'")
    return {DocumentId(document): chunks for document, chunks in found}


def undo(db: sqlite3.Connection, lost: Iterable[DocumentId]) -> None:
    """Queue documents again of which the store has less than was thought."""
    with transaction(db):
        db.executemany(
            "UPDATE documents SET state = 'queued', chunks = 0, error = NULL WHERE id = ?",
            [(document,) for document in lost],
        )
