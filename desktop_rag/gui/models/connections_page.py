"""Every connection that was ever made, and the switch that forbids them all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.models.values import ConnectionValue
from desktop_rag.gui.models.words import size_words
from desktop_rag.gui.widgets.empty_page import Empty
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain, tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
TIME, HOST, PURPOSE, SIZE, OUTCOME = range(5)
_WIDTHS = {
    TIME: 9 * tokens.SPACE_L,
    HOST: 11 * tokens.SPACE_L,
    PURPOSE: 11 * tokens.SPACE_L,
    SIZE: 5 * tokens.SPACE_L,
}
_CALM = {"", "open", "stopped"}  # ways to end that are nothing to worry about
_NARROW = 40 * tokens.SPACE_L  # pixels, below which bytes and purpose give way


class ConnectionsModel(QAbstractTableModel):
    """Connections, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ConnectionValue] = []

    def set_rows(self, rows: Sequence[ConnectionValue]) -> None:
        """Show these, whatever their order."""
        latest_first = sorted(rows, key=lambda row: row.time, reverse=True)
        if latest_first != self._rows:
            self.beginResetModel()
            self._rows = latest_first
            self.endResetModel()

    def _text(self, row: ConnectionValue, column: int) -> str:
        match column:
            case 0:
                form = QLocale.FormatType.ShortFormat
                time = QDateTime.fromSecsSinceEpoch(round(row.time.timestamp()))
                return QLocale().toString(time, form)
            case 1:
                return plain(row.host)
            case 2:
                return self._purpose(row.purpose)
            case 3:
                return size_words(row.size)
            case _:
                return self._outcome(row.outcome)

    def _outcome(self, outcome: str) -> str:
        known = {
            "": self.tr("Done"),
            "open": self.tr("Under way"),
            "stopped": self.tr("Stopped"),
            "broken": self.tr("No connection"),
        }
        return known.get(outcome) or plain(outcome)

    def _purpose(self, purpose: str) -> str:
        known = {
            "search": self.tr("Searching for models"),
            "list": self.tr("Listing files"),
            "peek": self.tr("Reading a header"),
            "fetch": self.tr("Downloading"),
            "language": self.tr("Language data"),
        }
        return known.get(purpose) or plain(purpose)

    # Qt

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of connections."""
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else OUTCOME + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows."""
        row, column = self._rows[index.row()], index.column()
        match role:
            case Role.DisplayRole:
                return self._text(row, column)
            case Role.ToolTipRole:
                return tip(self._text(row, column))
            case Role.TextAlignmentRole:
                return _alignment(column)
            case Role.ForegroundRole if column == OUTCOME and row.outcome not in _CALM:
                return QColor(theme.present().danger)
            case _:
                return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        names = (
            self.tr("Time"),
            self.tr("Connected to"),
            self.tr("What for"),
            self.tr("Size"),
            self.tr("Outcome"),
        )
        return names[section] if role == Role.DisplayRole else None


class ConnectionsPage(QWidget):
    """The log of connections, and the switch.

    Signals:
        offline_changed: whether every connection is to be forbidden from now on.
    """

    offline_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ConnectionsModel(self)
        self.offline = QCheckBox(self.tr("Never connect to anything"))
        told = self.tr(
            "These are all the connections that the program ever made. Only getting models and "
            "language data makes any; documents, questions and answers are never sent."
        )
        self.empty = Empty("check", self.tr("It has never connected to anything."))
        self.view = ConnectionsView(self.rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(plain_label(told, "muted"))
        column.addWidget(self.offline)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        self.view.setAccessibleName(self.tr("Connections"))
        self.offline.toggled.connect(self.offline_changed)
        self.set_connections(())

    def set_connections(self, rows: Sequence[ConnectionValue]) -> None:
        """Show these."""
        self.rows.set_rows(rows)
        self.view.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def set_offline(self, offline: bool) -> None:
        """Show whether connections are forbidden, without telling anybody."""
        with QSignalBlocker(self.offline):
            self.offline.setChecked(offline)


class ConnectionsView(QTableView):
    """The log as rows; what matters least gives way where there is no room."""

    def __init__(self, rows: ConnectionsModel) -> None:
        super().__init__()
        self.setModel(rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.SPACE_XXL)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setAccessibleName(self.tr("Columns"))
        header.setSectionResizeMode(OUTCOME, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what matters least where there is no room."""
        narrow = event.size().width() < _NARROW
        for column in (SIZE, PURPOSE):
            if self.isColumnHidden(column) != narrow:
                self.setColumnHidden(column, narrow)
        super().resizeEvent(event)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
