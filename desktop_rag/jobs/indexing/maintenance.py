"""What is to be done for the store when nobody waits for anything."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.library import consistency, documents, indexes

MOST_MENDED = 3  #: times until the program ends; what is damaged then is damaged by the disk
LINGERING_SECONDS = 60.0  #: for which the table of an index that serves no more is left alone


class Maintenance:
    """Remembers what is due: to compare, to build and to sweep.

    It is `patient` where somebody may be searching meanwhile; a command, which nobody waits for
    and which ends soon, compares and sweeps each time, and leaves nothing for later. Unless it
    `builds`, the index that was chosen waits for another program.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        *,
        patient: bool = True,
        builds: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = db
        self._patient = patient
        self._builds = builds
        self._clock = clock
        self._compared = False  # the store with the database, since the program started
        self._kept_up = True
        self._swept = True
        self._mends = False  # the store is to be made again, as somebody could not read it
        self._mended = 0
        self._retired: float | None = None  # when an index was whose table may still be there
        self._gave_up = False  # something could not be done, which is not tried by itself

    @property
    def due(self) -> bool:
        """Whether there is something to be done."""
        return not (self._kept_up and self._swept)

    @property
    def awaited(self) -> bool:
        """Whether there is something to be done later."""
        return self._patient and self._retired is not None

    @property
    def ripe(self) -> bool:
        """Whether later is now."""
        return self.awaited and not self._lingers

    def keep_up(self) -> None:
        """Have the store compared with the database, and the index built that was chosen."""
        if not self._lingers:
            self._retired = None
        building = self._builds and indexes.building(self._db) is not None
        unswept = indexes.unswept(self._db) and not self._lingers
        self._kept_up = self._compared and not building and not unswept

    def doubt(self, *, wholly: bool) -> None:
        """Have the store compared once more, and made again `wholly` if that is wished."""
        self._compared = self._kept_up = False
        self._mends = self._mends or wholly

    def may_mend(self) -> bool:
        """Whether the whole store is to be made again: each time counts, up to `MOST_MENDED`."""
        self._mended += 1
        return self._mended <= MOST_MENDED

    def broken_off(self, left: Upkeep) -> None:
        """Have done next time what a run had not come to, unless it gave up."""
        if left.reconciles and not self._gave_up:
            self._compared = False
            self._mends = self._mends or left.mends

    def retire(self) -> None:
        """Leave the table of the index that has just been replaced to who still searches in it."""
        self._retired = self._clock()

    @property
    def _lingers(self) -> bool:
        since = self._retired
        return since is not None and self._clock() - since < LINGERING_SECONDS

    def sweep(self) -> bool:
        """Have dropped what is in no library any more; return whether there is something.

        Nothing is where that could not be done, until something else is.
        """
        self._swept = self._gave_up or not documents.orphans(self._db)
        return not self._swept

    def begin(self) -> Upkeep:
        """Return what is to be done now."""
        self._gave_up = False
        mends, self._mends = self._mends, False
        if not self._patient:
            return Upkeep(reconciles=True, sweeps=True, mends=mends, builds=self._builds)
        compares = not self._compared and bool(consistency.all_ids(self._db))
        self._compared = True
        return Upkeep(
            compares,
            sweeps=not self._swept,
            lingers=True,
            retains=self._lingers,
            mends=mends,
            builds=self._builds,
        )

    def forget(self) -> None:
        """Leave the store alone until somebody asks again."""
        self._kept_up = True

    def done(self) -> None:
        """Note that all of it was done."""
        self._kept_up = self._swept = True

    def give_up(self) -> None:
        """Note that nothing of it can be done now, as where the disk is full."""
        self.done()
        self._gave_up = True

    def end(self) -> None:
        """Do nothing any more, not even later."""
        self.done()
        self._retired = None
