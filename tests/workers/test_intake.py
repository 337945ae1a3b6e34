"""Taking files in with real processes, and with every way in which those can end."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
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
)
from desktop_rag.library import documents, libraries, page_store
from desktop_rag.library.database import open_database
from desktop_rag.library.documents import State
from desktop_rag.settings.paths import Paths, open_home
from desktop_rag.workers.calls import Mailbox
from desktop_rag.workers.client import Target
from desktop_rag.workers.commands import Hashed, PageRead
from desktop_rag.workers.happenings import Event, Given, Indexed, Unchanged, Waiting
from desktop_rag.workers.intake import Intake
from desktop_rag.workers.protocol import Step
from tests import pdfs
from tests.workers import handlers
from tests.workers.handlers import Deaths, Embedding, Trouble

LOOK = 0.05
PAGE_SECONDS = 5  # more than any honest page here needs, even with every processor busy
NO_TROUBLE = Trouble("")


@dataclass(slots=True)
class Session:
    """A data directory, and what happened in it during the last run."""

    paths: Paths
    db: sqlite3.Connection
    steps: list[object] = field(default_factory=list)

    def run(
        self,
        given: Sequence[Path],
        *,
        reading: Target | None = None,
        indexing: Target | None = None,
        until: Callable[[Intake], bool] = lambda intake: intake.done,
        page_seconds: float = PAGE_SECONDS,
    ) -> list[Event]:
        """Take files in as a command does, and return what happened."""
        home = self.paths.home
        box = Mailbox()
        intake = Intake(
            self.db,
            self.paths,
            libraries.ensure(self.db, "Papers"),
            box.worker("reading", reading or partial(handlers.serve_reading, home, NO_TROUBLE)),
            box.worker("indexing", indexing or self.counting()),
            page_seconds,
        )
        self.steps.clear()
        events: list[Event] = []
        try:
            intake.begin(given)
            while not until(intake):
                letter = box.take(LOOK)
                if letter:
                    if isinstance(letter.reply, Step):
                        self.steps.append(letter.reply.value)
                    events += intake.take(letter)
                intake.overdue()
        finally:
            intake.stop()
        return events

    def counting(self, name: str = "", times: int = 0) -> Target:
        """The indexing process without a store, which dies so often at one file."""
        return partial(
            handlers.serve_counting, self.paths.home, Deaths(self.paths.home, name, times)
        )

    def troubled(self, name: str, *pages: int, hangs: bool = False) -> Target:
        """The reading process that some pages are too much for."""
        return partial(
            handlers.serve_reading, self.paths.home, Trouble(name, frozenset(pages), hangs)
        )

    def state(self, path: Path) -> State | None:
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
    (folder / "notes.txt").write_text("not a PDF, and not named like one")
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
    assert len(events) == 6
    assert session.state(folder / "a.pdf") is State.READY
    assert session.state(folder / "locked.pdf") is State.WAITING
    assert isinstance(session.error(folder / "locked.pdf"), DocumentLocked)
    assert session.state(folder / "letter.pdf") is State.FAILED


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
    assert session.state(bad) is State.READY


def test_a_document_that_ends_the_reader_too_often_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(9))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.troubled("bad.pdf", *range(1, 9)))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    assert isinstance(session.error(bad), DocumentFatal)
    assert session.state(bad) is State.FAILED
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
    events = session.run([folder], reading=session.troubled("bad.pdf", 1, hangs=True))
    assert events == [Indexed(bad, pages=3, chunks=2)]
    assert session.lines(bad) == [1, 0, 1]


@pytest.mark.slow
def test_a_document_that_takes_for_ever_to_open_is_left_out(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(3))
    pdfs.plain(folder / "good.pdf", pages(1, "harbour"))
    events = session.run([folder], reading=session.troubled("bad.pdf", -1, hangs=True))
    assert (of(Given, events), of(Indexed, events)) == (["bad.pdf"], ["good.pdf"])
    error = session.error(bad)
    assert isinstance(error, DocumentTooSlow)
    assert error.page == 0


@pytest.mark.slow
def test_the_time_that_a_reader_takes_to_start_is_no_page_s_fault(session, folder) -> None:
    bad = pdfs.plain(folder / "bad.pdf", pages(3))
    late = Trouble("bad.pdf", frozenset({1}), late=2.0)
    reading = partial(handlers.serve_reading, session.paths.home, late)
    assert session.run([folder], reading=reading, page_seconds=1.5) == [Indexed(bad, 3, 2)]
    assert session.lines(bad) == [1, 0, 1]


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
    assert session.state(path) is not State.FAILED
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
    assert session.state(first) is session.state(second) is State.READY


@pytest.mark.skipif(sys.platform == "win32", reason="a link to nowhere needs rights there")
def test_a_data_directory_that_cannot_be_written_is_no_fault_of_the_document(
    session, folder
) -> None:
    path = pdfs.plain(folder / "a.pdf", pages(1))
    session.paths.pages_folder.rmdir()
    session.paths.pages_folder.symlink_to(folder / "nowhere")
    with pytest.raises(DataUnreadable):
        session.run([folder])
    assert session.state(path) is not State.FAILED


def test_a_run_that_is_stopped_goes_on_without_embedding_anything_twice(session, folder) -> None:
    texts = [f"{word} stood on the cliff. " * 9 for word in ("Anna", "Berta", "Clara", "Dora")]
    path = pdfs.plain(folder / "a.pdf", [" ".join(texts)])
    diary = session.paths.home / "diary"
    indexing = partial(handlers.serve_indexing, session.paths.home)

    def half(intake: Intake) -> bool:
        return intake.pace().chunks >= 2

    assert session.run([folder], indexing=partial(indexing, Embedding(diary, 2)), until=half) == []
    assert session.state(path) is State.EMBEDDING
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
    assert session.state(path) is State.READY
    assert session.run([folder], indexing=partial(indexing, Embedding(diary))) == [Unchanged(path)]


def test_a_scan_waits_and_is_not_read_again(session, folder) -> None:
    path = pdfs.scanned(folder / "scan.pdf")
    indexing = partial(handlers.serve_indexing, session.paths.home, Embedding(folder / "diary"))
    for _ in range(2):
        (event,) = session.run([folder], indexing=indexing)
        assert isinstance(event, Waiting)
        assert isinstance(event.error, DocumentWithoutText)
        assert session.state(path) is State.WAITING
    assert session.steps
    assert not any(isinstance(step, PageRead) for step in session.steps)


def test_nothing_to_do_ends_at_once(session, folder) -> None:
    (event,) = session.run([folder])
    assert isinstance(event, Given)
    assert isinstance(event.error, NothingToIndex)
