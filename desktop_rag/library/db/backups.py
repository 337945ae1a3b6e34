"""Copies of the SQLite file, and the way back to the last one that is whole.

backups/library-9.sqlite3           before a newer version changed the schema of version 9
backups/daily-2026-11-29.sqlite3    of the last days on which something was written
library.sqlite3.damaged-…           what was set aside; nothing ever deletes it
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from desktop_rag.domain.errors import RagError
from desktop_rag.library.db.migrations import MIGRATIONS
from desktop_rag.settings.paths import reported

_COPIES = 3  # of each kind
_AHEAD_SECONDS = 86_400  # by which no clock is put back that was right
_BESIDE = ("", "-wal", "-shm")  # files of one database, by what is added to its name
_DAILY, _BEFORE = "daily-*.sqlite3", "library-*.sqlite3"


def keep_daily(db: sqlite3.Connection, path: Path) -> None:
    """Keep the database as it is as the copy of today. Raises `DiskFull` or `DataUnreadable`."""
    _keep(db, path.parent / "backups" / f"daily-{datetime.now().astimezone():%Y-%m-%d}.sqlite3")


def keep_version(db: sqlite3.Connection, path: Path, version: int) -> None:
    """Keep the database as it is before it is brought up to date; raises as `keep_daily`."""
    _keep(db, path.parent / "backups" / f"library-{version}.sqlite3")


def latest(path: Path) -> Path | None:
    """Return the last copy of the database at `path` that this version can use."""
    return next(filter(_usable, reversed(_copies(path))), None)


def made(copy: Path | None) -> str:
    """Return when a copy was made, in local time as ISO 8601 has it; "" of none."""
    if copy is None:
        return ""
    moment = datetime.fromtimestamp(copy.stat().st_mtime).astimezone()
    return f"{moment:%Y-%m-%d %H:%M}"


def lost(path: Path) -> bool:
    """Whether there is no database where there must have been one."""
    with contextlib.suppress(OSError):
        if path.stat().st_size:
            return False
    read = any((path.parent / "pages").glob("*/*.zip"))
    return read or bool(_copies(path))


def go_back(path: Path) -> Path | None:
    """Put the last usable copy in the place of a damaged database, and return it.

    Where there is none there is no database then. What was there is set aside, and stays. Raises
    `DiskFull` or `DataUnreadable`.
    """
    copy = latest(path)
    with reported(path):
        unfinished = path.with_name(f"{path.name}.part")
        if copy:
            shutil.copyfile(copy, unfinished)
        _set_aside(path)
        if copy:
            unfinished.replace(path)
    return copy


def _set_aside(path: Path) -> None:
    stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}"
    for more in _BESIDE:
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + more).rename(
                path.with_name(f"{path.name}.damaged-{stamp}{more}")
            )


def _keep(db: sqlite3.Connection, copy: Path) -> None:
    folder, unfinished = copy.parent, copy.with_suffix(".part")
    with reported(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            db.backup(target)
        unfinished.replace(copy)
        for kind in (_DAILY, _BEFORE):
            kept = sorted(folder.glob(kind), key=_age)
            for old in kept[:-_COPIES]:
                old.unlink()


def _copies(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("*.sqlite3"), key=_age)


def _age(copy: Path) -> tuple[bool, float]:
    """Return what orders copies; one of a time to come was made while the clock was wrong."""
    moment = copy.stat().st_mtime
    return moment <= time.time() + _AHEAD_SECONDS, moment


def _usable(copy: Path) -> bool:
    """Whether a copy is whole, and no newer than this version."""
    with contextlib.suppress(sqlite3.Error), closing(_looked_into(copy)) as db:
        ((version,),) = db.execute("PRAGMA user_version").fetchall()
        sound = db.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        return sound and 0 < version <= len(MIGRATIONS)
    return False


def _looked_into(copy: Path) -> sqlite3.Connection:
    """Open a copy that nobody writes to, without a file beside it."""
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


@contextlib.contextmanager
def kept(db: sqlite3.Connection, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a database that is closed at the end, with a copy of what was written meanwhile."""
    with closing(db):
        before = db.total_changes
        yield db
        if db.total_changes != before or not _copies(path):
            with contextlib.suppress(RagError, sqlite3.Error):  # what was done is done all the same
                keep_daily(db, path)
