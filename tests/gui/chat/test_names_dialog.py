"""The table of what documents name: sorted, narrowed down, opened and exported."""

import pytest
from PySide6.QtCore import Qt

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace
from desktop_rag.gui.chat.names_dialog import NamesDialog
from desktop_rag.gui.sources import Source

A, B = DocumentId("a"), DocumentId("b")
BOX = Box(0.1, 0.2, 0.3, 0.4)
IV, NEXT = EntityPlace(A, 3, "iv", ((3, BOX), (4, BOX))), EntityPlace(B, 8, "")
QUILL = Entity(EntityKind.PERSON, "Quill & <b>Sons</b>", 2, 1, (IV,))
ABEL = Entity(EntityKind.PERSON, "Ábel", 10, 2, (IV, NEXT))
OSLO = Entity(EntityKind.PLACE, "Oslo", 9, 40, (IV, NEXT))
TITLES = {A: "The lamp", B: "Oil & more"}


@pytest.fixture
def dialog(qtbot, theme) -> NamesDialog:
    made = NamesDialog((QUILL, ABEL, OSLO), TITLES, 7)
    qtbot.addWidget(made)
    return made


def shown(dialog: NamesDialog) -> list[str]:
    table = dialog.table
    rows = [row for row in range(table.rowCount()) if not table.isRowHidden(row)]
    return [table.model().index(row, 1).data() for row in rows]


def opened(dialog: NamesDialog) -> list[Source]:
    told: list[Source] = []
    dialog.source_opened.connect(told.append)
    return told


def test_every_name_is_listed_with_its_kind_times_and_pages(dialog) -> None:
    model = dialog.table.model()
    rows = [[model.index(row, at).data() for at in range(4)] for row in range(3)]
    assert sorted(rows) == [
        ["Person", "Quill & <b>Sons</b>", "2", "iv"],
        ["Person", "Ábel", "10", "iv, 9"],
        ["Place", "Oslo", "9", "iv, 9, …"],
    ]
    assert dialog.table.accessibleName() == "Names, dates, amounts"


def test_names_are_sorted_by_any_column_numbers_as_numbers(dialog) -> None:
    dialog.table.sortItems(1)
    assert shown(dialog) == ["Ábel", "Oslo", "Quill & <b>Sons</b>"]
    dialog.table.sortItems(2, Qt.SortOrder.DescendingOrder)
    assert shown(dialog) == ["Ábel", "Oslo", "Quill & <b>Sons</b>"]
    dialog.table.sortItems(3, Qt.SortOrder.DescendingOrder)
    assert shown(dialog)[0] == "Oslo"


def test_the_list_is_narrowed_down_by_kind_and_by_letters(dialog) -> None:
    dialog.filter.setText("abel")
    assert shown(dialog) == ["Ábel"]
    dialog.filter.setText("")
    dialog.kinds.setCurrentIndex(dialog.kinds.findText("Place"))
    assert shown(dialog) == ["Oslo"]
    assert dialog.kinds.findText("Date") == -1


def test_what_stands_on_one_page_is_opened_there_with_its_words_lit(dialog) -> None:
    told = opened(dialog)
    assert not dialog.opening.isEnabled()
    dialog.table.selectRow(shown(dialog).index("Quill & <b>Sons</b>"))
    dialog.opening.click()
    (source,) = told
    assert (source.document, source.page, source.title) == (A, 3, "The lamp")
    assert (source.boxes, source.continued) == ((BOX,), ((4, BOX),))


def test_of_several_pages_one_is_chosen_from_a_menu(dialog) -> None:
    told = opened(dialog)
    menu = dialog.menu_of_pages(ABEL)
    assert [one.text() for one in menu.actions()] == ["The lamp: Page iv", "Oil && more: Page 9"]
    menu.actions()[1].trigger()
    assert [(one.document, one.page) for one in told] == [(B, 8)]


def test_what_is_shown_is_exported_in_its_order(dialog) -> None:
    told: list[list[Entity]] = []
    dialog.export_requested.connect(told.append)
    dialog.table.sortItems(2)
    dialog.export.click()
    dialog.kinds.setCurrentIndex(dialog.kinds.findText("Place"))
    dialog.export.click()
    assert told == [[QUILL, OSLO, ABEL], [OSLO]]


def test_a_name_has_room_beside_a_long_list_of_pages(qtbot, theme) -> None:
    places = tuple(EntityPlace(A, page, str(page)) for page in range(100, 112))
    made = NamesDialog((Entity(EntityKind.PLACE, "Trondheim", 12, 12, places),), TITLES)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    width = made.table.fontMetrics().horizontalAdvance("Trondheim")
    assert made.table.columnWidth(1) > width
    assert made.table.horizontalHeader().length() <= made.table.viewport().width()
    assert "111" in made.table.item(0, 3).toolTip()


def test_return_in_the_line_that_narrows_down_closes_nothing(dialog, qtbot) -> None:
    dialog.show()
    qtbot.keyClicks(dialog.filter, "os")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert shown(dialog) == ["Oslo"]
