from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_rag.domain.documents import Layer
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.search.search_results import matches, on_one_line

RESULTS = [
    Result("d1", "Informe.pdf", 3, "xiv", "La deuda pública bajó."),
    Result("d2", "<b>Contrato</b>", 0, "1", "De las\ndeudas <img src='http://x/y.png'>"),
    Result("d3", "Tesis", 213, "214", "Nada."),
]


@pytest.fixture(autouse=True)
def swept(qapp):
    """Delete the widgets of the test before: without a loop Qt would keep them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    for _ in range(3):
        column.addWidget(QLineEdit())
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def box(window) -> SearchBox:
    made = SearchBox(window)
    made.open()
    return made


def bold(text, query) -> list[str]:
    return [text[start : start + length] for start, length in matches(text, query)]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("La deuda pública", "DEUDA publica", ["deuda", "pública"]),
        ("deudas y deudor", "deuda", ["deudas"]),
        ("la deuda", "deudas", ["deuda"]),
        ("a b c", "a", []),
        ("<b>x</b> $", "(*[", []),
        ("𝐀 deuda", "deuda", ["deuda"]),
    ],
)
def test_the_words_of_the_query_are_found(text, query, expected) -> None:
    assert bold(text, query) == expected


def test_invisible_signs_are_not_shown() -> None:
    assert on_one_line("a\n b\u202e\tc\x00") == "a b c"


def test_searching_waits_until_one_stops_typing(box, qtbot) -> None:
    asked = []
    box.search_requested.connect(asked.append)
    with qtbot.waitSignal(box.search_requested):
        qtbot.keyClicks(box.query, "  deuda ")
    assert asked == ["deuda"]


def test_an_empty_query_is_not_searched(box, qtbot) -> None:
    box.query.setText("deuda")
    box.query.setText("   ")
    assert not box._pause.isActive()
    assert "few words" in box.state.text()


def test_the_first_passage_is_chosen_by_enter(box, qtbot) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    with qtbot.waitSignal(box.result_chosen) as told:
        qtbot.keyClick(box.query, Qt.Key.Key_Return)
    assert told.args == [RESULTS[0]]
    assert not box.isVisible()


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        ([Qt.Key.Key_Down], 1),
        ([Qt.Key.Key_Down] * 9, 2),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_Up], 1),
        ([Qt.Key.Key_Up], 0),
    ],
)
def test_the_arrows_choose_while_one_types(keys, row, box, qtbot) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    for key in keys:
        qtbot.keyClick(box.query, key)
    assert box.list.currentIndex().row() == row
    assert box.query.hasFocus()


def test_a_click_chooses(box, qtbot) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    place = box.list.visualRect(box.list.model().index(1, 0)).center()
    with qtbot.waitSignal(box.result_chosen) as told:
        qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [RESULTS[1]]


def test_results_of_an_older_query_are_ignored(box) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deu", tuple(RESULTS)))
    assert box.list.model().rowCount() == 0
    box.query.setText("")
    box.show_found(Findings("", tuple(RESULTS)))
    assert box.list.model().rowCount() == 0


def test_more_results_keep_the_chosen_one(box, qtbot) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS[:2]), complete=False))
    assert "still searching" in box.foot.text()
    qtbot.keyClick(box.query, Qt.Key.Key_Down)
    box.show_found(Findings("deuda", (RESULTS[2], *RESULTS[:2])))
    assert box.list.currentIndex().row() == 2
    assert "still" not in box.foot.text()


def test_each_state_has_its_words(box) -> None:
    box.query.setText("deuda")
    assert box.state.text() == "Searching…"
    box.show_found(Findings("deuda", (), complete=False))
    assert box.state.text() == "Searching…"
    box.show_found(Findings("deuda", ()))
    assert box.state.text() == "Nothing found. Try fewer words."
    box.set_error("<b>No disk</b>")
    assert box.state.text() == "<b>No disk</b>"
    assert box.state.textFormat() == Qt.TextFormat.PlainText
    assert box.query.text() == "deuda"


def test_escape_closes_and_gives_the_focus_back(window, qtbot) -> None:
    before = window.findChildren(QLineEdit)[1]  # Qt alone would go to the first or the last
    before.setFocus()
    box = SearchBox(window)
    box.open()
    assert box.query.hasFocus()
    qtbot.keyClick(box.query, Qt.Key.Key_Escape)
    assert not box.isVisible()
    assert before.hasFocus()


def test_turning_to_something_else_closes(window, box) -> None:
    field = window.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)
    field.setFocus()
    assert not box.isVisible()
    assert field.hasFocus()


def test_opening_again_selects_what_was_typed(box, qtbot) -> None:
    box.query.setText("deuda")
    qtbot.keyClick(box.query, Qt.Key.Key_Escape)
    box.open()
    assert box.query.selectedText() == "deuda"


@pytest.mark.parametrize("size", [(900, 600), (320, 240)])
def test_the_box_stays_inside_and_in_the_middle(size, window, box) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    window.resize(*size)
    assert window.rect().contains(box.geometry())
    assert abs(box.geometry().center().x() - window.rect().center().x()) <= 1


def test_a_screen_reader_hears_the_whole_passage(box) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    index = box.list.model().index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Informe.pdf, page xiv: La deuda pública bajó."
    assert all(w.accessibleName() for w in (box, box.query, box.list))


def test_very_many_results_are_painted(box) -> None:
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS * 300)))
    assert not box.grab().isNull()


def test_a_phrase_is_counted_above_the_passages(box) -> None:
    box.query.setText('"la deuda"')
    asked = Findings('"la deuda"', tuple(RESULTS), wording=Wording(("la deuda",), 12))
    box.show_found(asked)
    assert box.note.text() == "12 passage(s) with “la deuda”"
    assert box.note.isVisible()
    box.show_found(replace(asked, wording=Wording(("la deuda", "baja"), 1)))
    assert box.note.text() == "1 passage(s) with “la deuda”, “baja”"
    box.show_found(replace(asked, wording=Wording()))
    assert not box.note.isVisible()


def test_a_phrase_that_nothing_has_is_said_to_be_nowhere(box) -> None:
    box.query.setText('"%1 {0}"')
    asked = Findings('"%1 {0}"', tuple(RESULTS), wording=Wording(("%1 {0}",)))
    box.show_found(asked)
    assert box.note.text() == "No passage has “%1 {0}”; here is what is near."
    box.show_found(replace(asked, results=()))
    assert box.state.text() == "No passage has “%1 {0}”."
    assert not box.note.isVisible()


def test_a_mended_word_is_said_and_shown_in_bold(box) -> None:
    box.query.setText("duedas")
    mended = Wording(mended=(("duedas", "deudas"),))
    box.show_found(Findings("duedas", tuple(RESULTS), wording=mended))
    assert box.note.text() == "Showing results for “deudas”."
    assert bold("La deuda", box.list.model().query) == ["deuda"]
    box.query.setText("deuda")
    box.show_found(Findings("deuda", tuple(RESULTS)))
    assert not box.note.isVisible()


@pytest.mark.parametrize(
    ("layer", "badge"),
    [(Layer.HIDDEN, "Hidden text"), (Layer.NOTE, "Comment"), (Layer.FURNITURE, "Running head")],
)
def test_what_is_no_text_of_the_document_itself_is_told_by_a_badge(layer, badge, box) -> None:
    box.query.setText("deuda")
    plain = RESULTS[0]
    box.show_found(Findings("deuda", (plain, replace(plain, layer=layer))))
    first, second = (box.list.model().index(row, 0) for row in range(2))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert badge not in first.data(role)
    assert second.data(role) == f"Informe.pdf, page xiv, {badge}: La deuda pública bajó."
    assert not first.data(Qt.ItemDataRole.ToolTipRole)
    assert second.data(Qt.ItemDataRole.ToolTipRole)
    rows = [box.list.visualRect(index) for index in (first, second)]
    box.list.clearSelection()
    box.list.setCurrentIndex(box.list.model().index(-1, 0))
    drawn = [box.list.grab(row).toImage() for row in rows]
    assert drawn[0] != drawn[1]
