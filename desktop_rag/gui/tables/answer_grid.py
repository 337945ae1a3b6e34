"""The table itself: cells that can be gone to, opened, and written by hand."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.tables.answer_model import NAME, AnswerModel

_ROW_HEIGHT = tokens.SPACE_XXL
_NAME_WIDTH = tokens.SPACE_XXL * 5
_ANSWER_WIDTH = tokens.SPACE_XXL * 5  # at least, where several share the room
_LEAST_WIDTH = tokens.SPACE_XXL * 2


class AnswerGrid(QTableView):
    """Documents as rows, questions as columns.

    Signals:
        opened: of the line and the question of a cell whose page is to be shown.
        looked_at: of the line and the question of the cell that the keyboard is at, -1 of none.
    """

    opened = Signal(int, int)
    looked_at = Signal(int, int)

    def __init__(self, answers: AnswerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self.setAccessibleName(self.tr("Answers"))
        self.setModel(answers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(_ROW_HEIGHT)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(_LEAST_WIDTH)
        columns.setAccessibleName(self.tr("Columns"))
        columns.setStretchLastSection(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        answers.modelReset.connect(self._on_reset)

    def edit_current(self) -> None:
        """Let the cell that the keyboard is at be written by hand."""
        if self._answers.place_of(self.currentIndex()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.edit(self.currentIndex())

    def go_to(self, line: int, question: int) -> None:
        """Bring the keyboard to a cell."""
        index = self._answers.index_of(line, question)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)

    def _on_reset(self) -> None:
        """Give answers the room that there is, all the same."""
        answers = max(1, self._answers.columnCount() - 1)
        each = max(_ANSWER_WIDTH, (self.viewport().width() - _NAME_WIDTH) // answers)
        for column in range(self._answers.columnCount()):
            self.setColumnWidth(column, _NAME_WIDTH if column == NAME else each)

    def _on_opened(self, index: QModelIndex) -> None:
        at = self._answers.place_of(index)
        if at is not None:
            self.opened.emit(*at)

    def _on_current_changed(self, index: QModelIndex) -> None:
        self.looked_at.emit(*(self._answers.place_of(index) or (-1, -1)))

    # Qt

    @override
    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Stay at the cell that was written, wherever Return or Tab would lead."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the page of a cell with Return."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if not editing and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)
