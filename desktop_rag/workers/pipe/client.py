"""The window's end of the pipe, without Qt."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import queue
import signal
import threading
from collections.abc import Callable, Iterator
from ctypes import c_uint64
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from typing import Generic, TypeVar

from desktop_rag.domain.errors import WorkerDied
from desktop_rag.workers.pipe.protocol import Beat, Failed, Reply, Request, Step
from desktop_rag.workers.pipe.targets import Limited, Target
from desktop_rag.workers.pipe.watch import ProcessWatch

C = TypeVar("C")

_spawn = multiprocessing.get_context("spawn")
_GOODBYE = bytes(ForkingPickler.dumps(None))


@dataclass(slots=True, eq=False)
class _Life:
    """A process from its start to its end; `job` is the id of the one it does, 0 between jobs.

    `outbox` holds what is to be sent to it, pickled; None ends the sending.
    """

    process: SpawnProcess
    pipe: Connection
    mark: c_uint64
    watch: ProcessWatch
    outbox: queue.SimpleQueue[bytes | None] = field(default_factory=queue.SimpleQueue)
    job: int = 0
    stopping: bool = False
    over: bool = False


class Worker(Generic[C]):
    """A child process that does one job at a time, and the threads that hear it and talk to it.

    It handles the commands `C`. Another thread watches what it takes of memory: a job that wants
    too much of it ends in `MemoryExceeded`, and the process with it. So does a job whose process
    stands still, in `WorkerStoodStill`.

    Waiting jobs stay with the caller, where the user can see and reorder them.
    `on_reply` is called on the listening thread. Nobody who calls a method but
    `stop` ever waits for the process: a thread sends, since a pipe holds only so
    much and a process that has just been started does not read yet.
    """

    def __init__(self, name: str, target: Target[C], on_reply: Callable[[Reply], None]) -> None:
        self.name = name
        self._target = target
        self._on_reply = on_reply
        self._lock = threading.Lock()  # guards the next one, and the job of each life
        self._last_id = 0

    @property
    def alive(self) -> bool:
        """Whether there is a process that has not been told to end."""
        life: _Life | None = getattr(self, "_life", None)
        return life is not None and not life.stopping and life.process.is_alive()

    @property
    def busy(self) -> bool:
        """Whether a job is being done."""
        life: _Life | None = getattr(self, "_life", None)
        return life is not None and bool(life.job)

    @property
    def last_id(self) -> int:
        """The id of the newest job, 0 before the first."""
        return self._last_id

    def retarget(self, target: Target[C]) -> None:
        """Run something else in the next process that is started."""
        self._target = target

    def start(self) -> None:
        """Start the process, for the first time or again."""
        pipe, theirs = _spawn.Pipe()
        mark = _spawn.RawValue(c_uint64, 0)  # a lock would go before a late child asks
        process = _spawn.Process(
            target=self._target, args=(theirs, mark), name=self.name, daemon=True
        )
        with _interrupts_blocked():
            process.start()
        theirs.close()  # else the pipe would outlive the child and never report its death
        limit = self._target.gib if isinstance(self._target, Limited) else math.inf
        self._life = life = _Life(process, pipe, mark, ProcessWatch(process, limit))
        sender = threading.Thread(
            target=_send, args=(life,), name=f"{self.name}-requests", daemon=True
        )
        self._listener = threading.Thread(
            target=self._listen, args=(life, sender), name=f"{self.name}-replies", daemon=True
        )
        sender.start()
        self._listener.start()
        threading.Thread(target=life.watch.run, name=f"{self.name}-watch", daemon=True).start()

    def submit(self, command: C) -> int:
        """Start a job and return the id that its replies will carry.

        Raises `WorkerDied` where it is known that there is no process; one that dies
        before it has heard of the job fails it like any other.
        """
        life = self._life
        if not life.process.is_alive():
            raise WorkerDied(self.name, life.process.exitcode)
        with self._lock:
            if life.over or life.stopping:
                raise WorkerDied(self.name, life.process.exitcode)
            if life.job:
                raise RuntimeError(f"{self.name} is busy")
            self._last_id += 1
            data = bytes(ForkingPickler.dumps(Request(self._last_id, command)))
            life.job = self._last_id
            life.outbox.put(data)
            life.watch.begin(life.job, type(command).__name__)
            return life.job

    def cancel(self) -> None:
        """Ask the current job to stop at its next check."""
        self._life.mark.value = self._last_id

    def kill(self) -> None:
        """End the process at once; a job it had fails with `WorkerDied`."""
        self._life.process.kill()

    def stop(self, timeout: float = 2.0) -> None:
        """End the process: ask, then insist, then kill; return when it has ended.

        The window calls `stop_soon` instead: it never waits.
        """
        self.stop_soon(timeout)
        self._ending.join()

    def stop_soon(self, timeout: float = 2.0) -> None:
        """Ask the process to end and return; a thread insists, then kills."""
        life = self._life
        with self._lock:
            life.stopping = True
        self.cancel()
        life.outbox.put(_GOODBYE)
        self._ending = threading.Thread(
            target=_end,
            args=(life, self._listener, timeout),
            name=f"{self.name}-ending",
            daemon=True,
        )
        self._ending.start()

    def _listen(self, life: _Life, sender: threading.Thread) -> None:
        while True:
            try:
                reply: Reply | Beat = life.pipe.recv()
            except (EOFError, OSError):
                break
            life.watch.heard += 1
            if isinstance(reply, Beat):
                continue
            if not isinstance(reply, Step):
                with self._lock:
                    life.job = 0
                    life.watch.rest()
            self._on_reply(reply)
        life.process.join()
        with self._lock:
            life.over = True
            lost, life.job = 0 if life.stopping else life.job, 0
        life.watch.end()
        life.outbox.put(None)
        sender.join()
        if lost:
            self._on_reply(Failed(lost, life.watch.death(self.name)))


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Have a child start deaf to Ctrl+C, which may come before it can say so itself.

    It keeps the mask; we get ours back, and hear then what came meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _send(life: _Life) -> None:
    """Send what is in the outbox, however long the process takes to read it."""
    while (data := life.outbox.get()) is not None:
        try:
            life.pipe.send_bytes(data)
        except OSError:
            return  # it has died, which the listener hears


def _end(life: _Life, listener: threading.Thread, timeout: float) -> None:
    life.process.join(timeout)
    if life.process.is_alive():
        life.process.terminate()
        life.process.join(timeout)
    if life.process.is_alive():
        life.process.kill()
        life.process.join()
    listener.join()
    life.pipe.close()
