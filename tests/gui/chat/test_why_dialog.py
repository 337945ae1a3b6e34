"""Why an answer is what it is: search, sentences, prompt, each where there is something to tell."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTreeWidget,
    QWidget,
)

from desktop_rag.domain.answers import AnswerMode, Ground, QuestionKind
from desktop_rag.gui.chat.why_dialog import WhyDialog
from tests.gui.chat.turns_shown import check, source, turn


@pytest.fixture
def shown(qtbot, theme):
    def made(value) -> WhyDialog:
        dialog = WhyDialog(value, lambda _number: None)
        qtbot.addWidget(dialog)
        return dialog

    return made


def titles(dialog: WhyDialog) -> list[str]:
    return [dialog.pages.tabText(at) for at in range(dialog.pages.count())]


def told(dialog: WhyDialog) -> list[str]:
    return [label.text() for label in dialog.pages.widget(0).findChildren(QLabel)]


def passages(dialog: WhyDialog) -> list[list[str]]:
    tree = dialog.findChild(QTreeWidget)
    rows = [tree.topLevelItem(at) for at in range(tree.topLevelItemCount())]
    return [[row.text(column) for column in (0, 1, 3, 4)] for row in rows]


def test_it_tells_what_was_asked_searched_and_how_sure_the_answer_is(shown) -> None:
    value = turn("It fell [9].", kind=QuestionKind.FOLLOW_UP, searched="Why so?", sufficiency=0.824)
    words = told(shown(value))
    assert words[:6] == [
        *("Asked", "Why?", "Taken for", "It goes on from what was said before"),
        *("Searched", "Why so?"),
    ]
    assert words[7] == "The passages answer this with a probability of 82 %"
    refused = turn("No.", AnswerMode.REFUSED, sufficiency=0.1, refused=True)
    assert told(shown(refused))[-1] == "Only with a probability of 10 %, which is too little"


def test_it_tells_what_became_of_each_passage(shown) -> None:
    sources = (source(7, score=0.5), source(8, score=0.25), source(9))
    value = turn("It fell [8].", sources=sources, read=(8, 9), quotes=(source(8),))
    assert passages(shown(value)) == [
        ["2", "Report 7", "0.500", "Left out: no room for it"],
        ["1", "Report 8", "0.250", "Cited"],
        ["3", "Report 9", "", "Read, not cited"],
    ]
    quoting = turn("So. [7]", AnswerMode.EXTRACT, quotes=(source(7),))
    assert [row[3] for row in passages(shown(quoting))] == [
        *("Quoted", "Found, not quoted", "Found, not quoted")
    ]
    refused = turn("No.", AnswerMode.REFUSED, quotes=(source(7),), refused=True)
    assert passages(shown(refused))[0][3] == "Near"


def test_it_tells_of_each_sentence_what_a_reader_reads_and_why(shown) -> None:
    checks = (check("It **fell** by 4 % [9].", ground=Ground.NUMBER, words=("4 %",)),)
    dialog = shown(turn("It **fell** by 4 % [9].", checks=checks))
    table = dialog.findChild(QTableWidget)
    assert [table.item(0, column).text() for column in range(3)] == [
        "It fell by 4 % [1].",
        "Not found in your documents",
        "Not in the passages: “4 %”.",
    ]


def test_the_prompt_is_copied_letter_by_letter(shown) -> None:
    dialog = shown(turn("It fell."))
    assert titles(dialog) == ["Search", "Prompt"]
    page = dialog.pages.widget(1)
    assert page.findChild(QPlainTextEdit).toPlainText() == "<|system|> exact"
    page.findChild(QPushButton).click()
    assert QGuiApplication.clipboard().text() == "<|system|> exact"


def test_another_page_can_be_added(shown) -> None:
    dialog = shown(turn("It fell.", checks=(check("It fell."),)))
    dialog.pages.addTab(QWidget(), "Words")
    assert titles(dialog) == ["Search", "Sentences", "Prompt", "Words"]
