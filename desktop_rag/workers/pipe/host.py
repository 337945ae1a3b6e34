"""The child's side of the pipe."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from ctypes import c_uint64
from dataclasses import dataclass
from typing import Generic, Never, Self, TypeVar

from desktop_rag.domain.errors import DiskFull, RagError
from desktop_rag.domain.ports import Cancelled, CancelToken
from desktop_rag.settings.paths import tells_full
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.pipe.protocol import (
    OUT_OF_MEMORY,
    Beat,
    Failed,
    Finished,
    Pipe,
    Reply,
    Request,
    Step,
    Stopped,
)

logger = logging.getLogger(__name__)

C = TypeVar("C")
Handler = Callable[[C, CancelToken], Answer]

RARELY = (200_000, 20, 50)  #: looks for cycles, of which text has none, by `gc.set_threshold`
BEAT_SECONDS = 1.0  #: between two signs of life, of which the parent awaits one in some 20 s
_NICE = 10  # of 19: still served where a processor is free


@dataclass(frozen=True, slots=True)
class SharedCancel:
    """Cancelled once the parent raises the mark to our id.

    One growing number cannot cancel the wrong job, as an event reused
    between jobs can.
    """

    id: int
    mark: c_uint64

    def check(self) -> None:
        """Raise `Cancelled` if the parent has given up on this job."""
        if self.mark.value >= self.id:
            raise Cancelled


def give_way() -> None:
    """Let the window and answers go first where processors are short, and the system has it."""
    if hasattr(os, "nice"):
        os.nice(_NICE)


def prepared(make: Callable[[], Handler[C]]) -> Handler[C]:
    """Return the handler that `make` makes; an expected error in making it fails every job."""
    try:
        return make()
    except RagError as error:
        return functools.partial(_refuse, error)


def _refuse(error: RagError, _command: object, _cancel: CancelToken) -> Never:
    raise error


def serve(pipe: Pipe[C], mark: c_uint64, handle: Handler[C]) -> None:
    """Do one job after another until the parent says stop or goes away.

    Ctrl+C reaches every process of a terminal; what it means is the parent's to say.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with _Voice(pipe) as voice:
        while True:
            try:
                request = pipe.recv()
            except (EOFError, ConnectionResetError):  # the latter where it left replies unread
                return
            if request is None:
                return
            try:
                with voice.beating():
                    closing = _do(request, SharedCancel(request.id, mark), voice, handle)
                voice.say(closing)
            except (BrokenPipeError, ConnectionResetError):
                return  # the parent has gone; nobody hears us


class _Voice(Generic[C]):
    """Says on a pipe what comes of jobs and, from a thread of its own, that the process lives.

    The thread begins before any job has used up the memory, and sleeps between jobs.
    """

    def __init__(self, pipe: Pipe[C]) -> None:
        self._pipe = pipe
        self._saying = threading.Lock()
        self._working = threading.Event()
        self._over = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="heart", daemon=True)

    def say(self, reply: Reply | Beat) -> None:
        """Send a reply whole, whoever else sends one."""
        with self._saying:
            self._pipe.send(reply)

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Say now and then that the process lives."""
        self._working.set()
        try:
            yield
        finally:
            self._working.clear()

    def _beat(self) -> None:
        while self._working.wait() and not self._over.wait(BEAT_SECONDS):
            with contextlib.suppress(MemoryError):
                try:
                    self.say(Beat())
                except OSError:
                    return  # the parent has gone

    def __enter__(self) -> Self:
        self._heart.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._working.set()


def _do(request: Request[C], cancel: CancelToken, voice: _Voice[C], handle: Handler[C]) -> Reply:
    """Send every step of one job and return the reply that closes it."""
    try:
        for value in handle(request.command, cancel):
            voice.say(Step(request.id, value))
    except Cancelled:
        return Stopped(request.id)
    except RagError as error:
        return Failed(request.id, error)
    except (BrokenPipeError, ConnectionResetError):
        raise
    except MemoryError:  # what is left of this process is not to be relied on
        raise SystemExit(OUT_OF_MEMORY) from None
    except Exception as error:
        if tells_full(error):
            return Failed(request.id, DiskFull(str(getattr(error, "filename", None) or "")))
        logger.exception("job %d", request.id)
        return Failed(request.id, None, traceback.format_exc())
    return Finished(request.id)
