"""Tables in the window, with the program's own processes."""

import shutil
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_rag.jobs.tables import table_documents
from desktop_rag.library import tables
from tests import leases
from tests.running_window import Running, lit_pixels, shelf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("propagateSizeHints", extend=True),  # offscreen has none
]
COUNT = 4
QUESTIONS = list(leases.QUESTIONS[:2])


@pytest.fixture(scope="module")
def filled_shelf(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("files") / "Leases"
    leases.write(folder, COUNT)
    return shelf(tmp_path_factory.mktemp("shelf") / "home", folder)


@pytest.fixture
def program(tmp_path, filled_shelf, opened) -> Running:
    shutil.copytree(filled_shelf, tmp_path / "data")
    return opened()


def make(program: Running) -> None:
    """Make a table of all documents."""
    presenter = program.composition._tables
    documents = table_documents(program.db, program.session.library)
    presenter.make(documents, QUESTIONS)


def kept(program: Running):
    (table,) = tables.listed(program.db)
    return tables.cells(program.db, table.id, whole=True)


def full(program: Running) -> None:
    program.until(lambda: len(kept(program)) == COUNT * len(QUESTIONS))


def shown(program: Running, column: int) -> list[str]:
    model = program.composition.sheets.answers
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_table_is_filled_and_a_cell_opens_its_page_with_the_words_lit(program) -> None:
    make(program)
    sheets = program.composition.sheets
    assert sheets.isVisible()
    full(program)
    assert shown(program, 1)[0] == f"{leases.lease(0).answers[0]} (p. 2)"
    program.until(lambda: not sheets.progress.pause.isVisible())
    assert "8 of 8" in sheets.progress.summary.accessibleName()
    sheets.grid.go_to(0, 0)
    assert sheets.detail.isVisible()
    QTest.keyClick(sheets.grid, Qt.Key.Key_Return)
    program.until(lambda: lit_pixels(program.composition.pane.view) > 100)


def test_a_table_goes_on_after_a_restart_and_a_paused_one_when_somebody_says_so(
    program, opened
) -> None:
    make(program)
    program.until(lambda: len(kept(program)) >= 2)
    program.composition.sheets.progress.pause.click()
    before = {cell.at: cell.draft for cell in kept(program)}
    again = opened()
    again.composition._tables.filling.go_on()
    assert again.composition._tables.filling._filler.table is None
    sheets = again.composition.sheets
    assert sheets.progress.resume.isVisibleTo(sheets)
    (table,) = tables.listed(again.db)
    tables.pause(again.db, table.id, paused=False)
    last = opened()  # which goes on by itself
    full(last)
    assert before.items() <= {cell.at: cell.draft for cell in kept(last)}.items()


def test_a_question_of_a_person_goes_before_cells(program) -> None:
    make(program)
    program.until(lambda: len(kept(program)) >= 1)
    program.ask("How much is the monthly rent?")
    assert program.composition._tables.filling._filler.held
    assert program.answered().answer
    full(program)


def test_cells_are_written_by_hand_taken_back_and_asked_again(program) -> None:
    make(program)
    full(program)
    sheets, before = program.composition.sheets, shown(program, 1)[1]
    sheets.grid.go_to(1, 0)
    assert sheets.answers.setData(sheets.answers.index_of(1, 0), "mine")
    assert shown(program, 1)[1] == "mine"
    spoken = sheets.answers.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "edited by hand" in spoken
    sheets.detail.undo.click()
    assert shown(program, 1)[1] == before
    sheets.detail.again.click()
    assert len(kept(program)) < COUNT * len(QUESTIONS)
    full(program)
    assert shown(program, 1)[1] == before


def test_a_table_and_its_library_come_back_when_they_were_deleted(program) -> None:
    make(program)
    program.until(lambda: len(kept(program)) >= 1)
    program.composition._library.removal.delete_library(program.session.library)
    assert tables.listed(program.db) == []
    program.composition._undo.take()
    full(program)
    program.composition.sheets.delete.click()
    assert tables.listed(program.db) == []
    program.composition._undo.take()
    assert len(kept(program)) == COUNT * len(QUESTIONS)
    assert len(shown(program, 1)) == COUNT


def test_a_table_is_written_as_it_is_sorted(program, tmp_path) -> None:
    make(program)
    full(program)
    program.composition._taking._place_for = lambda _title: [tmp_path / "a"]
    sheets = program.composition.sheets
    sheets.grid.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    sheets.export.click()
    program.until((tmp_path / "a.xlsx").exists)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    told = [row[0].value for row in book["Answers"].iter_rows(min_row=2)]
    assert told == sorted(told, reverse=True)
    assert len(told) == COUNT
