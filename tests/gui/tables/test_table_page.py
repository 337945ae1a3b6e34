import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.gui.sources import Source
from desktop_rag.gui.tables.questions_dialog import QuestionsDialog
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.tables.values import (
    CellKind,
    CellValue,
    DetailValue,
    FillingState,
    FillingValue,
    LineValue,
    TableValue,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

TABLE = TableValue(7, "Rent?", ("Rent?", "When?"), (LineValue(0, "Acta"), LineValue(1, "Bula")))
CELL = CellValue(CellKind.FOUND, "12 euros", "iv", "quoted from the document")
SOURCE = Source(1, DocumentId("d"), "Acta", 3, "iv", "It is 12 euros.", (Box(0, 0, 1, 1),))


@pytest.fixture
def page(qtbot, theme):
    made = TablePage()
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.set_tables([(7, "Rent?"), (3, "Other")], 7)
    made.show_table(TABLE, {(0, 0): CELL})
    return made


def heard(signal) -> list[object]:
    told = []
    signal.connect(lambda *values: told.append(values))
    return told


def test_without_a_table_the_page_says_what_one_is(page) -> None:
    page.set_tables([], None)
    assert page.first.isVisible()
    assert not page.grid.isVisible()


def test_another_table_is_chosen_by_its_title(page) -> None:
    told = heard(page.chosen)
    page.titles.setCurrentIndex(1)
    assert told == [(3,)]
    page.set_tables([(7, "Rent?")], 7)
    assert told == [(3,)]


def test_return_opens_the_page_of_a_cell_and_moving_shows_it_whole(page) -> None:
    opened, looked = heard(page.grid.opened), heard(page.grid.looked_at)
    page.grid.go_to(0, 0)
    assert looked[-1] == (0, 0)
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Return)
    assert opened == [(0, 0)]
    page.grid.setCurrentIndex(page.answers.index(0, 0))
    assert looked[-1] == (-1, -1)


def test_a_cell_is_written_by_hand_from_the_keyboard(page, qtbot) -> None:
    edited = heard(page.answers.edited)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.grid.go_to(1, 1)
    page.grid.edit_current()
    (editor,) = page.grid.viewport().findChildren(QLineEdit)
    QTest.keyClicks(editor, "mine")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: edited == [(1, 1, "mine")])
    assert page.answers.place_of(page.grid.currentIndex()) == (1, 1)


def test_progress_says_how_much_is_left_and_what_can_be_done(page) -> None:
    line = page.progress
    page.show_progress(FillingValue(FillingState.RUNNING, 30, 120, 0, 130.0))
    assert "30 of 120 cells" in line.summary.accessibleName()
    assert "2 minute" in line.summary.accessibleName()
    assert (line.pause.isVisible(), line.resume.isVisible(), line.again.isVisible()) == (
        *(True, False, False),
    )
    page.show_progress(FillingValue(FillingState.PAUSED, 30, 120, 2, None, "The disk is full."))
    assert (line.pause.isVisible(), line.resume.isVisible(), line.again.isVisible()) == (
        *(False, True, True),
    )
    assert line.trouble.text() == "The disk is full."
    page.show_progress(FillingValue(FillingState.FULL, 120, 120))
    assert not line.bar.isVisible()
    assert not line.resume.isVisible()


def test_a_cell_is_shown_whole_with_what_it_rests_on(page) -> None:
    opened = heard(page.detail.quote_opened)
    page.show_detail(DetailValue(0, 0, "Acta – Rent?", CELL, (SOURCE,)))
    assert page.detail.text.text() == "12 euros"
    (quote,) = page.detail.quotes
    assert quote.accessibleName() == "Page iv: “It is 12 euros.”"
    quote.click()
    assert opened == [(SOURCE,)]
    assert page.detail.again.isVisible()
    assert not page.detail.undo.isVisible()


def test_tab_comes_from_the_buttons_of_a_cell_to_its_quotes(page) -> None:
    after = QLineEdit(page)  # made before the quotes are
    page.show_detail(DetailValue(0, 0, "Acta – Rent?", CELL, (SOURCE, SOURCE)))
    reached = page.detail.again.nextInFocusChain()
    order = []
    while reached is not page.detail.again:
        order.append(reached)
        reached = reached.nextInFocusChain()
    assert order.index(page.detail.quotes[1]) < order.index(after)


def test_what_was_found_is_told_beside_what_was_written_by_hand(page) -> None:
    mine = CellValue(CellKind.EDITED, "13 euros", "", "edited by hand")
    page.show_detail(DetailValue(0, 0, "Acta", mine, (SOURCE,), found="12 euros"))
    assert page.detail.standing.text() == "edited by hand; found was: 12 euros"
    assert page.detail.undo.isVisible()
    assert not page.detail.again.isVisible()


def test_what_a_model_wrote_beside_it_is_told_with_its_doubts(page) -> None:
    page.show_detail(
        DetailValue(0, 0, "Acta", CELL, (), written="Perhaps 7.", doubts=("Not found.",))
    )
    assert page.detail.written.text() == "The model wrote: Perhaps 7.\nNot found."


def test_questions_are_one_in_a_line_and_none_is_asked_twice(qtbot, theme) -> None:
    dialog = QuestionsDialog(40, "qwen")
    qtbot.addWidget(dialog)
    given = heard(dialog.given)
    assert not dialog.make.isEnabled()
    dialog.questions.setPlainText("\n How much?  \nWhen?\nHow much?\n")
    dialog.make.click()
    assert given == [(["How much?", "When?"],)]
    assert "40" in dialog.told.text()
    assert "qwen" in dialog.how.text()
