"""What a model thinks before it answers: folded, told once, and kept with the turn."""

import pytest
from PySide6.QtGui import QAccessible

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.values import Statistics, TurnValue

MODEL = Statistics(AnswerMode.MODEL, 12.3, 2100, 1500, 512, 43.0)


def turn(**changes) -> TurnValue:
    values = {"answer": "It fell.", "sources": (), "cited": (), "statistics": MODEL}
    return TurnValue(**({"id": 1, "question": "Why?"} | values | changes))


@pytest.fixture
def chat(qtbot, theme) -> ChatView:
    made = ChatView()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


@pytest.fixture
def thoughts(chat):
    chat.begin(1, "Why?")
    return chat._views[1].thoughts


@pytest.fixture
def said(qapp, monkeypatch) -> list[str]:
    heard: list[str] = []

    def hear(event) -> None:
        if event.type() == QAccessible.Event.Announcement:
            heard.append(event.message())

    QAccessible.setActive(True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    yield heard
    QAccessible.setActive(False)


def test_thoughts_are_folded_while_they_come(chat, thoughts) -> None:
    chat.add_thought(1, "The report ")
    chat.add_thought(1, "says so.")
    assert thoughts.isVisible()
    assert thoughts.summary.text() == "Thinking…"
    assert not thoughts.box.isVisible()
    assert not chat._views[1]._state.isVisible()


def test_opened_thoughts_show_what_came_and_what_comes(chat, thoughts) -> None:
    chat.add_thought(1, "One, ")
    thoughts.summary.click()
    chat.add_thought(1, "two.")
    assert thoughts.box.isVisible()
    assert thoughts.box.toPlainText() == "One, two."


def test_an_answer_ends_the_thoughts_and_says_how_long_they_took(chat, thoughts, qtbot) -> None:
    chat.add_thought(1, "Hm.")
    thoughts.summary.click()
    chat.add_text(1, "It fell.")
    qtbot.waitUntil(lambda: thoughts.summary.text().startswith("Thought for"))
    assert thoughts.summary.text() == "Thought for 1 s"
    assert chat.thought_seconds(1) > 0
    chat.finish(1, turn(thoughts="Hm.", thought_seconds=0.1))
    assert thoughts.box.isVisible()  # they stay as the reader left them
    assert thoughts.box.toPlainText() == "Hm."


@pytest.mark.parametrize("how", ["finish", "fail"])
def test_nobody_thinks_any_more_once_it_is_over(chat, thoughts, how) -> None:
    chat.add_thought(1, "Hm.")
    if how == "finish":
        chat.finish(1, turn(answer="", stopped=True, thoughts="Hm."))
    else:
        chat.fail(1, "The model is gone.")
    assert thoughts.summary.text() == "Thought for 1 s"


def test_stored_thoughts_are_folded_and_can_be_opened(chat) -> None:
    chat.show_turns([turn(thoughts="First this,\nthen that.", thought_seconds=12.4)])
    thoughts = chat._views[1].thoughts
    assert thoughts.summary.text() == "Thought for 12 s"
    assert not thoughts.box.isVisible()
    thoughts.summary.click()
    assert thoughts.box.toPlainText() == "First this,\nthen that."
    thoughts.summary.click()
    assert not thoughts.box.isVisible()


def test_long_thoughts_scroll_inside_and_short_ones_take_little_room(chat) -> None:
    chat.show_turns([turn(thoughts="Hm."), turn(id=2, thoughts="And then this.\n" * 500)])
    short, long = chat._views[1].thoughts, chat._views[2].thoughts
    for each in (short, long):
        each.summary.click()
    assert short.box.height() < long.box.height() < 300
    assert long.box.verticalScrollBar().maximum() > 0
    assert long.box.verticalScrollBar().value() == 0


def test_a_turn_without_thoughts_has_no_line_for_them(chat) -> None:
    chat.show_turns([turn()])
    assert not chat._views[1].thoughts.isVisible()


def test_thinking_nothing_is_not_thinking(chat, thoughts) -> None:
    chat.add_thought(1, "\n\n")
    assert not thoughts.isVisible()
    chat.finish(1, turn())
    assert not thoughts.isVisible()


def test_asking_again_forgets_the_thoughts(chat, thoughts) -> None:
    chat.add_thought(1, "Hm.")
    chat.begin(1, "Why?")
    assert not thoughts.isVisible()
    assert thoughts.text == ""


def test_thinking_is_said_once_and_no_thought_is(chat, thoughts, said) -> None:
    for word in ("One ", "two. ", "Three."):
        chat.add_thought(1, word)
    chat.finish(1, turn(thoughts="One two. Three."))
    assert said.count("Thinking") == 1
    assert not any("Three" in words for words in said)
