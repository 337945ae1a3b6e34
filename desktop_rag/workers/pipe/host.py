"""The child's side of the pipe."""

from __future__ import annotations

import functools
import logging
import os
import signal
import traceback
from collections.abc import Callable
from ctypes import c_uint64
from dataclasses import dataclass
from typing import Never, TypeVar

from desktop_rag.domain.errors import DiskFull, RagError
from desktop_rag.domain.ports import Cancelled, CancelToken
from desktop_rag.settings.paths import tells_full
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.pipe.protocol import (
    OUT_OF_MEMORY,
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
    while True:
        try:
            request = pipe.recv()
        except (EOFError, ConnectionResetError):  # the latter where it left replies unread
            return
        if request is None:
            return
        try:
            pipe.send(_do(request, SharedCancel(request.id, mark), pipe, handle))
        except (BrokenPipeError, ConnectionResetError):
            return  # the parent has gone; nobody hears us


def _do(request: Request[C], cancel: CancelToken, pipe: Pipe[C], handle: Handler[C]) -> Reply:
    """Send every step of one job and return the reply that closes it."""
    try:
        for value in handle(request.command, cancel):
            pipe.send(Step(request.id, value))
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
