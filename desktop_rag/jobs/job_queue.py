"""Jobs for one worker, done one after the other, with what comes of each told to who asked."""

from __future__ import annotations

import math
import time
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar, cast

from desktop_rag.domain.errors import RagError, WorkerDied
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step, Stopped
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")
C_co = TypeVar("C_co", covariant=True)
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

_STOPPING_SECONDS = 2.0  # in which a job that was dropped has to end by itself
_STARTING_SECONDS = 10.0  # more, for a process that has said nothing yet


def _nothing(*_: object) -> None:
    """Do nothing with it."""


@dataclass(frozen=True, slots=True, eq=False)
class Job(Generic[C_co, R]):
    """A command, and whom to tell: each step, the end, or the error with its details.

    A job that is cancelled and breaks off has `stopped`. One that is dropped tells nothing more,
    but one that was being done when it has really `gone`. One that is `repeated` is asked again,
    once, should the process die of it. After so many `seconds` without a step or an end the
    process is killed, and the job fails with `WorkerDied`.
    """

    command: CommandOf[C_co, R]
    step: Callable[[R], None] = _nothing
    end: Callable[[], None] = _nothing
    failed: Callable[[RagError | None, str], None] = _nothing
    stopped: Callable[[], None] = _nothing
    gone: Callable[..., None] = _nothing
    repeated: bool = False
    seconds: float = math.inf


@dataclass(frozen=True, slots=True)
class Later(Generic[C_co, R_co]):
    """A command that depends on what was done before: it is made when it is its turn."""

    make: Callable[[], CommandOf[C_co, R_co]]

    def itself(self) -> C_co:
        """Make the command, and return it as one of those that a process handles."""
        return self.make().itself()

    def heard(self, step: object) -> R_co:
        """Return what came over the pipe as the step that it is."""
        return cast("R_co", step)


class JobWorker(Protocol[C]):
    """What does the jobs, one at a time; see `Worker`."""

    name: str

    @property
    def alive(self) -> bool:
        """Whether there is a process that has not been told to end."""
        ...

    def start(self) -> None:
        """Start the process, for the first time or again."""

    def submit(self, command: C) -> int:
        """Start a job and return the id that its replies will carry; raises `WorkerDied`."""
        ...

    def cancel(self) -> None:
        """Ask the current job to stop."""

    def kill(self) -> None:
        """End the process at once; its job fails with `WorkerDied`."""

    def stop_soon(self) -> None:
        """Have the process end, without a word about its job."""

    def retarget(self, target: Target[C]) -> None:
        """Run something else in the next process that is started."""


class JobRunner(Generic[C]):
    """The jobs of one worker, which is started when there is one and ends when there is none.

    The process handles the commands `C`.

    A process that does not end what was dropped, or takes longer than a job may, is killed;
    the next job has a new one. Whoever has a runner passes it the replies of the worker, and
    calls `tick` at `due`, in seconds by `clock`. `idle_seconds` after its last job the process
    ends; never, if they are infinite. A worker that is shared is `held` meanwhile.
    """

    def __init__(
        self,
        worker: JobWorker[C],
        *,
        idle_seconds: float = math.inf,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.due = math.inf
        self._worker = worker
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._waiting: deque[Job[C, Any]] = deque()
        self._now: Job[C, Any] | None = None
        self._held = False
        self._id = 0  # of the present job, by the worker's count
        self._fresh = True  # nothing has been heard of this process
        self._overdue = False  # it was killed for the present job, and serves no other
        self._renewed = False  # the process that there is does no other job
        self._tried: Job[C, Any] | None = None  # the last one that a process has died of

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self._now is not None

    @property
    def pending(self) -> bool:
        """Whether something is being done, or waits for it."""
        return self.busy or bool(self._waiting)

    def hold(self) -> None:
        """Begin with nothing until `release`; somebody else has the worker."""
        self._held = True

    def release(self) -> None:
        """Go on with what waits."""
        self._held = False
        self._next()

    def warm(self) -> None:
        """Start the process, so that the first job need not wait for it."""
        if self._overdue or not self._worker.alive:
            self._worker.start()
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
            gone = job.gone
            self._now = Job(job.command, end=gone, failed=gone, stopped=gone, gone=gone)
            self._worker.cancel()
            self._expect(_STOPPING_SECONDS)

    def cancel(self, job: Job[Any, Any]) -> None:
        """Do not do this, or have it break off, for certain and soon; it is told that it did."""
        if job in self._waiting:
            self._waiting.remove(job)
            job.stopped()
        elif job is self._now:
            self._now = replace(job, failed=_stopping(job), repeated=False, seconds=math.inf)
            self._worker.cancel()
            self._expect(_STOPPING_SECONDS)

    def retarget(self, target: Target[C]) -> None:
        """Drop all jobs, and run something else from the next one on."""
        self._waiting.clear()
        self.drop(self._now)
        self.succeed(target)

    def succeed(self, target: Target[C]) -> None:
        """Run something else from the next job on; the present one goes on as it is."""
        self._worker.retarget(target)
        self.renew()

    def renew(self) -> None:
        """Have a new process do the next job that is begun."""
        self._renewed = True

    def stop(self) -> None:
        """Forget all jobs, and end the process soon, without waiting."""
        self._waiting.clear()
        self._now = None  # a process that is told to end has nothing more to say
        self.due = math.inf
        if self._worker.alive:
            self._worker.stop_soon()

    def tick(self) -> None:
        """Kill the process if its job has taken too long; end it if nobody needs it any more."""
        if self._clock() < self.due:
            return
        self.due = math.inf
        if self._now:
            self._overdue = True
            self._worker.kill()
        elif self._worker.alive:
            self._worker.stop_soon()

    def take(self, reply: Reply) -> bool:
        """Tell what the worker says of the present job; return whether it was about that."""
        job = self._now
        if job is None or reply.id != self._id:
            return False
        self._fresh = False
        match reply:
            case Step(value=value):
                if job.seconds != math.inf and not self._overdue:
                    self._expect(job.seconds)
                job.step(job.command.heard(value))
                return True
            case Failed(error=WorkerDied()) if self._worth_another(job):
                self._tried = job
                self._waiting.appendleft(job)
                self._now = None
            case closing:
                self._now = None
                try:
                    _close(job, closing)
                finally:  # the others go on, whatever whoever was told makes of it
                    self._next()
                return True
        self._next()
        return True

    def _worth_another(self, job: Job[C, Any]) -> bool:
        return job.repeated and job is not self._tried and not self._overdue

    def _next(self) -> None:
        if self._now or self._held:
            return
        if not self._waiting:
            self.due = self._clock() + self._idle_seconds
            return
        if self._renewed and self._worker.alive:
            self._worker.stop_soon()  # which has nothing more to say
        self._renewed = False
        self._now = job = self._waiting.popleft()
        try:
            self._begin(job)
        except RagError as error:
            self._refuse(job, error, "")
            return
        except Exception:  # noqa: BLE001 - a bug is told like any other, and the others go on
            self._refuse(job, None, traceback.format_exc())
            return
        self._expect(job.seconds)

    def _refuse(self, job: Job[C, Any], error: RagError | None, details: str) -> None:
        self._now = None
        try:
            job.failed(error, details)
        finally:
            self._next()

    def _begin(self, job: Job[C, Any]) -> None:
        command = job.command.itself()
        try:
            self.warm()
            self._id = self._worker.submit(command)
        except (WorkerDied, OSError) as error:
            raise WorkerDied(self._worker.name, None) from error

    def _expect(self, seconds: float) -> None:
        """Give the present job so long to be over, or to be heard of."""
        starting = _STARTING_SECONDS if self._fresh else 0.0
        self.due = self._clock() + seconds + starting


def _stopping(job: Job[Any, Any]) -> Callable[[RagError | None, str], None]:
    """Return whom to tell that a job has failed which is to break off: it may die of that."""

    def failed(error: RagError | None, details: str) -> None:
        if isinstance(error, WorkerDied):
            job.stopped()
        else:
            job.failed(error, details)

    return failed


def _close(job: Job[Any, Any], closing: Finished | Stopped | Failed) -> None:
    match closing:
        case Finished():
            job.end()
        case Stopped():
            job.stopped()
        case Failed(error=error, details=details):
            job.failed(error, details)
