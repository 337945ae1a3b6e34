"""How the cells of the table of documents are painted."""

from __future__ import annotations

import functools
import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from desktop_rag.gui.libraries.document_model import FilteredDocuments
from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.gui.look import theme, tokens

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = tokens.SPACE_XXL
BAR = tokens.SPACE_XS - tokens.HAIR
SELECTED, FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
KEPT = 2_000  # texts, each for a width


class DocumentCells(QStyledItemDelegate):
    """Paints a cell: its icon, its words, and a bar under the words while work goes on."""

    def __init__(self, documents: FilteredDocuments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._texts: dict[tuple[str, int], QStaticText] = {}

    def _paint_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, column: int
    ) -> None:
        colours = theme.present()
        left, width = rect.left(), rect.width()
        if state & SELECTED:
            painter.fillRect(rect, _ink(colours.raised))
            if column == Column.TITLE:
                bar = QRect(left, rect.top(), tokens.SPACE_XS - tokens.HAIR, rect.height())
                painter.fillRect(bar, _ink(colours.accent))
        painter.fillRect(left, rect.bottom(), width, tokens.HAIR, _ink(colours.raised))
        if state & FOCUSED:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(_ink(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                rect.adjusted(*[tokens.HAIR] * 2, *[-2 * tokens.HAIR] * 2),
                tokens.SPACE_XS,
                tokens.SPACE_XS,
            )

    def _paint_bar(self, painter: QPainter, room: QRect, fraction: float) -> None:
        colours, radius = theme.present(), BAR / 2
        bar = QRectF(room.left(), room.bottom() - BAR - tokens.HAIR, room.width(), BAR)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ink(colours.line))
        painter.drawRoundedRect(bar, radius, radius)
        if fraction > 0:
            bar.setWidth(max(BAR, bar.width() * min(1.0, fraction)))
            painter.setBrush(_ink(colours.accent))
            painter.drawRoundedRect(bar, radius, radius)

    def _laid_out(self, painter: QPainter, text: str, width: int) -> QStaticText:
        """Return as much of a text as there is room for, kept: its letters are found once."""
        known = self._texts.get((text, width))
        if known is None:
            if len(self._texts) >= KEPT:
                self._texts.clear()
            mode = Qt.TextElideMode.ElideRight
            known = QStaticText(painter.fontMetrics().elidedText(text, mode, width))
            known.setTextFormat(Qt.TextFormat.PlainText)
            known.prepare(painter.transform(), painter.font())
            self._texts[text, width] = known
        return known

    # Qt

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        cell, column, rect = self._documents.cell_at(index), index.column(), option.rect
        painter.save()
        self._paint_ground(painter, rect, option.state, column)
        left, right = rect.left() + tokens.SPACE_S, rect.right() - tokens.SPACE_S
        bottom = rect.bottom() - tokens.HAIR
        if cell.icon:
            top = (rect.top() + bottom) // 2 - tokens.ICON // 2
            theme.icon(*cell.icon).paint(painter, left, top, tokens.ICON, tokens.ICON)
            left += tokens.ICON + tokens.SPACE_S
        room = QRect(left, rect.top(), right - left + 1, bottom - rect.top() + 1)
        if cell.progress is not None:
            self._paint_bar(painter, room, cell.progress)
            room.setBottom(bottom - BAR)
        if cell.text:
            painter.setFont(option.font)
            painter.setPen(_ink(getattr(theme.present(), cell.colour)))
            text = self._laid_out(painter, cell.text, room.width())
            size = text.size()
            x = right + 1 - size.width() if column == Column.PAGES else left
            y = room.top() + math.ceil((room.height() - size.height()) / 2)
            painter.drawStaticText(QPointF(x, y), text)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every row the same height."""
        return QSize(ROW_HEIGHT, ROW_HEIGHT)


@functools.cache
def _ink(colour: str) -> QColor:
    return QColor(colour)
