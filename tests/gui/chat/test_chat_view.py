"""The transcript: what it shows, what it wishes, and that it stays still."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.chat.answer_text import AnswerText
from desktop_rag.gui.chat.chat_view import FIRST, KEPT, MORE, ChatView
from desktop_rag.gui.chat.source_cards import SourceCard
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.chat.why_dialog import WhyDialog
from desktop_rag.gui.sources import Source
from tests.operations import calls_of

MODEL = Statistics(AnswerMode.MODEL, 12.3, 2100, 1500, 512, 43.0, "<|system|> exact")
EXTRACT = Statistics(AnswerMode.EXTRACT, 0.2, 0, 0, 0, 0.0)


def source(number, snippet="the debt <b>fell</b>", boxes=()) -> Source:
    document = DocumentId(f"d{number % 2}")
    return Source(number, document, f"Report <i>{number}</i>", number, "xiv", snippet, boxes)


def turn(number, answer="It fell [1].", **changes) -> TurnValue:
    values = {
        "question": f"Question {number}",
        "answer": answer,
        "sources": (source(1), source(2)),
        "cited": (),
        "statistics": MODEL,
    }
    return TurnValue(id=number, **(values | changes))


@pytest.fixture
def chat(qtbot, theme) -> ChatView:
    view = ChatView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    return view


def button(view, text) -> object:
    return next(b for b in view._actions.buttons if b.text() == text)


def state(view) -> str:
    return view._state.text() if view._state.isVisible() else ""


def at_end(chat) -> bool:
    bar = chat._area.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def test_cards_stand_before_the_first_word(chat) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, [source(1), source(2), source(3)], 0.2, Wording())
    view = chat._views[1]
    assert len(view.cards.findChildren(SourceCard)) == 3
    assert view.cards.shown
    assert not view.text.isVisible()


def test_an_answer_says_that_documents_were_still_being_indexed(chat) -> None:
    for number, value in enumerate((turn(1), turn(2, incomplete=2), turn(3, "", incomplete=2)), 1):
        chat.begin(number, "Why?")
        chat.finish(number, value)
    said = [chat._views[number]._state.text() for number in (1, 2, 3)]
    assert ["2 document(s) were still being indexed" in one for one in said] == [False, True, True]
    assert said[1].startswith("Written by a language model")
    assert said[2].startswith("Nothing in these documents answers this.")


def test_how_the_words_of_a_question_fared_stands_above_the_passages(chat) -> None:
    mended = Wording(("the tide",), 3, (("dept", "debt"),))
    chat.begin(1, "Why?")
    chat.set_sources(1, [source(1)], 0.2, mended)
    view = chat._views[1]
    assert view._wording.text() == "Showing results for “debt”. 3 passage(s) with “the tide”"
    assert view._wording.isVisible()
    assert view._wording.y() < view.cards.y()
    chat.finish(1, turn(1, wording=Wording(("the tide",))))
    assert view._wording.text() == "No passage has “the tide”; here is what is near."
    chat.finish(1, turn(1, "", sources=(), wording=Wording(("the tide",))))
    assert view._wording.text() == "No passage has “the tide”."
    chat.finish(1, turn(1))
    assert not view._wording.isVisible()


def test_a_card_opens_its_source(chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, [source(1), source(2)], 0.2, Wording())
    card = chat._views[1].cards.findChildren(SourceCard)[1]
    with qtbot.waitSignal(chat.source_opened) as opened:
        qtbot.keyClick(card, Qt.Key.Key_Space)
    assert opened.args == [source(2)]


def test_text_that_came_in_pieces_is_what_rendering_it_whole_gives(chat, qtbot) -> None:
    answer = (
        "One [1].\n\n- a\n- b [2]\n\n|x|y|\n|-|-|\n|1|2|\n\n```py\nx = 1\n```\n\n## H\nlast *it*"
    )
    whole = AnswerText()
    qtbot.addWidget(whole)
    whole.set_known({1: source(1), 2: source(2)}, {})
    whole.show_text(answer)
    grown = AnswerText()
    qtbot.addWidget(grown)
    grown.set_known({1: source(1), 2: source(2)}, {})
    for sign in answer:
        grown.add_text(sign)
    assert grown.toHtml() == whole.toHtml()
    assert grown.document().blockCount() == whole.document().blockCount()


def test_a_citation_of_an_earlier_turn_lays_out_nothing_that_stands(chat, qtbot) -> None:
    text, known = AnswerText(), {}
    qtbot.addWidget(text)

    def cite(number: int) -> None:
        known[number] = source(number)
        text.set_known(dict(known), {one: one for one in known})
        text.add_text(f"- one item [{number}]\n")

    for number in range(1, 300):
        cite(number)
    assert calls_of(lambda: cite(300)) < 3_000
    assert text.toHtml().count('href="cite:') == 300


def test_marks_that_stand_become_links_once_they_are_known(chat, qtbot) -> None:
    text = AnswerText()
    qtbot.addWidget(text)
    text.show_text("One [1]. Two [2].")
    text.set_known({1: source(1), 2: source(2)}, {1: 1, 2: 2})
    assert text.toHtml().count('href="cite:') == 2
    text.set_known({1: source(1), 2: source(2)}, {1: 2, 2: 1})
    assert text.toPlainText().index("[2]") < text.toPlainText().index("[1]")
    text.set_known({2: source(2)}, {2: 1})
    assert text.toHtml().count('href="cite:') == 1


def test_what_is_selected_above_stays_selected_while_text_comes(chat, qtbot) -> None:
    text = AnswerText()
    qtbot.addWidget(text)
    text.show_text("First paragraph.\n\nSecond")
    cursor = text.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.add_text(" grows.\n\nThird")
    assert text.textCursor().selectedText() == "First"


def test_a_mark_opens_the_quote_it_stands_for(chat, qtbot) -> None:
    first = source(1, "first", (Box(0, 0, 1, 0.1),))
    second = source(1, "second", (Box(0, 0.5, 1, 0.6),))
    chat.show_turns([turn(1, "A [1]. B [1].", cited=(first, second), statistics=EXTRACT)])
    for address, quote in (("cite:1", first), ("cite:1.1", second)):
        with qtbot.waitSignal(chat.source_opened) as opened:
            chat._views[1].text.anchorClicked.emit(QUrl(address))
        assert opened.args == [quote]


def test_a_mark_can_be_reached_and_opened_by_keyboard(chat, qtbot) -> None:
    chat.show_turns([turn(1)])
    text = chat._views[1].text
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    with qtbot.waitSignal(chat.source_opened) as opened:
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert opened.args == [source(1)]


def test_a_mark_of_an_earlier_turn_opens_that_turns_passage(chat, qtbot) -> None:
    chat.show_turns([turn(1), turn(2, "Again [1].", sources=(source(7),))])
    with qtbot.waitSignal(chat.source_opened) as opened:
        chat._views[2].text.anchorClicked.emit(QUrl("cite:1"))
    assert opened.args == [source(1)]


def test_hovering_a_mark_tells_the_passage_with_no_tag_alive(chat) -> None:
    chat.show_turns([turn(1)])
    tip = chat._views[1].text.tip_of(source(1))
    assert "Report &lt;i&gt;1&lt;/i&gt;" in tip
    assert "xiv" in tip
    assert "the debt &lt;b&gt;fell&lt;/b&gt;" in tip


def test_the_tip_is_that_of_the_mark_under_the_pointer(chat, qtbot) -> None:
    chat.show_turns([turn(1, "[2]")])
    text = chat._views[1].text
    assert "Report &lt;i&gt;2" in text.tip_at(QPoint(4, text.height() // 4))
    assert not text.tip_at(QPoint(400, 4))


def test_a_link_asks_and_opens_nothing(chat, qtbot) -> None:
    chat.show_turns([turn(1, "[x](https://example.org/a)")])
    text = chat._views[1].text
    with qtbot.waitSignal(chat.link_requested) as asked:
        text.anchorClicked.emit(QUrl("https://example.org/a"))
    assert asked.args == ["https://example.org/a"]
    assert not text.openLinks()
    assert "example.org" in text.toPlainText()


def test_nothing_is_loaded_for_an_answer(chat) -> None:
    chat.show_turns([turn(1, "![alt](https://example.org/x.png)")])
    text = chat._views[1].text
    kind = QTextDocument.ResourceType.ImageResource
    assert text.loadResource(kind.value, QUrl("https://example.org/x.png")) is None
    assert "alt" in text.toPlainText()


def test_the_end_is_followed_only_while_the_reader_is_there(chat, qtbot) -> None:
    chat.show_turns([turn(n, "word " * 400) for n in range(3)])
    chat.begin(9, "More?")
    qtbot.waitUntil(lambda: at_end(chat))
    chat.add_text(9, "line\n\n" * 30)
    qtbot.waitUntil(lambda: "line" in chat._views[9].text.toPlainText())
    qtbot.waitUntil(lambda: at_end(chat))
    assert not chat._pill.isVisible()

    bar = chat._area.verticalScrollBar()
    bar.setValue(10)
    chat.add_text(9, "later\n\n" * 30)
    qtbot.waitUntil(chat._pill.isVisible)
    assert bar.value() == 10
    chat._pill.click()
    qtbot.waitUntil(lambda: at_end(chat))
    assert not chat._pill.isVisible()


def test_a_long_conversation_is_built_from_its_end(chat, qtbot) -> None:
    chat.show_turns([turn(n) for n in range(500)])
    assert len(chat._views) < FIRST
    qtbot.waitUntil(lambda: len(chat._views) == FIRST, timeout=60_000)
    assert min(chat._views) == 500 - FIRST
    qtbot.waitUntil(chat._earlier.isVisible, timeout=60_000)
    chat._earlier.click()
    qtbot.waitUntil(lambda: len(chat._views) == FIRST + MORE, timeout=60_000)
    shown = [chat._column.itemAt(n).widget() for n in range(1, chat._column.count() - 1)]
    assert [view.turn for view in shown] == list(range(500 - FIRST - MORE, 500))


def test_of_a_conversation_that_grows_the_earliest_turns_are_put_away(chat, qtbot) -> None:
    turns: list[TurnValue] = []
    chat.show_turns(turns)
    for number in range(1, KEPT + 6):
        turns.append(turn(number))
        chat.begin(number, f"Question {number}")
        chat.finish(number, turns[-1])
    assert list(chat._views) == list(range(6, KEPT + 6))
    assert chat._earlier.isVisible()
    qtbot.waitUntil(lambda: at_end(chat))
    chat._earlier.click()
    qtbot.waitUntil(lambda: len(chat._views) == KEPT + 5, timeout=60_000)
    shown = [chat._column.itemAt(at).widget() for at in range(1, KEPT + 6)]
    assert shown == [chat._views[number] for number in range(1, KEPT + 6)]
    assert not chat._earlier.isVisible()


def test_earlier_turns_leave_the_reader_where_he_was(chat, qtbot) -> None:
    chat.show_turns([turn(n, "word " * 100) for n in range(30)])
    qtbot.waitUntil(lambda: chat._earlier.isVisible() and at_end(chat))
    bar = chat._area.verticalScrollBar()
    bar.setValue(300)
    distance = bar.maximum() - bar.value()
    chat._earlier.click()
    qtbot.waitUntil(lambda: len(chat._views) == 30)
    qtbot.waitUntil(lambda: bar.maximum() - bar.value() == distance)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (turn(1, statistics=EXTRACT), "Quoted from your documents, no language model"),
        (turn(1, "", sources=()), "Nothing in these documents answers this."),
        (turn(1, stopped=True), "Stopped"),
    ],
)
def test_an_answer_says_what_it_is(chat, value, words) -> None:
    chat.show_turns([value])
    assert words in state(chat._views[1])


def test_an_error_keeps_what_was_written_and_offers_to_try_again(chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.add_text(1, "Half an")
    chat.fail(1, "The language model <b>ended</b>.")
    view = chat._views[1]
    assert view.text.toPlainText() == "Half an"
    assert view._error.text() == "The language model <b>ended</b>."
    assert view._error.textFormat() == Qt.TextFormat.PlainText
    again = next(b for b in view._banner.findChildren(QPushButton))
    with qtbot.waitSignal(chat.regenerate_requested) as wished:
        again.click()
    assert wished.args == [1]


def test_answering_again_starts_where_the_answer_stood(chat) -> None:
    chat.show_turns([turn(1), turn(2)])
    chat.begin(1, "Question 1")
    view = chat._views[1]
    assert len(chat._views) == 2
    assert view.text.text == ""
    assert not view._actions.isVisible()


def test_finishing_renders_nothing_anew_that_stands_already(chat, qtbot) -> None:
    chat.begin(1, "Why?")
    chat.set_sources(1, [source(1), source(2)], 0.1, Wording())
    chat.add_text(1, "It fell [1].")
    view = chat._views[1]
    qtbot.waitUntil(view.text.isVisible)
    revision = view.text.document().revision()
    chat.finish(1, turn(1))
    assert view.text.document().revision() == revision
    assert view._actions.isVisible()


def test_a_turn_that_is_not_shown_is_nobodys_business(chat) -> None:
    chat.set_sources(5, [source(1)], 0.1, Wording())
    chat.add_text(5, "x")
    chat.finish(5, turn(5))
    chat.fail(5, "x")
    assert not chat._views


def test_copying_leaves_the_marks_out_or_explains_them(chat) -> None:
    chat.show_turns([turn(1)])
    view = chat._views[1]
    button(view, "Copy").click()
    assert QGuiApplication.clipboard().text() == "It fell."
    button(view, "Copy with citations").click()
    assert QGuiApplication.clipboard().text() == (
        "It fell [1].\n\n[1] Report <i>1</i>, p. xiv: “the debt <b>fell</b>”"
    )


def test_a_question_is_changed_where_it_stands(chat, qtbot) -> None:
    chat.show_turns([turn(1)])
    view = chat._views[1]
    button(view, "Edit").click()
    box = view._question._box
    assert box.toPlainText() == "Question 1"
    box.setPlainText("Another")
    with qtbot.waitSignal(chat.edit_requested) as wished:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert wished.args == [1, "Another"]


def test_why_an_answer_is_what_it_is_can_be_asked_of_every_one(chat, qtbot) -> None:
    chat.show_turns([turn(1), turn(2, statistics=EXTRACT)])
    for number in (1, 2):
        with qtbot.waitSignal(chat.prompt_requested) as wished:
            button(chat._views[number], "Why this answer").click()
        assert wished.args == [number]


def test_the_prompt_is_shown_letter_by_letter(qtbot, theme) -> None:
    dialog = WhyDialog(turn(1), lambda _number: None)
    qtbot.addWidget(dialog)
    from PySide6.QtWidgets import QPlainTextEdit

    assert dialog.findChild(QPlainTextEdit).toPlainText() == MODEL.prompt
    assert any(
        "2100" in label.text() or "2,100" in label.text() for label in dialog.findChildren(QLabel)
    )


def test_an_empty_conversation_says_what_to_do_next(chat, qtbot) -> None:
    chat.set_empty("no_documents")
    chat.show_turns(())
    assert chat._empty.isVisible()
    with qtbot.waitSignal(chat.add_documents_requested):
        chat._empty._add.click()
    with qtbot.waitSignal(chat.sample_requested):
        chat._empty._sample.click()


def test_while_documents_are_read_nothing_else_is_asked_for(chat) -> None:
    chat.set_empty("reading")
    chat.show_turns(())
    empty = chat._empty
    assert "Reading" in empty._title.text()
    assert not empty._add.isVisible()
    assert not empty._sample.isVisible()
    chat.set_empty("no_documents")
    assert empty._add.isVisible()


def test_a_sample_question_is_asked_as_it_stands(chat, qtbot) -> None:
    chat.set_empty("ready", ["What & why?", "two"])
    shown = [b for b in chat._empty._questions if b.isVisible()]
    assert len(shown) == 2
    with qtbot.waitSignal(chat.suggestion_chosen) as chosen:
        shown[0].click()
    assert chosen.args == ["What & why?"]


def test_titles_and_questions_are_never_read_as_html(chat) -> None:
    chat.show_turns([turn(1, question="<img src=x>")])
    for label in chat._views[1].findChildren(QLabel):
        if label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
