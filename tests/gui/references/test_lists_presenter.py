"""Lists of references and Zotero in the window; the queue only notes what it is given."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.references import Origin, ReferenceField
from desktop_rag.gui.references.lists_presenter import ListsPresenter
from desktop_rag.gui.references.unmatched_dialog import UnmatchedDialog
from desktop_rag.gui.session import Session
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.library import documents, libraries, references, zotero_sources
from desktop_rag.library.db.database import open_database
from desktop_rag.library.zotero_sources import ZoteroSource
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from tests.unit.library.test_documents import fact_at
from tests.workers import threads
from tests.zotero_library import ZoteroLibrary

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

WAIT = 20_000  # milliseconds; only failures ever wait this long
A = DocumentId("aa" * 32)
TITLE = ReferenceField.TITLE
BIBTEX = "@book{a, title={On the Weirs}, publisher={Harbour}}\n@book{b, title={Not <b>here</b>}}\n"


class Queue(QObject):
    """Notes what is to be taken in, and that something is to be swept."""

    advanced = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Batch] = []
        self.sweeps = 0

    @property
    def scheduler(self) -> "Queue":
        return self

    def add(self, batch: Batch) -> None:
        self.batches.append(batch)

    def sweep(self) -> None:
        self.sweeps += 1


class Presented:
    def __init__(self, home: Path, db, qtbot) -> None:
        self.db, self.qtbot = db, qtbot
        self.session = Session(db, open_home(home), Settings())
        self.library = libraries.ensure(db, "Tesis")
        self.session.choose(self.library)
        self.queue, self.window = Queue(), QWidget()
        qtbot.addWidget(self.window)
        target = partial(threads.serve_reading, home)
        self.presenter = ListsPresenter(self.session, target, self.queue, self.window)
        self.told: list[str] = []
        self.presenter.told.connect(self.told.append)

    def take(self, path: Path, title: str) -> None:
        fact = fact_at(path)
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, path, fact, A)
        said = ((TITLE, Origin.FIRST_PAGE, title),)
        documents.describe(self.db, Stored(A, title, "en", 1, said=said))

    def says(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: any(words in told for told in self.told), timeout=WAIT)


@pytest.fixture
def presented(tmp_path, qtbot, theme):
    home = tmp_path / "home"
    paths = open_home(home)
    with closing(open_database(paths.database)) as db, threads.instead():
        made = Presented(home, db, qtbot)
        yield made
        made.presenter.stop()


@pytest.fixture
def zotero(tmp_path, monkeypatch) -> ZoteroLibrary:
    made = ZoteroLibrary(tmp_path / "Zotero")
    monkeypatch.setattr(file_dialogs, "zotero_folder", lambda *_: [made.folder])
    return made


def test_a_list_is_brought_to_documents_and_the_rest_is_shown(
    presented, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "list.bib"
    path.write_text(BIBTEX, "utf-8")
    monkeypatch.setattr(file_dialogs, "references", lambda *_: [path])
    presented.take(Path("/pdf/weirs.pdf"), "On the weirs")
    presented.presenter.import_file()
    presented.says("1 document(s) have their references now")
    assert references.reference(presented.db, A).publisher == "Harbour"
    (dialog,) = presented.window.findChildren(UnmatchedDialog)
    assert [dialog.list.item(at).text() for at in range(dialog.list.count())] == ["Not <b>here</b>"]
    dialog.close_.click()


def test_a_file_that_is_no_list_is_told_of(presented, tmp_path, monkeypatch) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ana", "utf-8")
    monkeypatch.setattr(file_dialogs, "references", lambda *_: [path])
    presented.presenter.import_file()
    presented.says("“letter.txt” is no list of references.")


def test_a_zotero_library_is_followed(presented, zotero) -> None:
    place = zotero.attach(zotero.add("book", title="Of Tolls"), "tolls.pdf")
    presented.presenter.zotero()
    presented.says("1 new document(s) from Zotero")
    assert presented.queue.batches == [Batch(presented.library, (place,))]
    presented.take(place, "tolls")
    assert references.reference(presented.db, A).title == "Of Tolls"
    assert zotero_sources.listed(presented.db) == [ZoteroSource(presented.library, zotero.folder)]


def test_what_changes_in_zotero_is_read_once_it_rests(presented, zotero) -> None:
    item = zotero.add("book", title="Of Tolls")
    first = zotero.attach(item, "tolls.pdf")
    presented.presenter.zotero()
    presented.says("1 new")
    presented.take(first, "tolls")
    presented.presenter.look()
    presented.presenter.look()
    second = zotero.attach(zotero.add("book", title="Of Weirs"), "weirs.pdf")
    zotero.change("INSERT INTO deletedItems VALUES (?)", item)
    presented.presenter.look()
    assert not presented.presenter._reading.busy
    presented.presenter.look()
    presented.qtbot.waitUntil(lambda: len(presented.queue.batches) == 2, timeout=WAIT)
    assert presented.queue.batches[1] == Batch(presented.library, (second,))
    assert presented.queue.sweeps == 1
    assert documents.held(presented.db, presented.library) == {}


def test_a_zotero_library_that_is_away_costs_no_document(presented, zotero) -> None:
    place = zotero.attach(zotero.add("book", title="Of Tolls"), "tolls.pdf")
    presented.presenter.zotero()
    presented.says("1 new")
    presented.take(place, "tolls")
    zotero.folder.rename(zotero.folder.with_name("away"))
    presented.presenter.start()
    presented.presenter.look()
    presented.presenter.look()
    assert list(documents.held(presented.db, presented.library)) == [A]


def test_a_folder_without_zotero_is_told_of_and_not_followed(presented, zotero) -> None:
    zotero.database.unlink()
    presented.presenter.zotero()
    presented.says("There is no Zotero library in")
    assert zotero_sources.listed(presented.db) == []


def test_a_zotero_library_can_be_left(presented, zotero, monkeypatch) -> None:
    zotero.attach(zotero.add("book", title="Of Tolls"), "tolls.pdf")
    presented.presenter.zotero()
    presented.says("1 new")
    stop = file_dialogs.Following.STOP
    monkeypatch.setattr(file_dialogs, "following", lambda *_: stop)
    presented.presenter.zotero()
    assert zotero_sources.listed(presented.db) == []
    assert "Zotero is no longer followed; its documents stay." in presented.told


def test_without_a_library_nothing_is_asked(presented) -> None:
    presented.session.library = None
    presented.presenter.import_file()
    presented.presenter.zotero()
    assert len(presented.told) == 2
