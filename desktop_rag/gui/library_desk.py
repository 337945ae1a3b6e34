"""Libraries and their documents: what the person wishes of them is done here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.gui.banners import UndoBar
from desktop_rag.gui.document_table import DocumentTable
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.side_values import DocumentRow, LibraryValue, QueueValue
from desktop_rag.gui.sidebar import Sidebar
from desktop_rag.gui.taking import Batch, Taking, Tally
from desktop_rag.library import deletion, documents, libraries
from desktop_rag.library.documents import State
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import resources
from desktop_rag.workers.happenings import Pace

_FIRST_NAME = 60  # letters of a folder's name that a library is called by
_SEARCHABLE = {State.EMBEDDING, State.READY}
_REST = 20  # times as long as reading the list takes is it left alone
_FEW = 20  # rows that changed are shown one by one, more of them all at once
_REFRESH_MS = 250  # at most so often is the list of documents read again


class LibraryDesk(QObject):
    """Connects the side bar and the list of documents with the libraries and the queue.

    Signals:
        worked: words for the status bar about what is being done.
        counted: the open library has this name and so many documents.
    """

    worked = Signal(str)
    counted = Signal(str, int)

    def __init__(
        self,
        session: Session,
        taking: Taking,
        sidebar: Sidebar,
        table: DocumentTable,
        undo: UndoBar,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._taking = taking
        self._sidebar = sidebar
        self._table = table
        self._undo = undo
        self._stale = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._stale.timeout.connect(self._read_documents)
        self._refused: list[str] = []
        self._rows: list[DocumentRow] = []
        self._wired()

    def start(self) -> None:
        """Show what there is, and go on with what was not finished."""
        self._session.choose_last()
        for summary in libraries.summaries(self._session.db):
            self._go_on(summary.id)
        self._taking.sweep()

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
        self._taking.take(Batch(library, tuple(paths)))
        self._read_libraries()

    def _go_on(self, library: LibraryId) -> None:
        """Take what is in a library and was not finished."""
        left = self._left(library)
        if left:
            self._taking.take(Batch(library, tuple(left)))

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
        session, taking, sidebar, table = (
            self._session,
            self._taking,
            self._sidebar,
            self._table,
        )
        session.library_changed.connect(self._read_libraries)
        session.documents_changed.connect(self._read_documents)
        taking.advanced.connect(self._on_advanced)
        taking.document_changed.connect(lambda _path: self._stale.start())
        taking.refused.connect(self._on_refused)
        taking.settled.connect(self._on_settled)
        taking.troubled.connect(self._on_troubled)
        sidebar.library_chosen.connect(session.choose)
        sidebar.library_created.connect(self._on_library_created)
        sidebar.library_renamed.connect(self._on_library_renamed)
        sidebar.library_deleted.connect(self._on_library_deleted)
        sidebar.paths_dropped.connect(lambda library, paths: self.add(paths, library))
        sidebar.queue.pause_requested.connect(taking.pause)
        sidebar.queue.resume_requested.connect(taking.resume)
        sidebar.queue.cancel_requested.connect(self._on_cancel_requested)
        table.removal_requested.connect(self._on_removal_requested)
        table.retry_requested.connect(self._on_retry_requested)
        table.folder_requested.connect(self._on_folder_requested)
        table.first_requested.connect(lambda row: taking.first(row.path))
        table.sample_requested.connect(self.open_sample)
        self._undo.undone.connect(self._on_undone)
        self._undo.expired.connect(self._on_expired, Qt.ConnectionType.QueuedConnection)

    # What is shown

    def _read_libraries(self) -> None:
        found = libraries.summaries(self._session.db)
        values = [LibraryValue(one.id, one.name, one.documents) for one in found]
        open_ = [one for one in found if one.id == self._session.library]
        self.counted.emit(self._session.name, open_[0].documents if open_ else 0)
        self._sidebar.set_libraries(values, self._session.library)

    def _read_documents(self) -> None:
        started = time.monotonic()
        library = self._session.library
        rows = documents.listing(self._session.db, library) if library is not None else []
        doing = dict(self._taking.doing())
        self._show_documents([_shown(row, doing) for row in rows])
        self._read_libraries()
        samples = resources() / "samples"
        self._session.set_readiness(
            ready=any(row.state in _SEARCHABLE for row in rows),
            samples=any(row.path.parent == samples for row in rows),
        )
        took = (time.monotonic() - started) * 1000
        self._stale.setInterval(max(_REFRESH_MS, round(took * _REST)))

    def _show_documents(self, rows: list[DocumentRow]) -> None:
        """Show all anew only where others are there: painting them is felt while indexing."""
        before, self._rows = self._rows, rows
        changed = [row for was, row in zip(before, rows, strict=False) if was != row]
        same = [row.path for row in before] == [row.path for row in rows]
        if not same or len(changed) > _FEW:
            self._table.set_documents(rows)
            return
        for row in changed:
            self._table.update_document(row)

    def _on_advanced(self, pace: Pace) -> None:
        for document, fraction in self._taking.doing():
            self._table.set_progress(document, fraction)
        done = self._taking.tally.done
        rate = self._taking.rate()
        fraction = done / (done + pace.left) if pace.left else 0.0
        left = self._seconds_left(pace)
        value = QueueValue(pace.left, pace.name, rate, left, fraction, self._taking.paused)
        self._sidebar.set_queue(value)
        if not self._stale.isActive():
            self._stale.start()

    def _seconds_left(self, pace: Pace) -> float | None:
        """Guess from the files done so far how long the others take."""
        seconds, done = self._taking.seconds(), self._taking.tally.done
        return pace.left * seconds / done if done and seconds else None

    def _on_refused(self, path: Path, error: RagError) -> None:
        """Keep the reason of what will not be in the list of documents, to be said at the end."""
        if not documents.known(self._session.db, [path]):
            self._refused.append(words_for(error))

    def _on_settled(self, tally: Tally) -> None:
        self._sidebar.set_queue(None)
        self._session.documents_changed.emit()
        refused, self._refused = self._refused, []
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

    def _on_troubled(self, error: RagError | None, details: str) -> None:
        self._sidebar.set_queue(None)
        self._session.troubled.emit(words_for(error))
        if error is None and details:
            raise RuntimeError(details)

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
        self._taking.leave(library)
        deleted = deletion.delete_library(db, library)
        self._session.choose(None if library == self._session.library else self._session.library)
        if deleted is None:
            return

        def undo() -> None:
            restored = deletion.restore_library(db, deleted)
            self._session.choose(restored)
            self._go_on(restored)

        self.offer(self.tr("Library deleted"), undo)

    def _on_removal_requested(self, rows: Sequence[DocumentRow]) -> None:
        library = self._session.library
        if library is None or not rows:
            return
        self._taking.forget({row.path for row in rows})
        taken = deletion.take_out(self._session.db, library, [row.path for row in rows])
        self._session.documents_changed.emit()

        def undo() -> None:
            deletion.put_back(self._session.db, taken)
            self._session.documents_changed.emit()
            self._go_on(library)

        self.offer(self.tr("Removed %n document(s) from the library", "", len(rows)), undo)

    def _on_cancel_requested(self) -> None:
        """Take what is not ready out again, so that it does not go on at the next start."""
        db = self._session.db
        left = {library: self._left(library) for library in self._taking.libraries}
        self._taking.cancel()
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

    def _on_retry_requested(self, rows: Sequence[DocumentRow]) -> None:
        if self._session.library is not None and rows:
            self._taking.take(Batch(self._session.library, tuple(row.path for row in rows)))

    def _on_folder_requested(self, row: DocumentRow) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(row.path.parent)))

    def offer(self, words: str, undo: Callable[[], None]) -> None:
        """Say what was done, and let it be taken back for a while."""
        self._undo.offer(words, undo)

    def _on_expired(self, _undo: object = None) -> None:
        """Drop what was removed, once nothing of it can be brought back."""
        if not self._undo.offering:
            self._taking.sweep()

    def _on_undone(self, undo: Callable[[], None]) -> None:
        undo()


def _shown(row: documents.DocumentRow, doing: Mapping[DocumentId, float]) -> DocumentRow:
    return DocumentRow(
        document=row.document,
        path=row.path,
        title=row.title,
        pages=row.pages or None,
        language=row.language,
        added=row.added,
        state=str(row.state),
        reason=words_for(row.error) if row.error else "",
        fraction=doing.get(row.document, 0.0) if row.document else 0.0,
    )
