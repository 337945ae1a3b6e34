"""Files on their way into libraries, with the real reading process and indexing without torch."""

import threading
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch, QueuedFile
from desktop_rag.jobs.indexing.scheduler import IndexingData
from desktop_rag.jobs.indexing.tally import Tally
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.pipe.protocol import Finished
from tests import pdfs
from tests.workers import handlers
from tests.workers.handlers import Deaths, Embedding, Trouble

WAIT = 30_000  # milliseconds; only failures ever wait this long
FILES = 5


class Taken:
    """A data directory with something that takes files into it."""

    def __init__(self, paths: Paths, db, reading=None, indexing=None) -> None:
        self.paths, self.db = paths, db
        self.library = libraries.ensure(db, "Papers")
        home = paths.home
        indexing = indexing or partial(handlers.serve_counting, home, Deaths(home))
        pool = ProcessPool(
            reading or partial(handlers.serve_reading, home, Trouble("")),
            lambda _gentle: indexing,
        )
        data = IndexingData(db, paths, Passwords())
        self.indexing = IndexingQueue(data, pool, Indexing(recognition=False))
        self.scheduler = self.indexing.scheduler
        self.settled: list[Tally] = []
        self.changed: list[str] = []
        self.indexing.settled.connect(self.settled.append)
        self.indexing.document_changed.connect(lambda path: self.changed.append(path.name))

    def take(self, *given: Path) -> None:
        self.scheduler.add(Batch(self.library, given))

    def states(self) -> dict[str, DocumentState]:
        return {row.path.name: row.state for row in documents.listing(self.db, self.library)}

    def processes(self) -> list[int | None]:
        return [worker._life.process.pid for worker in self.workers()]

    def workers(self):
        return (self.scheduler.processes.reading, self.scheduler.processes.indexing)

    def end(self) -> None:
        self.scheduler.stop()
        for worker in self.workers():
            if ending := getattr(worker, "_ending", None):
                ending.join()
        self.indexing.deleteLater()


@pytest.fixture
def make(home: Path, qapp) -> Iterator[object]:
    """Make what takes files; all of it has ended afterwards."""
    paths = open_home(home)
    made: list[Taken] = []
    with closing(open_database(paths.database)) as db:

        def make_one(**targets) -> Taken:
            made.append(Taken(paths, db, **targets))
            return made[-1]

        yield make_one
        for one in made:
            one.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(FILES):
        pdfs.plain(folder / f"{number}.pdf", [f"Page {page} of {number}." for page in range(3)])
    return folder


def names() -> set[str]:
    return {f"{number}.pdf" for number in range(FILES)}


def test_a_batch_settles_with_what_came_of_it(make, folder, qtbot) -> None:
    pdfs.not_a_pdf(folder / "letter.pdf")
    pdfs.locked(folder / "locked.pdf", "secret")
    taken = make()
    taken.take(folder)
    assert taken.scheduler.busy
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=FILES, unchanged=0, waiting=1, failed=1)]
    assert taken.settled[0].done == FILES + 2
    assert sorted(taken.changed) == sorted(names() | {"letter.pdf", "locked.pdf"})
    assert not taken.scheduler.busy


def test_two_batches_use_the_same_processes(make, folder, qtbot) -> None:
    taken = make()
    taken.take(folder / "0.pdf")
    taken.take(folder / "1.pdf")
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=2)]
    before = taken.processes()
    taken.take(folder / "2.pdf")
    qtbot.waitUntil(lambda: len(taken.settled) == 2, timeout=WAIT)
    assert taken.settled[1] == Tally(indexed=1)
    assert taken.processes() == before


def paused_at_the_first_file(taken, folder, qtbot) -> None:
    """Take the folder, and stand still once one of its files is done."""
    pausing = taken.indexing.document_changed.connect(lambda _path: taken.scheduler.pause())
    taken.take(folder)
    qtbot.waitUntil(lambda: taken.scheduler.paused, timeout=WAIT)
    qtbot.waitUntil(lambda: taken.scheduler._run is None, timeout=WAIT)
    taken.indexing.document_changed.disconnect(pausing)


def test_a_pause_loses_nothing_and_counts_nothing_twice(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    assert taken.scheduler.busy
    assert taken.settled == []
    assert set(taken.states().values()) != {DocumentState.READY}
    taken.scheduler.resume()
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=FILES)]
    assert taken.states() == dict.fromkeys(names(), DocumentState.READY)


def test_an_answer_from_before_a_pause_ends_nothing_after_it(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    reading = taken.scheduler.processes.reading
    old = reading.last_id
    taken.scheduler.resume()
    reading._on_reply(Finished(old))  # as if it had been on its way
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=FILES)]


def test_an_order_that_was_chosen_is_kept_over_a_pause(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    ready = {name for name, state in taken.states().items() if state is DocumentState.READY}
    waiting = taken.scheduler.waiting()
    assert {place.path.name for place in waiting} == names() - ready
    taken.scheduler.put_first(waiting[-1:])
    taken.scheduler.put_last(waiting[:1])
    expected = [waiting[-1], *waiting[1:-1], waiting[0]]
    assert taken.scheduler.waiting() == expected
    taken.changed.clear()
    taken.scheduler.resume()
    assert taken.scheduler.waiting() == expected  # also while the files are found again
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    order = [name for name in taken.changed if name not in ready]
    assert order == [place.path.name for place in expected]
    assert taken.scheduler.waiting() == []


def test_files_of_a_later_batch_are_found_before_the_first_one_is_done(make, folder, qtbot) -> None:
    taken = make()
    later = pdfs.plain(folder.parent / "later.pdf", ["One page."])
    taken.take(folder)
    taken.take(later)
    qtbot.waitUntil(lambda: "later.pdf" in taken.states(), timeout=WAIT)
    assert taken.states()["4.pdf"] is not DocumentState.READY
    taken.scheduler.put_first([QueuedFile(later)])
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=FILES + 1)]
    assert taken.changed.index("later.pdf") < taken.changed.index("4.pdf")


def test_what_was_removed_during_a_pause_does_not_come_back(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    gone = folder / "4.pdf"
    documents.remove_path(taken.db, taken.library, gone)
    taken.scheduler.forget({gone})
    assert gone not in [place.path for place in taken.scheduler.waiting()]
    taken.scheduler.resume()
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert set(taken.states()) == names() - {"4.pdf"}


def test_what_was_removed_comes_back_where_it_is_added_anew(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    taken.scheduler.forget({folder / "4.pdf"})
    taken.take(folder)
    taken.scheduler.resume()
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=FILES)]


def test_leaving_a_library_lets_the_others_be(make, folder, qtbot) -> None:
    taken = make()
    other = libraries.ensure(taken.db, "Other")
    taken.take(folder / "0.pdf")
    taken.scheduler.add(Batch(other, (folder,)))
    taken.scheduler.leave(LibraryId(99))
    assert taken.scheduler.backlog.libraries == {taken.library, other}
    taken.scheduler.leave(other)
    assert taken.scheduler.backlog.libraries == {taken.library}
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert taken.settled == [Tally(indexed=1)]


def test_cancelling_empties_the_queue_and_settles_once(make, folder, qtbot) -> None:
    taken = make()
    taken.indexing.document_changed.connect(lambda _path: taken.scheduler.cancel())
    taken.take(folder)
    taken.take(folder / "0.pdf")
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert not taken.scheduler.busy
    assert len(taken.settled) == 1
    assert taken.settled[0].indexed < FILES
    taken.take(folder / "4.pdf")  # what comes after a cancelled queue is taken as ever
    qtbot.waitUntil(lambda: len(taken.settled) > 1, timeout=WAIT)
    assert taken.states()["4.pdf"] is DocumentState.READY


def test_cancelling_settles_once_where_the_last_answer_is_under_way(make, folder) -> None:
    taken = make()
    worker, ended = taken.scheduler.processes.reading, threading.Event()
    pass_on = worker._on_reply

    def note(reply) -> None:
        pass_on(reply)
        if isinstance(reply, Finished):
            ended.set()

    worker._on_reply = note
    taken.take(folder / "missing.pdf")
    assert ended.wait(WAIT / 1000)  # without a look at what has arrived
    assert not worker.busy
    taken.scheduler.cancel()
    assert len(taken.settled) == 1


def test_cancelling_a_paused_queue_settles(make, folder, qtbot) -> None:
    taken = make()
    paused_at_the_first_file(taken, folder, qtbot)
    taken.scheduler.cancel()
    assert len(taken.settled) == 1
    assert not taken.scheduler.busy
    assert not taken.scheduler.paused


def test_stopping_starts_no_process_again(make, folder, qtbot, qapp) -> None:
    taken = make()
    troubles: list[str] = []
    taken.indexing.troubled.connect(lambda _error, details: troubles.append(details))
    taken.indexing.document_changed.connect(lambda _path: taken.scheduler.stop())
    taken.take(folder)
    qtbot.waitUntil(lambda: bool(taken.changed), timeout=WAIT)
    before = taken.processes()
    for worker in taken.workers():
        worker._ending.join()
    qapp.processEvents()  # whatever was still under way arrives now
    assert troubles == []
    assert taken.processes() == before
    assert not any(worker.alive for worker in taken.workers())


def test_what_no_library_holds_is_swept(make, folder, qtbot, home) -> None:
    embedding = Embedding(folder / "diary")
    storing = make(indexing=partial(handlers.serve_indexing, home, embedding))
    storing.take(folder / "0.pdf")
    qtbot.waitUntil(lambda: bool(storing.settled), timeout=WAIT)
    (document,) = {row.document for row in documents.listing(storing.db, storing.library)}
    documents.remove_path(storing.db, storing.library, folder / "0.pdf")
    assert documents.orphans(storing.db) == [document]
    storing.scheduler.sweep()
    qtbot.waitUntil(lambda: not documents.orphans(storing.db), timeout=WAIT)
    qtbot.waitUntil(lambda: storing.scheduler._run is None, timeout=WAIT)
    storing.end()
    assert handlers.embedded(home, document) == 0


def test_what_could_not_be_swept_is_not_forgotten(make, folder, qtbot, home) -> None:
    deaths = Deaths(home, "Remove", 99)
    taken = make(indexing=partial(handlers.serve_counting, home, deaths))
    taken.take(folder / "0.pdf")
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    documents.remove_path(taken.db, taken.library, folder / "0.pdf")
    taken.scheduler.sweep()
    taken.take(folder / "1.pdf")  # goes on all the same
    qtbot.waitUntil(lambda: len(taken.settled) == 2, timeout=WAIT)
    assert len(documents.orphans(taken.db)) == 1


def test_a_bug_in_a_process_is_told_and_ends_the_queue(make, folder, qtbot) -> None:
    taken = make(reading=handlers.serve_jobs)  # which knows no FindFiles
    with qtbot.waitSignal(taken.indexing.troubled, timeout=WAIT) as troubled:
        taken.take(folder)
    error, details = troubled.args
    assert error is None
    assert "TypeError" in details
    qtbot.waitUntil(lambda: bool(taken.settled), timeout=WAIT)
    assert not taken.scheduler.busy
