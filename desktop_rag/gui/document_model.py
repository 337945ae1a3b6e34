"""The documents of a library as rows and columns: sorted in one go, filtered by their names.

Ten thousand rows are sorted by Python's own sort on keys that are made once;
a comparison in Python for each pair of rows would be felt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui import theme
from desktop_rag.gui.side_values import DocumentRow, folded, plain, tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ROW = Role.UserRole  # the whole DocumentRow
PROGRESS = Role.UserRole + 1  # 0 to 1, or None where nothing is under way
COLOUR = Role.UserRole + 2  # the name of a colour of the theme

NOWHERE = QModelIndex()
SETTLING_MS = 250  # rows that changed are sorted in together
STATES = ("failed", "waiting", "reading", "embedding", "queued", "ready")  # trouble first
MOVING = {"reading", "embedding"}
TROUBLED = {"failed", "waiting"}
ICONS = {
    "queued": ("clock", "muted"),
    "reading": ("file", "accent"),
    "embedding": ("refresh", "accent"),
    "waiting": ("info", "warning"),
    "ready": ("check", "good"),
    "failed": ("warning", "danger"),
}


class Column(IntEnum):
    """What a row tells, from left to right."""

    TITLE = 0
    PAGES = 1
    LANGUAGE = 2
    ADDED = 3
    STATE = 4


SortKey = tuple[float, str, str]


class Entry:
    """A row with what it is sorted and filtered by, found out once."""

    __slots__ = ("haystack", "name", "row")

    def __init__(self, row: DocumentRow) -> None:
        self.row = row
        self.name = folded(row.name)
        self.haystack = folded(f"{row.title}\n{plain(str(row.path))}")

    def key(self, column: Column) -> SortKey:
        """Return what the row is ordered by; those that do not know come first."""
        row = self.row
        match column:
            case Column.TITLE:
                return (0.0, "", self.name)
            case Column.PAGES:
                return (-1.0 if row.pages is None else row.pages, "", self.name)
            case Column.LANGUAGE:
                return (0.0, row.language, self.name)
            case Column.ADDED:
                return (0.0 if row.added is None else row.added.timestamp(), "", self.name)
            case Column.STATE:
                known = row.state in STATES
                return (STATES.index(row.state) if known else -1.0, "", self.name)


class DocumentModel(QAbstractTableModel):
    """The rows in the order that was asked for last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._by_document: dict[DocumentId, int] = {}
        self._by_path: dict[Path, int] = {}
        self._column, self._order = Column.TITLE, Qt.SortOrder.AscendingOrder
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self.settle)

    @property
    def rows(self) -> list[DocumentRow]:
        """Return all rows in their order."""
        return [entry.row for entry in self._entries]

    def row_at(self, place: int) -> DocumentRow:
        """Return the row at a place."""
        return self._entries[place].row

    def haystack(self, place: int) -> str:
        """Return what the filter looks into."""
        return self._entries[place].haystack

    def set_rows(self, rows: Iterable[DocumentRow]) -> None:
        """Show other documents."""
        self.beginResetModel()
        self._settling.stop()
        self._entries = self._sorted(Entry(row) for row in rows)
        self._index()
        self.endResetModel()

    def update_row(self, row: DocumentRow) -> None:
        """Show a document as it is now; one that was not there is added.

        It is sorted in soon, together with others that change now.
        """
        place, entry = self._place(row), Entry(row)
        if place is None:
            end = len(self._entries)
            self.beginInsertRows(NOWHERE, end, end)
            self._entries.append(entry)
            self._enter(row, end)
            self.endInsertRows()
            self._settling.start()
            return
        was, self._entries[place] = self._entries[place], entry
        if was.row.path != row.path:
            del self._by_path[was.row.path]
        self._enter(row, place)
        if was.key(self._column) != entry.key(self._column):
            self._settling.start()
        self.dataChanged.emit(self.index(place, 0), self.index(place, Column.STATE))

    def set_progress(self, document: DocumentId, fraction: float) -> None:
        """Show how far a document has come."""
        place = self._by_document.get(document)
        if place is not None:
            entry = self._entries[place]
            entry.row = replace(entry.row, fraction=fraction)
            cell = self.index(place, Column.STATE)
            self.dataChanged.emit(cell, cell, [PROGRESS, Role.DisplayRole])

    def settle(self) -> None:
        """Sort rows in that changed."""
        self._settling.stop()
        self.sort(self._column, self._order)

    def _sorted(self, entries: Iterable[Entry]) -> list[Entry]:
        column, falling = self._column, self._order == Qt.SortOrder.DescendingOrder
        return sorted(entries, key=lambda entry: entry.key(column), reverse=falling)

    def _index(self) -> None:
        rows = self.rows
        self._by_path = {row.path: place for place, row in enumerate(rows)}
        self._by_document = {
            row.document: place for place, row in enumerate(rows) if row.document is not None
        }

    def _enter(self, row: DocumentRow, place: int) -> None:
        self._by_path[row.path] = place
        if row.document is not None:
            self._by_document[row.document] = place

    def _place(self, row: DocumentRow) -> int | None:
        known = None if row.document is None else self._by_document.get(row.document)
        return self._by_path.get(row.path) if known is None else known

    def _text(self, row: DocumentRow, column: Column) -> str:
        match column:
            case Column.TITLE:
                return row.name
            case Column.PAGES:
                return "" if row.pages is None else QLocale().toString(row.pages)
            case Column.LANGUAGE:
                return self._language(row.language)
            case Column.ADDED:
                return "" if row.added is None else _day(row.added)
            case Column.STATE:
                return self._state(row)

    def _state(self, row: DocumentRow) -> str:
        words = {
            "queued": self.tr("Queued"),
            "reading": self.tr("Reading"),
            "embedding": self.tr("Indexing"),
            "waiting": self.tr("Needs attention"),
            "ready": self.tr("Ready"),
            "failed": self.tr("Failed"),
        }
        word = words.get(row.state, plain(row.state))
        if row.state in MOVING and row.fraction > 0:
            return self.tr("{state} · {percent} %").format(
                state=word, percent=int(100 * min(1.0, row.fraction))
            )
        return word

    def _language(self, code: str) -> str:
        if not code:
            return ""
        words = {
            "ca": self.tr("Catalan"),
            "de": self.tr("German"),
            "en": self.tr("English"),
            "es": self.tr("Spanish"),
            "eu": self.tr("Basque"),
            "fr": self.tr("French"),
            "gl": self.tr("Galician"),
            "it": self.tr("Italian"),
            "pt": self.tr("Portuguese"),
        }
        return words.get(code) or QLocale.languageToString(QLocale(code).language())

    def _spoken(self, row: DocumentRow, column: Column) -> str:
        text = self._text(row, column)
        if column is Column.STATE and row.reason:
            return f"{text}: {plain(row.reason)}"
        return text or self.tr("not known")

    # Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802
        """Return the number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows, says and stands for."""
        if not index.isValid():
            return None
        row, column = self.row_at(index.row()), Column(index.column())
        values: dict[int, Callable[[], object]] = {
            Role.DisplayRole: lambda: self._text(row, column),
            Role.AccessibleTextRole: lambda: self._spoken(row, column),
            Role.ToolTipRole: lambda: _tip(row, column),
            Role.TextAlignmentRole: lambda: _alignment(column),
            Role.DecorationRole: lambda: _icon(row, column),
            ROW: lambda: row,
            PROGRESS: lambda: _progress(row, column),
            COLOUR: lambda: _colour(row, column),
        }
        value = values.get(role)
        return None if value is None else value()

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return _alignment(Column(section))
        names = (
            self.tr("Title"),
            self.tr("Pages"),
            self.tr("Language"),
            self.tr("Added"),
            self.tr("State"),
        )
        return names[section] if role == Role.DisplayRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows; whoever has some of them selected keeps them."""
        if column < 0:
            return
        self._column, self._order = Column(column), order
        self.layoutAboutToBeChanged.emit()
        before, old = self._entries, self.persistentIndexList()
        self._entries = self._sorted(before)
        places = {id(entry): place for place, entry in enumerate(self._entries)}
        self._index()
        new = [self.index(places[id(before[cell.row()])], cell.column()) for cell in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


class FilteredDocuments(QSortFilterProxyModel):
    """The documents whose title or path holds every word of the filter."""

    def __init__(self, documents: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._words: list[str] = []
        self.setSourceModel(documents)

    def row_at(self, place: int) -> DocumentRow:
        """Return the row that is shown at a place."""
        return self._documents.row_at(self.mapToSource(self.index(place, 0)).row())

    def narrow(self, text: str) -> None:
        """Show only what holds these words, whatever their case and accents."""
        self.beginFilterChange()
        self._words = folded(plain(text)).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    # Qt

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: ARG002, N802
        """Say whether a row holds the words."""
        haystack = self._documents.haystack(source_row)
        return all(word in haystack for word in self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Leave sorting to the documents, who do it in one go."""
        self._documents.sort(column, order)


def _day(moment: datetime) -> str:
    when = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)


def _tip(row: DocumentRow, column: Column) -> str:
    if column is Column.STATE:
        return tip(row.reason)
    return tip(row.name, str(row.path)) if column is Column.TITLE else ""


def _alignment(column: Column) -> Qt.AlignmentFlag:
    right = column is Column.PAGES
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _icon(row: DocumentRow, column: Column) -> object:
    if column is not Column.STATE or row.state not in ICONS:
        return None
    return theme.icon(*ICONS[row.state])


def _progress(row: DocumentRow, column: Column) -> float | None:
    return float(row.fraction) if column is Column.STATE and row.state in MOVING else None


def _colour(row: DocumentRow, column: Column) -> str:
    if column is Column.STATE and row.state in TROUBLED:
        return ICONS[row.state][1]
    return "text" if column is Column.TITLE else "muted"
