"""No connections: what every process but the downloading one keeps to."""

from __future__ import annotations

import errno
import os
import socket
import sys

_SENDING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKING_UP = {
    "socket.getaddrinfo",
    "socket.gethostbyaddr",
    "socket.gethostbyname",
    "socket.getnameinfo",
}
_ABROAD = {socket.AF_INET, socket.AF_INET6}
_LOOPBACK = {"127.0.0.1", "::1"}
_ASKED = {  # of libraries, before they are imported: most read it once
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime, of the layout model, reports from native code
    "ORT_TELEMETRY_DISABLED": "1",  # the same, before it was renamed
}


def keep() -> None:
    """Let this process make no connection and look up no name, from now until it ends.

    Sockets of the system itself are left alone, and so is binding, which LanceDB does to
    see whether there is IPv6. Code that is not Python's is not held back by this, but asked.
    """
    os.environ.update(_ASKED)
    if not _kept:
        _kept.append(True)
        sys.addaudithook(_listen)


_kept: list[bool] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if event in _SENDING:
        where, address = arguments
        if isinstance(where, socket.SocketType) and where.family in _ABROAD and address:
            _refuse_unless_own(address)
    elif event in _LOOKING_UP:
        _refuse()


def _refuse_unless_own(address: object) -> None:
    """Refuse, but for the pair of sockets that asyncio has to make by itself on Windows."""
    host = address[0] if isinstance(address, tuple) else None
    if sys.platform != "win32" or host not in _LOOPBACK:
        _refuse()


def _refuse() -> None:
    raise PermissionError(errno.EACCES, "this process makes no connections")
