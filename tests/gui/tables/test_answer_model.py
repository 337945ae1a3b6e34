import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop_rag.gui.tables.answer_model import AnswerModel
from desktop_rag.gui.tables.values import CellKind, CellValue, LineValue, TableValue
from tests.operations import calls_of

NAMES = ("Beta", "Álamo", "zeta")
TABLE = TableValue(1, "T", ("How much?", "When?"), tuple(map(LineValue, range(3), NAMES)))
ROLE = Qt.ItemDataRole


def found(text: str, place: str = "") -> CellValue:
    return CellValue(CellKind.FOUND, text, place, "quoted from the document")


CELLS = {(0, 0): found("1.200 euros", "iv"), (1, 0): found("900 euros"), (2, 0): found("none")}


@pytest.fixture
def model(theme):
    made = AnswerModel()
    made.show_table(TABLE, CELLS)
    return made


def column(model, at: int, role=ROLE.DisplayRole) -> list[str]:
    return [model.index(row, at).data(role) for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_models(theme) -> None:
    model = AnswerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_table(TABLE, CELLS)
    for at in range(3):
        model.sort(at, Qt.SortOrder.DescendingOrder)
    model.set_cell(1, 1, found("2020"))
    model.settle()
    model.show_table(None, {})
    assert tester.model() is model


def test_rows_stand_as_they_were_added_until_they_are_sorted(model) -> None:
    assert column(model, 0) == [*NAMES]
    model.sort(0)
    assert column(model, 0) == ["Álamo", "Beta", "zeta"]


def test_columns_are_sorted_by_what_their_values_mean(model) -> None:
    model.set_cell(2, 0, CellValue(CellKind.ABSENT, "not found", "", "not found"))
    model.sort(1)
    assert column(model, 1) == ["900 euros", "1.200 euros (p. iv)", "not found"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert column(model, 0) == ["zeta", "Beta", "Álamo"]


def test_a_cell_that_comes_is_shown_in_its_row_wherever_that_is(model) -> None:
    model.sort(0)
    model.set_cell(1, 1, found("2020"))
    assert column(model, 2) == ["2020", "", ""]
    assert model.place_of(model.index(0, 2)) == (1, 1)


def test_a_cell_says_how_it_came_about_to_who_does_not_see_it(model) -> None:
    told = column(model, 1, ROLE.AccessibleTextRole)
    assert told[0] == "1.200 euros (p. iv). quoted from the document"
    model.set_cell(0, 0, CellValue(CellKind.MISSING, "", "", "not asked yet"))
    assert column(model, 1, ROLE.AccessibleTextRole)[0] == "not asked yet"


def test_only_cells_that_need_a_look_have_a_sign(model) -> None:
    for kind in CellKind:
        model.set_cell(0, 0, CellValue(kind, "text"))
        signed = model.index(0, 1).data(ROLE.DecorationRole) is not None
        assert signed == (kind not in {CellKind.FOUND, CellKind.ABSENT, CellKind.MISSING})


def test_text_of_others_is_shown_as_it_is(model) -> None:
    model.set_cell(0, 0, CellValue(CellKind.FOUND, "<b>12</b>\u202e€\n"))
    assert column(model, 1)[0] == "<b>12</b>€"
    assert "&lt;b&gt;" in column(model, 1, ROLE.ToolTipRole)[0]


def test_what_is_written_by_hand_is_told_and_shown_by_who_hears_it(model) -> None:
    told = []
    model.edited.connect(lambda *values: told.append(values))
    assert model.setData(model.index(0, 1), "13")
    assert model.setData(model.index(1, 1), "900 euros")  # the same
    assert not model.setData(model.index(0, 0), "another name")
    assert told == [(0, 0, "13")]
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_a_cell_of_thousands_is_shown_without_a_look_at_the_others(theme) -> None:
    def cost(count: int) -> int:
        model = AnswerModel()
        lines = tuple(LineValue(at, f"Acta {at}") for at in range(count))
        cells = {(at, 0): found(f"{at} euros") for at in range(count)}
        model.show_table(TableValue(1, "T", ("?",), lines), cells)
        model.sort(1)
        return calls_of(lambda: model.set_cell(count - 1, 0, found("7 euros")))

    assert cost(5_000) <= cost(5) + 2
