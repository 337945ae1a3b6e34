"""The document that is being read: its pages, and the ways through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.documents import Box, DocumentId, PageBox
from desktop_rag.domain.pages import Drawn, FoundOnPage, Opened, PageWords
from desktop_rag.gui.reader.contents_and_thumbnails import ContentsTree, SideToggles, Thumbnails
from desktop_rag.gui.reader.find_bar import FindBar
from desktop_rag.gui.reader.find_matches import FindMatches
from desktop_rag.gui.reader.notice_cards import ChangedBar, DocumentCard
from desktop_rag.gui.reader.page_images import image_of
from desktop_rag.gui.reader.page_view import PageView
from desktop_rag.gui.reader.toolbar import DocumentTools
from desktop_rag.gui.widgets.text import plain

_SIDE = 200  # pixels high, until somebody drags it


_Lights = tuple[tuple[Box, ...], tuple[PageBox, ...]]
"""What is to be lit of a citation: on its page, and on others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document to show; `gone` if its file, or the document itself, is there no more."""

    document: DocumentId
    title: str
    path: Path | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is being drawn for us at present."""

    page: int
    width: int
    small: bool


class ReaderPane(QWidget):
    """Pages, and around them contents, thumbnails, zoom and finding.

    It is given pixels by `set_page` and asks for one page at a time, so that what has
    been scrolled away is never asked for.

    Signals:
        pages_requested: this `Shown` is to be opened for drawing.
        page_requested: a page, and how many pixels wide.
        words_requested: where the words of a page stand.
        find_requested: text to look for; none ends the search.
        relocation_requested: somebody knows where the file of this `DocumentId` is.
        password_requested: somebody knows the password of this `Shown`.
        indexing_requested: this `Shown` is to be indexed as it is now.
        selection_asked: the next question is about this text.
        summary_wished: of the chapter of this title.
        page_changed: the page being read, from 0.
    """

    pages_requested = Signal(object)
    page_requested = Signal(int, int)
    words_requested = Signal(int)
    find_requested = Signal(str)
    relocation_requested = Signal(object)
    password_requested = Signal(object)
    indexing_requested = Signal(object)
    selection_asked = Signal(str)
    summary_wished = Signal(str)
    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._opened: Opened | None = None
        self._asked: _Asked | None = None
        self._waiting: tuple[int, _Lights | None] | None = None
        self._deed: Callable[[Shown], None] | None = None  # of the button of the card
        self._matches = FindMatches()
        self._searching = False
        self.tools = DocumentTools()
        self.find_bar = FindBar()
        self.find_bar.hide()
        self.changed_bar = ChangedBar()
        self.changed_bar.hide()
        self.view = PageView()
        self.contents = ContentsTree()
        self.thumbnails = Thumbnails()
        self.feet = SideToggles()
        self.card = DocumentCard()
        self._lay_out()
        self._connect()
        self.clear()

    # What is shown

    def open(self, shown: Shown) -> None:
        """Show a document: ask for its pages, unless they are shown already or gone."""
        same = self._shown == shown and self._opened is not None
        self._shown = shown
        self.tools.show_title(shown.title)
        if same:
            self._waiting = None
            return
        self._forget()
        if shown.gone or shown.path is None:
            self.show_missing(shown.title, "")
            return
        self._stack.setCurrentWidget(self._reading)
        self.pages_requested.emit(shown)

    def set_pages(self, opened: Opened) -> None:
        """Show the pages of the document that was asked for."""
        if self._shown is None or opened.document != self._shown.document or not opened.sizes:
            return
        waiting = self._waiting
        self._forget()
        opened = replace(opened, labels=tuple(map(plain, opened.labels)))
        self._opened = opened
        self._stack.setCurrentWidget(self._reading)
        self.tools.show_labels(opened.labels)
        self.contents.set_contents(opened.contents, opened.labels)
        self.thumbnails.set_pages(opened.sizes, opened.labels)
        self.feet.offer_contents(some=bool(opened.contents))
        self._show_side()
        self.view.set_pages(opened)
        self.tools.show_zoom(self.view.zoom, fitted=self.view.fitted)
        self._on_page(0)
        if waiting:
            page, lights = waiting
            if lights is None:
                self.view.go_to(page)
            else:
                self.view.light(page, *lights)
        self._ask()

    def set_page(self, drawn: Drawn) -> None:
        """Show a page that was drawn, and ask for the next one that is to be seen."""
        if self._opened is None or drawn.document != self._opened.document:
            return
        asked, self._asked = self._asked, None
        if asked is None or asked.page != drawn.page:
            asked = _Asked(drawn.page, drawn.width, small=False)
        if asked.small:
            self.thumbnails.set_image(drawn.page, image_of(drawn))
        else:
            self.view.set_page(drawn, asked.width)
        self._ask()

    def set_words(self, page_words: PageWords) -> None:
        """Let the words of a page be marked."""
        if self._opened and page_words.document == self._opened.document:
            self.view.set_words(page_words)

    def add_found(self, found: FoundOnPage) -> None:
        """Light what was found on one more page."""
        if self._opened is None or found.document != self._opened.document:
            return
        if found.text.strip() == self.find_bar.text and found.page in range(self.view.pages):
            self._matches.add(found, self.view.page)
            self._show_found()

    def end_find(self) -> None:
        """Tell that everything has been found."""
        self._searching = False
        self._matches.end()
        self._show_found()

    def light(self, page: int, boxes: Sequence[Box], continued: Sequence[PageBox] = ()) -> None:
        """Show a page and light exactly these boxes, at once or when the pages have come.

        `continued` are boxes on other pages that belong to them.
        """
        if self._opened is None:
            self._waiting = page, (tuple(boxes), tuple(continued))
        else:
            self.view.light(page, boxes, continued)

    def go_to(self, page: int) -> None:
        """Show a page from its top, at once or when the pages have come."""
        if self._opened is None:
            self._waiting = page, None
        else:
            self.view.go_to(page)

    def show_changed(self) -> None:
        """Say that the file is no longer what was indexed, while its pages are shown."""
        self.changed_bar.setVisible(self._opened is not None)

    def show_missing(self, title: str, passage_text: str) -> None:
        """Say that the file, or all that is known of it, is gone; show the passage as it was."""
        self._forget()
        self.tools.show_title(title)
        if self._shown and self._shown.path is None:
            heading = self.tr("The document is no longer in the library")
            advice = self.tr("If you have its file, it can be added again.")
        else:
            heading = self.tr("The file is not where it was")
            advice = self.tr("If you know where the file is now, its pages can be shown again.")
        if passage_text:
            passage = self.tr("This is the passage as it was when the document was read.")
            advice = f"{passage} {advice}"
        self.card.say("file", heading, advice, self.tr("Locate file…") if self._shown else "")
        self.card.show_passage(passage_text)
        self._deed = self._locate
        self._stack.setCurrentWidget(self.card)

    def show_locked(self, passage_text: str = "") -> None:
        """Say that the document wants a password; show the passage as it was read."""
        self._forget()
        self._deed = self.password_requested.emit
        heading = self.tr("The document is protected by a password")
        advice = self.tr("With its password the pages can be shown.")
        self.card.say("lock", heading, advice, self.tr("Password…"))
        self.card.show_passage(passage_text)
        self._stack.setCurrentWidget(self.card)

    def show_error(self, text: str, passage_text: str = "") -> None:
        """Say why the document cannot be shown, and show the passage as it was read."""
        self._forget()
        self._deed = self._try_again
        again = self.tr("Try again") if self._shown else ""
        self.card.say("warning", self.tr("The document cannot be shown"), text, again)
        self.card.show_passage(passage_text)
        self._stack.setCurrentWidget(self.card)

    def clear(self) -> None:
        """Show that nothing is open."""
        self._shown = None
        self._forget()
        self.tools.show_title("")
        self.card.say(
            "file",
            self.tr("No document open"),
            self.tr("Choose a document, or a citation in an answer, to read its page here."),
            "",
        )
        self._stack.setCurrentWidget(self.card)

    def show_find(self) -> None:
        """Show the find bar and let the person type."""
        if self._opened:
            self.find_bar.open_bar()

    # How it works

    def _forget(self) -> None:
        self._opened = None
        self._asked = None
        self._waiting = None
        self.find_bar.reset()
        self.find_bar.hide()
        self.changed_bar.hide()
        self.tools.show_labels(())
        self._side.hide()
        self.feet.hide()
        self.view.set_pages(None)

    def _ask(self) -> None:
        """Ask for the page that is needed most, if none is being drawn."""
        if self._opened is None or self._asked is not None:
            return
        large = self.view.wanted()
        wanted = large or self.thumbnails.wanted()
        if wanted:
            self._asked = _Asked(*wanted, small=large is None)
            self.page_requested.emit(*wanted)

    def _on_page(self, page: int) -> None:
        self.tools.show_page(page)
        self.contents.show_page(page)
        self.thumbnails.show_page(page)
        self.page_changed.emit(page)

    def _on_zoomed(self, zoom: float) -> None:
        self.tools.show_zoom(zoom, fitted=self.view.fitted)

    def _on_find(self, text: str) -> None:
        self._matches = FindMatches()
        self._searching = bool(text)
        self.view.set_found({}, None)
        if self._opened or not text:
            self.find_requested.emit(text)

    def _step(self, by: int) -> None:
        self._matches.step(by)
        self._show_found()

    def _show_found(self) -> None:
        matches = self._matches
        self.view.set_found(matches.by_page, matches.present)
        self.find_bar.show_count(matches.place, len(matches), searching=self._searching)

    def _on_card(self) -> None:
        if self._shown is not None and self._deed is not None:
            self._deed(self._shown)

    def _locate(self, shown: Shown) -> None:
        self.relocation_requested.emit(shown.document)

    def _try_again(self, shown: Shown) -> None:
        self._stack.setCurrentWidget(self._reading)
        self.pages_requested.emit(shown)

    def _on_indexing(self) -> None:
        if self._shown is not None:
            self.indexing_requested.emit(self._shown)

    def _show_side(self) -> None:
        contents, thumbnails = self.feet.contents.isChecked(), self.feet.thumbnails.isChecked()
        self.feet.setVisible(self._opened is not None)
        self.contents.setVisible(contents)
        self.thumbnails.setVisible(thumbnails)
        self._side.setVisible(contents or thumbnails)
        self._ask()

    def _lay_out(self) -> None:
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.contents)
        side.addWidget(self.thumbnails)
        self._reading = QSplitter(Qt.Orientation.Vertical)
        self._reading.addWidget(self.view)
        self._reading.addWidget(self._side)
        self._reading.setStretchFactor(0, 1)
        self._reading.setCollapsible(0, False)
        self._reading.setSizes([2 * _SIDE, _SIDE])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._reading)
        self._stack.addWidget(self.card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.find_bar)
        column.addWidget(self.changed_bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.feet)

    def _connect(self) -> None:
        self.tools.page_requested.connect(self.view.go_to)
        self.tools.zoom_in_requested.connect(self.view.zoom_in)
        self.tools.zoom_out_requested.connect(self.view.zoom_out)
        self.tools.fit_requested.connect(self.view.fit_width)
        self.tools.actual_requested.connect(self.view.actual_size)
        self.tools.find_requested.connect(self.show_find)
        self.find_bar.find_requested.connect(self._on_find)
        self.find_bar.step_requested.connect(self._step)
        self.find_bar.closed.connect(self.view.setFocus)
        self.view.page_changed.connect(self._on_page)
        self.view.zoom_changed.connect(self._on_zoomed)
        self.view.moved.connect(self._ask)
        self.view.words_requested.connect(self.words_requested)
        self.view.selection_asked.connect(self.selection_asked)
        self.contents.summary_wished.connect(self.summary_wished)
        self.contents.page_chosen.connect(self.view.go_to)
        self.thumbnails.page_chosen.connect(self.view.go_to)
        self.thumbnails.moved.connect(self._ask)
        self.feet.changed.connect(self._show_side)
        self.changed_bar.chosen.connect(self._on_indexing)
        self.card.chosen.connect(self._on_card)

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find and zoom by keys; keys, not shortcuts, so that a menu may have the same ones."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_F:
                self.show_find()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.view.zoom_in()
            case Qt.Key.Key_Minus:
                self.view.zoom_out()
            case Qt.Key.Key_0:
                self.view.fit_width()
            case _:
                super().keyPressEvent(event)
