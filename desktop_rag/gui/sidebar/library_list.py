"""The libraries, with the number of their documents; files can be dropped on each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sidebar.row_delegate import COUNT, CURRENT, ID, TARGET, SidebarList
from desktop_rag.gui.sidebar.values import LibraryValue
from desktop_rag.gui.widgets.drops import dropped_paths
from desktop_rag.gui.widgets.text import plain, tip

SHOWN = 8  # libraries before the list scrolls

EDITABLE = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsEditable
    | Qt.ItemFlag.ItemIsDropEnabled
)


class LibraryList(SidebarList):
    """The libraries by name.

    Signals:
        created: of the name of a library that there is to be.
        renamed: of the id of a library and its new name.
        exported: of the id of a library that is to be written into one file.
        paths_dropped: of the id of a library and a list of paths.
    """

    created = Signal(str)
    renamed = Signal(object, str)
    exported = Signal(object)
    paths_dropped = Signal(object, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, dotted=True)
        self.setAccessibleName(self.tr("Libraries"))
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.named.connect(self._on_named)
        self.itemDelegate().closeEditor.connect(self._on_editor_closed)

    def set_libraries(self, values: Sequence[LibraryValue], current: object) -> None:
        """Show these libraries; `current` is the id of the one that the window shows."""
        if [id_ for id_ in self.ids() if id_ is not None] != [value.id for value in values]:
            focused = self.focused()
            self.clear()
            for _ in values:
                self.addItem(QListWidgetItem())
            self.updateGeometry()
            self._write(values, current)
            self.focus(focused, current)
        else:
            self._write(values, current)

    def begin_new(self) -> None:
        """Add an empty row and let its name be typed; it goes again if none is."""
        item = self.row_of(None) or QListWidgetItem(self)
        item.setFlags(EDITABLE)
        item.setData(Qt.ItemDataRole.DisplayRole, "")
        self.updateGeometry()
        self.scrollToItem(item)
        self.setCurrentItem(item)
        self.editItem(item)

    def add_actions(self, menu: QMenu, id_: object) -> None:
        """Let a library be exported."""
        export = menu.addAction(theme.icon("export"), self.tr("Export the library…"))
        export.triggered.connect(lambda: self.exported.emit(id_))

    def _write(self, values: Sequence[LibraryValue], current: object) -> None:
        for row, value in enumerate(values):
            item, name = self.item(row), plain(value.name)
            documents = self.tr("%n document(s)", "", value.documents)
            item.setFlags(EDITABLE)
            item.setText(name)
            item.setData(ID, value.id)
            item.setData(COUNT, QLocale().toString(value.documents))
            item.setData(CURRENT, value.id == current)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {documents}")
            item.setToolTip(tip(name, documents))

    def _target(self, item: QListWidgetItem | None) -> None:
        for row in range(self.count()):
            self.item(row).setData(TARGET, self.item(row) is item)

    def _on_named(self, id_: object, name: str) -> None:
        if id_ is None:
            self.created.emit(name)
        else:
            self.renamed.emit(id_, name)

    def _on_editor_closed(
        self,
        editor: QWidget,  # noqa: ARG002
        hint: QAbstractItemDelegate.EndEditHint,  # noqa: ARG002
    ) -> None:
        item = self.row_of(None)
        if item is not None:
            self.takeItem(self.row(item))
            self.updateGeometry()

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Be as high as the libraries, up to a point."""
        rows = min(max(1, self.count()), SHOWN)
        return QSize(0, rows * (tokens.SPACE_XXL - tokens.SPACE_XS) + 2 * tokens.HAIR)

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way to nothing: eight rows are not much."""
        return self.sizeHint()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders."""
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show which library would take them."""
        item = self.itemAt(event.position().toPoint())
        self._target(item)
        if item is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show no target any more."""
        self._target(None)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on which library."""
        item = self.itemAt(event.position().toPoint())
        paths = dropped_paths(event.mimeData())
        self._target(None)
        if item is not None and item.data(ID) is not None and paths:
            event.acceptProposedAction()
            self.paths_dropped.emit(item.data(ID), paths)
