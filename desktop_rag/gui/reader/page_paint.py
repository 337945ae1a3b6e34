"""Paints one page: paper, picture, and the light on its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPen

from desktop_rag.domain.documents import Box
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.reader.page_images import PageImage
from desktop_rag.gui.reader.page_selection import joined

LIGHT = 1.0  #: strength of what a citation lights
FOUND = 0.45  #: of what was found, but is not the present match
SELECTED = 0.3
_SPILL = 1.0  # pixels that light goes beyond its box
_ROUND = 2.0
_PLACEHOLDER = "…"
_SHARP = 2  # pixels of difference that still let a picture be shown as it is


def motion_wanted() -> bool:
    """Return whether the system lets things move."""
    style = QGuiApplication.styleHints()  # to be held: PySide drops its hints with it
    return style.accessibility().motionPreference() != Qt.MotionPreference.ReducedMotion


def paint_paper(painter: QPainter, paper: QRect, image: PageImage | None, refusal: str) -> None:
    """Paint a page, or what stands for it until it is drawn, or says that it cannot be."""
    ratio = painter.device().devicePixelRatioF()
    painter.fillRect(paper, QColor(tokens.PAPER))
    if image is None:
        _say(painter, paper, _PLACEHOLDER, tokens.LIGHT.line)
    elif image.image.isNull():
        _say(painter, paper, refusal, tokens.LIGHT.muted)
    else:
        _picture(painter, paper, image.image, ratio)
    painter.setPen(QPen(QColor(theme.present().line), tokens.HAIR))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(paper.adjusted(-1, -1, 0, 0))


def paint_light(
    painter: QPainter, paper: QRect, boxes: Sequence[Box], colour: str, strength: float
) -> None:
    """Multiply `colour` with the paper under the boxes, each spot once."""
    if not boxes or strength <= 0:
        return
    painter.save()
    painter.setClipRect(paper, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillPath(_shape(paper, boxes), _thinned(QColor(colour), strength))
    painter.restore()


def paint_frame(painter: QPainter, paper: QRect, boxes: Sequence[Box]) -> None:
    """Draw a line around the present match, so that not colour alone tells it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.LIGHT.text), 1.5))
    painter.drawPath(_shape(paper, boxes))
    painter.restore()


def _shape(paper: QRect, boxes: Sequence[Box]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for box in joined(boxes):
        path.addRoundedRect(on_paper(paper, box), _ROUND, _ROUND)
    return path


def on_paper(paper: QRect, box: Box) -> QRectF:
    """Return where a box lies on a page that is shown here."""
    left = paper.x() + box.x0 * paper.width()
    top = paper.y() + box.y0 * paper.height()
    right = paper.x() + box.x1 * paper.width()
    bottom = paper.y() + box.y1 * paper.height()
    return QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(
        -_SPILL, -_SPILL, _SPILL, _SPILL
    )


def _thinned(colour: QColor, strength: float) -> QColor:
    """Return the colour that multiplies as `colour` does, but weaker."""
    parts = (colour.red(), colour.green(), colour.blue())
    return QColor(*(255 - round((255 - part) * min(1.0, strength)) for part in parts))


def _picture(painter: QPainter, paper: QRect, image: QImage, ratio: float) -> None:
    off_x = abs(image.width() - paper.width() * ratio)
    off_y = abs(image.height() - paper.height() * ratio)
    if off_x <= _SHARP and off_y <= _SHARP:
        painter.save()
        painter.setClipRect(paper, Qt.ClipOperation.IntersectClip)
        size = QRectF(paper.x(), paper.y(), image.width() / ratio, image.height() / ratio)
        painter.drawImage(size, image)
        painter.restore()
        return
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(paper, image)


def _say(painter: QPainter, paper: QRect, text: str, colour: str) -> None:
    painter.save()
    font = painter.font()
    font.setPixelSize(tokens.SPACE_XXL if text == _PLACEHOLDER else tokens.TEXT)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(paper, wrapped, text)
    painter.restore()
