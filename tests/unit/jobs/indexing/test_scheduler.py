"""What is indexed when, with processes that a test replies for."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DiskFull, StoreDamaged
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.jobs.indexing.maintenance import LINGERING_SECONDS, MOST_MENDED, Maintenance
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.scheduler import (
    IndexingData,
    IndexingDone,
    IndexingScheduler,
    RunStarted,
    Told,
    Trouble,
)
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.commands.indexing import Reconcile
from desktop_rag.workers.commands.reading import FindFiles
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Stopped


@dataclass(frozen=True)
class Named:
    """A command of which there is no more than its name."""

    name: str

    def itself(self) -> str:
        return self.name

    def heard(self, step: object) -> object:
        return step


@dataclass
class Recorded:
    """A worker that does nothing by itself."""

    name: str
    target: object
    alive: bool = False
    busy: bool = False
    told: list[object] = field(default_factory=list)
    cancelled: int = 0
    killed: int = 0

    @property
    def last_id(self) -> int:
        return len(self.told)

    def start(self) -> None:
        self.alive = True

    def submit(self, command: object) -> int:
        assert self.alive, "nobody is there"
        assert not self.busy, "two at a time"
        self.busy = True
        self.told.append(command)
        return self.last_id

    def cancel(self) -> None:
        self.cancelled += 1

    def stop_soon(self) -> None:
        self.alive = self.busy = False

    def kill(self) -> None:
        self.alive = False
        self.killed += 1

    def retarget(self, target: object) -> None:
        self.target = target


class Played:
    """A scheduler, what it told, and what its processes say."""

    def __init__(self, db: sqlite3.Connection, paths: Paths) -> None:
        self.db = db
        self.library = libraries.ensure(db, "Papers")
        self.told: list[Told] = []
        pool = ProcessPool("reading", lambda gentle: f"gentle: {gentle}")
        data = IndexingData(db, paths, Passwords())
        self.scheduler = IndexingScheduler(data, pool, Recorded, Indexing(), self.told.append)
        self.reading = self.scheduler.processes.reading
        self.indexing = self.scheduler.processes.indexing

    def add(self) -> None:
        self.scheduler.add(Batch(self.library, (Path("/papers"),)))

    def task(self, name: str) -> Job:
        return Job(Named(name))

    def say(self, worker: Recorded, reply: type[Reply], *facts: object) -> None:
        worker.busy = False
        self.scheduler.take(Letter(worker.name, reply(worker.last_id, *facts)))

    def settled(self) -> int:
        return sum(isinstance(one, IndexingDone) for one in self.told)


@pytest.fixture
def played(home: Path) -> Iterator[Played]:
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        yield Played(db, paths)


def test_a_batch_is_looked_for_and_settles(played) -> None:
    played.add()
    assert isinstance(played.reading.told[0], FindFiles)
    played.say(played.reading, Finished)
    assert [type(one) for one in played.told] == [RunStarted, IndexingDone]
    assert not played.scheduler.busy


def test_a_task_waits_until_the_run_has_broken_off_and_the_run_begins_again(played) -> None:
    played.add()
    played.scheduler.do(played.task("export"))
    assert (played.reading.cancelled, played.indexing.told) == (1, [])
    played.say(played.reading, Stopped)
    assert played.indexing.told == ["export"]
    assert len(played.reading.told) == 1
    played.say(played.indexing, Finished)
    assert len(played.reading.told) == 2
    assert played.settled() == 0


def test_all_tasks_are_done_before_the_next_run(played) -> None:
    first, second = played.task("first"), played.task("second")
    played.scheduler.do(first)
    played.scheduler.do(second)
    played.add()
    assert (played.indexing.told, played.reading.told) == (["first"], [])
    played.say(played.indexing, Finished)
    assert (played.indexing.told, played.reading.told) == (["first", "second"], [])
    played.say(played.indexing, Stopped)
    assert len(played.reading.told) == 1


def test_what_a_task_wishes_as_it_ends_waits_for_the_next_task(played) -> None:
    played.scheduler.do(Job(Named("first"), end=played.add))
    played.scheduler.do(played.task("second"))
    played.say(played.indexing, Finished)
    assert (played.indexing.told, played.reading.told) == (["first", "second"], [])
    played.say(played.indexing, Finished)
    assert len(played.reading.told) == 1


def test_a_task_is_done_in_a_pause_which_lasts(played) -> None:
    played.add()
    played.scheduler.pause()
    played.say(played.reading, Stopped)
    played.scheduler.do(played.task("export"))
    played.say(played.indexing, Finished)
    assert len(played.reading.told) == 1
    played.scheduler.resume()
    assert len(played.reading.told) == 2


def test_a_queue_that_is_cancelled_before_a_task_settles_once(played) -> None:
    played.add()
    played.scheduler.do(played.task("export"))
    played.scheduler.cancel()
    assert played.settled() == 0
    played.say(played.reading, Stopped)
    assert (played.settled(), played.indexing.told) == (1, ["export"])
    played.say(played.indexing, Finished)
    assert played.settled() == 1
    assert not played.scheduler.working


def test_a_reply_from_before_a_pause_is_nobodys(played) -> None:
    played.add()
    played.scheduler.pause()
    played.say(played.reading, Stopped)
    played.scheduler.resume()
    played.scheduler.take(Letter("reading", Finished(1)))
    assert played.settled() == 0
    assert played.scheduler.busy


def test_what_nothing_can_go_on_after_is_told_and_empties_the_queue(played) -> None:
    played.add()
    played.say(played.reading, Failed, DiskFull("here"), "")
    (trouble,) = (one for one in played.told if isinstance(one, Trouble))
    assert isinstance(trouble.error, DiskFull)
    assert played.settled() == 1
    assert not played.scheduler.working


def test_what_cannot_be_swept_is_not_swept_again_and_again(played, monkeypatch) -> None:
    monkeypatch.setattr(documents, "orphans", lambda _db: ["ab"])
    told = played.told.append

    def tell(one: Told) -> None:
        told(one)
        if isinstance(one, IndexingDone):
            played.scheduler.sweep()  # as the window does

    played.scheduler._tell = tell
    played.scheduler.sweep()
    assert len(played.indexing.told) == 1
    played.say(played.indexing, Failed, DiskFull("here"), "")
    assert len(played.indexing.told) == 1
    assert not played.scheduler.working
    played.add()  # there may be room by now
    played.say(played.reading, Finished)
    assert len(played.indexing.told) == 2


def test_a_task_that_does_not_break_off_is_killed(played) -> None:
    task = played.task("export")
    played.scheduler.do(task)
    played.scheduler.tasks.cancel(task)
    played.scheduler.tick()
    assert played.indexing.killed == 0
    played.scheduler.tasks.due = 0.0  # as when its time is over
    played.scheduler.tick()
    assert played.indexing.killed == 1


def test_an_index_that_was_replaced_is_dropped_after_the_run_that_goes_on_as_its_time_comes(
    played,
) -> None:
    now = [0.0]
    played.scheduler.maintenance._clock = lambda: now[0]
    played.scheduler.maintenance.retire()
    played.add()
    now[0] += LINGERING_SECONDS
    played.scheduler.tick()
    assert played.scheduler.maintenance.ripe
    played.say(played.reading, Finished)
    played.scheduler.tick()
    assert not played.scheduler.maintenance.awaited


def test_what_goes_on_is_told_at_each_tick(played) -> None:
    played.add()
    played.scheduler.tick()
    assert isinstance(played.told[-1], Pace)


def test_a_battery_that_is_spared_holds_the_queue_until_there_is_power(played) -> None:
    played.scheduler.set_how(Indexing(on_battery="pause"))
    played.scheduler.set_power(on_battery=True)
    played.add()
    assert played.reading.told == []
    played.scheduler.set_power(on_battery=False)
    assert len(played.reading.told) == 1


def test_who_is_to_be_less_gentle_has_another_process(played) -> None:
    played.scheduler.do(played.task("export"))
    played.say(played.indexing, Finished)
    played.scheduler.set_how(Indexing(gentle=False))
    assert (played.indexing.target, played.indexing.alive) == ("gentle: False", False)


def test_processes_that_nobody_needs_end_after_a_minute_and_nobody_ticks_any_more(played) -> None:
    played.add()
    played.say(played.reading, Finished)
    played.scheduler.tick()
    assert played.reading.alive
    played.scheduler._last_work -= 61.0
    played.scheduler.tick()
    assert not played.reading.alive
    assert not played.scheduler.awake


def test_what_was_stopped_begins_nothing_more(played) -> None:
    played.add()
    played.scheduler.do(played.task("export"))
    played.scheduler.stop()
    played.say(played.reading, Stopped)
    assert (played.indexing.told, len(played.reading.told)) == ([], 1)
    assert not played.scheduler.awake


def test_an_index_that_was_replaced_is_dropped_a_minute_later(home) -> None:
    now = [100.0]
    with closing(open_database(open_home(home).database)) as db:
        maintenance = Maintenance(db, clock=lambda: now[0])
        assert not maintenance.awaited
        maintenance.retire()
        now[0] += LINGERING_SECONDS - 1
        maintenance.keep_up()
        assert (maintenance.awaited, maintenance.ripe) == (True, False)
        assert maintenance.begin().retains
        now[0] += 1
        assert maintenance.ripe
        maintenance.keep_up()
        assert not maintenance.awaited
        assert not maintenance.begin().retains


def test_a_command_compares_and_sweeps_each_time_and_leaves_nothing_for_later(home) -> None:
    with closing(open_database(open_home(home).database)) as db:
        maintenance = Maintenance(db, patient=False)
        for _ in range(2):
            maintenance.keep_up()
            assert maintenance.due
            upkeep = maintenance.begin()
            assert (upkeep.reconciles, upkeep.sweeps, upkeep.lingers) == (True, True, False)
            maintenance.retire()
            maintenance.done()
        assert not maintenance.awaited


DAMAGED = StoreDamaged("vectors")


def known(played: Played) -> None:
    """Have a document, so that there is something to compare."""
    fact = FileFact(Path("/a.pdf"), 1, 2, 3)
    documents.add_files(played.db, played.library, [fact])
    documents.identify(played.db, fact.path, fact, DocumentId("a"))


def compared(played: Played) -> list[bool]:
    """Of each time the store was compared, whether it was made again, too."""
    return [one.mends for one in played.indexing.told if isinstance(one, Reconcile)]


@pytest.mark.parametrize("busy", [False, True])
def test_a_store_that_is_found_damaged_again_and_again_is_not_mended_for_ever(played, busy) -> None:
    known(played)
    if busy:
        played.add()
    for _ in range(2 * MOST_MENDED):
        played.scheduler.mend(DAMAGED)
        while played.indexing.busy:
            played.say(played.indexing, Finished)
    assert sum(compared(played)) == MOST_MENDED
    assert len(compared(played)) == 2 * MOST_MENDED + busy  # once at the start


def test_a_store_that_cannot_be_mended_is_given_up(played) -> None:
    known(played)
    played.scheduler.mend(DAMAGED)
    for _ in range(2 * MOST_MENDED):
        if played.indexing.busy:
            played.say(played.indexing, Failed, DAMAGED, "")
    assert compared(played) == [True] * MOST_MENDED
    assert [one.error for one in played.told if isinstance(one, Trouble)] == [DAMAGED]
    played.add()
    assert not played.indexing.busy


def test_a_comparison_that_a_pause_breaks_off_is_made_afterwards(played) -> None:
    known(played)
    played.scheduler.mend(DAMAGED)
    played.scheduler.pause()
    played.say(played.indexing, Stopped)
    played.scheduler.resume()
    assert compared(played) == [True, True]


def test_a_command_that_only_mends_does_not_build_another_index(home) -> None:
    with closing(open_database(open_home(home).database)) as db:
        for builds in (True, False):
            maintenance = Maintenance(db, patient=False, builds=builds)
            assert maintenance.begin().builds is builds
