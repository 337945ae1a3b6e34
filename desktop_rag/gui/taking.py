"""Files on their way into libraries: one queue, to be paused, reordered and cancelled.

Batches are found one after the other, as soon as the reader is free; what they hold
waits in one queue. A pause ends the work on it: it is found again afterwards, and
goes on in the order that was chosen.
"""

from __future__ import annotations

import sqlite3
import time
from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.ports import Cancelled
from desktop_rag.gui.bridge import Bridge
from desktop_rag.library import documents
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.calls import Bug, Letter
from desktop_rag.workers.client import Target
from desktop_rag.workers.commands import Remove
from desktop_rag.workers.happenings import Event, Given, Indexed, Pace, Unchanged, Waiting
from desktop_rag.workers.intake import Intake
from desktop_rag.workers.protocol import Finished, Step
from desktop_rag.workers.queueing import Place, Queue, Ranks

_BEAT_MS = 500  # between two looks at a page that takes long
_IDLE_SECONDS = 60.0  # after which processes that nobody needs end
_WINDOW_SECONDS = 20.0  # over which the rate is taken
_COUNTED = {Indexed: "indexed", Unchanged: "unchanged", Waiting: "waiting", Given: "failed"}


@dataclass(frozen=True, slots=True)
class Batch:
    """Paths to be taken into a library."""

    library: LibraryId
    paths: tuple[Path, ...]


@dataclass(slots=True)
class Tally:
    """What has come of the files of all batches since the queue was last empty."""

    indexed: int = 0
    unchanged: int = 0
    waiting: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        """How many files nothing more will come of."""
        return self.indexed + self.unchanged + self.waiting + self.failed


class Taking(QObject):
    """Takes batches into libraries with the reading and the indexing process.

    Signals:
        advanced: a `Pace`, twice a second while something is done.
        document_changed: the state of a file (`Path`) is another one now.
        refused: nothing can be had from a path (`Path`), and why (`RagError`).
        settled: the queue is empty; with a `Tally` of what came of it.
        troubled: a `RagError` after which nothing can go on, or `None`, and details.
    """

    advanced = Signal(object)
    document_changed = Signal(object)
    refused = Signal(object, object)
    settled = Signal(object)
    troubled = Signal(object, str)

    def __init__(
        self,
        db: sqlite3.Connection,
        paths: Paths,
        targets: tuple[Target, Target],
        page_seconds: float,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._db = db
        self._paths = paths
        self._page_seconds = page_seconds
        self._reading = Bridge("reading", targets[0], self)
        self._indexing = Bridge("indexing", targets[1], self)
        for bridge in (self._reading, self._indexing):
            bridge.replied.connect(self._on_replied, Qt.ConnectionType.QueuedConnection)
        self._batches: list[Batch] = []  # all since the queue was last empty
        self._ranks = Ranks()
        self._stood: list[Place] = []  # what waited when that was last known
        self._unwanted: set[Path] = set()
        self._intake: Intake | None = None
        self._sweeping: tuple[DocumentId, ...] = ()
        self._old: dict[str, int] = {}  # the last job of each process before what is done now
        self._came: dict[Path, str] = {}  # what each file was counted as
        self._halting = False
        self._paused = False
        self._pace = Pace(0, 0, 0, "")  # the last one, which stands while the queue does
        self.tally = Tally()
        self._began = time.monotonic()
        self._history: deque[tuple[float, int]] = deque()
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

    def take(self, batch: Batch) -> None:
        """Take files into a library after those that wait already."""
        if not self.busy:
            self.tally = Tally()
            self._came.clear()
            self._began = time.monotonic()
        self._batches.append(batch)
        given = set(batch.paths)
        again = {path for path in self._unwanted if given & {path, *path.parents}}
        self._unwanted -= again
        if self._intake and not self._halting:
            self._intake.add(batch.library, batch.paths)
        else:
            self._next()

    def put_first(self, places: Sequence[Place]) -> None:
        """Take these files before all others that wait, in this order."""
        self._ranks.put_first(places)
        self._reorder()

    def put_last(self, places: Sequence[Place]) -> None:
        """Take these files after all others that wait, in this order."""
        self._ranks.put_last(places)
        self._reorder()

    def order(self) -> tuple[list[Path], list[Path]]:
        """Return the files that are to be first and those that are to be last."""
        return self._ranks.chosen()

    def _reorder(self) -> None:
        if self._intake:
            self._intake.reorder()

    def waiting(self) -> list[Place]:
        """Return what waits, in the order in which it is taken; it is kept over a pause."""
        if self._intake and not self._halting and not self._intake.finding:
            self._stood = self._intake.waiting()
            return self._stood
        return sorted(self._stood, key=self._ranks.of)

    def forget(self, paths: Set[Path]) -> None:
        """Do not begin with these files, which nobody wants any more."""
        if self.busy:
            self._unwanted |= paths
        self._stood = [place for place in self._stood if place.path not in paths]
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
        self._sweeping = ()
        for bridge in (self._reading, self._indexing):
            if bridge.worker.alive:
                bridge.worker.stop_soon()

    def rate(self) -> float:
        """Return the pages read a second, lately."""
        if len(self._history) < 2:  # noqa: PLR2004 - a rate lies between two looks
            return 0.0
        (start, before), (end, now) = self._history[0], self._history[-1]
        return (now - before) / max(end - start, 1e-3)

    def seconds(self) -> float:
        """Return for how long the queue has been worked on."""
        return time.monotonic() - self._began if self.busy else 0.0

    def doing(self) -> list[tuple[DocumentId, float]]:
        """Return the documents being worked on, and which share of each is done."""
        return self._intake.doing() if self._intake else []

    def under_way(self) -> list[Place]:
        """Return the files being worked on."""
        return self._intake.under_way() if self._intake else []

    # The queue

    def _next(self) -> None:
        if self._paused or self._halting or self._intake or self._sweeping or not self._batches:
            return
        self._leave_old_letters()
        first, *others = self._batches
        self._intake = Intake(
            self._db,
            self._paths,
            first.library,
            self._reading.worker,
            self._indexing.worker,
            self._page_seconds,
            Queue(self._ranks),
            self._unwanted,
        )
        self._history.clear()
        self._beat.start()
        self._intake.begin(first.paths)
        for batch in others:
            self._intake.add(batch.library, batch.paths)

    def _halt(self) -> None:
        if self._intake is None:
            return
        if not self._intake.finding:
            self._stood = [*self._intake.under_way(), *self._intake.waiting()]
        self._halting = True
        for worker in (self._reading.worker, self._indexing.worker):
            if worker.busy:
                worker.cancel()
        self._halted()

    def _halted(self) -> None:
        if self._reading.worker.busy or self._indexing.worker.busy:
            return
        self._halting = False
        self._intake = None
        if self._paused:
            self.advanced.emit(self._pace)
        elif self.busy:
            self._next()
        else:
            self._settle()

    def _on_replied(self, letter: Letter) -> None:
        self._last_work = time.monotonic()
        if letter.reply.id <= self._old[letter.sender]:
            return
        if self._sweeping:
            self._swept(letter)
        elif self._halting:
            self._halted()
        elif self._intake:
            self._take_in(self._intake, letter)

    def _take_in(self, intake: Intake, letter: Letter) -> None:
        try:
            events = intake.take(letter)
        except Cancelled:
            self._halt()
            return
        except (RagError, Bug) as error:
            self._batches.clear()
            self._halt()
            known = isinstance(error, RagError)
            self.troubled.emit(error if known else None, "" if known else str(error))
            return
        for event in events:
            self._note(event)
        if intake.done:
            self._intake = None
            self._batches.clear()
            self._settle()

    def _note(self, event: Event) -> None:
        """Count each file once, as what became of it; one that was done before a pause still is."""
        if isinstance(event, Pace):
            return
        counted, before = _COUNTED[type(event)], self._came.get(event.path)
        if before is None or counted != "unchanged":
            if before:
                setattr(self.tally, before, getattr(self.tally, before) - 1)
            setattr(self.tally, counted, getattr(self.tally, counted) + 1)
            self._came[event.path] = counted
        if isinstance(event, Given):
            self.refused.emit(event.path, event.error)
        self.document_changed.emit(event.path)

    def _leave_old_letters(self) -> None:
        """Let what is still under way from earlier jobs be no answer to the next ones."""
        self._old = {
            bridge.worker.name: bridge.worker.last_id for bridge in (self._reading, self._indexing)
        }

    def _on_beat(self) -> None:
        if self._intake:
            self._intake.overdue()
            self._pace = pace = self._intake.pace()
            self._history.append((time.monotonic(), pace.pages))
            while self._history[-1][0] - self._history[0][0] > _WINDOW_SECONDS:
                self._history.popleft()
            self.advanced.emit(pace)
        elif not self.busy and not self._sweeping and self._idle_seconds() > _IDLE_SECONDS:
            self.stop()

    def _idle_seconds(self) -> float:
        return time.monotonic() - self._last_work

    def _settle(self) -> None:
        self._ranks.clear()
        self._stood.clear()
        self._unwanted.clear()
        self.settled.emit(self.tally)

    # What no library holds any more

    def sweep(self) -> None:
        """Drop the chunks and pages of documents that are in no library, when nothing else is done.

        Called when removals can no longer be undone.
        """
        if self.busy or self._halting or self._sweeping:
            return
        gone = tuple(documents.orphans(self._db))
        if not gone:
            return
        self._sweeping = gone
        self._leave_old_letters()
        self._beat.start()
        if not self._indexing.worker.alive:
            self._indexing.worker.start()
        self._indexing.worker.submit(Remove(gone))

    def _swept(self, letter: Letter) -> None:
        if isinstance(letter.reply, Step):
            return
        gone, self._sweeping = self._sweeping, ()
        if isinstance(letter.reply, Finished):
            documents.forget(self._db, gone)
        self._next()
