from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QLineEdit

from desktop_rag.gui.sidebar.conversation_list import Day, day_of
from desktop_rag.gui.sidebar.row_delegate import CURRENT, ID, TARGET
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sidebar.values import ConversationValue, LibraryValue, QueueValue
from desktop_rag.gui.widgets.text import tip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

NOT_EDITING = QAbstractItemView.State.NoState
TESIS, CONTRATOS = LibraryValue(1, "Tesis", 42), LibraryValue(2, "Contratos", 1)
NOW = datetime.now().astimezone()
TALKS = [
    ConversationValue(1, "Deuda pública", NOW),
    ConversationValue(2, "Cláusula 7", NOW - timedelta(days=1)),
    ConversationValue(3, "", NOW - timedelta(days=9)),
    ConversationValue(4, "<b>Actas</b>", NOW - timedelta(days=99)),
]
QUEUE = QueueValue(12, "informe.pdf", 6.9, 180.0, 0.4, paused=False)


@pytest.fixture
def sidebar(qtbot, theme):
    sidebar = Sidebar()
    qtbot.addWidget(sidebar)
    sidebar.set_libraries([TESIS, CONTRATOS], 1)
    sidebar.set_conversations(TALKS, 1)
    sidebar.resize(260, 700)
    with qtbot.waitExposed(sidebar):
        sidebar.show()
    return sidebar


def heard(signal) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


def texts(rows) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count())]


def click(qtbot, rows, id_) -> None:
    place = rows.visualItemRect(rows.row_of(id_)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)


def type_into_editor(qtbot, rows, text) -> None:
    editor = rows.viewport().findChildren(QLineEdit)[-1]  # an earlier one may still be going
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def assert_next_is_told(sidebar, qtbot, told) -> None:
    """Make a library, after which whatever was told before would have come."""
    sidebar.new_library.click()
    with qtbot.waitSignal(sidebar.library_created):
        type_into_editor(qtbot, sidebar.libraries, "Next")
    assert told == [("Next",)]


def entry(menu, text):
    return next(action for action in menu.actions() if action.text() == text)


def test_libraries_show_their_names_and_the_chosen_one(sidebar) -> None:
    assert texts(sidebar.libraries) == ["Tesis", "Contratos"]
    assert sidebar.libraries.row_of(1).data(CURRENT)
    sidebar.set_libraries([TESIS, CONTRATOS], 2)
    assert not sidebar.libraries.row_of(1).data(CURRENT)
    assert sidebar.libraries.row_of(2).data(CURRENT)


def test_a_library_is_chosen_with_the_mouse_and_with_the_keyboard(sidebar, qtbot) -> None:
    told = heard(sidebar.library_chosen)
    click(qtbot, sidebar.libraries, 2)
    qtbot.keyClick(sidebar.libraries, Qt.Key.Key_Up)
    assert told == [(2,)]  # going there is not choosing
    qtbot.keyClick(sidebar.libraries, Qt.Key.Key_Return)
    assert told == [(2,), (1,)]


def test_a_new_library_is_named_in_its_row(sidebar, qtbot) -> None:
    sidebar.new_library.click()
    assert sidebar.libraries.count() == 3
    with qtbot.waitSignal(sidebar.library_created) as told:
        type_into_editor(qtbot, sidebar.libraries, "  Actas   de 2021 ")
    assert told.args == ["Actas de 2021"]
    assert texts(sidebar.libraries) == ["Tesis", "Contratos"]  # until it is shown


@pytest.mark.parametrize("text", ["", "   "])
def test_a_new_library_without_a_name_is_none(text, sidebar, qtbot) -> None:
    told = heard(sidebar.library_created)
    sidebar.new_library.click()
    type_into_editor(qtbot, sidebar.libraries, text)
    qtbot.waitUntil(lambda: sidebar.libraries.count() == 2)
    assert_next_is_told(sidebar, qtbot, told)


def test_escape_makes_no_library(sidebar, qtbot) -> None:
    told = heard(sidebar.library_created)
    sidebar.new_library.click()
    (editor,) = sidebar.libraries.viewport().findChildren(QLineEdit)
    editor.setText("Actas")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sidebar.libraries.count() == 2)
    assert_next_is_told(sidebar, qtbot, told)


def test_counts_that_change_do_not_disturb_who_is_typing(sidebar, qtbot) -> None:
    sidebar.new_library.click()
    sidebar.set_libraries([LibraryValue(1, "Tesis", 43), CONTRATOS], 1)
    with qtbot.waitSignal(sidebar.library_created) as told:
        type_into_editor(qtbot, sidebar.libraries, "Actas")
    assert told.args == ["Actas"]


def test_f2_renames_and_delete_deletes(sidebar, qtbot) -> None:
    sidebar.libraries.setCurrentItem(sidebar.libraries.row_of(2))
    qtbot.keyClick(sidebar.libraries, Qt.Key.Key_F2)
    with qtbot.waitSignal(sidebar.library_renamed) as told:
        type_into_editor(qtbot, sidebar.libraries, "Acuerdos")
    assert told.args == [2, "Acuerdos"]
    deleted = heard(sidebar.library_deleted)
    qtbot.keyClick(sidebar.libraries, Qt.Key.Key_Delete)
    assert deleted == [(2,)]


@pytest.mark.parametrize("text", [" Tesis ", "  "])
def test_the_same_name_is_no_new_name_and_nothing_is_none(text, sidebar, qtbot) -> None:
    told = heard(sidebar.library_renamed)
    sidebar.libraries.editItem(sidebar.libraries.row_of(1))
    type_into_editor(qtbot, sidebar.libraries, text)
    qtbot.waitUntil(lambda: sidebar.libraries.state() == NOT_EDITING)
    sidebar.libraries.editItem(sidebar.libraries.row_of(1))
    with qtbot.waitSignal(sidebar.library_renamed):
        type_into_editor(qtbot, sidebar.libraries, "Tesina")
    assert told == [(1, "Tesina")]


def test_the_menu_of_a_library_does_the_same(sidebar) -> None:
    menu = sidebar.libraries.menu_for(sidebar.libraries.row_of(2))
    export = "Export the library…"
    assert [action.text() for action in menu.actions()] == ["Rename", export, "Delete"]
    told = heard(sidebar.library_deleted)
    entry(menu, "Delete").trigger()
    assert told == [(2,)]
    exported = heard(sidebar.library_exported)
    entry(menu, export).trigger()
    assert exported == [(2,)]


def test_files_are_dropped_on_the_library_under_the_pointer(sidebar) -> None:
    rows = sidebar.libraries
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile("/pdf/a.pdf"), QUrl("https://example.org/b.pdf")])
    place = QPointF(rows.visualItemRect(rows.row_of(2)).center())
    how = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    told = heard(sidebar.paths_dropped)
    entering, moving = QDragEnterEvent(place, *how), QDragMoveEvent(place, *how)
    rows.dragEnterEvent(entering)
    rows.dragMoveEvent(moving)
    assert entering.isAccepted()
    assert moving.isAccepted()
    assert [rows.item(row).data(TARGET) for row in range(2)] == [False, True]
    rows.dropEvent(QDropEvent(place, *how))
    assert told == [(2, [Path("/pdf/a.pdf")])]
    assert not rows.row_of(2).data(TARGET)


def test_text_cannot_be_dropped(sidebar) -> None:
    content = QMimeData()
    content.setText("a.pdf")
    how = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    entering = QDragEnterEvent(QPointF(5, 5), *how)
    entering.ignore()
    sidebar.libraries.dragEnterEvent(entering)
    assert not entering.isAccepted()


@pytest.mark.parametrize(
    ("changed", "day"),
    [
        (datetime(2026, 3, 2, 0, 0), Day.TODAY),
        (datetime(2026, 3, 3, 9, 0), Day.TODAY),
        (datetime(2026, 3, 1, 23, 59), Day.YESTERDAY),
        (datetime(2026, 2, 28, 23, 59), Day.EARLIER),
        (datetime(2026, 3, 1, 23, 59).astimezone().astimezone(UTC), Day.YESTERDAY),
    ],
)
def test_days_are_those_of_the_reader(changed, day) -> None:
    assert day_of(changed, date(2026, 3, 2)) is day


def test_conversations_stand_under_their_days(sidebar) -> None:
    assert texts(sidebar.conversations) == [
        *("Today", "Deuda pública", "Yesterday", "Cláusula 7"),
        *("Earlier", "Untitled", "<b>Actas</b>"),
    ]


def test_a_conversation_is_chosen_and_a_day_is_not(sidebar, qtbot) -> None:
    told = heard(sidebar.conversation_chosen)
    click(qtbot, sidebar.conversations, Day.YESTERDAY)
    click(qtbot, sidebar.conversations, 2)
    assert told == [(2,)]


def test_a_conversation_can_be_renamed_exported_and_deleted(sidebar, qtbot) -> None:
    rows = sidebar.conversations
    menu = rows.menu_for(rows.row_of(2))
    exported, deleted = heard(sidebar.conversation_exported), heard(sidebar.conversation_deleted)
    entry(menu, "Export…").trigger()
    entry(menu, "Delete").trigger()
    assert (exported, deleted) == ([(2,)], [(2,)])
    entry(menu, "Rename").trigger()
    with qtbot.waitSignal(sidebar.conversation_renamed) as told:
        type_into_editor(qtbot, rows, "Cláusula 8")
    assert told.args == [2, "Cláusula 8"]


def test_the_keyboard_stays_where_it_was_when_conversations_move(sidebar) -> None:
    rows = sidebar.conversations
    rows.setCurrentItem(rows.row_of(2))
    sidebar.set_conversations([TALKS[1], TALKS[0]], 1)
    assert rows.currentItem().data(ID) == 2


def test_searching_waits_for_a_pause_and_says_if_nothing_was_found(sidebar, qtbot) -> None:
    with qtbot.waitSignal(sidebar.conversations_searched) as told:
        qtbot.keyClicks(sidebar.filter, "gas ")
    assert told.args == ["gas"]
    sidebar.set_conversations([], None)
    assert sidebar.nothing.text() == "No conversation holds “gas”"
    assert sidebar.nothing.isVisible()
    sidebar.set_conversations(TALKS, 1)
    assert not sidebar.nothing.isVisible()


def test_a_new_conversation_is_asked_for(sidebar) -> None:
    told = heard(sidebar.conversation_created)
    sidebar.new_conversation.click()
    assert told == [()]


def test_the_queue_is_seen_while_there_is_one(sidebar) -> None:
    assert not sidebar.queue.isVisible()
    sidebar.set_queue(QUEUE)
    assert sidebar.queue.isVisible()
    assert sidebar.queue.summary.accessibleName().endswith(" · 3 min")
    assert sidebar.queue.rate.text() == "6.9 pages/s"
    assert sidebar.queue.bar.value() == 400
    sidebar.set_queue(None)
    assert not sidebar.queue.isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "file(s)"), (0.0, "< 1 min"), (61.0, "1 min"), (5400.0, "1 h 30 min")],
)
def test_the_time_left_is_said_as_people_say_it(seconds, words, sidebar) -> None:
    sidebar.set_queue(QueueValue(12, "", 0.0, seconds, 0.0, paused=False))
    assert sidebar.queue.summary.accessibleName().endswith(words)


def test_the_queue_can_be_paused_resumed_and_cancelled(sidebar) -> None:
    queue = sidebar.queue
    signals = ("pause_requested", "resume_requested", "cancel_requested", "details_requested")
    told = {name: heard(getattr(queue, name)) for name in signals}
    sidebar.set_queue(QUEUE)
    queue.pause.click()
    assert (len(told["pause_requested"]), len(told["resume_requested"])) == (1, 0)
    sidebar.set_queue(QueueValue(12, "", 6.9, 180.0, 0.4, paused=True))
    assert (queue.pause.accessibleName(), queue.rate.text()) == ("Resume", "paused")
    queue.pause.click()
    queue.cancel.click()
    queue.details.click()
    assert [len(calls) for calls in told.values()] == [1, 1, 1, 1]


def test_names_of_others_are_never_markup(sidebar) -> None:
    assert sidebar.conversations.row_of(4).toolTip().startswith("<p>&lt;b&gt;Actas")
    assert tip("<img src=x>", "") == "<p>&lt;img src=x&gt;</p>"
    assert tip("") == ""


def test_everything_has_a_name(sidebar) -> None:
    for button in sidebar.findChildren(QAbstractButton):
        if type(button).__module__.startswith("desktop_rag"):
            assert button.accessibleName() or button.text()
    assert sidebar.filter.accessibleName()
    assert sidebar.libraries.accessibleName()
    assert sidebar.conversations.accessibleName()
    assert {label.textFormat() for label in sidebar.queue.findChildren(QLabel)} == {
        Qt.TextFormat.PlainText
    }


def test_icons_follow_the_theme(sidebar, theme) -> None:
    before = sidebar.new_conversation.icon().cacheKey()
    theme.choose("dark")
    QApplication.sendPostedEvents(None, QEvent.Type.PaletteChange.value)
    assert sidebar.new_conversation.icon().cacheKey() != before
