"""The table itself: rows that can be chosen, columns that give way where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from desktop_rag.gui.libraries.cell_delegate import ROW_HEIGHT, DocumentCells
from desktop_rag.gui.libraries.document_model import ROW, FilteredDocuments
from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.look import tokens

WIDTHS = {
    Column.PAGES: tokens.SPACE_XL * 3,
    Column.LANGUAGE: tokens.SPACE_XL * 4,
    Column.ADDED: tokens.SPACE_XL * 4 + tokens.SPACE_L,
    Column.STATE: tokens.SPACE_XXL * 6,
}
TITLE_WIDTH = tokens.SPACE_XXL * 6  # before another column gives way to it
GIVING_WAY = (Column.LANGUAGE, Column.ADDED, Column.PAGES)


class DocumentView(QTableView):
    """The documents as rows.

    Signals:
        opened: of the row that Return or a double click opens.
        removal_requested: Delete was pressed.
    """

    opened = Signal(object)
    removal_requested = Signal()

    def __init__(self, documents: FilteredDocuments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Documents"))
        self._documents = documents
        self.setModel(documents)
        self.setItemDelegate(DocumentCells(documents, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._set_headers()
        self.setSortingEnabled(True)
        self.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._on_double_clicked)

    def chosen(self) -> list[DocumentValue]:
        """Return the selected rows from top to bottom."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        places = {place for part in parts for place in range(part.top(), part.bottom() + 1)}
        return [self._documents.row_at(place) for place in sorted(places)]

    def choose(self, places: Sequence[int]) -> None:
        """Select these rows, numbered as they are shown, and no others."""
        chosen, flags = QItemSelection(), QItemSelectionModel.SelectionFlag
        # As few ranges as there can be: Qt compares each with each.
        for _, run in groupby(enumerate(sorted(places)), lambda pair: pair[1] - pair[0]):
            together = [place for _, place in run]
            first, last = together[0], together[-1]
            chosen.select(self._documents.index(first, 0), self._documents.index(last, 0))
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
        for place in places[:1]:
            cell = self._documents.index(place, 0)
            self.selectionModel().setCurrentIndex(cell, flags.NoUpdate)

    def stay_at(self, place: int) -> None:
        """Keep the keyboard at this row, or the last one, if it is at none now."""
        rows = self._documents.rowCount()
        if rows and place >= 0 and not self.currentIndex().isValid():
            cell = self._documents.index(min(place, rows - 1), 0)
            self.selectionModel().setCurrentIndex(cell, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _set_headers(self) -> None:
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setMinimumSectionSize(ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(tokens.SPACE_XXL)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        columns.setAccessibleName(self.tr("Columns"))
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)

    def _give_way(self) -> None:
        shown, width = set(WIDTHS), self.width()
        for column in GIVING_WAY:
            if width - sum(self._wide(other) for other in shown) < TITLE_WIDTH:
                shown.discard(column)
        for column in GIVING_WAY:
            if self.isColumnHidden(column) != (column not in shown):
                self.setColumnHidden(column, column not in shown)

    def _wide(self, column: Column) -> int:
        return WIDTHS[column] if self.isColumnHidden(column) else self.columnWidth(column)

    def _on_double_clicked(self, cell: QModelIndex) -> None:
        self.opened.emit(cell.data(ROW))

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Return, remove with Delete."""
        cell = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and cell.isValid():
            self.opened.emit(cell.data(ROW))
        elif event.key() == Qt.Key.Key_Delete:
            selected = self.selectionModel()
            if selected.hasSelection() and not selected.isRowSelected(cell.row()):
                self.choose([cell.row()])  # what the keyboard is at, not what was chosen before
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what matters least where there is no room."""
        self._give_way()
        super().resizeEvent(event)
