"""A slider in the theme's colours, painted here: a style sheet fills it over its whole height."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.look.theme import present

_KNOB = tokens.SPACE_S - tokens.HAIR  # its radius
_HEIGHT = tokens.SPACE_XL - tokens.SPACE_XS


class Slider(QSlider):
    """Lies; what is chosen is filled up to the knob."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def _knob(self) -> float:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        place = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
        edge = _KNOB + tokens.HAIR
        return min(max(place.center().x() + 0.5, edge), self.width() - edge)

    # Qt

    @override
    def sizeHint(self) -> QSize:
        """Return room for the knob."""
        return QSize(super().sizeHint().width(), _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return room for the knob."""
        return QSize(super().minimumSizeHint().width(), _HEIGHT)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Paint with the colours of the theme there is now."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.update()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the groove, what is chosen of it, and the knob."""
        colours, middle, knob = present(), self.height() / 2, self._knob()
        strong = QColor(colours.accent if self.isEnabled() else colours.muted)
        radius = tokens.SPACE_XS / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, middle - radius, self.width(), tokens.SPACE_XS)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(groove, radius, radius)
        painter.setBrush(strong)
        groove.setRight(knob)
        painter.drawRoundedRect(groove, radius, radius)
        painter.setPen(QPen(strong, 2 * tokens.HAIR))
        painter.setBrush(strong if self.hasFocus() else QColor(colours.surface))
        painter.drawEllipse(QPointF(knob, middle), _KNOB, _KNOB)
        painter.end()
