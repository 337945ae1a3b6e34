"""Tells a process that stands still from one that works, or waits for something."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple


class Looks(NamedTuple):
    """How many seconds pass between two looks at a process, and how many find it as it was.

    They are counted, and no clock is asked: a machine that slept, or a parent that was stopped
    itself, has not looked meanwhile.
    """

    seconds: float = 5.0
    most: int = 4


def cpu_seconds(pid: int) -> float:
    """Return how long a process has computed, in seconds; 0 where it is not there any more."""
    import psutil  # only here; see `memory`

    with contextlib.suppress(psutil.Error):
        used = psutil.Process(pid).cpu_times()
        return float(used.user + used.system)
    return 0.0


@dataclass(slots=True)
class Standstill:
    """Counts the looks in a row that found a process as it was.

    What is stopped, or was swapped out, says nothing and computes nothing. Native code may keep a
    process from saying anything for long, but computes; who waits for a disk or for others can
    say that it lives.
    """

    pid: int
    computed: Callable[[int], float] = cpu_seconds
    _looks: int = 0
    _heard: tuple[int, int] = (0, 0)
    _computed: float = -1.0

    def look(self, job: int, heard: int) -> int:
        """Return how many looks have found nothing new of a job, of which so much was heard."""
        if (job, heard) != self._heard:
            self._heard, self._looks, self._computed = (job, heard), 0, -1.0
            return 0
        computed = self.computed(self.pid)
        self._looks = self._looks + 1 if computed == self._computed else 0
        self._computed = computed
        return self._looks
