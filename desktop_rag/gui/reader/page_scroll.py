"""A column of pages that scrolls and zooms; what is painted on it is `page_view`'s."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from typing_extensions import override

from desktop_rag.domain.documents import Box
from desktop_rag.gui.look import tokens
from desktop_rag.gui.reader.page_layout import PageLayout, next_zoom, stacked
from desktop_rag.gui.reader.page_selection import Spot

_LINE = 3 * tokens.SPACE_L  # pixels that an arrow key scrolls
_AIR = tokens.SPACE_XXL  # around what is scrolled to
_TURN = 120  # of the wheel, what Qt counts one notch as


class PageScroll(QAbstractScrollArea):
    """Pages below each other, as wide as the view until somebody zooms.

    Signals:
        page_changed: another page is the one being read, from 0.
        zoom_changed: pages are shown at this zoom now, 1.0 being their size on paper.
        moved: other parts of the pages are to be seen, or the same at another size.
    """

    page_changed = Signal(int)
    zoom_changed = Signal(float)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = PageLayout()
        self._fitted = True
        self._page = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(_LINE)
        self.horizontalScrollBar().setSingleStep(_LINE)

    @property
    def page(self) -> int:
        """The page being read."""
        return self._page

    @property
    def zoom(self) -> float:
        """At which size pages are shown, 1.0 being that on paper."""
        return self._layout.zoom

    @property
    def fitted(self) -> bool:
        """Whether pages are as wide as the view."""
        return self._fitted

    @property
    def visible_pages(self) -> range:
        """The pages that can be seen, or parts of them."""
        top = self.verticalScrollBar().value()
        return self._layout.visible(top, top + self.viewport().height())

    def stack(self, sizes: tuple[tuple[float, float], ...]) -> None:
        """Show pages of these sizes, from the first."""
        self._layout = stacked(sizes)
        self._page = 0
        self._lay_out(None)
        self.verticalScrollBar().setValue(0)

    def fit_width(self) -> None:
        """Make pages as wide as the view, and keep them so."""
        self._fitted = True
        self._lay_out(self._spot_at(QPointF(0, 0)))

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Show pages at this zoom; the spot at `around` stays where it is."""
        self._fitted = False
        at = around or QPointF(0, self.viewport().height() / 2)
        self._lay_out(self._spot_at(at), at, zoom)

    def zoom_in(self) -> None:
        """Show pages one step larger."""
        self.zoom_to(next_zoom(self.zoom, larger=True))

    def zoom_out(self) -> None:
        """Show pages one step smaller."""
        self.zoom_to(next_zoom(self.zoom, larger=False))

    def actual_size(self) -> None:
        """Show pages as large as on paper."""
        self.zoom_to(1.0)

    def go_to(self, page: int) -> None:
        """Show a page from its top; the nearest that there is."""
        if self._layout.sizes:
            page = min(max(page, 0), len(self._layout.sizes) - 1)
            self.verticalScrollBar().setValue(self._layout.top(page) - tokens.SPACE_S)

    def show_box(self, page: int, box: Box) -> None:
        """Scroll as little as brings a box into view, and its page to be the one being read."""
        place = self._layout.place_of(page, box)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        seen = bar.value() + _AIR <= place.y and place.bottom <= bar.value() + height - _AIR
        if page != self._page or not seen:
            bar.setValue(round(place.y - height / 4))
        across, width = self.horizontalScrollBar(), self.viewport().width()
        if not (across.value() <= place.x and place.x + place.width <= across.value() + width):
            across.setValue(round(place.x - _AIR))

    def paper(self, page: int) -> QRect:
        """Return where a page lies in the viewport."""
        x, y, width, height = self._layout.place(page)
        across, along = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRect(int(x) - across, int(y) - along, int(width), int(height))

    def spot_at(self, point: QPointF) -> Spot | None:
        """Return which spot of which page a point of the viewport is; the nearest page counts."""
        return self._spot_at(point)

    def _spot_at(self, point: QPointF) -> Spot | None:
        if not self._layout.sizes:
            return None
        page = self._layout.page_at(point.y() + self.verticalScrollBar().value())
        paper = self.paper(page)
        return Spot(
            page,
            (point.x() - paper.x()) / paper.width(),
            (point.y() - paper.y()) / paper.height(),
        )

    def _lay_out(
        self, kept: Spot | None, at: QPointF | None = None, zoom: float | None = None
    ) -> None:
        """Lay the pages out anew; the spot `kept` stays at the point `at` of the viewport."""
        at = at or QPointF(0, 0)
        room = self.viewport().width()
        wanted = self._layout.fitting(room) if self._fitted else zoom or self.zoom
        self._layout = self._layout.at(wanted, room)
        self._set_bars()
        if kept:
            place = self._layout.place(kept.page)
            self.verticalScrollBar().setValue(round(place.y + kept.y * place.height - at.y()))
            if zoom:
                self.horizontalScrollBar().setValue(round(place.x + kept.x * place.width - at.x()))
        self.zoom_changed.emit(self.zoom)
        self._on_moved()

    def _set_bars(self) -> None:
        size = self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._layout.height, size.height()),
            (self.horizontalScrollBar(), self._layout.width, size.width()),
        ):
            bar.setPageStep(max(1, seen - tokens.SPACE_XL))
            bar.setRange(0, max(0, whole - seen))

    def _on_moved(self) -> None:
        self.viewport().update()
        middle = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = self._layout.page_at(middle)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self.moved.emit()

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is at the top where it is."""
        super().resizeEvent(event)
        self._lay_out(self._spot_at(QPointF(0, 0)))

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew what has moved."""
        self._on_moved()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / _TURN
            if turned:
                self.zoom_to(self.zoom * 1.1**turned, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll to either end, or by a screen; the arrows scroll by themselves."""
        bar = self.verticalScrollBar()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space:
                bar.setValue(bar.value() + (-bar.pageStep() if back else bar.pageStep()))
            case _:
                super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Paint in the colours of the theme at present."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()
