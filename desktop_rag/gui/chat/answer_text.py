"""The text of one answer, which grows block by block while it is written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontDatabase,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextDocumentFragment,
    QTextList,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QToolTip, QWidget
from typing_extensions import override

from desktop_rag.answer.translating import LONGEST
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.markdown import GrowingCitations, MarkdownBlock
from desktop_rag.gui.chat.sentence_marks import SentenceMarks, check_tip
from desktop_rag.gui.chat.translation_tip import TRANSLATING_KEY, TranslationTip
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.text import Tip, joined_tip, tip

_COLUMN = 140  # pixels that a column of a table needs at least
_MOST_COLUMNS = 20  # that are told apart by the room there is
NEXT_KEY = Qt.Key.Key_F8  # as in editors that mark what is to be looked at


class AnswerText(QTextBrowser):
    """Shows Markdown as tall as it is; follows no link and loads nothing.

    Only the last block is rendered anew while text is added: what stands before
    it is left alone, and so is what the reader has selected there. What a mark stands for is in its
    tooltip, and a translation if it is in another language than the answer; so is what is to be
    said of a sentence.

    Signals:
        citation_chosen: number and occurrence of a mark that was clicked.
        link_chosen: an address that was clicked; nothing has opened it.
        next_wished: the next sentence to be careful with is to be gone to: 1, or -1 for the last.
    """

    citation_chosen = Signal(int, int)
    link_chosen = Signal(str)
    next_wished = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Mapping[int, Source] = {}
        self._numbers: Mapping[int, int] = {}
        self._muted = False
        self._text = ""
        self._settled = 0  # signs that will not be rendered again
        self._tail = 0  # where the block begins that will be
        self._seen: Counter[int] = Counter()
        self._cited = GrowingCitations()
        self._columns = _MOST_COLUMNS
        self._colours = theme.present()
        self._quotes: Callable[[int, int], Source | None] = _none
        self._quoting = False
        self._set_up()
        self.tip = TranslationTip(self.viewport())
        self.sentences = SentenceMarks(self)

    def _set_up(self) -> None:
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.set_muted(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextBrowserInteraction | flags.TextSelectableByKeyboard)
        self.setAccessibleName(self.tr("Answer"))
        document = self.document()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setIndentWidth(tokens.SPACE_XL)
        document.documentLayout().documentSizeChanged.connect(self._fit)
        self._style()
        self.anchorClicked.connect(self._on_anchor_clicked)
        self._fit()

    @property
    def text(self) -> str:
        """The Markdown that is shown."""
        return self._text

    def set_muted(self, muted: bool) -> None:
        """Step back behind what stands above, or not."""
        self._muted = muted
        colour = theme.present().muted if muted else theme.present().text
        self.setStyleSheet(
            "QTextBrowser { border: none; background: transparent; padding: 0; "
            f"color: {colour}; font-size: {tokens.TEXT_READING}px; }}"
        )

    def set_known(self, known: Mapping[int, Source], numbers: Mapping[int, int]) -> None:
        """Make marks of these numbers links, shown as `numbers` says; also those that stand."""
        before, was = self._known, self._numbers
        self._known, self._numbers = known, numbers
        if any(
            (number in known) != (number in before)
            or (number in known and numbers.get(number, number) != was.get(number, number))
            for number in self._cited.of(self._text)
        ):
            self.show_text(self._text)

    def set_quotes(self, quotes: Callable[[int, int], Source | None], *, quoting: bool) -> None:
        """Offer a translation of what a mark stands for, by its number and occurrence.

        `quotes` gives only what can be translated. A text that is `quoting` consists of what its
        marks stand for: each sentence offers what its mark does.
        """
        self._quotes, self._quoting = quotes, quoting

    def show_text(self, text: str) -> None:
        """Show this and nothing else."""
        self.clear()
        self._text, self._settled, self._tail = "", 0, 0
        self._seen.clear()
        self.add_text(text)

    def add_text(self, text: str) -> None:
        """Let the answer grow."""
        self._text += text
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._tail)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        items: QTextList | None = cursor.currentList()
        if items is not None:
            items.remove(cursor.block())  # else an empty item would stay
            cursor.setBlockFormat(QTextBlockFormat())
        blocks = markdown.blocks_of(self._text[self._settled :])
        for block in blocks[:-1]:
            self._seen.update(self._insert(cursor, block))
        if blocks:
            self._settled += blocks[-1].start
            self._new_block(cursor)
            self._tail = cursor.position()
            self._insert(cursor, blocks[-1])
        cursor.endEditBlock()
        self.sentences.find_again()

    def _insert(self, cursor: QTextCursor, block: MarkdownBlock) -> tuple[int, ...]:
        known, columns = self._known.keys(), self._columns
        made = markdown.rendered(block, known, self._seen, self._numbers, columns)
        self._new_block(cursor)
        parsed = QTextDocument()
        parsed.setDefaultFont(self.document().defaultFont())
        parsed.setDefaultStyleSheet(self.document().defaultStyleSheet())
        parsed.setHtml(made.html)
        first = cursor.position()
        if parsed.firstBlock().textList() is None:
            # the first paragraph is poured into the block that stands here
            cursor.setBlockFormat(parsed.firstBlock().blockFormat())
        cursor.insertFragment(QTextDocumentFragment(parsed))
        self._drop_empty(first, cursor)
        return made.marks

    def _drop_empty(self, at: int, cursor: QTextCursor) -> None:
        """Remove the block before a list: lists are not poured into the one that stands there."""
        block = self.document().findBlock(at)
        if block.length() == 1 and block.next().isValid() and block.next().textList() is not None:
            gone = QTextCursor(block)
            gone.deleteChar()
            cursor.movePosition(QTextCursor.MoveOperation.End)

    def _new_block(self, cursor: QTextCursor) -> None:
        if cursor.block().length() > 1 or cursor.currentList() is not None:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        else:
            cursor.setBlockFormat(QTextBlockFormat())
            cursor.setBlockCharFormat(QTextCharFormat())

    def _style(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.document().setDefaultStyleSheet(markdown.sheet(self._colours, fixed))

    def _fit_columns(self) -> None:
        """Set tables anew where there is room for other columns than before."""
        columns = max(1, min(_MOST_COLUMNS, self.viewport().width() // _COLUMN))
        if columns != self._columns:
            self._columns = columns
            if "|" in self._text:
                self.show_text(self._text)

    def _fit(self) -> None:
        height = math.ceil(self.document().size().height())
        bar = self.horizontalScrollBar()
        if bar.maximum() > 0:
            height += bar.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    def _on_anchor_clicked(self, address: QUrl) -> None:
        place = markdown.place_of(address.toString())
        if place is None:
            self.link_chosen.emit(address.toString())
        elif place[0] in self._known:
            self.citation_chosen.emit(*place)

    def quote_at(self, at: QPoint) -> Source | None:
        """Return what can be translated at this point of the viewport."""
        place = markdown.place_of(self.anchorAt(at))
        if place is None and self._quoting:
            place = self._mark_after(self.cursorForPosition(at))
        return self._quotes(*place) if place else None

    def _mark_after(self, cursor: QTextCursor) -> tuple[int, int] | None:
        """Return number and occurrence of the next mark: that of a table follows in a paragraph."""
        block, at = cursor.block(), cursor.position()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                place = markdown.place_of(piece.charFormat().anchorHref())
                if place and piece.position() + piece.length() > at:
                    return place
                pieces += 1
            block = block.next()
        return None

    def _begin_tip(self, source: Source, place: QPoint) -> None:
        self.tip.begin(source, place, self.tip_of(source))

    def _chosen_quote(self) -> Source | None:
        """Return what can be translated of the mark that the Tab key has come to."""
        place = markdown.place_of(self.textCursor().charFormat().anchorHref())
        return self._quotes(*place) if place and self.textCursor().hasSelection() else None

    def tip_at(self, at: QPoint) -> Tip:
        """Return what is to be said of the mark or the sentence at this point."""
        place = markdown.place_of(self.anchorAt(at))
        source = self._known.get(place[0]) if place else None
        if source:
            return self.tip_of(source)
        check = self.sentences.check_at(at)
        return check_tip(check) if check else tip()

    def tip_of(self, source: Source) -> Tip:
        """Return document, page and passage."""
        passage = source.snippet[:LONGEST] + ("…" if len(source.snippet) > LONGEST else "")
        page = self.tr("Page {label}").format(label=source.label)
        return joined_tip(tip(page, head=source.title), tip(passage))

    def _say_link(self) -> None:
        """Say what the Tab key has come to: no event of Qt's tells of links."""
        cursor = self.textCursor()
        place = markdown.place_of(cursor.charFormat().anchorHref())
        source = self._known.get(place[0]) if place else None
        if source:
            words = self.tr("Citation {number}: {title}, page {label}. {passage}").format(
                number=self._numbers.get(source.number, source.number),
                title=source.title,
                label=source.label,
                passage=" ".join(source.snippet[:LONGEST].split()),
            )
            if self._chosen_quote():
                words += " " + self.tr("T translates it.")
        else:
            words = self.tr("Link: {words}").format(words=cursor.selectedText())
        announce.say(self, words)

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        cursor = self.textCursor()
        if event.reason() == Qt.FocusReason.TabFocusReason and cursor.atEnd():
            cursor.movePosition(QTextCursor.MoveOperation.Start)  # where one begins to read
            self.setTextCursor(cursor)

    @override
    def focusNextPrevChild(self, next_: bool) -> bool:
        moved = super().focusNextPrevChild(next_)
        if moved and self.hasFocus() and self.textCursor().hasSelection():
            self._say_link()
        return moved

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.tip.leave()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        source = self._chosen_quote() if event.key() == TRANSLATING_KEY else None
        if event.key() == NEXT_KEY:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.next_wished.emit(-1 if back else 1)
        elif source is not None:
            below = self.cursorRect().bottomLeft()
            self._begin_tip(source, self.viewport().mapToGlobal(below))
        elif event.key() != Qt.Key.Key_Escape or not self.tip.dismiss():
            super().keyPressEvent(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            source = self.quote_at(event.pos())
            if source is not None:
                self._begin_tip(source, event.globalPos())
            else:
                QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self.viewport())
            return True
        if event.type() == QEvent.Type.Leave:
            self.tip.leave()
        return super().viewportEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.tip.source and self.quote_at(event.position().toPoint()) != self.tip.source:
            self.tip.dismiss()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()  # the transcript scrolls, not the answer

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        styled = event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}
        if styled and self._colours is not theme.present():
            self._colours = theme.present()
            self._style()
            self.set_muted(self._muted)
            self.show_text(self._text)

    @override
    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        return None


def _none(_number: int, _occurrence: int) -> Source | None:
    return None
