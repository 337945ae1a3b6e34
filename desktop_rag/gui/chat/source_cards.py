"""The passages that an answer rests on, as a row of cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.answer.translating import LONGEST
from desktop_rag.domain.documents import Layer
from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.chat.translation_tip import TRANSLATING_KEY, TranslationTip, in_words
from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.citation_menu import CitationMenu
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.text import joined_tip, short_tip, tip

_WIDTH = 216
_LINES = 2  # of the snippet

Translatable = Callable[[Source], bool]
"""Whether a source is in another language than its reader's, and there is who translates it."""


class SourceCard(QAbstractButton):
    """One passage: title, page and how it begins, and its number, which is 0 before it has one.

    Where it is in another language than the answer, its tooltip has a translation.

    Signals:
        source_opened: its `Source`, which is to be seen on its page.
        citation_wished: its `Source`, and the `CitationStyle` that it is to be copied in.
    """

    source_opened = Signal(object)
    citation_wished = Signal(object, object)

    def __init__(
        self, source: Source, number: int, translatable: Translatable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.source = source
        self._number = number
        self._translatable = translatable
        self.tip = TranslationTip(self)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        comment = source.layer is Layer.NOTE
        page = self.tr("p. {label}, comment") if comment else self.tr("p. {label}")
        self._page = page.format(label=source.label)
        name = self.tr("Passage {number}: {title}, {page}") if number else "{title}, {page}"
        self.setAccessibleName(name.format(number=number, title=source.title, page=self._page))
        self.setAccessibleDescription(source.snippet)
        if source.recognized:
            told = self.tr("Read off a picture of the page: some letters may be wrong.")
            self.setToolTip(short_tip(told))
            self.setAccessibleDescription(f"{told} {source.snippet}")
        elif comment:
            self.setToolTip(self.tr("Somebody wrote this on the page."))
        self.clicked.connect(self._on_clicked)

    def show_translation(self, value: TranslationValue) -> None:
        """Add how far a translation is to the tooltip that it was wished for in."""
        if value.source == self.tip.source and value.state is TranslationState.DONE:
            self.setAccessibleDescription(f"{in_words(value)} {self.source.snippet}")
        self.tip.show_translation(value)

    def _begin_tip(self, place: QPoint) -> None:
        before = joined_tip(tip(self.toolTip()), tip(self.source.snippet[:LONGEST]))
        self.tip.begin(self.source, place, before)

    def menu(self) -> QMenu:
        """Return what else can be done with the passage."""
        menu = QMenu(self)
        citations = CitationMenu(menu)
        citations.chosen.connect(lambda style: self.citation_wished.emit(self.source, style))
        menu.addMenu(citations)
        return menu

    def _on_clicked(self) -> None:
        self.source_opened.emit(self.source)

    def _fonts(self) -> tuple[QFont, QFont]:
        strong, small = QFont(self.font()), QFont(self.font())
        strong.setPixelSize(tokens.TEXT_SMALL)
        strong.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(tokens.TEXT_SMALL)
        return strong, small

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
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._translatable(self.source):
            announce.say(self, self.tr("T translates this passage."))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tip.leave()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == TRANSLATING_KEY and self._translatable(self.source):
            self._begin_tip(self.mapToGlobal(self.rect().bottomLeft()))
        elif event.key() != Qt.Key.Key_Escape or not self.tip.dismiss():
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._fonts()[1]).lineSpacing()
        return QSize(_WIDTH, line * (_LINES + 1) + tokens.SPACE_S * 2 + tokens.SPACE_XS)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.present()
        strong, small = self._fonts()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.hasFocus()
        pen = QPen(QColor(colours.accent if lit else colours.line), tokens.HAIR * (2 if lit else 1))
        painter.setPen(pen)
        painter.setBrush(QColor(colours.raised if self.underMouse() else colours.surface))
        radius = tokens.RADIUS
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        inner = self.rect().adjusted(
            tokens.SPACE_S + 2, tokens.SPACE_S, -tokens.SPACE_S - 2, -tokens.SPACE_S
        )
        self._paint_head(painter, inner, strong, small)
        metrics = QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        top = inner.top() + metrics.lineSpacing() + tokens.SPACE_XS
        for at, line in enumerate(_lines(self.source.snippet, metrics, inner.width())):
            where = QRect(inner.left(), top + at * metrics.lineSpacing(), inner.width(), 99)
            painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, line)
        painter.end()

    def _paint_head(self, painter: QPainter, area: QRect, strong: QFont, small: QFont) -> None:
        colours = theme.present()
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        number = f"[{self._number}] " if self._number else ""
        painter.setFont(strong)
        painter.setPen(QColor(colours.accent))
        painter.drawText(area, left | top, number)
        used = QFontMetrics(strong).horizontalAdvance(number)
        page = QFontMetrics(small).horizontalAdvance(self._page) + tokens.SPACE_S
        mark = tokens.ICON + tokens.SPACE_XS if self.source.recognized else 0
        if mark:
            place = QRect(area.right() + 1 - page - tokens.ICON, area.top(), tokens.ICON, 0)
            place.setHeight(QFontMetrics(small).height())
            theme.icon("scan", "muted").paint(painter, place)
        room = max(0, area.width() - used - page - mark)
        elided = Qt.TextElideMode.ElideRight
        title = QFontMetrics(strong).elidedText(self.source.title, elided, room)
        painter.setPen(QColor(colours.text))
        painter.drawText(area.adjusted(used, 0, 0, 0), left | top, title)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | top, self._page)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


def _lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return the first lines of `text`, the last one with an ellipsis if there is more."""
    words = inert(text[:400]).split()
    lines: list[str] = []
    while words and len(lines) < _LINES - 1:
        count = 1
        while count < len(words) and _fits(words[: count + 1], metrics, width):
            count += 1
        lines.append(
            metrics.elidedText(" ".join(words[:count]), Qt.TextElideMode.ElideRight, width)
        )
        words = words[count:]
    rest = " ".join(words) + ("…" if len(text) > 400 else "")  # noqa: PLR2004 - as above
    return [*lines, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _fits(words: Sequence[str], metrics: QFontMetrics, width: int) -> bool:
    return metrics.horizontalAdvance(" ".join(words)) <= width


class SourceCards(QWidget):
    """The passages that an answer cites, and a line that tells how many others were read.

    While an answer is awaited that line stands for all of them. The cards behind it are shown or
    hidden. Those `translatable` can be had in the language of the answer.

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
        self._folded: tuple[Source, ...] = ()
        self._numbers: Mapping[int, int] = {}
        self.summary = QPushButton(self)
        self.summary.setProperty("role", "link")
        self.summary.setCheckable(True)
        self.summary.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary.toggled.connect(self._on_toggled)
        self._cited: QScrollArea | None = None
        self._strip: QScrollArea | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(tokens.SPACE_XS)
        self._layout.addWidget(self.summary)
        self.hide()

    @property
    def shown(self) -> bool:
        """Whether the cards behind the line are shown, and not just how many there are."""
        return self.summary.isChecked()

    def show_found(self, sources: Sequence[Source], seconds: float) -> None:
        """Tell of the passages that were found for an answer, and how long it took."""
        self._forget()
        self._folded, self._numbers = tuple(sources), {}
        documents = len({source.document for source in sources})
        words = self.tr("{passages} from {documents}").format(
            passages=self.tr("%n passage(s)", "", len(sources)),
            documents=self.tr("%n document(s)", "", documents),
        )
        time = QLocale().toString(seconds, "f", 1)
        self._name(self.tr("{words} · {seconds} s").format(words=words, seconds=time), opened=True)
        self.setVisible(bool(sources))
        if sources:
            announce.say(self.summary, self.summary.text())

    def fold(self) -> None:
        """Make room for an answer that has begun."""
        self.summary.setChecked(False)

    def show_cited(
        self, cited: Sequence[Source], others: Sequence[Source], numbers: Mapping[int, int]
    ) -> None:
        """Show what an answer cites under the numbers that it cites by, and fold the others."""
        self._forget()
        self._folded, self._numbers = tuple(others), numbers
        if cited:
            self._cited = self._made(cited)
            self._layout.insertWidget(0, self._cited)
        words = (
            self.tr("%n more passage(s) were read", "", len(others))
            if cited
            else self.tr("%n passage(s) were read", "", len(others))
        )
        self._name(words, opened=False)
        self.summary.setVisible(bool(others))
        self.setVisible(bool(cited or others))

    def clear(self) -> None:
        """Know of no passages."""
        self.show_cited((), (), {})

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is on the card that it was wished for."""
        for card in self.findChildren(SourceCard):
            card.show_translation(value)

    def stops(self) -> list[QWidget]:
        """Return where Tab comes to, from top to bottom."""
        return [*_cards(self._cited), self.summary, *_cards(self._strip)]

    def _forget(self) -> None:
        for strip in (self._cited, self._strip):
            if strip is not None:
                strip.hide()
                strip.setParent(None)
                strip.deleteLater()
        self._cited = self._strip = None

    def _name(self, words: str, *, opened: bool) -> None:
        self.summary.setText(words)
        self.summary.show()
        self.summary.setChecked(opened)
        self._on_toggled(shown=opened)

    def _on_toggled(self, shown: bool) -> None:
        self.summary.setIcon(theme.icon("chevron-down" if shown else "chevron-right", "accent"))
        self.summary.setToolTip(
            self.tr("Hide the passages") if shown else self.tr("Show the passages")
        )
        if shown and self._folded and self._strip is None:
            self._strip = self._made(self._folded)
            self._layout.addWidget(self._strip)
            put_after(self.summary, *_cards(self._strip))
        if self._strip is not None:
            self._strip.setVisible(shown)

    def _made(self, sources: Sequence[Source]) -> QScrollArea:
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_S)
        height = 0
        for source in sources:
            number = self._numbers.get(source.number, 0)
            card = SourceCard(source, number, self._translatable, inside)
            card.tip.wished.connect(self.translation_wished)
            card.tip.left.connect(self.translation_left)
            card.setFixedSize(card.sizeHint())
            height = card.height()
            card.source_opened.connect(self.source_opened)
            card.citation_wished.connect(self.citation_wished)
            row.addWidget(card)
        row.addStretch()
        strip = QScrollArea(self)
        strip.setFrameShape(QFrame.Shape.NoFrame)
        strip.setStyleSheet(
            "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        strip.setWidget(inside)
        strip.setWidgetResizable(True)
        strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        strip.setFixedHeight(height + tokens.SPACE_M)
        return strip

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            name = "chevron-down" if self.shown else "chevron-right"
            self.summary.setIcon(theme.icon(name, "accent"))


def _cards(strip: QScrollArea | None) -> list[SourceCard]:
    return strip.findChildren(SourceCard) if strip is not None else []
