"""Decides what is indexed when: one run after the other, to be paused, reordered and cancelled.

    batches ─┐
    upkeep  ─┼─► a run (`Coordinator`) ─► done ─► settled
    tasks   ─┴─► the indexing process alone, between two runs

Batches are found one after the other, as soon as the reader is free; what they hold
waits in one queue. A pause ends the work on it: it is found again afterwards, and
goes on in the order that was chosen. When nobody wants anything, the store is kept up:
compared with the database once, and put into another index where that was chosen.

The window and the command line pass it the replies of the processes, call `tick` again and
again while something is done, and are told what happens.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import PasswordWrong, RagError, StoreDamaged, StoreIncomplete
from desktop_rag.domain.ports import Cancelled
from desktop_rag.jobs.indexing.backlog import Backlog
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.events import Event, Pace, Swapped, Waiting
from desktop_rag.jobs.indexing.maintenance import Maintenance
from desktop_rag.jobs.indexing.power_policy import PowerPolicy
from desktop_rag.jobs.indexing.processes import ProcessPool, WorkerFactory, indexing_processes
from desktop_rag.jobs.indexing.queue import Batch, Queue, QueuedFile
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.jobs.indexing.tally import Pulse, Tally
from desktop_rag.jobs.job_queue import Job, JobRunner
from desktop_rag.library import documents, files, indexes
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.pipe.calls import Bug, Letter
from desktop_rag.workers.pipe.protocol import Failed

TICK_SECONDS = 0.5  #: between two looks at a page that takes long
_IDLE_SECONDS = 60.0  # after which processes that nobody needs end


class KnownPasswords(Protocol):
    """What opens which document."""

    def of(self, document: DocumentId) -> str:
        """Return the password of a document, "" if it is not known."""
        ...

    def drop(self, document: DocumentId) -> None:
        """Note that it does not open the document."""


@dataclass(frozen=True, slots=True)
class IndexingData:
    """Where the state is, and the files of the program; and what opens documents.

    It is `patient` where somebody may be searching meanwhile, and `builds` an index that was
    chosen; see `Maintenance`.
    """

    db: sqlite3.Connection
    paths: Paths
    passwords: KnownPasswords
    patient: bool = True
    builds: bool = True


@dataclass(frozen=True, slots=True)
class RunStarted:
    """Something is being done from now on."""


@dataclass(frozen=True, slots=True)
class IndexingDone:
    """Nothing is wanted any more; this came of it."""

    tally: Tally


@dataclass(frozen=True, slots=True)
class Trouble:
    """Nothing can go on after this error, which is a bug with its `details` where it is None."""

    error: RagError | None
    details: str


Told = Event | RunStarted | IndexingDone | Trouble


@dataclass(slots=True)
class _CurrentRun:
    """What is being done, and the last job of each process before it."""

    coordinator: Coordinator
    before: dict[str, int]
    halting: bool = False


class IndexingScheduler:
    """See above. `tell` is called with each event as it happens, and may wish for anything.

    `made` makes each worker, by its name and of what runs in it. `tasks` are jobs of the
    indexing process: it does them between two runs.
    """

    def __init__(
        self,
        data: IndexingData,
        pool: ProcessPool,
        made: WorkerFactory,
        how: Indexing,
        tell: Callable[[Told], None],
    ) -> None:
        self.backlog = Backlog()
        self.pulse = Pulse()
        self.maintenance = Maintenance(data.db, patient=data.patient, builds=data.builds)
        self.processes = indexing_processes(pool, made, gentle=how.gentle)
        self.tasks = JobRunner(self.processes.indexing)
        self._data = data
        self._pool = pool
        self._power = PowerPolicy(how)
        self._tell = tell
        self._run: _CurrentRun | None = None
        self._pace = Pace(0, 0, 0, "")  # the last one, which stands while the queue does
        self._last_work = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether files are being taken in, or wait for it."""
        return self.backlog.busy

    @property
    def working(self) -> bool:
        """Whether anything is being done."""
        return self._run is not None or self.tasks.pending

    @property
    def awake(self) -> bool:
        """Whether `tick` is to be called: something is done, or a process is still there."""
        alive = any(worker.alive for worker in self.processes.all)
        return self.working or alive or self.maintenance.awaited

    @property
    def _idle(self) -> bool:
        return not (self.busy or self.tasks.pending or self.maintenance.awaited)

    @property
    def paused(self) -> bool:
        """Whether the queue stands still until `resume`."""
        return self.backlog.paused

    @property
    def resting(self) -> bool:
        """Whether the queue stands still until there is mains power."""
        return self._power.resting

    # What is wished

    def add(self, batch: Batch) -> None:
        """Take files into a library after those that wait already."""
        self.backlog.add(batch)
        if self._run and not self._run.halting:
            self._run.coordinator.add(batch)
        else:
            self._next()

    def read_again(self, document: DocumentId) -> None:
        """Take a document again into each library that has it: its password is known now."""
        for path in documents.paths_of(self._data.db, [document]).values():
            for library in files.libraries(self._data.db, path):
                self.add(Batch(library, (path,)))

    def do(self, task: Job[IndexingCommand, Any]) -> None:
        """Have the indexing process do something else, and then go on."""
        self._tell(RunStarted())
        self.tasks.ask(task)
        if self._run:
            self._halt()
        else:
            self._next()

    def keep_up(self) -> None:
        """Compare the store with the database, build what was chosen: once nothing else is done."""
        self.maintenance.keep_up()
        if self._run and self._run.coordinator.state.serving != indexes.serving(self._data.db):
            self._halt()
        self._next()

    def mend(self, error: StoreDamaged) -> None:
        """Have made again of the store what somebody could not read, or found missing."""
        wholly = not isinstance(error, StoreIncomplete) and self.maintenance.may_mend()
        if self._run and not self._run.halting:
            self._run.coordinator.mend(wholly=wholly)
            return
        self.maintenance.doubt(wholly=wholly)
        self._next()

    def sweep(self) -> None:
        """Drop the chunks and pages of documents that are in no library, in idle time.

        Called when removals can no longer be undone.
        """
        if self.maintenance.sweep() and self._run:
            self._run.coordinator.sweep()
        self._next()

    def set_how(self, how: Indexing) -> None:
        """Take files in another way from now on."""
        if self._power.how.gentle != how.gentle:
            worker = self.processes.indexing
            worker.retarget(self._pool.indexing(how.gentle))
            if worker.alive and not self.tasks.busy:
                worker.stop_soon()
                self._halt()
        self._heed(replace(self._power, how=how))

    def set_power(self, *, on_battery: bool) -> None:
        """Say whether the machine runs on its battery, which may be spared."""
        self._heed(replace(self._power, on_battery=on_battery))

    def _heed(self, power: PowerPolicy) -> None:
        before, self._power = self._power, power
        if self._run:
            self._run.coordinator.state.how = power.how
            self._run.coordinator.use(power.threads)
        if power.resting and not before.resting:
            self._halt()
        elif before.resting and not power.resting:
            self._next()
        if self.busy:
            self._tell(self._pace)

    def put_first(self, places: Sequence[QueuedFile]) -> None:
        """Take these files before all others that wait, in this order."""
        self.backlog.order.ranks.put_first(places)
        self._reorder()

    def put_last(self, places: Sequence[QueuedFile]) -> None:
        """Take these files after all others that wait, in this order."""
        self.backlog.order.ranks.put_last(places)
        self._reorder()

    def _reorder(self) -> None:
        if self._run:
            self._run.coordinator.reorder()

    def forget(self, paths: Set[Path]) -> None:
        """Do not begin with these files, which nobody wants any more."""
        self.backlog.order.forget(paths, lasting=self.busy)
        if self._run:
            self._run.coordinator.forget(paths)

    def drop(self, paths: Set[Path]) -> None:
        """Take these files out of the queue, also what is being done with one of them."""
        self.forget(paths)
        if any(place.path in paths for place in self.under_way()):
            self._halt()

    def leave(self, library: LibraryId) -> None:
        """Take nothing more into a library, which is about to go."""
        if self.backlog.leave(library):
            self._break_off()

    def cancel(self) -> None:
        """Forget the queue; what is stored so far is kept."""
        self.backlog.empty()
        self.maintenance.forget()
        self._break_off()

    def pause(self) -> None:
        """Stand still; what is stored so far is kept."""
        self.backlog.paused = True
        self._halt()

    def resume(self) -> None:
        """Go on where it stopped."""
        self.backlog.paused = False
        self._next()

    def stop(self) -> None:
        """End all processes soon, without waiting; files go on next time."""
        self.backlog.batches = []
        self._run = None
        self.maintenance.end()
        self.tasks.stop()
        self.tasks.release()
        self.processes.stop_soon()

    # What is being done

    def waiting(self) -> list[QueuedFile]:
        """Return what waits, in the order in which it is taken; it is kept over a pause."""
        run, order = self._run, self.backlog.order
        if run and not run.halting and not run.coordinator.finding:
            return order.stand(run.coordinator.waiting())
        return order.standing()

    def doing(self) -> list[tuple[DocumentId, float]]:
        """Return the documents being worked on, and which share of each is done."""
        return self._run.coordinator.doing() if self._run else []

    def recognizing(self) -> dict[DocumentId, tuple[int, int]]:
        """Return how many pages of each document were recognized so far, of how many."""
        return self._run.coordinator.recognizing() if self._run else {}

    def under_way(self) -> list[QueuedFile]:
        """Return the files being worked on."""
        return self._run.coordinator.under_way() if self._run else []

    # What happens

    def take(self, letter: Letter) -> None:
        """Note a reply of a process, tell what happened, and start what comes next."""
        self._last_work = time.monotonic()
        if letter.sender == self.processes.indexing.name and self.tasks.take(letter.reply):
            if isinstance(letter.reply, Failed) and isinstance(letter.reply.error, StoreDamaged):
                self.mend(letter.reply.error)
            self._next()
            return
        run = self._run
        if run is None or letter.reply.id <= run.before[letter.sender]:
            return
        if run.halting:
            self._halted()
        else:
            self._advance(run, letter)

    def tick(self) -> None:
        """End what takes too long, and what nobody needs; tell how far the work is."""
        if self.tasks.busy:
            self.tasks.tick()
        if self.maintenance.ripe and self._run is None:  # a run would not heed it
            self.keep_up()
        if self._run:
            self._run.coordinator.overdue()
            self._pace = pace = self._run.coordinator.pace()
            self.pulse.note(pace.pages)
            if self.busy or pace.rebuilding:
                self._tell(pace)
        elif self._idle and time.monotonic() - self._last_work > _IDLE_SECONDS:
            self.processes.stop_soon()

    def _next(self) -> None:
        """Begin a run, if there is anything to be done and nobody else does something."""
        if self.working or self.paused or self.resting:
            return
        if not (self.busy or self.maintenance.due):
            return
        self.tasks.hold()
        before = {worker.name: worker.last_id for worker in self.processes.all}
        data = self._data
        state = IndexingState(
            data.db,
            data.paths,
            self._power.how,
            indexes.serving(data.db),
            Queue(self.backlog.order.ranks),
            data.passwords.of,
            may_mend=self.maintenance.may_mend,
        )
        unwanted, upkeep = self.backlog.order.unwanted, self.maintenance.begin()
        coordinator = Coordinator(state, self.processes, unwanted, upkeep)
        self._run = _CurrentRun(coordinator, before)
        self.pulse = Pulse()
        coordinator.use(self._power.threads)
        self._tell(RunStarted())
        coordinator.begin(self.backlog.batches)
        self._done()

    def _advance(self, run: _CurrentRun, letter: Letter) -> None:
        try:
            events = run.coordinator.take(letter)
        except Cancelled:
            self._halt()
            return
        except (RagError, Bug) as error:
            self._give_up(error)
            return
        for event in events:
            self._note(event)
        self._done()

    def _give_up(self, error: RagError | Bug) -> None:
        self.backlog.empty()
        self.maintenance.give_up()
        self._halt()
        known = error if isinstance(error, RagError) else None
        self._tell(Trouble(known, "" if known else str(error)))

    def _note(self, event: Event) -> None:
        self.backlog.tally.note(event)
        match event:
            case Swapped():
                self.maintenance.retire()
            case Waiting(path=path, error=PasswordWrong()):
                known = documents.known(self._data.db, [path]).get(path)
                if known and known.document:
                    self._data.passwords.drop(known.document)
            case _:
                pass
        self._tell(event)

    def _done(self) -> None:
        if self._run is None or self._run.halting or not self._run.coordinator.done:
            return
        self._over()
        self.maintenance.done()
        if self.busy:
            self._settle()

    def _break_off(self) -> None:
        """End the run, or say at once that nothing more is done where there is none."""
        if self._run:
            self._halt()
        elif not self.busy:
            self._settle()

    def _halt(self) -> None:
        """End the run as soon as all processes have broken off."""
        run = self._run
        if run is None:
            return
        if not run.coordinator.finding:
            order = self.backlog.order
            order.stand([*run.coordinator.under_way(), *run.coordinator.waiting()])
        self.maintenance.broken_off(run.coordinator.upkeep_left)
        run.halting = True
        self.processes.cancel()
        self._halted()

    def _halted(self) -> None:
        if self.processes.busy:
            return
        self._over()
        if not self.busy and (self.backlog.emptied or not self.maintenance.due):
            self._settle()
        if self.tasks.pending or self.paused or self.resting:
            self._tell(self._pace)
        else:
            self._next()

    def _over(self) -> None:
        self._run = None
        self.tasks.release()

    def _settle(self) -> None:
        self._tell(IndexingDone(self.backlog.settle()))
