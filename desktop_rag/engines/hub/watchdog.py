"""Cuts connections on which too little comes for too long, which no timeout of one read notices."""

from __future__ import annotations

import math
import socket
import threading
import time
from contextlib import suppress
from typing import Any

PROGRESS = 1 << 16  #: bytes that have to come within the time given
_LOOKS = 8  # at the clock, in the time given


class Watchdog:
    """Watches over one request at a time, from another thread.

    A server that sends a byte now and then, or headers without an end, is never late for a single
    read; libcurl has its low speed limit for that.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.bit = False
        self._due = math.inf
        self._came = 0
        self._streams: list[Any] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._thread.start()

    def begin(self) -> None:
        """Expect something from now on; `bit` says whether it came too late."""
        self.bit = False
        self._came = 0
        self._due = time.monotonic() + self._seconds

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Hear from httpcore what it does, and keep the connections it makes."""
        made = info.get("return_value") if event.endswith(".complete") else None
        if hasattr(made, "get_extra_info"):
            self._streams.append(made)

    def came(self, count: int) -> None:
        """Note that so many bytes of an answer came."""
        self._came += count
        if self._came >= PROGRESS:
            self.begin()

    def rest(self) -> None:
        """Expect nothing for now."""
        self._due = math.inf

    def close(self) -> None:
        """Watch no longer."""
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._seconds / _LOOKS):
            if time.monotonic() > self._due:
                self.rest()
                self.bit = True
                for stream in list(self._streams):
                    _cut(stream)


def _cut(stream: Any) -> None:
    wire = stream.get_extra_info("socket")
    if wire is not None:
        with suppress(OSError):  # closed, or taken over by the encrypted one
            # not the method of an encrypted socket, which another thread reads from
            socket.socket.shutdown(wire, socket.SHUT_RDWR)
