"""The open document: a real pane, a real library, and the real drawing process made to fail."""

import functools
import hashlib
import math
import os
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from desktop_rag.domain.documents import Box, DocumentId, FileFact
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.reader import reader_presenter
from desktop_rag.gui.reader.reader_pane import ReaderPane
from desktop_rag.gui.reader.reader_presenter import ReaderPresenter
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.pipe.targets import Target
from tests import pdfs
from tests.workers import handlers, threads
from tests.workers.handlers import Trouble

WAIT = 60_000  # milliseconds; only failures ever wait this long
WORDS = ("The keeper counts lanterns.",)
BOXES = (Box(0.12, 0.08, 0.3, 0.1),)


class Pane(ReaderPane):
    """A pane that writes down what it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.diary: list[object] = []

    def set_page(self, drawn) -> None:
        self.diary.append(drawn.page if drawn.possible else f"no {drawn.page}")
        super().set_page(drawn)

    def set_pages(self, opened) -> None:
        self.diary.append("opened")
        super().set_pages(opened)

    def add_found(self, found) -> None:
        super().add_found(found)
        self.diary.append("found")

    def end_find(self) -> None:
        super().end_find()
        self.diary.append("all found")


class Reading:
    """A presenter with everything behind it, and a library to read in."""

    def __init__(self, home: Path, qtbot, target: Target) -> None:
        self.qtbot = qtbot
        self.paths = open_home(home)
        self.db = open_database(self.paths.database)
        self.library = libraries.ensure(self.db, "Papers")
        self.session = Session(self.db, self.paths, Settings())
        self.line = JobQueue("drawing", target, self.session)
        self.pane = Pane()
        qtbot.addWidget(self.pane)
        self.pane.resize(480, 700)
        self.pane.show()
        self.presenter = ReaderPresenter(self.session, self.line, self.pane)

    def add(self, path: Path) -> DocumentId:
        """Say that a file has been indexed as it is now."""
        known = path.stat()
        fact = FileFact(path, known.st_size, known.st_mtime_ns, known.st_ino)
        document = DocumentId(hashlib.sha256(path.read_bytes()).hexdigest())
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, path, fact, document)
        documents.set_state(self.db, document, DocumentState.READY)
        return document

    def open(self, path: Path) -> DocumentId:
        document = self.add(path)
        self.presenter.open(document, path.stem)
        return document

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def until_shown(self, page: int) -> None:
        self.until(lambda: self.has(page))

    def has(self, page: int) -> bool:
        image = self.pane.view._images.get(page)
        return image is not None and not image.image.isNull()

    def refused(self, page: int) -> bool:
        image = self.pane.view._images.get(page)
        return image is not None and image.image.isNull()

    def idle(self) -> None:
        """Let a minute pass without anything to do."""
        self.until(lambda: not self.line.busy)
        self.line._runner.due = -math.inf
        self.line._on_due()
        assert not self.line._bridge.worker.alive

    def find(self, text: str) -> None:
        self.pane.show_find()
        self.pane.find_bar.field.setText(text)
        self.pane.find_bar._ask()

    def end(self) -> None:
        self.line.stop()
        ending = getattr(self.line._bridge.worker, "_ending", None)
        if ending:
            ending.join()
        self.session.deleteLater()


@pytest.fixture
def reading(tmp_path, qtbot, theme):
    """Begin to read: in a thread, or in a process that has trouble."""
    begun: list[Reading] = []
    home = tmp_path / "data"

    def begin(trouble: Trouble | None = None) -> Reading:
        if trouble is None:
            stack.enter_context(threads.instead())
            target = functools.partial(threads.serve_drawing, home)
        else:
            target = functools.partial(handlers.serve_drawing, home, trouble)
        begun.append(Reading(home, qtbot, target))
        return begun[-1]

    with ExitStack() as stack:
        yield begin
        for each in begun:
            with closing(each.db):
                each.end()


@pytest.fixture
def hurried(monkeypatch) -> None:
    """Let nothing take longer than a second."""
    monkeypatch.setattr(reader_presenter, "_OPEN_SECONDS", 1.0)
    monkeypatch.setattr(reader_presenter, "_PAGE_SECONDS", 1.0)


def passage(document: DocumentId, page: int = 0) -> Source:
    return Source(1, document, "A title", page, str(page + 1), WORDS[0], BOXES)


@pytest.mark.parametrize("hangs", [False, True], ids=["dies", "hangs"])
def test_pages_that_cannot_be_drawn_spare_the_rest(reading, hurried, tmp_path, hangs) -> None:
    book = pdfs.book(tmp_path / "book.pdf", 60)
    read = reading(Trouble("book.pdf", frozenset({30, 31}), hangs=hangs))
    read.open(book)
    read.until_shown(0)
    read.pane.go_to(30)
    read.until(lambda: read.refused(30) and read.refused(31))
    assert read.pane.view.page == 30, "the place was lost"
    for page in (32, 2):
        read.pane.go_to(page)
        read.until_shown(page)
    assert read.pane.diary.count("opened") == 1, "the document was laid out anew"
    read.pane.go_to(30)
    read.pane.view.zoom_to(0.7)
    read.pane.diary.clear()
    life = read.line._bridge.worker._life
    read.until(lambda: "no 30" in read.pane.diary)
    assert read.line._bridge.worker._life is life, "another process ended for it"
    assert life.process.is_alive()


def test_a_page_is_drawn_although_somebody_ended_the_process(reading, tmp_path) -> None:
    read = reading(Trouble("none.pdf", frozenset()))
    read.open(pdfs.book(tmp_path / "book.pdf", 60))
    read.line._bridge.worker.kill()
    read.until_shown(0)
    read.pane.go_to(30)
    read.until(lambda: read.line.busy)
    read.line._bridge.worker.kill()
    read.until_shown(30)


@pytest.mark.parametrize("hangs", [False, True], ids=["dies", "hangs"])
def test_a_document_that_cannot_be_opened_says_so(reading, hurried, tmp_path, hangs) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    read = reading(Trouble("bad.pdf", frozenset({-1}), hangs=hangs))
    first = read.open(pdfs.plain(good, WORDS))
    read.until_shown(0)
    second = read.add(pdfs.plain(bad, ["Another text"]))
    read.presenter.open_source(passage(second))
    read.until(lambda: "took too long, or broke off" in read.pane.card.words)
    assert "“bad.pdf”" in read.pane.card.words
    assert read.pane.card.passage == WORDS[0]
    read.pane.card._button.click()
    assert not read.pane.card.isVisible()
    read.until(read.pane.card.isVisible)
    read.presenter.open(first, "good")
    read.until_shown(0)


def test_nobody_waits_for_a_document_that_is_no_longer_wanted(reading, tmp_path) -> None:
    read = reading(Trouble("bad.pdf", frozenset({-1}), hangs=True))
    good = read.open(pdfs.plain(tmp_path / "good.pdf", WORDS))
    read.until_shown(0)
    read.open(pdfs.plain(tmp_path / "bad.pdf", ["Another text"]))
    read.until(lambda: read.line.busy)
    dropped = list(read.presenter._jobs)
    read.presenter.open(good, "good")
    assert read.line._runner._now not in dropped
    read.until_shown(0)


def test_a_page_is_drawn_before_a_long_search_has_ended(reading, tmp_path) -> None:
    read = reading()
    read.open(pdfs.book(tmp_path / "book.pdf", 200))
    read.until_shown(0)
    read.pane.diary.clear()
    read.find("masts")
    read.until(lambda: "found" in read.pane.diary)
    read.pane.go_to(150)
    read.until(lambda: "all found" in read.pane.diary)
    assert 150 in read.pane.diary
    assert read.pane.diary.count("found") == 200, "a page was left out"


def test_a_search_ends_with_more_matches_than_anybody_reads(reading, tmp_path, monkeypatch) -> None:
    read = reading()
    document = read.open(pdfs.book(tmp_path / "book.pdf", 60))
    read.until_shown(0)
    monkeypatch.setattr(
        reader_presenter, "FindText", functools.partial(reader_presenter.FindText, most=450)
    )  # there are 25 on each page
    read.find("masts")
    read.until(lambda: "all found" in read.pane.diary)
    assert read.pane.diary.count("found") == 18
    assert document


def test_another_search_ends_the_one_before(reading, tmp_path) -> None:
    read = reading()
    read.open(pdfs.book(tmp_path / "book.pdf", 100))
    read.until_shown(0)
    read.find("masts")
    read.until(lambda: "found" in read.pane.diary)
    read.find("lighthouse")
    read.until(lambda: "all found" in read.pane.diary)
    assert read.pane.find_bar._count.text() == "1 of 5"


def test_a_new_process_goes_on_where_the_old_one_ended(reading, tmp_path) -> None:
    read = reading()
    read.open(pdfs.book(tmp_path / "book.pdf", 60))
    read.until_shown(0)
    read.find("masts")
    read.until(lambda: "all found" in read.pane.diary)
    read.idle()
    read.pane.go_to(40)
    read.until_shown(40)
    assert read.pane.find_bar.isVisible()
    assert read.pane.diary.count("opened") == 1
    read.idle()
    read.find("lanterns")
    read.until(lambda: read.pane.diary.count("all found") == 2)
    assert read.pane.diary.count("found") == 120


def test_a_file_that_is_what_it_was_is_not_called_changed(reading, tmp_path) -> None:
    read = reading()
    path = pdfs.plain(tmp_path / "a.pdf", WORDS)
    document = read.add(path)
    os.utime(path, ns=(0, 0))  # copied back, say
    read.presenter.open(document, "a")
    read.until(lambda: read.has(0) and not read.line.busy)
    assert not read.pane.changed_bar.isVisible()


def altered(path: Path, *, same_size: bool) -> None:
    """Write other content into a file."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b"%PDF-1.7", b"%PDF-1.6") if same_size else data + b"\n\n")
    os.utime(path, ns=(0, 0))


@pytest.mark.parametrize("same_size", [True, False])
def test_a_changed_file_is_called_so_and_can_be_indexed_again(
    reading, tmp_path, qtbot, same_size
) -> None:
    read = reading()
    path = pdfs.book(tmp_path / "a.pdf", 30)
    old = read.add(path)
    altered(path, same_size=same_size)
    read.presenter.open_source(passage(old, page=20))
    read.until(lambda: read.pane.changed_bar.isVisible() and read.has(20))
    with qtbot.waitSignal(read.presenter.indexing_requested) as wish:
        read.pane.changed_bar.again.click()
    assert wish.args == [path]
    assert not read.pane.changed_bar.isVisible()
    read.session.documents_changed.emit()  # the queue has begun, and nothing is known yet
    assert read.presenter._shown.document == old
    new = read.add(path)
    assert new != old
    read.pane.diary.clear()
    with qtbot.waitSignal(read.presenter.opened) as shown:
        read.session.documents_changed.emit()
    assert shown.args[0] == new
    read.until_shown(20)
    assert read.pane.view.page == 20
    assert not read.pane.changed_bar.isVisible()
    read.presenter.open_source(passage(old))
    assert "no longer in the library" in read.pane.card.words
    assert read.pane.card.passage == WORDS[0]


def test_a_file_that_changes_while_it_is_read_is_opened_again(reading, tmp_path) -> None:
    read = reading()
    path = pdfs.book(tmp_path / "a.pdf", 30)
    document = read.open(path)
    read.until_shown(0)
    assert not read.pane.changed_bar.isVisible()
    pdfs.book(path, 50)
    read.presenter.open_source(passage(document, page=10))
    read.until(lambda: read.has(10) and read.pane.changed_bar.isVisible())
    assert read.pane.view.pages == 50
    assert read.pane.view.lit == (10, BOXES)
    pdfs.book(path, 45)
    read.idle()
    read.pane.go_to(30)
    read.until_shown(30)
    assert read.pane.view.pages == 45
    assert read.pane.view.page == 30


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (pdfs.truncated, None),
        (pdfs.hostile, None),
        (pdfs.not_a_pdf, "cannot be read"),
        (pdfs.empty, "is an empty file"),
        (pdfs.without_pages, "has no pages"),
        (lambda path: pdfs.locked(path, "x"), "protected by a password"),
    ],
)
def test_a_corrupt_file_says_so_or_shows_what_there_is(reading, tmp_path, make, words) -> None:
    read = reading()
    document = read.add(make(tmp_path / "bad.pdf"))
    read.presenter.open_source(passage(document))
    if words is None:
        read.until_shown(0)
        return
    read.until(lambda: words in read.pane.card.words)
    assert read.pane.card.isVisible()
    assert read.pane.card.passage == WORDS[0]


@pytest.mark.parametrize("when", ["before it is opened", "while it is read", "as it is opened"])
def test_a_file_that_has_gone_keeps_its_passage_and_can_be_located(
    reading, tmp_path, qtbot, when
) -> None:
    read = reading(Trouble("") if when == "as it is opened" else None)  # a process takes a while
    path = pdfs.book(tmp_path / "a.pdf", 30)
    document, whole = read.add(path), path.read_bytes()
    if when == "while it is read":
        read.presenter.open(document, "a")
        read.until_shown(0)
    if when != "as it is opened":
        path.unlink()
    with threads.MUPDF:
        read.presenter.open_source(passage(document))
        path.unlink(missing_ok=True)
    read.until(read.pane.card.isVisible)
    assert "The file is not where it was" in read.pane.card.words
    assert read.pane.card.passage == WORDS[0]
    with qtbot.waitSignal(read.presenter.relocation_requested) as wish:
        read.pane.card._button.click()
    assert wish.args == [document]
    moved = tmp_path / "elsewhere.pdf"
    moved.write_bytes(whole)
    assert read.add(moved) == document
    read.presenter.open(document, "a", moved)
    read.until_shown(0)


def test_a_page_of_a_file_that_has_gone_meanwhile_gives_way_to_its_passage(
    reading, tmp_path
) -> None:
    read = reading()
    path = pdfs.book(tmp_path / "a.pdf", 30)
    document = read.add(path)
    read.presenter.open_source(passage(document))
    read.until_shown(0)
    path.unlink()
    read.idle()
    read.pane.go_to(20)
    read.until(read.pane.card.isVisible)
    assert read.pane.card.passage == WORDS[0]


def locked(reading, tmp_path, known: str = ""):
    """Open a document that wants the password "secreto"."""
    read = reading()
    told: list[tuple[object, ...]] = []
    read.presenter.password_requested.connect(lambda *values: told.append(values))
    read.presenter.tried.connect(lambda *values: told.append(values))
    path = pdfs.locked(tmp_path / "locked.pdf", "secreto")
    document = read.add(path)
    if known:
        read.session.passwords.keep(document, known, lasting=False)
    read.presenter.open_source(passage(document))
    return read, document, told


def test_a_locked_document_asks_for_its_password_until_it_is_right(reading, tmp_path) -> None:
    read, document, told = locked(reading, tmp_path)
    read.until(lambda: "protected by a password" in read.pane.card.words)
    assert read.pane.card.passage == WORDS[0]
    read.pane.card._button.click()
    assert told == [(document, "A title")]
    read.presenter.try_password(document, "wrong")
    read.until(lambda: told[1:] == [(document, False)])
    assert read.pane.card.isVisible()
    read.presenter.try_password(document, "secreto")
    read.until(lambda: told[2:] == [(document, True)])
    read.until_shown(0)


def test_a_password_that_is_known_is_used_without_asking(reading, tmp_path) -> None:
    read, _, told = locked(reading, tmp_path, "secreto")
    read.until_shown(0)
    assert told == []
    read.idle()  # a new process has to be told the password, too
    read.find("river")
    read.until(lambda: "all found" in read.pane.diary)
    assert read.presenter.shows


def test_a_password_that_was_kept_and_is_wrong_by_now_is_asked_for_again(reading, tmp_path) -> None:
    read, _, _ = locked(reading, tmp_path, "old")
    read.until(lambda: "protected by a password" in read.pane.card.words)
    assert not read.line.busy
