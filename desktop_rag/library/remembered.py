"""What is remembered from one start of the program to the next: no setting, and of no document."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from desktop_rag.domain.models import LocalModel, ModelSource
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.settings.embedders import ENGLISH

_MODEL = "model"
_RATE = "embedded_per_second"
_TOLD = "knows_of_embedders"
_CHECKED = "pages_checked"
_LOST = "database_lost"
_FIRST, _LAST = "queue_first", "queue_last"
_SPARED_SECONDS = 30 * 24 * 3600.0


def chosen_model(db: sqlite3.Connection) -> ModelSource | None:
    """Return the language model that was chosen to write answers, there or not."""
    found = _value(db, _MODEL)
    return LocalModel(Path(found)) if isinstance(found, str) and found else None


def choose_model(db: sqlite3.Connection, source: ModelSource | None) -> None:
    """Remember which language model writes answers, or that none does."""
    _keep(db, _MODEL, str(source.path) if source else None)


def embedding_rate(db: sqlite3.Connection, embedder: str = ENGLISH) -> float | None:
    """Return how many chunks a second this machine embeds with it, if that was measured."""
    found = _value(db, _rate_of(embedder))
    return float(found) if isinstance(found, int | float) else None


def keep_embedding_rate(
    db: sqlite3.Connection, chunks_per_second: float, embedder: str = ENGLISH
) -> None:
    """Remember how many chunks a second this machine embeds with an embedder of that name."""
    _keep(db, _rate_of(embedder), chunks_per_second)


def knows_of_embedders(db: sqlite3.Connection) -> bool:
    """Whether the person was told that there is a better embedder, and has answered."""
    return bool(_value(db, _TOLD))


def note_knows_of_embedders(db: sqlite3.Connection) -> None:
    """Remember that the person was told of the better embedder, and has answered."""
    _keep(db, _TOLD, True)


def pages_checked(db: sqlite3.Connection) -> float:
    """Return when all pages were last looked through, in seconds since 1970; 0 for never.

    A time to come is none: the clock was wrong, and what is written now would pass for older.
    """
    found = _value(db, _CHECKED)
    return float(found) if isinstance(found, int | float) and found <= time.time() else 0.0


def keep_pages_checked(db: sqlite3.Connection, moment: float) -> None:
    """Remember that all pages that were written before then were whole."""
    _keep(db, _CHECKED, moment)


def lost_lately(db: sqlite3.Connection) -> bool:
    """Whether the database began anew within a month: there is more on the disk than it knows."""
    found = _value(db, _LOST)
    return isinstance(found, int | float) and time.time() - found < _SPARED_SECONDS


def note_lost(db: sqlite3.Connection) -> None:
    """Remember that the database begins anew beside what is there of documents."""
    _keep(db, _LOST, time.time())


def queue_order(db: sqlite3.Connection) -> tuple[list[Path], list[Path]]:
    """Return the files of the queue that come first and those that come last, in their order."""
    return _paths(db, _FIRST), _paths(db, _LAST)


def keep_queue_order(
    db: sqlite3.Connection, first: Sequence[Path] = (), last: Sequence[Path] = ()
) -> None:
    """Remember which files of the queue come first and which come last; no others do."""
    with transaction(db):
        for name, paths in ((_FIRST, first), (_LAST, last)):
            _keep(db, name, [str(path) for path in paths] or None)


def _rate_of(embedder: str) -> str:
    """Name a rate; that of the only embedder there was once is as it was then."""
    return _RATE if embedder == ENGLISH else f"{_RATE}@{embedder}"


def _paths(db: sqlite3.Connection, name: str) -> list[Path]:
    found = _value(db, name)
    return [Path(path) for path in found] if isinstance(found, list) else []


def _value(db: sqlite3.Connection, name: str) -> object:
    found = rows(db, "SELECT value FROM remembered WHERE name = ?", name)
    return json.loads(found[0][0]) if found else None


def _keep(db: sqlite3.Connection, name: str, value: object) -> None:
    with transaction(db):
        if value is None:
            db.execute("DELETE FROM remembered WHERE name = ?", (name,))
        else:  # in ASCII, which bears paths that are no Unicode
            db.execute("REPLACE INTO remembered VALUES (?, ?)", (name, json.dumps(value)))
