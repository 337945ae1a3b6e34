"""Sees each connection that this process makes at the moment it does, and writes it down."""

from __future__ import annotations

import contextlib
import socket
import sys
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from desktop_rag.settings.paths import Paths
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.network.connection_log import Connection, Outcome, Purpose

_ABROAD = {socket.AF_INET, socket.AF_INET6}


@dataclass(slots=True, eq=False)
class _Seen:
    """A connection, or so far a name that was looked up; `answers` came through it."""

    id: str
    fact: Connection
    descriptor: int = -1
    answers: list[Any] = field(default_factory=list)


class ConnectionRecorder:
    """Writes down every connection, before it is made, and again when a job is over.

    A connection that cannot be written down is not made: the error of the disk goes
    to whoever wanted to connect.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._seen: list[_Seen] = []
        self._purpose = Purpose.SEARCH
        self._subject = ""
        connection_log.shorten(paths)

    def watch(self) -> None:
        """Begin; there is no end but that of the process."""
        sys.addaudithook(self._listen)

    def begin(self, purpose: Purpose, subject: str) -> None:
        """Say what the next connections are for."""
        self._purpose, self._subject = purpose, subject

    def heard(self, answer: Any) -> None:
        """Remember which connection an answer of httpx comes through."""
        stream = answer.extensions.get("network_stream")
        wire = stream.get_extra_info("socket") if stream is not None else None
        number = wire.fileno() if wire is not None else -1
        for seen in reversed(self._seen):
            if number >= 0 and seen.descriptor == number:
                seen.answers.append(answer)
                return

    def end(self, *, stopped: bool = False) -> None:
        """Write down how the connections of this job ended."""
        ended, self._seen = self._seen, []
        for seen in ended:
            came = sum(answer.num_bytes_downloaded for answer in seen.answers)
            outcome = _outcome(seen, stopped=stopped)
            fact = replace(seen.fact, bytes=came, outcome=outcome)
            with contextlib.suppress(OSError):  # that it was made is written already
                connection_log.append(self._paths, seen.id, fact)

    def _listen(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.getaddrinfo":
            self._note(_text(arguments[0]), _number(arguments[1]))
        elif event == "socket.connect":
            wire, address = arguments
            if wire.family in _ABROAD:
                self._connect(wire.fileno(), _text(address[0]), int(address[1]))

    def _connect(self, descriptor: int, host: str, port: int) -> None:
        """Note a connection: to the name that was looked up for it just before, if one was."""
        last = self._seen[-1] if self._seen else None
        if last is None or last.fact.port != port:
            last = self._note(host, port)
        elif last.descriptor >= 0:  # the same name again, at another of its addresses, or anew
            last = self._note(last.fact.host, port)
        last.descriptor = descriptor

    def _note(self, host: str, port: int) -> _Seen:
        fact = Connection(datetime.now(UTC), host, port, self._purpose, self._subject)
        seen = _Seen(uuid.uuid4().hex, fact)
        connection_log.append(self._paths, seen.id, fact)
        self._seen.append(seen)
        return seen


def _outcome(seen: _Seen, *, stopped: bool) -> Outcome:
    if seen.answers and all(map(_whole, seen.answers)):
        return Outcome.ANSWERED
    return Outcome.STOPPED if stopped else Outcome.BROKEN


def _whole(answer: Any) -> bool:
    """Whether an answer came to its end, as far as it said where that is."""
    promised = answer.headers.get("Content-Length", "")
    asked = promised.isdecimal() and answer.request.method != "HEAD"  # which wants no bytes
    enough = not asked or int(promised) == answer.num_bytes_downloaded
    return bool(answer.is_stream_consumed) and enough


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")


def _number(port: object) -> int:
    return int(port) if isinstance(port, (int, str)) and str(port).isdigit() else 0
