"""One turn of a conversation: the question, what was found, the answer, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic_ns

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat import markdown
from desktop_rag.gui.chat.answer_text import AnswerText
from desktop_rag.gui.chat.question_edit import QuestionEdit
from desktop_rag.gui.chat.reasoning_view import ReasoningView
from desktop_rag.gui.chat.source_cards import SourceCards
from desktop_rag.gui.chat.values import LeftOut, Statistics, TranslationValue, TurnValue
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.tab_order import put_after
from desktop_rag.gui.widgets.wording import wording_words

PACE_MS = 40  # between two renderings, at least
_LOAD = 3  # rendering takes at most one part in so many of the time
_COPIED_MS = 1500


class AnswerView(QWidget):
    """A question with its answer, complete or being written.

    It may cite passages of other turns, too, which `elsewhere` gives by their numbers.

    Signals:
        source_opened: a `Source` that is to be seen on its page.
        link_requested: an address in the answer that was clicked.
        regenerate_requested: the turn, to be answered once more.
        edit_requested: the turn and its question in other words.
        prompt_requested: the turn, to see what the model read.
        translation_requested: a `Source` that is looked at, and the language of the answer.
        translation_left: it is not looked at any more.
        text_grown: text was added, and the view with it.
    """

    source_opened = Signal(object)
    link_requested = Signal(str)
    regenerate_requested = Signal(int)
    edit_requested = Signal(int, str)
    prompt_requested = Signal(int)
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
        self._pending = ""
        self._unspoken = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._flush)
        self._build(question)

    # What is shown

    def tab_after(self, before: QWidget) -> None:
        """Let Tab come here from a widget, and go through what is here from top to bottom."""
        buttons = [button for button, _icon in self._buttons]
        thoughts = (self.thoughts.summary, self.thoughts.box)
        put_after(before, self.cards.summary, *thoughts, self.text, self._retry, *buttons)
        self.cards.order()

    @property
    def last_stop(self) -> QWidget:
        """Where Tab leaves to what comes below."""
        return self._buttons[-1][0]

    def begin(self, question: str) -> None:
        """Show a question whose answer is awaited, in place of whatever stood here."""
        self._value = None
        self._pending, self._unspoken = "", ""
        self._sources, self._cited = {}, ()
        self._question.show_question(question)
        self.text.show_text("")
        self._show_wording(Wording(), found=False)
        self.cards.hide()
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
        self._translating = translating

    def show_translation(self, value: TranslationValue) -> None:
        """Show how far a translation is where it was requested."""
        self.cards.show_translation(value)
        self.text.tip.show_translation(value)

    def set_sources(
        self, sources: Sequence[Source], seconds: float | None, wording: Wording
    ) -> None:
        """Show what was found, before the first word of the answer."""
        self._show_wording(wording, found=bool(sources))
        announce.say(self._wording, self._wording.text())
        self._sources = {source.number: source for source in sources}
        self.cards.show_sources(sources, seconds, opened=True)
        self.text.set_known(self._known(""))
        if sources and not self.text.text:
            self._show_state(self.tr("Reading the passages…"))

    def add_thought(self, text: str) -> None:
        """Let what the model thinks first grow."""
        self._show_state("")
        self.thoughts.add(text)

    def add_text(self, text: str) -> None:
        """Let the answer grow; it is rendered a little later, with what comes until then."""
        self._pending += text
        if not self._timer.isActive():
            self._timer.start(PACE_MS)

    def show_turn(self, value: TurnValue, *, fresh: bool = False) -> None:
        """Show a turn that is over; a `fresh` one has just been written here."""
        self._flush()
        self._timer.stop()
        self._value, self._cited = value, value.cited
        self._language = value.language
        self._show_thoughts(value, fresh=fresh)
        self._sources = {source.number: source for source in value.sources}
        if not fresh or self.cards.isHidden():  # else they stay as the reader left them
            self.cards.show_sources(value.sources, None, opened=False)
        self._question.show_question(value.question)
        self._show_wording(value.wording, found=bool(value.sources))
        self.text.set_known(self._known(value.answer))
        self.text.set_quotes(self._translatable_quote, quoting=_quoting(value))
        if self.text.text.strip() != value.answer.strip():
            self.text.show_text(value.answer)
        self.text.setVisible(bool(value.answer.strip()))
        self._speak(final=True)
        self._show_state(self._state_of(value), told=fresh)
        self._show_error(value.error)
        self._actions.setVisible(True)
        self._copy.setVisible(bool(value.answer.strip()))
        self._copy_cited.setVisible(bool(value.answer.strip()))
        by_model = value.statistics is not None and value.statistics.mode is AnswerMode.MODEL
        self._prompt.setVisible(by_model)

    def fail(self, message: str) -> None:
        """Say why there is no answer, or no more of it; what was written stays."""
        self._flush()
        self.thoughts.end()
        self._timer.stop()
        self._show_state("")
        self._show_error(message)
        announce.say(self._banner, message, urgent=True)
        self._actions.setVisible(True)
        written = bool(self.text.text.strip())
        for button in (self._copy, self._copy_cited):
            button.setVisible(written)
        self._prompt.setVisible(False)

    # Parts

    def _build(self, question: str) -> None:
        self._question = QuestionEdit(self)
        self._question.show_question(question)
        self._question.question_changed.connect(self._on_question_changed)
        self._wording = plain_label("", "muted", self)
        self._wording.hide()
        self.cards = SourceCards(self._translatable, self)
        self.cards.translation_wished.connect(self._on_translation_wished)
        self.cards.translation_left.connect(self.translation_left)
        self.cards.source_opened.connect(self.source_opened)
        self.thoughts = ReasoningView(self)
        self.thoughts.grown.connect(self.text_grown)
        self.text = AnswerText(self)
        self.text.citation_chosen.connect(self._on_citation_chosen)
        self.text.link_chosen.connect(self.link_requested)
        self.text.tip.wished.connect(self._on_translation_wished)
        self.text.tip.left.connect(self.translation_left)
        self.text.hide()
        self._state = QLabel(self)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        self._state.setProperty("role", "muted")
        self._state.hide()
        self._banner = self._made_banner()
        self._actions = self._made_actions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_S)
        found = (self._wording, self.cards)
        parts = (self._question, *found, self.thoughts, self.text, self._state, self._banner)
        for part in (*parts, self._actions):
            layout.addWidget(part)

    def _made_banner(self) -> QFrame:
        banner = QFrame(self)
        banner.setProperty("role", "banner")
        self._sign = QLabel(banner)
        self._error = QLabel(banner)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._error.setProperty("role", "danger")
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

    def _made_actions(self) -> QWidget:
        row = QWidget(self)
        row.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row.setStyleSheet(
            f"QToolButton {{ font-size: {tokens.TEXT_SMALL}px;"
            f" padding: {tokens.SPACE_XS // 2}px; }}"
        )
        flow = FlowLayout(row, tokens.SPACE_XS)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._copy = self._button(row, "copy", self.tr("Copy"))
        self._copy_cited = self._button(row, "quote", self.tr("Copy with citations"))
        self._again = self._button(row, "refresh", self.tr("Regenerate"))
        self._edit = self._button(row, "edit", self.tr("Edit"))
        self._prompt = self._button(row, "eye", self.tr("What the model saw"))
        self._again.setToolTip(self.tr("Answer this question once more"))
        self._edit.setToolTip(self.tr("Change the question and send it again"))
        self._prompt.setToolTip(self.tr("Show the exact prompt and its size"))
        for button, _icon in self._buttons:
            flow.addWidget(button)
        self._copy.clicked.connect(self._on_copy)
        self._copy_cited.clicked.connect(self._on_copy_cited)
        self._again.clicked.connect(self._on_regenerate)
        self._edit.clicked.connect(self._on_edit)
        self._prompt.clicked.connect(self._on_prompt)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_MS)
        self._copied.timeout.connect(self._draw_icons)
        self._draw_icons()
        row.hide()
        return row

    def _button(self, parent: QWidget, icon: str, text: str) -> QToolButton:
        button = QToolButton(parent)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons.append((button, icon))
        return button

    def _draw_icons(self) -> None:
        for button, icon in self._buttons:
            button.setIcon(theme.icon(icon, "muted"))
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
            self._show_state("")
        self.text.set_known(self._known(self.text.text + text))
        self.text.add_text(text)
        # a pathological answer slows its own rendering, and not the window
        self._timer.setInterval(max(PACE_MS, _LOAD * (_now_ms() - began)))
        self._unspoken += text
        self._speak()
        self.text_grown.emit()

    def _speak(self, *, final: bool = False) -> None:
        end = len(self._unspoken) if final else markdown.end_of_sentences(self._unspoken)
        said, self._unspoken = self._unspoken[:end], self._unspoken[end:]
        announce.say(self.text, markdown.without_marks(said, self._known(said).keys()).strip())

    def _show_thoughts(self, value: TurnValue, *, fresh: bool) -> None:
        """Show the thoughts of a turn; fresh ones stay as the reader left them."""
        self.thoughts.end()
        if not (fresh and self.thoughts.text):
            self.thoughts.show_whole(value.thoughts, value.thought_seconds)

    def _known(self, text: str) -> dict[int, Source]:
        """Return what can be cited here: its own passages, and others that `text` cites."""
        cited = {source.number: source for source in reversed(self._cited)}
        known = {**cited, **self._sources}
        others = (number for number in markdown.cited(text) if number not in known)
        found = {number: self._elsewhere(number) for number in others}
        return known | {number: source for number, source in found.items() if source}

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
        self._question.edit(self.cards.summary.previousInFocusChain() or self)

    def _on_prompt(self) -> None:
        self.prompt_requested.emit(self.turn)

    def _on_copy(self) -> None:
        known = self._known(self.text.text).keys()
        self._put(markdown.without_marks(self.text.text, known), self._copy)

    def _on_copy_cited(self) -> None:
        known = self._known(self.text.text)
        cited = [known[n] for n in markdown.cited(self.text.text) if n in known]
        line = self.tr("[{number}] {title}, p. {label}: “{snippet}”")
        notes = [
            line.format(number=s.number, title=s.title, label=s.label, snippet=s.snippet)
            for s in cited
        ]
        self._put("\n\n".join([self.text.text.strip(), "\n".join(notes)]), self._copy_cited)

    def _put(self, text: str, button: QToolButton) -> None:
        QGuiApplication.clipboard().setText(text.strip())
        button.setIcon(theme.icon("check", "good"))
        self._copied.start()
        announce.say(button, self.tr("Copied"))

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
        if not value.answer.strip():
            nothing = self.tr("Nothing in these documents answers this.")
            words = nothing + " " + self.tr("Try other words, or ask the whole library.")
        else:
            words = self._way(value.statistics) if value.statistics else ""
        if not value.incomplete:
            return words
        lacking = self.tr("%n document(s) were still being indexed", "", value.incomplete)
        return f"{words} · {lacking}" if words else lacking

    def _way(self, statistics: Statistics) -> str:
        if statistics.mode is not AnswerMode.MODEL:
            return self.tr("Quoted from your documents, no language model")
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


def _quoting(value: TurnValue) -> bool:
    """Whether an answer consists of quotes: any mark in it stands behind its own."""
    return value.statistics is not None and value.statistics.mode is AnswerMode.EXTRACT


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
