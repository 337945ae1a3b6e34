"""Where the pages of a document lie below each other at a zoom, and which of them can be seen."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from desktop_rag.domain.documents import Box
from desktop_rag.gui.look import tokens

ACTUAL = 96 / 72  #: pixels of a point at 100 %
LEAST_ZOOM, MOST_ZOOM = 0.1, 5.0
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0)
MARGIN = tokens.SPACE_M
GAP = tokens.SPACE_M
_MOST_PIXELS = 2**31 - 1  # what a scroll bar can count


class PixelRect(NamedTuple):
    """A rectangle in pixels of the whole document, from its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Pages in one column. Every question costs as much for a thousand pages as for ten.

    `above` is how many points of paper lie above each page, and above the end;
    `typical` is a width that few pages exceed; `room` is the width of the view.
    """

    sizes: Sequence[tuple[float, float]] = ()
    above: Sequence[float] = (0.0,)
    widest: float = 0.0
    typical: float = 0.0
    zoom: float = 1.0
    room: int = 0

    @property
    def scale(self) -> float:
        """Pixels of a point."""
        return self.zoom * ACTUAL

    @property
    def width(self) -> int:
        """Pixels from the left edge to the right one, margins included."""
        return max(self.room, round(self.widest * self.scale) + 2 * MARGIN)

    @property
    def height(self) -> int:
        """Pixels from the first page to the end of the last one, margins included."""
        if not self.sizes:
            return 0
        gaps = GAP * (len(self.sizes) - 1)
        return min(_MOST_PIXELS, round(self.above[-1] * self.scale) + gaps + 2 * MARGIN)

    def at(self, zoom: float, room: int) -> PageLayout:
        """Return the same pages at another zoom, in a view so wide."""
        return replace(self, zoom=min(max(zoom, LEAST_ZOOM), MOST_ZOOM), room=room)

    def fitting(self, room: int) -> float:
        """Return the zoom at which most pages are as wide as the view."""
        if not self.typical:
            return 1.0
        return max(1, room - 2 * MARGIN) / (self.typical * ACTUAL)

    def top(self, page: int) -> int:
        """Return where a page begins."""
        return MARGIN + GAP * page + round(self.above[page] * self.scale)

    def place(self, page: int) -> PixelRect:
        """Return where a page lies; whole pixels, so that its picture stays sharp."""
        width, height = self.sizes[page]
        wide = max(1, round(width * self.scale))
        tall = max(1, round(height * self.scale))
        return PixelRect((self.width - wide) // 2, self.top(page), wide, tall)

    def place_of(self, page: int, box: Box) -> PixelRect:
        """Return where a box of a page lies."""
        x, y, width, height = self.place(page)
        return PixelRect(
            x + box.x0 * width,
            y + box.y0 * height,
            (box.x1 - box.x0) * width,
            (box.y1 - box.y0) * height,
        )

    def page_at(self, y: float) -> int:
        """Return the page at this height, or the one above it in a gap; 0 above all."""
        return max(0, bisect.bisect_right(range(len(self.sizes)), y, key=self.top) - 1)

    def visible(self, top: float, bottom: float) -> range:
        """Return the pages of which something lies between two heights."""
        if not self.sizes or bottom <= top:
            return range(0)
        first = self.page_at(top)
        if self.place(first).bottom <= top:
            first += 1
        return range(first, bisect.bisect_left(range(len(self.sizes)), bottom, key=self.top))


def stacked(sizes: Sequence[tuple[float, float]]) -> PageLayout:
    """Return the layout of pages of these sizes, in points."""
    widths = sorted(width for width, _ in sizes)
    above = tuple(itertools.accumulate((height for _, height in sizes), initial=0.0))
    return PageLayout(
        sizes=sizes,
        above=above,
        widest=widths[-1] if widths else 0.0,
        typical=widths[-(-(len(widths) - 1) * 95 // 100)] if widths else 0.0,
    )


def next_zoom(zoom: float, *, larger: bool) -> float:
    """Return the step above or below a zoom."""
    if larger:
        return next((step for step in ZOOMS if step > zoom * 1.01), MOST_ZOOM)
    return next((step for step in reversed(ZOOMS) if step < zoom * 0.99), LEAST_ZOOM)
