"""Models that are to be got from the hub, in the order in which they will be."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import NewType

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.models import HubFile, ModelKind
from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import stored_text
from desktop_rag.library.db.stored_errors import error_of, fact_of

DownloadId = NewType("DownloadId", int)

_COLUMNS = "id, kind, name, repository, revision, licence, parts, state, error"


class DownloadIntent(StrEnum):
    """What is to be done with a download; the first that waits is the one under way."""

    WAITING = "waiting"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A model to be got: its files at one revision of a repository."""

    kind: ModelKind
    name: str
    repository: str
    revision: str
    parts: tuple[HubFile, ...]
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download(Wanted):
    """A model on its way; `error` is why it failed."""

    id: DownloadId
    state: DownloadIntent
    error: RagError | None = None

    @property
    def size(self) -> int:
        """All its files, in bytes."""
        return sum(part.size for part in self.parts)


def add(db: sqlite3.Connection, wanted: Wanted) -> Download:
    """Put a model last in the queue; one that is there already is wanted again."""
    with transaction(db):
        parts = json.dumps([asdict(part) for part in wanted.parts])
        for one in listing(db):
            if (one.repository, one.parts) == (wanted.repository, wanted.parts):
                set_state(db, one.id, DownloadIntent.WAITING)
                return find(db, one.id) or one
        texts = map(
            stored_text, (wanted.name, wanted.repository, wanted.revision, wanted.licence, parts)
        )
        made = db.execute(
            """
            INSERT INTO downloads
                (kind, name, repository, revision, licence, parts, state, rank, added_us)
            VALUES (?, ?, ?, ?, ?, ?, 'waiting',
                (SELECT coalesce(max(rank), 0) + 1 FROM downloads), ?)
            """,
            (str(wanted.kind), *texts, time.time_ns() // 1000),
        )
        (found,) = _among(db, "WHERE id = ?", int(made.lastrowid or 0))
        return found


def listing(db: sqlite3.Connection) -> list[Download]:
    """Return all in the order in which they will be got."""
    return _among(db, "")


def find(db: sqlite3.Connection, download: DownloadId) -> Download | None:
    """Return a download, unless it was taken out."""
    return next(iter(_among(db, "WHERE id = ?", download)), None)


def following(db: sqlite3.Connection) -> Download | None:
    """Return what is to be got next."""
    return next(iter(_among(db, "WHERE state = 'waiting'")), None)


def set_state(
    db: sqlite3.Connection,
    download: DownloadId,
    state: DownloadIntent,
    error: RagError | None = None,
) -> None:
    """Remember what is to be done with a download, and why it failed."""
    fact = fact_of(error) if error else None
    with transaction(db):
        db.execute(
            "UPDATE downloads SET state = ?, error = ? WHERE id = ?", (str(state), fact, download)
        )


def put_first(db: sqlite3.Connection, download: DownloadId) -> None:
    """Get this one before the others."""
    with transaction(db):
        db.execute(
            "UPDATE downloads SET rank = (SELECT min(rank) FROM downloads) - 1 WHERE id = ?",
            (download,),
        )


def remove(db: sqlite3.Connection, download: DownloadId) -> None:
    """Take a download out of the queue: it has come, or is not wanted any more."""
    with transaction(db):
        db.execute("DELETE FROM downloads WHERE id = ?", (download,))


def _among(db: sqlite3.Connection, where: str, *values: int) -> list[Download]:
    query = f"SELECT {_COLUMNS} FROM downloads {where} ORDER BY rank, id"  # noqa: S608
    return [_download(row) for row in rows(db, query, *values)]


def _download(row: Row) -> Download:
    id_, kind, name, repository, revision, licence, parts, state, error = row
    return Download(
        id=DownloadId(id_),
        kind=ModelKind(kind),
        name=name,
        repository=repository,
        revision=revision,
        licence=licence,
        parts=_parts(json.loads(parts)),
        state=DownloadIntent(state),
        error=error_of(error) if error else None,
    )


def _parts(kept: Sequence[dict[str, str | int]]) -> tuple[HubFile, ...]:
    return tuple(
        HubFile(
            str(one["name"]),
            int(one["size"]),
            str(one.get("sha256", "")),
            str(one.get("quantization", "")),
        )
        for one in kept
    )
