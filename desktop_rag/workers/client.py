"""The window's end of the pipe, without Qt."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import Synchronized

from desktop_rag.domain.errors import WorkerDied
from desktop_rag.workers.protocol import Failed, Reply, Request, Step

Target = Callable[[Connection, "Synchronized[int]"], None]

_spawn = multiprocessing.get_context("spawn")


@dataclass(slots=True, eq=False)
class _Life:
    """A process from its start to its end; `job` is the id of the one it does, 0 between jobs."""

    process: SpawnProcess
    pipe: Connection
    mark: Synchronized[int]
    job: int = 0
    stopping: bool = False


class Worker:
    """A child process that does one job at a time, and the thread that hears it.

    Waiting jobs stay with the caller, where the user can see and reorder them.
    `on_reply` is called on the listening thread.
    """

    def __init__(self, name: str, target: Target, on_reply: Callable[[Reply], None]) -> None:
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

    def start(self) -> None:
        """Start the process, for the first time or again."""
        pipe, theirs = _spawn.Pipe()
        mark = _spawn.Value("Q", 0)
        process = _spawn.Process(
            target=self._target, args=(theirs, mark), name=self.name, daemon=True
        )
        with _interrupts_blocked():
            process.start()
        theirs.close()  # else the pipe would outlive the child and never report its death
        self._life = life = _Life(process, pipe, mark)
        self._listener = threading.Thread(
            target=self._listen, args=(life,), name=f"{self.name}-replies", daemon=True
        )
        self._listener.start()

    def submit(self, command: object) -> int:
        """Start a job and return the id that its replies will carry."""
        life = self._life
        with self._lock:
            if life.job:
                raise RuntimeError(f"{self.name} is busy")
            self._last_id += 1
            life.job = self._last_id
            request = Request(self._last_id, command)
        try:
            life.pipe.send(request)
        except OSError:
            with self._lock:
                life.job = 0
            raise WorkerDied(self.name, life.process.exitcode) from None
        return request.id

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
        with contextlib.suppress(OSError):  # it may have ended already
            life.pipe.send(None)
        self._ending = threading.Thread(
            target=_end,
            args=(life, self._listener, timeout),
            name=f"{self.name}-ending",
            daemon=True,
        )
        self._ending.start()

    def _listen(self, life: _Life) -> None:
        while True:
            try:
                reply: Reply = life.pipe.recv()
            except (EOFError, OSError):
                break
            if not isinstance(reply, Step):
                with self._lock:
                    life.job = 0
            self._on_reply(reply)
        life.process.join()
        with self._lock:
            lost, life.job = 0 if life.stopping else life.job, 0
        if lost:
            self._on_reply(Failed(lost, WorkerDied(self.name, life.process.exitcode)))


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
