"""Who is at the other end of a socket of this machine."""

from __future__ import annotations

import os
import socket
import struct
import sys

_LOCAL_PEERCRED, _XUCRED_BYTES = 1, 76  # of macOS: sys/un.h, and struct xucred of sys/ucred.h


def is_ours(descriptor: int) -> bool:
    """Return whether the same user has the other end, as the system knows it.

    On Windows, the system lets nobody else open the pipe: `UserAccessOption` has it made with
    rights for its user alone.
    """
    if sys.platform == "win32":
        return True
    try:
        with socket.socket(fileno=os.dup(descriptor)) as end:
            return _user(end) == os.geteuid()
    except OSError:
        return False


def _user(end: socket.socket) -> int:
    if sys.platform == "darwin":
        known = end.getsockopt(0, _LOCAL_PEERCRED, _XUCRED_BYTES)
        _version, user = struct.unpack_from("=II", known)
    else:
        known = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        _process, user, _group = struct.unpack("3i", known)
    return int(user)
