"""What has come of the files that were taken, and how fast it goes."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain.folders import PassedOver, altogether
from desktop_rag.jobs.indexing.events import (
    Event,
    FileGone,
    FilesPassedOver,
    Given,
    Indexed,
    Mended,
    Pace,
    Swapped,
    Unchanged,
    Waiting,
)

_WINDOW_SECONDS = 20.0  # over which the rate is taken
_COUNTED = {Indexed: "indexed", Unchanged: "unchanged", Waiting: "waiting", Given: "failed"}


@dataclass(slots=True)
class Tally:
    """What has come of the files of all batches since the queue was last empty."""

    indexed: int = 0
    unchanged: int = 0
    waiting: int = 0
    failed: int = 0
    _passed: dict[Path, PassedOver] = field(default_factory=dict, compare=False, repr=False)
    _came: dict[Path, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def done(self) -> int:
        """How many files nothing more will come of."""
        return self.indexed + self.unchanged + self.waiting + self.failed

    @property
    def passed(self) -> PassedOver:
        """The files of folders that somebody gave which are no documents."""
        return altogether(self._passed)

    def note(self, event: Event) -> None:
        """Count each file once, as what became of it; one that was done before a pause still is."""
        if isinstance(event, Pace | Swapped | Mended | FileGone):
            return
        if isinstance(event, FilesPassedOver):
            if not event.watched:
                self._passed[event.path] = event.passed
            return
        counted, before = _COUNTED[type(event)], self._came.get(event.path)
        if before is None or counted != "unchanged":
            if before:
                setattr(self, before, getattr(self, before) - 1)
            setattr(self, counted, getattr(self, counted) + 1)
            self._came[event.path] = counted


@dataclass(slots=True)
class Pulse:
    """How fast pages are read, lately."""

    _history: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, pages: int) -> None:
        """Note how many pages have been read so far."""
        self._history.append((time.monotonic(), pages))
        while self._history[-1][0] - self._history[0][0] > _WINDOW_SECONDS:
            self._history.popleft()

    def rate(self) -> float:
        """Return the pages read a second."""
        if len(self._history) < 2:  # noqa: PLR2004 - a rate lies between two looks
            return 0.0
        (start, before), (end, now) = self._history[0], self._history[-1]
        return (now - before) / max(end - start, 1e-3)
