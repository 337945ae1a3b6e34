"""The window's end of the pipe, without Qt."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

from desktop_rag.domain.errors import WorkerDied
from desktop_rag.workers.protocol import Failed, Reply, Request, Step

Target = Callable[[Connection, "Synchronized[int]"], None]

_spawn = multiprocessing.get_context("spawn")


class Worker:
    """A child process that does one job at a time, and the thread that hears it.

    Waiting jobs stay with the caller, where the user can see and reorder them.
    `on_reply` is called on the listening thread.
    """

    def __init__(self, name: str, target: Target, on_reply: Callable[[Reply], None]) -> None:
        self.name = name
        self._target = target
        self._on_reply = on_reply
        self._lock = threading.Lock()  # guards the three below
        self._last_id = 0
        self._busy = False
        self._stopping = False

    def start(self) -> None:
        """Start the process, for the first time or again."""
        self._stopping = False
        self._pipe, theirs = _spawn.Pipe()
        self._mark = _spawn.Value("Q", 0)
        self._process = _spawn.Process(
            target=self._target, args=(theirs, self._mark), name=self.name, daemon=True
        )
        self._process.start()
        theirs.close()  # else the pipe would outlive the child and never report its death
        self._listener = threading.Thread(
            target=self._listen, name=f"{self.name}-replies", daemon=True
        )
        self._listener.start()

    def submit(self, command: object) -> int:
        """Start a job and return the id that its replies will carry."""
        with self._lock:
            if self._busy:
                raise RuntimeError(f"{self.name} is busy")
            self._busy = True
            self._last_id += 1
            request = Request(self._last_id, command)
        try:
            self._pipe.send(request)
        except OSError:
            with self._lock:
                self._busy = False
            raise WorkerDied(self.name, self._process.exitcode) from None
        return request.id

    def cancel(self) -> None:
        """Ask the current job to stop at its next check."""
        self._mark.value = self._last_id

    def kill(self) -> None:
        """End the process at once; a job it had fails with `WorkerDied`."""
        self._process.kill()

    def stop(self, timeout: float = 2.0) -> None:
        """End the process: ask, then insist, then kill; return when it has ended.

        The window calls `stop_soon` instead: it never waits.
        """
        self.stop_soon(timeout)
        self._ending.join()

    def stop_soon(self, timeout: float = 2.0) -> None:
        """Ask the process to end and return; a thread insists, then kills."""
        with self._lock:
            self._stopping = True
        self.cancel()
        with contextlib.suppress(OSError):  # it may have ended already
            self._pipe.send(None)
        self._ending = threading.Thread(
            target=self._end, args=(timeout,), name=f"{self.name}-ending", daemon=True
        )
        self._ending.start()

    def _end(self, timeout: float) -> None:
        self._process.join(timeout)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join(timeout)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._listener.join()
        self._pipe.close()

    def _listen(self) -> None:
        while True:
            try:
                reply: Reply = self._pipe.recv()
            except (EOFError, OSError):
                break
            if not isinstance(reply, Step):
                with self._lock:
                    self._busy = False
            self._on_reply(reply)
        self._process.join()
        with self._lock:
            lost, self._busy = self._busy and not self._stopping, False
        if lost:
            self._on_reply(Failed(self._last_id, WorkerDied(self.name, self._process.exitcode)))
