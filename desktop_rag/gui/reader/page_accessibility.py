"""What a screen reader is given of a page: which it is, its words, and those that are lit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea

from desktop_rag.domain.documents import Box
from desktop_rag.gui.reader.page_selection import Words, text_of, under
from desktop_rag.gui.widgets import announce

_STILL_MS = 200  # what is scrolled past faster is not read
_LONGEST = 20_000  # signs of a page


class PageAccessibility(QObject):
    """Names and describes a view of pages, and says what was lit on them.

    Signals:
        words_wanted: somebody listens, and the words of this page are not known yet.
    """

    words_wanted = Signal(int)

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self._page = -1
        self._lit: tuple[int, tuple[Box, ...]] | None = None  # and not said yet
        self._still = QTimer(self, singleShot=True, interval=_STILL_MS)
        self._still.timeout.connect(self._on_still)

    def show_page(self, page: int, name: str, words: Words) -> None:
        """Name the page being read; -1 is none."""
        self._page = page
        for widget in (self._view, self._view.viewport()):
            widget.setAccessibleName(name)
        self._describe(words)
        if page >= 0:
            self._still.start()

    def set_words(self, page: int, words: Words) -> None:
        """Read the words of a page to who waits for them."""
        if page == self._page:
            self._describe(words)
        if self._lit and self._lit[0] == page:
            boxes, self._lit = self._lit[1], None
            middles = (
                (text, box, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for text, box in words
            )
            areas = [("", box) for box in boxes]
            lit = [(text, box) for text, box, x, y in middles if under(areas, x, y)]
            announce.say(self._view, " ".join(text_of(lit).split()))

    def light(self, page: int, boxes: Sequence[Box], words: Words) -> None:
        """Say which page was opened, and what is lit there as soon as that is known."""
        if not QAccessible.isActive():
            return
        announce.say(self._view, self._view.accessibleName())
        self._lit = page, tuple(boxes)
        if words:
            self.set_words(page, words)
        else:
            self.words_wanted.emit(page)

    def _describe(self, words: Words) -> None:
        self._view.setAccessibleDescription(text_of(words)[:_LONGEST])

    def _on_still(self) -> None:
        if QAccessible.isActive():
            self.words_wanted.emit(self._page)
