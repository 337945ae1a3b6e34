"""Documents that want a password: the person is asked, and the document tried with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentLocked
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.password_dialog import PasswordDialog
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.reader.reader_presenter import ReaderPresenter
from desktop_rag.gui.session import Session
from desktop_rag.library import documents
from desktop_rag.library.documents import DocumentState


class PasswordPresenter(QObject):
    """Connects the password dialog with the queue and with the pages.

    Signals:
        told: words for the status bar.
    """

    told = Signal(str)

    def __init__(
        self,
        session: Session,
        indexing: IndexingQueue,
        pages: ReaderPresenter,
        table: DocumentTable,
        window: QWidget,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._scheduler = indexing.scheduler
        self._pages = pages
        self._window = window
        self._dialog: PasswordDialog | None = None
        self._document: DocumentId | None = None
        self._waiting = False  # for what the queue says of the password
        self._given = ("", False, False)  # as the dialog told it, while pages are tried with it
        table.password_requested.connect(self._on_rows)
        pages.password_requested.connect(self.ask_to_show)
        pages.tried.connect(self._on_tried)
        indexing.document_changed.connect(self._on_document_changed)
        indexing.advanced.connect(lambda _pace: self._look_at_work())
        indexing.settled.connect(lambda _tally: self._look())

    def ask_to_index(self, document: DocumentId, name: str) -> None:
        """Ask for the password of a document that waits for it."""
        self._ask(document, name).given.connect(self._on_given_to_index)

    def ask_to_show(self, document: DocumentId, name: str) -> None:
        """Ask for the password of a document that is to be shown."""
        self._ask(document, name).given.connect(self._on_given_to_show)

    def _ask(self, document: DocumentId, name: str) -> PasswordDialog:
        if self._dialog is not None:
            self._dialog.reject()
        lasting = self._session.passwords.lasting_possible()
        others = len(self._locked() - {document})
        dialog = PasswordDialog(name, lasting=lasting, others=others, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_finished)
        self._dialog, self._document = dialog, document
        dialog.open()
        return dialog

    def _locked(self) -> set[DocumentId]:
        """Return the documents of the open library that wait for a password."""
        library = self._session.library
        rows = documents.listing(self._session.db, library) if library is not None else []
        return {row.document for row in rows if row.document and _is_locked(row)}

    def _on_rows(self, rows: list[DocumentValue]) -> None:
        for row in rows[:1]:
            if row.document is not None:
                self.ask_to_index(row.document, row.name)

    def _on_given_to_index(self, password: str, lasting: bool, everywhere: bool) -> None:
        document = self._document
        if document is None:
            return
        self._waiting = True
        self._unlock(document, password, lasting=lasting)
        if everywhere:
            self._unlock_others(password, lasting=lasting)
        if self._scheduler.paused or self._scheduler.resting:
            self.told.emit(self.tr("The password is tried when the queue goes on."))
            self._close()

    def _on_given_to_show(self, password: str, lasting: bool, everywhere: bool) -> None:
        document = self._document
        if document is None:
            return
        self._given = (password, lasting, everywhere)
        self._pages.try_password(document, password)

    def _on_tried(self, document: DocumentId, right: bool) -> None:
        """Keep a password that is right, and index what waited for it."""
        if self._dialog is None or document != self._document:
            return
        if not right:
            self._dialog.show_wrong()
            return
        password, lasting, everywhere = self._given
        self._session.passwords.keep(document, password, lasting=lasting)
        if document in self._locked():
            self._scheduler.read_again(document)
        if everywhere:
            self._unlock_others(password, lasting=lasting)
        self._close()

    def _unlock(self, document: DocumentId, password: str, *, lasting: bool) -> None:
        """Read a document with its password; a wrong one leaves it waiting."""
        self._session.passwords.keep(document, password, lasting=lasting)
        self._scheduler.read_again(document)

    def _unlock_others(self, password: str, *, lasting: bool) -> None:
        for other in self._locked() - {self._document}:
            if other is not None:
                self._unlock(other, password, lasting=lasting)

    def _on_document_changed(self, path: Path) -> None:
        row = self._row()
        if row is not None and row.path == path:
            self._look()

    def _look_at_work(self) -> None:
        """Be content once pages come: a long document need not be read to its end."""
        if self._waiting and any(
            one == self._document and done for one, done in self._scheduler.doing()
        ):
            self._close()

    def _look(self) -> None:
        """Find out what became of the document with the password."""
        if not self._waiting or self._dialog is None:
            return
        row = self._row()
        if row is not None and _is_locked(row):
            self._waiting = False
            self._dialog.show_wrong()
        else:
            self._close()

    def _row(self) -> documents.DocumentRow | None:
        library = self._session.library
        if library is None or self._document is None:
            return None
        rows = documents.listing(self._session.db, library, self._document)
        return rows[0] if rows else None

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _on_finished(self) -> None:
        self._dialog = self._document = None
        self._waiting = False
        self._given = ("", False, False)


def _is_locked(row: documents.DocumentRow) -> bool:
    return row.state is DocumentState.WAITING and isinstance(row.error, DocumentLocked)
