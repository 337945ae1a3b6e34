"""The documents of a library: to sort, to filter, to choose from and to act upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.libraries.document_actions import FIRST_KEYS, LAST_KEYS, DocumentActions
from desktop_rag.gui.libraries.document_model import DocumentModel, FilteredDocuments
from desktop_rag.gui.libraries.empty_library import EmptyLibrary
from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.gui.libraries.table_view import DocumentView
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import REPAINTING, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

TYPING_MS = 100  # a pause of this length ends a word


class DocumentTable(QWidget):
    """The documents, and what can be done with those that are selected.

    Signals:
        opened: of the row to open.
        ask_requested: of the rows that a question is to be about.
        table_requested: of the rows that are to be asked the same.
        comparison_requested: of the two to five rows to lay side by side.
        digest_requested: of the rows, and the `QuestionKind` that is wanted of them.
        removal_requested: of the rows to take out of the library.
        cancel_requested: of the rows not to be indexed, which leave the library.
        retry_requested: of the rows to try again.
        recognition_requested: of the rows whose text is to be recognized again.
        password_requested: of the rows that are locked.
        folder_requested: of the row whose file is to be shown in its folder.
        first_requested: of the rows to index before all others.
        last_requested: of the rows to index after all others.
        selection_changed: of the rows selected now.
        add_requested: files are to be chosen.
        sample_requested: the sample library is to be opened.
        passed_over_requested: the files that are no documents are to be listed.
    """

    opened = Signal(object)
    ask_requested = Signal(list)
    table_requested = Signal(list)
    comparison_requested = Signal(list)
    digest_requested = Signal(list, object)
    removal_requested = Signal(list)
    cancel_requested = Signal(list)
    retry_requested = Signal(list)
    recognition_requested = Signal(list)
    password_requested = Signal(list)
    folder_requested = Signal(object)
    first_requested = Signal(list)
    last_requested = Signal(list)
    selection_changed = Signal(list)
    add_requested = Signal()
    sample_requested = Signal()
    passed_over_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents = DocumentModel(self)
        self.filtered = FilteredDocuments(self.documents, self)
        self.view = DocumentView(self.filtered)
        self.empty = EmptyLibrary()
        self.filter = QLineEdit()
        self.add = TextButton("add", self.tr("Add documents…"))
        self.nothing = plain_label(role="muted")
        self.row_actions = DocumentActions()
        self.passed_over = TextButton("", self.tr("Files that were passed over"), "link")
        self.passed_over.hide()
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._arrange()
        self._connect()
        self._show_selection()
        self._show_page()

    def set_documents(self, rows: Sequence[DocumentValue]) -> None:
        """Show the documents of a library; those that were selected stay so if still there."""
        kept, place = {row.path for row in self.view.chosen()}, self.view.currentIndex().row()
        anew = self.documents.set_rows(rows)
        if kept and anew:
            shown = range(self.filtered.rowCount())
            self.view.choose([n for n in shown if self.filtered.row_at(n).path in kept])
            self.view.stay_at(place)
        self._show_page()
        if anew:
            self._on_selection_changed()
        else:
            self._show_selection()

    def update_document(self, row: DocumentValue) -> None:
        """Show one document as it is now; selection and order stay."""
        self.documents.update_row(row)
        self._show_page()
        self._show_selection()

    def set_places(self, places: Mapping[Path | DocumentId, int]) -> None:
        """Show where files stand in the queue, the first as 1; all others do not wait."""
        self.documents.set_places(places)

    def show_passed_over(self, words: str) -> None:
        """Say below the documents what was passed over beside them, or nothing."""
        self.passed_over.setText(plain(words))
        self.passed_over.setVisible(bool(words))

    def show_queue(self) -> None:
        """Show what is being indexed and what waits for it in its order."""
        self.view.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
        self.view.scrollToTop()

    def set_progress(self, document: DocumentId, fraction: float) -> None:
        """Show how far a document has come."""
        self.documents.set_progress(document, fraction)

    def selected(self) -> list[DocumentValue]:
        """Return the selected rows from top to bottom."""
        return self.view.chosen()

    def _arrange(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter by title or path"))
        self.filter.setAccessibleName(self.tr("Filter by title or path"))
        self.filter.setClearButtonEnabled(True)
        self._magnifier = QAction(theme.icon("search", "muted"), "", self)
        self.filter.addAction(self._magnifier, QLineEdit.ActionPosition.LeadingPosition)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(0, tokens.SPACE_XL, 0, 0)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_M, tokens.SPACE_M, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_S)
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_S)
        top.addWidget(self.filter, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.row_actions)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages, 1)
        below = QHBoxLayout()
        below.setContentsMargins(tokens.SPACE_S, 0, tokens.SPACE_S, 0)
        below.addWidget(self.passed_over)
        below.addStretch(1)
        whole.addLayout(below)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_typed)
        row_actions = self.row_actions
        self.view.opened.connect(self.opened)
        row_actions.opened.connect(self.opened)
        row_actions.folder_requested.connect(self.folder_requested)
        row_actions.ask_requested.connect(self.ask_requested)
        row_actions.table_requested.connect(self.table_requested)
        row_actions.comparison_requested.connect(self.comparison_requested)
        row_actions.digest_requested.connect(self.digest_requested)
        row_actions.removal_requested.connect(self.removal_requested)
        row_actions.cancel_requested.connect(self.cancel_requested)
        row_actions.retry_requested.connect(self.retry_requested)
        row_actions.recognition_requested.connect(self.recognition_requested)
        row_actions.password_requested.connect(self.password_requested)
        row_actions.first_requested.connect(self._on_first_requested)
        row_actions.last_requested.connect(self._on_last_requested)
        self.view.removal_requested.connect(self.row_actions.delete)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.add.clicked.connect(self.add_requested)
        self.passed_over.clicked.connect(self.passed_over_requested)
        self.empty.add_requested.connect(self.add_requested)
        self.empty.sample_requested.connect(self.sample_requested)
        self.documents.requeued.connect(self.view.viewport().update)
        for keys, slot in (
            (FIRST_KEYS, self.row_actions.put_first),
            (LAST_KEYS, self.row_actions.put_last),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(1 if self.documents.rowCount() else 0)
        found = self.filtered.rowCount() > 0
        self.view.setVisible(found)
        self.nothing.setVisible(not found)
        words = plain(self.filter.text())
        self.nothing.setText(self.tr("No document matches “{words}”").format(words=words))

    def _show_selection(self) -> list[DocumentValue]:
        rows = self.selected()
        self.row_actions.show_rows(rows)
        return rows

    def _on_typed(self) -> None:
        self.filtered.narrow(self.filter.text())
        self._show_page()

    def _on_selection_changed(self) -> None:
        self.selection_changed.emit(self._show_selection())

    def _on_menu_requested(self, place: QPoint) -> None:
        if self.selected():
            menu = self.row_actions.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _on_first_requested(self, rows: Sequence[DocumentValue]) -> None:
        self.first_requested.emit(self.documents.by_place(rows))

    def _on_last_requested(self, rows: Sequence[DocumentValue]) -> None:
        self.last_requested.emit(self.documents.by_place(rows))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self._magnifier.setIcon(theme.icon("search", "muted"))
            self.view.viewport().update()
