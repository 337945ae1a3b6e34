"""Opening the database, and the two ways to use it: `rows` reads, `transaction` writes.

Whatever SQLite meets on the disk leaves here as one of our own errors:

    full                              DiskFull
    busy for more than five seconds   DataLocked
    damaged or gone, newer            DatabaseDamaged, DatabaseNewer
    closed to us                      DataUnreadable
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop_rag.domain.errors import (
    DatabaseDamaged,
    DatabaseNewer,
    DataLocked,
    DataUnreadable,
    DiskFull,
)
from desktop_rag.library.db import backups
from desktop_rag.library.db.migrations import MIGRATIONS
from desktop_rag.settings.paths import is_full

BUSY_SECONDS = 5.0
_AGAIN_SECONDS = 0.01
AT_ONCE = 500  # values in one query; SQLite allows 999 at the least

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
UNUSABLE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}

_FULL_TOO = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}  # of its files beside the database

Value = str | bytes | int | None
Row = tuple[Any, ...]


def open_database(path: Path, *, anew: bool = False) -> sqlite3.Connection:
    """Open the database for its owner; create it or bring it up to date first.

    Where there must have been one it is not created, but for who wants it `anew`.
    """
    if not anew and backups.lost(path):
        raise DatabaseDamaged(str(path), "the file is gone", _copy_of(path))
    with _reported(lambda: str(path)):
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(db, path)
        except BaseException:
            db.close()
            raise
    return db


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the database for a command that only looks; it refuses to write.

    A database that is missing or old is first made or brought up to date:
    looking into an empty one is no error.
    """
    db = open_database(path)
    db.execute("PRAGMA query_only = ON")
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all that is inside, or nothing; one inside another is part of it."""
    if db.in_transaction:
        yield
        return
    with _reported(lambda: _path_of(db)):
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.execute("COMMIT")
        except BaseException:
            db.rollback()  # which a full disk has made SQLite do already
            raise


def rows(db: sqlite3.Connection, query: str, *values: Value) -> list[Row]:
    """Return everything a query finds."""
    with _reported(lambda: _path_of(db)):
        return db.execute(query, values).fetchall()


def rows_among(db: sqlite3.Connection, query: str, values: Sequence[Value]) -> Iterator[Row]:
    """Return everything a query finds whose `IN (*)` stands for any number of values."""
    for start in range(0, len(values), AT_ONCE):
        part = values[start : start + AT_ONCE]
        yield from rows(db, query.replace("(*)", f"({','.join('?' * len(part))})"), *part)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    _log_ahead(db)
    db.execute("PRAGMA synchronous = NORMAL")
    newest = len(MIGRATIONS)
    if 0 < _version(db) < newest:
        backups.keep_version(db, path, _version(db))
    if _version(db) < newest:
        with transaction(db):
            for version in range(_version(db), newest):  # another process may have been first
                for statement in _statements(MIGRATIONS[version]):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {version + 1}")
    if _version(db) > newest:
        reason = f"version {_version(db)} is newer than {newest}"
        raise DatabaseNewer(str(path), reason, _copy_of(path))
    for (problem,) in rows(db, "PRAGMA quick_check(1)"):
        if problem != "ok":
            raise DatabaseDamaged(str(path), problem, _copy_of(path))
    db.execute("PRAGMA foreign_keys = ON")  # only now: migrations may rebuild tables


def _log_ahead(db: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; of several who do so at once, SQLite lets none wait."""
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in BUSY or time.monotonic() > patience:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _version(db: sqlite3.Connection) -> int:
    ((version,),) = rows(db, "PRAGMA user_version")
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit what it finds begun."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _copy_of(path: Path) -> str:
    return backups.made(backups.latest(path))


def _path_of(db: sqlite3.Connection) -> str:
    return str(db.execute("PRAGMA database_list").fetchone()[2])


@contextmanager
def _reported(place: Callable[[], str]) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # without its details
        if code == sqlite3.SQLITE_FULL or (code in _FULL_TOO and is_full(Path(place()).parent)):
            raise DiskFull(place()) from error
        if code in BUSY:
            raise DataLocked(place()) from error
        if code in DAMAGED:
            raise DatabaseDamaged(place(), str(error), _copy_of(Path(place()))) from error
        if code in UNUSABLE:
            raise DataUnreadable(place(), str(error)) from error
        raise
