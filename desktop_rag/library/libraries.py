"""Libraries: named sets of documents.

Names are the same whatever their case and their accents' encoding: "Tesis" is "TESIS".
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import NewType

from desktop_rag.domain.errors import LibraryUnknown
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.db.path_values import stored_text

LibraryId = NewType("LibraryId", int)


@dataclass(frozen=True, slots=True)
class LibrarySummary:
    """A library and what it holds; a file not yet looked into counts as a document."""

    id: LibraryId
    name: str
    documents: int
    ready: int
    waiting: int
    failed: int
    pages: int
    chunks: int


def ensure(db: sqlite3.Connection, name: str) -> LibraryId:
    """Return the library of that name, made now if there was none."""
    with transaction(db):
        known = _named(db, name)
        if known is not None:
            return known
        made = db.execute("INSERT INTO libraries (name) VALUES (?)", (_written(name),))
        return LibraryId(int(made.lastrowid or 0))


def find(db: sqlite3.Connection, name: str) -> LibraryId:
    """Return the library of that name."""
    known = _named(db, name)
    if known is None:
        names = [other for (other,) in rows(db, "SELECT name FROM libraries ORDER BY name")]
        raise LibraryUnknown(name, tuple(names))
    return known


def name_of(db: sqlite3.Connection, library: LibraryId) -> str:
    """Return what a library is called, "" where there is none."""
    return "".join(name for (name,) in rows(db, "SELECT name FROM libraries WHERE id = ?", library))


def summaries(db: sqlite3.Connection) -> list[LibrarySummary]:
    """Return all libraries by name."""
    found = rows(
        db,
        """
        SELECT libraries.id, libraries.name, count(entries.library),
            total(documents.state = 'ready'),
            total(documents.state = 'waiting'),
            total(iif(entries.document IS NULL,
                entries.error IS NOT NULL, documents.state = 'failed')),
            total(documents.pages), total(documents.chunks)
        FROM libraries
            LEFT JOIN entries ON entries.library = libraries.id
            LEFT JOIN documents ON documents.id = entries.document
        GROUP BY libraries.id ORDER BY libraries.name
        """,
    )
    return [
        LibrarySummary(LibraryId(id_), name, *(int(count) for count in counts))
        for id_, name, *counts in found
    ]


def rename(db: sqlite3.Connection, library: LibraryId, name: str) -> bool:
    """Give a library another name; not done, and False, where another one has it."""
    with transaction(db):
        if _named(db, name) not in {None, library}:
            return False
        db.execute("UPDATE libraries SET name = ? WHERE id = ?", (_written(name), library))
    return True


def free_name(db: sqlite3.Connection, name: str) -> str:
    """Return the name, or one like it where a library has it: "Tesis (2)"."""
    taken = {str(known).casefold() for (known,) in rows(db, "SELECT name FROM libraries")}
    free, number = _written(name), 2
    while free.casefold() in taken:
        free, number = f"{_written(name)} ({number})", number + 1
    return free


def remove(db: sqlite3.Connection, library: LibraryId) -> None:
    """Forget a library and the files that were only in it; `orphans` are left."""
    with transaction(db):
        db.execute("DELETE FROM libraries WHERE id = ?", (library,))
        db.execute("DELETE FROM files WHERE path NOT IN (SELECT path FROM members)")


def _named(db: sqlite3.Connection, name: str) -> LibraryId | None:
    wanted = _written(name).casefold()
    for id_, known in rows(db, "SELECT id, name FROM libraries"):
        if known.casefold() == wanted:
            return LibraryId(id_)
    return None


def _written(name: str) -> str:
    return unicodedata.normalize("NFC", stored_text(name)).strip()
