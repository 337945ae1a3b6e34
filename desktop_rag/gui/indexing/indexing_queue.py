"""Files on their way into libraries: one queue, to be paused, reordered and cancelled.

Batches are found one after the other, as soon as the reader is free; what they hold
waits in one queue. A pause ends the work on it: it is found again afterwards, and
goes on in the order that was chosen. When nobody wants anything, the store is kept up:
compared with the database once, and put into another index where that was chosen.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import PasswordWrong, RagError
from desktop_rag.domain.ports import Cancelled
from desktop_rag.gui.indexing.process_pool import ProcessPool, crew_of
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.events import Event, Given, Pace, Swapped, Waiting
from desktop_rag.jobs.indexing.index_tasks import IndexTask, IndexTasks
from desktop_rag.jobs.indexing.maintenance import LINGERING_MS, Maintenance
from desktop_rag.jobs.indexing.order import IndexingOrder
from desktop_rag.jobs.indexing.power_policy import PowerPolicy
from desktop_rag.jobs.indexing.queue import Batch, Queue, QueuedFile
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.jobs.indexing.tally import Pulse, Tally
from desktop_rag.library import documents, files, indexes
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.pipe.calls import Bug, Letter

__all__ = ["Batch", "IndexingQueue", "ProcessPool", "Tally"]

_BEAT_MS = 500  # between two looks at a page that takes long
_IDLE_SECONDS = 60.0  # after which processes that nobody needs end


class IndexingQueue(QObject):
    """Takes batches into libraries with the reading, recognizing and indexing processes.

    Signals:
        advanced: a `Pace`, twice a second while something is done.
        document_changed: the state of a file (`Path`) is another one now.
        refused: nothing can be had from a path (`Path`), and why (`RagError`).
        settled: the queue is empty; with a `Tally` of what came of it.
        swapped: another index serves from now on.
        troubled: a `RagError` after which nothing can go on, or `None`, and details.
    """

    advanced = Signal(object)
    document_changed = Signal(object)
    refused = Signal(object, object)
    settled = Signal(object)
    swapped = Signal()
    troubled = Signal(object, str)

    def __init__(
        self,
        db: sqlite3.Connection,
        paths: Paths,
        hands: ProcessPool,
        how: Indexing,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.passwords = Passwords()
        self._db = db
        self._paths = paths
        self._hands = hands
        self._effort = PowerPolicy(how)
        self._crew = crew_of(hands, gentle=how.gentle, hears=self._on_replied, parent=self)
        self.errands = IndexTasks(self._crew.indexing)
        self._interrupted = False  # the queue, by an errand
        self._batches: list[Batch] = []  # all since the queue was last empty
        self.wishes = IndexingOrder()
        self._intake: Coordinator | None = None
        self._chores = Maintenance(db)
        self._old: dict[str, int] = {}  # the last job of each process before what is done now
        self._halting = False
        self._paused = False
        self._pace = Pace(0, 0, 0, "")  # the last one, which stands while the queue does
        self.tally = Tally()
        self._began = time.monotonic()
        self._pulse = Pulse()
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._last_work = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether files are being taken, or wait for it."""
        return bool(self._batches)

    @property
    def paused(self) -> bool:
        """Whether the queue stands still until `resume`."""
        return self._paused

    @property
    def resting(self) -> bool:
        """Whether the queue stands still until there is mains power."""
        return self._effort.resting

    def take(self, batch: Batch) -> None:
        """Take files into a library after those that wait already."""
        if not self.busy:
            self.tally = Tally()
            self._began = time.monotonic()
        self._batches.append(batch)
        self.wishes.heed(batch)
        if self._intake and not self._halting:
            self._intake.add(batch)
        else:
            self._next()

    def unlock(self, document: DocumentId, password: str, *, lasting: bool) -> None:
        """Read a document with its password; a wrong one leaves it waiting with `PasswordWrong`."""
        self.passwords.keep(document, password, lasting=lasting)
        for path in documents.paths_of(self._db, [document]).values():
            for library in files.libraries(self._db, path):
                self.take(Batch(library, (path,)))

    def set_how(self, how: Indexing) -> None:
        """Take files in another way from now on."""
        before = self._effort.how
        if before.gentle != how.gentle:
            self._crew.indexing.retarget(self._hands.indexing(how.gentle))
            if self._crew.indexing.alive and not self.errands.busy:
                self._crew.indexing.stop_soon()
                self._halt()
        self._exert(replace(self._effort, how=how))

    def set_power(self, *, on_battery: bool) -> None:
        """Say whether the machine runs on its battery, which may be spared."""
        self._exert(replace(self._effort, on_battery=on_battery))

    def _exert(self, effort: PowerPolicy) -> None:
        before, self._effort = self._effort, effort
        if self._intake:
            self._intake.bench.how = effort.how
            self._intake.use(effort.threads)
        if effort.resting and not before.resting:
            self._halt()
        elif before.resting and not effort.resting:
            self._next()
        if self.busy:
            self.advanced.emit(self._pace)

    def put_first(self, places: Sequence[QueuedFile]) -> None:
        """Take these files before all others that wait, in this order."""
        self.wishes.ranks.put_first(places)
        self._reorder()

    def put_last(self, places: Sequence[QueuedFile]) -> None:
        """Take these files after all others that wait, in this order."""
        self.wishes.ranks.put_last(places)
        self._reorder()

    def _reorder(self) -> None:
        if self._intake:
            self._intake.reorder()

    def waiting(self) -> list[QueuedFile]:
        """Return what waits, in the order in which it is taken; it is kept over a pause."""
        if self._intake and not self._halting and not self._intake.finding:
            return self.wishes.stand(self._intake.waiting())
        return self.wishes.standing()

    def forget(self, paths: Set[Path]) -> None:
        """Do not begin with these files, which nobody wants any more."""
        self.wishes.forget(paths, lasting=self.busy)
        if self._intake:
            self._intake.forget(paths)

    @property
    def libraries(self) -> set[LibraryId]:
        """Into which libraries files are being taken, or wait for it."""
        return {batch.library for batch in self._batches}

    def leave(self, library: LibraryId) -> None:
        """Take nothing more into a library, which is about to go."""
        left = [one for one in self._batches if one.library != library]
        if len(left) == len(self._batches):
            return
        self._batches = left
        self._paused = self._paused and bool(left)
        if self._intake:
            self._halt()
        elif not left:
            self._settle()

    def drop(self, paths: Set[Path]) -> None:
        """Take these files out of the queue, also what is being done with one of them."""
        self.forget(paths)
        if any(place.path in paths for place in self.under_way()):
            self._halt()

    def pause(self) -> None:
        """Stand still; what is stored so far is kept."""
        self._paused = True
        self._halt()

    def resume(self) -> None:
        """Go on where it stopped."""
        self._paused = False
        self._next()

    def cancel(self) -> None:
        """Forget the queue; what is stored so far is kept."""
        self._batches.clear()
        self._paused = False
        self._chores.forget()
        if self._intake:
            self._halt()
        else:
            self._settle()

    def stop(self) -> None:
        """End both processes soon, without waiting; files go on next time."""
        self._beat.stop()
        self._batches.clear()
        self._intake = None
        self._halting = False
        self._chores.done()
        for worker in self._crew.all:
            if worker.alive:
                worker.stop_soon()

    def rate(self) -> float:
        """Return the pages read a second, lately."""
        return self._pulse.rate()

    def seconds(self) -> float:
        """Return for how long the queue has been worked on."""
        return time.monotonic() - self._began if self.busy else 0.0

    def doing(self) -> list[tuple[DocumentId, float]]:
        """Return the documents being worked on, and which share of each is done."""
        return self._intake.doing() if self._intake else []

    def recognizing(self) -> dict[DocumentId, tuple[int, int]]:
        """Return how many pages of each document were recognized so far, of how many."""
        return self._intake.recognizing() if self._intake else {}

    def under_way(self) -> list[QueuedFile]:
        """Return the files being worked on."""
        return self._intake.under_way() if self._intake else []

    # The queue

    def do(self, errand: IndexTask[Any]) -> None:
        """Have the indexing process do something else, and then go on."""
        self.errands.add(errand)
        self._beat.start()
        if self._intake:
            self._halt()
        else:
            self._next()

    def keep_up(self) -> None:
        """Compare the store with the database, build what was chosen: once nothing else is done."""
        self._chores.keep_up()
        if self._intake and self._intake.bench.serving != indexes.serving(self._db):
            self._halt()
        self._next()

    def sweep(self) -> None:
        """Drop the chunks and pages of documents that are in no library, in idle time.

        Called when removals can no longer be undone.
        """
        if self._chores.sweep() and self._intake:
            self._intake.sweep()
        self._next()

    def _next(self) -> None:
        if self._halting or self._intake or self.errands.begin():
            return
        if self._paused or self.resting:
            return
        if not (self._batches or self._chores.due):
            return
        self._old = {worker.name: worker.last_id for worker in self._crew.all}
        bench = IndexingState(
            self._db,
            self._paths,
            self._effort.how,
            indexes.serving(self._db),
            Queue(self.wishes.ranks),
            self.passwords.of,
        )
        self._intake = Coordinator(bench, self._crew, self.wishes.unwanted, self._chores.begin())
        self._pulse = Pulse()
        self._intake.use(self._effort.threads)
        self._beat.start()
        self._intake.begin(self._batches)
        self._done()

    def _halt(self) -> None:
        if self._intake is None:
            return
        if not self._intake.finding:
            self.wishes.stand([*self._intake.under_way(), *self._intake.waiting()])
        self._halting = True
        for worker in self._crew.all:
            if worker.busy:
                worker.cancel()
        self._halted()

    def _halted(self) -> None:
        if any(worker.busy for worker in self._crew.all):
            return
        self._halting = False
        self._intake = None
        self._interrupted = self.errands.begin()
        if self._interrupted or self._paused or self.resting:
            self.advanced.emit(self._pace)
        elif self.busy or self._chores.due:
            self._next()
        else:
            self._settle()

    def _on_replied(self, letter: Letter) -> None:
        self._last_work = time.monotonic()
        if self.errands.heard(letter):
            (self._halted if self._interrupted else self._next)()
            return
        if self.errands.busy or letter.reply.id <= self._old[letter.sender]:
            return
        if self._halting:
            self._halted()
        elif self._intake:
            self._take_in(self._intake, letter)

    def _take_in(self, intake: Coordinator, letter: Letter) -> None:
        try:
            events = intake.take(letter)
        except Cancelled:
            self._halt()
            return
        except (RagError, Bug) as error:
            self._batches.clear()
            self._chores.done()
            self._halt()
            known = isinstance(error, RagError)
            self.troubled.emit(error if known else None, "" if known else str(error))
            return
        for event in events:
            self._note(event)
        self._done()

    def _done(self) -> None:
        if self._intake is None or not self._intake.done:
            return
        self._intake = None
        self._chores.done()
        if self._batches:
            self._batches.clear()
            self._settle()

    def _note(self, event: Event) -> None:
        if isinstance(event, Pace):
            return
        if isinstance(event, Swapped):
            self._chores.retire()
            self.swapped.emit()
            QTimer.singleShot(LINGERING_MS, self, self.keep_up)
            return
        self.tally.note(event)
        if isinstance(event, Given):
            self.refused.emit(event.path, event.error)
        if isinstance(event, Waiting) and isinstance(event.error, PasswordWrong):
            known = documents.known(self._db, [event.path]).get(event.path)
            if known and known.document:
                self.passwords.drop(known.document)
        self.document_changed.emit(event.path)

    def _on_beat(self) -> None:
        if self._intake:
            self._intake.overdue()
            self._pace = pace = self._intake.pace()
            self._pulse.note(pace.pages)
            if self.busy or pace.rebuilding:
                self.advanced.emit(pace)
        elif (
            not (self.busy or self.errands.busy)
            and time.monotonic() - self._last_work > _IDLE_SECONDS
        ):
            self.stop()

    def _settle(self) -> None:
        self.wishes.clear()
        self.settled.emit(self.tally)
