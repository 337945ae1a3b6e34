"""Taking files in with real processes, and with every way in which those can end."""

import math
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil
import pytest

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DataUnreadable,
    DiskFull,
    DocumentBroken,
    DocumentFatal,
    DocumentLocked,
    DocumentMissing,
    DocumentTooSlow,
    DocumentUnreadable,
    DocumentWithoutText,
    EmbedderDamaged,
    NothingToIndex,
    PagesLeftOut,
    PasswordWrong,
    RecognitionDataMissing,
    UnsupportedFile,
)
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.indexer import Begun
from desktop_rag.jobs.indexing.coordinator import Coordinator
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import (
    Event,
    FileGone,
    FilesPassedOver,
    Given,
    Indexed,
    Mended,
    Swapped,
    Unchanged,
    Waiting,
)
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, Queue, QueuedFile, Ranks
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import consistency, documents, indexes, libraries, watches
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk import page_store
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.watches import Watch
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.commands.indexing import Embed, Split
from desktop_rag.workers.commands.reading import (
    FilesFound,
    Hash,
    Hashed,
    PageRead,
    PageRecognized,
    Read,
)
from desktop_rag.workers.pipe.calls import Letter, Mailbox
from desktop_rag.workers.pipe.protocol import Finished, Step, Stopped
from desktop_rag.workers.pipe.targets import Target
from tests import originals, pdfs
from tests.tesseract import needs_tesseract
from tests.workers import handlers, threads
from tests.workers.handlers import Deaths, Embedding, Trouble

LOOK = 0.05
PAGE_SECONDS = 5  # more than any honest page here needs, even with every processor busy
NO_TROUBLE = Trouble("")
A, B = DocumentId("a"), DocumentId("b")


def peaceful(indexing: Target | None) -> bool:
    """Whether a target neither dies nor changes its process for good."""
    return indexing is None or (
        isinstance(indexing, partial) and indexing.func is handlers.serve_indexing
    )


@dataclass(slots=True)
class WaitingClock:
    """Time that passes only while a process waits, whatever the machine is busy with.

    Each look at it takes a second then. A process has waited enough after so many seconds.
    """

    waits: Path
    enough: float = math.inf
    now: float = 0.0
    _process: int = 0
    _since: float = 0.0

    def __call__(self) -> float:
        """Return the seconds that have passed."""
        process = self._waiting()
        if process:
            if process != self._process:
                self._process, self._since = process, self.now
            self.now += 1.0
            if self.now - self._since >= self.enough:
                self.waits.unlink()
        return self.now

    def _waiting(self) -> int:
        if not self.waits.exists():
            return 0
        process = int(self.waits.read_text())
        return process if psutil.pid_exists(process) else 0


@dataclass(slots=True)
class Session:
    """A data directory, and what happened in it during the last run."""

    paths: Paths
    db: sqlite3.Connection
    steps: list[object] = field(default_factory=list)
    ranks: Ranks = field(default_factory=Ranks)
    passwords: Passwords = field(default_factory=Passwords)
    recognition: bool = False
    watched: bool = False
    library: str = "Papers"
    languages: tuple[str, ...] = ("spa", "eng")
    upkeep: Upkeep = Upkeep()  # noqa: RUF009 - it is frozen
    threads: bool = True
    clock: WaitingClock | None = None

    def run(
        self,
        given: Sequence[Path],
        *,
        reading: Target | None = None,
        indexing: Target | None = None,
        until: Callable[[Coordinator], bool] = lambda coordinator: coordinator.done,
    ) -> list[Event]:
        """Take files in as a command does, and return what happened.

        Where nobody is to die, threads are enough.
        """
        with ExitStack() as stack:
            if self.threads and reading is None and peaceful(indexing):
                stack.enter_context(threads.instead())
                reading = partial(threads.serve_reading, self.paths.home)
            return self._run(given, reading, indexing, until)

    def _run(
        self,
        given: Sequence[Path],
        reading: Target | None,
        indexing: Target | None,
        until: Callable[[Coordinator], bool],
    ) -> list[Event]:
        box = Mailbox()
        reading = reading or partial(handlers.serve_reading, self.paths.home, NO_TROUBLE)
        processes = IndexingProcesses(
            box.worker("reading", reading),
            box.worker("indexing", indexing or self.counting()),
            [box.worker("recognizing-1", reading)],
        )
        coordinator = Coordinator(self.fresh_state(), processes, upkeep=self.upkeep)
        self.steps.clear()
        events: list[Event] = []
        try:
            coordinator.begin([self.batch(given)] if given else [])
            while not until(coordinator):
                letter = box.take(LOOK)
                if letter:
                    if isinstance(letter.reply, Step):
                        self.steps.append(letter.reply.value)
                    events += coordinator.take(letter)
                coordinator.overdue()
        finally:
            processes.stop()
        return events

    def batch(self, given: Sequence[Path], name: str = "") -> Batch:
        library = libraries.ensure(self.db, name or self.library)
        return Batch(library, tuple(given), watched=self.watched)

    def fresh_state(self) -> IndexingState:
        how = Indexing(
            page_seconds=PAGE_SECONDS, recognition=self.recognition, languages=self.languages
        )
        serving = indexes.serving(self.db)
        state = IndexingState(
            self.db, self.paths, how, serving, Queue(self.ranks), self.passwords.of
        )
        state.clock = self.clock or state.clock
        return state

    def counting(self, name: str = "", times: int = 0) -> Target:
        """The indexing process without a store, which dies so often at one file."""
        return partial(
            handlers.serve_counting, self.paths.home, Deaths(self.paths.home, name, times)
        )

    def troubled(self, name: str, *pages: int) -> Target:
        """The reading process that some pages are too much for."""
        return partial(handlers.serve_reading, self.paths.home, Trouble(name, frozenset(pages)))

    def waiting(
        self, name: str, page: int, *, hangs: bool = False, late: float | None = None
    ) -> Target:
        """The same, which hangs or starts so late, by a clock that goes only meanwhile."""
        waits = self.paths.home / "waits"
        self.clock = WaitingClock(waits, late or math.inf)
        trouble = Trouble(name, frozenset({page}), hangs, late=late is not None, waits=waits)
        return partial(handlers.serve_reading, self.paths.home, trouble)

    def state(self, path: Path) -> DocumentState | None:
        return documents.known(self.db, [path])[path].state

    def error(self, path: Path) -> Exception | None:
        return documents.known(self.db, [path])[path].error

    def document(self, path: Path) -> DocumentId:
        document = documents.known(self.db, [path])[path].document
        assert document is not None
        return document

    def lines(self, path: Path) -> list[int]:
        """How many lines were read from each page."""
        read = page_store.load(self.paths.pages_folder, self.document(path))
        assert read is not None
        return [len(page.lines) for page in read[1]]


@pytest.fixture
def session(home: Path) -> Iterator[Session]:
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        yield Session(paths, db)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def pages(count: int, word: str = "lighthouse") -> list[str]:
    return [f"Page {number} has a {word} of its own." for number in range(count)]


def of(kind: type[Event], events: Sequence[Event]) -> list[str]:
    return [event.path.name for event in events if isinstance(event, kind)]


def test_each_path_gets_one_answer(session, folder) -> None:
    pdfs.plain(folder / "a.pdf", pages(3))
    (folder / "below").mkdir()
    pdfs.plain(folder / "below" / "B.PDF", pages(2, "harbour"))
    (folder / "notes.other").write_text("no document, and not named like one")
    (folder / "nothing").mkdir()
    pdfs.locked(folder / "locked.pdf", "secret")
    pdfs.not_a_pdf(folder / "letter.pdf")
    missing = folder / "missing.pdf"
    events = session.run([folder, missing, folder / "nothing", folder / "a.pdf"])
    assert [event for event in events if isinstance(event, Indexed)] == [
        Indexed(folder / "a.pdf", pages=3, chunks=3),
        Indexed(folder / "below" / "B.PDF", pages=2, chunks=2),
    ]
    assert of(Waiting, events) == ["locked.pdf"]
    assert sorted(of(Given, events)) == ["letter.pdf", "missing.pdf", "nothing"]
    errors = {event.path.name: event.error for event in events if isinstance(event, Given)}
    assert isinstance(errors["letter.pdf"], DocumentBroken)
    assert isinstance(errors["missing.pdf"], DocumentMissing)
    assert isinstance(errors["nothing"], NothingToIndex)
    (passed,) = [event for event in events if isinstance(event, FilesPassedOver)]
    assert [one.path.name for one in passed.passed.named] == ["notes.other"]
    assert len(events) == 7
    assert session.state(folder / "a.pdf") is DocumentState.READY
    assert session.state(folder / "locked.pdf") is DocumentState.WAITING
    assert isinstance(session.error(folder / "locked.pdf"), DocumentLocked)
    assert session.state(folder / "letter.pdf") is DocumentState.FAILED


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are others there")
def test_what_is_closed_to_us_says_so(session) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        (folder / "closed").mkdir()
        hidden = pdfs.plain(folder / "closed" / "hidden.pdf", pages(1))
        shut = pdfs.plain(folder / "shut.pdf", pages(1))
        dangling = folder / "dangling.pdf"
        dangling.symlink_to(folder / "nowhere")
        shut.chmod(0)
        (folder / "closed").chmod(0)
        nobody = Trouble("", user=65_534 if os.geteuid() == 0 else None)  # who is root may all
        reading = partial(handlers.serve_reading, session.paths.home, nobody)
        events = session.run([folder, hidden, hidden, folder / "closed"], reading=reading)
        (folder / "closed").chmod(0o700)
    assert {event.path.name: type(event.error) for event in events} == {
        "closed": DocumentUnreadable,
        "hidden.pdf": DocumentUnreadable,
        "shut.pdf": DocumentUnreadable,
        "dangling.pdf": DocumentMissing,
    }
    assert len(events) == 4


def test_nothing_is_written_beside_the_documents(session, folder) -> None:
    pdfs.plain(folder / "a.pdf", pages(2))
    pdfs.locked(folder / "locked.pdf", "secret")
    pdfs.not_a_pdf(folder / "letter.pdf")
    originals.word(folder / "letter.docx", "A title", [("Heading", "Some text.")])
    (folder / "notes.md").write_text("# Notes\n\nSome more text.\n", "utf-8")

    def there() -> dict[Path, tuple[int, int]]:
        found = [folder, *folder.rglob("*")]
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}

    before = there()
    events = session.run([folder])
    assert sorted(of(Indexed, events)) == ["a.pdf", "letter.docx", "notes.md"]
    assert there() == before


def test_an_unchanged_file_is_not_even_opened(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    assert of(Indexed, session.run([folder])) == ["a.pdf"]
    assert session.run([folder]) == [Unchanged(path)]
    assert not any(isinstance(step, Hashed | PageRead) for step in session.steps)


def test_a_file_that_was_only_touched_is_not_read_again(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    session.run([folder])
    os.utime(path, ns=(1, 1))
    assert session.run([folder]) == [Unchanged(path)]
    assert not any(isinstance(step, PageRead) for step in session.steps)


def test_a_file_that_was_written_anew_is_read_again(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    session.run([folder])
    before = session.document(path)
    pdfs.plain(path, pages(2, "harbour"))
    assert session.run([path]) == [Indexed(path, pages=2, chunks=2)]
    assert session.document(path) != before
    assert documents.orphans(session.db) == [before]


def test_of_two_names_for_one_content_the_first_is_indexed(session, folder) -> None:
    first = pdfs.plain(folder / "a.pdf", pages(1))
    for name in ("b.pdf", "c.pdf"):
        (folder / name).write_bytes(first.read_bytes())
    events = session.run([folder])
    assert (of(Indexed, events), of(Unchanged, events)) == (["a.pdf"], ["b.pdf", "c.pdf"])
    again = session.run([folder])
    assert of(Unchanged, again) == ["a.pdf", "b.pdf", "c.pdf"]


def test_of_two_names_for_one_locked_content_the_first_waits(session, folder) -> None:
    first = pdfs.locked(folder / "a.pdf", "secret")
    (folder / "b.pdf").write_bytes(first.read_bytes())
    events = session.run([folder])
    assert (of(Waiting, events), of(Unchanged, events)) == (["a.pdf"], ["b.pdf"])


def test_a_page_that_ends_the_reader_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(5))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.troubled("bad.pdf", 1, 3))
    assert Indexed(bad, pages=5, chunks=3) in events
    assert sorted(of(Indexed, events)) == ["bad.pdf", "good.pdf"]
    assert len(events) == 2
    assert session.lines(bad) == [1, 0, 1, 0, 1]
    assert session.state(bad) is DocumentState.READY


def test_a_document_that_ends_the_reader_too_often_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(9))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.troubled("bad.pdf", *range(1, 9)))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    assert isinstance(session.error(bad), DocumentFatal)
    assert session.state(bad) is DocumentState.FAILED
    assert not any(session.paths.pages_folder.rglob("*.part"))


def test_a_document_that_cannot_be_opened_alive_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(1))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.troubled("bad.pdf", -1))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    assert isinstance(session.error(bad), DocumentFatal)


@pytest.mark.slow
def test_a_page_that_takes_for_ever_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(3))
    events = session.run([folder], reading=session.waiting("bad.pdf", 1, hangs=True))
    assert events == [Indexed(bad, pages=3, chunks=2)]
    assert session.lines(bad) == [1, 0, 1]
    assert session.clock.now > PAGE_SECONDS


@pytest.mark.slow
def test_a_document_that_takes_for_ever_to_open_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(3))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.waiting("bad.pdf", -1, hangs=True))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    error = session.error(bad)
    assert isinstance(error, DocumentTooSlow)
    assert error.page == 0


@pytest.mark.slow
def test_the_time_that_a_reader_takes_to_start_is_no_page_s_fault(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(3))
    reading = session.waiting("bad.pdf", 1, late=PAGE_SECONDS + 3)
    assert session.run([folder], reading=reading) == [Indexed(bad, 3, 2)]
    assert session.lines(bad) == [1, 0, 1]
    assert session.clock.now >= 3 * (PAGE_SECONDS + 3), "each of three readers was late"


def test_an_indexing_process_that_dies_once_goes_on(session, folder) -> None:
    pdfs.plain(folder / "bad.pdf", pages(2))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], indexing=session.counting("bad.pdf", times=1))
    assert sorted(of(Indexed, events)) == ["bad.pdf", "good.pdf"]
    assert len(events) == 2


def test_a_document_that_ends_indexing_twice_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(2))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], indexing=session.counting("bad.pdf", times=99))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    assert len(list(session.paths.home.glob("death-*"))) == 2
    assert isinstance(session.error(bad), DocumentFatal)
    # It gets another chance, and need not be read again for it.
    assert session.run([bad]) == [Indexed(bad, pages=2, chunks=2)]
    assert not any(isinstance(step, PageRead) for step in session.steps)


def test_a_missing_embedder_is_no_fault_of_the_document(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    indexing = partial(handlers.serve_without_embedder, session.paths.home)
    with pytest.raises(EmbedderDamaged):
        session.run([folder], indexing=indexing)
    assert session.state(path) is not DocumentState.FAILED
    assert session.run([folder]) == [Indexed(path, pages=2, chunks=2)]


def test_pages_that_were_lost_are_read_again(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    session.run([folder], indexing=session.counting("a.pdf", times=99))
    kept = page_store.place(session.paths.pages_folder, session.document(path))
    kept.write_bytes(kept.read_bytes()[:100])
    assert session.run([path]) == [Indexed(path, pages=2, chunks=2)]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_disk_ends_the_run_and_loses_nothing(session, folder) -> None:
    first = pdfs.plain(folder / "a.pdf", pages(2))
    second = pdfs.plain(folder / "b.pdf", pages(2, "harbour"))
    trouble = Trouble("b.pdf", full=True)
    full = partial(handlers.serve_reading, session.paths.home, trouble)
    with pytest.raises(DiskFull) as caught:
        session.run([folder], reading=full)
    assert caught.value.path == str(session.paths.pages_folder)
    assert not page_store.place(session.paths.pages_folder, session.document(second)).exists()
    events = session.run([folder])
    assert {event.path for event in events} == {first, second}
    assert session.state(first) is session.state(second) is DocumentState.READY


@pytest.mark.skipif(sys.platform == "win32", reason="a link to nowhere needs rights there")
def test_a_data_directory_that_cannot_be_written_is_no_fault_of_the_document(
    session, folder
) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    session.paths.pages_folder.rmdir()
    session.paths.pages_folder.symlink_to(folder / "nowhere")
    with pytest.raises(DataUnreadable):
        session.run([folder])
    assert session.state(path) is not DocumentState.FAILED


def test_a_run_that_is_stopped_goes_on_without_embedding_anything_twice(session, folder) -> None:
    texts = [f"{word} stood on the cliff. " * 9 for word in ("Anna", "Berta", "Clara", "Dora")]
    path = pdfs.plain(folder / "a.pdf", [" ".join(texts)])
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home)

    def half(coordinator: Coordinator) -> bool:
        return coordinator.pace().chunks >= 2

    assert session.run([folder], indexing=partial(indexing, Embedding(diary, 1)), until=half) == []
    assert session.state(path) is DocumentState.EMBEDDING
    assert handlers.embedded(session.paths.home, session.document(path)) == 2
    first = diary.read_text("utf-8").splitlines()
    assert len(first) == 2
    (event,) = session.run([folder], indexing=partial(indexing, Embedding(diary)))
    assert isinstance(event, Indexed)
    assert event.path == path
    assert event.chunks > 2
    assert not any(isinstance(step, PageRead) for step in session.steps)
    every = diary.read_text("utf-8").splitlines()
    assert every[:2] == first
    assert len(every) == len(set(every)) == event.chunks
    assert session.state(path) is DocumentState.READY
    assert session.run([folder], indexing=partial(indexing, Embedding(diary))) == [Unchanged(path)]


def test_a_scan_waits_and_is_not_read_again(session, folder) -> None:
    path = pdfs.scanned(folder / "scan.pdf")
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(folder / "diary"))
    for _ in range(2):
        (event,) = session.run([folder], indexing=indexing)
        assert isinstance(event, Waiting)
        assert isinstance(event.error, DocumentWithoutText)
        assert session.state(path) is DocumentState.WAITING
    assert session.steps
    assert not any(isinstance(step, PageRead) for step in session.steps)


def test_nothing_to_do_ends_at_once(session, folder) -> None:
    (event,) = session.run([folder])
    assert isinstance(event, Given)
    assert isinstance(event.error, NothingToIndex)


def ordered(session, folder, wish: Callable[[Ranks], None], also: Sequence[Path] = ()) -> list[str]:
    """Take a folder in, and then others; wish once all are found; return what was ready when."""
    later, wished = list(also), []

    def look(coordinator: Coordinator) -> bool:
        while later:
            coordinator.add(session.batch([later.pop()], "Others"))
        if not coordinator.finding and not wished:
            wish(session.ranks)
            coordinator.reorder()
            wished.append([place.path.name for place in coordinator.waiting()])
        return coordinator.done

    ready = of(Indexed, session.run([folder], until=look))
    assert [name for name in ready if name in wished[0]] == wished[0]
    return ready


@pytest.fixture
def queue(folder) -> Path:
    """Files a to e, each of which takes a while."""
    for name in "abcde":
        pdfs.plain(folder / f"{name}.pdf", pages(3, name))
    return folder


def test_what_is_wanted_first_is_ready_before_all_that_waits(session, queue) -> None:
    def wish(ranks: Ranks) -> None:
        ranks.put_first([QueuedFile(queue / "e.pdf"), QueuedFile(queue / "c.pdf")])

    assert ordered(session, queue, wish) == ["e.pdf", "c.pdf", "a.pdf", "b.pdf", "d.pdf"]


def test_what_is_wanted_last_is_ready_after_all_that_waits(session, queue) -> None:
    def wish(ranks: Ranks) -> None:
        ranks.put_last([QueuedFile(queue / "b.pdf"), QueuedFile(queue / "c.pdf")])

    assert ordered(session, queue, wish) == ["a.pdf", "d.pdf", "e.pdf", "b.pdf", "c.pdf"]


def test_what_was_read_and_is_wanted_last_waits_for_what_was_not(session, queue) -> None:
    for name in ("a.pdf", "b.pdf"):  # these are read already
        session.run([queue / name], indexing=session.counting(name, times=99))

    def wish(ranks: Ranks) -> None:
        ranks.put_last([QueuedFile(queue / "b.pdf")])

    assert ordered(session, queue, wish) == ["a.pdf", "c.pdf", "d.pdf", "e.pdf", "b.pdf"]


def test_a_file_that_came_later_can_be_taken_first(session, queue, tmp_path) -> None:
    later = tmp_path / "later"
    later.mkdir()
    pdfs.plain(later / "x.pdf", pages(2))
    pdfs.plain(later / "y.pdf", pages(2, "harbour"))

    def wish(ranks: Ranks) -> None:
        ranks.put_first([QueuedFile(later / "y.pdf")])

    ready = ordered(session, queue, wish, [later])
    assert ready == [f"{name}.pdf" for name in "yabcdex"]
    others = libraries.find(session.db, "Others")
    listed = {row.path.name: row.state for row in documents.listing(session.db, others)}
    assert listed == {"x.pdf": DocumentState.READY, "y.pdf": DocumentState.READY}


def test_files_that_wait_already_are_in_the_queue_once(session, queue) -> None:
    ready = ordered(session, queue, lambda _ranks: None, [queue])
    assert ready == [f"{name}.pdf" for name in "abcde"]
    others = libraries.find(session.db, "Others")
    assert len(documents.listing(session.db, others)) == 5


def test_a_file_that_failed_may_be_tried_again_while_others_are_taken(session, queue) -> None:
    bad = pdfs.not_a_pdf(queue / "0.pdf")
    again = []

    def look(coordinator: Coordinator) -> bool:
        known = documents.known(session.db, [bad]).get(bad)
        if known and known.state is DocumentState.FAILED and not again:
            pdfs.plain(bad, pages(1))
            coordinator.add(session.batch([bad]))
            again.append(bad)
        return coordinator.done

    events = session.run([queue], until=look)
    assert of(Given, events) == ["0.pdf"]
    assert sorted(of(Indexed, events)) == ["0.pdf", *(f"{name}.pdf" for name in "abcde")]


def test_files_that_nobody_wants_are_left_out(session, queue) -> None:
    box = Mailbox()
    reading = partial(handlers.serve_reading, session.paths.home, NO_TROUBLE)
    processes = IndexingProcesses(
        box.worker("reading", reading), box.worker("indexing", session.counting())
    )
    coordinator = Coordinator(session.fresh_state(), processes, unwanted={queue / "b.pdf"})
    try:
        coordinator.begin([session.batch([queue])])
        while coordinator.finding:
            if letter := box.take(LOOK):
                coordinator.take(letter)
    finally:
        processes.stop()
    assert len(documents.listing(session.db, libraries.ensure(session.db, "Papers"))) == 4


def test_a_file_of_another_kind_is_refused_unless_it_begins_as_a_pdf(session, folder) -> None:
    picture, paper = folder / "holiday.raw", folder / "paper"
    picture.write_bytes(b"\x89RAW\r\n\x1a\n" * 500)
    pdfs.plain(folder / "paper.pdf", pages(1)).rename(paper)
    events = session.run([picture, paper])
    assert [type(event) for event in events] == [Given, Indexed]
    assert isinstance(events[0].error, UnsupportedFile)
    library = libraries.find(session.db, "Papers")
    assert [row.path for row in documents.listing(session.db, library)] == [paper]


class Recorded:
    """A process that does nothing; the test replies for it."""

    def __init__(self, name: str) -> None:
        self.name, self.alive, self.told, self.cancelled = name, False, [], []

    def start(self) -> None:
        self.alive = True

    def submit(self, command: object) -> int:
        self.told.append(command)
        return len(self.told)

    def cancel(self) -> None:
        self.cancelled.append(self.told[-1])


class Played:
    """A coordinator whose processes reply what a test says."""

    def __init__(self, session: Session) -> None:
        self.reading, self.indexing = Recorded("reading"), Recorded("indexing")
        self.session = session
        self.coordinator = Coordinator(
            session.fresh_state(), IndexingProcesses(self.reading, self.indexing)
        )

    def reply(self, worker: Recorded, *values: object) -> None:
        """Do what the process was told last."""
        for value in values:
            self.coordinator.take(Letter(worker.name, Step(len(worker.told), value)))
        self.coordinator.take(Letter(worker.name, Finished(len(worker.told))))

    def stopped(self, worker: Recorded) -> None:
        """Leave off in the middle."""
        self.coordinator.take(Letter(worker.name, Stopped(len(worker.told))))

    def split(self, *documents: DocumentId, chunks: int = 900) -> None:
        for document in documents:
            stored = Stored(document, "A title", "en", chunks=chunks, pages=1)
            self.reply(self.indexing, Begun(document), stored)

    def hashed(self) -> None:
        fact = fact_of(self.reading.told[-1].path)
        self.reply(self.reading, Hashed(DocumentId(fact.path.stem), fact))

    def read(self) -> None:
        self.reply(self.reading, PageRead(0, 1))


def fact_of(path: Path) -> FileFact:
    return FileFact(path, 1, 1, 1)


def found(played: Played, *names: str) -> None:
    played.coordinator.begin([played.session.batch([Path("/pdf")])])
    facts = tuple(fact_of(Path(f"/pdf/{name}.pdf")) for name in names)
    played.reply(played.reading, FilesFound(facts))


def of_file(command: Hash | Read | Split | Embed) -> str:
    match command:
        case Hash(path=path):
            return f"hash {path.stem}"
        case Read(document=document):
            return f"read {document}"
        case Split(documents=splitting):
            return f"split {', '.join(one.document for one in splitting)}"
        case Embed(documents=embedding):
            return f"embed {', '.join(embedding)}"


def test_what_comes_first_is_hashed_before_what_can_be_read(session) -> None:
    played = Played(session)
    found(played, "a", "b", "c")
    session.ranks.put_first([QueuedFile(Path("/pdf/c.pdf"))])
    played.coordinator.reorder()
    for step in (played.hashed, played.hashed, played.read, played.read, played.hashed):
        step()
    assert [of_file(command) for command in played.reading.told[1:]] == [
        *("hash a", "hash c", "read c", "read a", "hash b", "read b"),
    ]


def test_what_comes_last_is_embedded_after_what_is_still_read(session) -> None:
    played = Played(session)
    found(played, "a", "b")
    session.ranks.put_last([QueuedFile(Path("/pdf/a.pdf")), QueuedFile(Path("/pdf/b.pdf"))])
    played.coordinator.reorder()
    for step in (played.hashed, played.read, played.hashed):
        step()
    assert [of_file(command) for command in played.reading.told[1:]] == [
        *("hash a", "read a", "hash b", "read b"),
    ]
    session.ranks.put_last([QueuedFile(Path("/pdf/a.pdf"))])  # while b is read
    played.coordinator.reorder()
    played.reply(played.indexing, Begun(A), Stored(A, "A", "en", chunks=2, pages=1))
    assert [of_file(command) for command in played.indexing.told] == ["split a"]
    played.read()  # of b, whose text comes before any vectors
    assert [of_file(command) for command in played.indexing.told] == ["split a", "split b"]
    played.reply(played.indexing, Begun(B), Stored(B, "B", "en", chunks=2, pages=1))
    assert of_file(played.indexing.told[-1]) == "embed b, a"


def test_the_text_of_many_is_stored_in_one_go_and_before_any_vectors(session) -> None:
    played = Played(session)
    found(played, "a", "b")
    for step in (played.hashed, played.read):
        step()
    assert of_file(played.indexing.told[-1]) == "split a"
    for step in (played.hashed, played.read):  # while a is split
        step()
    played.reply(played.indexing, Begun(A), Stored(A, "A", "en", chunks=2, pages=1))
    assert [of_file(command) for command in played.indexing.told] == ["split a", "split b"]


def embedding_one(session: Session) -> Played:
    """The first of two files is being embedded, and the second one as well."""
    played = Played(session)
    found(played, "a", "b")
    for step in (played.hashed, played.read, played.hashed, played.read):
        step()
    played.split(A, B)
    assert of_file(played.indexing.told[-1]) == "embed a"
    return played


def test_pieces_are_short_while_files_are_read(session) -> None:
    played = Played(session)
    found(played, "a", "b")
    for step in (played.hashed, played.read):
        step()
    played.split(A)
    short = played.indexing.told[-1].limit
    played.reply(played.indexing, Embedded(A, 900 - short))
    for step in (played.hashed, played.read):
        step()
    assert not played.indexing.cancelled
    played.reply(played.indexing, Embedded(A, 900 - 2 * short))
    played.split(B)
    assert of_file(played.indexing.told[-1]) == "embed a"
    assert played.indexing.told[-1].limit > 4 * short


def test_embedding_is_broken_off_for_what_is_wanted_first(session) -> None:
    played = embedding_one(session)
    session.ranks.put_first([QueuedFile(Path("/pdf/b.pdf"))])
    played.coordinator.reorder()
    played.coordinator.reorder()
    assert [of_file(command) for command in played.indexing.cancelled] == ["embed a"]
    played.stopped(played.indexing)
    assert of_file(played.indexing.told[-1]) == "embed b"
    played.reply(played.indexing, Embedded(B, 0))
    assert of_file(played.indexing.told[-1]) == "embed a"
    assert session.db.execute("SELECT state FROM documents WHERE id = 'b'").fetchone() == ("ready",)


def test_embedding_is_broken_off_for_text_that_is_to_be_stored(session) -> None:
    played = embedding_one(session)
    found(played, "c")
    for step in (played.hashed, played.read):
        step()
    assert [of_file(command) for command in played.indexing.cancelled] == ["embed a"]
    played.stopped(played.indexing)
    assert of_file(played.indexing.told[-1]) == "split c"


def test_embedding_is_broken_off_for_other_threads(session) -> None:
    played = embedding_one(session)
    played.coordinator.use(0)
    assert not played.indexing.cancelled
    played.coordinator.use(1)
    assert played.indexing.cancelled
    played.stopped(played.indexing)
    assert (of_file(played.indexing.told[-1]), played.indexing.told[-1].threads) == ("embed a", 1)


def test_what_was_done_before_it_could_be_broken_off_is_done(session) -> None:
    played = embedding_one(session)
    played.coordinator.reorder()
    played.reply(played.indexing, Embedded(A, 0))
    assert of_file(played.indexing.told[-1]) == "embed b"
    with pytest.raises(Cancelled):  # which nobody here has asked for
        played.stopped(played.indexing)


# Text recognition


def recognizing(session: Session) -> Session:
    session.recognition = True
    return session


@needs_tesseract
def test_a_scan_is_recognized_and_then_found(session, folder) -> None:
    path = pdfs.scanned(folder / "scan.pdf", "The lighthouse burned whale oil.")
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    (event,) = recognizing(session).run([folder], indexing=indexing)
    assert isinstance(event, Indexed)
    assert "lighthouse burned whale oil" in diary.read_text("utf-8")
    assert session.state(path) is DocumentState.READY
    (row,) = documents.listing(session.db, libraries.find(session.db, "Papers"))
    assert row.quality > 0.5
    assert not list(session.paths.pages_folder.glob("*/*.ocr"))
    assert session.run([folder]) == [Unchanged(path)]


def splitting(session: Session) -> Target:
    """The indexing process that splits what was read, and makes vectors that mean nothing."""
    home = session.paths.home
    return partial(handlers.serve_indexing, home, Embedding(home / "diary"))


@pytest.fixture
def undone(session, folder) -> Path:
    """A scan that was recognized, and is to be recognized again; another file is not."""
    scan = pdfs.scanned(folder / "scan.pdf", "The lighthouse burned whale oil.")
    typed = pdfs.plain(folder / "typed.pdf", ["Typed by hand."])
    recognizing(session).run([folder], indexing=splitting(session))
    consistency.renew_recognized(session.db, [session.document(scan), session.document(typed)])
    assert (session.state(scan), session.state(typed)) == (
        DocumentState.QUEUED,
        DocumentState.READY,
    )
    return scan


def recognized(session: Session) -> int:
    return sum(isinstance(step, PageRecognized) for step in session.steps)


@needs_tesseract
def test_a_scan_is_recognized_again_where_that_is_wished_and_then_no_more(
    session, folder, undone
) -> None:
    events = session.run([folder], indexing=splitting(session))
    assert (of(Indexed, events), of(Unchanged, events)) == (["scan.pdf"], ["typed.pdf"])
    assert recognized(session) == 1
    assert not any(isinstance(step, PageRead) for step in session.steps)  # and found meanwhile
    assert session.state(undone) is DocumentState.READY
    for state, done in (
        (DocumentState.READY, []),
        (DocumentState.EMBEDDING, ["scan.pdf"]),
    ):  # as after a pause
        documents.set_state(session.db, session.document(undone), state)
        assert of(Indexed, session.run([folder], indexing=splitting(session))) == done
        assert recognized(session) == 0


@needs_tesseract
def test_recognizing_again_outlives_an_interruption_and_repeats_no_page(session, folder) -> None:
    scan = pdfs.mixed(folder / "scan.pdf", [], ["Whale oil.", "The lamp.", "The keeper."])
    recognizing(session).run([folder], indexing=splitting(session))
    document = session.document(scan)
    consistency.renew_recognized(session.db, [document])
    session.run([folder], indexing=splitting(session), until=lambda _: recognized(session) > 0)
    done = len(page_store.unbound(session.paths.pages_folder, document))
    assert done > 0
    assert session.state(scan) is not DocumentState.READY
    assert of(Indexed, session.run([folder], indexing=splitting(session))) == ["scan.pdf"]
    assert recognized(session) == 3 - done
    assert session.state(scan) is DocumentState.READY
    assert not page_store.unbound(session.paths.pages_folder, document)


@needs_tesseract
def test_what_was_recognized_stays_where_nothing_can_be_recognized_now(
    session, folder, undone
) -> None:
    session.languages = ("xyz",)
    assert of(Indexed, session.run([folder], indexing=splitting(session))) == ["scan.pdf"]
    assert recognized(session) == 0
    _, pages = page_store.load(session.paths.pages_folder, session.document(undone))
    assert page_store.quality(pages)


@needs_tesseract
def test_what_was_recognized_stays_where_its_file_is_gone(session, undone) -> None:
    undone.unlink()
    session.run([undone], indexing=splitting(session))
    assert session.state(undone) is DocumentState.READY
    _, pages = page_store.load(session.paths.pages_folder, session.document(undone))
    assert page_store.quality(pages)


@needs_tesseract
def test_what_was_recognized_stays_where_its_file_goes_meanwhile(session, folder, undone) -> None:
    def look(coordinator: Coordinator) -> bool:
        if any(isinstance(step, Stored) for step in session.steps):
            undone.unlink(missing_ok=True)
        return coordinator.done

    session.run([folder], indexing=splitting(session), until=look)
    assert session.state(undone) is DocumentState.READY
    assert recognized(session) == 0
    assert isinstance(session.error(undone), DocumentMissing)


@needs_tesseract
def test_the_text_of_a_mixed_document_is_found_before_its_pictures_are_read(
    session, folder
) -> None:
    mixed = pdfs.mixed(folder / "mixed.pdf", ["Typed by hand."], ["The keeper drew a map."])
    states, library = [], libraries.ensure(session.db, "Papers")

    def look(coordinator: Coordinator) -> bool:
        if coordinator.recognizing():
            states.append((session.state(mixed), documents.scope(session.db, library, None)))
        return coordinator.done

    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    (event,) = recognizing(session).run([folder], indexing=indexing, until=look)
    assert event == Indexed(mixed, pages=2, chunks=2)
    assert states
    assert set(map(str, states)) == {str((DocumentState.READING, [session.document(mixed)]))}
    assert len(diary.read_text("utf-8").splitlines()) == 2  # what was typed is embedded once
    assert [step.page for step in session.steps if isinstance(step, PageRecognized)] == [1]


def test_without_language_data_a_scan_waits_and_a_mixed_document_is_ready(session, folder) -> None:
    session.languages = ("xyz",)
    scan = pdfs.scanned(folder / "scan.pdf")
    mixed = pdfs.mixed(folder / "mixed.pdf", ["Typed by hand."], ["Drawn by hand."])
    events = recognizing(session).run([folder])
    assert (of(Waiting, events), of(Indexed, events)) == (["scan.pdf"], ["mixed.pdf"])
    for path, state in ((scan, DocumentState.WAITING), (mixed, DocumentState.READY)):
        assert session.state(path) is state
        assert isinstance(session.error(path), RecognitionDataMissing)
        assert session.error(path).languages == ("xyz",)


@needs_tesseract
def test_what_waited_for_language_data_goes_on_when_it_is_there(session, folder) -> None:
    session.languages = ("xyz",)
    pdfs.scanned(folder / "scan.pdf")
    pdfs.mixed(folder / "mixed.pdf", ["Typed by hand."], ["Drawn by hand."])
    recognizing(session).run([folder])
    session.languages = ("eng",)
    session.watched = True  # as when the program starts
    events = session.run([folder])
    assert sorted(of(Indexed, events)) == ["mixed.pdf", "scan.pdf"]
    assert session.error(folder / "mixed.pdf") is None


@needs_tesseract
def test_a_page_that_ends_the_recognizer_is_left_out(session, folder) -> None:
    path = pdfs.mixed(folder / "bad.pdf", ["Typed."], ["Drawn.", "Painted."])
    dies = partial(
        handlers.serve_reading, session.paths.home, Trouble("bad.pdf", recognizes=frozenset({1}))
    )
    (event,) = recognizing(session).run([folder], reading=dies)
    assert isinstance(event, Indexed)
    assert isinstance(session.error(path), PagesLeftOut)
    assert session.error(path).pages == (1,)


def test_pages_that_could_not_be_read_are_told_of_a_document_that_is_ready(session, folder) -> None:
    path = pdfs.plain(folder / "bad.pdf", pages(5))
    session.run([folder], reading=session.troubled("bad.pdf", 1, 3))
    assert session.state(path) is DocumentState.READY
    assert isinstance(session.error(path), PagesLeftOut)
    assert session.error(path).pages == (1, 3)


# Passwords


def test_a_document_is_read_with_its_password(session, folder) -> None:
    path = pdfs.locked(folder / "locked.pdf", "secret")
    assert of(Waiting, session.run([folder])) == ["locked.pdf"]
    session.passwords.keep(session.document(path), "wrong", lasting=False)
    (event,) = session.run([path])
    assert isinstance(event, Waiting)
    assert isinstance(session.error(path), PasswordWrong)
    session.passwords.keep(session.document(path), "secret", lasting=False)
    assert of(Indexed, session.run([path])) == ["locked.pdf"]
    assert session.state(path) is DocumentState.READY


# Watched folders


def watching(session: Session, folder: Path) -> list[Event]:
    session.watched = True
    return session.run([folder])


def test_files_that_went_leave_the_library_and_their_documents_are_orphans(session, folder) -> None:
    for name in "abc":
        pdfs.plain(folder / f"{name}.pdf", pages(1, name))
    watching(session, folder)
    gone = session.document(folder / "b.pdf")
    (folder / "b.pdf").unlink()
    events = watching(session, folder)
    assert of(FileGone, events) == ["b.pdf"]
    assert of(Unchanged, events) == ["a.pdf", "c.pdf"]
    assert documents.orphans(session.db) == [gone]


def test_a_folder_that_was_only_added_loses_nothing(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    session.run([folder])
    path.unlink()
    pdfs.plain(folder / "b.pdf", pages(1, "b"))
    assert of(FileGone, session.run([folder])) == []
    assert path in documents.known(session.db, [path])


def test_a_watched_folder_that_vanished_takes_nothing_with_it(session, folder) -> None:
    pdfs.plain(folder / "a.pdf", pages(1))
    library = libraries.ensure(session.db, "Papers")
    watches.add(session.db, Watch(library, folder))
    watching(session, folder)
    folder.rename(folder.with_name("unplugged"))
    events = watching(session, folder)
    assert of(FileGone, events) == []
    assert session.state(folder / "a.pdf") is DocumentState.READY


def test_what_is_said_to_have_gone_leaves_the_library_if_it_has(session, folder) -> None:
    (folder / "below").mkdir()
    kept = pdfs.plain(folder / "a.pdf", pages(1))
    for name in "bc":
        pdfs.plain(folder / "below" / f"{name}.pdf", pages(1, name))
    watching(session, folder)
    (folder / "below" / "b.pdf").unlink()
    assert session.run([folder / "below" / "b.pdf"]) == [FileGone(folder / "below" / "b.pdf")]
    shutil.rmtree(folder / "below")
    assert session.run([folder / "below", folder / "never.pdf"]) == [
        FileGone(folder / "below" / "c.pdf")
    ]
    library = libraries.find(session.db, "Papers")
    assert [row.path for row in documents.listing(session.db, library)] == [kept]


def test_a_file_that_moved_keeps_its_vectors(session, folder) -> None:
    old, new = folder / "a.pdf", folder / "below" / "b.pdf"
    pdfs.plain(old, pages(2))
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    session.watched = True
    session.run([folder], indexing=indexing)
    embedded = diary.read_text("utf-8")
    document = session.document(old)
    new.parent.mkdir()
    old.rename(new)
    events = session.run([folder], indexing=indexing)
    assert (of(FileGone, events), of(Unchanged, events)) == (["a.pdf"], ["b.pdf"])
    assert session.document(new) == document
    assert not any(isinstance(step, PageRead) for step in session.steps)
    assert diary.read_text("utf-8") == embedded
    assert documents.orphans(session.db) == []


def test_what_failed_is_not_tried_again_by_merely_looking(session, folder) -> None:
    pdfs.not_a_pdf(folder / "letter.pdf")
    pdfs.locked(folder / "locked.pdf", "secret")
    session.run([folder])
    events = watching(session, folder)
    assert of(Unchanged, events) == ["letter.pdf", "locked.pdf"]
    assert not any(isinstance(step, PageRead | Hashed) for step in session.steps)


def test_a_file_that_is_still_being_written_is_waited_for(session, folder) -> None:
    path = pdfs.plain(folder / "late.pdf", pages(300))
    whole = pdfs.plain(folder / "whole.pdf", pages(301)).read_bytes()
    written = []

    def look(coordinator: Coordinator) -> bool:
        if not written and any(isinstance(step, PageRead) for step in session.steps):
            path.write_bytes(whole)
            written.append(path)
        return coordinator.done

    assert session.run([path], until=look) == [Indexed(path, pages=301, chunks=301)]
    assert written


# What the store has


def test_what_the_store_has_lost_is_made_anew(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    session.run([folder], indexing=indexing)
    shutil.rmtree(session.paths.vectors_folder)
    session.paths.vectors_folder.mkdir()
    session.upkeep = Upkeep(reconciles=True)
    assert session.run([], indexing=indexing) == [Mended(1), Indexed(path, pages=2, chunks=2)]
    assert handlers.embedded(session.paths.home, session.document(path)) == 2
    assert not any(isinstance(step, PageRead) for step in session.steps)


def test_what_nobody_knows_is_dropped_from_the_store_and_the_disk(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    session.run([folder], indexing=indexing)
    document = session.document(path)
    documents.remove_path(session.db, libraries.find(session.db, "Papers"), path)
    documents.forget(session.db, [document])
    session.upkeep = Upkeep(reconciles=True)
    assert session.run([], indexing=indexing) == []
    assert handlers.embedded(session.paths.home, document) == 0
    assert not page_store.place(session.paths.pages_folder, document).exists()


def test_another_size_of_chunks_is_built_beside_and_swapped(session, folder) -> None:
    texts = [f"{word} stood on the cliff. " * 9 for word in ("Anna", "Berta", "Clara", "Dora")]
    path = pdfs.plain(folder / "a.pdf", [" ".join(texts)])
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(diary))
    session.run([folder], indexing=indexing)
    before = consistency.finished(session.db)[session.document(path)]
    indexes.want(session.db, None, 40)
    events = session.run([], indexing=indexing)
    assert events == [Swapped()]
    assert indexes.serving(session.db).chunk_tokens == 40
    assert consistency.finished(session.db)[session.document(path)] > before
    assert not indexes.unswept(session.db)
    assert len(list(session.paths.vectors_folder.glob("*.lance"))) == 1
    assert session.run([folder], indexing=indexing) == [Unchanged(path)]


def test_what_is_split_anew_is_built_anew_in_an_index_that_is_on_its_way(session, folder) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(2))
    session.run([folder])
    document = session.document(path)
    indexes.want(session.db, None, 40)
    indexes.note_built(session.db, document, 2)
    consistency.undo(session.db, [document])
    session.run([folder], until=lambda _coordinator: session.state(path) is DocumentState.READY)
    assert indexes.built(session.db) == {}
    assert list(indexes.unbuilt(session.db, 9)) == [document]
