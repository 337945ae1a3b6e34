"""Which embedder the documents were given to, and what another one costs."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop_rag.domain.models import Encoder
from desktop_rag.library.database import rows, transaction

_MARK = "@"  # between the name of an embedder and its weights, which may be others one day


@dataclass(frozen=True, slots=True)
class Cost:
    """What has to be embedded anew for another embedder."""

    documents: int
    pages: int


def cost(db: sqlite3.Connection) -> Cost:
    """Return how much was embedded so far."""
    ((documents, pages),) = rows(
        db, "SELECT count(*), total(pages) FROM documents WHERE state IN ('ready', 'embedding')"
    )
    return Cost(documents, int(pages))


def serving(db: sqlite3.Connection) -> str:
    """Return the name of the embedder that the documents were given to."""
    return _served(db).rpartition(_MARK)[0]


def _served(db: sqlite3.Connection) -> str:
    ((name,),) = rows(db, "SELECT embedder FROM embedded_with")
    return str(name)


def embed_with(db: sqlite3.Connection, encoder: Encoder | None) -> int:
    """Have everything embedded by this one, and return how many documents wait for it now.

    `None` is the embedder that comes with the program. Nothing is read again: their text and
    boxes are kept; but until its turn has come, a document is not found. Nothing waits if it is
    the embedder that they were given to already.
    """
    embedder = f"{encoder.name}{_MARK}{encoder.weights}" if encoder else ""
    with transaction(db):
        if _served(db) == embedder:
            return 0
        db.execute("UPDATE embedded_with SET embedder = ?", (embedder,))
        return db.execute(
            """
            UPDATE documents SET state = 'queued', generation = NULL, error = NULL
            WHERE state IN ('ready', 'embedding') OR generation IS NOT NULL
            """
        ).rowcount
