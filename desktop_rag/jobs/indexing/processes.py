"""The processes that take files in, and what runs in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.commands.reading import ReadingCommand
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.targets import Target

C = TypeVar("C")

_RECOGNIZING = 4  # processes at most, each of which wants memory for itself


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """What runs in the processes; `indexing` is told whether it lets other programs go first."""

    reading: Target[ReadingCommand]
    indexing: Callable[[bool], Target[IndexingCommand]]


class WorkerFactory(Protocol):
    """What makes a worker, not yet started, by its name and of what runs in it."""

    def __call__(self, name: str, target: Target[C], /) -> Worker[C]:
        """Make one; whoever made it hears its replies."""
        ...


@dataclass(frozen=True, slots=True)
class IndexingProcesses:
    """The processes that take files in; of `recognizing` there may be several, or none.

    They post their replies to whoever calls `Coordinator.take`.
    """

    reading: Worker[ReadingCommand]
    indexing: Worker[IndexingCommand]
    recognizing: Sequence[Worker[ReadingCommand]] = ()

    @property
    def all(self) -> tuple[Worker[Any], ...]:
        """Every one of them."""
        return (self.reading, self.indexing, *self.recognizing)

    @property
    def busy(self) -> bool:
        """Whether any of them does something."""
        return any(worker.busy for worker in self.all)

    def cancel(self) -> None:
        """Ask all of them to break off."""
        for worker in self.all:
            if worker.busy:
                worker.cancel()

    def stop_soon(self) -> None:
        """Have all of them end, without waiting."""
        for worker in self.all:
            if worker.alive:
                worker.stop_soon()

    def stop(self) -> None:
        """End all of them, whatever they are doing; what is stored goes on next time."""
        for worker in self.all:
            if worker.alive:
                worker.stop()


def indexing_processes(
    pool: ProcessPool, made: WorkerFactory, *, gentle: bool
) -> IndexingProcesses:
    """Return the processes, none of them started; `made` makes each, by its name."""
    count = min(_RECOGNIZING, os.cpu_count() or 1)
    return IndexingProcesses(
        made("reading", pool.reading),
        made("indexing", pool.indexing(gentle)),
        [made(f"recognizing-{number}", pool.reading) for number in range(1, count + 1)],
    )
