"""Libraries and their documents: what the person wishes of them is done here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_rag.domain.errors import RecognitionDataMissing
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.documents_presenter import DocumentsPresenter
from desktop_rag.gui.libraries.queue_presenter import QueuePresenter
from desktop_rag.gui.libraries.removal_presenter import RemovalPresenter
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import LibraryValue
from desktop_rag.gui.widgets.banners import UndoBar
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.library import (
    consistency,
    libraries,
)
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import resources
from desktop_rag.settings.schema import Settings

_LOOKED_AT = 20  # of the paths that are added, whether they are folders
_FIRST_NAME = 60  # letters of a folder's name that a library is called by


class LibraryPresenter(QObject):
    """Connects the side bar and the list of documents with the libraries and the queue.

    Signals:
        worked: words for the status bar about what is being done.
        folders_added: to this library (`LibraryId`) these folders (`list[Path]`).
        removed: files were taken out of a library, or a library was, or they are back.
        counted: the open library has this name and so many documents.
    """

    worked = Signal(str)
    counted = Signal(str, int)
    folders_added = Signal(object, object)
    removed = Signal()

    def __init__(
        self,
        session: Session,
        indexing: IndexingQueue,
        sidebar: Sidebar,
        table: DocumentTable,
        undo: UndoBar,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._indexing = indexing
        self._scheduler = indexing.scheduler
        self._sidebar = sidebar
        self._table = table
        self.removal = RemovalPresenter(session, indexing, undo)
        self._queue = QueuePresenter(session, indexing, sidebar, table)
        self._how = session.settings.indexing
        self._made: LibraryId | None = None  # for files of which nothing has been had so far
        self._documents = DocumentsPresenter(session, indexing, table, self._read_libraries)
        self._wired()

    def start(self) -> None:
        """Show what there is, and go on with what was not finished."""
        self._session.choose_last()
        for summary in libraries.summaries(self._session.db):
            self.removal.go_on(summary.id)
        self._queue.restore_order()
        self._scheduler.sweep()

    def add(self, paths: Sequence[Path], library: LibraryId | None = None) -> None:
        """Add files and folders to a library: else the open one, else one that is made now."""
        if not paths:
            return
        if library is None:
            library = self._session.library
        if library is None:
            first = paths[0].stem if len(paths) == 1 else ""
            name = first[:_FIRST_NAME].strip() or self.tr("My documents")
            library = libraries.ensure(self._session.db, name)
            self._session.choose(library)
            self._made = library
        self._scheduler.add(Batch(library, tuple(paths)))
        self._read_libraries()
        self._documents.expect()
        folders = [path for path in paths[:_LOOKED_AT] if path.is_dir()]
        if folders and folders != [resources() / "samples"]:
            self.folders_added.emit(library, folders)

    def open_sample(self) -> None:
        """Open the library of samples, made now if it is not there."""
        library = libraries.ensure(self._session.db, self.tr("Samples"))
        self._session.choose(library)
        self.add([resources() / "samples"], library)

    def _wired(self) -> None:
        session, sidebar, table = self._session, self._sidebar, self._table
        session.library_changed.connect(self._read_libraries)
        session.settings_changed.connect(self._on_settings_changed)
        sidebar.library_chosen.connect(session.choose)
        sidebar.library_created.connect(self._on_library_created)
        sidebar.library_renamed.connect(self._on_library_renamed)
        sidebar.library_deleted.connect(self.removal.delete_library)
        sidebar.paths_dropped.connect(lambda library, paths: self.add(paths, library))
        sidebar.queue.cancel_requested.connect(self.removal.cancel_all)
        table.removal_requested.connect(self.removal.remove)
        table.cancel_requested.connect(self.removal.cancel)
        table.retry_requested.connect(self._on_retry_requested)
        table.recognition_requested.connect(self._on_recognition_requested)
        table.folder_requested.connect(self._on_folder_requested)
        table.sample_requested.connect(self.open_sample)
        self.removal.removed.connect(self.removed)
        self.removal.removed.connect(self._on_removed)
        self._queue.worked.connect(self.worked)
        self._queue.reordered.connect(self._documents.show_places)
        self._queue.emptied.connect(self._on_emptied)

    # What is shown

    def _read_libraries(self) -> int:
        """Show the libraries; return how many documents the open one has."""
        found = libraries.summaries(self._session.db)
        values = [LibraryValue(one.id, one.name, one.documents) for one in found]
        open_ = [one for one in found if one.id == self._session.library]
        count = open_[0].documents if open_ else 0
        self.counted.emit(self._session.name, count)
        self._sidebar.set_libraries(values, self._session.library)
        return count

    def _on_removed(self) -> None:
        self._made = None

    def _on_emptied(self, nothing: bool) -> None:
        """Leave no library behind that was made for files which are no documents."""
        made, self._made = self._made, None
        found = [one for one in libraries.summaries(self._session.db) if one.id == made]
        if nothing and found and not found[0].documents:
            libraries.remove(self._session.db, found[0].id)
            self._session.choose(None)

    def _on_settings_changed(self, settings: Settings) -> None:
        """Have text recognized that waited for it, where that is wanted from now on."""
        how, before = settings.indexing, self._how
        self._how = how
        self._scheduler.set_how(how)
        if how.recognition and (how.recognition, how.languages) != (
            before.recognition,
            before.languages,
        ):
            for library, paths in consistency.unrecognized(self._session.db).items():
                self._scheduler.add(Batch(library, tuple(paths)))

    # What is wished

    def _on_library_created(self, name: str) -> None:
        if name.strip():
            self._session.choose(libraries.ensure(self._session.db, name))

    def _on_library_renamed(self, library: LibraryId, name: str) -> None:
        if not name.strip() or not libraries.rename(self._session.db, library, name):
            words = self.tr("Another library has this name. Choose another one.")
            self._session.troubled.emit(words)
        self._session.choose(self._session.library)

    def _on_retry_requested(self, rows: Sequence[DocumentValue]) -> None:
        if self._session.library is not None and rows:
            self._scheduler.add(Batch(self._session.library, tuple(row.path for row in rows)))

    def _on_recognition_requested(self, rows: Sequence[DocumentValue]) -> None:
        """Have text recognized anew, in the languages of today, if there is data of any."""
        session = self._session
        how, wanted = session.settings.indexing, [row.document for row in rows if row.document]
        if session.library is None or not wanted:
            return
        if not how.recognition:
            words = self.tr("Text recognition is switched off in the settings.")
            session.troubled.emit(words)
        elif not set(tessdata.available(session.paths)).intersection(how.languages):
            error = RecognitionDataMissing(rows[0].path.name, how.languages)
            session.troubled.emit(words_for(error))
        else:
            consistency.renew_recognized(session.db, wanted)
            paths = tuple(row.path for row in rows)
            self._scheduler.add(Batch(session.library, paths))

    def _on_folder_requested(self, row: DocumentValue) -> None:
        folder = (row.within or row.path).parent
        QDesktopServices.openUrl(QUrl.fromEncoded(folder.as_uri().encode()))
