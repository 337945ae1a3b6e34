"""A list whose entries have two lines, a verdict at their right, and headings between them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import REPAINTING
from desktop_rag.gui.widgets.text import plain, tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

LINE = Role.UserRole
BAR = tokens.SPACE_XS - tokens.HAIR
PIP = tokens.SPACE_XS + tokens.HAIR
PIPS = 5
_INSIDE = (0.5, 0.5, -0.5, -0.5)  # half of a hair, so that it is sharp
_UPPER = 0.54  # of the height of both lines
_SIDE = 0.45  # of the width, which what stands at the right may take
_HEIGHT = 9 * tokens.SPACE_L
_NARROW = 30 * tokens.SPACE_L  # pixels, below which figures at the right are left to the tooltip


@dataclass(frozen=True, slots=True)
class ListRow:
    """An entry; `side` stands at its right in a colour of the theme, `pips` count up to five.

    `fraction` draws a bar, from 0 to 1. A heading cannot be chosen.
    """

    key: Hashable
    title: str
    below: str = ""
    badge: str = ""
    side: str = ""
    colour: str = "muted"
    side_below: str = ""
    pips: int = 0
    fraction: float | None = None
    heading: bool = False

    @property
    def spoken(self) -> str:
        """Return the entry as it is read out."""
        parts = (self.title, self.badge, self.below, self.side, self.side_below)
        return ". ".join(plain(part) for part in parts if part)


class RowList(QListWidget):
    """Entries to choose one from.

    Signals:
        chosen: the key of the entry that is chosen now, or None.
        entered: the key of the entry on which Return or a double click fell.
    """

    chosen = Signal(object)
    entered = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._quiet = False
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemActivated.connect(self._on_activated)

    @property
    def key(self) -> Hashable | None:
        """Return the key of the entry that is chosen."""
        line = self.line
        return line.key if line else None

    @property
    def line(self) -> ListRow | None:
        """Return the entry that is chosen."""
        at = self.currentRow()
        return self.item(at).data(LINE) if at >= 0 else None

    @property
    def lines(self) -> list[ListRow]:
        """Return all entries from top to bottom."""
        return [self.item(at).data(LINE) for at in range(self.count())]

    def set_lines(self, lines: Sequence[ListRow]) -> None:
        """Show these; what was chosen and what was in sight stay if they are still there."""
        if [line.key for line in lines] == [line.key for line in self.lines]:
            for at, line in enumerate(lines):
                _fill(self.item(at), line)
            return
        kept, place = self.line, self.verticalScrollBar().value()
        self._quiet = True
        self.clear()
        for line in lines:
            item = QListWidgetItem()
            _fill(item, line)
            self.addItem(item)
        self._quiet = False
        if kept is None or not self.choose(kept.key):
            self._choose_first()
        self.verticalScrollBar().setValue(place)

    def choose(self, key: Hashable) -> bool:
        """Choose an entry, if it is there."""
        for at, line in enumerate(self.lines):
            if line.key == key and not line.heading:
                self.setCurrentRow(at)
                return True
        return False

    def _choose_first(self) -> None:
        places = [at for at, line in enumerate(self.lines) if not line.heading]
        if places:
            self.setCurrentRow(places[0])
        else:
            self.chosen.emit(None)

    def _on_current_changed(self) -> None:
        if not self._quiet:
            self.chosen.emit(self.key)

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.entered.emit(item.data(LINE).key)

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Be content with two entries and a half, and take whatever there is."""
        return QSize(tokens.SPACE_XXL, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        """Never be less: a page that is too low scrolls."""
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Paint anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self.viewport().update()


def _fill(item: QListWidgetItem, line: ListRow) -> None:
    if item.data(LINE) == line:
        return
    item.setData(LINE, line)
    item.setData(Role.AccessibleTextRole, line.spoken)
    if line.heading:
        item.setFlags(Qt.ItemFlag.NoItemFlags)
    else:
        item.setData(Role.ToolTipRole, tip(line.title, line.below, line.side, line.side_below))


class _Painter(QStyledItemDelegate):
    """Paints an entry with what there is room for."""

    def _fonts(self, option: QStyleOptionViewItem) -> tuple[QFont, QFont]:
        strong, small = QFont(option.font), QFont(option.font)
        strong.setPixelSize(tokens.TEXT)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(tokens.TEXT_SMALL)
        return strong, small

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, rect, radius = theme.present(), option.rect, tokens.RADIUS
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.raised))
            painter.drawRoundedRect(rect, radius, radius)
            bar = QRectF(
                rect.left(), rect.top() + tokens.SPACE_S, BAR, rect.height() - 2 * tokens.SPACE_S
            )
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(rect).adjusted(*_INSIDE), radius, radius)

    def _paint_heading(self, painter: QPainter, room: QRect, line: ListRow) -> None:
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.setPen(QColor(theme.present().muted))
        words = painter.fontMetrics().horizontalAdvance(line.title) + tokens.SPACE_S
        painter.drawText(room, bottom, line.title)
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        _draw(painter, room.adjusted(words, 0, 0, 0), line.below, bottom)

    def _paint_side(self, painter: QPainter, room: QRect, line: ListRow) -> int:
        """Paint what stands at the right, and return how much of the width it took."""
        colours, metrics = theme.present(), painter.fontMetrics()
        figures = line.side_below if room.width() >= _NARROW else ""
        wanted = max(metrics.horizontalAdvance(text) for text in (line.side, figures))
        pips = PIPS * (PIP + tokens.SPACE_XXS) if line.pips else 0
        if not wanted and not pips:
            return 0
        width = min(max(wanted + tokens.SPACE_XXS, pips), round(_SIDE * room.width()))
        side = QRect(room.right() - width + 1, room.top(), width, room.height())
        right = Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(getattr(colours, line.colour)))
        upper, lower = _halves(side)
        _draw(painter, upper, line.side, right | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(colours.muted))
        _draw(painter, lower, figures, right | Qt.AlignmentFlag.AlignVCenter)
        if pips and not figures:
            self._paint_pips(painter, lower if line.side else upper, line.pips)
        return width + tokens.SPACE_M

    def _paint_pips(self, painter: QPainter, room: QRect, count: int) -> None:
        colours, step = theme.present(), PIP + tokens.SPACE_XXS
        left = room.right() + 1 - PIPS * step + tokens.SPACE_XXS
        top = room.center().y() - PIP / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for at in range(PIPS):
            painter.setBrush(QColor(colours.accent if at < count else colours.line))
            painter.drawEllipse(QRectF(left + at * step, top, PIP, PIP))

    def _paint_badge(self, painter: QPainter, room: QRect, words: str) -> None:
        colours, metrics = theme.present(), painter.fontMetrics()
        width = metrics.horizontalAdvance(words) + tokens.SPACE_M
        height = metrics.height() + tokens.SPACE_XXS
        if width > room.width():
            return
        chip = QRectF(room.left(), room.center().y() - height / 2 + 1, width, height)
        painter.setPen(QColor(colours.accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_bar(self, painter: QPainter, room: QRect, fraction: float) -> None:
        colours = theme.present()
        bar = QRectF(room.left(), room.bottom() - BAR + 1, room.width(), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
        bar.setWidth(max(0.0, min(1.0, fraction)) * bar.width())
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(bar, BAR / 2, BAR / 2)

    def _paint_words(self, painter: QPainter, room: QRect, line: ListRow, small: QFont) -> None:
        colours, metrics = theme.present(), painter.fontMetrics()
        badge = QFontMetrics(small).horizontalAdvance(line.badge) + tokens.SPACE_L
        upper, lower = _halves(room)
        free = upper.width() - (badge + tokens.SPACE_S if line.badge else 0)
        title = metrics.elidedText(plain(line.title), Qt.TextElideMode.ElideMiddle, free)
        painter.setPen(QColor(colours.text))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(small)
        if line.badge:
            left = metrics.horizontalAdvance(title) + tokens.SPACE_S
            self._paint_badge(painter, upper.adjusted(left, 0, 0, 0), line.badge)
        painter.setPen(QColor(colours.muted))
        _draw(painter, lower, line.below, Qt.AlignmentFlag.AlignVCenter)

    # Qt

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint an entry."""
        line: ListRow = index.data(LINE)
        strong, small = self._fonts(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, top = tokens.SPACE_M, tokens.SPACE_S
        room = option.rect.adjusted(side, top, -side, -top)
        if line.heading:
            strong.setPixelSize(tokens.TEXT_SMALL)
            painter.setFont(strong)
            self._paint_heading(painter, room.adjusted(-tokens.SPACE_XS, 0, 0, BAR), line)
            painter.restore()
            return
        self._paint_ground(painter, option)
        if line.fraction is not None:
            self._paint_bar(painter, room.adjusted(0, 0, 0, BAR), line.fraction)
            room.setBottom(room.bottom() - BAR)
        painter.setFont(small)
        taken = self._paint_side(painter, room, line)
        painter.setFont(strong)
        self._paint_words(painter, room.adjusted(0, 0, -taken, 0), line, small)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give entries room for two lines, and headings for one with air above it."""
        strong, small = self._fonts(option)
        low = QFontMetrics(small).height()
        if index.data(LINE).heading:
            return QSize(tokens.SPACE_XXL, low + tokens.SPACE_XL)
        lines = QFontMetrics(strong).height() + low + tokens.SPACE_XS
        bar = BAR if index.data(LINE).fraction is not None else 0
        return QSize(tokens.SPACE_XXL, lines + bar + 2 * tokens.SPACE_S)


def _halves(room: QRect) -> tuple[QRect, QRect]:
    """Return the places of the upper and the lower line."""
    upper = QRect(room.left(), room.top(), room.width(), round(_UPPER * room.height()))
    lower = QRect(room.left(), upper.bottom() + 1, room.width(), room.height() - upper.height())
    return upper, lower


def _draw(painter: QPainter, room: QRect, words: str, where: Qt.AlignmentFlag) -> None:
    mode = Qt.TextElideMode.ElideRight
    painter.drawText(
        room, where, painter.fontMetrics().elidedText(plain(words), mode, room.width())
    )
