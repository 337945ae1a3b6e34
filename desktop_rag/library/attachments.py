"""Documents that came in others: which lie in which, and that they go with them.

    add ──► files, members of the libraries of the parent ──► prune, when that has gone

What came with a document is a file in a folder of ours, and a document like any other.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from desktop_rag.domain.attachments import DEEPEST, MOST_BYTES, MOST_FILES, AttachmentRoom
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_path


def add(db: sqlite3.Connection, parent: DocumentId, paths: Iterable[Path]) -> None:
    """Say that these files came in a document, if that is known."""
    with transaction(db):
        db.executemany(
            "INSERT OR REPLACE INTO attachments SELECT ?, id FROM documents WHERE id = ?",
            [(stored_path(path), parent) for path in paths],
        )


def facts(db: sqlite3.Connection, parent: DocumentId) -> list[FileFact]:
    """Return the files that came in a document, as far as they are there."""
    found = rows(db, "SELECT path FROM attachments WHERE parent = ? ORDER BY rowid", parent)
    known: list[FileFact] = []
    for (stored,) in found:
        path = path_of(stored)
        with contextlib.suppress(OSError):
            seen = path.stat()
            known.append(FileFact(path, seen.st_size, seen.st_mtime_ns, seen.st_ino, seen.st_dev))
    return known


def room(db: sqlite3.Connection, document: DocumentId) -> AttachmentRoom | None:
    """Return how much may still come with a document; nothing where it lies too deep itself."""
    outermost, depth = document, 0
    while parent := _parent(db, outermost):
        outermost, depth = parent, depth + 1
        if depth >= DEEPEST:
            return None
    ((files, size),) = rows(db, _INSIDE, outermost)
    left = AttachmentRoom(MOST_FILES - files, MOST_BYTES - int(size))
    return left if min(left) > 0 else None


def prune(db: sqlite3.Connection) -> list[Row]:
    """Take out of each library what came in documents that it holds no more.

    Return the rows as `deletion.TakenOut` has them, with the library before each.
    """
    gone: list[Row] = []
    with transaction(db):
        if not rows(db, "SELECT 1 FROM attachments LIMIT 1"):
            return gone
        while left := rows(db, _LEFT_BEHIND):
            gone += left
            db.executemany(
                "DELETE FROM members WHERE library = ? AND path = ?", [row[:2] for row in left]
            )
        db.executemany(
            """
            DELETE FROM files
            WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM members WHERE path = ?1)
            """,
            [(row[1],) for row in gone],
        )
    return gone


def _parent(db: sqlite3.Connection, document: DocumentId) -> DocumentId | None:
    """Return the document that one came in, if it only came in another."""
    found = rows(
        db,
        """
        SELECT parent FROM files LEFT JOIN attachments ON attachments.path = files.path
        WHERE files.document = ? ORDER BY parent IS NOT NULL LIMIT 1
        """,
        document,
    )
    return DocumentId(found[0][0]) if found and found[0][0] else None


_INSIDE = """
    WITH RECURSIVE inside (path) AS (
        SELECT path FROM attachments WHERE parent = ?
        UNION
        SELECT attachments.path FROM inside
            JOIN files ON files.path = inside.path
            JOIN attachments ON attachments.parent = files.document
    )
    SELECT count(*), total(size) FROM inside JOIN files ON files.path = inside.path
"""
_LEFT_BEHIND = """
    SELECT members.library, files.path, size, mtime_ns, inode, document, error, members.added_at
    FROM attachments
        JOIN members ON members.path = attachments.path
        JOIN files ON files.path = attachments.path
    WHERE NOT EXISTS (
        SELECT 1 FROM files AS outer_files JOIN members AS held ON held.path = outer_files.path
        WHERE outer_files.document = attachments.parent AND held.library = members.library
    )
"""
