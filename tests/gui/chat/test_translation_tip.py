"""Translations of what is looked at, by pointer and by keyboard."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import ModelMissing
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Wording
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.source_cards import SourceCard
from desktop_rag.gui.chat.translation_presenter import TranslationPresenter
from desktop_rag.gui.chat.translation_tip import in_words
from desktop_rag.gui.chat.values import Statistics, TranslationState, TranslationValue, TurnValue
from desktop_rag.gui.session import Session
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.generating import Translate

# offscreen, no window is raised and none has hints
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", extend=True)

MODEL = ModelChoice(LocalModel(Path("Polyglot.gguf")))
EXTRACT = Statistics(AnswerMode.EXTRACT, 0.2, 0, 0, 0, 0.0)
WRITTEN = Statistics(AnswerMode.MODEL, 0.2, 0, 0, 0, 0.0)
OIL = Source(1, DocumentId("d"), "Lamps", 0, "1", "It burned oil. Nobody knew.", (), language="en")
QUOTED = Source(1, DocumentId("d"), "Lamps", 0, "1", "It burned oil.", (), language="en")
ACEITE = Source(2, DocumentId("d"), "Faros", 0, "1", "Ardía aceite.", (), language="es")
DONE = Translated("Ardía <aceite>.", done=True)


@dataclass
class Line:
    """Keeps what is asked and not dropped."""

    jobs: list[Job] = field(default_factory=list)
    dropped: list[Job | None] = field(default_factory=list)

    def ask(self, job: Job) -> Job:
        self.jobs.append(job)
        return job

    def drop(self, job: Job | None) -> None:
        self.dropped.append(job)

    @property
    def translations(self) -> list[Job]:
        """Those that are to translate and were not dropped."""
        asked = [job for job in self.jobs if isinstance(job.command, Translate)]
        return [job for job in asked if job not in self.dropped]


class Writing:
    """Has a model, or none."""

    def __init__(self, model: ModelChoice | None) -> None:
        self.model = model

    def choice(self) -> ModelChoice | None:
        return self.model


class Shown:
    """A chat with a Spanish answer from an English and a Spanish passage."""

    def __init__(self, session, qtbot, statistics=EXTRACT) -> None:
        self.chat, self.line = ChatView(), Line()
        qtbot.addWidget(self.chat)
        self.presenter = TranslationPresenter(session, Writing(MODEL), self.line, self.chat)
        self.chat.set_translating(True)
        self.chat.resize(700, 500)
        self.chat.show()
        self.chat.activateWindow()
        self.chat.begin(1, "¿Qué ardía?")
        self.chat.set_language(1, "es")
        self.chat.set_sources(1, [OIL, ACEITE], 0.2, Wording())
        self.view = self.chat._views[1]
        answer = "It burned oil. [1] Ardía aceite. [2]"
        quotes = (QUOTED, ACEITE)
        self.view.show_turn(
            TurnValue(1, "¿Qué?", answer, (OIL, ACEITE), quotes, statistics, language="es"),
            fresh=True,
        )
        self.english, self.spanish = self.view.cards.findChildren(SourceCard)

    def place(self, words: str) -> QPoint:
        """Where some words of the answer stand in its viewport."""
        found = self.view.text.document().find(words)
        found.setPosition(found.selectionStart() + 1)
        return self.view.text.cursorRect(found).center()


@pytest.fixture
def session(home, qapp) -> Iterator[Session]:
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        yield Session(db, paths, Settings())


@pytest.fixture
def shown(session, qtbot, theme):
    made = Shown(session, qtbot)
    yield made
    QToolTip.hideText()


def hover(widget, at: QPoint | None = None) -> None:
    """Rest the pointer on a widget, as Qt tells it."""
    at = at or widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))


def move(widget, at: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    where = QPointF(at)
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, QPointF(widget.mapToGlobal(at)), none, none,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_card_shows_the_translation_of_its_passage_and_whose_it_is(shown) -> None:
    hover(shown.english)
    assert "Translating…" in QToolTip.text()
    (job,) = shown.line.translations
    assert job.command == Translate(MODEL, Quotation(OIL.snippet, "es"))
    job.step(DONE)
    assert "Ardía &lt;aceite&gt;." in QToolTip.text()
    assert "Translation by Polyglot, not checked" in QToolTip.text()
    assert OIL.snippet in QToolTip.text()
    assert shown.english.accessibleDescription().startswith(
        "Translation by Polyglot, not checked: Ardía <aceite>."
    )


def test_what_is_in_the_language_of_the_answer_is_not_translated(shown, qtbot) -> None:
    hover(shown.spanish)
    qtbot.keyClick(shown.spanish, Qt.Key.Key_T)
    hover(shown.view.text.viewport(), shown.place("Ardía aceite"))
    assert shown.line.jobs == []


def test_without_a_model_nothing_happens(shown, qtbot) -> None:
    shown.presenter.offer()  # the session has none
    hover(shown.english)
    qtbot.keyClick(shown.english, Qt.Key.Key_T)
    hover(shown.view.text.viewport(), shown.place("burned"))
    assert shown.line.jobs == []


def test_leaving_a_card_drops_the_translation(shown) -> None:
    hover(shown.english)
    (job,) = shown.line.translations
    QApplication.sendEvent(shown.english, QEvent(QEvent.Type.Leave))
    assert shown.line.translations == []
    job.step(DONE)
    assert "Ardía" not in QToolTip.text()


def test_a_key_shows_it_where_the_keyboard_is_and_another_takes_it_away(shown, qtbot) -> None:
    shown.english.setFocus()
    qtbot.keyClick(shown.english, Qt.Key.Key_T)
    (job,) = shown.line.translations
    job.step(DONE)
    assert "Ardía" in QToolTip.text()
    qtbot.keyClick(shown.english, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert shown.english.tip.source is None
    shown.english.setFocus()
    qtbot.keyClick(shown.english, Qt.Key.Key_T)
    assert "Ardía" in QToolTip.text()  # known by now
    assert shown.line.translations == [job]


def test_a_quoted_sentence_shows_its_own_translation_and_so_does_its_mark(shown) -> None:
    viewport = shown.view.text.viewport()
    hover(viewport, shown.place("burned"))
    (job,) = shown.line.translations
    assert job.command.quotation == Quotation("It burned oil.", "es")
    move(viewport, shown.place("oil."))
    assert shown.view.text.tip.source == QUOTED
    move(viewport, shown.place("Ardía"))
    assert shown.view.text.tip.source is None
    assert shown.line.translations == []
    hover(viewport, shown.place("[1]"))
    assert shown.line.translations[0].command.quotation == Quotation("It burned oil.", "es")


def test_words_of_a_model_are_not_translated_but_its_marks_are(session, qtbot, theme) -> None:
    shown = Shown(session, qtbot, WRITTEN)
    viewport = shown.view.text.viewport()
    hover(viewport, shown.place("burned"))
    assert shown.line.jobs == []
    hover(viewport, shown.place("[1]"))
    assert len(shown.line.translations) == 1
    QToolTip.hideText()


def test_the_mark_that_tab_has_come_to_is_translated_with_the_same_key(shown, qtbot) -> None:
    text = shown.view.text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    text.focusNextPrevChild(True)
    assert text.textCursor().selectedText() == "[1]"
    qtbot.keyClick(text, Qt.Key.Key_T)
    (job,) = shown.line.translations
    assert job.command.quotation == Quotation("It burned oil.", "es")
    text.clearFocus()
    assert shown.line.translations == []


def test_a_screen_reader_hears_that_it_can_be_had_and_then_whose_it_is(shown, monkeypatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(announce, "say", lambda _widget, words, **_: heard.append(words))
    shown.english.setFocus()
    assert heard == ["T translates this passage."]
    hover(shown.english)
    shown.line.translations[0].step(Translated("Ardía"))
    shown.line.translations[0].step(DONE)
    assert heard[1:] == ["Translation by Polyglot, not checked: Ardía <aceite>."]
    heard.clear()
    text = shown.view.text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    text.focusNextPrevChild(True)
    assert heard[-1].endswith("T translates it.")
    text.focusNextPrevChild(True)  # to [2], which is in the language of the answer
    assert "translates" not in heard[-1]


def test_an_answer_is_waited_for_and_then_it_is_translated(shown) -> None:
    shown.presenter.set_answering(True)
    hover(shown.english)
    assert "once the answer is written" in QToolTip.text()
    assert shown.line.jobs == []
    shown.presenter.set_answering(False)
    shown.line.translations[0].step(DONE)
    assert "Ardía" in QToolTip.text()


def test_it_grows_in_the_tooltip_and_not_at_every_word(shown, qtbot) -> None:
    hover(shown.english)
    (job,) = shown.line.translations
    job.step(Translated("Ar"))
    job.step(Translated("Ardía"))
    assert "Ardía" not in QToolTip.text()
    qtbot.waitUntil(lambda: "Ardía …" in QToolTip.text())
    job.step(DONE)
    assert "…" not in QToolTip.text()


def test_a_model_that_cannot_says_so(shown) -> None:
    hover(shown.english)
    shown.line.translations[0].failed(ModelMissing("x"), "")
    assert "Polyglot could not translate this." in QToolTip.text()
    QApplication.sendEvent(shown.english, QEvent(QEvent.Type.Leave))
    hover(shown.english)
    shown.line.translations[-1].step(Translated("", done=True))
    assert "Polyglot could not translate this." in QToolTip.text()


def test_a_bug_is_not_taken_for_a_model_that_cannot(shown) -> None:
    hover(shown.english)
    with pytest.raises(RuntimeError, match="traceback"):
        shown.line.translations[0].failed(None, "traceback")


def test_of_a_long_passage_it_is_said_that_its_beginning_was_translated() -> None:
    value = TranslationValue(OIL, "Ardía", "Polyglot", TranslationState.DONE, cut=True)
    assert in_words(value) == "Translation of the beginning by Polyglot, not checked: Ardía"
