"""Calling workers from a program without an event loop: a terminal command, a test."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from desktop_rag.domain.errors import WorkerStoodStill
from desktop_rag.domain.ports import Cancelled
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step, Stopped
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")
R = TypeVar("R")


class Bug(Exception):
    """A worker met something nobody expected; `str()` is its traceback."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply, and the name of the worker it comes from."""

    sender: str
    reply: Reply


class Mailbox:
    """Where the replies of several workers arrive, in one order."""

    def __init__(self) -> None:
        self._letters: queue.SimpleQueue[Letter] = queue.SimpleQueue()

    def worker(self, name: str, target: Target[C]) -> Worker[C]:
        """Return a worker, not yet started, whose replies arrive here."""
        return Worker(name, target, lambda reply: self._letters.put(Letter(name, reply)))

    def take(self, seconds: float | None = None) -> Letter | None:
        """Wait for the next reply, or for so many seconds."""
        try:
            return self._letters.get(timeout=seconds)
        except queue.Empty:
            return None


class Calls(Generic[C]):
    """A worker whose jobs are waited for; started with the first one, and after it has died.

    It handles the commands `C`.
    """

    def __init__(self, name: str, target: Target[C]) -> None:
        self._box = Mailbox()
        self._worker = self._box.worker(name, target)
        self._started = False

    def start(self) -> None:
        """Start the process, so that the next job need not wait for it; anew if it has died."""
        if not self._worker.alive:
            self._worker.start()
            self._started = True

    def steps(self, command: CommandOf[C, R]) -> Iterator[R]:
        """Yield what comes of `command`.

        Raises the `RagError` it ends in, `Cancelled`, or `Bug`. Leaving the
        loop early cancels the job and waits for its end. A process that stands still before
        anything has come is ended, and another one does it.
        """
        self.start()
        told = False
        try:
            for value in self._steps(command):
                told = True
                yield value
        except WorkerStoodStill:
            if told:
                raise
            self._worker.start()
            yield from self._steps(command)

    def _steps(self, command: CommandOf[C, R]) -> Iterator[R]:
        self._worker.submit(command.itself())
        ended = False
        try:
            while True:
                letter = self._box.take()
                assert letter is not None  # noqa: S101 - only a limited wait gives nothing
                match letter.reply:
                    case Step(value=value):
                        yield command.heard(value)
                    case closing:
                        ended = True
                        _raise(closing)
                        return
        finally:
            if not ended:
                self._cancel()

    def value(self, command: CommandOf[C, R]) -> R:
        """Return the one step that comes of `command`; raises what `steps` does."""
        (value,) = self.steps(command)
        return value

    def _cancel(self) -> None:
        self._worker.cancel()
        while (letter := self._box.take(5.0)) and isinstance(letter.reply, Step):
            pass

    def stop(self) -> None:
        """End the process; the next job has a new one."""
        if self._started:
            self._worker.stop()
            self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def _raise(closing: Finished | Stopped | Failed) -> None:
    match closing:
        case Finished():
            return
        case Stopped():
            raise Cancelled
        case Failed(error=error, details=details):
            raise error or Bug(details)
