"""The people, organisations, places, dates and amounts that documents name, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace
from desktop_rag.gui.look import tokens
from desktop_rag.gui.sources import Source, Titles
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import folded, plain, tip

_ROLE = Qt.ItemDataRole
_SIZE = (640, 560)
_KIND, _NAME, _TIMES, _PAGES = range(4)
_LABELS = 12  # pages that a cell tells
_MENU = 60  # pages that a menu lists


class NamesDialog(QDialog):
    """Lists what is named, to be sorted, narrowed down, opened on its pages, and exported.

    Signals:
        source_opened: a `Source` that is to be seen on its page, the name lit.
        export_requested: the entities that are shown, in their order.
    """

    source_opened = Signal(object)
    export_requested = Signal(object)

    def __init__(
        self,
        entities: Sequence[Entity],
        titles: Titles,
        left_out: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._entities = entities
        self._titles = titles
        self.setWindowTitle(self.tr("Names, dates, amounts"))
        self.resize(*_SIZE)
        self._build(left_out)
        self._fill()

    # Parts

    def _build(self, left_out: int) -> None:
        self.kinds = QComboBox(self)
        self.kinds.setAccessibleName(self.tr("Kind"))
        self.kinds.addItem(self.tr("Everything"), None)
        there = {one.kind for one in self._entities}
        for kind, words in kind_words().items():
            if kind in there:
                self.kinds.addItem(words, kind)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("Find a name"))
        self.filter.setAccessibleName(self.tr("Find a name"))
        self.filter.setClearButtonEnabled(True)
        self.table = self._made_table()
        self.opening = TextButton("eye", self.tr("Open page"), parent=self)
        self.export = TextButton("export", self.tr("Export…"), parent=self)
        self.export.setToolTip(self.tr("Write this list to a file for spreadsheets (CSV)"))
        close = QPushButton(self.tr("Close"), self)
        for button in (self.opening, self.export, close):
            button.setAutoDefault(False)  # Return in the line that narrows down closes nothing
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.kinds)
        above.addWidget(self.filter, 1)
        for button in (self.opening, self.export):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[tokens.SPACE_L] * 4)
        layout.setSpacing(tokens.SPACE_M)
        layout.addLayout(above)
        layout.addWidget(self.table, 1)
        if left_out:
            words = self.tr("%n more, named less often, are not listed", "", left_out)
            layout.addWidget(plain_label(words, "muted", self))
        layout.addLayout(below)
        self.kinds.currentIndexChanged.connect(self._narrow)
        self.filter.textChanged.connect(self._narrow)
        self.table.itemActivated.connect(lambda _item: self._on_open())
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.opening.clicked.connect(self._on_open)
        self.export.clicked.connect(self._on_export)
        close.clicked.connect(self.accept)

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(len(self._entities), 4, self)
        table.setHorizontalHeaderLabels(list(column_words()))
        table.setAccessibleName(self.windowTitle())
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (_NAME, _PAGES):  # else a long list of pages leaves a name no room
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return table

    def _fill(self) -> None:
        words = kind_words()
        self.table.setSortingEnabled(False)
        for row, one in enumerate(self._entities):
            kind = _Cell(words[one.kind], list(EntityKind).index(one.kind))
            kind.setData(_ROLE.UserRole, row)
            self.table.setItem(row, _KIND, kind)
            name = _Cell(plain(one.text), folded(one.text))
            name.setToolTip(tip(one.text))
            self.table.setItem(row, _NAME, name)
            times = _Cell(QLocale().toString(one.count), one.count)
            times.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, _TIMES, times)
            pages = _Cell(self._pages_told(one), one.pages)
            pages.setToolTip(tip(pages.text()))
            self.table.setItem(row, _PAGES, pages)
        self.table.setSortingEnabled(True)
        self.table.sortItems(_KIND)
        self._on_selected()

    def _pages_told(self, one: Entity) -> str:
        labels = list(dict.fromkeys(map(_label, one.places)))
        more = len(labels) > _LABELS or one.pages > len(one.places)
        return ", ".join([*labels[:_LABELS], *(["…"] if more else [])])

    # What happens

    def _entity(self, row: int) -> Entity:
        index = self.table.model().index(row, _KIND)
        return self._entities[int(index.data(_ROLE.UserRole))]

    def _narrow(self) -> None:
        wanted, kind = folded(self.filter.text()), self.kinds.currentData()
        for row in range(self.table.rowCount()):
            one = self._entity(row)
            shown = (kind is None or one.kind == kind) and wanted in folded(one.text)
            self.table.setRowHidden(row, not shown)

    def _on_selected(self) -> None:
        self.opening.setEnabled(bool(self.table.selectedItems()))

    def _on_open(self) -> None:
        """Open the one page of what is selected, or offer its pages."""
        if not self.table.selectedItems():
            return
        one = self._entity(self.table.currentRow())
        if len(one.places) == 1:
            self.source_opened.emit(self._source(one, one.places[0]))
            return
        menu = self.menu_of_pages(one)
        menu.popup(self.opening.mapToGlobal(QPoint(0, self.opening.height())))

    def menu_of_pages(self, one: Entity) -> QMenu:
        """Return the pages that name something, to be opened."""
        menu = QMenu(self)
        several = len({place.document for place in one.places}) > 1
        for place in one.places[:_MENU]:
            words = self.tr("Page {label}").format(label=_label(place))
            if several:
                words = f"{self._title(place.document)}: {words}"
            source = self._source(one, place)
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _checked, source=source: self.source_opened.emit(source)
            )
        return menu

    def _title(self, document: DocumentId) -> str:
        return plain(self._titles.get(document, ""))

    def _source(self, one: Entity, place: EntityPlace) -> Source:
        return Source(
            number=0,
            document=place.document,
            title=self._title(place.document),
            page=place.page,
            page_label=place.page_label,
            snippet=one.text,
            boxes=tuple(box for page, box in place.boxes if page == place.page),
            continued=tuple((page, box) for page, box in place.boxes if page != place.page),
        )

    def _on_export(self) -> None:
        rows = [row for row in range(self.table.rowCount()) if not self.table.isRowHidden(row)]
        self.export_requested.emit([self._entity(row) for row in rows])


class _Cell(QTableWidgetItem):
    """A cell that is sorted by something other than its words."""

    def __init__(self, words: str, key: int | str) -> None:
        super().__init__(words)
        self._key = key

    # Qt

    @override
    def __lt__(self, other: QTableWidgetItem) -> bool:
        if isinstance(other, _Cell) and type(self._key) is type(other._key):
            return self._key < other._key  # type: ignore[operator]  # both are of one type
        return super().__lt__(other)


def kind_words() -> Mapping[EntityKind, str]:
    """Return what each kind of name is called, in the language of the window."""
    translate = QCoreApplication.translate
    return {
        EntityKind.PERSON: translate("NamesDialog", "Person"),
        EntityKind.ORGANISATION: translate("NamesDialog", "Organisation"),
        EntityKind.PLACE: translate("NamesDialog", "Place"),
        EntityKind.DATE: translate("NamesDialog", "Date"),
        EntityKind.AMOUNT: translate("NamesDialog", "Amount"),
    }


def column_words() -> tuple[str, str, str, str]:
    """Return what the columns are called: kind, name, times, pages."""
    translate = QCoreApplication.translate
    return (
        translate("NamesDialog", "Kind"),
        translate("NamesDialog", "Name"),
        translate("NamesDialog", "Times"),
        translate("NamesDialog", "Pages"),
    )


def _label(place: EntityPlace) -> str:
    return plain(place.page_label) or str(place.page + 1)
