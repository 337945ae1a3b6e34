"""One turn of a conversation: the question, what was found, the answer, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.answer import marks
from desktop_rag.answer.arrangement import Arrangement
from desktop_rag.answer.turn import Progress
from desktop_rag.domain.answers import AnswerMode, First, QuestionKind, SentenceCheck
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat import markdown, transcript
from desktop_rag.gui.chat.answer_actions import AnswerActions
from desktop_rag.gui.chat.answer_text import AnswerText
from desktop_rag.gui.chat.arrangement import cards_of, shown_of
from desktop_rag.gui.chat.check_summary import CheckSummary
from desktop_rag.gui.chat.found_places import FoundPlaces
from desktop_rag.gui.chat.numbering import cited_in, in_order, numbers_of
from desktop_rag.gui.chat.question_edit import QuestionEdit
from desktop_rag.gui.chat.quote_blocks import QuoteBlocks, QuoteLook
from desktop_rag.gui.chat.reasoning_view import ReasoningView
from desktop_rag.gui.chat.route_line import RouteLine
from desktop_rag.gui.chat.searched_line import SearchedLine
from desktop_rag.gui.chat.section_pace import SectionPace
from desktop_rag.gui.chat.sentence_marks import check_tip, check_words
from desktop_rag.gui.chat.sentence_signs import GUTTER, SentenceSigns
from desktop_rag.gui.chat.source_cards import SourceCards
from desktop_rag.gui.chat.values import LeftOut, Statistics, TranslationValue, TurnValue, Way
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import PlainLabel, plain_label
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.wording import wording_words

PACE_MS = 40  # between two renderings, at least
_LOAD = 3  # rendering takes at most one part in so many of the time


class AnswerView(QWidget):
    """A question with its answer, complete or being written.

    It may cite passages of other turns, too, which `elsewhere` gives by their numbers.

    Signals:
        source_opened: a `Source` that is to be seen on its page.
        citation_wished: a `Source`, and the `CitationStyle` that it is to be copied in.
        link_requested: an address in the answer that was clicked.
        regenerate_requested: the turn, to be answered once more.
        edit_requested: the turn and its question in other words.
        search_requested: the turn, and what is to be searched for it instead.
        names_requested, cards_requested: the turn, of which names are to be listed, or study
            questions to be written to a file.
        way_requested: the turn, and the `Way` it is to be answered in instead.
        export_requested: the turn, whose answer is to be written to a file.
        prompt_requested: the turn, to see why its answer is what it is.
        setting_requested: the page of the settings that decides what was told of.
        place_shown: a height within this view that is to be seen.
        translation_requested: a `Source` that is looked at, and the language of the answer.
        translation_left: it is not looked at any more.
        text_grown: text was added, and the view with it.
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
    place_shown = Signal(int)
    translation_requested = Signal(object, str)
    translation_left = Signal()
    text_grown = Signal()

    def __init__(
        self,
        turn: int,
        question: str,
        elsewhere: Callable[[int], Source | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.turn = turn
        self._elsewhere = elsewhere
        self._value: TurnValue | None = None
        self._sources: dict[int, Source] = {}
        self._cited: tuple[Source, ...] = ()
        self._language = UNKNOWN_LANGUAGE
        self._translating = False
        self._pace = SectionPace()
        self._pending = ""
        self._unspoken = ""
        self._marks = markdown.GrowingCitations()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._flush)
        self._build(question)

    # What is shown

    def tab_after(self, before: QWidget) -> None:
        """Let Tab come here from a widget, and go through what is here from top to bottom."""
        put_after(before, *self._stops())

    @property
    def last_stop(self) -> QWidget:
        """Where Tab leaves to what comes below."""
        return self._actions.buttons[-1]

    def _stops(self) -> list[QWidget]:
        thoughts = (self.thoughts.summary, self.thoughts.box)
        above = (self._route, self._searched.change, *self.leading.stops(), *thoughts)
        quotes = (*self.following.stops(), *self.places.stops())
        text = (self.text, self._checks.button, *quotes)
        below = (self._loosen, *self.cards.stops(), self._retry, *self._actions.buttons)
        return [*above, *text, *below]

    def begin(self, question: str) -> None:
        """Show a question whose answer is awaited, in place of whatever stood here."""
        self._value = None
        self._pace = SectionPace()
        self._pending, self._unspoken = "", ""
        self._sources, self._cited = {}, ()
        self._question.show_question(question)
        self._searched.show_searched(question, "")
        self._route.hide()
        self.text.sentences.show_checks(())
        self.text.show_text("")
        self._show_wording(Wording(), found=False)
        self._show_parts(Arrangement(""), {})
        self._checks.show_checks(())
        self._loosen.hide()
        self.cards.clear()
        self.thoughts.clear()
        self._show_state(self.tr("Searching your documents…"))
        self.text.hide()
        self._banner.hide()
        self._actions.hide()

    def set_language(self, language: str) -> None:
        """Say which language the answer is in: passages in another may be translated into it."""
        self._language = language

    def set_translating(self, translating: bool) -> None:
        """Offer translations from now on, or no longer."""
        self._translating = self._route.writing = translating

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is where it was requested."""
        for part in (self.cards, self.leading, self.following, self.places):
            part.show_translation(value)
        self.text.tip.show_translation(value)

    def set_sources(
        self, sources: Sequence[Source], seconds: float | None, wording: Wording
    ) -> None:
        """Show what was found, before the first word of the answer."""
        self._show_wording(wording, found=bool(sources))
        announce.say(self._wording, self._wording.text())
        self._sources = {source.number: source for source in sources}
        self.cards.show_found(sources, seconds or 0.0)
        self._order()
        self._know("")
        if sources and not self.text.text:
            self._show_state(self.tr("Reading the passages…"))

    def set_searched(self, question: str, searched: str) -> None:
        """Tell what was searched for a question, where that is something else."""
        self._searched.show_searched(question, searched)
        if not self._searched.isHidden():
            announce.say(self._searched, self._searched.label.text())

    def set_way(self, value: TurnValue) -> None:
        """Tell what the question was taken for."""
        self._route.show_way(value)
        if not self._route.isHidden():
            announce.say(self._route, self._route.text())

    def set_progress(self, progress: Progress) -> None:
        """Say how far the answer is with whole documents, and how long the rest will take."""
        self._flush()
        self._show_state(self._pace.words(progress, monotonic_ns() / 1e9))

    def set_quotes(self, quotes: Sequence[Source]) -> None:
        """Show what stands first, whatever a model is going to write below it."""
        self.cards.fold()
        self.leading.show_quotes(quotes, in_order(quote.number for quote in quotes))
        self.text.set_muted(True)
        self._by_model.setText(self.tr("Written by the model, not confirmed yet"))
        self._know(self.text.text)
        self._order()
        told = self.tr("%n quotation(s) from your documents", "", len(quotes))
        announce.say(self.leading, told)

    def add_thought(self, text: str) -> None:
        """Let what the model thinks first grow."""
        self._show_state("")
        self.thoughts.add(text)

    def add_text(self, text: str) -> None:
        """Let the answer grow; it is rendered a little later, with what comes until then."""
        self._pending += text
        if not self._timer.isActive():
            self._timer.start(PACE_MS)

    def set_checks(self, checks: Sequence[SentenceCheck]) -> None:
        """Mark sentences of an answer that goes on; how many are borne out is told at its end."""
        self.text.sentences.show_checks(checks)
        self.signs.update()

    def show_turn(self, value: TurnValue, *, fresh: bool = False) -> None:
        """Show a turn that is over; a `fresh` one has just been written here."""
        self._flush()
        self._timer.stop()
        self._value, self._cited = value, value.cited
        self._language = value.language
        self._show_thoughts(value, fresh=fresh)
        self._sources = {source.number: source for source in value.sources}
        self._question.show_question(value.question)
        self._searched.show_searched(value.question, value.searched)
        self._route.show_way(value)
        self._show_wording(value.wording, found=bool(value.sources))
        self._show_answer(value)
        self._speak(final=True)
        if fresh:
            self._say_how_far()
        self._show_state(self._state_of(value), told=fresh)
        self._show_error(value.error)
        written = bool(value.answer.strip() or value.quotes)
        cites = bool(value.sources or value.quotes or value.cited)
        self._actions.offer(written=written, cited=cites, known=value.statistics is not None)
        self._actions.offer_digest(named=bool(value.entities), cards=bool(value.cards))
        self._order()

    def _show_answer(self, value: TurnValue) -> None:
        shown, numbers = shown_of(value), numbers_of(value, self._elsewhere)
        known = self._known(value.answer)
        self.text.set_known(known, numbers)
        self.text.set_quotes(self._translatable_quote, quoting=value.quoting)
        if self.text.text.strip() != shown.text.strip():
            self.text.show_text(shown.text)
        self.text.setVisible(bool(shown.text.strip()))
        self.text.sentences.show_checks(value.checks)
        self.signs.update()
        self._checks.show_checks(value.checks if value.whole else ())
        self.text.setAccessibleDescription(self._told_of_checks())
        self._show_parts(shown, numbers, value.counts)
        self._loosen.setVisible(value.refused and value.strict)
        cited = cited_in(value.answer, known.keys())
        self.cards.show_cited(*cards_of(value, shown, cited, list(known.values())), numbers)

    def _show_parts(
        self,
        shown: Arrangement[Source],
        numbers: Mapping[int, int],
        counts: Sequence[DocumentCount] = (),
    ) -> None:
        """Show the quotes above and below the text, and say so where it is not borne out."""
        self.leading.show_quotes(shown.leading, numbers)
        self._unconfirmed.setVisible(shown.unconfirmed)
        written = bool(shown.leading and shown.text.strip())
        self._by_model.setText(self.tr("Written by the model"))
        self._by_model.setVisible(written and not shown.unconfirmed)
        self.text.set_muted(shown.unconfirmed)
        if shown.near:
            look = QuoteLook(self.tr("The nearest passages"), muted=True)
        elif shown.folded:
            words = self.tr("%n quotation(s) from your documents", "", len(shown.following))
            look = QuoteLook(words, folded=True)
        else:
            look = QuoteLook()
        counted = bool(counts and shown.following)  # else none of its places is shown
        self.following.show_quotes(() if counted else shown.following, numbers, look)
        places = shown.following if counted else ()
        self.places.show_places(counts if counted else (), places, numbers)

    def _told_of_checks(self) -> str:
        count = len(self.text.sentences.flagged)
        if not count:
            return ""
        told = self.tr("%n sentence(s) not wholly supported by your documents.", "", count)
        return told + " " + self.tr("F8 goes to the next one.")

    def fail(self, message: str) -> None:
        """Say why there is no answer, or no more of it; what was written stays."""
        self._flush()
        self.thoughts.end()
        self._timer.stop()
        self._show_state("")
        self._show_error(message)
        announce.say(self._banner, message, urgent=True)
        self._unconfirmed.setVisible(not self._by_model.isHidden())
        self._by_model.hide()
        written = bool(self.text.text.strip() or self.leading.quotes)
        self._actions.offer(written=written, cited=written, known=False)

    # Parts

    def _build(self, question: str) -> None:
        self._question = QuestionEdit(self)
        self._question.show_question(question)
        self._question.question_changed.connect(self._on_question_changed)
        self._searched = SearchedLine(self)
        self._searched.search_changed.connect(self._on_search_changed)
        self._route = RouteLine(self)
        self._route.way_chosen.connect(self._on_way_chosen)
        self._wording = plain_label("", "muted", self)
        self._wording.hide()
        self.cards = SourceCards(self._translatable, self)
        self.cards.translation_wished.connect(self._on_translation_wished)
        self.cards.translation_left.connect(self.translation_left)
        self.cards.source_opened.connect(self.source_opened)
        self.cards.citation_wished.connect(self.citation_wished)
        self.thoughts = ReasoningView(self)
        self.thoughts.grown.connect(self.text_grown)
        self._build_text()
        self._state = plain_label("", "muted", self)
        self._state.hide()
        self._banner = self._made_banner()
        self._actions = self._made_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GUTTER, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_S)
        above = (
            self._question,
            self._route,
            self._searched,
            self._wording,
            self.leading,
            self.thoughts,
        )
        written = (self._by_model, self._unconfirmed, self.text)
        answer = (*written, self._checks, self.following, self.places)
        below = (self._loosen, self.cards, self._state, self._banner, self._actions)
        for part in (*above, *answer, *below):
            layout.addWidget(part)

    def _build_text(self) -> None:
        self.text = AnswerText(self)
        self.text.citation_chosen.connect(self._on_citation_chosen)
        self.text.link_chosen.connect(self.link_requested)
        self.text.next_wished.connect(self._on_next_wished)
        self.text.tip.wished.connect(self._on_translation_wished)
        self.text.tip.left.connect(self.translation_left)
        self.text.hide()
        self.signs = SentenceSigns(self.text, self)
        self._checks = CheckSummary(self)
        self._checks.next_wished.connect(self._on_next_wished)
        told = self.tr("Written by the model, not confirmed by your documents")
        self._unconfirmed = plain_label(told, "warning", self)
        self._by_model = plain_label("", "muted", self)
        for label in (self._by_model, self._unconfirmed):
            label.setContentsMargins(0, tokens.SPACE_S, 0, 0)
            label.hide()
        self._loosen = TextButton("settings", self.tr("Allow general knowledge…"), "link", self)
        self._loosen.setToolTip(
            self.tr("Answers rest on your documents alone. A setting lets the model add to them.")
        )
        self._loosen.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._loosen.clicked.connect(lambda: self.setting_requested.emit("answering"))
        self._loosen.hide()
        self.leading, self.following = (QuoteBlocks(self._translatable, self) for _ in range(2))
        self.places = FoundPlaces(self._translatable, self)
        for quotes in (self.leading, self.following, self.places):
            quotes.source_opened.connect(self.source_opened)
            quotes.citation_wished.connect(self.citation_wished)
            quotes.translation_wished.connect(self._on_translation_wished)
            quotes.translation_left.connect(self.translation_left)

    def _made_banner(self) -> QFrame:
        banner = QFrame(self)
        banner.setProperty("role", "banner")
        self._sign = PlainLabel("", banner)
        self._error = plain_label("", "danger", banner)
        self._error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._retry = QPushButton(self.tr("Try again"), banner)
        self._retry.clicked.connect(self._on_regenerate)
        row = QHBoxLayout(banner)
        row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_M, tokens.SPACE_S)
        row.setSpacing(tokens.SPACE_S)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        row.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignTop)
        banner.hide()
        return banner

    def _made_actions(self) -> AnswerActions:
        actions = AnswerActions(self)
        actions.copy_wished.connect(self._on_copy)
        actions.export_wished.connect(self._on_export)
        actions.again_wished.connect(self._on_regenerate)
        actions.edit_wished.connect(self._on_edit)
        actions.reason_wished.connect(self._on_reason)
        actions.ways_wished.connect(self._on_ways_wished)
        actions.names_wished.connect(lambda: self.names_requested.emit(self.turn))
        actions.cards_wished.connect(lambda: self.cards_requested.emit(self.turn))
        self._draw_icons()
        return actions

    def _draw_icons(self) -> None:
        self._sign.setPixmap(theme.icon("warning", "danger").pixmap(tokens.ICON, tokens.ICON))

    # What happens

    def _flush(self) -> None:
        if not self._pending:
            return
        text, self._pending = self._pending, ""
        self.thoughts.end()
        began = _now_ms()
        if self.text.isHidden():
            self.text.show()
            self._by_model.setVisible(bool(self.leading.quotes))
            self.cards.fold()
            self._show_state("")
        self._know(self.text.text + text)
        self.text.add_text(text)
        # a pathological answer slows its own rendering, and not the window
        self._timer.setInterval(max(PACE_MS, _LOAD * (_now_ms() - began)))
        self._unspoken += text
        self._speak()
        self.text_grown.emit()

    def _speak(self, *, final: bool = False) -> None:
        end = len(self._unspoken) if final else markdown.end_of_sentences(self._unspoken)
        said, self._unspoken = self._unspoken[:end], self._unspoken[end:]
        plain = markdown.spoken(marks.without_marks(said, self._known(said).keys()))
        announce.say(self.text, plain.strip())

    def _say_how_far(self) -> None:
        """Say of an answer that was just heard how far it is borne out."""
        if not self._unconfirmed.isHidden():
            announce.say(self._unconfirmed, self._unconfirmed.text())
        announce.say(self.text, self.text.accessibleDescription())

    def _show_thoughts(self, value: TurnValue, *, fresh: bool) -> None:
        """Show the thoughts of a turn; fresh ones stay as the reader left them."""
        self.thoughts.end()
        if not (fresh and self.thoughts.text):
            self.thoughts.show_whole(value.thoughts, value.thought_seconds)

    def _known(self, text: str) -> dict[int, Source]:
        """Return what can be cited here: its own passages, and others that `text` cites."""
        return self._known_among(marks.cited(text))

    def _known_among(self, numbers: Iterable[int]) -> dict[int, Source]:
        cited = {source.number: source for source in reversed(self._cited)}
        known = {**cited, **self._sources}
        others = (number for number in numbers if number not in known)
        found = {number: self._elsewhere(number) for number in others}
        return known | {number: source for number, source in found.items() if source}

    def _know(self, text: str) -> None:
        """Number what a text cites in the order in which it does."""
        numbers = self._marks.of(text)
        known = self._known_among(numbers)
        leading = (quote.number for quote in self.leading.quotes)
        self.text.set_known(known, in_order(leading, (one for one in numbers if one in known)))

    def _order(self) -> None:
        """Let Tab go through what has just been made where it stands."""
        put_after(*self._stops())

    def _quote(self, number: int, occurrence: int) -> Source | None:
        """Return what a mark stands for: the quote, or the passage while there is none."""
        quotes = [source for source in self._cited if source.number == number]
        if quotes:
            return quotes[min(occurrence, len(quotes) - 1)]
        return self._known(self.text.text).get(number)

    def _translatable_quote(self, number: int, occurrence: int) -> Source | None:
        quote = self._quote(number, occurrence)
        return quote if quote and self._translatable(quote) else None

    def _translatable(self, source: Source) -> bool:
        return self._translating and source.foreign(self._language)

    def _on_translation_wished(self, source: Source) -> None:
        self.translation_requested.emit(source, self._language)

    def _on_citation_chosen(self, number: int, occurrence: int) -> None:
        self.source_opened.emit(self._quote(number, occurrence))

    def _on_question_changed(self, question: str) -> None:
        self.edit_requested.emit(self.turn, question)

    def _on_regenerate(self) -> None:
        self.regenerate_requested.emit(self.turn)

    def _on_edit(self) -> None:
        self._question.edit(self._searched.change.previousInFocusChain() or self)

    def _on_export(self) -> None:
        self.export_requested.emit(self.turn)

    def _on_reason(self) -> None:
        self.prompt_requested.emit(self.turn)

    def _on_search_changed(self, searched: str) -> None:
        self.search_requested.emit(self.turn, searched)

    def _on_way_chosen(self, way: Way) -> None:
        self.way_requested.emit(self.turn, way)

    def _on_ways_wished(self) -> None:
        button = self._actions.ways
        self._route.menu_of_ways().popup(button.mapToGlobal(QPoint(0, button.height())))

    def _on_next_wished(self, by: int = 1) -> None:
        """Go to a sentence that is not borne out, and say why it is not."""
        chosen = self.text.sentences.step(by)
        if chosen is None:
            return
        place = self.text.sentences.place_of(chosen)
        self.text.setFocus()
        self.place_shown.emit(self.text.y() + place.center().y())
        below = self.text.viewport().mapToGlobal(place.bottomLeft() + QPoint(0, tokens.SPACE_S))
        QToolTip.showText(below, check_tip(chosen.check), self.text.viewport())
        said = " ".join(chosen.check.sentence.split())
        announce.say(self.text, f"{check_words(chosen.check)} “{said}”", urgent=True)

    def _on_copy(self, cited: bool) -> None:
        value = self._value or self._half()
        known = self._known(value.answer)
        text = transcript.cited(value, known) if cited else transcript.plain(value, known)
        self._actions.put(text, cited=cited)

    def _half(self) -> TurnValue:
        """Return what there is of an answer that failed on its way."""
        sources, quotes = tuple(self._sources.values()), self.leading.quotes
        half = TurnValue(self.turn, "", self.text.text, sources, self._cited, None, stopped=True)
        return replace(half, quotes=quotes, first=First.QUOTES if quotes else First.ANSWER)

    # States

    def _show_state(self, words: str, *, told: bool = True) -> None:
        self._state.setText(words)
        self._state.setVisible(bool(words))
        if told:
            announce.say(self._state, words)

    def _show_wording(self, wording: Wording, *, found: bool) -> None:
        words = wording_words(wording, found=found)
        self._wording.setText(words)
        self._wording.setVisible(bool(words))

    def _show_error(self, message: str) -> None:
        self._error.setText(message)
        self._banner.setVisible(bool(message))

    def _state_of(self, value: TurnValue) -> str:
        if value.error:
            return ""
        if value.stopped:
            return self.tr("Stopped")
        if value.mode is AnswerMode.SAID:
            return ""
        if not value.answer.strip() and not value.quotes:
            nothing = self.tr("Nothing in these documents answers this.")
            words = nothing + " " + self.tr("Try other words, or ask the whole library.")
        else:
            words = self._way(value.statistics) if value.statistics else ""
            if value.kind is QuestionKind.WRITING and value.mode is AnswerMode.MODEL:
                words = self.tr("Written freely from your pages, not checked as an answer")
        if not value.incomplete:
            return words
        lacking = self.tr("%n document(s) were still being indexed", "", value.incomplete)
        return f"{words} · {lacking}" if words else lacking

    def _way(self, statistics: Statistics) -> str:
        if statistics.mode is AnswerMode.EXTRACT:
            return self.tr("Quoted from your documents, no language model")
        if statistics.mode is not AnswerMode.MODEL:
            return ""
        seconds = QLocale().toString(statistics.seconds, "f", 1)
        written = self.tr("Written by a language model in {seconds} s").format(seconds=seconds)
        lost = left_out(statistics.left_out)
        if not lost:
            return written
        return written + " · " + self.tr("no room for {what}").format(what=lost)

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()


def left_out(what: LeftOut) -> str:
    """Return in words what a model did not read for want of room; none if it read all."""
    translate = QCoreApplication.translate
    parts = []
    if what.exchanges:
        parts.append(translate("AnswerView", "%n earlier exchange(s)", "", what.exchanges))
    if what.passages:
        parts.append(translate("AnswerView", "%n passage(s)", "", what.passages))
    if what.shortened:
        parts.append(translate("AnswerView", "the end of %n passage(s)", "", what.shortened))
    return ", ".join(parts)


def _now_ms() -> int:
    return monotonic_ns() // 1_000_000
