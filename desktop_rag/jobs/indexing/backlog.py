"""What is wanted of indexing: batches since nothing was wanted last, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable

from desktop_rag.jobs.indexing.order import IndexingOrder
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.tally import Tally
from desktop_rag.library.libraries import LibraryId


class Backlog:
    """Batches, all of which are found again after a pause, and the order they are done in.

    `emptied` says that it was emptied before all of it was done, and nobody was told so far.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.batches: list[Batch] = []
        self.order = IndexingOrder()
        self.tally = Tally()
        self.paused = False
        self.emptied = False
        self._clock = clock
        self._began = clock()

    @property
    def busy(self) -> bool:
        """Whether anything is wanted."""
        return bool(self.batches)

    @property
    def libraries(self) -> set[LibraryId]:
        """Into which libraries files are being taken, or wait for it."""
        return {batch.library for batch in self.batches}

    def seconds(self) -> float:
        """Return for how long it has been worked on."""
        return self._clock() - self._began if self.busy else 0.0

    def add(self, batch: Batch) -> None:
        """Want this after what is wanted already."""
        if not self.busy:
            self.tally = Tally()
            self._began = self._clock()
        self.batches.append(batch)
        self.order.heed(batch)

    def leave(self, library: LibraryId) -> bool:
        """Want nothing more in a library; return whether anything was."""
        left = [one for one in self.batches if one.library != library]
        if len(left) == len(self.batches):
            return False
        self.batches = left
        self.paused = self.paused and self.busy
        self.emptied = not self.busy
        return True

    def empty(self) -> None:
        """Want nothing any more."""
        self.batches = []
        self.paused = False
        self.emptied = True

    def settle(self) -> Tally:
        """Forget the order: nothing waits any more; return what came of all of it."""
        self.batches = []
        self.emptied = False
        self.order.clear()
        return self.tally
