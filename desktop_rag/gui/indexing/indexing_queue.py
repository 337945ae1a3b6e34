"""Files on their way into libraries, as Qt sees them: the scheduler of indexing with an event loop.

What is wished goes to its `scheduler`; what happens comes as signals.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.jobs.indexing.events import (
    FileEvent,
    FilesPassedOver,
    Given,
    Mended,
    Pace,
    Swapped,
)
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.scheduler import (
    TICK_SECONDS,
    IndexingData,
    IndexingDone,
    IndexingScheduler,
    RunStarted,
    Told,
    Trouble,
)
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")


class IndexingQueue(QObject):
    """Passes replies and the time to the scheduler, and on what it tells.

    Signals:
        advanced: a `Pace`, twice a second while something is done.
        document_changed: the state of a file (`Path`) is another one now.
        refused: nothing can be had from a path (`Path`), and why (`RagError`).
        passed_over: files of a folder are no documents (`FilesPassedOver`).
        settled: the queue is empty; with a `Tally` of what came of it.
        swapped: another index serves from now on.
        mended: what is searched was damaged, and so many documents are put into it again.
        troubled: a `RagError` after which nothing can go on, or `None`, and details.
    """

    advanced = Signal(object)
    document_changed = Signal(object)
    refused = Signal(object, object)
    passed_over = Signal(object)
    settled = Signal(object)
    swapped = Signal()
    mended = Signal(int)
    troubled = Signal(object, str)

    def __init__(
        self, data: IndexingData, pool: ProcessPool, how: Indexing, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.scheduler = IndexingScheduler(data, pool, self._worker, how, self._on_told)
        self._beat = QTimer(self, interval=round(1000 * TICK_SECONDS))
        self._beat.timeout.connect(self._on_beat)

    def _worker(self, name: str, target: Target[C]) -> Worker[C]:
        bridge = QtWorker(name, target, self)
        bridge.replied.connect(self._on_replied, Qt.ConnectionType.QueuedConnection)
        return bridge.worker

    def _on_replied(self, letter: Letter) -> None:
        self.scheduler.take(letter)

    def _on_beat(self) -> None:
        self.scheduler.tick()
        if not self.scheduler.awake:
            self._beat.stop()

    def _on_told(self, told: Told) -> None:
        match told:
            case RunStarted():
                self._beat.start()
            case Pace():
                self.advanced.emit(told)
            case IndexingDone(tally=tally):
                self.settled.emit(tally)
            case FilesPassedOver():
                self.passed_over.emit(told)
            case Trouble(error=error, details=details):
                self.troubled.emit(error, details)
            case event:
                self._on_event(event)

    def _on_event(self, event: Swapped | Mended | FileEvent) -> None:
        match event:
            case Swapped():
                self.swapped.emit()
            case Mended(documents=count):
                self.mended.emit(count)
            case Given(path=path, error=error):
                self.refused.emit(path, error)
                self.document_changed.emit(path)
            case changed:
                self.document_changed.emit(changed.path)
