"""How rows of the left pane are painted: a name, what is marked, and a number at the end."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QFont, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.text import plain

Index = QModelIndex | QPersistentModelIndex

ID = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
HEADING = Qt.ItemDataRole.UserRole + 2
CURRENT = Qt.ItemDataRole.UserRole + 3  # the one that the window shows, wherever the keyboard is
TARGET = Qt.ItemDataRole.UserRole + 4  # files are dragged over it

DOT = tokens.SPACE_S
PLAIN = "QListWidget, QListWidget:focus { background: transparent; border: none; }"
NAME_SIGNS = 200  # a name is no longer than this


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of the left pane, and edits their names in place.

    Signals:
        named: of the id of a row and the name that was typed into it.
    """

    named = Signal(object, str)

    def __init__(self, parent: QWidget, *, dotted: bool = False) -> None:
        super().__init__(parent)
        self._dotted = dotted

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, state = theme.present(), option.state
        ground = QRect(option.rect).adjusted(tokens.SPACE_XS, 0, -tokens.SPACE_XS, -tokens.HAIR)
        chosen = bool(index.data(CURRENT))
        lit = chosen or state & QStyle.StateFlag.State_MouseOver
        painter.setPen(Qt.PenStyle.NoPen)
        if lit:
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(ground, tokens.RADIUS, tokens.RADIUS)
        if chosen and not self._dotted:
            bar = QRect(ground.left(), ground.top() + tokens.SPACE_XS, tokens.SPACE_XS - 1, 0)
            bar.setBottom(ground.bottom() - tokens.SPACE_XS)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, tokens.HAIR, tokens.HAIR)
        focused = state & QStyle.StateFlag.State_HasFocus
        if index.data(TARGET) or focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(
                ground.adjusted(0, 0, -tokens.HAIR, -tokens.HAIR), tokens.RADIUS, tokens.RADIUS
            )

    def _paint_dot(self, painter: QPainter, room: QRect, *, chosen: bool) -> None:
        colours = theme.present()
        side = DOT - 2 * tokens.HAIR
        dot = QRect(room.left(), room.center().y() - side // 2, side, side)
        painter.setPen(QColor(colours.accent if chosen else colours.muted))
        painter.setBrush(QColor(colours.accent) if chosen else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)

    def _paint_words(self, painter: QPainter, room: QRect, index: Index) -> None:
        colours, chosen = theme.present(), bool(index.data(CURRENT))
        count = index.data(COUNT)
        if count is not None:
            painter.setPen(QColor(colours.muted))
            end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, end, str(count))
            wide = painter.fontMetrics().horizontalAdvance(str(count))
            room.setRight(room.right() - wide - tokens.SPACE_S)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if chosen and self._dotted else colours.text))
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_heading(self, painter: QPainter, room: QRect, index: Index) -> None:
        font = QFont(painter.font())
        font.setPixelSize(tokens.TEXT_SMALL)
        painter.setFont(font)
        painter.setPen(QColor(theme.present().muted))
        painter.drawText(
            room.adjusted(0, 0, 0, -tokens.SPACE_XS),
            Qt.AlignmentFlag.AlignBottom,
            str(index.data()),
        )

    # Qt

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row or a heading."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        room = QRect(option.rect).adjusted(tokens.SPACE_M, 0, -tokens.SPACE_M, -tokens.HAIR)
        if index.data(HEADING):
            self._paint_heading(painter, room, index)
        else:
            self._paint_ground(painter, option, index)
            if self._dotted:
                self._paint_dot(painter, room, chosen=bool(index.data(CURRENT)))
                room.setLeft(room.left() + DOT + tokens.SPACE_S)
            self._paint_words(painter, room, index)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every row the same height, whatever is written in it."""
        return QSize(tokens.SPACE_XXL, tokens.SPACE_XXL - tokens.SPACE_XS)

    @override
    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> QWidget:
        """Edit the name in a field."""
        field = QLineEdit(parent)
        field.setMaxLength(NAME_SIGNS)
        field.setAccessibleName(self.tr("Name"))
        return field

    @override
    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Fill the row with the field."""
        editor.setGeometry(QRect(option.rect).adjusted(tokens.SPACE_XS, 0, -tokens.SPACE_XS, 0))

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the name as it is, all of it selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    @override
    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: Index,
    ) -> None:
        """Tell the new name; the row shows it once it is shown values with it."""
        name = plain(editor.text()) if isinstance(editor, QLineEdit) else ""
        if name and name != index.data():
            self.named.emit(index.data(ID), name)


class SidebarList(QListWidget):
    """A list in the left pane; its rows carry ids.

    Return and a click choose, F2 and Delete do what the context menu says too.

    Signals:
        chosen: of the id of a row.
        named: of the id and the new name; the id is None for a row that is new.
        deleted: of the id of a row that the person deleted.
    """

    chosen = Signal(object)
    named = Signal(object, str)
    deleted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, dotted: bool = False) -> None:
        super().__init__(parent)
        self._rows = RowDelegate(self, dotted=dotted)
        # Later: whoever hears it may show other rows, and the editor has not closed yet.
        self._rows.named.connect(self.named, Qt.ConnectionType.QueuedConnection)
        self.setItemDelegate(self._rows)
        self.setStyleSheet(PLAIN)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.itemClicked.connect(self._on_item_clicked)

    def menu_for(self, item: QListWidgetItem) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        rename = menu.addAction(theme.icon("edit"), self.tr("Rename"))
        rename.setShortcut(Qt.Key.Key_F2)
        rename.triggered.connect(lambda: self.editItem(item))
        self.add_actions(menu, item.data(ID))
        delete = menu.addAction(theme.icon("trash"), self.tr("Delete"))
        delete.setShortcut(QKeySequence.StandardKey.Delete)
        delete.triggered.connect(lambda: self.deleted.emit(item.data(ID)))
        return menu

    def add_actions(self, menu: QMenu, id_: object) -> None:
        """Add to the menu of a row what only this list has."""

    def ids(self) -> list[object]:
        """Return the ids of all rows."""
        return [self.item(row).data(ID) for row in range(self.count())]

    def focus(self, *ids: object) -> None:
        """Give the keyboard to the first of these rows that there is."""
        found = next((item for id_ in ids if (item := self.row_of(id_)) is not None), None)
        if found is not None:
            self.setCurrentItem(found)

    def focused(self) -> object:
        """Return the id of the row that has the keyboard, or None."""
        return self.item(self.currentRow()).data(ID) if self.currentRow() >= 0 else None

    def row_of(self, id_: object) -> QListWidgetItem | None:
        """Return the row with this id."""
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(ID) == id_), None)

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        if _real(item):
            self.chosen.emit(item.data(ID))

    def _on_menu_requested(self, place: QPoint) -> None:
        item = self.itemAt(place)
        if _real(item):
            menu = self.menu_for(item)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.viewport().mapToGlobal(place))

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, rename or delete the row that has the keyboard."""
        item = self.currentItem()
        if not _real(item):
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(item.data(ID))
        elif event.key() == Qt.Key.Key_F2:
            self.editItem(item)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(item.data(ID))
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the row that has the keyboard, where the keyboard asks for it."""
        item = self.currentItem()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and _real(item):
            self._on_menu_requested(self.visualItemRect(item).center())
            return
        super().contextMenuEvent(event)


def _real(item: QListWidgetItem | None) -> TypeGuard[QListWidgetItem]:
    return item is not None and item.data(ID) is not None and not item.data(HEADING)
