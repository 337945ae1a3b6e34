"""The documents of a library: to sort, to filter, to choose from and to act upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.libraries.document_model import DocumentModel, FilteredDocuments
from desktop_rag.gui.libraries.empty_library import NoDocuments
from desktop_rag.gui.libraries.table_entries import ASKABLE, QUEUED, TROUBLED, Column
from desktop_rag.gui.libraries.table_view import DocumentView
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import REPAINTING, IconButton, ShortLabel, TextButton
from desktop_rag.gui.widgets.text import plain

TYPING_MS = 100  # a pause of this length ends a word
FIRST_KEYS, LAST_KEYS = "Alt+Up", "Alt+Down"  # told in the list of shortcuts
WAITING = {"queued"}  # for what is done before


class DocumentTable(QWidget):
    """The documents, and what can be done with those that are selected.

    Signals:
        opened: of the row to open.
        ask_requested: of the rows that a question is to be about.
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
    """

    opened = Signal(object)
    ask_requested = Signal(list)
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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents = DocumentModel(self)
        self.filtered = FilteredDocuments(self.documents, self)
        self.view = DocumentView(self.filtered)
        self.empty = NoDocuments()
        self.filter = QLineEdit()
        self.add = TextButton("add", self.tr("Add documents…"))
        self.nothing = _words("muted")
        self.chosen = ShortLabel()
        self.ask = TextButton("chat", self.tr("Ask about these"))
        self.open = IconButton("eye", self.tr("Open"))
        self.folder = IconButton("folder", self.tr("Show in folder"))
        self.remove = IconButton("trash", self.tr("Remove from library"))
        self.reason = _words("danger")
        self.retry = TextButton("refresh", self.tr("Retry"))
        self.password = TextButton("lock", self.tr("Password…"))
        self.cancel = IconButton("close", self.tr("Cancel indexing"))
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

    def menu(self) -> QMenu:
        """Return what can be done with the selected rows."""
        rows, menu = self.selected(), QMenu(self)
        one = len(rows) == 1
        self._entry(menu, "eye", self.tr("Open"), self._on_open_clicked).setEnabled(one)
        ask = self._entry(menu, "chat", self.tr("Ask about these"), self._on_ask_clicked)
        ask.setEnabled(any(row.state in ASKABLE for row in rows))
        folder = self._entry(menu, "folder", self.tr("Show in folder"), self._on_folder_clicked)
        folder.setEnabled(one)
        if any(row.locked for row in rows):
            self._entry(menu, "lock", self.tr("Password…"), self._on_password_clicked)
        if any(map(_retryable, rows)):
            self._entry(menu, "refresh", self.tr("Retry"), self._on_retry_clicked)
        if any(map(_recognized, rows)):
            words = self.tr("Recognize text again")
            self._entry(menu, "refresh", words, self._on_recognition_clicked)
        if any(row.state in WAITING for row in rows):
            first = self._entry(menu, "arrow-up", self.tr("Index first"), self._on_first_requested)
            last = self._entry(menu, "arrow-down", self.tr("Index last"), self._on_last_requested)
            first.setShortcut(FIRST_KEYS)
            last.setShortcut(LAST_KEYS)
        menu.addSeparator()
        delete = QKeySequence.StandardKey.Delete
        if any(row.state in QUEUED for row in rows):
            words = self.tr("Cancel indexing")
            self._entry(menu, "close", words, self._on_cancel_clicked).setShortcut(delete)
        if any(row.state not in QUEUED for row in rows):
            words = self.tr("Remove from library")
            self._entry(menu, "trash", words, self._on_removal_clicked).setShortcut(delete)
        return menu

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
        column.addLayout(_row(self.filter, self.add))
        column.addWidget(self.view, 1)
        column.addWidget(self.nothing, 1)
        self._trouble = _bar(self.reason, self.password, self.retry)
        self._actions = _bar(
            self.chosen, self.ask, self.open, self.folder, self.cancel, self.remove
        )
        column.addWidget(self._trouble)
        column.addWidget(self._actions)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._on_typed)
        self.view.opened.connect(self.opened)
        self.view.removal_requested.connect(self._on_removal_requested)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.add.clicked.connect(self.add_requested)
        self.empty.add_requested.connect(self.add_requested)
        self.empty.sample_requested.connect(self.sample_requested)
        self.ask.clicked.connect(self._on_ask_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.remove.clicked.connect(self._on_removal_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.retry.clicked.connect(self._on_retry_clicked)
        self.password.clicked.connect(self._on_password_clicked)
        self.documents.requeued.connect(self.view.viewport().update)
        for keys, slot in (
            (FIRST_KEYS, self._on_first_requested),
            (LAST_KEYS, self._on_last_requested),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def _entry(self, menu: QMenu, icon: str, text: str, slot: Callable[[], None]) -> QAction:
        action = menu.addAction(theme.icon(icon), text)
        action.triggered.connect(slot)
        return action

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(1 if self.documents.rowCount() else 0)
        found = self.filtered.rowCount() > 0
        self.view.setVisible(found)
        self.nothing.setVisible(not found)
        words = plain(self.filter.text())
        self.nothing.setText(self.tr("No document matches “{words}”").format(words=words))

    def _show_selection(self) -> list[DocumentValue]:
        rows = self.selected()
        self._actions.setVisible(bool(rows))
        for button in (self.open, self.folder):
            button.setVisible(len(rows) == 1)
        self.ask.setVisible(any(row.state in ASKABLE for row in rows))
        self.cancel.setVisible(any(row.state in QUEUED for row in rows))
        self.remove.setVisible(any(row.state not in QUEUED for row in rows))
        if len(rows) == 1:
            self.chosen.show_text(rows[0].name)
        else:
            self.chosen.show_text(self.tr("%n document(s) selected", "", len(rows)))
        alone = len(rows) == 1
        troubled = [row for row in rows if row.state in TROUBLED or (alone and row.reason)]
        self.reason.setProperty("role", "danger" if _failed(troubled) else "")
        self.reason.style().polish(self.reason)
        if len(troubled) == 1:
            self.reason.setText(self._explained(troubled[0]))
        elif troubled:
            self.reason.setText(self.tr("%n document(s) need attention", "", len(troubled)))
        self.retry.setVisible(any(map(_retryable, troubled)))
        self.password.setVisible(any(row.locked for row in troubled))
        self._trouble.setVisible(bool(troubled))
        self._trouble.updateGeometry()  # the height that an earlier reason took is remembered
        return rows

    def _explained(self, row: DocumentValue) -> str:
        return plain(row.reason) or self.tr("The reason is not known")

    def _on_typed(self) -> None:
        self.filtered.narrow(self.filter.text())
        self._show_page()

    def _on_selection_changed(self) -> None:
        self.selection_changed.emit(self._show_selection())

    def _on_menu_requested(self, place: QPoint) -> None:
        if self.selected():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.view.viewport().mapToGlobal(place))

    def _on_open_clicked(self) -> None:
        for row in self.selected()[:1]:
            self.opened.emit(row)

    def _on_folder_clicked(self) -> None:
        for row in self.selected()[:1]:
            self.folder_requested.emit(row)

    def _on_first_requested(self) -> None:
        if rows := self._queued():
            self.first_requested.emit(rows)

    def _on_last_requested(self) -> None:
        if rows := self._queued():
            self.last_requested.emit(rows)

    def _queued(self) -> list[DocumentValue]:
        """Return the selected rows that wait, as they stand in the queue."""
        return self.documents.by_place(row for row in self.selected() if row.state in WAITING)

    def _on_ask_clicked(self) -> None:
        self.ask_requested.emit([row for row in self.selected() if row.state in ASKABLE])

    def _on_removal_requested(self) -> None:
        """Do what the key that deletes means of each row that is selected."""
        self._on_cancel_clicked()
        self._on_removal_clicked()

    def _on_removal_clicked(self) -> None:
        if rows := [row for row in self.selected() if row.state not in QUEUED]:
            self.removal_requested.emit(rows)

    def _on_cancel_clicked(self) -> None:
        if rows := [row for row in self.selected() if row.state in QUEUED]:
            self.cancel_requested.emit(rows)

    def _on_retry_clicked(self) -> None:
        self.retry_requested.emit([row for row in self.selected() if _retryable(row)])

    def _on_recognition_clicked(self) -> None:
        self.recognition_requested.emit([row for row in self.selected() if _recognized(row)])

    def _on_password_clicked(self) -> None:
        self.password_requested.emit([row for row in self.selected() if row.locked])

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint icons anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self._magnifier.setIcon(theme.icon("search", "muted"))
            self.view.viewport().update()


def _retryable(row: DocumentValue) -> bool:
    """Whether another try may help: what waits for a password or for its text stays as it is."""
    return row.state == "failed" or row.worth


def _recognized(row: DocumentValue) -> bool:
    return row.state == "ready" and row.quality is not None


def _failed(rows: Sequence[DocumentValue]) -> bool:
    return any(row.state == "failed" for row in rows)


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.SPACE_S)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 0 if place else 1)
    return row


def _bar(*widgets: QWidget) -> QFrame:
    bar = QFrame()
    bar.setProperty("role", "banner")
    row = _row(*widgets)
    row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
    bar.setLayout(row)
    return bar
