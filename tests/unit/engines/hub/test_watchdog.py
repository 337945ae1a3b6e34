"""Connections on which too little comes."""

import socket
from collections.abc import Iterator

import pytest

from desktop_rag.engines.hub.watchdog import PROGRESS, Watchdog

FAILS_AFTER = 30  # seconds, which only a failure waits for


class Stream:
    """A connection, as httpcore tells of it."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire

    def get_extra_info(self, _what: str) -> socket.socket:
        return self._wire


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    near.settimeout(FAILS_AFTER)
    with near, far:
        yield near, far


def watching(near: socket.socket, seconds: float) -> Watchdog:
    watchdog = Watchdog(seconds)
    watchdog.trace("connection.connect_tcp.started", {"host": "hub"})
    watchdog.trace("connection.connect_tcp.complete", {"return_value": Stream(near)})
    return watchdog


def test_a_connection_on_which_too_little_comes_is_cut(ends) -> None:
    near, _far = ends
    watchdog = watching(near, 0.01)
    watchdog.begin()
    assert near.recv(1) == b""
    watchdog.close()


def test_what_comes_is_waited_for_anew_each_time_there_is_enough_of_it(ends) -> None:
    near, far = ends
    watchdog = watching(near, 3600)
    watchdog.begin()
    before = watchdog._due
    watchdog.came(PROGRESS - 1)
    assert watchdog._due == before
    watchdog.came(1)
    assert watchdog._due > before
    far.sendall(b"x")
    assert near.recv(1) == b"x"
    watchdog.close()


def test_a_connection_that_is_closed_already_hurts_nobody(ends) -> None:
    near, far = ends
    gone, _other = socket.socketpair()
    gone.close()
    _other.close()
    watchdog = watching(gone, 0.01)
    watchdog.trace("connection.start_tls.complete", {"return_value": Stream(near)})
    watchdog.begin()
    assert near.recv(1) == b""
    watchdog.close()
    assert far.fileno() > 0
