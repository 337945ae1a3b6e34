"""One window for each data directory: a second one raises the first.

They meet in a folder that is the user's alone, and each looks who the other is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_rag.gui.window.peers import is_ours
from desktop_rag.settings.paths import Paths

_PATIENCE_MS = 2_000  # for the first window to answer, in the second one, which shows nothing
_LONGEST = 1_000_000  # bytes of a message; whoever sends more is not us
_LONGEST_ADDRESS = 103  # bytes; Linux takes 107


class SingleInstance(QObject):
    """Hears from later starts of the program.

    Signals:
        raised: somebody started the program again, with these files (`list[Path]`).
    """

    raised = Signal(object)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        address = _address(paths)
        if address:
            QLocalServer.removeServer(address)  # of a program that was killed: the lock is ours
            self._server.listen(address)
        self._server.newConnection.connect(self._on_connection)

    @property
    def trouble(self) -> str:
        """Why later starts are not heard; empty where they are."""
        if self._server.isListening():
            return ""
        return self.tr(
            "Starting Desktop RAG again will not find this window: the place where it would "
            "listen is taken or closed."
        )

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            self._hear(self._server.nextPendingConnection())

    def _hear(self, socket: QLocalSocket) -> None:
        if is_ours(int(socket.socketDescriptor())):
            socket.disconnected.connect(lambda: self._on_heard(socket))
        else:
            socket.abort()
            socket.deleteLater()

    def _on_heard(self, socket: QLocalSocket) -> None:
        data = bytes(socket.read(_LONGEST).data())
        socket.deleteLater()
        try:
            names = json.loads(data)
        except (ValueError, RecursionError):
            return
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            self.raised.emit([Path(name) for name in names])


def raise_first(paths: Paths, files: Sequence[Path]) -> bool:
    """Have the window that is open already come to the front and take the files."""
    address, socket = _address(paths), QLocalSocket()
    if not address:
        return False
    socket.connectToServer(address)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    if not is_ours(int(socket.socketDescriptor())):
        socket.abort()  # it is told nothing, not even which files
        return False
    socket.write(json.dumps([str(file.absolute()) for file in files]).encode())
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def _address(paths: Paths) -> str:
    """Return where the windows of a data directory meet; empty where there is no such place."""
    folder = str(paths.home.resolve()).encode(errors="surrogateescape")
    name = f"desktop-rag-{hashlib.sha256(folder).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    for place in (_runtime_folder() or paths.runtime_folder, paths.runtime_folder):
        address = str(place / name)
        if _is_private(place) and len(os.fsencode(address)) <= _LONGEST_ADDRESS:
            return address
    return ""


def _runtime_folder() -> Path | None:
    """Return what the system has for sockets of this user; none where somebody else has it."""
    with warnings.catch_warnings(action="ignore"), contextlib.suppress(OSError):
        return platformdirs.user_runtime_path()
    return None


def _is_private(folder: Path) -> bool:
    """Whether a folder is the user's and nobody else's."""
    try:
        known = folder.lstat()
    except OSError:
        return False
    mine = stat.S_ISDIR(known.st_mode) and known.st_uid == os.geteuid()
    return mine and not known.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
