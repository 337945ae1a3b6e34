"""Files that move, change disks and go; what they hold is in `documents`."""

from __future__ import annotations

import os
import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.library import attachments
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.db.path_values import inode_of, path_of, stored_inode, stored_path
from desktop_rag.library.libraries import LibraryId


def under(db: sqlite3.Connection, library: LibraryId, places: Iterable[Path]) -> Iterator[FileFact]:
    """Yield what a library has at these paths or below them, each file once.

    The disks are those that the files were last on.
    """
    found = rows(
        db,
        """
        SELECT files.path, size, mtime_ns, inode, coalesce(device, 0)
        FROM files JOIN members ON members.path = files.path
        WHERE members.library = ?
        """,
        library,
    )
    facts = {os.fsencode(stored): values for stored, *values in found}
    known = sorted(facts)
    paths = (path for place in places for path in _at_or_below(known, os.fsencode(place)))
    for path in dict.fromkeys(paths):
        size, mtime_ns, inode, device = facts[os.fsencode(path)]
        yield FileFact(path, size, mtime_ns, inode_of(inode), inode_of(device))


def libraries(db: sqlite3.Connection, path: Path) -> list[LibraryId]:
    """Return the libraries that hold a file."""
    found = rows(db, "SELECT library FROM members WHERE path = ?", stored_path(path))
    return [LibraryId(library) for (library,) in found]


def see(db: sqlite3.Connection, facts: Iterable[FileFact]) -> None:
    """Note on which disks files are, whose numbers may be others than yesterday."""
    seen = [(stored_inode(fact.device), stored_path(fact.path)) for fact in facts if fact.device]
    with transaction(db):
        db.executemany("UPDATE files SET device = ?1 WHERE path = ?2 AND device IS NOT ?1", seen)


def move(db: sqlite3.Connection, moved: Sequence[tuple[Path, Path]]) -> None:
    """Follow files, or whole folders, to their new places; nothing is read again for it.

    Where another file is known at the new place already, that one is meant from now on.
    """
    if not moved:
        return
    with transaction(db):
        known = sorted(
            os.fsencode(path_of(stored)) for (stored,) in rows(db, "SELECT path FROM files")
        )
        for old, new in moved:
            for before in _at_or_below(known, os.fsencode(old)):
                _move(db, before, new / before.relative_to(old))


def settle(db: sqlite3.Connection, document: DocumentId, place: Path) -> None:
    """Have a file that was looked into take the place of those that were only told of.

    Those came with a library from another machine, and are not where that one had said.
    """
    told = rows(db, "SELECT path FROM files WHERE document = ? AND inode = 0", document)
    lost = [path for (stored,) in told if (path := path_of(stored)) != place]
    move(db, [(path, place) for path in lost if not os.path.lexists(path)])


def drop(db: sqlite3.Connection, library: LibraryId, paths: Iterable[Path]) -> None:
    """Take files out of a library that are gone; their documents may be orphans then."""
    stored = [stored_path(path) for path in paths]
    with transaction(db):
        db.executemany(
            "DELETE FROM members WHERE library = ? AND path = ?", [(library, one) for one in stored]
        )
        db.executemany(
            """
            DELETE FROM files
            WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM members WHERE path = ?1)
            """,
            [(one,) for one in stored],
        )
        attachments.prune(db)


def _at_or_below(known: Sequence[bytes], place: bytes) -> Iterator[Path]:
    """Yield those of the paths, which are in order, that are at a place or below it."""
    at = bisect_left(known, place)
    if known[at : at + 1] == [place]:
        yield Path(os.fsdecode(place))
    above = os.path.join(place, b"")  # noqa: PTH118 - names may be no Unicode
    at = bisect_left(known, above)
    while at < len(known) and known[at].startswith(above):
        yield Path(os.fsdecode(known[at]))
        at += 1


def _move(db: sqlite3.Connection, old: Path, new: Path) -> None:
    values = (stored_path(old), stored_path(new))
    db.execute(
        """
        INSERT INTO files (path, size, mtime_ns, inode, device, document, error)
        SELECT ?2, size, mtime_ns, inode, device, document, error FROM files WHERE path = ?1
        ON CONFLICT (path) DO UPDATE SET
            size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode,
            device = excluded.device, document = excluded.document, error = excluded.error
        """,
        values,
    )
    db.execute(
        """
        INSERT OR IGNORE INTO members (library, path, added_at)
        SELECT library, ?2, added_at FROM members WHERE path = ?1
        """,
        values,
    )
    db.execute("DELETE FROM members WHERE path = ?1", values[:1])
    db.execute("DELETE FROM files WHERE path = ?1", values[:1])
