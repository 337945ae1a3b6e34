"""What the indexing process is asked to do besides taking files in, one thing after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from desktop_rag.domain.errors import RagError
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Failed, Finished, Step

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class IndexTask(Generic[R]):
    """What makes a command once it is its turn, and whom to tell: each step, and how it ended."""

    command: Callable[[], CommandOf[IndexingCommand, R]]
    step: Callable[[R], None]
    ended: Callable[[], None]
    failed: Callable[[RagError | None, str], None]
    cancelled: Callable[[], None]


@dataclass(slots=True)
class IndexTasks:
    """Those that wait, and the one that is being done."""

    worker: Worker[IndexingCommand]
    _waiting: deque[IndexTask[Any]] = field(default_factory=deque)
    _now: IndexTask[Any] | None = None
    _id: int = 0

    @property
    def busy(self) -> bool:
        """Whether one is being done."""
        return self._now is not None

    def add(self, errand: IndexTask[Any]) -> None:
        """Let one wait until the process is free."""
        self._waiting.append(errand)

    def begin(self) -> bool:
        """Start the next one, if any waits; return whether one is being done now."""
        if self._now is None and self._waiting:
            if not self.worker.alive:
                self.worker.start()
            self._now = self._waiting.popleft()
            self._id = self.worker.submit(self._now.command().itself())
        return self.busy

    def cancel(self) -> None:
        """Ask the one that is being done to break off, and forget the others."""
        self._waiting.clear()
        if self.busy:
            self.worker.cancel()

    def heard(self, letter: Letter) -> bool:
        """Tell what is said of the present one; return whether that was its end."""
        now, reply = self._now, letter.reply
        if now is None or letter.sender != self.worker.name or reply.id != self._id:
            return False
        if isinstance(reply, Step):
            now.step(reply.value)
            return False
        self._now = None
        match reply:
            case Finished():
                now.ended()
            case Failed(error=error, details=details):
                now.failed(error, details)
            case _:
                now.cancelled()
        return True
