"""Exporting and importing in the window, with the real store behind it."""

import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.export_import_presenter import ExportImportPresenter
from desktop_rag.gui.session import Session
from desktop_rag.gui.widgets import file_dialogs
from desktop_rag.gui.widgets.banners import Banner
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.scheduler import IndexingData
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk import page_store
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Indexing, Settings
from tests import pdfs
from tests.workers import handlers, threads
from tests.workers.handlers import Embedding

WAIT = 60_000  # milliseconds; only failures ever wait this long


class Presented:
    """A data directory with what carries libraries."""

    def __init__(self, home: Path, db, qtbot) -> None:
        self.db, self.paths = db, open_home(home)
        self.session = Session(db, self.paths, Settings())
        pool = ProcessPool(
            partial(threads.serve_reading, home),
            lambda _gentle: partial(handlers.serve_indexing, home, Embedding(home / "diary.txt")),
        )
        data = IndexingData(db, self.paths, self.session.passwords)
        self.indexing = IndexingQueue(data, pool, Indexing(recognition=False))
        self.scheduler = self.indexing.scheduler
        self.banner, self.window = Banner(), QWidget()
        for widget in (self.banner, self.window):
            qtbot.addWidget(widget)
        self.presenter = ExportImportPresenter(
            self.session, self.indexing, self.banner, self.window
        )
        self.told: list[str] = []
        self.presenter.told.connect(self.told.append)
        self.settled: list[object] = []
        self.indexing.settled.connect(self.settled.append)

    def states(self, name: str) -> dict[str, DocumentState]:
        rows = documents.listing(self.db, libraries.find(self.db, name))
        return {row.path.name: row.state for row in rows}

    def end(self) -> None:
        self.scheduler.stop()
        for worker in self.scheduler.processes.all:
            if ending := getattr(worker, "_ending", None):
                ending.join()
        self.indexing.deleteLater()


@pytest.fixture
def presented(home: Path, qtbot):
    paths = open_home(home)
    with closing(open_database(paths.database)) as db, threads.instead():
        made = Presented(home, db, qtbot)
        yield made
        made.end()


@pytest.fixture
def file(tmp_path: Path, monkeypatch) -> Path:
    file = tmp_path / "out {x}.ragx"
    extras = file_dialogs.Extras(originals=True, places=False)
    monkeypatch.setattr(file_dialogs, "extras", lambda *_: extras)
    monkeypatch.setattr(file_dialogs, "bundle_place", lambda *_: [file])
    monkeypatch.setattr(file_dialogs, "bundle", lambda *_: [file])
    monkeypatch.setattr(file_dialogs, "originals_folder", lambda *_: [tmp_path / "mine"])
    return file


def test_a_library_is_exported_amid_the_queue_and_brought_in(
    presented, file, tmp_path, qtbot
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        pdfs.plain(folder / f"{number}.pdf", [f"Page {page} of {number}." for page in range(3)])
    library = libraries.ensure(presented.db, "Te{s}is")
    presented.session.choose(library)
    presented.scheduler.add(Batch(library, (folder / "0.pdf",)))
    qtbot.waitUntil(lambda: len(presented.settled) == 1, timeout=WAIT)
    presented.scheduler.add(Batch(library, (folder,)))
    presented.presenter.export_open()
    assert (
        presented.banner.isVisibleTo(presented.banner.parentWidget())
        or not presented.banner.isHidden()
    )
    assert "Te{s}is" in presented.banner.label.text()
    presented.presenter.open()
    assert "carried already" in presented.told[-1]
    qtbot.waitUntil(lambda: len(presented.settled) == 2 and file.exists(), timeout=WAIT)
    assert presented.told[-1] == f"Exported to {file}"
    assert presented.banner.isHidden()
    assert set(presented.states("Te{s}is").values()) == {DocumentState.READY}
    presented.presenter.open()
    qtbot.waitUntil(lambda: presented.session.name == "Te{s}is (2)", timeout=WAIT)
    assert "“Te{s}is (2)” is here" in presented.told[-1]
    assert presented.states("Te{s}is (2)")["0.pdf"] is DocumentState.READY


def test_what_cannot_be_brought_in_says_why_and_a_cancel_changes_nothing(
    presented, file, qtbot
) -> None:
    file.write_bytes(b"no library")
    presented.presenter.open()
    qtbot.waitUntil(lambda: bool(presented.told), timeout=WAIT)
    assert presented.told == [
        f"No library can be brought in from “{file}”. Choose a file that Desktop RAG has exported."
    ]
    presented.session.choose(libraries.ensure(presented.db, "Empty"))
    presented.presenter.export_open()
    presented.banner.acted.emit()
    qtbot.waitUntil(lambda: len(presented.told) == 2, timeout=WAIT)
    assert presented.told[-1] in {"Cancelled. Nothing was changed.", f"Exported to {file}"}
    assert presented.banner.isHidden()


def test_what_is_damaged_and_what_is_not_here_is_told(
    presented, file, tmp_path, qtbot, monkeypatch
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(5):
        pdfs.plain(folder / f"{number}{{x}}.pdf", [f"A page of {number}."])
    library = libraries.ensure(presented.db, "Tesis")
    presented.session.choose(library)
    presented.scheduler.add(Batch(library, (folder,)))
    qtbot.waitUntil(lambda: len(presented.settled) == 1, timeout=WAIT)
    for row in documents.listing(presented.db, library)[:4]:
        page_store.place(presented.paths.pages_folder, row.document).write_bytes(b"noise")
    extras = file_dialogs.Extras(originals=False, places=False)
    monkeypatch.setattr(file_dialogs, "extras", lambda *_: extras)
    presented.presenter.export_open()
    qtbot.waitUntil(lambda: bool(presented.told), timeout=WAIT)
    assert presented.told[-1] == (
        f"Exported to {file}. What was read of 4 document(s) is damaged here: "
        "remove and add them again (0{x}.pdf, 1{x}.pdf, 2{x}.pdf…)"
    )
    with presented.db:
        presented.db.execute("DELETE FROM documents")
        presented.db.execute("DELETE FROM files")
    other = tmp_path / "other.ragx"
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(other, "w") as bad:
        for name in good.namelist():
            noise = name.startswith("pages/")
            bad.writestr(name, b"noise" if noise else good.read(name))
    monkeypatch.setattr(file_dialogs, "bundle", lambda *_: [other])
    presented.presenter.open()
    qtbot.waitUntil(lambda: len(presented.told) == 2, timeout=WAIT)
    assert presented.told[-1] == (
        "“Tesis (2)” is here. The files of 5 document(s) are not here: their text is found; "
        "add the files to see their pages. 1 document(s) are damaged in the file, and only what "
        "is sound was taken: 4{x}.pdf"
    )
