"""Quotations: blocks that open their page, the best one largest, none of them markup."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from desktop_rag.domain.documents import Layer
from desktop_rag.gui.chat.quote_blocks import QuoteBlocks, QuoteLook
from desktop_rag.gui.chat.values import TranslationState, TranslationValue
from desktop_rag.gui.look.theme import DARK_CHOICE
from desktop_rag.gui.look.tokens import DARK, LIGHT
from tests.gui.chat.turns_shown import source

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)  # offscreen: much of it

BEST, OTHER = source(7, "The debt <b>fell</b>."), source(9, "Then it rose.", language="de")
NUMBERS = {7: 1, 9: 2}


@pytest.fixture
def quotes(qtbot, theme) -> QuoteBlocks:
    made = QuoteBlocks(lambda source: source.language == "de")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show_quotes((BEST, OTHER), NUMBERS)
    made.show()
    return made


def test_the_best_quotation_is_larger_than_the_others(quotes) -> None:
    best, other = (block.text.document().defaultFont().pixelSize() for block in quotes.blocks)
    assert best > other


def test_a_quotation_is_shown_as_it_is_with_its_place_and_number_here(quotes) -> None:
    first = quotes.blocks[0]
    assert first.text.toPlainText() == "The debt <b>fell</b>."
    assert first.place.text() == "[1] Report 7 · p. xiv"
    assert first.place.accessibleName() == "Quotation 1: “The debt <b>fell</b>.” Report 7, p. xiv"


def test_a_quotation_opens_its_page_by_pointer_and_by_keyboard(quotes, qtbot) -> None:
    first, second = quotes.blocks
    with qtbot.waitSignal(quotes.source_opened) as opened:
        qtbot.mouseClick(first.text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert opened.args == [BEST]
    with qtbot.waitSignal(quotes.source_opened) as opened:
        qtbot.keyClick(second.place, Qt.Key.Key_Space)
    assert opened.args == [OTHER]


def test_selecting_in_a_quotation_opens_nothing(quotes, qtbot) -> None:
    opened = []
    quotes.source_opened.connect(opened.append)
    text = quotes.blocks[0].text
    text.selectAll()
    qtbot.mouseRelease(text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert (opened, text.textCursor().selectedText()) == ([], "The debt <b>fell</b>.")


def test_what_is_folded_is_made_when_it_is_opened(quotes) -> None:
    quotes.show_quotes((BEST, OTHER), NUMBERS, QuoteLook("2 quotations", folded=True))
    assert (quotes.blocks, quotes.summary.text()) == ([], "2 quotations")
    assert quotes.summary.isVisible()
    assert not quotes.heading.isVisible()
    quotes.summary.click()
    assert [block.isVisible() for block in quotes.blocks] == [True, True]
    quotes.summary.click()
    assert [block.isVisible() for block in quotes.blocks] == [False, False]


def test_what_is_merely_near_steps_back_under_its_heading(quotes, theme) -> None:
    quotes.show_quotes((BEST, OTHER), NUMBERS, QuoteLook("The nearest passages", muted=True))
    assert quotes.heading.isVisible()
    sizes = {block.text.document().defaultFont().pixelSize() for block in quotes.blocks}
    assert len(sizes) == 1
    assert LIGHT.muted in quotes.blocks[0].text.styleSheet()
    theme.choose(DARK_CHOICE)
    assert DARK.muted in quotes.blocks[0].text.styleSheet()


def test_without_quotations_there_is_nothing(quotes) -> None:
    quotes.show_quotes((), {})
    assert (quotes.isVisible(), quotes.blocks) == (False, [])


def test_a_quotation_in_another_language_can_be_translated(quotes, qtbot) -> None:
    second = quotes.blocks[1]
    with qtbot.waitSignal(quotes.translation_wished) as wished:
        qtbot.keyClick(second.place, Qt.Key.Key_T)
    assert wished.args == [OTHER]
    done = TranslationValue(OTHER, "Y subió.", "qwen", TranslationState.DONE)
    quotes.show_translation(done)
    assert "Y subió." in second.place.accessibleDescription()
    with qtbot.waitSignal(quotes.translation_left):
        qtbot.keyClick(second.place, Qt.Key.Key_Escape)
    at = QPoint(4, 4)
    with qtbot.waitSignal(quotes.translation_wished):
        QApplication.sendEvent(second, QHelpEvent(QEvent.Type.ToolTip, at, second.mapToGlobal(at)))
    with qtbot.assertNotEmitted(quotes.translation_wished):
        qtbot.keyClick(quotes.blocks[0].place, Qt.Key.Key_T)
    QToolTip.hideText()


def test_a_comment_and_what_was_read_off_a_picture_say_so(quotes) -> None:
    note = source(7, "So.", layer=Layer.NOTE, recognized=True)
    quotes.show_quotes((note,), NUMBERS)
    place = quotes.blocks[0].place
    assert place.text() == "[1] Report 7 · p. xiv, comment"
    assert "some letters may be wrong" in place.toolTip()


def test_what_is_shown_already_is_left_alone(quotes) -> None:
    blocks = list(quotes.blocks)
    quotes.show_quotes([BEST, OTHER], NUMBERS | {3: 3})
    assert quotes.blocks == blocks
    quotes.show_quotes((BEST, OTHER), {7: 2, 9: 1})
    assert [block.place.text()[:3] for block in quotes.blocks] == ["[2]", "[1]"]
