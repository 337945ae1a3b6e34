"""The question box: sends once, stops at once, and loses nothing."""

import pytest
from PySide6.QtCore import Qt

from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.values import Budget


@pytest.fixture
def composer(qtbot, theme) -> Composer:
    made = Composer()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_enter_sends_and_shift_enter_breaks_the_line(composer, qtbot) -> None:
    qtbot.keyClicks(composer.input, "one")
    qtbot.keyClick(composer.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.input, "two")
    with qtbot.waitSignal(composer.asked) as asked:
        qtbot.keyClick(composer.input, Qt.Key.Key_Return)
    assert asked.args == ["one\ntwo"]
    assert composer.text == ""


def test_nothing_but_space_is_no_question(composer, qtbot) -> None:
    composer.input.setPlainText("  \n ")
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.input, Qt.Key.Key_Return)


def test_the_box_grows_to_six_lines_and_no_further(composer) -> None:
    heights = []
    for lines in (1, 3, 6, 20):
        composer.input.setPlainText("\n".join(["x"] * lines))
        heights.append(composer.input.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stop_is_seen_at_once_and_asked_once(composer, qtbot, way) -> None:
    composer.set_answering(True)
    stops = []
    composer.stop_requested.connect(lambda: stops.append(1))
    for _ in range(2):
        if way == "button":
            composer.button.click()
        else:
            qtbot.keyClick(composer.input, Qt.Key.Key_Escape)
    assert stops == [1]
    assert composer.button.text() == "Stopping…"
    composer.set_answering(False)
    assert composer.button.text() == "Send"


def test_what_is_typed_while_an_answer_comes_stays(composer, qtbot) -> None:
    composer.set_answering(True)
    composer.input.setPlainText("next")
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.input, Qt.Key.Key_Return)
    assert composer.text == "next"


def test_a_question_that_could_not_be_sent_comes_back(composer) -> None:
    composer.restore("why")
    assert composer.text == "why"
    composer.restore("before")
    assert composer.text == "before\nwhy"


def test_a_reason_is_shown_and_nothing_is_sent(composer, qtbot) -> None:
    composer.input.setPlainText("why")
    composer.set_enabled_reason("Add documents first.")
    assert composer._why.isVisible()
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.input, Qt.Key.Key_Return)
    composer.set_enabled_reason("")
    assert not composer._why.isVisible()
    assert composer.button.isEnabled()


def test_scopes_are_those_there_are(composer, qtbot) -> None:
    chips = composer._scopes
    assert [name for name, chip in chips.items() if chip.isVisible()] == ["library"]
    composer.set_scopes("Thesis", 3, "Report")
    assert all(chip.isVisible() for chip in chips.values())
    with qtbot.waitSignal(composer.scope_changed) as changed:
        chips["document"].click()
    assert changed.args == ["document"]
    assert composer.scope == "document"


def test_a_scope_that_is_gone_becomes_the_whole_library(composer, qtbot) -> None:
    composer.set_scopes("Thesis", 3, "Report")
    composer.scope = "chosen"
    with qtbot.waitSignal(composer.scope_changed) as changed:
        composer.set_scopes("Thesis", 0, "Report")
    assert changed.args == ["library"]
    assert composer.scope == "library"


def test_a_title_in_a_tooltip_is_text(composer) -> None:
    composer.set_scopes("<img src=x>", 0, "<b>b</b>")
    assert "&lt;img" in composer._scopes["library"].toolTip()
    assert "&lt;b&gt;" in composer._scopes["document"].toolTip()


def test_the_meter_tells_in_words_what_it_draws(composer) -> None:
    assert not composer.meter.isVisible()
    composer.set_budget(Budget(200, 400, 1400, 40, 512, 4096))
    assert composer.meter.isVisible()
    assert "2,552" in composer.meter.accessibleName().replace("2552", "2,552")
    for part in ("200", "400", "40", "512"):
        assert part in composer.meter.accessibleDescription()
    composer.set_budget(Budget(200, 4000, 1400, 40, 512, 4096))
    assert "left out" in composer.meter.accessibleName()
    composer.set_budget(None)
    assert not composer.meter.isVisible()
