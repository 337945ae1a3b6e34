"""How the cells of the table of documents are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_rag.gui import theme, tokens
from desktop_rag.gui.document_model import COLOUR, PROGRESS, Column

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = tokens.SPACE_XXL
BAR = tokens.SPACE_XS - tokens.HAIR


class DocumentCells(QStyledItemDelegate):
    """Paints a cell: its icon, its words, and a bar under the words while work goes on."""

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, rect = theme.present(), QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.raised))
            if index.column() == Column.TITLE:
                bar = QRect(rect.left(), rect.top(), tokens.SPACE_XS - tokens.HAIR, rect.height())
                painter.fillRect(bar, QColor(colours.accent))
        line = QRect(rect.left(), rect.bottom(), rect.width(), tokens.HAIR)
        painter.fillRect(line, QColor(colours.raised))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                rect.adjusted(*[tokens.HAIR] * 2, *[-2 * tokens.HAIR] * 2),
                tokens.SPACE_XS,
                tokens.SPACE_XS,
            )

    def _paint_bar(self, painter: QPainter, room: QRect, fraction: float) -> None:
        colours, radius = theme.present(), BAR / 2
        bar = QRectF(room.left(), room.bottom() - BAR - tokens.HAIR, room.width(), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(bar, radius, radius)
        if fraction > 0:
            bar.setWidth(max(BAR, bar.width() * min(1.0, fraction)))
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(bar, radius, radius)

    # Qt

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index)
        room = QRect(option.rect).adjusted(tokens.SPACE_S, 0, -tokens.SPACE_S, -tokens.HAIR)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            top = room.center().y() - tokens.ICON // 2
            icon.paint(painter, QRect(room.left(), top, tokens.ICON, tokens.ICON))
            room.setLeft(room.left() + tokens.ICON + tokens.SPACE_S)
        fraction = index.data(PROGRESS)
        if isinstance(fraction, float):
            self._paint_bar(painter, room, fraction)
            room.setBottom(room.bottom() - BAR)
        painter.setFont(option.font)
        painter.setPen(QColor(getattr(theme.present(), index.data(COLOUR))))
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        """Give every row the same height."""
        return QSize(ROW_HEIGHT, ROW_HEIGHT)
