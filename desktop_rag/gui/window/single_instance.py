"""One window for each data directory: a second one raises the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop_rag.settings.paths import Paths

_PATIENCE_MS = 2_000  # for the first window to answer, in the second one, which shows nothing
_LONGEST = 1_000_000  # bytes of a message; whoever sends more is not us


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
        name = _name(paths)
        QLocalServer.removeServer(name)  # of a program that was killed; the owner's lock is ours
        self._server.listen(name)
        self._server.newConnection.connect(self._on_connection)

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(lambda: self._on_heard(socket))

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
    socket = QLocalSocket()
    socket.connectToServer(_name(paths))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps([str(file.absolute()) for file in files]).encode())
    socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return True


def _name(paths: Paths) -> str:
    folder = str(paths.home.resolve())
    return f"desktop-rag-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"
