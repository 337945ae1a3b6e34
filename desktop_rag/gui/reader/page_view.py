"""The pages of a document, with the light of citations, what was found, and what is marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from typing_extensions import override

from desktop_rag.domain.documents import Box, PageBox
from desktop_rag.domain.pages import Drawn, Opened, PageWords
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.reader import page_paint
from desktop_rag.gui.reader.find_matches import Matches
from desktop_rag.gui.reader.marked_words import MarkedWords
from desktop_rag.gui.reader.page_accessibility import PageAccessibility
from desktop_rag.gui.reader.page_images import PageImage, PageImages, image_of
from desktop_rag.gui.reader.page_lights import PageLights
from desktop_rag.gui.reader.page_scroll import PageScroll
from desktop_rag.gui.reader.page_selection import Selection, Spot, under


class PageView(PageScroll):
    """Continuous pages that somebody else draws.

    Signals:
        words_requested: where the words of a page stand is wanted.
        selection_asked: the marked text is what the next question is about.
    """

    words_requested = Signal(int)
    selection_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self._images = PageImages()
        self._marked = MarkedWords()
        self._lights = PageLights(self)
        self._lights.changed.connect(self.viewport().update)
        self._pressed: tuple[QPointF, Spot] | None = None
        self._reader = PageAccessibility(self)
        self._reader.words_wanted.connect(self._want_words)
        self._ask = QPushButton(self.tr("Ask about this"), self.viewport())
        self._ask.setProperty("role", "primary")
        self._ask.setIcon(theme.icon("quote", "on_accent"))
        self._ask.setCursor(Qt.CursorShape.ArrowCursor)
        self._ask.clicked.connect(self.ask_about_selection)
        self._ask.hide()
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.page_changed.connect(self._name_page)
        self.moved.connect(self._place_ask)
        self._name_page()

    # What is shown

    def set_pages(self, opened: Opened | None) -> None:
        """Show the pages of a document, or one empty page until it is known."""
        self._images.clear()
        self._marked.clear()
        self._lights.clear()
        self._labels = opened.labels if opened else ()
        self.stack(opened.sizes if opened else ((595.0, 842.0),))
        self._name_page()

    def set_page(self, drawn: Drawn, asked: int) -> None:
        """Show the picture of a page for which this width was asked."""
        if 0 <= drawn.page < len(self._labels):
            seen = self.visible_pages
            self._images.put(drawn.page, PageImage(image_of(drawn), asked), seen)
            if drawn.page in seen:
                self.viewport().update()

    def set_words(self, page_words: PageWords) -> None:
        """Let the words of a page be marked."""
        whole = self._marked.put(page_words.page, page_words.words)
        self._reader.set_words(page_words.page, page_words.words)
        if whole:
            self.select_page()
        self.viewport().update()

    def light(self, page: int, boxes: Sequence[Box], continued: Sequence[PageBox] = ()) -> None:
        """Light these boxes and no others, and show the first of them.

        `continued` are boxes on other pages that belong to them.
        """
        if not 0 <= page < len(self._labels):
            return
        if boxes:
            self.show_box(page, boxes[0])
        else:
            self.go_to(page)
        self._reader.light(page, boxes, self._marked.of(page))
        self._lights.light(page, boxes, continued)

    def set_found(self, found: dict[int, Matches], match: tuple[int, int] | None) -> None:
        """Light what was found, and one match of a page more than the others."""
        if place := self._lights.find(found, match):
            self.show_box(*place)

    @property
    def lit(self) -> tuple[int, tuple[Box, ...]] | None:
        """The page and the boxes that are lit, if it is still the one being read."""
        lit = self._lights.lit
        return lit if lit and lit[0] in self.visible_pages else None

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._labels)

    def wanted(self) -> tuple[int, int] | None:
        """Return the page that is to be drawn next, and how many pixels wide."""
        seen = self.visible_pages
        if not self._labels or not seen:
            return None
        around = [page for page in (seen.stop, seen.start - 1) if 0 <= page < len(self._labels)]
        for page in [*sorted(seen, key=self._hidden_share), *around]:
            width = max(1, round(self.paper(page).width() * self.devicePixelRatioF()))
            had = self._images.get(page)
            if had is None or had.asked != width:
                return page, width
        return None

    # What is marked

    @property
    def selected_text(self) -> str:
        """What is marked, as text."""
        return self._marked.text

    def select(self, selection: Selection | None) -> None:
        """Mark what lies between two spots."""
        self._marked.mark(selection)
        for page in selection.pages if selection else ():
            self._want_words(page)
        self.viewport().update()

    def select_page(self) -> None:
        """Mark the whole page being read, as soon as its words are known."""
        if whole := self._marked.whole(self.page):
            self.select(whole)
        else:
            self._want_words(self.page)

    def copy(self) -> None:
        """Copy what is marked."""
        text = self.selected_text
        if text:
            QGuiApplication.clipboard().setText(text)

    def ask_about_selection(self) -> None:
        """Tell that a question about the marked text is wanted."""
        text = self.selected_text
        self._ask.hide()
        if text:
            self.selection_asked.emit(text)

    def _want_words(self, page: int) -> None:
        if 0 <= page < len(self._labels) and self._marked.lacks(page):
            self.words_requested.emit(page)

    def _hidden_share(self, page: int) -> int:
        return -self.paper(page).intersected(self.viewport().rect()).height()

    def _name_page(self) -> None:
        if self._labels:
            name = self.tr("Page {label} of {count}").format(
                label=self._labels[self.page], count=len(self._labels)
            )
        else:
            name = self.tr("Pages of the document")
        page = self.page if self._labels else -1
        self._reader.show_page(page, name, self._marked.of(page))

    def _place_ask(self) -> None:
        """Offer to ask about what is marked, below where it ends."""
        selection = self._marked.selection
        if selection is None or self._pressed or not self.selected_text:
            self._ask.hide()
            return
        last = max((selection.start, selection.end), key=lambda spot: (spot.page, spot.y))
        paper = self.paper(last.page)
        self._ask.adjustSize()
        x = round(paper.x() + last.x * paper.width()) - self._ask.width() // 2
        y = round(paper.y() + last.y * paper.height()) + tokens.SPACE_L
        room = self.viewport().rect()
        x = min(max(x, tokens.SPACE_S), room.width() - self._ask.width() - tokens.SPACE_S)
        self._ask.move(QPoint(x, y))
        self._ask.setVisible(room.contains(self._ask.geometry()))

    # Qt

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that can be seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.present().raised))
        accent = theme.present().accent
        refusal = self.tr("This page cannot be drawn.")
        for page in self.visible_pages:
            paper = self.paper(page)
            page_paint.paint_paper(painter, paper, self._images.get(page), refusal)
            self._lights.paint(painter, page, paper)
            page_paint.paint_light(
                painter, paper, self._marked.boxes(page), accent, page_paint.SELECTED
            )
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.present().accent), tokens.HAIR))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark words."""
        if event.button() == Qt.MouseButton.LeftButton:
            spot = self.spot_at(event.position())
            self.select(None)
            self._pressed = (event.position(), spot) if spot else None
            self._place_ask()
            if spot:
                self._want_words(spot.page)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark up to here, or show that there are words here."""
        spot = self.spot_at(event.position())
        if spot is None:
            return
        if self._pressed is None:
            self._want_words(spot.page)
            over = under(self._marked.of(spot.page), spot.x, spot.y)
            shape = Qt.CursorShape.IBeamCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        start, begun = self._pressed
        far = (event.position() - start).manhattanLength() >= QApplication.startDragDistance()
        if far or self._marked.selection:
            self.select(Selection(begun, spot))
        beyond = event.position().y() - self.viewport().height()
        past = min(0.0, event.position().y()) + max(0.0, beyond)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(past))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Offer what can be done with the marked words."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self._place_ask()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark a word."""
        spot = self.spot_at(event.position())
        if spot and self._marked.of(spot.page):
            self.select(Selection(spot, spot))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell what can be done here."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """Return what can be done with the marked text."""
        menu = QMenu(self)
        some = bool(self.selected_text)
        for icon, text, keys, slot, possible in (
            ("copy", self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy, some),
            ("quote", self.tr("Ask about this selection"), None, self.ask_about_selection, some),
            (
                "",
                self.tr("Select page"),
                QKeySequence.StandardKey.SelectAll,
                self.select_page,
                True,
            ),
        ):
            action = menu.addAction(text)
            if icon:
                action.setIcon(theme.icon(icon))
            if keys is not None:
                action.setShortcut(keys)
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(possible)
            action.triggered.connect(slot)
        return menu

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, mark the page, or mark nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_page()
        elif event.key() == Qt.Key.Key_Escape and self._marked.selection:
            self.select(None)
            self._place_ask()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys scroll here."""
        super().focusInEvent(event)
        self._name_page()
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do so no more."""
        super().focusOutEvent(event)
        self.viewport().update()
