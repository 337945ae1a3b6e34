"""What is to be done for the store when nobody waits for anything."""

from __future__ import annotations

import sqlite3
import time

from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.library import consistency, documents, indexes

LINGERING_MS = 60_000  #: for which the table of an index that serves no more is left alone
_TIMER_SLACK_SECONDS = 5.0


class Maintenance:
    """Remembers what is due: to compare, to build and to sweep."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._compared = False  # the store with the database, since the program started
        self._kept_up = True
        self._swept = True
        self._retired = -float("inf")  # when an index was, by the monotonic clock

    @property
    def due(self) -> bool:
        """Whether there is something to be done."""
        return not (self._kept_up and self._swept)

    def keep_up(self) -> None:
        """Have the store compared with the database, and the index built that was chosen."""
        building = indexes.building(self._db) is not None
        unswept = indexes.unswept(self._db) and not self._lingers
        self._kept_up = self._compared and not building and not unswept

    def retire(self) -> None:
        """Leave the table of the index that has just been replaced to who still searches in it."""
        self._retired = time.monotonic()

    @property
    def _lingers(self) -> bool:
        since = time.monotonic() - self._retired
        return since < LINGERING_MS / 1_000 - _TIMER_SLACK_SECONDS

    def sweep(self) -> bool:
        """Have dropped what is in no library any more; return whether there is something."""
        self._swept = not documents.orphans(self._db)
        return not self._swept

    def begin(self) -> Upkeep:
        """Return what is to be done now."""
        compares = not self._compared and bool(consistency.all_ids(self._db))
        self._compared = True
        return Upkeep(compares, sweeps=not self._swept, lingers=True, retains=self._lingers)

    def forget(self) -> None:
        """Leave the store alone until somebody asks again."""
        self._kept_up = True

    def done(self) -> None:
        """Note that all of it was done."""
        self._kept_up = self._swept = True
