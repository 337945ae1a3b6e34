"""Where replies from workers become Qt signals."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Reply
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")


class QtWorker(QObject, Generic[C]):
    """A worker as Qt sees it.

    Replies arrive on the worker's listening thread, and emitting is all that
    thread does: Qt queues the signal to the thread the receiver lives in.

    Signals:
        replied: a `Letter` of the worker.
    """

    replied = Signal(object)

    def __init__(self, name: str, target: Target[C], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.worker = Worker(name, target, self._on_reply)

    def _on_reply(self, reply: Reply) -> None:
        try:
            self.replied.emit(Letter(self._name, reply))
        except RuntimeError:
            return  # the window has gone, and this with it; the process is ending
