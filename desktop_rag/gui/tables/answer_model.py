"""The cells of a table as rows and columns, sorted by what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor
from typing_extensions import override

from desktop_rag.answer.value_order import order_of
from desktop_rag.gui.look import theme
from desktop_rag.gui.tables.values import MISSING, CellKind, CellValue, LineValue, TableValue
from desktop_rag.gui.widgets.text import Tip, folded, plain, tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

NOWHERE = QModelIndex()
NAME = 0  # the column of documents; those of questions follow
SETTLING_MS = 250  # cells that come are sorted in together
_RANKS = {CellKind.ABSENT: 1, CellKind.FAILED: 2, CellKind.ASKED: 3, CellKind.MISSING: 3}
_ICONS = {
    CellKind.ASKED: ("refresh", "accent"),
    CellKind.DOUBTED: ("info", "warning"),
    CellKind.FAILED: ("warning", "danger"),
    CellKind.EDITED: ("edit", "accent"),
}
_QUIET = {CellKind.ABSENT, CellKind.MISSING, CellKind.ASKED}

Key = tuple[int, tuple[int, float, str], str]


@dataclass(slots=True)
class AnswerRow:
    """A document with its cells, by question, and with what it is sorted by."""

    value: LineValue
    cells: dict[int, CellValue] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)

    def cell(self, question: int) -> CellValue:
        """Return the cell of a question."""
        return self.cells.get(question, MISSING)

    def put(self, question: int, value: CellValue) -> None:
        """Say another thing."""
        self.cells[question] = value
        self.keys.pop(question + 1, None)

    def key(self, column: int) -> Key:
        """Return what the row is ordered by in a column, made once."""
        known = self.keys.get(column)
        if known is None:
            known = self.keys[column] = self._key(column)
        return known

    def _key(self, column: int) -> Key:
        name = folded(self.value.name)
        if column == NAME:
            return (0, (0, 0.0, name), "")
        cell = self.cell(column - 1)
        return (_RANKS.get(cell.kind, 0), order_of(cell.text), name)


class AnswerModel(QAbstractTableModel):
    """Rows in the order that was asked for last; as they were added, where none was.

    Signals:
        edited: of a line, the place of a question, and what somebody wrote there.
    """

    edited = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._questions: tuple[str, ...] = ()
        self._rows: list[AnswerRow] = []
        self._places: dict[int, int] = {}
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self.settle)

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions of the table."""
        return self._questions

    def show_table(
        self, table: TableValue | None, cells: Mapping[tuple[int, int], CellValue]
    ) -> None:
        """Show a table, with the cells of a line and a question that there are."""
        self.beginResetModel()
        self._settling.stop()
        self._questions = table.questions if table else ()
        self._rows = [AnswerRow(line) for line in table.lines] if table else []
        self._index()
        for (line, question), cell in cells.items():
            if line in self._places:
                self._rows[self._places[line]].put(question, cell)
        if self._column >= 0:
            self._rows = self._sorted(self._rows)
            self._index()
        self.endResetModel()

    def set_cell(self, line: int, question: int, value: CellValue) -> None:
        """Show a cell as it is now; it is sorted in soon, with others that come."""
        place = self._places.get(line)
        if place is None:
            return
        self._rows[place].put(question, value)
        if self._column == question + 1:
            self._settling.start()
        cell = self.index(place, question + 1)
        self.dataChanged.emit(cell, cell)

    def place_of(self, index: Index) -> tuple[int, int] | None:
        """Return the line and the question of a cell; None of a document's name."""
        if not index.isValid() or index.column() == NAME:
            return None
        return self._rows[index.row()].value.line, index.column() - 1

    def line_at(self, row: int) -> int:
        """Return the line that is shown in a row."""
        return self._rows[row].value.line

    def index_of(self, line: int, question: int) -> QModelIndex:
        """Return where a cell is shown."""
        place = self._places.get(line)
        return NOWHERE if place is None else self.index(place, question + 1)

    @property
    def lines(self) -> list[int]:
        """The lines in the order in which they are shown."""
        return [row.value.line for row in self._rows]

    def settle(self) -> None:
        """Sort cells in that changed."""
        self._settling.stop()
        self.sort(self._column, self._order)

    def _sorted(self, rows: Iterable[AnswerRow]) -> list[AnswerRow]:
        column, falling = self._column, self._order == Qt.SortOrder.DescendingOrder
        return sorted(rows, key=lambda row: row.key(column), reverse=falling)

    def _index(self) -> None:
        self._places = {row.value.line: place for place, row in enumerate(self._rows)}

    def _cell(self, index: Index) -> CellValue:
        row = self._rows[index.row()]
        if index.column() == NAME:
            return CellValue(CellKind.FOUND, row.value.name)
        return row.cell(index.column() - 1)

    def _shown(self, index: Index) -> str:
        cell = self._cell(index)
        text = plain(cell.text)
        if cell.kind is CellKind.ASKED:
            return self.tr("asking…")
        if cell.place and cell.kind in {CellKind.FOUND, CellKind.DOUBTED}:
            told = self.tr("{text} (p. {page})")
            return told.format(text=text, page=plain(cell.place))
        return text

    def _spoken(self, index: Index) -> str:
        cell = self._cell(index)
        standing = plain(cell.standing)
        shown = self._shown(index)
        if index.column() == NAME or not standing or standing == shown:
            return shown or standing
        return f"{shown}. {standing}" if shown else standing

    def _tip(self, index: Index) -> Tip:
        cell = self._cell(index)
        return tip(cell.text, "" if cell.standing == cell.text else cell.standing)

    def _look(self, index: Index, role: int) -> object:
        kind = self._cell(index).kind
        if role == Role.DecorationRole:
            return theme.icon(*_ICONS[kind]) if kind in _ICONS else None
        if role == Role.ForegroundRole:
            return QColor(theme.present().muted) if kind in _QUIET else None
        if role == Role.EditRole:
            return self._cell(index).text
        return None

    # Qt

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._questions) + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows, says and stands for."""
        if not index.isValid():
            return None
        match role:
            case Role.DisplayRole:
                return self._shown(index)
            case Role.AccessibleTextRole:
                return self._spoken(index)
            case Role.ToolTipRole:
                return self._tip(index)
            case _:
                return self._look(index, role)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Name the columns by their questions."""
        if orientation != Qt.Orientation.Horizontal or section > len(self._questions):
            return None
        name = self.tr("Document") if section == NAME else plain(self._questions[section - 1])
        match role:
            case Role.DisplayRole:
                return name
            case Role.ToolTipRole:
                return tip(name)
            case Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let answers be written by hand."""
        usual = super().flags(index)
        answer = index.isValid() and index.column() != NAME
        return usual | Qt.ItemFlag.ItemIsEditable if answer else usual

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:  # noqa: N802
        """Tell what was written by hand; whoever hears it shows it."""
        at = self.place_of(index)
        if role != Role.EditRole or at is None:
            return False
        if str(value) != self._cell(index).text:
            self.edited.emit(*at, str(value))
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows; whoever has some of them selected keeps them."""
        if not 0 <= column <= len(self._questions):
            return
        self._column, self._order = column, order
        before, after = self._rows, self._sorted(self._rows)
        if after == before:
            return
        self.layoutAboutToBeChanged.emit()
        old, self._rows = self.persistentIndexList(), after
        self._index()
        new = [
            self.index(self._places[before[cell.row()].value.line], cell.column()) for cell in old
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
