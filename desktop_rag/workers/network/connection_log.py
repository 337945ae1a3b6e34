"""The log of connections: one JSON line when one is made, another when it has ended.

A connection whose end was never written stays in it as open: the process ended first.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock

from desktop_rag.settings.paths import Paths

MOST_BYTES = 2 << 20  # some ten thousand connections
_PATIENCE_SECONDS = 10.0
_ADDRESS_REST = re.compile(r"[?#].*", re.DOTALL)


class Purpose(StrEnum):
    """What a connection was made for."""

    SEARCH = "search"
    LISTING = "listing"
    HEADER = "header"
    DOWNLOAD = "download"
    LANGUAGE = "language"


class Outcome(StrEnum):
    """What became of a connection."""

    OPEN = "open"
    ANSWERED = "answered"
    STOPPED = "stopped"  #: by the person
    BROKEN = "broken"  #: or never made


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection: when and to whom it was made, what for, and the bytes that came of it.

    `subject` is the repository and file, or a language; empty for a search.
    """

    at: datetime
    host: str
    port: int
    purpose: Purpose
    subject: str
    bytes: int = 0
    outcome: Outcome = Outcome.OPEN


def append(paths: Paths, id_: str, connection: Connection) -> None:
    """Write one line; the last one with the same id tells how a connection ended."""
    file = paths.connections_file
    fact = {
        "id": id_,
        "at": connection.at.isoformat(timespec="milliseconds"),
        "host": connection.host,
        "port": connection.port,
        "purpose": connection.purpose,
        "subject": _ADDRESS_REST.sub("", connection.subject),
        "bytes": connection.bytes,
        "outcome": connection.outcome,
    }
    line = json.dumps(fact, ensure_ascii=False) + "\n"
    with _locked(file):
        opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(opened, "ab") as log:  # noqa: PTH123 - of a descriptor
            log.write(line.encode("utf-8", "replace"))


def shorten(paths: Paths) -> None:
    """Keep the newer half of a log that has grown too long."""
    file = paths.connections_file
    with contextlib.suppress(FileNotFoundError), _locked(file):
        if file.stat().st_size <= MOST_BYTES:
            return
        newer = file.read_bytes()[-MOST_BYTES // 2 :].partition(b"\n")[2]
        beside = file.with_suffix(".part")
        beside.unlink(missing_ok=True)
        opened = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "wb") as log:  # noqa: PTH123 - of a descriptor
            log.write(newer)
        beside.replace(file)


def read(paths: Paths, limit: int = 1000) -> list[Connection]:
    """Return the newest connections, newest first; lines that are none are passed over."""
    found: dict[str, Connection] = {}
    try:
        with paths.connections_file.open(encoding="utf-8", errors="replace") as log:
            for line in log:
                found.update(_read(line))
    except FileNotFoundError:
        return []
    newest = sorted(found.values(), key=lambda one: one.at, reverse=True)
    return newest[: max(limit, 0)]


def _read(line: str) -> Iterator[tuple[str, Connection]]:
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        fact: Mapping[str, Any] = json.loads(line)
        yield (
            str(fact["id"]),
            Connection(
                at=datetime.fromisoformat(fact["at"]).astimezone(UTC),
                host=str(fact["host"]),
                port=int(fact["port"]),
                purpose=Purpose(fact["purpose"]),
                subject=str(fact["subject"]),
                bytes=int(fact["bytes"]),
                outcome=Outcome(fact["outcome"]),
            ),
        )


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Write alone: two of our processes may be connected at the same time."""
    with FileLock(file.with_suffix(".lock"), timeout=_PATIENCE_SECONDS):
        yield
