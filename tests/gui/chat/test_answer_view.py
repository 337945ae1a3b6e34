"""An answer from top to bottom, as each kind of it is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextTable
from PySide6.QtWidgets import QApplication, QMenu

from desktop_rag.domain.answers import (
    AnswerMode,
    First,
    Ground,
    QuestionKind,
    SentenceVerdict,
)
from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat.answer_view import AnswerView
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.source_cards import SourceCard
from desktop_rag.gui.look.tokens import LIGHT
from desktop_rag.gui.widgets import announce
from tests.gui.chat.turns_shown import check, source, turn

FELL, ROSE = source(7, "The debt fell."), source(8, "Then it rose.")


@pytest.fixture
def chat(qtbot, theme) -> ChatView:
    view = ChatView()
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    return view


def shown(chat: ChatView, value) -> AnswerView:
    chat.show_turns([value])
    return chat._views[1]


def order(*parts) -> bool:
    """Whether these stand one below the other, all of them shown."""
    heights = [part.mapToGlobal(part.rect().topLeft()).y() for part in parts]
    return all(part.isVisible() for part in parts) and heights == sorted(set(heights))


def cards(view: AnswerView) -> list[int]:
    return [card.source.number for card in view.cards.findChildren(SourceCard)]


def test_an_answer_of_quotes_is_blocks_and_says_nothing_twice(chat, qtbot) -> None:
    answer = "The debt fell. [7] Then it rose. [8]"
    view = shown(chat, turn(answer, AnswerMode.EXTRACT, quotes=(FELL, ROSE)))
    assert not view.text.isVisible()
    assert [block.source for block in view.following.blocks] == [FELL, ROSE]
    assert not view.following.summary.isVisible()
    assert cards(view) == []
    assert view.cards.summary.text() == "1 passage(s) were read"


def test_what_was_counted_is_said_once_and_folded_by_document(chat) -> None:
    counts = (DocumentCount(source(7).document, "Report 7", 2, ("xiv",)),)
    answer = "2 places.\n\n- Report 7: 2 (p. xiv)\n  - p. xiv: “Passage 7 says so.” [7]"
    quotes = (source(7), source(8))
    view = shown(chat, turn(answer, AnswerMode.EXTRACT, quotes=quotes, counts=counts))
    assert view.text.text == "2 places."
    assert view.following.quotes == ()
    (document,) = view.places.documents
    assert [block.source.number for block in document.blocks] == [7]
    lacking = shown(chat, turn("One does not: Rent.", AnswerMode.EXTRACT, counts=counts))
    assert lacking.places.isHidden()


def test_the_answer_of_a_model_comes_first_and_its_sources_below(chat, qtbot) -> None:
    view = shown(chat, turn("It fell [8].", quotes=(FELL,)))
    qtbot.waitUntil(view.text.isVisible)
    assert order(view._question, view.text, view.following, view.cards, view._actions)
    assert view.following.blocks == []
    assert cards(view) == [8]
    assert view.cards.summary.text() == "2 more passage(s) were read"
    view.cards.summary.click()
    assert sorted(cards(view)) == [7, 8, 9]


def test_what_is_not_borne_out_stands_below_the_quotes_and_is_marked(chat, qtbot) -> None:
    view = shown(chat, turn("It fell [8].", quotes=(FELL,), first=First.QUOTES))
    qtbot.waitUntil(view.text.isVisible)
    assert order(view.leading, view._unconfirmed, view.text)
    assert LIGHT.muted in view.text.styleSheet()
    chat.finish(1, turn("It fell [8].", quotes=(FELL,)))
    assert not view._unconfirmed.isVisible()
    assert LIGHT.muted not in view.text.styleSheet()
    assert not view.leading.isVisible()


def test_a_refusal_shows_what_is_near_and_how_to_loosen_it(chat, qtbot) -> None:
    refused = turn("They do not say this.", AnswerMode.REFUSED, quotes=(FELL,), refused=True)
    view = shown(chat, replace(refused, strict=True))
    qtbot.waitUntil(view.text.isVisible)
    assert order(view.text, view.following, view._loosen, view.cards)
    assert view.following.heading.text() == "The nearest passages"
    with qtbot.waitSignal(chat.setting_requested) as wished:
        view._loosen.click()
    assert wished.args == ["answering"]
    chat.finish(1, refused)  # nobody could add anything: there is no model, or it may already
    assert not view._loosen.isVisible()
    assert not view._state.isVisible()


def test_a_greeting_is_a_sentence_without_sources(chat, qtbot) -> None:
    view = shown(chat, turn("Hello.", AnswerMode.SAID, sources=()))
    qtbot.waitUntil(view.text.isVisible)
    parts = (view.cards, view._state, view.following, view.leading, view._checks)
    assert not any(part.isVisible() for part in parts)
    assert view._actions.copy.isVisible()
    assert not view._actions.copy_cited.isVisible()


def test_numbers_begin_at_one_in_marks_cards_and_copies(chat) -> None:
    view = shown(chat, turn("It fell [9], it rose [7][9]."))
    assert view.text.toPlainText().replace("\u202f", " ") == "It fell [1], it rose [2][1]."
    names = [card.accessibleName() for card in view.cards.findChildren(SourceCard)]
    assert names == ["Passage 1: Report 9, p. xiv", "Passage 2: Report 7, p. xiv"]
    view._actions.copy_cited.click()
    assert QGuiApplication.clipboard().text() == (
        "It fell [1], it rose [2][1].\n\n"
        "[1] Report 9, p. xiv: “Passage 9 says so.”\n"
        "[2] Report 7, p. xiv: “Passage 7 says so.”"
    )


def test_numbers_begin_at_one_while_an_answer_is_being_written(chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, [source(7), source(8)], 0.2, Wording())
    view = chat._views[1]
    assert [card._number for card in view.cards.findChildren(SourceCard)] == [0, 0]
    for piece in ("It fell [8]", ", it rose [7][8] and [9", "]."):
        chat.add_text(1, piece)
        view._flush()
    assert view.text.toPlainText().replace("\u202f", " ") == "It fell [1], it rose [2][1] and [9]."
    assert not view.cards.shown


def test_a_mark_opens_its_passage_whatever_number_it_shows(chat, qtbot) -> None:
    view = shown(chat, turn("It fell [9]."))
    with qtbot.waitSignal(chat.source_opened) as opened:
        view.text.anchorClicked.emit(QUrl("cite:9"))
    assert opened.args == [source(9)]


def test_quotes_that_lead_are_numbered_before_the_text(chat) -> None:
    view = shown(chat, turn("It fell [9].", quotes=(FELL,), first=First.QUOTES))
    assert view.leading.blocks[0].place.text().startswith("[1]")
    assert "[2]" in view.text.toPlainText()


def test_what_was_searched_is_told_only_where_it_is_something_else(chat) -> None:
    view = shown(chat, turn("It fell [9].", searched="Why?"))
    assert not view._searched.isVisible()
    chat.begin(1, "Why?")
    chat.set_searched(1, "Why?", "Why did the debt fall?")
    assert view._searched.label.text() == "Searched: Why did the debt fall?"
    assert view._searched.isVisible()
    chat.begin(1, "Why?")
    assert not view._searched.isVisible()


def test_what_is_searched_can_be_changed_by_keyboard(chat, qtbot) -> None:
    view = shown(chat, turn("It fell [9].", searched="Why did the debt fall?"))
    qtbot.keyClick(view._searched.change, Qt.Key.Key_Space)
    box = view._searched.edit._box
    assert box.toPlainText() == "Why did the debt fall?"
    assert not view._searched.label.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert view._searched.label.isVisible()
    assert not view._searched.edit.isVisible()
    view._searched.change.click()
    box.setPlainText("Why did it rise?")
    with qtbot.waitSignal(chat.search_requested) as wished:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert wished.args == [1, "Why did it rise?"]


def test_copying_what_is_not_borne_out_says_so(chat) -> None:
    view = shown(chat, turn("It fell [8].", quotes=(FELL,), first=First.QUOTES))
    view._actions.copy.click()
    assert QGuiApplication.clipboard().text() == (
        "“The debt fell.”\n\nWritten by the model, not confirmed by your documents:\n\nIt fell."
    )


def test_a_turn_from_before_there_were_quotes_is_shown_as_it_was(chat, qtbot) -> None:
    view = shown(chat, turn("The debt fell. [7]", AnswerMode.EXTRACT, cited=(FELL,)))
    qtbot.waitUntil(view.text.isVisible)
    assert view.text.toPlainText().replace("\u202f", " ") == "The debt fell. [1]"
    assert cards(view) == [7]


# Quotes that stand first, while a model writes below them


SAID = check("It fell [8].", SentenceVerdict.SUPPORTED, Ground.SAID)
SAID = replace(SAID, citations=(8,))
BELOW = turn("It fell [8].", quotes=(FELL, ROSE), first=First.QUOTES)


@pytest.fixture
def writing(chat, qtbot) -> AnswerView:
    """An answer that is being written below quotes."""
    chat.begin(1, "Why?")
    chat.set_sources(1, BELOW.sources, 0.2, Wording())
    view = chat._views[1]
    assert view.cards.shown
    chat.set_quotes(1, (FELL, ROSE))
    qtbot.waitUntil(lambda: view.leading.isVisible() and not view.cards.shown)
    return view


def places(view: AnswerView) -> list[int]:
    QApplication.processEvents()  # a layout is made when nothing else is to be done
    parts = (*view.leading.blocks, view.text)
    return [part.mapTo(view, part.rect().topLeft()).y() for part in parts]


def test_quotes_that_stand_first_are_there_while_nothing_is_written(writing) -> None:
    assert not writing._by_model.isVisible()
    assert not writing.text.isVisible()
    assert writing._state.text() == "Reading the passages…"
    assert [block.place.text()[:3] for block in writing.leading.blocks] == ["[1]", "[2]"]


@pytest.mark.parametrize(
    ("done", "label"),
    [
        (BELOW, "Written by the model, not confirmed by your documents"),
        (replace(BELOW, checks=(SAID,)), "Written by the model"),
        (
            replace(BELOW, statistics=None, stopped=True, checks=(SAID,)),
            "Written by the model, not confirmed by your documents",
        ),
    ],
)
def test_what_stands_there_does_not_move_when_the_answer_is_done(
    chat, qtbot, writing, done, label
) -> None:
    chat.add_thought(1, "Hm.")
    chat.add_text(1, "It fell [8].")
    qtbot.waitUntil(writing.text.isVisible)
    assert order(writing.leading, writing.thoughts, writing._by_model, writing.text)
    assert writing._by_model.text() == "Written by the model, not confirmed yet"
    assert LIGHT.muted in writing.text.styleSheet()
    assert "[2]" in writing.text.toPlainText()  # the second of the quotes
    before, blocks = places(writing), list(writing.leading.blocks)
    chat.finish(1, done)
    assert writing.leading.blocks == blocks
    assert places(writing) == before
    shown = [one.text() for one in (writing._by_model, writing._unconfirmed) if one.isVisible()]
    assert shown == [label]


def test_what_failed_on_its_way_is_not_confirmed_and_its_quotes_can_be_copied(
    chat, qtbot, writing
) -> None:
    chat.add_text(1, "It ro")
    chat.fail(1, "The model is gone.")
    assert (writing._by_model.isVisible(), writing._unconfirmed.isVisible()) == (False, True)
    writing._actions.copy.click()
    assert QGuiApplication.clipboard().text() == (
        "“The debt fell.”\n\n“Then it rose.”\n\n"
        "Written by the model, not confirmed by your documents:\n\nIt ro"
    )


def test_where_nothing_was_written_the_quotes_stand_alone(chat, writing) -> None:
    chat.fail(1, "The model is gone.")
    assert not writing._by_model.isVisible()
    assert not writing._unconfirmed.isVisible()
    assert writing._actions.copy.isVisible()
    chat.begin(1, "Why?")  # asked again
    assert not writing.leading.isVisible()


def test_doubts_are_marked_while_an_answer_grows_and_move_nothing(chat, qtbot, writing) -> None:
    chat.add_text(1, "It fell by 9 %. And")
    qtbot.waitUntil(writing.text.isVisible)
    before = places(writing)
    chat.set_checks(1, (check("It fell by 9 %.", ground=Ground.NUMBER, words=("9",)),))
    assert [one.check.sentence for one in writing.text.sentences.flagged] == ["It fell by 9 %."]
    assert len(writing.signs.places()) == 1
    assert places(writing) == before
    assert not writing._checks.isVisible()
    chat.begin(1, "Why?")
    chat.add_text(1, "It fell by 9 %. And")
    writing._flush()
    assert writing.text.sentences.flagged == []


def test_a_passage_and_a_quotation_are_wished_for_as_citations(chat, qtbot) -> None:
    wished: list[tuple[object, ...]] = []
    chat.citation_wished.connect(lambda *values: wished.append(values))
    written = shown(chat, turn("It fell [8].", quotes=(FELL,)))
    (card,) = written.cards.findChildren(SourceCard)
    card.menu().actions()[0].menu().actions()[0].trigger()
    quoted = shown(chat, turn("The debt fell. [7]", AnswerMode.EXTRACT, quotes=(FELL,)))
    (block,) = quoted.following.blocks
    copy, citations = block.menu().actions()
    citations.menu().actions()[2].trigger()
    assert wished == [(card.source, CitationStyle.APA), (FELL, CitationStyle.BIBTEX)]
    copy.trigger()
    assert QGuiApplication.clipboard().text() == block.text.toPlainText()


# Documents side by side

TABLE = (
    "| About | Lease 2023 | Lease 2024 |\n| --- | --- | --- |\n"
    "| Rent | It is **$900**. [7] | It is **$950**. [8] |\n"
    "| Deposit | Two rents. [7] | *not found* |"
)
RENT, NEW_RENT, DEPOSIT = (
    source(7, "It is $900."),
    source(8, "It is $950."),
    source(7, "Two rents."),
)


@pytest.fixture
def compared(chat, qtbot) -> AnswerView:
    value = turn(TABLE, AnswerMode.EXTRACT, cited=(RENT, NEW_RENT, DEPOSIT))
    view = shown(chat, replace(value, kind=QuestionKind.COMPARISON))
    qtbot.waitUntil(view.text.isVisible)
    return view


def tables(view: AnswerView) -> int:
    return sum(
        isinstance(one, QTextTable) for one in view.text.document().rootFrame().childFrames()
    )


def test_a_comparison_is_a_table_and_each_cell_opens_its_own_words(compared) -> None:
    assert tables(compared) == 1
    assert not compared.leading.isVisible()
    assert not compared.following.isVisible()
    opened = []
    compared.source_opened.connect(opened.append)
    for address in ("cite:7", "cite:8", "cite:7.1"):
        compared.text.anchorClicked.emit(QUrl(address))
    assert opened == [RENT, NEW_RENT, DEPOSIT]


def test_where_there_is_no_room_for_columns_rows_stand_below_each_other(
    chat, compared, qtbot
) -> None:
    chat.resize(360, 600)
    qtbot.waitUntil(lambda: tables(compared) == 0)
    told = compared.text.toPlainText().splitlines()
    assert [line.rstrip(" \u202f[12]") for line in told if line] == [
        "Rent",
        "Lease 2023: It is $900.",
        "Lease 2024: It is $950.",
        "Deposit",
        "Lease 2023: Two rents.",
        "Lease 2024: not found",
    ]
    opened = []
    compared.source_opened.connect(opened.append)
    compared.text.anchorClicked.emit(QUrl("cite:7.1"))
    assert opened == [DEPOSIT]
    assert compared.text.horizontalScrollBar().maximum() == 0
    chat.resize(900, 600)
    qtbot.waitUntil(lambda: tables(compared) == 1)
    assert compared.text.horizontalScrollBar().maximum() == 0


def test_a_table_is_read_aloud_row_by_row(chat, qtbot, monkeypatch) -> None:
    said = []
    monkeypatch.setattr(announce, "say", lambda _widget, words, **_more: said.append(words))
    view = shown(chat, turn(TABLE, AnswerMode.EXTRACT, cited=(RENT, NEW_RENT, DEPOSIT)))
    view.begin("Why?")
    view.set_sources((RENT, NEW_RENT), 0.1, Wording())
    view.add_text(TABLE + "\n")
    qtbot.waitUntil(lambda: any("Lease 2023: It is $900" in one for one in said))
    aloud = next(one for one in said if "Lease 2023" in one)
    assert aloud.startswith("Rent. Lease 2023: It is $900. Lease 2024: It is $950.")
    assert "|" not in aloud
    assert "*" not in aloud


@pytest.mark.qt_log_ignore("raise", "grabbing the keyboard", extend=True)  # offscreen has neither
def test_the_menu_of_a_quotation_opens_from_the_keyboard(chat, qtbot) -> None:
    (block,) = shown(
        chat, turn("The debt fell. [7]", AnswerMode.EXTRACT, quotes=(FELL,))
    ).following.blocks
    for part in (block.place, block.text.viewport()):
        place = part.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, part.mapToGlobal(place))
        QApplication.sendEvent(part, asked)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == ["Copy", "Copy as citation"]
        menu.close()
