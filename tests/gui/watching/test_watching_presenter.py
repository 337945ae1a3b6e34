"""Watched folders and their dialog, with real folders; the queue only notes what it is given."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.gui.session import Session
from desktop_rag.gui.watching.folder_watchers import FolderWatchers
from desktop_rag.gui.watching.watched_folders_dialog import WatchesDialog, WatchValue
from desktop_rag.gui.watching.watching_presenter import WatchingPresenter
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.watching.watched_folder import Rhythm, Watched
from desktop_rag.library import documents, libraries, watches
from desktop_rag.library.db.database import open_database
from desktop_rag.library.watches import Watch
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

WAIT = 20_000  # milliseconds; only failures ever wait this long
QUICK = Rhythm(rest=0.2, held=1.0, beat=0.05, root=0.1, polled=0.1)


class Queue(QObject):
    """Notes what is to be taken."""

    document_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Batch] = []

    @property
    def scheduler(self) -> "Queue":
        return self

    def add(self, batch: Batch) -> None:
        self.batches.append(batch)


class Presented:
    def __init__(self, home: Path, db, qtbot) -> None:
        self.db, self.qtbot = db, qtbot
        self.session = Session(db, open_home(home), Settings())
        self.library = libraries.ensure(db, "Tesis")
        self.session.choose(self.library)
        self.queue, self.banner, self.window = Queue(), Banner(), QWidget()
        for widget in (self.banner, self.window):
            qtbot.addWidget(widget)
        self.window.show()
        self.watching = FolderWatchers(QUICK)
        self.presenter = WatchingPresenter(
            self.session, self.queue, self.banner, self.window, self.watching
        )
        self.told: list[str] = []
        self.presenter.told.connect(self.told.append)

    def until(self, condition) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def watch(self, folder: Path, *patterns: str) -> Watch:
        """Watch a folder, and let it be looked through for the first time."""
        made = watches.add(self.db, Watch(self.library, folder, patterns))
        self.presenter.renew()
        self.until(lambda: self.presenter._state(made) is Watched.NATIVE)
        self.queue.batches.clear()
        return made

    def know(self, path: Path) -> None:
        known = path.stat()
        fact = FileFact(path, known.st_size, known.st_mtime_ns, known.st_ino)
        documents.add_files(self.db, self.library, [fact])
        documents.identify(self.db, path, fact, DocumentId(path.name))

    def paths(self) -> list[Path]:
        return [row.path for row in documents.listing(self.db, self.library)]

    @property
    def dialog(self) -> WatchesDialog:
        return self.presenter._dialog


@pytest.fixture
def presented(tmp_path: Path, qtbot, theme) -> Iterator[Presented]:
    home = tmp_path / "home"  # whose parent is watched, and has nothing else in it
    with closing(open_database(open_home(home).database)) as db:
        made = Presented(home, db, qtbot)
        yield made
        if made.dialog:
            made.dialog.accept()
        made.presenter.stop()
        made.session.deleteLater()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    return made


def test_at_the_start_every_watched_folder_is_looked_through(presented, folder) -> None:
    watches.add(presented.db, Watch(presented.library, folder, ("*.txt",)))
    presented.presenter.renew()
    assert presented.queue.batches == [
        Batch(presented.library, (folder,), ("*.txt",), watched=True)
    ]
    presented.presenter.renew()
    assert len(presented.queue.batches) == 1


def test_a_file_that_comes_is_taken_and_one_that_goes_is_looked_for(presented, folder) -> None:
    presented.watch(folder)
    path = folder / "a.pdf"
    path.write_text("x")
    presented.until(lambda: presented.queue.batches == [Batch(presented.library, (path,))])
    path.unlink()
    presented.until(lambda: len(presented.queue.batches) > 1)
    assert presented.queue.batches[1:] == [Batch(presented.library, (path,), watched=True)]


def test_a_file_that_moves_keeps_all_that_is_known_of_it(presented, folder) -> None:
    old, new = folder / "a.pdf", folder / "b.pdf"
    old.write_text("x")
    presented.know(old)
    presented.watch(folder)
    old.rename(new)
    presented.until(lambda: presented.paths() == [new])
    assert presented.queue.batches == []


def test_a_file_that_nobody_knew_is_taken_where_it_is_now(presented, folder) -> None:
    old, new = folder / "a.pdf", folder / "b.pdf"
    old.write_text("x")
    presented.watch(folder)
    old.rename(new)
    presented.until(lambda: presented.queue.batches == [Batch(presented.library, (new,))])


def test_a_drive_that_is_unplugged_loses_nothing_and_is_looked_through_when_back(
    presented, folder
) -> None:
    (folder / "a.pdf").write_text("x")
    presented.know(folder / "a.pdf")
    watch = presented.watch(folder)
    away = folder.with_name("away")
    folder.rename(away)
    presented.until(lambda: bool(presented.told))
    assert "“papers”" in presented.told[0]
    assert presented.queue.batches == []
    away.rename(folder)
    presented.until(
        lambda: presented.queue.batches == [Batch(presented.library, (folder,), watched=True)]
    )
    presented.until(lambda: presented.presenter._state(watch) is Watched.NATIVE)
    assert presented.paths() == [folder / "a.pdf"]


def test_our_own_files_are_no_documents(presented) -> None:
    home = presented.session.paths.home
    presented.watch(home.parent)
    presented.presenter._look(Watch(presented.library, home.parent))
    assert presented.queue.batches[-1].patterns == (f"/{home.name}/",)
    (home / "a.pdf").write_text("x")
    (home.parent / "b.pdf").write_text("x")
    presented.until(lambda: len(presented.queue.batches) > 1)
    assert presented.queue.batches[-1].paths == (home.parent / "b.pdf",)


def test_watching_is_offered_once_and_never_again_where_it_was_declined(presented, folder) -> None:
    presented.presenter.offer(presented.library, [folder])
    assert presented.banner.isVisibleTo(None)
    assert "“papers”" in presented.banner.label.text()
    presented.banner.dismiss.click()
    presented.presenter.offer(presented.library, [folder])
    assert not presented.banner.isVisibleTo(None)
    assert watches.listed(presented.db) == []


def test_an_offer_that_is_taken_watches_from_then_on(presented, folder) -> None:
    inner = folder / "inner"
    inner.mkdir()
    presented.presenter.offer(presented.library, [folder])
    presented.banner.action.click()
    assert watches.listed(presented.db) == [Watch(presented.library, folder)]
    assert not presented.banner.isVisibleTo(None)
    assert presented.told == ["Watching 1 folder(s)"]
    presented.presenter.offer(presented.library, [inner])  # which is watched with the other
    assert not presented.banner.isVisibleTo(None)


def test_the_dialog_says_what_is_watched_and_how(presented, folder) -> None:
    watch = presented.watch(folder, "*.txt")
    (folder / "a.pdf").write_text("x")
    presented.know(folder / "a.pdf")
    presented.presenter.open()
    (line,) = presented.dialog.list.lines
    assert (line.title, line.side) == ("papers", "Watching")
    assert "1 document(s)" in line.below
    assert presented.dialog.patterns.toPlainText() == "*.txt"
    folder.rename(folder.with_name("away"))
    presented.until(lambda: presented.dialog.list.lines[0].side == "Not connected")
    assert not presented.dialog.look.isEnabled()
    assert presented.dialog.chosen.watch == watch


def test_the_dialog_adds_looks_leaves_out_and_stops(presented, folder, monkeypatch) -> None:
    presented.presenter.open()
    dialog = presented.dialog
    assert dialog.none.isVisible()
    monkeypatch.setattr(file_dialogs, "watched_folder", lambda _parent: [folder])
    dialog.add.click()
    assert watches.listed(presented.db) == [Watch(presented.library, folder)]
    assert not dialog.none.isVisible()
    presented.queue.batches.clear()
    dialog.look.click()
    assert presented.queue.batches == [Batch(presented.library, (folder,), watched=True)]
    assert not dialog.save.isEnabled()
    dialog.patterns.setPlainText("*.txt\n\n  drafts/ \n*.txt")
    dialog.save.click()
    changed = Watch(presented.library, folder, ("*.txt", "drafts/"))
    assert watches.listed(presented.db) == [changed]
    assert presented.queue.batches[-1].patterns == changed.patterns
    dialog.remove.click()
    assert watches.listed(presented.db) == [] == list(presented.watching.watches)
    assert dialog.none.isVisible()
    dialog.undo.undo.click()
    assert watches.listed(presented.db) == [changed]


def test_what_is_being_typed_stays_while_documents_come(qtbot, theme) -> None:
    watch = Watch(libraries.LibraryId(1), Path("/papers"))
    dialog = WatchesDialog("Tesis")
    qtbot.addWidget(dialog)
    dialog.set_values([WatchValue(watch, Watched.NATIVE, 3)])
    dialog.patterns.setPlainText("*.tx")
    dialog.set_values([WatchValue(watch, Watched.NATIVE, 4)])
    assert dialog.patterns.toPlainText() == "*.tx"
    assert dialog.save.isEnabled()


def test_without_a_library_there_is_nothing_to_show(presented) -> None:
    presented.session.library = None
    presented.presenter.open()
    assert presented.dialog is None
    assert len(presented.told) == 1


def test_a_library_that_is_deleted_is_watched_no_longer(presented, folder) -> None:
    presented.watch(folder)
    libraries.remove(presented.db, presented.library)
    presented.presenter.renew()
    assert presented.watching.watches == ()


def test_enter_in_the_dialog_closes_it(presented, folder, qtbot) -> None:
    presented.watch(folder)
    presented.presenter.open()
    qtbot.keyClick(presented.dialog.list, Qt.Key.Key_Return)
    presented.until(lambda: presented.dialog is None)
