"""Libraries and documents are taken out here, and brought back while that is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.session import Session
from desktop_rag.gui.widgets.banners import UndoBar
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.library import consistency, conversations, deletion, documents, watches
from desktop_rag.library.db.path_values import path_of
from desktop_rag.library.disk import kv_states
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.libraries import LibraryId


class RemovalPresenter(QObject):
    """Takes out what nobody wants, also of the queue; all of it can be taken back for a while.

    Signals:
        removed: files were taken out of a library, or a library was, or they are back.
    """

    removed = Signal()

    def __init__(self, session: Session, indexing: IndexingQueue, undo: UndoBar) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._undo = undo
        indexing.settled.connect(self._on_expired)
        undo.undone.connect(self._on_undone)
        undo.expired.connect(self._on_expired, Qt.ConnectionType.QueuedConnection)

    def go_on(self, library: LibraryId) -> None:
        """Take what is in a library and was not finished."""
        if left := documents.left(self._session.db, library):
            self._scheduler.add(Batch(library, tuple(left)))

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done, and let it be taken back for a while."""
        self._undo.offer(words, undo)

    def _on_expired(self, _undo: object = None) -> None:
        """Drop what was removed, once nothing of it can be brought back."""
        if not self._undo.offering:
            self._scheduler.sweep()

    def _on_undone(self, undo: Callable[[], None]) -> None:
        undo()

    def delete_library(self, library: LibraryId) -> None:
        """Delete a library; its conversations go with it."""
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
            self.go_on(restored)

        self.offer(self.tr("Library deleted"), undo)

    def remove(self, rows: Sequence[DocumentValue]) -> None:
        """Take documents out of the open library."""
        words = self.tr("Removed %n document(s) from the library", "", len(rows))
        self.take_out([row.path for row in rows], words)

    def cancel(self, rows: Sequence[DocumentValue]) -> None:
        """Do not index these, also if that has begun, nor at the next start."""
        again, library = self._again(row.path for row in rows), self._session.library
        if again and library is not None:
            self._scheduler.drop(set(again))
            self._leave(library, again)
        paths = [row.path for row in rows if row.path not in again]
        self.take_out(paths, self.tr("Cancelled %n document(s)", "", len(paths)))

    def _again(self, paths: Iterable[Path]) -> dict[Path, DocumentId]:
        """Return those of some files that were ready, and are only recognized again."""
        known = documents.known(self._session.db, paths)
        return {path: one.document for path, one in known.items() if one.document and one.renewal}

    def _leave(self, library: LibraryId, again: Mapping[Path, DocumentId]) -> None:
        """Leave these in the library as they were; what has new text already is indexed."""
        db = self._session.db
        consistency.keep_recognized(db, again.values())
        known = documents.known(db, again)
        left = [path for path in again if known[path].state is not DocumentState.READY]
        if left:
            self._scheduler.add(Batch(library, tuple(left)))
        self._session.documents_changed.emit()

    def take_out(self, paths: Sequence[Path], words: str) -> None:
        """Take files out of the library, and leave them out of what is watched."""
        library, db = self._session.library, self._session.db
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
            self.go_on(library)

        self.offer(words, undo)

    def cancel_all(self) -> None:
        """Take what is not ready out again, so that it does not go on at the next start."""
        db = self._session.db
        left = {
            library: documents.left(db, library) for library in self._scheduler.backlog.libraries
        }
        again = {library: self._again(paths) for library, paths in left.items()}
        self._scheduler.cancel()
        taken = [
            deletion.take_out(db, library, lost)
            for library, paths in left.items()
            if (lost := [path for path in paths if path not in again[library]])
        ]
        for library, kept in again.items():
            self._leave(library, kept)
        self._session.documents_changed.emit()
        if not taken:
            return

        def undo() -> None:
            for one in taken:
                deletion.put_back(db, one)
                self.go_on(one.library)
            self._session.documents_changed.emit()

        self.offer(self.tr("Queue cancelled"), undo)
