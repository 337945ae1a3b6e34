"""Folders that are watched: what comes, changes, moves and goes in them does so in a library.

A library watches no folder twice: one inside another that is watched already is
part of it, and one around others takes their place, with what they leave out.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_path, stored_text
from desktop_rag.library.libraries import LibraryId

Patterns = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """A folder, and what of it is left out, in the patterns of a .gitignore."""

    library: LibraryId
    path: Path
    patterns: Patterns = ()


def listed(db: sqlite3.Connection, library: LibraryId | None = None) -> list[Watch]:
    """Return the folders that a library watches, or all of them do, by path."""
    found = rows(
        db,
        "SELECT library, path, patterns FROM watches WHERE ?1 IS NULL OR library = ?1",
        library,
    )
    watches = [Watch(LibraryId(id_), path_of(path), _read(kept)) for id_, path, kept in found]
    return sorted(watches, key=lambda watch: (watch.library, watch.path))


def covering(db: sqlite3.Connection, library: LibraryId, path: Path) -> Watch | None:
    """Return what the library watches that a path is, or lies in."""
    return next((one for one in listed(db, library) if path.is_relative_to(one.path)), None)


def add(db: sqlite3.Connection, watch: Watch) -> Watch:
    """Watch a folder; return what is watched now, which may be a folder around it."""
    wanted = replace(watch, path=Path(os.path.abspath(watch.path)))  # noqa: PTH100 - links stay
    with transaction(db):
        around = covering(db, watch.library, wanted.path)
        if around is not None:
            return around
        inner = [one for one in listed(db, watch.library) if one.path.is_relative_to(wanted.path)]
        for one in inner:
            below = one.path.relative_to(wanted.path).as_posix()
            moved = tuple(_moved(pattern, below) for pattern in one.patterns)
            wanted = replace(wanted, patterns=_united(wanted.patterns, moved))
            remove(db, one)
        restore(db, wanted)
    return wanted


def restore(db: sqlite3.Connection, watch: Watch) -> None:
    """Watch a folder exactly like this, as before it was removed or changed."""
    with transaction(db):
        if not rows(db, "SELECT 1 FROM libraries WHERE id = ?", watch.library):
            return
        db.execute(
            """
            INSERT INTO watches (library, path, patterns, added_us) VALUES (?, ?, ?, ?)
            ON CONFLICT (library, path) DO UPDATE SET patterns = excluded.patterns
            """,
            (
                watch.library,
                stored_path(watch.path),
                json.dumps([stored_text(pattern) for pattern in watch.patterns]),
                time.time_ns() // 1000,
            ),
        )


def remove(db: sqlite3.Connection, watch: Watch) -> None:
    """Watch a folder no longer; its documents stay in the library."""
    with transaction(db):
        db.execute(
            "DELETE FROM watches WHERE library = ? AND path = ?",
            (watch.library, stored_path(watch.path)),
        )


def leave_out(db: sqlite3.Connection, library: LibraryId, paths: Iterable[Path]) -> list[Watch]:
    """Leave files out of the folders that are watched; return these as they were before.

    A file that was taken out of the library would come back at the next look otherwise.
    """
    changed: dict[Path, Watch] = {}
    with transaction(db):
        watches = {watch.path: watch for watch in listed(db, library)}
        left: dict[Path, list[str]] = {}
        for path in paths:
            for folder in path.parents:
                if folder in watches:
                    left.setdefault(folder, []).append(_exactly(path.relative_to(folder)))
                    break
        for folder, patterns in left.items():
            changed[folder] = watches[folder]
            united = _united(watches[folder].patterns, patterns)
            restore(db, replace(watches[folder], patterns=united))
    return list(changed.values())


def count(db: sqlite3.Connection, watch: Watch) -> int:
    """Return how many documents of the library lie in a folder."""
    inside = os.path.join(watch.path, "")  # noqa: PTH118 - with its separator
    after = inside[:-1] + chr(ord(inside[-1]) + 1)
    found = rows(
        db,
        """
        SELECT count(DISTINCT coalesce(files.document, files.path))
        FROM members JOIN files ON files.path = members.path
        WHERE members.library = ?1 AND (
            (members.path >= ?2 AND members.path < ?3) OR (members.path >= ?4 AND members.path < ?5)
        )
        """,
        watch.library,
        stored_text(inside),
        stored_text(after),
        os.fsencode(inside),
        os.fsencode(after),
    )
    return int(found[0][0])


def _read(kept: str) -> Patterns:
    try:
        patterns = json.loads(kept)
    except ValueError:
        return ()
    if not isinstance(patterns, list):
        return ()
    return tuple(one for one in patterns if isinstance(one, str))


def _united(patterns: Sequence[str], more: Sequence[str]) -> Patterns:
    return tuple(dict.fromkeys([*patterns, *more]))


def _exactly(below: Path) -> str:
    """Return a pattern that matches one path and no other."""
    plain = re.sub(r"([\\*?\[\] ])", r"\\\1", below.as_posix())
    return "/" + re.sub(r"([^\S ])", r"[\1]", plain)  # other white space is lost at the end


def _moved(pattern: str, below: str) -> str:
    """Return a pattern of a folder as one of a folder around it."""
    kept, plain = ("!", pattern[1:]) if pattern.startswith("!") else ("", pattern)
    anchored = "/" in plain.rstrip("/")
    prefix = _exactly(Path(below))
    return f"{kept}{prefix}/{plain.lstrip('/')}" if anchored else f"{kept}{prefix}/**/{plain}"
