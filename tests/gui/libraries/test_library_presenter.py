"""Libraries, their documents and the queue, with what runs in processes run in threads."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentMissing, ModelMissing, NothingToIndex
from desktop_rag.domain.models import LocalModel
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.documents_presenter import DocumentsPresenter
from desktop_rag.gui.libraries.library_presenter import LibraryPresenter
from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.widgets.banners import UndoBar
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.scheduler import IndexingData
from desktop_rag.library import documents, files, libraries, remembered, watches
from desktop_rag.library.db.database import open_database
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.watches import Watch
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Indexing, Settings
from tests import pdfs
from tests.workers import handlers, threads
from tests.workers.handlers import Deaths

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

WAIT = 15_000  # milliseconds; only failures ever wait this long
MANY = 5_000


class Presented:
    """What stands between the side bar, the table of documents, and the workers."""

    def __init__(self, home: Path, db, qtbot) -> None:
        self.paths, self.db = open_home(home), db
        self.qtbot = qtbot
        self.session = Session(db, self.paths, Settings())
        indexing = partial(handlers.serve_counting, home, Deaths(home))
        pool = ProcessPool(partial(threads.serve_reading, home), lambda _gentle: indexing)
        how = Indexing(recognition=False, on_battery="pause")
        data = IndexingData(db, self.paths, self.session.passwords)
        self.indexing = IndexingQueue(data, pool, how, self.session)
        self.scheduler = self.indexing.scheduler
        self.sidebar, self.table = Sidebar(), DocumentTable()
        for widget in (self.sidebar, self.table):
            qtbot.addWidget(widget)
        self.undo = UndoBar()
        qtbot.addWidget(self.undo)
        self.presenter = LibraryPresenter(
            self.session, self.indexing, self.sidebar, self.table, self.undo
        )
        self.said: list[str] = []
        self.presenter.worked.connect(self.said.append)
        self.table.resize(700, 600)
        self.table.show()

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def settle(self) -> None:
        self.until(lambda: not self.scheduler.busy)

    def shown(self) -> dict[str, str]:
        """Return what the table says of each file."""
        rows = self.table.documents.rows
        texts = [self.table.documents.cell(n, Column.STATE).text for n in range(len(rows))]
        return {row.path.name: text for row, text in zip(rows, texts, strict=True)}

    def row(self, name: str):
        return next(row for row in self.table.documents.rows if row.path.name == name)

    def pause_once_found(self, count: int) -> None:
        """Stand still as soon as so many files are known."""

        def look(_letter) -> None:
            if len(self.scheduler.waiting()) >= count - 1 and not paused:
                paused.append(True)
                self.sidebar.queue.pause_requested.emit()

        paused: list[bool] = []
        bridge = next(one for one in self.indexing.findChildren(QtWorker) if one._name == "reading")
        bridge.replied.connect(look, Qt.ConnectionType.QueuedConnection)

    def end(self) -> None:
        self.scheduler.stop()
        for worker in self.scheduler.processes.all:
            if ending := getattr(worker, "_ending", None):
                ending.join()
        self.session.deleteLater()


@pytest.fixture
def make(home, qtbot, theme) -> Iterator[Callable[[], Presented]]:
    """Open the data, again if it is called again; what is open at the end is closed."""
    with closing(open_database(open_home(home).database)) as db, threads.instead():
        made: list[Presented] = []

        def open_again() -> Presented:
            if made:
                made.pop().end()
            made.append(Presented(home, db, qtbot))
            return made[-1]

        yield open_again
        if made:
            made.pop().end()


@pytest.fixture
def presented(make) -> Presented:
    return make()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in "abcd":
        pdfs.plain(folder / f"{name}.pdf", [f"Page {page} of {name}." for page in range(3)])
    return folder


def test_the_table_shows_the_queue_and_the_queue_heeds_the_table(presented, folder) -> None:
    presented.pause_once_found(4)
    presented.presenter.add([folder])
    presented.until(lambda: presented.scheduler.paused)
    presented.until(lambda: presented.shown().get("d.pdf") == "Queued · 4")
    assert [presented.shown()[f"{name}.pdf"] for name in "abc"] == [
        f"Queued · {n}" for n in (1, 2, 3)
    ]
    presented.table.first_requested.emit([presented.row("c.pdf"), presented.row("d.pdf")])
    presented.table.last_requested.emit([presented.row("a.pdf")])
    order = [f"{name}.pdf" for name in "cdba"]
    assert [presented.shown()[name] for name in order] == [f"Queued · {n}" for n in (1, 2, 3, 4)]
    presented.sidebar.queue.details_requested.emit()
    presented.until(lambda: [row.path.name for row in presented.table.documents.rows] == order)
    ready: list[str] = []
    presented.indexing.document_changed.connect(lambda path: ready.append(path.name))
    presented.sidebar.queue.resume_requested.emit()
    presented.settle()
    assert ready == order
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    assert presented.session.ready


def known(presented, library: str, path: Path) -> DocumentId:
    """Put a file into a library as one whose content is known and which waits."""
    state, document = path.stat(), handlers._document(path)
    fact = FileFact(path, state.st_size, state.st_mtime_ns, state.st_ino)
    documents.add_files(presented.db, libraries.ensure(presented.db, library), [fact])
    documents.identify(presented.db, path, fact, document)
    return document


def test_what_is_read_and_waits_to_be_indexed_says_that_it_waits(presented, folder) -> None:
    document = known(presented, "files", folder / "d.pdf")
    presented.pause_once_found(4)
    presented.presenter.add([folder])
    presented.until(lambda: presented.scheduler.paused)
    documents.set_state(presented.db, document, DocumentState.EMBEDDING)
    presented.session.documents_changed.emit()
    assert all(text.startswith("Queued · ") for text in presented.shown().values())


def test_a_document_in_two_libraries_stands_in_the_queue_of_both(
    presented, folder, tmp_path
) -> None:
    copy = tmp_path / "copy of d.pdf"
    copy.write_bytes((folder / "d.pdf").read_bytes())
    known(presented, "files", folder / "d.pdf")
    document = known(presented, "Other", copy)
    presented.pause_once_found(4)
    presented.presenter.add([folder])
    presented.until(lambda: presented.scheduler.paused)
    waiting = [place.document for place in presented.scheduler.waiting()]
    presented.session.choose(libraries.find(presented.db, "Other"))
    assert presented.shown() == {copy.name: f"Queued · {waiting.index(document) + 1}"}
    presented.table.last_requested.emit(presented.table.documents.rows)
    assert presented.shown() == {copy.name: "Queued · 4"}


def test_the_order_that_was_chosen_outlives_the_program(presented, make, folder) -> None:
    presented.pause_once_found(4)
    presented.presenter.add([folder])
    presented.until(lambda: presented.scheduler.paused)
    presented.until(lambda: len(presented.shown()) == 4)
    presented.table.first_requested.emit([presented.row("d.pdf")])
    presented.table.last_requested.emit([presented.row("a.pdf"), presented.row("b.pdf")])
    again = make()
    again.pause_once_found(4)
    again.presenter.start()
    again.until(lambda: again.scheduler.paused)
    order = [place.path.stem for place in again.scheduler.waiting()]
    assert order == ["d", "c", "a", "b"]
    again.sidebar.queue.resume_requested.emit()
    again.settle()
    assert again.scheduler.backlog.order.ranks.chosen() == ([], [])
    assert remembered.queue_order(again.db) == ([], [])


def test_five_thousand_pdfs_are_listed_and_queued(make, tmp_path, monkeypatch) -> None:
    for number in range(MANY):
        (tmp_path / f"{number:04}.pdf").touch()
    whole: list[int] = []
    read = DocumentsPresenter.read

    def noted(shown: DocumentsPresenter) -> None:
        read(shown)
        whole.append(shown._table.documents.rowCount())

    monkeypatch.setattr(DocumentsPresenter, "read", noted)
    presented = make()
    presented.pause_once_found(MANY)
    presented.presenter.add([tmp_path])
    presented.until(lambda: presented.scheduler.paused)
    presented.until(lambda: presented.table.documents.rowCount() == MANY)
    presented.until(lambda: presented.shown()["4999.pdf"] == f"Queued · {MANY}")
    presented.table.last_requested.emit([presented.row("0000.pdf")])
    assert presented.shown()["0000.pdf"] == f"Queued · {MANY}"
    presented.sidebar.queue.cancel_requested.emit()
    presented.settle()
    presented.until(lambda: presented.table.documents.rowCount() == 0)
    assert set(whole) == {0}  # the others are read in slices: all at once would be felt


def test_a_file_that_failed_is_tried_again_while_others_are_taken(presented, folder) -> None:
    bad = pdfs.not_a_pdf(folder / "0.pdf")
    presented.presenter.add([folder])
    presented.until(lambda: presented.shown().get("0.pdf") == "Failed")
    pdfs.plain(bad, ["Now it is one."])
    presented.table.retry_requested.emit([presented.row("0.pdf")])
    presented.settle()
    presented.until(lambda: presented.shown()["0.pdf"] == "Ready")


def test_the_same_folder_dropped_twice_is_taken_once(presented, folder) -> None:
    presented.presenter.add([folder])
    presented.presenter.add([folder])
    presented.settle()
    assert presented.said[-1] == "4 document(s) ready"
    presented.presenter.add([folder])
    presented.settle()
    assert presented.said[-1] == "4 document(s) were there already"
    assert len(presented.shown()) == 4


@pytest.mark.parametrize("name", ["holiday.heic", "setup.exe", "notes.pages"])
def test_a_file_of_another_kind_gets_one_sentence(presented, tmp_path, name) -> None:
    file = tmp_path / name
    file.write_bytes(b"\x00\x01 of no kind that is known")
    presented.presenter.add([file])
    presented.settle()
    (said,) = presented.said
    assert said.startswith(f"“{name}” is a kind of file that cannot be read. ")
    assert presented.shown() == {}
    assert libraries.summaries(presented.db) == []  # none is made for it


def test_a_folder_without_pdfs_gets_one_sentence_and_its_files_are_counted(
    presented, tmp_path
) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "holiday.mp4").touch()
    presented.presenter.add([tmp_path / "pictures"])
    presented.settle()
    words = words_for(NothingToIndex(str(tmp_path / "pictures")))
    assert presented.said == [f"{words} · 1 file(s) of 1 kind(s) were passed over"]


def test_a_folder_that_vanishes_is_told_and_the_others_go_on(presented, folder, tmp_path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    with threads.MUPDF:
        presented.presenter.add([gone, folder])
        gone.rmdir()
    presented.settle()
    assert presented.said == [words_for(DocumentMissing("gone"))]
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})


def test_a_long_list_that_is_being_read_is_not_begun_anew(presented, folder, monkeypatch) -> None:
    presented.presenter.add([folder])
    presented.settle()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    monkeypatch.setattr("desktop_rag.gui.libraries.documents_presenter._FEW", 0)
    reader = presented.presenter._documents
    reader._read_in_slices()
    begun = reader._under_way
    next(begun)  # what is in the database was read, and changes now
    file = folder / "a.pdf"
    documents.set_state(
        presented.db, documents.known(presented.db, [file])[file].document, DocumentState.FAILED
    )
    reader._on_document_changed(file)
    reader._stale.stop()
    reader._refresh()  # as when its time has come
    assert reader._under_way is begun
    presented.until(lambda: "Failed" in presented.shown().values())


@pytest.fixture
def scan(presented, folder, monkeypatch) -> str:
    """One of the files that are ready, whose text was recognized; there is data of Spanish."""
    presented.presenter.add([folder])
    presented.settle()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    presented.db.execute(
        "UPDATE documents SET quality = 0.4 WHERE id = ?", [presented.row("a.pdf").document]
    )
    monkeypatch.setattr("desktop_rag.settings.tessdata.available", lambda _paths: {"spa": Path()})
    return "a.pdf"


def wished(presented, **changes) -> list[Batch]:
    """Wish for all files to be recognized again, and return what is taken in for it."""
    indexing = presented.session.settings.indexing.replaced(**changes)
    presented.session.replace_settings(presented.session.settings.replaced(indexing=indexing))
    taken: list[Batch] = []
    presented.scheduler.add = taken.append
    presented.table.recognition_requested.emit(presented.table.documents.rows)
    return taken


@pytest.mark.parametrize("all_of_them", [False, True])
def test_cancelling_leaves_in_the_library_what_is_only_recognized_again(
    presented, scan, all_of_them
) -> None:
    (batch,) = wished(presented, recognition=True, languages=("spa",))
    documents.set_state(
        presented.db, presented.row(scan).document, DocumentState.READING
    )  # it has begun
    presented.session.documents_changed.emit()
    if all_of_them:
        presented.scheduler.backlog.batches.append(batch)
        presented.sidebar.queue.cancel_requested.emit()
    else:
        presented.table.cancel_requested.emit([presented.row(scan)])
    assert presented.shown() == dict.fromkeys(("a.pdf", "b.pdf", "c.pdf", "d.pdf"), "Ready")
    assert not presented.undo.offering


def test_after_a_start_what_is_only_recognized_again_is_still_known_as_that(
    make, presented, scan
) -> None:
    wished(presented, recognition=True, languages=("spa",))
    again = make()
    again.session.choose(presented.session.library)
    again.table.cancel_requested.emit([again.row(scan)])
    assert again.shown() == dict.fromkeys(("a.pdf", "b.pdf", "c.pdf", "d.pdf"), "Ready")
    assert not again.undo.offering


def test_scans_are_read_anew_when_that_is_wished(presented, folder, scan) -> None:
    (batch,) = wished(presented, recognition=True, languages=("spa", "fra"))
    assert folder / scan in batch.paths
    queued = presented.db.execute(
        "SELECT id, renewal FROM documents WHERE state = 'queued'"
    ).fetchall()
    assert queued == [(presented.row(scan).document, "wanted")]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recognition": False}, "Text recognition is switched off in the settings."),
        ({"recognition": True, "languages": ("xyz",)}, "the data to recognize it is missing"),
    ],
)
def test_scans_are_not_read_anew_where_nothing_could_be_recognized(
    presented, scan, changes, words
) -> None:
    told = []
    presented.session.troubled.connect(told.append)
    assert not wished(presented, **changes)
    assert words in told[0]
    assert set(presented.db.execute("SELECT state FROM documents").fetchall()) == {("ready",)}


def test_a_long_list_changes_in_slices_and_another_library_at_once(
    presented, folder, monkeypatch
) -> None:
    presented.presenter.add([folder])
    presented.settle()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    monkeypatch.setattr("desktop_rag.gui.libraries.documents_presenter._SLICE", 1)
    library = presented.session.library
    files.drop(presented.db, library, [folder / "a.pdf"])
    presented.session.documents_changed.emit()
    assert "a.pdf" in presented.shown()  # the window goes on meanwhile
    presented.until(lambda: sorted(presented.shown()) == ["b.pdf", "c.pdf", "d.pdf"])
    presented.session.documents_changed.emit()
    presented.session.choose(libraries.ensure(presented.db, "Other"))
    assert presented.shown() == {}
    presented.session.choose(library)
    assert len(presented.shown()) == 3


def test_a_model_that_has_gone_is_told_and_chosen_no_more(presented, tmp_path) -> None:
    session, told, changed = presented.session, [], []
    session.troubled.connect(told.append)
    session.model_changed.connect(lambda: changed.append(session.model))
    model = tmp_path / "m.gguf"
    model.write_bytes(b"GGUF")
    session.choose_model(LocalModel(model))
    session.tell_lost_model()
    assert told == []
    model.unlink()
    session.tell_lost_model()
    session.tell_lost_model()
    assert told == [words_for(ModelMissing(str(model)))]
    assert changed == [LocalModel(model), None]


def test_what_is_cancelled_leaves_the_queue_and_can_be_brought_back(presented, folder) -> None:
    presented.pause_once_found(4)
    presented.presenter.add([folder])
    presented.until(lambda: presented.scheduler.paused)
    presented.until(lambda: presented.shown().get("d.pdf") == "Queued · 4")
    presented.table.cancel_requested.emit([presented.row("b.pdf"), presented.row("c.pdf")])
    assert "2" in presented.undo.label.accessibleName()
    assert {"b.pdf", "c.pdf"}.isdisjoint(presented.shown())
    presented.sidebar.queue.resume_requested.emit()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    assert set(presented.shown()) == {"a.pdf", "d.pdf"}
    presented.undo.take()
    presented.until(
        lambda: len(presented.shown()) == 4 and set(presented.shown().values()) == {"Ready"}
    )


def test_what_is_taken_out_of_a_watched_folder_does_not_come_back_by_itself(
    presented, folder
) -> None:
    presented.presenter.add([folder])
    presented.settle()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})
    watch = watches.add(presented.db, Watch(presented.session.library, folder))
    told: list[bool] = []
    presented.presenter.removed.connect(lambda: told.append(True))
    presented.table.removal_requested.emit([presented.row("a.pdf")])
    assert watches.listed(presented.db)[0].patterns == ("/a.pdf",)
    presented.undo.take()
    assert watches.listed(presented.db) == [watch]
    assert len(told) == 2


def test_copies_of_what_is_taken_out_do_not_come_back_with_what_waits(presented, folder) -> None:
    shutil.copy(folder / "a.pdf", folder / "copy.pdf")
    presented.presenter.add([folder])
    presented.settle()
    assert {"a.pdf", "b.pdf"} < set(presented.shown())
    presented.scheduler.pause()
    presented.scheduler.add(Batch(presented.session.library, (folder,), watched=True))
    row = next(
        row for row in presented.table.documents.rows if row.path.name in {"a.pdf", "copy.pdf"}
    )
    presented.table.removal_requested.emit([row])
    presented.scheduler.resume()
    presented.settle()
    assert not {"a.pdf", "copy.pdf"} & set(presented.shown())
    listed = documents.listing(presented.db, presented.session.library)
    assert {row.path.name for row in listed} == {"b.pdf", "c.pdf", "d.pdf"}


def test_a_library_that_is_brought_back_watches_its_folders_again(presented, folder) -> None:
    presented.presenter.add([folder / "a.pdf"])
    presented.settle()
    watch = watches.add(presented.db, Watch(presented.session.library, folder, ("*.txt",)))
    presented.sidebar.library_deleted.emit(presented.session.library)
    assert watches.listed(presented.db) == []
    presented.undo.take()
    assert [(one.path, one.patterns) for one in watches.listed(presented.db)] == [
        (watch.path, watch.patterns)
    ]


def test_folders_that_are_added_are_told_and_files_are_not(presented, folder) -> None:
    told: list[tuple[object, ...]] = []
    presented.presenter.folders_added.connect(lambda *values: told.append(values))
    presented.presenter.add([folder / "a.pdf"])
    assert told == []
    presented.presenter.add([folder, folder / "b.pdf"])
    assert told == [(presented.session.library, [folder])]
    presented.settle()


def test_on_battery_the_queue_waits_says_so_and_can_be_hurried(presented, folder) -> None:
    presented.scheduler.set_power(on_battery=True)
    presented.presenter.add([folder])
    bar = presented.sidebar.queue
    presented.until(lambda: bar.battery.isVisibleTo(bar))
    assert set(presented.shown().values()) <= {"Queued"}
    bar.hurry.click()
    presented.settle()
    presented.until(lambda: set(presented.shown().values()) == {"Ready"})


def test_while_an_index_is_built_the_queue_counts_its_documents(presented) -> None:
    queue = presented.sidebar.queue
    for left in (8, 6):
        presented.indexing.advanced.emit(Pace(0, 0, 3, "a.pdf", rebuilding=left))
    assert "6" in queue.summary.text()
    assert queue.bar.value() == queue.bar.maximum() // 4
    presented.indexing.advanced.emit(Pace(0, 0, 0, "", rebuilding=0))
    assert not queue.isVisible()
