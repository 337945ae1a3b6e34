"""Libraries and their documents: what the person wishes of them is done here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError, RecognitionDataMissing
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.documents_presenter import DocumentsPresenter
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import LibraryValue, QueueValue
from desktop_rag.gui.widgets.banners import UndoBar
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.jobs.indexing.queue import Batch, QueuedFile
from desktop_rag.jobs.indexing.tally import Tally
from desktop_rag.library import (
    consistency,
    conversations,
    deletion,
    documents,
    libraries,
    remembered,
    watches,
)
from desktop_rag.library.db.path_values import path_of
from desktop_rag.library.disk import kv_states
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
        self._undo = undo
        self._how = session.settings.indexing
        self._refused: list[str] = []
        self._made: LibraryId | None = None  # for files of which nothing has been had so far
        self._documents = DocumentsPresenter(session, indexing, table, self._read_libraries)
        self._wired()

    def start(self) -> None:
        """Show what there is, and go on with what was not finished."""
        self._session.choose_last()
        for summary in libraries.summaries(self._session.db):
            self._go_on(summary.id)
        first, last = remembered.queue_order(self._session.db)
        self._scheduler.put_first(list(map(QueuedFile, first)))
        self._scheduler.put_last(list(map(QueuedFile, last)))
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

    def _go_on(self, library: LibraryId) -> None:
        """Take what is in a library and was not finished."""
        left = self._left(library)
        if left:
            self._scheduler.add(Batch(library, tuple(left)))

    def _left(self, library: LibraryId) -> list[Path]:
        """Return the files of a library that are not finished."""
        left = list(documents.unfinished(self._session.db, library).values())
        return left + documents.unidentified(self._session.db, library)

    def open_sample(self) -> None:
        """Open the library of samples, made now if it is not there."""
        library = libraries.ensure(self._session.db, self.tr("Samples"))
        self._session.choose(library)
        self.add([resources() / "samples"], library)

    def _wired(self) -> None:
        session, indexing, sidebar, table = (
            self._session,
            self._indexing,
            self._sidebar,
            self._table,
        )
        scheduler = indexing.scheduler
        session.library_changed.connect(self._read_libraries)
        indexing.advanced.connect(self._on_advanced)
        indexing.refused.connect(self._on_refused)
        indexing.settled.connect(self._on_settled)
        indexing.troubled.connect(self._on_troubled)
        sidebar.library_chosen.connect(session.choose)
        sidebar.library_created.connect(self._on_library_created)
        sidebar.library_renamed.connect(self._on_library_renamed)
        sidebar.library_deleted.connect(self._on_library_deleted)
        sidebar.paths_dropped.connect(lambda library, paths: self.add(paths, library))
        sidebar.queue.pause_requested.connect(scheduler.pause)
        sidebar.queue.resume_requested.connect(scheduler.resume)
        sidebar.queue.cancel_requested.connect(self._on_cancel_requested)
        sidebar.queue.hurry_requested.connect(lambda: scheduler.set_power(on_battery=False))
        session.settings_changed.connect(self._on_settings_changed)
        table.removal_requested.connect(self._on_removal_requested)
        table.cancel_requested.connect(self._on_rows_cancelled)
        table.retry_requested.connect(self._on_retry_requested)
        table.recognition_requested.connect(self._on_recognition_requested)
        table.folder_requested.connect(self._on_folder_requested)
        sidebar.queue.details_requested.connect(table.show_queue)
        table.first_requested.connect(self._on_first_requested)
        table.last_requested.connect(self._on_last_requested)
        table.sample_requested.connect(self.open_sample)
        self._undo.undone.connect(self._on_undone)
        self._undo.expired.connect(self._on_expired, Qt.ConnectionType.QueuedConnection)

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

    def _on_advanced(self, pace: Pace) -> None:
        if not (self._scheduler.busy or pace.rebuilding):
            self._sidebar.set_queue(None)
            return
        for document, fraction in self._scheduler.doing():
            self._table.set_progress(document, fraction)
        done = self._scheduler.backlog.tally.done
        rate = self._scheduler.pulse.rate()
        fraction = done / (done + pace.left) if pace.left else 0.0
        left = self._seconds_left(pace)
        value = QueueValue(
            pace.left or pace.rebuilding,
            pace.name,
            rate,
            left,
            fraction,
            self._scheduler.paused,
            self._scheduler.resting,
        )
        self._sidebar.set_queue(value)

    def _seconds_left(self, pace: Pace) -> float | None:
        """Guess from the files done so far how long the others take."""
        backlog = self._scheduler.backlog
        seconds, done = backlog.seconds(), backlog.tally.done
        return pace.left * seconds / done if done and seconds else None

    def _on_refused(self, path: Path, error: RagError) -> None:
        """Keep the reason of what will not be in the list of documents, to be said at the end."""
        if not documents.known(self._session.db, [path]):
            self._refused.append(words_for(error))

    def _on_settled(self, tally: Tally) -> None:
        self._sidebar.set_queue(None)
        self._session.documents_changed.emit()
        remembered.keep_queue_order(self._session.db)
        refused, self._refused = self._refused, []
        if refused and tally.done == tally.failed:
            self._drop_made()
        self._made = None
        if refused:
            more = self.tr("And %n more.", "", len(refused) - 1) if len(refused) > 1 else ""
            words = f"{refused[0]} {more}".strip()
        elif tally.failed or tally.waiting:
            words = self.tr(
                "%n file(s) need a look: see Documents", "", tally.failed + tally.waiting
            )
        elif tally.indexed:
            words = self.tr("%n document(s) ready", "", tally.indexed)
        elif tally.unchanged:
            words = self.tr("%n document(s) were there already", "", tally.unchanged)
        else:
            words = ""
        self.worked.emit(words)
        self._on_expired()

    def _drop_made(self) -> None:
        """Leave no library behind that was made for files which are no documents."""
        found = [one for one in libraries.summaries(self._session.db) if one.id == self._made]
        if found and not found[0].documents:
            libraries.remove(self._session.db, found[0].id)
            self._session.choose(None)

    def _on_troubled(self, error: RagError | None, details: str) -> None:
        self._sidebar.set_queue(None)
        self._session.troubled.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)

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

    def _on_library_deleted(self, library: LibraryId) -> None:
        db = self._session.db
        self._scheduler.leave(library)
        watched = watches.listed(db, library)
        deleted = deletion.delete_library(db, library)
        kv_states.retain(self._session.paths.states_folder, conversations.all_ids(db))
        self._session.choose(None if library == self._session.library else self._session.library)
        self.removed.emit()
        if deleted is None:
            return

        def undo() -> None:
            restored = deletion.restore_library(db, deleted)
            for watch in watched:
                watches.restore(db, replace(watch, library=restored))
            self.removed.emit()
            self._session.choose(restored)
            self._go_on(restored)

        self.offer(self.tr("Library deleted"), undo)

    def _on_removal_requested(self, rows: Sequence[DocumentValue]) -> None:
        words = self.tr("Removed %n document(s) from the library", "", len(rows))
        self._take_out([row.path for row in rows], words)

    def _on_rows_cancelled(self, rows: Sequence[DocumentValue]) -> None:
        """Do not index these, also if that has begun, nor at the next start."""
        again = self._again(row.path for row in rows)
        if again:
            self._scheduler.drop(set(again))
            self._leave(again)
        paths = [row.path for row in rows if row.path not in again]
        self._take_out(paths, self.tr("Cancelled %n document(s)", "", len(paths)))

    def _again(self, paths: Iterable[Path]) -> dict[Path, DocumentId]:
        """Return those of some files that are only to be recognized again."""
        again = self._scheduler.backlog.order.again.intersection(paths)
        known = documents.known(self._session.db, again)
        return {path: one.document for path, one in known.items() if one.document}

    def _leave(self, again: Mapping[Path, DocumentId]) -> None:
        """Leave these in the library as they were."""
        consistency.redo(self._session.db, again.values())
        self._session.documents_changed.emit()

    def _take_out(self, paths: Sequence[Path], words: str) -> None:
        """Take files out of the library, and leave them out of what is watched."""
        library, self._made, db = self._session.library, None, self._session.db
        if library is None or not paths:
            return
        taken = deletion.take_out(db, library, paths)
        gone = [path_of(row[0]) for row in taken.files]  # others with the same content, too
        self._scheduler.drop({*paths, *gone})
        watched = watches.leave_out(db, library, gone)
        self._session.documents_changed.emit()
        self.removed.emit()

        def undo() -> None:
            deletion.put_back(db, taken)
            for watch in watched:
                watches.restore(db, watch)
            self._session.documents_changed.emit()
            self.removed.emit()
            self._go_on(library)

        self.offer(words, undo)

    def _on_cancel_requested(self) -> None:
        """Take what is not ready out again, so that it does not go on at the next start."""
        db = self._session.db
        left = {library: self._left(library) for library in self._scheduler.backlog.libraries}
        again = self._again(path for paths in left.values() for path in paths)
        left = {library: [one for one in left[library] if one not in again] for library in left}
        self._scheduler.cancel()
        consistency.redo(db, again.values())
        taken = [deletion.take_out(db, library, paths) for library, paths in left.items() if paths]
        self._session.documents_changed.emit()
        if not taken:
            return

        def undo() -> None:
            for one in taken:
                deletion.put_back(db, one)
                self._go_on(one.library)
            self._session.documents_changed.emit()

        self.offer(self.tr("Queue cancelled"), undo)

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
            consistency.undo_recognized(session.db, wanted)
            paths = tuple(row.path for row in rows)
            self._scheduler.add(Batch(session.library, paths, again=True))

    def _on_first_requested(self, rows: Sequence[DocumentValue]) -> None:
        self._scheduler.put_first([QueuedFile(row.path, row.document) for row in rows])
        self._keep_order()

    def _on_last_requested(self, rows: Sequence[DocumentValue]) -> None:
        self._scheduler.put_last([QueuedFile(row.path, row.document) for row in rows])
        self._keep_order()

    def _keep_order(self) -> None:
        """Remember what was chosen until the queue is empty, also where the program is left."""
        first, last = self._scheduler.backlog.order.ranks.chosen()
        remembered.keep_queue_order(self._session.db, first, last)
        self._documents.show_places()

    def _on_folder_requested(self, row: DocumentValue) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.path.parent)))

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done, and let it be taken back for a while."""
        self._undo.offer(words, undo)

    def _on_expired(self, _undo: object = None) -> None:
        """Drop what was removed, once nothing of it can be brought back."""
        if not self._undo.offering:
            self._scheduler.sweep()

    def _on_undone(self, undo: Callable[[], None]) -> None:
        undo()
