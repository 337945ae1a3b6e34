"""Watches a process that has a job, and ends it where it takes too much memory or stands still."""

from __future__ import annotations

import logging
import math
import threading
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from desktop_rag.domain.errors import MemoryExceeded, WorkerDied, WorkerStoodStill
from desktop_rag.workers.pipe import memory
from desktop_rag.workers.pipe.protocol import OUT_OF_MEMORY
from desktop_rag.workers.pipe.standstill import Looks, Standstill

logger = logging.getLogger(__name__)

LOOKS = Looks()  #: at each process
_GLANCE_SECONDS = 0.1  # between two looks at the memory of a process that has something to do


@dataclass(slots=True, eq=False)
class ProcessWatch:
    """The watch over a process from its start to its end, and why it ended it, if it did.

    The process may take `limit_gib` of memory, and no more than the machine has. `heard` counts
    what it said: who hears it counts.
    """

    process: BaseProcess
    limit_gib: float = math.inf
    heard: int = 0
    _job: int = 0
    _doing: str = ""
    _exceeded: bool = False
    _stood: bool = False
    _working: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def most_gib(self) -> float:
        """How much memory the process may take."""
        return min(self.limit_gib, memory.usable_gib())

    def begin(self, job: int, doing: str) -> None:
        """Look at the process, which has a job now: its id, and the name of its command."""
        self._job, self._doing = job, doing
        self._working.set()

    def rest(self) -> None:
        """Leave the process alone until it has another job."""
        self._working.clear()

    def end(self) -> None:
        """Watch no more: the process has ended."""
        self._ended.set()
        self._working.set()

    def run(self) -> None:
        """Watch until the process has ended, on whatever system and in whatever code.

        What it is given between two looks it may have: as much as a memory writes in that time.
        Now and then it is looked whether the process stands still.
        """
        pid, looks, glances = self.process.pid, LOOKS, 0
        if pid is None:
            return
        most, standstill = self.most_gib, Standstill(pid)
        while self._working.wait() and not self._ended.is_set():
            glances += 1
            self._exceeded = memory.held_gib(pid) > most
            if glances * _GLANCE_SECONDS >= looks.seconds:
                glances = 0
                self._stood = standstill.look(self._job, self.heard) >= looks.most
            if self._exceeded or self._stood:
                self.process.kill()
                return
            self._ended.wait(_GLANCE_SECONDS)

    def death(self, worker: str) -> WorkerDied:
        """Return what a job that was lost with the process of a worker fails with."""
        code = self.process.exitcode
        if self._stood:
            logger.warning("%s stood still doing %s, and was ended", worker, self._doing)
            return WorkerStoodStill(worker, code)
        if not self._exceeded and code != OUT_OF_MEMORY:
            return WorkerDied(worker, code)
        logger.warning("%s ran out of %.1f GiB doing %s", worker, self.most_gib, self._doing)
        return MemoryExceeded(worker, code, self.most_gib)
