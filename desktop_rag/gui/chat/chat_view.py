"""The transcript of a conversation, which follows an answer only while the reader does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.answer.turn import Progress
from desktop_rag.domain.answers import SentenceCheck
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat.answer_view import AnswerView
from desktop_rag.gui.chat.empty_chat import EmptyChat
from desktop_rag.gui.chat.sentence_signs import GUTTER
from desktop_rag.gui.chat.values import TranslationValue, TurnValue, source_before
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets.tab_order import put_after

FIRST, MORE = 20, 40  # turns that are shown, and that are added on wish
KEPT = 40  # turns that stay built while others are added at the end: each has many widgets
_AT_ONCE = 4  # of them are built at once, the others when nothing else is to be done
_NEAR = tokens.SPACE_S  # this close to the end is at the end
_SAMPLE = "the report of last year says that the debt fell, mostly because of taxes"


class ChatView(QWidget):
    """Shows the turns of a conversation, the last ones first.

    Signals:
        source_opened: a `Source` that is to be seen on its page.
        citation_wished: a `Source`, and the `CitationStyle` that it is to be copied in.
        link_requested: an address in an answer that was clicked; nothing opened it.
        regenerate_requested: the turn, to be answered once more.
        edit_requested: the turn and its question in other words.
        search_requested: the turn, and what is to be searched for it instead.
        names_requested, cards_requested: the turn, of which names are to be listed, or study
            questions to be written to a file.
        way_requested: the turn, and the `Way` it is to be answered in instead.
        export_requested: the turn, whose answer is to be written to a file.
        prompt_requested: the turn, to see why its answer is what it is.
        setting_requested: the page of the settings that decides what was told of.
        translation_requested: a `Source` that is looked at, and the language wanted.
        translation_left: it is not looked at any more.
        add_documents_requested: from the empty state.
        sample_requested: the sample library, from the empty state.
        suggestion_chosen: a question to ask, from the empty state.
    """

    source_opened = Signal(object)
    citation_wished = Signal(object, object)
    link_requested = Signal(str)
    regenerate_requested = Signal(int)
    edit_requested = Signal(int, str)
    search_requested = Signal(int, str)
    names_requested = Signal(int)
    cards_requested = Signal(int)
    way_requested = Signal(int, object)
    export_requested = Signal(int)
    prompt_requested = Signal(int)
    setting_requested = Signal(str)
    translation_requested = Signal(object, str)
    translation_left = Signal()
    add_documents_requested = Signal()
    sample_requested = Signal()
    suggestion_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turns: Sequence[TurnValue] = ()
        self._unbuilt = 0  # of them, from the start
        self._views: dict[int, AnswerView] = {}
        self._sources: dict[int, Source] = {}
        self._translating = False
        self._following = True
        self._held: int | None = None  # distance to the end, kept while older turns are laid out
        self._moving = False
        self._wanted = 0  # turns that are still to be built
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._load_some)
        self._build()

    # What is shown

    def show_turns(self, turns: Sequence[TurnValue]) -> None:
        """Show a conversation from its end; whatever `turns` come to be, they are its turns."""
        self._empty_column()
        self._turns, self._unbuilt = turns, len(turns)
        self._following = True
        self._wanted = FIRST
        self._load(_AT_ONCE)
        self._show_whichever()

    def begin(self, turn: int, question: str) -> None:
        """Show a question whose answer is awaited, at the end or where it stood."""
        view = self._views.get(turn)
        if view is None:
            view = self._added(turn, question, self._column.count() - 1)
            self._following = True
            self._put_away()
        self._keep_keyboard(view)
        view.begin(question)
        self._show_whichever()
        self._to_end_if_following()

    def set_language(self, turn: int, language: str) -> None:
        """Say which language an answer is going to be in."""
        if view := self._views.get(turn):
            view.set_language(language)

    def set_translating(self, translating: bool) -> None:
        """Offer translations of what is in another language than its answer, or none."""
        self._translating = translating
        for view in self._views.values():
            view.set_translating(translating)

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is where it was requested."""
        for view in self._views.values():
            view.show_translation(value)

    def set_sources(
        self, turn: int, sources: Sequence[Source], seconds: float | None, wording: Wording
    ) -> None:
        """Show what was found for a question, and how its very words fared."""
        if view := self._views.get(turn):
            view.set_sources(sources, seconds, wording)
            self._remember(sources)

    def set_searched(self, turn: int, question: str, searched: str) -> None:
        """Tell what was searched for a question, where that is something else."""
        if view := self._views.get(turn):
            view.set_searched(question, searched)

    def set_way(self, turn: int, value: TurnValue) -> None:
        """Tell what a question was taken for."""
        if view := self._views.get(turn):
            view.set_way(value)

    def set_progress(self, turn: int, progress: Progress) -> None:
        """Say how far an answer is with whole documents."""
        if view := self._views.get(turn):
            view.set_progress(progress)

    def set_quotes(self, turn: int, quotes: Sequence[Source]) -> None:
        """Show what stands first, above all that a model is going to write."""
        if view := self._views.get(turn):
            view.set_quotes(quotes)

    def add_thought(self, turn: int, text: str) -> None:
        """Let what a model thinks before its answer grow; it stays folded unless it is opened."""
        if view := self._views.get(turn):
            view.add_thought(text)

    def thought_seconds(self, turn: int) -> float:
        """Return how long a model thought before the answer that was just written; 0 if not."""
        view = self._views.get(turn)
        return view.thoughts.seconds if view else 0.0

    def add_text(self, turn: int, text: str) -> None:
        """Let an answer grow."""
        if view := self._views.get(turn):
            self._held = None
            view.add_text(text)

    def set_checks(self, turn: int, checks: Sequence[SentenceCheck]) -> None:
        """Mark sentences of an answer that goes on."""
        if view := self._views.get(turn):
            view.set_checks(checks)

    def finish(self, turn: int, value: TurnValue) -> None:
        """Show an answer that is complete, or was stopped."""
        if view := self._views.get(turn):
            view.show_turn(value, fresh=True)
            self._remember(value.sources)

    def fail(self, turn: int, message: str) -> None:
        """Say why there is no answer."""
        if view := self._views.get(turn):
            view.fail(message)

    def set_empty(self, kind: str, suggestions: Sequence[str] = ()) -> None:
        """Choose what an empty conversation says: `no_documents`, `reading` or `ready`."""
        self._empty.show_kind(kind, suggestions)

    def scroll_to_end(self) -> None:
        """Go to the end and follow it."""
        self._following, self._held = True, None
        self._to_end_if_following()

    # Parts

    def _build(self) -> None:
        self._empty = EmptyChat(self)
        self._empty.add_documents_requested.connect(self.add_documents_requested)
        self._empty.sample_requested.connect(self.sample_requested)
        self._empty.suggestion_chosen.connect(self.suggestion_chosen)
        inside = _Column()
        self._column = QVBoxLayout(inside)
        self._column.setSpacing(tokens.SPACE_XXL)
        self._earlier = QPushButton(self.tr("Show earlier"), inside)
        self._earlier.setProperty("role", "link")
        self._earlier.clicked.connect(self._on_earlier)
        self._earlier.hide()
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(self.tr("Conversation"))
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._on_value_changed)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        put_after(self._area, self._earlier)
        self._pill = QPushButton(self.tr("New text"), self)
        self._pill.setProperty("role", "primary")
        self._pill.setToolTip(self.tr("Go to the end of the answer"))
        self._pill.clicked.connect(self.scroll_to_end)
        self._pill.hide()
        self._draw_icons()

    def _draw_icons(self) -> None:
        self._pill.setIcon(theme.icon("arrow-down", "on_accent"))
        self._earlier.setIcon(theme.icon("chevron-up", "accent"))

    def _load_some(self) -> None:
        bar = self._area.verticalScrollBar()
        if not self._following and self._held is None:
            self._held = bar.maximum() - bar.value()
        self._load(1)

    def _load(self, count: int) -> None:
        """Build the last `count` of the turns that are not built yet, above those that are."""
        count = min(count, self._wanted, self._unbuilt)
        if count <= 0:
            return
        first, end = self._unbuilt - count, self._unbuilt
        values = [self._turns[at] for at in range(first, end)]
        self._unbuilt = first
        known = {source.number: source for value in values for source in value.sources}
        self._sources = known | self._sources
        for at, value in enumerate(values):
            self._added(value.id, value.question, at + 1).show_turn(value)
        self._wanted -= count
        if self._wanted and self._unbuilt:
            self._later.start()
        self._earlier.setVisible(bool(self._unbuilt) and not self._wanted)

    def _source(self, number: int) -> Source | None:
        return self._sources.get(number) or source_before(self._turns, self._unbuilt, number)

    def _added(self, turn: int, question: str, at: int) -> AnswerView:
        view = AnswerView(turn, question, self._source, self._area.widget())
        item = self._column.itemAt(at - 1)
        above = item.widget() if item else None
        view.source_opened.connect(self.source_opened)
        view.citation_wished.connect(self.citation_wished)
        view.link_requested.connect(self.link_requested)
        view.regenerate_requested.connect(self.regenerate_requested)
        view.edit_requested.connect(self.edit_requested)
        view.search_requested.connect(self.search_requested)
        view.way_requested.connect(self.way_requested)
        view.export_requested.connect(self.export_requested)
        view.names_requested.connect(self.names_requested)
        view.cards_requested.connect(self.cards_requested)
        view.prompt_requested.connect(self.prompt_requested)
        view.setting_requested.connect(self.setting_requested)
        view.place_shown.connect(partial(self._show_place, view))
        view.translation_requested.connect(self.translation_requested)
        view.translation_left.connect(self.translation_left)
        view.set_translating(self._translating)
        view.text_grown.connect(self._on_text_grown)
        self._column.insertWidget(at, view)
        self._views[turn] = view
        view.tab_after(above.last_stop if isinstance(above, AnswerView) else self._earlier)
        return view

    def _keep_keyboard(self, view: QWidget) -> None:
        """Take it from a turn of which something goes: else anything might be given it."""
        focused = QApplication.focusWidget()
        if focused is not None and view.isAncestorOf(focused):
            self._area.setFocus()

    def _put_away(self) -> None:
        """Take away the earliest turns but for the last `KEPT`; they are built again on wish."""
        count = max(0, len(self._views) - KEPT)
        for at in range(self._unbuilt, self._unbuilt + count):
            self._remove(self._views.pop(self._turns[at].id))
        self._unbuilt += count
        if count:
            self._wanted = 0
            self._earlier.show()

    def _remove(self, view: AnswerView) -> None:
        self._keep_keyboard(view)
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _empty_column(self) -> None:
        for view in self._views.values():
            self._remove(view)
        self._views.clear()
        self._sources, self._held, self._wanted = {}, None, 0
        self._later.stop()
        self._earlier.hide()
        self._pill.hide()

    def _remember(self, sources: Sequence[Source]) -> None:
        self._sources.update((source.number, source) for source in sources)

    def _show_whichever(self) -> None:
        self._stack.setCurrentWidget(self._area if self._views else self._empty)

    # Scrolling

    def _on_earlier(self) -> None:
        bar = self._area.verticalScrollBar()
        self._following, self._held = False, bar.maximum() - bar.value()
        self._wanted = MORE
        self._load(_AT_ONCE)

    def _on_text_grown(self) -> None:
        if not self._following:
            self._pill.setVisible(True)
            self._pill.raise_()
            self._place_pill()

    def _on_range_changed(self, _least: int, most: int) -> None:
        if self._held is not None:
            self._move_to(most - self._held)
        self._to_end_if_following()

    def _on_value_changed(self, value: int) -> None:
        if self._moving:
            return
        self._held = None
        self._following = value >= self._area.verticalScrollBar().maximum() - _NEAR
        if self._following:
            self._pill.hide()

    def _to_end_if_following(self) -> None:
        if self._following:
            self._pill.hide()
            self._move_to(self._area.verticalScrollBar().maximum())

    def _move_to(self, value: int) -> None:
        self._moving = True
        self._area.verticalScrollBar().setValue(value)
        self._moving = False

    def _show_place(self, view: AnswerView, height: int) -> None:
        self._held = None
        self._area.ensureVisible(0, view.y() + height, 0, tokens.SPACE_XXL)

    def _place_pill(self) -> None:
        self._pill.adjustSize()
        self._pill.move(
            (self.width() - self._pill.width()) // 2,
            self.height() - self._pill.height() - tokens.SPACE_M,
        )

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        font = QFont(self.font())
        font.setPixelSize(tokens.TEXT_READING)
        signs = QFontMetrics(font).horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        bar = self._area.verticalScrollBar().sizeHint().width()
        free = self.width() - bar - round(signs * tokens.READING_SIGNS)
        least = tokens.SPACE_L if self.width() < 2 * round(signs * 36) else tokens.SPACE_XL
        side = max(least, free // 2)
        self._column.setContentsMargins(side - GUTTER, tokens.SPACE_L, side, tokens.SPACE_XL)
        self._place_pill()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()


class _Column(QWidget):
    """The turns one below the other, as tall as they are in the width there is."""

    # Qt

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # that of wrapped labels is as tall as if they were narrow
