"""What is lit on pages: a citation, what was found, and the match that one looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEasingCurve, QObject, QRect, QVariantAnimation, Signal
from PySide6.QtGui import QPainter

from desktop_rag.domain.documents import Box, PageBox
from desktop_rag.gui.look import tokens
from desktop_rag.gui.reader import page_paint
from desktop_rag.gui.reader.find_matches import Matches


class PageLights(QObject):
    """Lights boxes of pages; a citation's fade in once, and stay.

    Signals:
        changed: something is lit otherwise than before.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lit: tuple[int, tuple[Box, ...]] | None = None
        self._continued: tuple[PageBox, ...] = ()
        self._found: Mapping[int, Matches] = {}
        self._match: tuple[int, int] | None = None
        self._glow = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._glow.setDuration(tokens.MOTION_MS)
        self._glow.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glow.valueChanged.connect(self._on_glowed)

    def clear(self) -> None:
        """Light nothing."""
        self.lit = self._match = None
        self._continued = ()
        self._found = {}

    def light(self, page: int, boxes: Sequence[Box], continued: Sequence[PageBox] = ()) -> None:
        """Light these boxes of a citation and no others; `continued` are those on other pages."""
        self.lit = page, tuple(boxes)
        self._continued = tuple(continued)
        self._glow.stop()
        if page_paint.motion_wanted():
            self._glow.start()
        else:
            self._glow.setCurrentTime(self._glow.duration())
        self.changed.emit()

    def find(
        self, found: Mapping[int, Matches], match: tuple[int, int] | None
    ) -> tuple[int, Box] | None:
        """Light what was found; return where a match is that was not the present one before."""
        self._found, before, self._match = found, self._match, match
        self.changed.emit()
        if match is None or match == before:
            return None
        page, number = match
        return page, found[page][number][0]

    def paint(self, painter: QPainter, page: int, paper: QRect) -> None:
        """Paint the lights of a page on its paper, in pixels."""
        matches = self._found.get(page, ())
        every = [box for match in matches for box in match]
        page_paint.paint_light(painter, paper, every, tokens.HIGHLIGHT, page_paint.FOUND)
        if self._match and self._match[0] == page:
            boxes = matches[self._match[1]]
            page_paint.paint_light(painter, paper, boxes, tokens.HIGHLIGHT, page_paint.LIGHT)
            page_paint.paint_frame(painter, paper, boxes)
        strength = page_paint.LIGHT * float(self._glow.currentValue())
        page_paint.paint_light(painter, paper, self._cited(page), tokens.HIGHLIGHT, strength)

    def _cited(self, page: int) -> tuple[Box, ...]:
        """Return what is lit of a citation on a page."""
        if self.lit and self.lit[0] == page:
            return self.lit[1]
        return tuple(box for number, box in self._continued if number == page)

    def _on_glowed(self) -> None:
        self.changed.emit()
