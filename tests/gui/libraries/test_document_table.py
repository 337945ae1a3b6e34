from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop_rag.domain.citations.writing import CitationStyle
from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.libraries.document_model import PROGRESS, DocumentModel, FilteredDocuments
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.libraries.table_entries import Column
from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.window.shortcuts_dialog import ShortcutsDialog
from tests.operations import calls_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def row(name: str, **values) -> DocumentValue:
    path = Path("/pdf") / f"{name}.pdf"
    return DocumentValue(**{"document": DocumentId(name), "path": path, "title": name} | values)


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


def texts(menu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


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
    documents.set_rows([*documents.rows, row("newer"), row("newest")])
    documents.set_places({BOOK.document: 1})
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
    assert table.row_actions.reason.text() == "It is <b>damaged</b>."
    assert table.row_actions.reason.textFormat() == Qt.TextFormat.PlainText


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
    assert table.row_actions.chosen.accessibleName() == "zoo"


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
    assert not table.row_actions.button("ask").isVisible()
    told = heard(table.selection_changed)
    choose(table, "Árbol")
    assert told[-1] == ([ARBOL],)
    assert table.row_actions.button("ask").isVisible()
    assert table.row_actions.button("open").isVisible()
    assert not table.row_actions.retry.isVisible()
    choose(table, "Árbol", "book")
    assert not table.row_actions.button("open").isVisible()
    choose(table, "Árbol", "carta")
    assert table.row_actions.retry.isVisible()


def test_buttons_tell_what_is_wished(table) -> None:
    table.set_documents(ROWS)
    choose(table, "carta")
    for button, signal, value in [
        (table.row_actions.button("open"), table.opened, CARTA),
        (table.row_actions.button("folder"), table.folder_requested, CARTA),
        (table.row_actions.button("remove"), table.removal_requested, [CARTA]),
        (table.row_actions.retry, table.retry_requested, [CARTA]),
    ]:
        told = heard(signal)
        button.click()
        assert told == [(value,)]


def test_two_to_five_that_can_be_asked_can_be_compared(table) -> None:
    ready = [replace(ARBOL, document=DocumentId(str(at)), path=Path(f"/{at}")) for at in range(6)]
    actions, told = table.row_actions, heard(table.comparison_requested)
    for count in range(1, 7):
        actions.show_rows(ready[:count])
        possible = 2 <= count <= 5
        assert actions.button("compare").isVisibleTo(actions) == possible
        assert ("Compare" in texts(actions.menu())) == possible
    actions.show_rows([ready[0], CARTA])
    assert not actions.button("compare").isVisibleTo(actions)
    actions.show_rows(ready[:2])
    actions.button("compare").click()
    assert told == [(ready[:2],)]
    assert actions.button("compare").accessibleName() == "Compare"


def test_only_what_failed_is_tried_again(table) -> None:
    table.set_documents(ROWS)
    choose(table, "carta", "Árbol")
    told = heard(table.retry_requested)
    table.row_actions.retry.click()
    assert told == [([CARTA],)]


def test_the_menu_fits_the_selection(table) -> None:
    table.set_documents(ROWS)
    choose(table, "book")
    assert texts(table.row_actions.menu()) == [
        *("Open", "Show in folder", "Ask about this", "Details…", "Copy as citation"),
        "Cancel indexing",
    ]
    choose(table, "book", "carta")
    menu = table.row_actions.menu()
    assert {"Cancel indexing", "Remove from library", "Ask about these"} <= set(texts(menu))
    assert not entry(menu, "Open").isEnabled()
    assert not entry(menu, "Details…").isEnabled()
    assert entry(menu, "Retry").isEnabled()


def test_details_and_citations_are_wished_for_from_the_menu(table) -> None:
    table.set_documents([ARBOL, BOOK])
    details = heard(table.row_actions.details_requested)
    citations = heard(table.row_actions.citation_requested)
    choose(table, "Árbol")
    entry(table.row_actions.menu(), "Details…").trigger()
    choose(table, "Árbol", "book")
    menu = entry(table.row_actions.menu(), "Copy as citation").menu()
    assert texts(menu) == ["APA", "ISO 690", "BibTeX"]
    entry(menu, "ISO 690").trigger()
    assert details == [(ARBOL,)]
    assert citations == [([ARBOL, BOOK], CitationStyle.ISO_690)]


def test_of_a_file_that_nobody_has_looked_into_there_are_no_details(table) -> None:
    table.set_documents([row("new", document=None)])
    choose(table, "new")
    assert not {"Details…", "Copy as citation"} & set(texts(table.row_actions.menu()))


def queued(*titles: str) -> list[DocumentValue]:
    return [row(title, state="queued") for title in titles]


def test_what_waits_says_where_it_stands(table) -> None:
    table.set_documents([*ROWS, *queued("one", "two", "twelve")])
    places = {Path("/pdf/two.pdf"): 1, DocumentId("one"): 2, Path("/pdf/twelve.pdf"): 12}
    table.set_places(places)
    assert cell(table, "two", Column.STATE) == "Queued · 1"
    assert cell(table, "one", Column.STATE) == "Queued · 2"  # another file of it waits
    assert cell(table, "twelve", Column.STATE) == "Queued · 12"
    assert cell(table, "Árbol", Column.STATE) == "Ready"
    table.set_places({})
    assert cell(table, "two", Column.STATE) == "Queued"


def test_the_queue_can_be_seen_as_one(table, qtbot) -> None:
    table.set_documents([*ROWS, *queued("a", "b", "c")])
    table.set_places({DocumentId("c"): 1, DocumentId("b"): 2})
    table.show_queue()
    assert shown(table) == ["carta", "book", "c", "b", "a", "Árbol"]
    choose(table, "b")
    with qtbot.waitSignal(table.documents.layoutChanged):  # sorted in a little later
        table.set_places({DocumentId("b"): 1, DocumentId("c"): 2})
    assert shown(table) == ["carta", "book", "b", "c", "a", "Árbol"]
    assert [one.title for one in table.selected()] == ["b"]


def test_several_are_moved_in_the_order_in_which_they_stand(table, qtbot) -> None:
    rows = queued("a", "b", "c")
    table.set_documents([*ROWS, *rows])
    table.set_places({DocumentId("c"): 1, DocumentId("b"): 2, DocumentId("a"): 3})
    choose(table, "a", "b", "c", "book", "carta")
    first, last = heard(table.first_requested), heard(table.last_requested)
    entry(table.row_actions.menu(), "Index first").trigger()
    entry(table.row_actions.menu(), "Index last").trigger()
    assert first == last == [(rows[::-1],)]
    table.activateWindow()
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert len(first) == len(last) == 2
    assert len(table.selected()) == 5


def test_only_what_waits_can_be_moved(table, qtbot) -> None:
    table.set_documents(ROWS)
    table.view.selectAll()
    told = heard(table.first_requested)
    assert "Index first" not in texts(table.row_actions.menu())
    table.activateWindow()
    table.view.setFocus()
    qtbot.waitUntil(table.view.hasFocus)
    qtbot.keyClick(table.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert told == []


def test_the_keys_of_the_queue_are_told_with_the_others(table, qtbot) -> None:
    dialog = ShortcutsDialog([])
    qtbot.addWidget(dialog)
    items = [dialog.list.topLevelItem(n) for n in range(dialog.list.topLevelItemCount())]
    assert [item.text(1) for item in items][-2:] == ["Alt+Up", "Alt+Down"]
    table.set_documents(queued("a"))
    choose(table, "a")
    menu = table.row_actions.menu()
    keys = [entry(menu, text).shortcut().toString() for text in ("Index first", "Index last")]
    assert keys == ["Alt+Up", "Alt+Down"]


def test_what_needs_the_person_offers_no_second_try(table) -> None:
    locked = row("locked", state="waiting", reason="Save a copy without the password.")
    table.set_documents([*ROWS, locked])
    choose(table, "locked")
    assert table.row_actions.reason.isVisible()
    assert table.row_actions.reason.text() == locked.reason
    assert not table.row_actions.retry.isVisible()
    assert "Retry" not in texts(table.row_actions.menu())
    choose(table, "locked", "carta")
    told = heard(table.retry_requested)
    table.row_actions.retry.click()
    entry(table.row_actions.menu(), "Retry").trigger()
    assert told == [([CARTA],)] * 2


def test_what_was_recognized_may_be_recognized_again_once_it_is_ready(table) -> None:
    old = row("scan", state="ready", quality=0.4)
    table.set_documents([*ROWS, old, row("now", state="recognizing", quality=0.4)])
    told = heard(table.recognition_requested)
    choose(table, "scan", "carta", "now")
    entry(table.row_actions.menu(), "Recognize text again").trigger()
    assert told == [([old],)]
    choose(table, "carta", "now")
    assert "Recognize text again" not in texts(table.row_actions.menu())


def test_rows_that_changed_or_came_leave_the_others_alone(table) -> None:
    many = [row(f"{n:03}") for n in range(200)]
    table.set_documents(many)
    choose(table, "100")
    table.view.scrollTo(table.filtered.index(150, 0))
    place, resets = table.view.verticalScrollBar().value(), heard(table.documents.modelReset)
    selections = heard(table.selection_changed)
    changed = [replace(one, state="ready") if one is many[3] else one for one in many]
    table.set_documents([*changed, row("zz"), row("00a")])
    assert resets == selections == []
    assert table.view.verticalScrollBar().value() == place > 0
    assert table.selected() == [many[100]]
    assert shown(table)[:2] == ["000", "001"]
    assert shown(table)[-1] == "zz"
    assert cell(table, "003", Column.STATE) == "Ready"
    assert table.documents.row_at(shown(table).index("00a")).title == "00a"  # sorted in at once
    table.set_documents(changed[1:])
    assert len(resets) == 1
    assert table.selected() == [many[100]]


def test_a_table_keeps_nothing_of_the_theme_before(table, theme, qtbot) -> None:
    rows = [*ROWS, row("d", state="waiting"), *queued("q")]
    table.set_documents(rows)
    choose(table, "q")
    light = table.view.grab().toImage()
    theme.choose("dark")
    fresh = DocumentTable()
    qtbot.addWidget(fresh)
    fresh.resize(table.size())
    fresh.show()
    fresh.set_documents(rows)
    choose(fresh, "q")
    assert table.view.grab().toImage() == fresh.view.grab().toImage() != light
    theme.choose("light")
    assert table.view.grab().toImage() == light


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


def test_delete_takes_the_row_that_the_keyboard_is_at(table, qtbot) -> None:
    table.set_documents(ROWS)
    choose(table, "carta")
    removed = heard(table.removal_requested)
    qtbot.keyClick(table.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    assert removed == [([ARBOL],)]


def test_the_keyboard_stays_where_a_row_was_removed(table) -> None:
    table.set_documents(ROWS)
    order = [table.filtered.row_at(place) for place in range(len(ROWS))]
    choose(table, order[1].name)
    table.set_documents([row for row in ROWS if row is not order[1]])
    assert table.view.currentIndex().row() == 1
    assert table.selected() == []
    choose(table, order[-1].name)
    table.set_documents([row for row in ROWS if row not in {order[1], order[-1]}])
    assert table.view.currentIndex().row() == len(ROWS) - 3


def test_only_what_can_be_asked_is_offered_to_be(table) -> None:
    table.set_documents(ROWS)
    choose(table, "carta")
    assert table.row_actions.button("ask").isHidden()
    assert table.row_actions.button("ask").text() == "Ask about this"
    assert not entry(table.row_actions.menu(), "Ask about this").isEnabled()
    choose(table, "carta", "Árbol")
    told = heard(table.ask_requested)
    table.row_actions.button("ask").click()
    assert told == [([ARBOL],)]


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
    """Twice as many are no more than twice the work and a little; quadratic would be four times."""

    def work(count: int) -> None:
        many = [
            row(f"Título {n % 977} {n}", pages=n % 500, added=START + timedelta(minutes=n))
            for n in range(count)
        ]
        table.set_documents(many)
        table.view.sortByColumn(Column.PAGES, Qt.SortOrder.AscendingOrder)
        table.filtered.narrow("titulo 99")
        table.filtered.narrow("")
        table.view.selectAll()
        assert len(table.selected()) == count
        table.set_documents(many)
        assert len(table.selected()) == count
        table.set_documents([])

    few = calls_of(lambda: work(1_000))
    assert calls_of(lambda: work(2_000)) < 2.5 * few


def test_everything_has_a_name(table) -> None:
    table.set_documents(ROWS)
    for button in table.findChildren(QAbstractButton):
        if type(button).__module__.startswith("desktop_rag"):
            assert button.accessibleName() or button.text()
    assert table.filter.accessibleName()
    assert table.view.accessibleName()


def test_what_is_being_indexed_is_cancelled_and_what_is_not_is_removed(table, qtbot) -> None:
    table.set_documents([*ROWS, row("waits", state="queued")])
    cancelled, removed = heard(table.cancel_requested), heard(table.removal_requested)
    choose(table, "book", "waits", "carta")
    assert table.row_actions.button("cancel").isVisible()
    assert table.row_actions.button("remove").isVisible()
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    ((rows,),) = cancelled
    assert {one.title for one in rows} == {"book", "waits"}
    assert removed == [([CARTA],)]
    table.row_actions.button("cancel").click()
    entry(table.row_actions.menu(), "Cancel indexing").trigger()
    entry(table.row_actions.menu(), "Remove from library").trigger()
    assert (len(cancelled), len(removed)) == (3, 2)
    choose(table, "waits")
    assert not table.row_actions.button("remove").isVisible()
    choose(table, "carta")
    assert not table.row_actions.button("cancel").isVisible()


def test_a_locked_document_asks_for_its_password(table) -> None:
    locked = row("locked", state="waiting", reason="It wants a password.", locked=True)
    table.set_documents([*ROWS, locked])
    assert cell(table, "locked", Column.STATE) == "Locked"
    choose(table, "locked", "carta")
    told = heard(table.password_requested)
    assert table.row_actions.password.isVisible()
    table.row_actions.password.click()
    entry(table.row_actions.menu(), "Password…").trigger()
    assert told == [([locked],)] * 2
    choose(table, "carta")
    assert not table.row_actions.password.isVisible()
    assert "Password…" not in texts(table.row_actions.menu())


def test_text_recognition_says_how_far_it_is(table) -> None:
    doing = row("scan", state="recognizing", pages_done=2, pages_found=12, fraction=0.2)
    table.set_documents([*ROWS, doing])
    assert cell(table, "scan", Column.STATE) == "Recognizing · 3/12"
    assert cell(table, "scan", Column.STATE, PROGRESS) == 0.2
    assert "page 3 of 12" in cell(table, "scan", Column.STATE, Qt.ItemDataRole.ToolTipRole)
    table.set_documents([*ROWS, replace(doing, pages_done=12)])
    assert cell(table, "scan", Column.STATE) == "Recognizing · 12/12"


def test_what_lacks_the_data_of_a_language_can_be_tried_again(table) -> None:
    lacking = row("scan", state="waiting", reason="There is no data.", worth=True)
    table.set_documents([*ROWS, lacking])
    choose(table, "scan")
    told = heard(table.retry_requested)
    table.row_actions.retry.click()
    assert told == [([lacking],)]


def test_what_a_ready_document_lacks_is_a_note_and_no_failure(table) -> None:
    left_out = row("torn", state="ready", reason="Two pages could not be read.")
    table.set_documents([*ROWS, left_out])
    assert cell(table, "torn", Column.STATE) == "Ready"
    assert "Two pages" in cell(table, "torn", Column.STATE, Qt.ItemDataRole.ToolTipRole)
    choose(table, "torn")
    assert table.row_actions.reason.isVisible()
    assert table.row_actions.reason.text() == left_out.reason
    assert table.row_actions.reason.property("role") == ""
    assert not table.row_actions.retry.isVisible()
    choose(table, "torn", "carta")
    assert table.row_actions.reason.text() != left_out.reason  # only what failed is counted
    place = table.documents.rows.index(left_out)
    assert table.documents.cell(place, Column.STATE).icon == ("info", "muted")
    assert table.documents.cell(table.documents.rows.index(ARBOL), Column.STATE).icon[0] == "check"


@pytest.mark.parametrize(("quality", "told"), [(None, False), (0.95, False), (0.4, True)])
def test_recognized_text_of_poor_quality_is_told(table, quality, told) -> None:
    table.set_documents([row("scan", state="ready", quality=quality)])
    tip = cell(table, "scan", Column.STATE, Qt.ItemDataRole.ToolTipRole)
    spoken = cell(table, "scan", Column.STATE, Qt.ItemDataRole.AccessibleTextRole)
    assert ("40 %" in tip) == told == ("40 %" in spoken)


def test_what_came_in_a_document_says_in_which(table) -> None:
    row = DocumentValue(
        DocumentId("9" * 64), Path("/home/x/1/budget.xlsx"), "A title", within=Path("/d/Report.pdf")
    )
    table.set_documents([row])
    assert table.documents.cell(0, Column.TITLE).text == "budget.xlsx — in Report.pdf"
    shown = table.documents.index(0, Column.TITLE).data(Qt.ItemDataRole.ToolTipRole)
    assert "/d/Report.pdf/budget.xlsx" in shown
    assert "/home/x" not in shown
    table.documents.sort(Column.TITLE)
    table.filtered.narrow("report budget")
    assert table.filtered.rowCount() == 1


def test_what_a_document_says_of_itself_is_in_its_tooltip_and_can_be_filtered_by(table) -> None:
    row = DocumentValue(
        *(DocumentId("8" * 64), Path("/d/a.pdf"), "Tides"),
        author="Ana <Peña>",
        date="2024-03",
        subject="High water",
    )
    dated = replace(row, document=None, path=Path("/d/b.pdf"), date="2024-03-05T10:00:00+01:00")
    table.set_documents([row, dated])
    tips = [
        table.documents.index(at, Column.TITLE).data(Qt.ItemDataRole.ToolTipRole) for at in (0, 1)
    ]
    assert "Ana &lt;Peña&gt; · 2024-03<br>High water<br>/d/a.pdf" in tips[0]
    assert "10:00" not in tips[1]
    assert "· 2024-03" not in tips[1]  # as dates are written here
    table.filtered.narrow("pena high")
    assert table.filtered.rowCount() == 2
