"""Jobs for one worker, as Qt runs them: replies and the time come from its event loop."""

from __future__ import annotations

import math
import time
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_rag.domain.errors import StoreDamaged
from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.jobs.job_queue import Job, JobRunner
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.protocol import Failed
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")
R = TypeVar("R")

_IDLE_MS = 60_000  # after which a process that nobody needs ends


class JobQueue(QObject, Generic[C]):
    """A `JobRunner` with a worker of its own, and a timer that wakes it when something is due.

    The process handles the commands `C`.

    Signals:
        store_damaged: a job has failed with this `StoreDamaged`.
    """

    store_damaged = Signal(object)

    def __init__(
        self,
        name: str,
        target: Target[C],
        parent: QObject | None = None,
        idle_ms: int | None = _IDLE_MS,
    ) -> None:
        super().__init__(parent)
        self._bridge = QtWorker(name, target, self)
        self._bridge.replied.connect(self._on_replied, Qt.ConnectionType.QueuedConnection)
        idle_seconds = math.inf if idle_ms is None else idle_ms / 1000
        self._runner = JobRunner(self._bridge.worker, idle_seconds=idle_seconds)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_due)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._runner.busy

    def warm(self) -> None:
        """Start the process, so that the first job need not wait for it."""
        self._runner.warm()

    def ask(self, job: Job[C, R]) -> Job[C, R]:
        """Do this after what waits already; return it, to be dropped perhaps."""
        self._runner.ask(job)
        self._wait()
        return job

    def drop(self, job: Job[Any, Any] | None) -> None:
        """Do not do this, or stop doing it, for certain and soon; its end is not told."""
        self._runner.drop(job)
        self._wait()

    def retarget(self, target: Target[C]) -> None:
        """Drop all jobs, and run something else from the next one on."""
        self._runner.retarget(target)
        self._wait()

    def succeed(self, target: Target[C]) -> None:
        """Run something else from the next job on; the present one goes on as it is."""
        self._runner.succeed(target)

    def renew(self) -> None:
        """Have a new process do the next job that is begun."""
        self._runner.renew()

    def stop(self) -> None:
        """Forget all jobs, and end the process soon, without waiting."""
        self._runner.stop()
        self._wait()

    def _on_replied(self, letter: Letter) -> None:
        try:
            self._runner.take(letter.reply)
        finally:  # whoever is told may fail, which ends no waiting
            self._wait()
        if isinstance(letter.reply, Failed) and isinstance(letter.reply.error, StoreDamaged):
            self.store_damaged.emit(letter.reply.error)

    def _on_due(self) -> None:
        self._runner.tick()
        self._wait()

    def _wait(self) -> None:
        """Wake the runner when it wants to look at its process again."""
        if self._runner.due == math.inf:
            self._timer.stop()
        else:
            left = self._runner.due - time.monotonic()
            self._timer.start(max(0, math.ceil(1000 * left)))
