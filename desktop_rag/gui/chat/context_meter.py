"""A thin bar that shows what the next prompt is made of and how full the model is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from desktop_rag.gui.chat.values import Budget
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.look.theme import present
from desktop_rag.gui.widgets.text import joined_tip, tip

_BAR = 88
_THOUSAND = 1000


class ContextMeter(QWidget):
    """System text, history, passages, question and room for the answer, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._budget: Budget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_budget(self, budget: Budget | None) -> None:
        """Show this; without a model there is nothing to show."""
        self._budget = budget
        self.setVisible(budget is not None)
        if budget is None:
            return
        locale = QLocale()
        words = self.tr("Context: {used} of {limit} tokens").format(
            used=locale.toString(budget.used), limit=locale.toString(budget.limit)
        )
        if budget.used > budget.limit:
            words += ". " + self.tr("The oldest exchanges and the last passages are left out.")
        parts = [f"{name}: {locale.toString(value)}" for name, value, _ in self._parts(budget)]
        self.setAccessibleName(words)
        self.setAccessibleDescription("; ".join(parts))
        self.setToolTip(joined_tip(tip(head=words), tip(*parts)))
        self.updateGeometry()
        self.update()

    def _parts(self, budget: Budget) -> list[tuple[str, int, str]]:
        colours = present()
        return [
            (self.tr("Instructions"), budget.system, colours.muted),
            (self.tr("Earlier exchanges"), budget.history, colours.warning),
            (self.tr("Passages"), budget.passages, colours.accent),
            (self.tr("Question"), budget.question, colours.text),
            (self.tr("Room for the answer"), budget.reserve, colours.line),
        ]

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens.TEXT_SMALL)
        return font

    def _words(self) -> str:
        if self._budget is None:
            return ""
        return f"{_short(self._budget.used)} / {_short(self._budget.limit)}"

    # Qt

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        width = _BAR + tokens.SPACE_S + metrics.horizontalAdvance(self._words())
        return QSize(width, metrics.height() + tokens.SPACE_XS)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        budget, colours = self._budget, theme.present()
        if budget is None:
            return
        painter = QPainter(self)
        middle = (self.height() - tokens.SPACE_XS) / 2
        painter.fillRect(QRectF(0, middle, _BAR, tokens.SPACE_XS), QColor(colours.raised))
        scale = _BAR / max(1, budget.limit, budget.used)
        at = 0.0
        for _name, value, colour in self._parts(budget):
            width = value * scale
            painter.fillRect(QRectF(at, middle, width, tokens.SPACE_XS), QColor(colour))
            at += width
        over = budget.used > budget.limit
        painter.setFont(self._font())
        painter.setPen(QColor(colours.danger if over else colours.muted))
        area = self.rect().adjusted(_BAR + tokens.SPACE_S, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._words())
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


def _short(count: int) -> str:
    if count < _THOUSAND:
        return str(count)
    return QLocale().toString(count / _THOUSAND, "f", 1) + "k"
