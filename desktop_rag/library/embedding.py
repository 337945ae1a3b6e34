"""Which embedder the documents were given to, and what another one costs."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from desktop_rag.domain.models import Encoder
from desktop_rag.library.database import rows, transaction


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


def embed_with(db: sqlite3.Connection, encoder: Encoder | None) -> int:
    """Have everything embedded by this one, and return how many documents wait for it now.

    `None` is the embedder that comes with the program. Nothing is read again: their text and
    boxes are kept. Nothing waits if it is the one that they were given to already.
    """
    embedder = encoder.name if encoder else ""
    with transaction(db):
        ((before,),) = rows(db, "SELECT embedder FROM embedded_with")
        if before == embedder:
            return 0
        db.execute("UPDATE embedded_with SET embedder = ?", (embedder,))
        return db.execute(
            "UPDATE documents SET state = 'embedding' WHERE state IN ('ready', 'embedding')"
        ).rowcount
