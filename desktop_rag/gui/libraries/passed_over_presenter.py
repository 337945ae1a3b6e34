"""The files of folders that are no documents: how many there are, and the list of them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt

from desktop_rag.domain.folders import PassedOver, altogether
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.passed_over_dialog import PassedOverDialog
from desktop_rag.gui.libraries.values import PassedValue
from desktop_rag.gui.session import Session
from desktop_rag.jobs.indexing.events import FilesPassedOver
from desktop_rag.library.libraries import LibraryId
from desktop_rag.notices.passed_over import reason, shown_ending

_KINDS = 8  # that are named one by one


class PassedOverPresenter(QObject):
    """Keeps what was passed over in the folders of each library since the program started."""

    def __init__(self, session: Session, indexing: IndexingQueue, table: DocumentTable) -> None:
        super().__init__(session)
        self._session = session
        self._table = table
        self._found: dict[LibraryId, dict[Path, PassedOver]] = {}
        self._stale = False  # more was passed over than is shown
        indexing.passed_over.connect(self._on_passed_over)
        indexing.advanced.connect(self._on_told)  # thousands of e-mails may each have something
        indexing.settled.connect(self._on_told)
        session.library_changed.connect(self._show)
        table.passed_over_requested.connect(self._on_requested)

    def words(self, passed: PassedOver) -> str:
        """Say how many files of how many kinds were passed over; nothing where none was."""
        if not passed.count:
            return ""
        kinds = self.tr("%n kind(s)", "", len(passed.kinds))
        return self.tr("%n file(s) of {kinds} were passed over", "", passed.count).format(
            kinds=kinds
        )

    def _of_library(self) -> PassedOver:
        library = self._session.library
        return altogether(self._found.get(library, {}) if library is not None else {})

    def _on_passed_over(self, event: FilesPassedOver) -> None:
        self._found.setdefault(event.library, {})[event.path] = event.passed
        self._stale = self._stale or event.library == self._session.library

    def _on_told(self, _progress: object) -> None:
        if self._stale:
            self._show()

    def _show(self) -> None:
        self._stale = False
        self._table.show_passed_over(self.words(self._of_library()))

    def _kinds(self, passed: PassedOver) -> str:
        others = self.tr("others")
        named = [
            f"{shown_ending(kind) or others}: {QLocale().toString(count)}"
            for kind, count in passed.kinds[:_KINDS]
        ]
        return " · ".join([*named, *(["…"] if len(passed.kinds) > _KINDS else [])])

    def _on_requested(self) -> None:
        passed = self._of_library()
        files = [
            PassedValue(one.path, reason(one, QCoreApplication.translate)) for one in passed.named
        ]
        dialog = PassedOverDialog(
            self.words(passed), self._kinds(passed), files, self._table.window()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
