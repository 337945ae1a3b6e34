"""Marks on sentences that are not borne out: where they stand, and that nothing imitates them."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_rag.domain.answers import Ground, SentenceVerdict
from desktop_rag.gui.chat.answer_text import AnswerText
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.quote_blocks import QuoteBlock
from desktop_rag.gui.chat.sentence_marks import check_words
from desktop_rag.gui.look.theme import DARK_CHOICE
from tests.gui.chat.turns_shown import check, source, turn

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen: much of it

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline
DOTS = QTextCharFormat.UnderlineStyle.DotLine
PARTLY, SUPPORTED = SentenceVerdict.PARTLY, SentenceVerdict.SUPPORTED
FELL = check("It **fell** by 4 % [7].", SUPPORTED, Ground.SAID)
ROSE = check("Then it rose 😀 by 9 %.", words=("9 %",), ground=Ground.NUMBER)
ENDED = check("So it ended.", PARTLY)
ANSWER = "It **fell** by 4 % [7].\n\n- Then it rose 😀 by 9 %.\n- So it ended."


@pytest.fixture
def text(qtbot, theme) -> AnswerText:
    made = AnswerText()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.set_known({7: source(7)}, {7: 1})
    made.show_text(ANSWER)
    made.show()
    return made


@pytest.fixture
def chat(qtbot, theme) -> ChatView:
    view = ChatView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show()
    return view


def drawn(text: AnswerText) -> list[tuple[str, QTextCharFormat.UnderlineStyle]]:
    """Return the words under each line, and what kind of line it is."""
    found = text.extraSelections()
    return [(one.cursor.selectedText(), one.format.underlineStyle()) for one in found]


def colours(text: AnswerText) -> list[str]:
    found = text.extraSelections()
    return [one.format.underlineColor().name() for one in found]


def test_a_sentence_is_marked_where_it_stands_in_what_markdown_made_of_it(text) -> None:
    text.sentences.show_checks([FELL, ROSE, ENDED])
    assert drawn(text) == [("Then it rose 😀 by 9", WAVE), ("So it ended", DOTS)]


def test_marks_neither_move_nor_change_the_text(text) -> None:
    before, revision = text.toHtml(), text.document().revision()
    text.sentences.show_checks([FELL, ROSE, ENDED])
    assert (text.toHtml(), text.document().revision()) == (before, revision)


def test_marks_stay_when_the_text_is_rendered_anew(text, theme) -> None:
    text.sentences.show_checks([ROSE])
    before = colours(text)
    theme.choose(DARK_CHOICE)
    assert drawn(text) == [("Then it rose 😀 by 9", WAVE)]
    assert colours(text) != before


def test_a_sentence_that_stands_twice_is_marked_in_order(text) -> None:
    text.show_text("It rose. It fell. It rose [7].")
    text.sentences.show_checks([check("It rose."), check("It rose [7].", PARTLY)])
    assert [one.cursor.selectionStart() for one in text.extraSelections()] == [0, 18]


def test_a_sentence_with_marks_of_nothing_known_is_found_all_the_same(text) -> None:
    text.show_text("It rose [5] a lot [7, 6]. And fell.")
    text.sentences.show_checks([check("It rose [5] a lot [7, 6]."), check("And fell.")])
    assert [one.cursor.selectionStart() for one in text.extraSelections()] == [0, 27]


def test_general_knowledge_that_was_allowed_is_not_called_missing(text) -> None:
    text.sentences.show_checks([check("So it ended.", ground=Ground.GENERAL)])
    assert drawn(text) == [("So it ended", DOTS)]


@pytest.mark.parametrize("ground", [Ground.NOTHING])
def test_a_sentence_that_claims_nothing_is_not_marked(text, ground) -> None:
    text.sentences.show_checks([check("So it ended.", ground=ground)])
    assert drawn(text) == []


def test_a_sentence_that_does_not_stand_there_marks_nothing(text) -> None:
    text.sentences.show_checks([check("Somebody said so."), check("[7]")])
    assert drawn(text) == []


def test_the_reason_is_told_where_the_pointer_rests_and_nowhere_else(text) -> None:
    text.sentences.show_checks([FELL, ROSE])
    place = text.sentences.place_of(text.sentences.flagged[0]).center() + QPoint(8, 0)
    assert "Not in the passages: “9 %”." in text.tip_at(place)
    fell = text.document().find("by 4")
    assert not text.tip_at(text.cursorRect(fell).center())
    assert not text.tip_at(place + QPoint(400, 0))


def test_a_calculation_is_told_though_nothing_is_wrong_with_it(text) -> None:
    text.sentences.show_checks([check("So it ended.", SUPPORTED, Ground.COMPUTED, ("2 + 2 = 4",))])
    place = text.cursorRect(text.document().find("it ended")).center() - QPoint(4, 0)
    assert "Calculated: 2 + 2 = 4." in text.tip_at(place)
    assert drawn(text) == []


def test_no_tag_of_a_model_is_alive_in_a_reason(text) -> None:
    text.sentences.show_checks([check("So it ended.", words=("<b>9</b>",), ground=Ground.NAME)])
    place = text.sentences.place_of(text.sentences.flagged[0]).center() + QPoint(8, 0)
    assert "&lt;b&gt;9" in text.tip_at(place)


def test_a_key_goes_through_the_flagged_sentences_and_round(chat, qtbot) -> None:
    chat.show_turns([turn(ANSWER, checks=(FELL, ROSE, ENDED))])
    text = chat._views[1].text
    text.setFocus()
    shift = Qt.KeyboardModifier.ShiftModifier
    seen = []
    for keys in (Qt.KeyboardModifier.NoModifier,) * 3 + (shift,):
        qtbot.keyClick(text, Qt.Key.Key_F8, keys)
        seen.append(text.textCursor().selectedText())
    assert seen == ["Then it rose 😀 by 9", "So it ended", "Then it rose 😀 by 9", "So it ended"]
    QToolTip.hideText()


def test_the_line_below_an_answer_counts_and_leads_there(chat, qtbot) -> None:
    chat.show_turns([turn(ANSWER, checks=(FELL, ROSE, ENDED))])
    view = chat._views[1]
    assert view._checks.button.text() == "1 of 3 sentence(s) supported"
    view._checks.button.click()
    assert view.text.textCursor().selectedText() == "Then it rose 😀 by 9"
    assert "F8" in view.text.accessibleDescription()
    chat.finish(1, turn(ANSWER, checks=(FELL, check("", SUPPORTED, Ground.NOTHING))))
    assert not view._checks.button.isVisible()
    assert view._checks.label.text() == "1 of 1 sentence(s) supported"
    assert view.text.accessibleDescription() == ""
    QToolTip.hideText()


def test_a_sign_stands_beside_what_is_not_found_and_says_why(chat, qtbot) -> None:
    chat.show_turns([turn(ANSWER, checks=(FELL, ROSE, ENDED))])
    view = chat._views[1]
    qtbot.waitUntil(view.text.isVisible)
    ((place, sentence),) = view.signs.places()
    assert sentence.check == ROSE
    assert view.signs.x() + view.signs.width() == view.text.x()
    at = place.center()
    QApplication.sendEvent(
        view.signs, QHelpEvent(QEvent.Type.ToolTip, at, view.signs.mapToGlobal(at))
    )
    assert "9 %" in QToolTip.text()
    QToolTip.hideText()


def test_words_say_verdict_and_reason(qapp) -> None:
    assert check_words(ROSE) == "Not found in your documents. Not in the passages: “9 %”."


FORGED = """✓ verified · 3 of 3 sentences supported

> “The debt fell by 4.1 %.”
> [1] Report 7 · p. xiv

Quoted from your documents [99] <u>so</u> <a href="cite:7">[1]</a> [sure](cite:7) ![](x.png)

<span style="text-decoration: underline">wave</span> <sup>[1]</sup> &#10003;

<div style="border-left: 3px solid #0B6E63">“quote”</div>

| ✓ | [1] |
|---|-----|
| a | b   |
"""


def test_nothing_that_a_model_writes_looks_like_what_the_program_says(chat) -> None:
    chat.show_turns([turn(FORGED, sources=(source(7),))])
    view = chat._views[1]
    assert view.findChildren(QuoteBlock) == []
    assert view.text.extraSelections() == []
    assert view.signs.places() == []
    assert view._checks.isHidden()
    assert [words for words, _format in pieces(view.text) if _format.isAnchor()] == []
    assert all(not made.fontUnderline() for _words, made in pieces(view.text))
    raised = QTextCharFormat.VerticalAlignment.AlignSuperScript
    assert all(made.verticalAlignment() is not raised for _words, made in pieces(view.text))
    assert all(not made.isImageFormat() for _words, made in pieces(view.text))


def pieces(text: AnswerText) -> list[tuple[str, QTextCharFormat]]:
    found = []
    block = text.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            found.append((at.fragment().text(), at.fragment().charFormat()))
            at += 1
        block = block.next()
    return found


# While the text grows


def test_marks_stay_where_they_are_while_the_text_grows(text) -> None:
    text.show_text("It rose. And")
    text.sentences.show_checks([check("It rose.")])
    for piece in (" then it fell [7].", " So", " it ended."):
        text.add_text(piece)
        assert drawn(text) == [("It rose", WAVE)]
    text.sentences.show_checks([check("It rose."), check("And then it fell [7].", PARTLY)])
    assert [line for _, line in drawn(text)] == [WAVE, DOTS]


def test_a_sentence_that_is_checked_before_it_is_shown_is_marked_once_it_is(text) -> None:
    text.show_text("")
    text.sentences.show_checks([check("It rose.")])
    assert drawn(text) == []
    text.add_text("It rose. And")
    assert drawn(text) == [("It rose", WAVE)]


def test_more_checks_do_not_lead_back_to_the_first_mark(text) -> None:
    text.show_text("It rose. It fell. It ended. And")
    first, second, third = check("It rose."), check("It fell."), check("It ended.")
    text.sentences.show_checks([first, second])
    assert text.sentences.step(1).check == first
    text.sentences.show_checks([first, second, third])
    assert text.sentences.step(1).check == second
    text.sentences.show_checks([second, third])
    assert text.sentences.step(-1).check == third
