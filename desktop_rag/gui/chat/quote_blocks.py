"""What the documents say, word for word: each quotation a block that opens its page.

The blocks are widgets, with a bar beside them that no Markdown can draw: what a model writes
between quotation marks does not look like them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.answer.translating import LONGEST
from desktop_rag.domain.documents import Layer
from desktop_rag.domain.unicode_text import inert, readable
from desktop_rag.gui.chat.source_cards import Translatable
from desktop_rag.gui.chat.translation_tip import TRANSLATING_KEY, TranslationTip, in_words
from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import ShortButton
from desktop_rag.gui.widgets.citation_menu import CitationMenu
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.text import short_tip, tip

_LONGEST_PLACE = 35 * tokens.SPACE_L  # pixels of document and page
_PERCENT = round(tokens.READING_LINE * 100)


@dataclass(frozen=True, slots=True)
class QuoteLook:
    """How quotes are shown: under a `heading`, `folded` behind it, or `muted` for what is near."""

    heading: str = ""
    folded: bool = False
    muted: bool = False


class QuoteText(QTextEdit):
    """Words of a document as tall as they are, to be selected; never markup, never a Tab stop.

    Signals:
        clicked: it was clicked, and nothing was selected.
    """

    clicked = Signal()

    def __init__(self, text: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(self.tr("Quotation"))
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setPlainText(inert(readable(text)))
        line = QTextBlockFormat()
        line.setLineHeight(_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(line)
        self.dress(muted=False)

    def dress(self, *, muted: bool) -> None:
        """Take the colours of now."""
        colours = theme.present()
        colour = colours.muted if muted else colours.text
        self.setStyleSheet(
            "QTextEdit { border: none; background: transparent; padding: 0; "
            f"color: {colour}; font-size: {self._size}px; }}"
        )

    def _fit(self) -> None:
        self.setFixedHeight(math.ceil(self.document().size().height()))

    # Qt

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        inside = self.rect().contains(event.position().toPoint())
        if left and inside and not self.textCursor().hasSelection():
            self.clicked.emit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the transcript scrolls, not the quotation


class QuoteBlock(QFrame):
    """One quotation, large or small, and below it the button that opens its page.

    Signals:
        source_opened: its `Source`, which is to be seen on its page.
        citation_wished: its `Source`, and the `CitationStyle` that it is to be copied in.
    """

    source_opened = Signal(object)
    citation_wished = Signal(object, object)

    def __init__(
        self, source: Source, number: int, translatable: Translatable, *, best: bool
    ) -> None:
        super().__init__()
        self.source = source
        self._translatable = translatable
        self._muted = False
        self.tip = TranslationTip(self)
        self.setProperty("role", "quote")
        size = tokens.TEXT_READING if best else tokens.TEXT
        self.text = QuoteText(source.snippet, size, self)
        self.text.clicked.connect(self._on_opened)
        self.text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the block has one
        self.place = self._made_place(number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, 0, tokens.SPACE_XS)
        layout.setSpacing(0)
        layout.addWidget(self.text)
        layout.addWidget(self.place, 0, Qt.AlignmentFlag.AlignLeft)

    def set_muted(self, muted: bool) -> None:
        """Step back behind what stands above, or not."""
        self._muted = muted
        self.setProperty("role", "quote-muted" if muted else "quote")
        self.text.dress(muted=muted)

    def show_translation(self, value: TranslationValue) -> None:
        """Add how far a translation is to the tooltip that it was wished for in."""
        if value.source == self.tip.source and value.state is TranslationState.DONE:
            self.place.setAccessibleDescription(in_words(value))
        self.tip.show_translation(value)

    def menu(self) -> QMenu:
        """Return what else can be done with the quotation."""
        menu = QMenu(self)
        copy = menu.addAction(theme.icon("copy"), self.tr("Copy"))
        copy.triggered.connect(self._on_copy)
        citations = CitationMenu(menu)
        citations.chosen.connect(lambda style: self.citation_wished.emit(self.source, style))
        menu.addMenu(citations)
        return menu

    def _on_copy(self) -> None:
        """Copy what is selected, or all of it."""
        chosen = self.text.textCursor().selectedText() or self.text.toPlainText()
        QGuiApplication.clipboard().setText(chosen.replace("\u2029", "\n"))

    def _made_place(self, number: int) -> ShortButton:
        source = self.source
        comment = source.layer is Layer.NOTE
        page = self.tr("p. {label}, comment") if comment else self.tr("p. {label}")
        page = page.format(label=source.label)
        button = ShortButton(self, longest=_LONGEST_PLACE)
        button.setProperty("role", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.show_text(f"[{number}] {source.title} · {page}")
        name = self.tr("Quotation {number}: “{words}” {title}, {page}")
        words = " ".join(source.snippet[:LONGEST].split())
        button.setAccessibleName(
            name.format(number=number, words=words, title=source.title, page=page)
        )
        told = self.tr("Opens the page with these words lit.")
        if source.recognized:
            told += " " + self.tr("Read off a picture of the page: some letters may be wrong.")
        button.setToolTip(short_tip(told))
        button.clicked.connect(self._on_opened)
        button.installEventFilter(self)
        return button

    def _begin_tip(self, place: QPoint) -> None:
        self.tip.begin(self.source, place, tip(self.source.snippet[:LONGEST]))

    def _on_opened(self) -> None:
        self.source_opened.emit(self.source)

    # Qt

    @override
    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ToolTip and self._translatable(self.source)
        if asked and isinstance(event, QHelpEvent):
            self._begin_tip(event.globalPos())
            return True
        return super().event(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.tip.leave()

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Tell what T does where the keyboard has come to the button, and do it."""
        if self._translatable(self.source):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                if event.key() == TRANSLATING_KEY:
                    self._begin_tip(self.mapToGlobal(self.rect().bottomLeft()))
                    return True
                if event.key() == Qt.Key.Key_Escape and self.tip.dismiss():
                    return True
            elif isinstance(event, QFocusEvent) and event.gotFocus():
                announce.say(self.place, self.tr("T translates this quotation."))
            elif isinstance(event, QFocusEvent):
                self.tip.leave()
        return False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.text.dress(muted=self._muted)


class QuoteBlocks(QWidget):
    """The quotations of an answer, the best one largest; or a line that tells how many there are.

    Signals:
        source_opened: a `Source` that is to be seen on its page.
        citation_wished: a `Source`, and the `CitationStyle` that it is to be copied in.
        translation_wished, translation_left: of a `Source`; nobody looks at it any more.
    """

    source_opened = Signal(object)
    citation_wished = Signal(object, object)
    translation_wished = Signal(object)
    translation_left = Signal()

    def __init__(self, translatable: Translatable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._translatable = translatable
        self._quotes: tuple[Source, ...] = ()
        self._numbers: Mapping[int, int] = {}
        self._look = QuoteLook()
        self.blocks: list[QuoteBlock] = []
        self.summary = QPushButton(self)
        self.summary.setProperty("role", "link")
        self.summary.setCheckable(True)
        self.summary.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary.toggled.connect(self._on_toggled)
        self.heading: QLabel = plain_label("", "muted", self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.SPACE_M)
        self._layout.addWidget(self.summary)
        self._layout.addWidget(self.heading)
        self.hide()

    @property
    def quotes(self) -> tuple[Source, ...]:
        """What is quoted here, best first."""
        return self._quotes

    def show_quotes(
        self, quotes: Sequence[Source], numbers: Mapping[int, int], look: QuoteLook | None = None
    ) -> None:
        """Show these quotes under the numbers that their passages are shown as.

        Where that is what stands here already it is left alone, and so is what is selected in it.
        """
        own = {quote.number: numbers.get(quote.number, quote.number) for quote in quotes}
        wanted = (tuple(quotes), own, look or QuoteLook())
        if quotes and wanted == (self._quotes, self._numbers, self._look):
            return
        self._forget()
        self._quotes, self._numbers, self._look = wanted
        self.heading.setText(self._look.heading)
        self.heading.setVisible(bool(self._look.heading) and not self._look.folded)
        self.summary.setText(self._look.heading)
        self.summary.setVisible(self._look.folded)
        self.summary.setChecked(False)
        self._draw()
        if not self._look.folded:
            self._make()
        self.setVisible(bool(quotes))

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is on the block that it was wished for."""
        for block in self.blocks:
            block.show_translation(value)

    def stops(self) -> list[QWidget]:
        """Return where Tab comes to, from top to bottom."""
        return [self.summary, *(block.place for block in self.blocks)]

    def _forget(self) -> None:
        for block in self.blocks:
            self._layout.removeWidget(block)
            block.hide()
            block.deleteLater()
        self.blocks = []

    def _make(self) -> None:
        for at, source in enumerate(self._quotes):
            number = self._numbers[source.number]
            best = at == 0 and not self._look.folded and not self._look.muted
            block = QuoteBlock(source, number, self._translatable, best=best)
            block.set_muted(self._look.muted)
            block.source_opened.connect(self.source_opened)
            block.citation_wished.connect(self.citation_wished)
            block.tip.wished.connect(self.translation_wished)
            block.tip.left.connect(self.translation_left)
            self._layout.addWidget(block)
            self.blocks.append(block)
        put_after(self.summary, *(block.place for block in self.blocks))

    def _draw(self) -> None:
        shown = self.summary.isChecked()
        self.summary.setIcon(theme.icon("chevron-down" if shown else "chevron-right", "accent"))
        self.summary.setToolTip(
            self.tr("Hide the quotations") if shown else self.tr("Show the quotations")
        )

    def _on_toggled(self, shown: bool) -> None:
        self._draw()
        if shown and not self.blocks:
            self._make()
        for block in self.blocks:
            block.setVisible(shown)

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
