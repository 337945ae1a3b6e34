"""The page of tables: which one is shown, how far it is, its cells, and one of them whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.tables.answer_grid import AnswerGrid
from desktop_rag.gui.tables.answer_model import AnswerModel
from desktop_rag.gui.tables.cell_detail import CellDetail
from desktop_rag.gui.tables.progress_line import ProgressLine
from desktop_rag.gui.tables.values import CellValue, DetailValue, FillingValue, TableValue
from desktop_rag.gui.widgets.buttons import IconButton, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_LEAST_TITLE = tokens.SPACE_XL * 5


class TablePage(QWidget):
    """Tables of the open library, one at a time.

    Signals:
        chosen: of the id of the table to show.
        new_requested: a table is to be made.
        export_requested: the shown one is to be written into a file.
        deletion_requested: it is to be deleted.
    """

    chosen = Signal(int)
    new_requested = Signal()
    export_requested = Signal()
    deletion_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers = AnswerModel(self)
        self.grid = AnswerGrid(self.answers)
        self.progress = ProgressLine()
        self.detail = CellDetail()
        self.titles = QComboBox()
        self.titles.setAccessibleName(self.tr("Table"))
        self.titles.setMinimumWidth(_LEAST_TITLE)
        self.titles.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.new = TextButton("add", self.tr("New table…"))
        self.first = TextButton("add", self.tr("New table…"), "primary")
        self.export = IconButton("export", self.tr("Export the table…"))
        self.delete = IconButton("trash", self.tr("Delete the table"))
        self._arrange()
        self._connect()
        self.set_tables([], None)

    def set_tables(self, tables: Sequence[tuple[int, str]], current: int | None) -> None:
        """Offer these tables by their titles; `current` is the one that is shown."""
        self.titles.blockSignals(True)
        self.titles.clear()
        for id_, title in tables:
            self.titles.addItem(plain(title), id_)
        self.titles.setCurrentIndex(self.titles.findData(current) if current is not None else -1)
        self.titles.blockSignals(False)
        self._pages.setCurrentIndex(1 if tables else 0)

    def show_table(
        self, table: TableValue | None, cells: Mapping[tuple[int, int], CellValue]
    ) -> None:
        """Show a table with the cells that there are."""
        self.detail.show_detail(None)
        self.answers.show_table(table, cells)

    def set_cell(self, line: int, question: int, value: CellValue) -> None:
        """Show a cell as it is now."""
        self.answers.set_cell(line, question, value)

    def show_progress(self, value: FillingValue) -> None:
        """Show how far the table is."""
        self.progress.show_progress(value)

    def show_detail(self, value: DetailValue | None) -> None:
        """Show a cell whole, or none."""
        self.detail.show_detail(value)

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.SPACE_S)
        top.addWidget(self.titles, 1)
        for button in (self.new, self.export, self.delete):
            top.addWidget(button)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_M, tokens.SPACE_M, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_S)
        column.addLayout(top)
        column.addWidget(self.progress)
        column.addWidget(self.grid, 1)
        column.addWidget(self.detail)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty())
        self._pages.addWidget(full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(*[tokens.SPACE_XL] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addStretch(1)
        column.addWidget(plain_label(self.tr("The same questions to many documents"), "title"))
        told = self.tr(
            "A table has a row for each document and a column for each question. It is filled in "
            "the background, every answer with its page. Select documents in the list to ask only "
            "those."
        )
        column.addWidget(plain_label(told, "muted"))
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return empty

    def _connect(self) -> None:
        self.titles.currentIndexChanged.connect(self._on_title_chosen)
        self.new.clicked.connect(self.new_requested)
        self.first.clicked.connect(self.new_requested)
        self.export.clicked.connect(self.export_requested)
        self.delete.clicked.connect(self.deletion_requested)
        self.detail.edit_requested.connect(self.grid.edit_current)

    def _on_title_chosen(self, index: int) -> None:
        id_ = self.titles.itemData(index)
        if id_ is not None:
            self.chosen.emit(int(id_))
