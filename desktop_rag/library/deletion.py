"""Taking libraries and files away so that it can be taken back.

    delete_library → DeletedLibrary → restore_library
    take_out       → TakenOut       → put_back

A document that no library holds any more is one of the `orphans`: as long as
nobody forgets those, what comes back is ready at once. After that its file is
only looked into again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.library import attachments, conversations, libraries, tables
from desktop_rag.library.conversations import Deleted
from desktop_rag.library.db.database import Row, rows, rows_among, transaction
from desktop_rag.library.db.path_values import stored_path
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import DeletedTable


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Files that were taken out of a library: opaque, for `put_back`."""

    library: LibraryId
    files: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DeletedLibrary:
    """A library that was deleted, with its files, its conversations and its tables."""

    name: str
    created_at: int
    held: TakenOut
    conversations: tuple[Deleted, ...]
    tables: tuple[DeletedTable, ...] = ()


def delete_library(db: sqlite3.Connection, library: LibraryId) -> DeletedLibrary | None:
    """Forget a library and what it has; return what `restore_library` needs, if any."""
    with transaction(db):
        known = rows(db, "SELECT name, created_at FROM libraries WHERE id = ?", library)
        if not known:
            return None
        ((name, created_at),) = known
        talks = [
            conversations.delete(db, conversation.id)
            for conversation in conversations.listed(db, library)
        ]
        sheets = [tables.delete(db, table.id) for table in tables.listed(db, library)]
        held = rows(db, f"{_HELD} WHERE members.library = ? ORDER BY files.rowid", library)
        libraries.remove(db, library)
    gone = tuple(talk for talk in talks if talk is not None)
    kept = tuple(sheet for sheet in sheets if sheet is not None)
    return DeletedLibrary(name, created_at, TakenOut(library, tuple(held)), gone, kept)


def restore_library(db: sqlite3.Connection, deleted: DeletedLibrary) -> LibraryId:
    """Take the deletion of a library back.

    It has another number or another name now where a new library has taken its own.
    """
    with transaction(db):
        name = libraries.free_name(db, deleted.name)
        library = _free_number(db, deleted.held.library)
        made = db.execute(
            "INSERT INTO libraries (id, name, created_at) VALUES (?, ?, ?)",
            (library, name, deleted.created_at),
        )
        place = LibraryId(int(made.lastrowid or 0))
        put_back(db, TakenOut(place, deleted.held.files))
        for talk in reversed(deleted.conversations):
            conversations.restore(db, talk, place)
        for table in deleted.tables:
            tables.restore(db, table, place)
    return place


def take_out(db: sqlite3.Connection, library: LibraryId, paths: Iterable[Path]) -> TakenOut:
    """Take files out of a library, with what came in them, and others of the same content."""
    wanted = {stored_path(path) for path in paths}
    with transaction(db):
        contents = {
            document
            for (document,) in rows_among(
                db, "SELECT document FROM files WHERE path IN (*)", list(wanted)
            )
        }
        held = [
            row
            for row in rows(db, f"{_HELD} WHERE members.library = ?", library)
            if row[0] in wanted or (row[4] is not None and row[4] in contents)
        ]
        members = [(library, row[0]) for row in held]
        db.executemany("DELETE FROM members WHERE library = ? AND path = ?", members)
        held += [row[1:] for row in attachments.prune(db) if row[0] == library]
        db.execute("DELETE FROM files WHERE path NOT IN (SELECT path FROM members)")
    return TakenOut(library, tuple(held))


def put_back(db: sqlite3.Connection, taken: TakenOut) -> bool:
    """Put files back where they were; not done, and False, where the library has gone."""
    with transaction(db):
        if not rows(db, "SELECT 1 FROM libraries WHERE id = ?", taken.library):
            return False
        db.executemany(
            """
            INSERT OR IGNORE INTO files (path, size, mtime_ns, inode, document, error)
            VALUES (?, ?, ?, ?, (SELECT id FROM documents WHERE id = ?), ?)
            """,
            [row[:6] for row in taken.files],
        )
        db.executemany(
            "INSERT OR IGNORE INTO members (library, path, added_at) VALUES (?, ?, ?)",
            [(taken.library, row[0], row[6]) for row in taken.files],
        )
    return True


_HELD = """
    SELECT files.path, size, mtime_ns, inode, document, error, members.added_at
    FROM members JOIN files ON files.path = members.path
"""


def _free_number(db: sqlite3.Connection, library: LibraryId) -> LibraryId | None:
    return None if rows(db, "SELECT 1 FROM libraries WHERE id = ?", library) else library
