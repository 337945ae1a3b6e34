"""Workers whose processes are threads: the same client, host and pipe, and everything is pickled.

What is started here cannot be killed and shares this process's memory. Tests of deaths, of hanging,
of signals, of rights and of what another process sees take processes.
"""

import os
import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_uint64
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.pipe import client, host
from desktop_rag.workers.pipe.targets import Target

MUPDF = threading.RLock()  #: which is not safe in threads: nothing is read while a test has it
_OVER = object()
_begun: list[threading.Thread] = []
_LONGEST = 20.0  # seconds, which only failures wait


class ThreadAsProcess:
    """What `multiprocessing.Process` is to a worker, as a thread with its own end of the pipe."""

    exitcode: int | None = None
    pid = None  # what one takes of memory, all take

    def __init__(
        self,
        target: Target,
        args: tuple[Connection, c_uint64],
        name: str,
        daemon: bool,
    ) -> None:
        self._target = pickle.loads(pickle.dumps(target))  # as a process gets it
        self._theirs, self._mark = args
        self._thread = threading.Thread(target=self._run, name=name, daemon=daemon)

    def start(self) -> None:
        """Begin, with a copy of the pipe's end: whoever starts a process closes his own."""
        self._pipe = Connection(os.dup(self._theirs.fileno()))
        _begun.append(self._thread)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._target(self._pipe, self._mark)
            self.exitcode = 0
        finally:
            self._pipe.close()

    def is_alive(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    def join(self, timeout: float | None = None) -> None:
        """Wait for its end."""
        self._thread.join(timeout)

    def terminate(self) -> None:
        """Say that a thread does not end by force."""
        raise AssertionError(f"{self._thread.name} has to end by itself, or to be a process")

    kill = terminate


@contextmanager
def instead() -> Iterator[None]:
    """Have threads run what is started as a process here."""
    own = client._spawn
    starting = SimpleNamespace(Pipe=own.Pipe, RawValue=own.RawValue, Process=ThreadAsProcess)
    deaf = SimpleNamespace(signal=lambda *_: None, SIGINT=None, SIG_IGN=None)  # of a process alone
    with pytest.MonkeyPatch.context() as for_now:
        for_now.setattr(client, "_spawn", starting)
        for_now.setattr(host, "signal", deaf)
        first = len(_begun)
        yield
        here = _begun[first:]
        del _begun[first:]
        for thread in here:  # what is left of one test would keep the next from MuPDF
            thread.join(_LONGEST)
            assert not thread.is_alive(), f"{thread.name} was not told to end"


def serve_reading(home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Read as the real process does, beside others that do."""
    from desktop_rag.workers.processes.reading import ReadingProcess

    host.serve(pipe, mark, one_at_a_time(ReadingProcess(Paths(home)).handle))


def serve_drawing(home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Draw as the real process does, beside others that do."""
    from desktop_rag.workers.processes.drawing import DrawingProcess

    host.serve(pipe, mark, one_at_a_time(DrawingProcess(Paths(home)).handle))


def one_at_a_time(
    handle: Callable[[object, CancelToken], Iterator[object]],
) -> Callable[[object, CancelToken], Iterator[object]]:
    """Return a handler whose steps are made while no other's are."""

    def locked(command: object, cancel: CancelToken) -> Iterator[object]:
        steps = iter(handle(command, cancel))
        while True:
            with MUPDF:
                step = next(steps, _OVER)
            if step is _OVER:
                return
            yield step

    return locked


def serve_printing(_home: Path, pipe: Connection, mark: c_uint64) -> None:
    """Make papers as the real process does, beside others that read and draw."""
    from desktop_rag.workers.processes import printing

    host.serve(pipe, mark, one_at_a_time(printing.handle))
