"""Everything that was found of something, folded by document: each place a block that opens it.

There may be thousands: blocks are made when their document is opened, some at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.gui.chat.quote_blocks import QuoteBlock
from desktop_rag.gui.chat.source_cards import Translatable
from desktop_rag.gui.chat.values import TranslationValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import ShortButton, TextButton
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.text import plain, short_tip

BLOCKS = 20  # that are made at a time
DOCUMENTS = 25  # that are shown at a time
_OPENED = 10  # places: so many are shown without being asked for
_PAGES = 8  # of a document that are named
_LONGEST = 40 * tokens.SPACE_L  # pixels of a document's line


class DocumentPlaces(QWidget):
    """A line that tells how often a document says it, and its places; a tip tells the pages.

    Signals:
        source_opened: a `Source` that is to be seen on its page.
        made: these blocks were made, and can be looked at.
    """

    source_opened = Signal(object)
    made = Signal(object)

    def __init__(
        self,
        count: DocumentCount,
        places: Sequence[Source],
        numbers: Mapping[int, int],
        translatable: Translatable,
    ) -> None:
        super().__init__()
        self._places = tuple(places)
        self._numbers = numbers
        self._translatable = translatable
        self.blocks: list[QuoteBlock] = []
        self.line = ShortButton(self, longest=_LONGEST)
        self.line.setProperty("role", "link")
        self.line.setCheckable(True)
        self.line.setEnabled(bool(places))
        self.line.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name(count)
        self.line.toggled.connect(self._on_toggled)
        self.more = TextButton("chevron-down", "", "link", self)
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._on_more)
        self.more.hide()
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(tokens.SPACE_M, 0, 0, 0)
        self._inside.setSpacing(tokens.SPACE_S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_XS)
        layout.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._inside)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._draw()

    def stops(self) -> list[QWidget]:
        """Return where Tab comes to, from top to bottom."""
        return [self.line, *(block.place for block in self.blocks), self.more]

    def _name(self, count: DocumentCount) -> None:
        title = plain(count.title)
        named = ", ".join(plain(label) for label in count.pages[:_PAGES])
        pages = f"{named} …" if len(count.pages) > _PAGES else named
        times = self.tr("%n place(s)", "", count.hits)
        where = self.tr("{places}, p. {pages}").format(places=times, pages=pages)
        self.line.show_text(f"{title} · {times}")
        self.line.setAccessibleName(f"{title}: {where}")
        self.line.setToolTip(short_tip(where))

    def _draw(self) -> None:
        shown = self.line.isChecked()
        self.line.setIcon(theme.icon("chevron-down" if shown else "chevron-right", "accent"))
        left = len(self._places) - len(self.blocks)
        self.more.setText(self.tr("Show %n more place(s)", "", min(left, BLOCKS)))
        self.more.setVisible(shown and left > 0)

    def _make(self) -> None:
        """Make the next blocks, and let Tab come to them."""
        begun = len(self.blocks)
        for source in self._places[begun : begun + BLOCKS]:
            number = self._numbers.get(source.number, source.number)
            block = QuoteBlock(source, number, self._translatable, best=False)
            block.source_opened.connect(self.source_opened)
            self._inside.addWidget(block)
            self.blocks.append(block)
        put_after(*self.stops())
        self.made.emit(self.blocks[begun:])

    def _on_toggled(self, shown: bool) -> None:
        if shown and not self.blocks:
            self._make()
        for block in self.blocks:
            block.setVisible(shown)
        self._draw()

    def _on_more(self) -> None:
        begun = len(self.blocks)
        self._make()
        self._draw()
        self.blocks[begun].place.setFocus()  # else focus goes with the button
        announce.say(self.line, self.tr("%n more place(s)", "", len(self.blocks) - begun))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


class FoundPlaces(QWidget):
    """The documents that say something, most first, each with the places where it does.

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
        self._counts: tuple[DocumentCount, ...] = ()
        self._own: dict[str, list[Source]] = {}
        self._numbers: Mapping[int, int] = {}
        self.documents: list[DocumentPlaces] = []
        self.more = TextButton("chevron-down", "", "link", self)
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._on_more)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(tokens.SPACE_S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_S)
        layout.addLayout(self._inside)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._offer()
        self.hide()

    def show_places(
        self,
        counts: Sequence[DocumentCount],
        places: Sequence[Source],
        numbers: Mapping[int, int],
    ) -> None:
        """Show these documents and their places, under the numbers that these are shown as.

        Those that are shown already stay as they are.
        """
        own: dict[str, list[Source]] = {}
        for source in places:
            own.setdefault(source.document, []).append(source)
        if (tuple(counts), own) == (self._counts, self._own):
            return
        self._forget()
        self._counts, self._own, self._numbers = tuple(counts), own, numbers
        self._make()
        sums = accumulate(len(own.get(one.document, ())) for one in counts)
        for at, (document, total) in enumerate(zip(self.documents, sums, strict=False)):
            document.line.setChecked(document.line.isEnabled() and (not at or total <= _OPENED))
        self.setVisible(bool(counts))

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is on the block that it was wished for."""
        for document in self.documents:
            for block in document.blocks:
                block.show_translation(value)

    def stops(self) -> list[QWidget]:
        """Return where Tab comes to, from top to bottom."""
        return [*(stop for one in self.documents for stop in one.stops()), self.more]

    def _forget(self) -> None:
        for document in self.documents:
            self._inside.removeWidget(document)
            document.hide()
            document.deleteLater()
        self.documents = []

    def _make(self) -> None:
        begun = len(self.documents)
        for count in self._counts[begun : begun + DOCUMENTS]:
            own = self._own.get(count.document, ())
            document = DocumentPlaces(count, own, self._numbers, self._translatable)
            document.source_opened.connect(self.source_opened)
            document.made.connect(self._on_made)
            self._inside.addWidget(document)
            self.documents.append(document)
        self._offer()
        put_after(*self.stops())

    def _offer(self) -> None:
        """Offer the next documents, where there are more."""
        left = len(self._counts) - len(self.documents)
        self.more.setText(self.tr("Show %n more document(s)", "", min(left, DOCUMENTS)))
        self.more.setVisible(left > 0)

    def _on_made(self, blocks: Sequence[QuoteBlock]) -> None:
        for block in blocks:
            block.citation_wished.connect(self.citation_wished)
            block.tip.wished.connect(self.translation_wished)
            block.tip.left.connect(self.translation_left)

    def _on_more(self) -> None:
        begun = len(self.documents)
        self._make()
        self.documents[begun].line.setFocus()  # else focus goes with the button
        announce.say(self, self.tr("%n more document(s)", "", len(self.documents) - begun))
