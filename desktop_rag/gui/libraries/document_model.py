"""The documents of a library as rows and columns: sorted in one go, filtered by their names.

Ten thousand rows are sorted by Python's own sort on keys that are made once;
a comparison in Python for each pair of rows would be felt. What a cell says is
kept until its row changes: a table is painted more often than it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.libraries.table_entries import (
    MOVING,
    Cell,
    Column,
    TableEntry,
    cell_of,
    is_poor,
    tip_of,
)
from desktop_rag.gui.libraries.values import DocumentValue, place_in
from desktop_rag.gui.widgets.text import day, folded, plain

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

ROW = Role.UserRole  # the whole DocumentRow
PROGRESS = Role.UserRole + 1  # 0 to 1, or None where nothing is under way
COLUMNS = len(Column)  # which an enumeration counts anew each time
NOWHERE = QModelIndex()
SETTLING_MS = 250  # rows that changed are sorted in together


class DocumentModel(QAbstractTableModel):
    """The rows in the order that was asked for last.

    Signals:
        requeued: some stand elsewhere in the queue; what says so is to be painted anew.
    """

    requeued = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[TableEntry] = []
        self._by_document: dict[DocumentId, int] = {}
        self._by_path: dict[Path, int] = {}
        self._column, self._order = Column.TITLE, Qt.SortOrder.AscendingOrder
        self._settling = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settling.timeout.connect(self.settle)

    @property
    def rows(self) -> list[DocumentValue]:
        """Return all rows in their order."""
        return [entry.row for entry in self._entries]

    def row_at(self, place: int) -> DocumentValue:
        """Return the row at a place."""
        return self._entries[place].row

    def haystack(self, place: int) -> str:
        """Return what the filter looks into."""
        return self._entries[place].haystack

    def by_place(self, rows: Iterable[DocumentValue]) -> list[DocumentValue]:
        """Return rows in the order of the queue."""
        return sorted(rows, key=lambda row: self._entries[self._by_path[row.path]].place)

    def cell(self, place: int, column: int) -> Cell:
        """Return what is painted in a cell."""
        entry = self._entries[place]
        known = entry.cells[column]
        if known is None:
            text = self._text(entry, Column(column))
            known = entry.cells[column] = cell_of(entry, Column(column), text)
        return known

    def set_rows(self, rows: Sequence[DocumentValue]) -> bool:
        """Show other documents.

        Where only some changed or came, the others stay as they are; else all are
        shown anew, and True is returned.
        """
        places = [self._place(row) for row in rows]
        known = {place for place in places if place is not None}
        new = [row for row, place in zip(rows, places, strict=True) if place is None]
        gone, twice = len(known) < len(self._entries), len(known) + len(new) < len(rows)
        if gone or twice or not known:
            self._reset(rows)
            return True
        for row, place in zip(rows, places, strict=True):
            if place is not None and self._entries[place].row != row:
                self.update_row(row)
        if new:
            self._append(new)
            self.settle()
        return False

    def set_places(self, places: Mapping[Path | DocumentId, int]) -> None:
        """Show where these stand in the queue, the first as 1; all others do not wait."""
        moved = False
        for entry in self._entries:
            place = place_in(places, entry.row.path, entry.row.document)
            if place != entry.place:
                entry.move(place)
                moved = True
        if moved:
            self.requeued.emit()
            if self._column is Column.STATE:
                self._settling.start()

    def update_row(self, row: DocumentValue) -> None:
        """Show a document as it is now; one that was not there is added.

        It is sorted in soon, together with others that change now.
        """
        place = self._place(row)
        if place is None:
            self._append([row])
            return
        was = self._entries[place]
        entry = self._entries[place] = TableEntry(row, was.place)
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
            entry.advance(replace(entry.row, fraction=fraction))
            cell = self.index(place, Column.STATE)
            self.dataChanged.emit(cell, cell, [PROGRESS, Role.DisplayRole])

    def settle(self) -> None:
        """Sort rows in that changed."""
        self._settling.stop()
        self.sort(self._column, self._order)

    def _reset(self, rows: Sequence[DocumentValue]) -> None:
        known = {entry.row: entry for entry in self._entries}
        self.beginResetModel()
        self._settling.stop()
        self._entries = self._sorted(known.get(row) or TableEntry(row) for row in rows)
        self._index()
        self.endResetModel()

    def _append(self, rows: Sequence[DocumentValue]) -> None:
        end = len(self._entries)
        self.beginInsertRows(NOWHERE, end, end + len(rows) - 1)
        for place, row in enumerate(rows, end):
            self._entries.append(TableEntry(row))
            self._enter(row, place)
        self.endInsertRows()
        self._settling.start()

    def _sorted(self, entries: Iterable[TableEntry]) -> list[TableEntry]:
        column, falling = self._column, self._order == Qt.SortOrder.DescendingOrder
        return sorted(entries, key=lambda entry: entry.key(column), reverse=falling)

    def _index(self) -> None:
        rows = self.rows
        self._by_path = {row.path: place for place, row in enumerate(rows)}
        self._by_document = {
            row.document: place for place, row in enumerate(rows) if row.document is not None
        }

    def _enter(self, row: DocumentValue, place: int) -> None:
        self._by_path[row.path] = place
        if row.document is not None:
            self._by_document[row.document] = place

    def _place(self, row: DocumentValue) -> int | None:
        known = None if row.document is None else self._by_document.get(row.document)
        return self._by_path.get(row.path) if known is None else known

    def _text(self, entry: TableEntry, column: Column) -> str:
        row = entry.row
        match column:
            case Column.TITLE:
                return self._title(row)
            case Column.PAGES:
                return "" if row.pages is None else QLocale().toString(row.pages)
            case Column.LANGUAGE:
                return self._language(row.language)
            case Column.ADDED:
                return "" if row.added is None else day(row.added)
            case Column.STATE:
                return self._state(row, entry.place)

    def _title(self, row: DocumentValue) -> str:
        if row.within is None:
            return row.name
        words = self.tr("{name} — in {document}")
        return words.format(name=plain(row.path.name), document=plain(row.within.name))

    def _state(self, row: DocumentValue, place: int) -> str:
        words = {
            "queued": self.tr("Queued"),
            "reading": self.tr("Reading"),
            "recognizing": self.tr("Recognizing"),
            "embedding": self.tr("Indexing"),
            "waiting": self.tr("Locked") if row.locked else self.tr("Needs attention"),
            "ready": self.tr("Ready"),
            "failed": self.tr("Failed"),
        }
        word = words.get(row.state, plain(row.state))
        if row.state == "recognizing" and row.pages_found:
            return self.tr("{state} · {page}/{pages}").format(
                state=word,
                page=min(row.pages_done + 1, row.pages_found),
                pages=row.pages_found,
            )
        if row.state in MOVING and row.fraction > 0:
            return self.tr("{state} · {percent} %").format(
                state=word, percent=int(100 * min(1.0, row.fraction))
            )
        if row.state == "queued" and place:
            return self.tr("{state} · {place}").format(state=word, place=QLocale().toString(place))
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

    def _remark(self, row: DocumentValue) -> str:
        if row.state == "recognizing" and row.pages_found:
            page = min(row.pages_done + 1, row.pages_found)
            words = self.tr("Text is recognized in pictures: page {page} of {pages}.")
            return words.format(page=page, pages=row.pages_found)
        if not is_poor(row):
            return ""
        known = QLocale().toString(round(100 * (row.quality or 0)))
        words = self.tr(
            "Recognized text: {percent} % of its words are known, some letters are wrong."
        )
        return words.format(percent=known)

    def _spoken(self, place: int, column: Column) -> str:
        row, text = self.row_at(place), self.cell(place, column).text
        told = " ".join(plain(part) for part in (row.reason, self._remark(row)) if part)
        if column is Column.STATE and told:
            return f"{text}: {told}"
        return text or self.tr("not known")

    def _meant(self, place: int, column: Column, role: int) -> object:
        if role == ROW:
            return self.row_at(place)
        return self.cell(place, column).progress if role == PROGRESS else None

    # Qt

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of documents."""
        return 0 if parent.isValid() else len(self._entries)

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Return what a cell shows, says and stands for."""
        if not index.isValid():
            return None
        place, column = index.row(), Column(index.column())
        match role:
            case Role.DisplayRole:
                return self.cell(place, column).text
            case Role.AccessibleTextRole:
                return self._spoken(place, column)
            case Role.ToolTipRole:
                row = self.row_at(place)
                return tip_of(row, column, self._remark(row))
            case _:
                return self._meant(place, column, role)

    @override
    def headerData(
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
        before, after = self._entries, self._sorted(self._entries)
        if after == before:
            return
        self.layoutAboutToBeChanged.emit()
        old, self._entries = self.persistentIndexList(), after
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

    def row_at(self, place: int) -> DocumentValue:
        """Return the row that is shown at a place."""
        return self._documents.row_at(self.mapToSource(self.index(place, 0)).row())

    def cell_at(self, cell: Index) -> Cell:
        """Return what is painted in a cell."""
        return self._documents.cell(self.mapToSource(cell).row(), cell.column())

    def narrow(self, text: str) -> None:
        """Show only what holds these words, whatever their case and accents."""
        self.beginFilterChange()
        self._words = folded(plain(text)).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    # Qt

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Say whether a row holds the words."""
        haystack = self._documents.haystack(source_row)
        return all(word in haystack for word in self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Leave sorting to the documents, who do it in one go."""
        self._documents.sort(column, order)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    right = column is Column.PAGES
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
