import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.document_model import (
    PROGRESS,
    Column,
    DocumentModel,
    FilteredDocuments,
)
from desktop_rag.gui.document_table import DocumentTable
from desktop_rag.gui.side_values import DocumentRow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def row(name: str, **values) -> DocumentRow:
    path = Path("/pdf") / f"{name}.pdf"
    return DocumentRow(**{"document": DocumentId(name), "path": path, "title": name} | values)


ARBOL = row("Árbol", pages=30, language="es", added=START, state="ready")
BOOK = row("book", pages=5, language="en", added=START + timedelta(1), state="reading")
CARTA = row("carta", pages=None, added=None, state="failed", reason="It is <b>damaged</b>.")
ROWS = [CARTA, ARBOL, BOOK]


@pytest.fixture
def table(qtbot, theme):
    table = DocumentTable()
    qtbot.addWidget(table)
    table.resize(900, 500)
    with qtbot.waitExposed(table):
        table.show()
    return table


def heard(signal) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def shown(table) -> list[str]:
    return [table.filtered.row_at(n).title for n in range(table.filtered.rowCount())]


def choose(table, *titles) -> None:
    table.view.choose([shown(table).index(title) for title in titles])


def cell(table, title, column, role=Qt.ItemDataRole.DisplayRole):
    return table.filtered.index(shown(table).index(title), column).data(role)


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def test_the_models_keep_the_rules_of_models(qtbot, theme) -> None:
    documents = DocumentModel()
    filtered = FilteredDocuments(documents)
    strict = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, strict) for model in (documents, filtered)]
    documents.set_rows(ROWS)
    for column in Column:
        documents.sort(column, Qt.SortOrder.DescendingOrder)
    documents.update_row(row("new"))
    documents.update_row(replace(BOOK, title="Zoo"))
    documents.set_progress(BOOK.document, 0.5)
    filtered.narrow("arbol")
    documents.update_row(replace(ARBOL, title="Tree", path=Path("/pdf/tree.pdf")))
    filtered.narrow("")
    documents.settle()
    documents.set_rows([])
    assert len(testers) == 2


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (Column.TITLE, ["Árbol", "book", "carta"]),
        (Column.PAGES, ["carta", "book", "Árbol"]),
        (Column.LANGUAGE, ["carta", "book", "Árbol"]),
        (Column.ADDED, ["carta", "Árbol", "book"]),
        (Column.STATE, ["carta", "book", "Árbol"]),
    ],
)
def test_every_column_sorts(column, order, table) -> None:
    table.set_documents(ROWS)
    table.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert shown(table) == order
    table.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert shown(table) == order[::-1]


def test_a_selection_survives_sorting(table) -> None:
    table.set_documents(ROWS)
    choose(table, "book", "carta")
    table.view.sortByColumn(Column.PAGES, Qt.SortOrder.AscendingOrder)
    assert table.selected() == [CARTA, BOOK]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ARBOL", ["Árbol"]),
        ("pdf", ["Árbol", "book", "carta"]),
        ("pdf b", ["Árbol", "book"]),
        ("xyz", []),
        ("", ["Árbol", "book", "carta"]),
    ],
)
def test_the_filter_looks_into_titles_and_paths(words, found, table, qtbot) -> None:
    table.set_documents([replace(each, path=Path("/pdf/x")) for each in ROWS])
    table.filter.setText("pending")
    with qtbot.waitSignal(table._typing.timeout):
        table.filter.setText(words)
    assert shown(table) == found
    assert table.view.isVisible() == bool(found)
    assert table.nothing.isVisible() != bool(found)


def test_a_filter_without_matches_says_so(table, qtbot) -> None:
    table.set_documents(ROWS)
    with qtbot.waitSignal(table._typing.timeout):
        table.filter.setText("xyz")
    assert table.nothing.text() == "No document matches “xyz”"


def test_cells_say_what_is_known(table) -> None:
    table.set_documents(
        [*ROWS, row("d", title=" ", language="ja", path=Path("/pdf/sin título.pdf"))]
    )
    names = [cell(table, "Árbol", column) for column in Column]
    assert names[0:3] == ["Árbol", "30", "Spanish"]
    assert "2026" in names[Column.ADDED] or "26" in names[Column.ADDED]
    assert names[Column.STATE] == "Ready"
    assert [cell(table, "carta", column) for column in Column] == ["carta", "", "", "", "Failed"]
    assert cell(table, " ", Column.TITLE) == "sin título.pdf"
    assert cell(table, " ", Column.LANGUAGE) == "Japanese"
    headers = [table.filtered.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert headers == ["Title", "Pages", "Language", "Added", "State"]


def test_a_reason_is_a_tooltip_and_spoken_and_never_markup(table) -> None:
    table.set_documents(ROWS)
    role = Qt.ItemDataRole
    assert "&lt;b&gt;damaged" in cell(table, "carta", Column.STATE, role.ToolTipRole)
    spoken = cell(table, "carta", Column.STATE, role.AccessibleTextRole)
    assert spoken == "Failed: It is <b>damaged</b>."
    choose(table, "carta")
    assert table.reason.text() == "It is <b>damaged</b>."
    assert table.reason.textFormat() == Qt.TextFormat.PlainText


def test_progress_is_shown_where_work_goes_on(table) -> None:
    table.set_documents(ROWS)
    table.set_progress(BOOK.document, 0.427)
    table.set_progress(DocumentId("unknown"), 0.1)
    assert cell(table, "book", Column.STATE) == "Reading · 42 %"
    assert cell(table, "book", Column.STATE, PROGRESS) == pytest.approx(0.427)
    assert cell(table, "book", Column.TITLE, PROGRESS) is None
    assert cell(table, "Árbol", Column.STATE, PROGRESS) is None
    assert not table.grab().isNull()


def test_one_document_changes_and_the_selection_stays(table, qtbot) -> None:
    table.set_documents(ROWS)
    choose(table, "book")
    changed = replace(BOOK, title="zoo", state="ready")
    with qtbot.waitSignal(table.documents.layoutChanged):  # sorted in a little later
        table.update_document(changed)
    assert shown(table) == ["Árbol", "carta", "zoo"]
    assert table.selected() == [changed]
    assert table.chosen.accessibleName() == "zoo"


def test_a_file_that_gets_its_document_is_still_the_same_row(table) -> None:
    table.set_documents([replace(BOOK, document=None)])
    table.update_document(BOOK)
    assert table.documents.rows == [BOOK]
    moved = replace(BOOK, path=Path("/pdf/elsewhere.pdf"))
    table.update_document(moved)
    assert table.documents.rows == [moved]
    table.update_document(row("other", path=BOOK.path))
    assert len(table.documents.rows) == 2


def test_a_document_that_was_not_there_is_added(table, qtbot) -> None:
    table.set_documents(ROWS)
    with qtbot.waitSignal(table.documents.layoutChanged):
        table.update_document(row("azul"))
    assert shown(table) == ["Árbol", "azul", "book", "carta"]


def test_what_was_selected_stays_so_when_everything_is_shown_anew(table) -> None:
    table.set_documents(ROWS)
    choose(table, "Árbol", "carta")
    table.set_documents([row("aaa"), CARTA, BOOK])
    assert table.selected() == [CARTA]


def test_an_empty_library_says_what_to_do(table) -> None:
    assert table.empty.isVisible()
    told = heard(table.add_requested), heard(table.sample_requested)
    table.empty.add.click()
    table.empty.sample.click()
    assert told == ([()], [()])
    table.set_documents(ROWS)
    assert not table.empty.isVisible()
    table.add.click()
    assert len(told[0]) == 2
    table.set_documents([])
    assert table.empty.isVisible()


def test_selecting_offers_what_can_be_done(table) -> None:
    table.set_documents(ROWS)
    assert not table.ask.isVisible()
    told = heard(table.selection_changed)
    choose(table, "Árbol")
    assert told[-1] == ([ARBOL],)
    assert table.ask.isVisible()
    assert table.open.isVisible()
    assert not table.retry.isVisible()
    choose(table, "Árbol", "book")
    assert not table.open.isVisible()
    choose(table, "Árbol", "carta")
    assert table.retry.isVisible()


def test_buttons_tell_what_is_wished(table) -> None:
    table.set_documents(ROWS)
    choose(table, "carta")
    for button, signal, value in [
        (table.open, table.opened, CARTA),
        (table.folder, table.folder_requested, CARTA),
        (table.ask, table.ask_requested, [CARTA]),
        (table.remove, table.removal_requested, [CARTA]),
        (table.retry, table.retry_requested, [CARTA]),
    ]:
        told = heard(signal)
        button.click()
        assert told == [(value,)]


def test_only_what_failed_is_tried_again(table) -> None:
    table.set_documents(ROWS)
    choose(table, "carta", "Árbol")
    told = heard(table.retry_requested)
    table.retry.click()
    assert told == [([CARTA],)]


def test_the_menu_fits_the_selection(table) -> None:
    table.set_documents(ROWS)
    choose(table, "book")
    texts = [action.text() for action in table.menu().actions() if action.text()]
    assert texts == [
        *("Open", "Ask about these", "Show in folder", "Index this first"),
        "Remove from library",
    ]
    told = heard(table.first_requested)
    entry(table.menu(), "Index this first").trigger()
    assert told == [(BOOK,)]
    choose(table, "book", "carta")
    menu = table.menu()
    assert not entry(menu, "Open").isEnabled()
    assert entry(menu, "Retry").isEnabled()


def test_the_keyboard_opens_and_removes(table, qtbot) -> None:
    table.set_documents(ROWS)
    choose(table, "Árbol")
    opened, removed = heard(table.opened), heard(table.removal_requested)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert (opened, removed) == ([(ARBOL,)], [([ARBOL],)])
    table.view.clearSelection()
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert len(removed) == 1


def test_columns_give_way_to_the_title(table) -> None:
    table.set_documents(ROWS)
    widths = {}
    for width in (900, 500, 340, 900):
        table.resize(width, 500)
        QApplication.sendPostedEvents()
        widths[width] = {column for column in Column if not table.view.isColumnHidden(column)}
        assert table.view.columnWidth(Column.TITLE) > 80
    assert widths[900] == set(Column)
    assert widths[340] == {Column.TITLE, Column.STATE}
    assert widths[340] < widths[500] < widths[900]


def test_ten_thousand_documents_are_no_burden(table) -> None:
    many = [
        row(f"Título {n % 977} {n}", pages=n % 500, added=START + timedelta(minutes=n))
        for n in range(10_000)
    ]
    before = time.perf_counter()
    table.set_documents(many)
    table.view.sortByColumn(Column.PAGES, Qt.SortOrder.AscendingOrder)
    table.filtered.narrow("titulo 99")
    table.filtered.narrow("")
    table.view.selectAll()
    assert len(table.selected()) == 10_000
    table.set_documents(many)
    assert len(table.selected()) == 10_000
    assert time.perf_counter() - before < 10  # a second on a slow machine; quadratic is minutes


def test_everything_has_a_name(table) -> None:
    table.set_documents(ROWS)
    for button in table.findChildren(QAbstractButton):
        if type(button).__module__.startswith("desktop_rag"):
            assert button.accessibleName() or button.text()
    assert table.filter.accessibleName()
    assert table.view.accessibleName()
