"""What is read out to who cannot see it: Qt's own events, caught where they leave the program."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QToolTip

from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.pages import Opened, PageWords
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.reader.page_view import PageView
from desktop_rag.gui.sampling.sampling_panel import SamplingPanel
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.sources import Source
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.banners import UndoBar

EXTRACT = Statistics(AnswerMode.EXTRACT, 0.2, 0, 0, 0, 0.0)
DOCUMENT = DocumentId("d")
SOURCE = Source(1, DOCUMENT, "Informe", 13, "xiv", "La deuda bajó.", ())


@pytest.fixture
def said(qapp, monkeypatch) -> list[tuple[str, bool]]:
    """What is read out, and whether at once."""
    heard: list[tuple[str, bool]] = []
    urgent = QAccessible.AnnouncementPoliteness.Assertive

    def hear(event) -> None:
        if event.type() == QAccessible.Event.Announcement:
            heard.append((event.message(), event.politeness() == urgent))

    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    yield heard
    QAccessible.setActive(False)


@pytest.fixture
def chat(qtbot, theme) -> ChatView:
    made = ChatView()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def box(qtbot, theme) -> Iterator[SearchBox]:
    window = QLabel()
    qtbot.addWidget(window)
    window.resize(900, 700)
    window.show()
    made = SearchBox(window)
    made.open()
    yield made
    made._window.close()


def words(said) -> list[str]:
    return [words for words, _ in said]


def test_nothing_is_said_where_nobody_listens(said, qtbot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    announce.say(label, "  ")
    QAccessible.setActive(False)
    announce.say(label, "Anybody there?")
    assert said == []
    QAccessible.setActive(True)
    announce.say(label, "Anybody there?")
    assert said == [("Anybody there?", False)]


def test_an_answer_is_said_sentence_by_sentence_with_what_it_rests_on(said, chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, (SOURCE,), 0.2, Wording())
    assert words(said) == [
        "Searching your documents…",
        "1 passage(s) from 1 document(s) · 0.2 s",
        "Reading the passages…",
    ]
    said.clear()
    chat.add_text(1, "It fell [1]. And th")
    qtbot.waitUntil(lambda: bool(said))
    assert words(said) == ["It fell."]
    chat.add_text(1, "en it rose.")
    chat.finish(1, TurnValue(1, "Why?", "It fell [1]. And then it rose.", (SOURCE,), (), EXTRACT))
    assert words(said)[1:] == [
        "And then it rose.",
        "Quoted from your documents, no language model",
    ]


def test_that_quotes_stand_first_is_said_when_they_come(said, chat) -> None:
    chat.begin(1, "Why?")
    chat.set_quotes(1, (SOURCE,))
    assert words(said)[-1] == "1 quotation(s) from your documents"


@pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen: much of it
def test_that_an_answer_is_not_borne_out_is_said_after_it(said, chat, qtbot) -> None:
    lacking = SentenceCheck(
        *(0, 8, "It fell.", SentenceVerdict.NOT_FOUND), Reason(Ground.NUMBER, ("4 %",))
    )
    chat.begin(1, "Why?")
    chat.add_text(1, "It fell.")
    value = TurnValue(1, "Why?", "It fell.", (SOURCE,), (), EXTRACT, checks=(lacking,))
    model = replace(EXTRACT, mode=AnswerMode.MODEL)
    chat.finish(1, replace(value, statistics=model, first=First.QUOTES))
    assert words(said)[1:4] == [
        "It fell.",
        "Written by the model, not confirmed by your documents",
        "1 sentence(s) not wholly supported by your documents. F8 goes to the next one.",
    ]
    said.clear()
    qtbot.keyClick(chat._views[1].text, Qt.Key.Key_F8)
    assert said == [("Not found in your documents. Not in the passages: “4 %”. “It fell.”", True)]
    QToolTip.hideText()


def test_why_there_is_no_answer_is_said_at_once(said, chat) -> None:
    chat.begin(1, "Why?")
    chat.fail(1, "The model is gone. Choose another one.")
    assert said[-1] == ("The model is gone. Choose another one.", True)


def test_opening_a_conversation_reads_nothing_out(said, chat) -> None:
    chat.show_turns([TurnValue(1, "Why?", "It fell [1].", (SOURCE,), (SOURCE,), EXTRACT)])
    assert said == []


def test_an_offer_to_undo_is_said(said, qtbot, theme) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.offer("Library deleted", object())
    assert words(said) == ["Library deleted. Ctrl+Z undoes it."]


def test_who_has_it_read_out_may_undo_for_longer(said, qtbot, theme) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    bar.offer("Library deleted", object())
    patient = bar._timer.interval()
    QAccessible.setActive(False)
    bar.offer("Library deleted", object())
    assert patient >= 5 * bar._timer.interval()


def test_a_citation_that_tab_comes_to_is_said(said, chat, qtbot) -> None:
    chat.show_turns(
        [TurnValue(1, "Why?", "It fell [1]. See <https://a.example>.", (SOURCE,), (), EXTRACT)]
    )
    text = chat._views[1].text
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert words(said) == ["Citation 1: Informe, page xiv. La deuda bajó."]
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert words(said)[1:] == ["Link: https://a.example"]


def test_that_something_was_copied_is_said(said, chat) -> None:
    chat.show_turns([TurnValue(1, "Why?", "It fell [1].", (SOURCE,), (), EXTRACT)])
    chat._views[1]._actions.copy.click()
    assert words(said) == ["Copied"]


def test_the_row_that_is_chosen_while_typing_is_said(said, box, qtbot) -> None:
    qtbot.keyClicks(box.query, "debt")
    assert words(said).count("Searching…") == 1
    results = [Result(DOCUMENT, "Informe", 0, label, "The debt fell.", ()) for label in "ab"]
    box.show_found(Findings("debt", tuple(results)))
    said.clear()
    qtbot.keyClick(box.query, Qt.Key.Key_Down)
    assert words(said) == ["Informe, page b: The debt fell."]


def test_a_slider_says_its_number(said, qtbot, theme) -> None:
    panel = SamplingPanel()
    qtbot.addWidget(panel)
    qtbot.keyClick(panel.sliders["temperature"].slider, Qt.Key.Key_Right)
    assert words(said) == [panel.sliders["temperature"].field.text()]


def test_the_page_of_a_citation_is_said_and_described(said, qtbot, theme) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    asked: list[int] = []
    view.words_requested.connect(asked.append)
    view.set_pages(Opened(DOCUMENT, ((595.0, 842.0),), ("i",), ()))
    view.light(0, (Box(0, 0.1, 1, 0.2),))
    assert words(said) == ["Page i of 1"]
    assert asked == [0]
    lines = (
        ("Above.", Box(0, 0, 0.1, 0.05)),
        ("It", Box(0, 0.1, 0.1, 0.2)),
        ("fell.", Box(0.1, 0.1, 0.2, 0.2)),
    )
    view.set_words(PageWords(DOCUMENT, 0, lines))
    assert words(said)[1:] == ["It fell."]
    assert view.accessibleDescription() == "Above.\nIt fell."


def test_a_page_that_is_read_is_described_where_somebody_listens(said, qtbot, theme) -> None:
    view = PageView()
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.show()
    with qtbot.waitSignal(view.words_requested) as asked:
        view.set_pages(Opened(DOCUMENT, ((595.0, 842.0),), ("i",), ()))
    assert asked.args == [0]
    assert said == []


def test_how_many_passages_were_found_is_said_once_all_are(said, box) -> None:
    box.query.setText("debt")
    said.clear()
    result = Result(DOCUMENT, "Informe", 0, "i", "The debt fell.", ())
    box.show_found(Findings("debt", (result,), complete=False))
    assert said == []
    box.show_found(Findings("debt", (result,), complete=True))
    assert words(said) == ["1 passage(s). Informe, page i: The debt fell."]
    box.show_found(Findings("debt", (), complete=True))
    assert words(said)[1:] == ["Nothing found. Try fewer words."]
