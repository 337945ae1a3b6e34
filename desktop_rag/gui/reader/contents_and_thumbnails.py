"""What leads through a document: its table of contents, and small pictures of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.documents import Heading
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.text import plain, tip

THUMBNAIL = 96  #: pixels of the wider edge of a page
_TALL = 136
_KEPT = 120  # pictures
_PAGE = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class ContentsTree(QTreeWidget):
    """The table of contents.

    Signals:
        page_chosen: somebody wants to read this page, from 0.
        summary_wished: of the chapter of this title.
    """

    page_chosen = Signal(int)
    summary_wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QTreeWidgetItem] = []
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(self.tr("Contents"))
        self.itemClicked.connect(self._on_item)
        self.itemActivated.connect(self._on_item)

    def set_contents(self, contents: Sequence[Heading], labels: Sequence[str]) -> None:
        """Show these headings, each below the one of a lower level before it."""
        self.clear()
        self._items = []
        above: list[tuple[int, QTreeWidgetItem]] = []
        roots: list[QTreeWidgetItem] = []
        for entry in contents:
            item = QTreeWidgetItem([plain(entry.title)])
            item.setData(0, _PAGE, entry.page)
            if 0 <= entry.page < len(labels):
                page = self.tr("{title}, page {label}")
                told = page.format(title=entry.title[:200], label=labels[entry.page])
                item.setToolTip(0, tip(told))
            while above and above[-1][0] >= entry.level:
                above.pop()
            if above:
                above[-1][1].addChild(item)
            else:
                roots.append(item)
            above.append((entry.level, item))
            self._items.append(item)
        self.addTopLevelItems(roots)

    def show_page(self, page: int) -> None:
        """Mark the heading under which a page stands."""
        before = [item for item in self._items if int(item.data(0, _PAGE)) <= page]
        if before and not self.hasFocus():
            self.setCurrentItem(max(before, key=_page_of))

    def menu(self, item: QTreeWidgetItem) -> QMenu:
        """Return what can be done with a chapter."""
        menu = QMenu(self)
        action = menu.addAction(self.tr("Summarize this chapter"))
        action.triggered.connect(lambda: self.summary_wished.emit(item.text(0)))
        return menu

    def _on_item(self, item: QTreeWidgetItem) -> None:
        self.page_chosen.emit(_page_of(item))

    # Qt

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell what can be done with the chapter that is pointed at, or marked."""
        pointed = event.reason() == QContextMenuEvent.Reason.Mouse
        item = self.itemAt(event.pos()) if pointed else self.currentItem()
        if item is not None:
            menu = self.menu(item)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())


class Thumbnails(QListView):
    """A strip of small pages.

    Signals:
        page_chosen: somebody wants to read this page, from 0.
        moved: other pages are to be seen.
    """

    page_chosen = Signal(int)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _SmallPages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_SmallPagePainter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Thumbnails"))
        self.clicked.connect(self._on_index)
        self.activated.connect(self._on_index)
        self.horizontalScrollBar().valueChanged.connect(self.moved)

    def set_pages(self, sizes: Sequence[tuple[float, float]], labels: Sequence[str]) -> None:
        """Show these pages, not yet drawn."""
        names = [self.tr("Page {label}").format(label=label) for label in labels]
        self._pages.set_pages(sizes, labels, names)

    def set_image(self, page: int, image: QImage) -> None:
        """Show a page as it looks."""
        self._pages.set_image(page, image, self.devicePixelRatioF())

    def has_image(self, page: int) -> bool:
        """Return whether a page is shown as it looks."""
        return page in self._pages.images

    def show_page(self, page: int) -> None:
        """Mark the page being read."""
        index = self._pages.index(page)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def wanted(self) -> tuple[int, int] | None:
        """Return the page that is to be drawn next, and how many pixels wide."""
        if not self.isVisible():
            return None
        start = self.horizontalScrollBar().value() // _CELL.width()
        stop = start + self.viewport().width() // _CELL.width() + 2
        for page in range(start, min(self._pages.rowCount(), stop)):
            if page not in self._pages.images:
                return page, self._pages.width(page, self.devicePixelRatioF())
        return None

    def _on_index(self, index: QModelIndex) -> None:
        self.page_chosen.emit(index.row())

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the page being read, which could not be scrolled to while the strip was hidden."""
        super().resizeEvent(event)
        self.doItemsLayout()
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.moved.emit()


class _SmallPages(QAbstractListModel):
    """Pages by their labels, with the pictures that came last."""

    def __init__(self, parent: Thumbnails) -> None:
        super().__init__(parent)
        self._sizes: Sequence[tuple[float, float]] = ()
        self._labels: Sequence[str] = ()
        self._names: Sequence[str] = ()
        self.images: dict[int, QPixmap] = {}

    def set_pages(
        self, sizes: Sequence[tuple[float, float]], labels: Sequence[str], names: Sequence[str]
    ) -> None:
        self.beginResetModel()
        self._sizes, self._labels, self._names = sizes, labels, names
        self.images = {}
        self.endResetModel()

    def set_image(self, page: int, image: QImage, ratio: float) -> None:
        if not 0 <= page < len(self._labels):
            return
        pixmap = QPixmap()
        if not image.isNull():
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = QPixmap.fromImage(image.scaledToWidth(self.width(page, ratio), smooth))
            pixmap.setDevicePixelRatio(ratio)
        self.images.pop(page, None)
        self.images[page] = pixmap
        while len(self.images) > _KEPT:
            del self.images[next(iter(self.images))]
        index = self.index(page)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])

    def width(self, page: int, ratio: float) -> int:
        wide, tall = self._sizes[page]
        return max(1, round(min(THUMBNAIL, _TALL * wide / tall) * ratio))

    def height(self, page: int) -> int:
        wide, tall = self._sizes[page]
        return max(1, round(self.width(page, 1.0) * tall / wide))

    # Qt

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent and parent.isValid() else len(self._labels)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._labels[index.row()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._names[index.row()]
            case Qt.ItemDataRole.DecorationRole:
                return self.images.get(index.row())
            case _:
                return None


class SideToggles(QWidget):
    """What shows the table of contents or the thumbnails, or neither.

    Signals:
        changed: something else is to be shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = self._toggle(self.tr("Contents"))
        self.thumbnails = self._toggle(self.tr("Thumbnails"))
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SPACE_S, tokens.SPACE_XS, tokens.SPACE_S, tokens.SPACE_XS)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(self.contents)
        row.addWidget(self.thumbnails)
        row.addStretch(1)
        self._dress()

    def offer_contents(self, *, some: bool) -> None:
        """Say whether there is a table of contents."""
        self.contents.setEnabled(some)
        if not some:
            self.contents.setChecked(False)
        self._dress()

    def _toggle(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        for toggle in (self.contents, self.thumbnails):
            if toggle is not self.sender():
                toggle.setChecked(False)
        self._dress()
        self.changed.emit()

    def _dress(self) -> None:
        for toggle in self.findChildren(QToolButton):
            toggle.setIcon(theme.icon("chevron-down" if toggle.isChecked() else "chevron-right"))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Wear the colours of the theme at present."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._dress()


_CELL = QSize(THUMBNAIL + tokens.SPACE_L, _TALL + tokens.SPACE_XXL + tokens.SPACE_XS)


class _SmallPagePainter(QStyledItemDelegate):
    """Paints a small page on white paper, with its label below."""

    def __init__(self, parent: Thumbnails) -> None:
        super().__init__(parent)

    # Qt

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        pages = index.model()
        cell = QRect(option.rect)
        state = option.state
        if not isinstance(pages, _SmallPages):
            return
        page = index.row()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        wide, tall = pages.width(page, 1.0), pages.height(page)
        left = cell.x() + (cell.width() - wide) // 2
        paper = QRect(left, cell.y() + tokens.SPACE_S + (_TALL - tall) // 2, wide, tall)
        painter.save()
        painter.fillRect(paper, QColor(tokens.PAPER))
        image = pages.images.get(page)
        if image is not None and not image.isNull():
            painter.drawPixmap(paper, image)
        colours = theme.present()
        frame = QPen(QColor(colours.accent if chosen else colours.line))
        frame.setWidth(2 * tokens.HAIR if chosen else tokens.HAIR)
        painter.setPen(frame)
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(colours.text if chosen else colours.muted))
        font = painter.font()
        font.setPixelSize(tokens.TEXT_SMALL)
        font.setBold(chosen)
        painter.setFont(font)
        below = cell.adjusted(0, _TALL + tokens.SPACE_M, 0, 0)
        label = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, below.width()
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, label)
        painter.restore()


def _page_of(item: QTreeWidgetItem) -> int:
    return int(item.data(0, _PAGE))
