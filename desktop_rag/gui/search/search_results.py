"""The list of passages found: values, model, and rows with the words of the query in bold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from desktop_rag.domain.documents import Box, DocumentId, Layer, PageBox
from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import icon, present
from desktop_rag.gui.widgets.text import short_tip

_LINES = 2
_STEM = 4  # letters after which a longer word of the query may end differently
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Result:
    """A passage found; `page` counts from 0, `page_label` is what the page calls itself.

    `boxes` are on its page, `continued` on those after it. `recognized` text was read off a
    picture.
    """

    document: DocumentId
    title: str
    page: int
    page_label: str
    snippet: str
    boxes: tuple[Box, ...] = ()
    recognized: bool = False
    layer: Layer = Layer.BODY
    continued: tuple[PageBox, ...] = ()


def folded(text: str) -> str:
    """Return a word without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return start and length of each word of the text that the query has too."""
    wanted = [folded(word) for word in re.findall(r"\w+", query)]
    wanted = [word for word in wanted if len(word) > 1]
    found = []
    for match in re.finditer(r"\w+", text):
        word = folded(match.group())
        if any(word.startswith(w) or (len(word) >= _STEM and w.startswith(word)) for w in wanted):
            found.append((match.start(), len(match.group())))
    return found


def on_one_line(text: str) -> str:
    """Return a text without breaks, tabs and other invisible signs."""
    return " ".join("".join(s if s.isprintable() else " " for s in text).split())


class ResultsModel(QAbstractListModel):
    """The passages found, and the query that they were found for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = ""
        self._results: tuple[Result, ...] = ()

    def show_results(self, query: str, results: Sequence[Result]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.query, self._results = query, tuple(results)
        self.endResetModel()

    def result(self, row: int) -> Result | None:
        """Return the result in a row."""
        return self._results[row] if 0 <= row < len(self._results) else None

    # Qt

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many passages there are."""
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the result for painting, and its words for a screen reader."""
        result = self.result(index.row())
        if result is None:
            return None
        if role == Qt.ItemDataRole.UserRole:
            return result
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            page = self.tr("page {label}").format(label=result.page_label)
            if result.recognized:
                page = self.tr("{page}, recognized text").format(page=page)
            if badge := self.badge(result):
                page = f"{page}, {badge}"
            return on_one_line(f"{result.title}, {page}: {result.snippet}")
        return short_tip(self._hint(result)) if role == Qt.ItemDataRole.ToolTipRole else None

    def badge(self, result: Result) -> str:
        """Return what a passage is where it is not text of the document itself."""
        match result.layer:
            case Layer.BODY:
                return ""
            case Layer.NOTE:
                return self.tr("Comment")
            case Layer.FURNITURE:
                return self.tr("Running head")
            case Layer.HIDDEN:
                return self.tr("Hidden text")

    def _hint(self, result: Result) -> str:
        match result.layer:
            case Layer.NOTE:
                return self.tr("Somebody wrote this on the page.")
            case Layer.FURNITURE:
                return self.tr("This runs along the pages, and is listed once.")
            case Layer.HIDDEN:
                return self.tr("This is in the file, but nobody sees it on the page.")
            case Layer.BODY if result.recognized:
                return self.tr("Read off a picture of the page: some letters may be wrong.")
            case Layer.BODY:
                return ""


class ResultDelegate(QStyledItemDelegate):
    """Paints title and page above two lines of the passage; never as markup."""

    def __init__(self, model: ResultsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def _draw_head(self, painter: QPainter, place: QRect, result: Result) -> None:
        page = self.tr("p. {label}").format(label=on_one_line(result.page_label))
        metrics = painter.fontMetrics()
        page = metrics.elidedText(page, Qt.TextElideMode.ElideRight, place.width() // 3)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(present().muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, page)
        mark = tokens.ICON + tokens.SPACE_XS if result.recognized else 0
        if mark:
            left = place.right() + 1 - metrics.horizontalAdvance(page) - mark
            top = place.center().y() - tokens.ICON // 2
            icon("scan", "muted").paint(painter, left, top, tokens.ICON, tokens.ICON)
        used = metrics.horizontalAdvance(page) + mark + tokens.SPACE_M
        used += self._draw_badge(painter, place.adjusted(0, 0, -used, 0), self._model.badge(result))
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        room = place.width() - used
        title = QFontMetrics(bold).elidedText(
            on_one_line(result.title), Qt.TextElideMode.ElideMiddle, room
        )
        painter.setPen(QColor(present().text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, title)

    @staticmethod
    def _draw_badge(painter: QPainter, place: QRect, text: str) -> int:
        """Draw a word in a frame at the right of a place; return the width that it took."""
        if not text:
            return 0
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * tokens.SPACE_S
        frame = QRect(place.right() - width + 1, place.top(), width, place.height())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(present().line), tokens.HAIR))
        painter.drawRoundedRect(frame, tokens.RADIUS, tokens.RADIUS)
        painter.setPen(QColor(present().muted))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, text)
        return width + tokens.SPACE_S

    def _draw_snippet(self, painter: QPainter, place: QRect, snippet: str) -> None:
        layout = QTextLayout(snippet, painter.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.setFormats([_bold(*span) for span in matches(snippet, self._model.query)])
        layout.beginLayout()
        height = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(place.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.setPen(QColor(present().muted))
        layout.draw(painter, QPointF(place.topLeft()))

    # Qt

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for the head and two lines."""
        line = option.fontMetrics.height()
        return QSize(0, (1 + _LINES) * line + tokens.SPACE_XS + 2 * tokens.SPACE_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one passage."""
        result = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(result, Result):
            return
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(present().raised))
            painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
            painter.setPen(QPen(QColor(present().accent), 2 * tokens.HAIR))
            edge = area.left() + tokens.HAIR
            painter.drawLine(
                edge, area.top() + tokens.SPACE_S, edge, area.bottom() - tokens.SPACE_S
            )
        font: QFont = option.font
        line = QFontMetrics(font).height()
        inside = area.adjusted(tokens.SPACE_M, tokens.SPACE_S, -tokens.SPACE_M, -tokens.SPACE_S)
        painter.setFont(font)
        self._draw_head(painter, QRect(inside.topLeft(), QSize(inside.width(), line)), result)
        painter.setFont(font)
        text = inside.adjusted(0, line + tokens.SPACE_XS, 0, 0)
        painter.setClipRect(inside)
        self._draw_snippet(painter, text, on_one_line(result.snippet))
        painter.restore()


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    span = QTextLayout.FormatRange()
    span.start, span.length = start, length
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold)
    form.setForeground(QColor(present().text))
    span.format = form
    return span
