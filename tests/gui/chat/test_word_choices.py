"""The words of an answer, and what else could have stood there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from desktop_rag.domain.generation import OtherToken, WrittenToken
from desktop_rag.gui.chat.word_choices import WordChoices
from desktop_rag.gui.look import theme as look

SURE = WrittenToken("The", 0.97)
TORN = WrittenToken(" ferry", 0.1, (OtherToken(" boat", 0.6), OtherToken("\n", 0.0312)))
HALF = WrittenToken(" leaves", 0.4, (OtherToken(" sails", 0.3),))
FINE = WrittenToken("</b>.", 0.9)


@pytest.fixture
def choices(qtbot, theme) -> WordChoices:
    made = WordChoices((SURE, TORN, HALF, FINE))
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


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


def others(choices: WordChoices) -> list[str]:
    return [choices.others.item(row).text() for row in range(choices.others.count())]


def centre(choices: WordChoices, row: int):
    return choices.words.visualItemRect(choices.words.item(row)).center()


def test_the_least_certain_word_is_chosen_at_first(choices) -> None:
    assert choices.words.currentRow() == 1
    assert choices.chosen.text() == "“ferry”, 10\u00a0%"
    assert others(choices) == ["“boat”, 60\u00a0%", "“↵”, 3.1\u00a0%"]


def test_a_click_lists_what_else_could_have_stood_there(choices, qtbot) -> None:
    qtbot.mouseClick(choices.words.viewport(), Qt.MouseButton.LeftButton, pos=centre(choices, 2))
    assert choices.chosen.text() == "“leaves”, 40\u00a0%"
    assert others(choices) == ["“sails”, 30\u00a0%"]


def test_where_nothing_else_was_likely_that_is_said(choices) -> None:
    choices.words.setCurrentRow(0)
    assert others(choices) == ["Nothing else was likely here."]


def test_arrow_keys_go_from_word_to_word_and_enter_reads_the_others_out(choices, said) -> None:
    choices.words.setFocus()
    QTest.keyClick(choices.words, Qt.Key.Key_Right)
    assert choices.chosen.text() == "“leaves”, 40\u00a0%"
    QTest.keyClick(choices.words, Qt.Key.Key_Return)
    assert said[-1] == "Instead: “sails”, 30\u00a0%"


def test_a_screen_reader_says_how_certain_each_word_was_and_what_else_there_was(choices) -> None:
    item = choices.words.item(1)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "“ferry”, 10\u00a0%"
    assert item.data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("Instead: “boat”")


def test_the_less_certain_a_word_the_stronger_it_is_tinted(choices) -> None:
    choices.words.setCurrentRow(0)
    choices.words.clearSelection()
    picture = choices.words.viewport().grab().toImage()
    surface = look.present().surface

    def distance(row: int) -> int:
        box = choices.words.visualItemRect(choices.words.item(row))
        colour = picture.pixelColor(box.left() + 1, box.top() + 1)
        plain = type(colour)(surface)
        return sum(abs(a - b) for a, b in zip(colour.getRgb(), plain.getRgb(), strict=True))

    assert distance(1) > distance(2) > distance(3) == 0


def test_what_looks_like_markup_is_shown_as_it_is(choices) -> None:
    choices.words.setCurrentRow(3)
    assert choices.words.item(3).text() == "</b>."
    assert choices.chosen.textFormat() is Qt.TextFormat.PlainText


def test_an_answer_of_which_no_choices_were_kept_says_so(qtbot, theme) -> None:
    made = WordChoices(())
    qtbot.addWidget(made)
    made.show()
    assert not made.words.isVisible()
    assert not made.others.isVisible()
