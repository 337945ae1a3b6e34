"""Which index serves, which one is being built to take its place, and what that costs.

    want ──► building ── built, document by document ──► swap ──► retired ── forget_retired

An index is a table of chunks: an embedder, a size of chunks, and a version of how documents are
read and split. Until the swap, which is one transaction, the old one is searched and new documents
go into it first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import READING, Index
from desktop_rag.domain.models import Encoder
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.documents import paths_of
from desktop_rag.library.models import MARK, encoder_of, usable

_KNOWN_READING = 1  # of indexes that were made before there were others
_KNOWN_TOKENS = 110  # of the chunks that the first version cut, where nobody chose another size


class _Wanted(NamedTuple):
    """What an index is to be, as the database has it."""

    embedder: str
    chunk_tokens: int
    reading: int


_INSERT = "INSERT INTO indexes (embedder, chunk_tokens, reading, state)"


@dataclass(frozen=True, slots=True)
class Cost:
    """What has to be embedded anew for another index."""

    documents: int
    pages: int
    chunks: int = 0


def cost(db: sqlite3.Connection) -> Cost:
    """Return how much another index would have to hold."""
    ((documents, pages, chunks),) = rows(
        db,
        """
        SELECT count(*), total(pages), total(chunks) FROM documents
        WHERE state IN ('ready', 'embedding')
        """,
    )
    return Cost(documents, int(pages), int(chunks))


def serving(db: sqlite3.Connection) -> Index:
    """Return the index that is searched."""
    found = _index(db, "serving")
    assert found is not None  # noqa: S101 - the migration made it, and a swap is one transaction
    return found


def building(db: sqlite3.Connection) -> Index | None:
    """Return the index that is being built, if any."""
    return _index(db, "building")


def in_use(db: sqlite3.Connection) -> tuple[Index, ...]:
    """Return the index that serves, and the one that is being built, if any."""
    built = building(db)
    return (serving(db), built) if built else (serving(db),)


def want(
    db: sqlite3.Connection, encoder: Encoder | None, chunk_tokens: int, reading: int = READING
) -> Cost:
    """Have all documents in an index of this embedder and size, and return what is left to do.

    `None` is all-MiniLM-L6-v2. Documents are read again only for another
    `reading`. Where nothing was indexed yet, or can be searched by meaning any more, the new index
    serves at once. Where the embedder that serves is away and no other is wanted, its index stays
    as it is, whatever else is wanted of it: its words can still be searched.
    """
    wanted = _Wanted(_stored(encoder), chunk_tokens, reading)
    if _lost(db, encoder):
        return left(db)
    with transaction(db):
        if not _is(db, "serving", wanted) and not _searchable(db):
            _serve_at_once(db, wanted)
        if _is(db, "serving", wanted):
            _abandon(db)
        elif not _is(db, "building", wanted):
            _abandon(db)
            db.execute(f"{_INSERT} VALUES (?, ?, ?, 'building')", wanted)
    return left(db)


def agreed_reading(db: sqlite3.Connection) -> int:
    """Return the version of reading that nobody need be asked for.

    Documents that were read by an older one take a while, and are found as they are meanwhile.
    """
    if not _searchable(db):
        return READING
    return max(index.reading for index in in_use(db))


def _serve_at_once(db: sqlite3.Connection, wanted: _Wanted) -> None:
    _abandon(db)
    if _is(db, "serving", wanted._replace(reading=serving(db).reading)):  # it is empty
        db.execute("UPDATE indexes SET reading = ? WHERE state = 'serving'", (wanted.reading,))
        return
    db.execute("UPDATE indexes SET state = 'retired' WHERE state = 'serving'")
    db.execute(f"{_INSERT} VALUES (?, ?, ?, 'serving')", wanted)
    db.execute("UPDATE documents SET state = 'queued', chunks = 0, error = NULL WHERE chunks > 0")


def left(db: sqlite3.Connection) -> Cost:
    """Return what the index that is being built still lacks."""
    if building(db) is None:  # as nearly always, and it is asked twice a second
        return Cost(0, 0, 0)
    query = f"SELECT count(*), total(pages), total(chunks) {_LEFT}"
    ((documents, pages, chunks),) = rows(db, query)
    return Cost(documents, int(pages), int(chunks))


def unbuilt(db: sqlite3.Connection, limit: int) -> dict[DocumentId, Path]:
    """Return some documents that the index that is being built lacks, and where their files are."""
    found = rows(db, f"SELECT id {_LEFT} ORDER BY rowid LIMIT ?", limit)
    wanted = [DocumentId(document) for (document,) in found]
    return paths_of(db, wanted)


def note_built(db: sqlite3.Connection, document: DocumentId, chunks: int) -> None:
    """Say that a document is whole in the index that is being built."""
    with transaction(db):
        db.execute(
            "INSERT OR REPLACE INTO built SELECT id, ? FROM documents WHERE id = ?",
            (chunks, document),
        )


def swap(db: sqlite3.Connection) -> bool:
    """Let the index that was built serve; not done, and False, while a document lacks in it."""
    with transaction(db):
        if building(db) is None or left(db).documents:
            return False
        db.execute("UPDATE indexes SET state = 'retired' WHERE state = 'serving'")
        db.execute("UPDATE indexes SET state = 'serving' WHERE state = 'building'")
        db.execute(
            """
            UPDATE documents
            SET chunks = coalesce((SELECT built.chunks FROM built WHERE document = id), 0),
                state = iif(state = 'ready' AND id NOT IN (SELECT document FROM built),
                    'queued', state)  -- in no library just now, but may be taken back
            """
        )
        db.execute("DELETE FROM built")
    return True


def unswept(db: sqlite3.Connection) -> bool:
    """Whether tables may be left of indexes that were retired."""
    return bool(rows(db, "SELECT 1 FROM indexes WHERE state = 'retired' LIMIT 1"))


def forget_retired(db: sqlite3.Connection) -> None:
    """Forget the indexes whose tables are gone."""
    with transaction(db):
        db.execute("DELETE FROM indexes WHERE state = 'retired'")


def built(db: sqlite3.Connection) -> dict[DocumentId, int]:
    """Return which documents are whole in the index that is being built, and their chunks."""
    found = rows(db, "SELECT document, chunks FROM built")
    return {DocumentId(document): chunks for document, chunks in found}


def unbuild(db: sqlite3.Connection, wanted: Sequence[DocumentId]) -> None:
    """Have documents put again into the index that is being built."""
    with transaction(db):
        db.executemany("DELETE FROM built WHERE document = ?", [(one,) for one in wanted])


_LEFT = """
    FROM documents
    WHERE state = 'ready' AND NOT EXISTS (SELECT 1 FROM built WHERE document = documents.id)
        AND EXISTS (SELECT 1 FROM files WHERE files.document = documents.id)
"""


def _index(db: sqlite3.Connection, state: str) -> Index | None:
    query = "SELECT id, embedder, chunk_tokens, reading FROM indexes WHERE state = ?"
    found = rows(db, query, state)
    if not found:
        return None
    ((id_, embedder, chunk_tokens, reading),) = found
    name, _, weights = embedder.rpartition(MARK)
    encoder = encoder_of(db, name, weights) if embedder else None
    return Index(id_, encoder, chunk_tokens or _KNOWN_TOKENS, reading or _KNOWN_READING)


def _stored(encoder: Encoder | None) -> str:
    return f"{encoder.name}{MARK}{encoder.weights}" if encoder else ""


def _is(db: sqlite3.Connection, state: str, wanted: _Wanted) -> bool:
    found = rows(
        db,
        """
        SELECT 1 FROM indexes
        WHERE state = ? AND embedder = ? AND coalesce(chunk_tokens, ?) = ?
            AND coalesce(reading, ?) = ?
        """,
        *(state, wanted.embedder, _KNOWN_TOKENS, wanted.chunk_tokens),
        *(_KNOWN_READING, wanted.reading),
    )
    return bool(found)


def _searchable(db: sqlite3.Connection) -> bool:
    """Whether there is something in the index that serves, and its embedder is installed."""
    return usable(serving(db).encoder) and _filled(db)


def _lost(db: sqlite3.Connection, wanted: Encoder | None) -> bool:
    """Whether what is wanted is what serves, and cannot embed any more."""
    same = _stored(serving(db).encoder) == _stored(wanted)
    return same and not usable(wanted) and _filled(db)


def _filled(db: sqlite3.Connection) -> bool:
    return bool(rows(db, "SELECT 1 FROM documents WHERE chunks > 0 LIMIT 1"))


def _abandon(db: sqlite3.Connection) -> None:
    db.execute("UPDATE indexes SET state = 'retired' WHERE state = 'building'")
    db.execute("DELETE FROM built")
