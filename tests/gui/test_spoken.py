"""What is read out to who cannot see it: Qt's own events, caught where they leave the program."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui import spoken
from desktop_rag.gui.banners import UndoBar
from desktop_rag.gui.chat_values import Source, Statistics, TurnValue
from desktop_rag.gui.chat_view import ChatView
from desktop_rag.gui.search_box import Result, SearchBox

EXTRACT = Statistics("extract", 0.2, 0, 0, 0, 0.0)
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


def words(said) -> list[str]:
    return [words for words, _ in said]


def test_nothing_is_said_where_nobody_listens(said, qtbot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    spoken.say(label, "  ")
    QAccessible.setActive(False)
    spoken.say(label, "Anybody there?")
    assert said == []
    QAccessible.setActive(True)
    spoken.say(label, "Anybody there?")
    assert said == [("Anybody there?", False)]


def test_an_answer_is_said_sentence_by_sentence_with_what_it_rests_on(said, chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, (SOURCE,), 0.2)
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
    assert words(said) == ["Library deleted"]


def test_how_many_passages_were_found_is_said_once_all_are(said, qtbot, theme) -> None:
    window = QLabel()
    qtbot.addWidget(window)
    window.resize(900, 700)
    box = SearchBox(window)
    box.open()
    box.query.setText("debt")
    said.clear()
    result = Result(DOCUMENT, "Informe", 0, "i", "The debt fell.", ())
    box.set_results("debt", [result], complete=False)
    assert said == []
    box.set_results("debt", [result], complete=True)
    assert words(said) == ["1 passage(s)"]
    box.set_results("debt", [], complete=True)
    assert words(said)[1:] == ["Nothing found. Try fewer words."]
