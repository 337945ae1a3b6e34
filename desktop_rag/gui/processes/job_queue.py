"""Jobs for one worker, done one after the other, with what comes of each told to who asked."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer

from desktop_rag.domain.errors import RagError, WorkerDied
from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.client import Target
from desktop_rag.workers.pipe.protocol import Failed, Finished, Step, Stopped

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)
R = TypeVar("R")

_IDLE_MS = 60_000  # after which a process that nobody needs ends
_STOPPING_SECONDS = 2.0  # in which a job that was dropped has to end by itself
_STARTING_SECONDS = 10.0  # more, for a process that has said nothing yet


def _nothing(*_: object) -> None:
    """Do nothing with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Job(Generic[C_co, R]):
    """A command, and whom to tell: each step, the end, or the error with its details.

    A job that is dropped tells nothing more, but one that was being done when it has really
    `gone`. One that is `repeated` is asked
    again, once, should the process die of it. After so many `seconds` without
    a step or an end the process is killed, and the job fails with `WorkerDied`.
    """

    command: CommandOf[C_co, R]
    step: Callable[[R], None] = _nothing
    end: Callable[[], None] = _nothing
    failed: Callable[[RagError | None, str], None] = _nothing
    gone: Callable[..., None] = _nothing
    repeated: bool = False
    seconds: float = math.inf


class JobQueue(QObject, Generic[C]):
    """The jobs of one worker, which is started when there is one and ends when there is none.

    The process handles the commands `C`.

    A process that does not end what was dropped, or takes longer than a job may, is killed;
    the next job has a new one.
    """

    def __init__(
        self,
        name: str,
        target: Target[C],
        parent: QObject | None = None,
        idle_ms: int | None = _IDLE_MS,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._bridge = QtWorker(name, target, self)
        self._bridge.replied.connect(self._on_replied, Qt.ConnectionType.QueuedConnection)
        self._waiting: deque[Job[C, Any]] = deque()
        self._now: Job[C, Any] | None = None
        self._id = 0  # of the present job, by the worker's count
        self._fresh = True  # nothing has been heard of this process
        self._overdue = False  # it was killed for the present job, and serves no other
        self._renewed = False  # the process that there is does no other job
        self._tried: Job[C, Any] | None = None  # the last one that a process has died of
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._on_overdue)
        self._idle = QTimer(self, singleShot=True, interval=idle_ms or 0)
        if idle_ms is not None:
            self._idle.timeout.connect(self._on_idle)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._now is not None

    def warm(self) -> None:
        """Start the process, so that the first job need not wait for it."""
        if self._overdue or not self._bridge.worker.alive:
            self._bridge.worker.start()
            self._fresh = True
            self._overdue = False

    def ask(self, job: Job[C, R]) -> Job[C, R]:
        """Do this after what waits already; return it, to be dropped perhaps."""
        self._waiting.append(job)
        self._next()
        return job

    def drop(self, job: Job[Any, Any] | None) -> None:
        """Do not do this, or stop doing it, for certain and soon; its end is not told."""
        if job is None:
            return
        if job in self._waiting:
            self._waiting.remove(job)
        elif job is self._now:
            self._now = Job(job.command, end=job.gone, failed=job.gone, gone=job.gone)
            self._bridge.worker.cancel()
            self._expect(_STOPPING_SECONDS)

    def retarget(self, target: Target[C]) -> None:
        """Drop all jobs, and run something else from the next one on."""
        self._waiting.clear()
        self.drop(self._now)
        self._bridge.worker.retarget(target)
        self.renew()

    def succeed(self, target: Target[C]) -> None:
        """Run something else from the next job on; the present one goes on as it is."""
        self._bridge.worker.retarget(target)
        self.renew()

    def renew(self) -> None:
        """Have a new process do the next job that is begun."""
        self._renewed = True

    def stop(self) -> None:
        """Forget all jobs, and end the process soon, without waiting."""
        self._waiting.clear()
        self._now = None  # a process that is told to end has nothing more to say
        self._idle.stop()
        self._limit.stop()
        if self._bridge.worker.alive:
            self._bridge.worker.stop_soon()

    def _next(self) -> None:
        if self._now:
            return
        self._limit.stop()
        self._idle.stop()
        if not self._waiting:
            self._idle.start()
            return
        if self._renewed and self._bridge.worker.alive:
            self._bridge.worker.stop_soon()  # which has nothing more to say
        self._renewed = False
        self._now = self._waiting.popleft()
        try:
            self.warm()
            self._id = self._bridge.worker.submit(self._now.command.itself())
        except (WorkerDied, OSError):
            job, self._now = self._now, None
            job.failed(WorkerDied(self._name, None), "")
            self._next()
            return
        self._expect(self._now.seconds)

    def _expect(self, seconds: float) -> None:
        """Give the present job so long to be over, or to be heard of."""
        if seconds == math.inf:
            self._limit.stop()
        else:
            starting = _STARTING_SECONDS if self._fresh else 0.0
            self._limit.start(round(1000 * (seconds + starting)))

    def _on_overdue(self) -> None:
        self._overdue = True
        self._bridge.worker.kill()

    def _on_replied(self, letter: Letter) -> None:
        job = self._now
        if job is None or letter.reply.id != self._id:
            return
        self._fresh = False
        match letter.reply:
            case Step(value=value):
                if job.seconds != math.inf and not self._overdue:
                    self._expect(job.seconds)
                job.step(job.command.heard(value))
                return
            case Failed(error=WorkerDied()) if self._worth_another(job):
                self._tried = job
                self._waiting.appendleft(job)
                self._now = None
            case Failed(error=error, details=details):
                self._now = None
                job.failed(error, details)
            case Finished() | Stopped():
                self._now = None
                job.end()
        self._next()

    def _worth_another(self, job: Job[C, Any]) -> bool:
        return job.repeated and job is not self._tried and not self._overdue

    def _on_idle(self) -> None:
        if not self._now and not self._waiting and self._bridge.worker.alive:
            self._bridge.worker.stop_soon()
