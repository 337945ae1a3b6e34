"""The window around the panes: files come in, panes come and go, and leaving is asked for."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_rag.gui.window.main_window import MainWindow, Panes

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

WIDE, NARROW = (1360, 860), (900, 700)
PANES = ("show_sidebar", "show_chat", "show_document")


@pytest.fixture
def make(qtbot, theme, tmp_path):
    """Make a window as a start of the program does: what one remembers, the next is told."""
    made: list[MainWindow] = []

    def make_one() -> MainWindow:
        state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Panes(*(QWidget() for _ in range(6))), state)
        qtbot.addWidget(window, before_close_func=lambda closing: closing.leave())
        window.resize(*WIDE)
        with qtbot.waitExposed(window):
            window.show()
        made.append(window)
        return window

    return make_one


@pytest.fixture
def window(make) -> MainWindow:
    return make()


def heard(signal) -> list[object]:
    told: list[object] = []
    signal.connect(lambda *values: told.append(*values) if values else told.append(None))
    return told


def carrying(*urls: str, text: str = "") -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if text:
        data.setText(text)
    return data


def drop(window, data) -> None:
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copying = Qt.DropAction.CopyAction
    window.dragEnterEvent(QDragEnterEvent(QPointF(400, 300), copying, data, button, keys))
    window.dropEvent(QDropEvent(QPointF(400, 300), copying, data, button, keys))


def paste(window, data) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    window.actions_.by_name["paste_paths"].trigger()
    QGuiApplication.clipboard().clear()  # what is Python's there when the program ends, crashes it


def tabs(window) -> list[str]:
    return [window._tabs.tabText(at) for at in range(window._tabs.count())]


def test_files_and_folders_can_be_dropped_anywhere(window, tmp_path) -> None:
    told = heard(window.paths_dropped)
    name = tmp_path / "año #1 100%.pdf"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(name)), QUrl.fromLocalFile("/b")])
    drop(window, data)
    assert told == [[name, Path("/b")]]


def test_addresses_of_other_machines_are_not_added(window) -> None:
    told = heard(window.paths_dropped)
    drop(window, carrying("https://example.org/a.pdf"))
    drop(window, carrying("https://example.org/a.pdf", "file:///a.pdf"))
    assert told == [[Path("/a.pdf")]]


@pytest.mark.parametrize("data", [{}, {"text": "only words"}, {"text": "/no/such/file.pdf"}])
def test_what_is_no_file_is_ignored(window, data) -> None:
    told = heard(window.paths_dropped)
    drop(window, carrying(**data))
    paste(window, carrying(**data))
    assert told == []
    assert "no file" in window._work.text()


def test_where_files_can_be_dropped_is_said_while_they_are_dragged(window) -> None:
    window.show_library("Tesis", 3)
    data = carrying("file:///a.pdf")
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for words, shown in (({"text": "words"}, False), ({}, True)):
        dragged = carrying(**words) if words else data
        window.dragEnterEvent(
            QDragEnterEvent(QPointF(1, 1), Qt.DropAction.CopyAction, dragged, button, keys)
        )
        assert window._overlay.isVisible() is shown
    window.dragLeaveEvent(QDragLeaveEvent())
    assert not window._overlay.isVisible()


def test_a_dropped_model_is_to_be_used_and_not_to_be_read(window) -> None:
    models, others = heard(window.model_dropped), heard(window.paths_dropped)
    drop(window, carrying("file:///m/a.GGUF"))
    assert (models, others) == ([Path("/m/a.GGUF")], [])
    drop(window, carrying("file:///m/b.gguf", "file:///a.pdf"))
    assert (models[1:], others) == ([Path("/m/b.gguf")], [[Path("/a.pdf")]])


def test_what_a_dragged_model_is_for_is_said(window) -> None:
    window.show_library("Tesis", 3)
    for urls, said in (
        (["file:///a.gguf"], "Use this language model"),
        (["file:///a.gguf", "file:///b.pdf"], "Drop documents to add them to Tesis"),
    ):
        how = (Qt.DropAction.CopyAction, carrying(*urls), Qt.MouseButton.LeftButton)
        window.dragEnterEvent(QDragEnterEvent(QPointF(1, 1), *how, Qt.KeyboardModifier.NoModifier))
        assert window._overlay.accessibleName() == said


def test_copied_lines_that_are_paths_can_be_pasted(window, tmp_path) -> None:
    one, two = tmp_path / "one file.pdf", tmp_path / "folder"
    one.touch()
    two.mkdir()
    told = heard(window.paths_dropped)
    text = f'  "{one}" \n{two}\n\n/no/such/file.pdf\nwords\n'
    paste(window, carrying(text=text))
    assert told == [[one, two]]


def test_copied_files_can_be_pasted(window, tmp_path) -> None:
    told = heard(window.paths_dropped)
    paste(window, carrying(QUrl.fromLocalFile(str(tmp_path)).toString()))
    assert told == [[tmp_path]]


def test_a_very_long_line_is_no_path(window) -> None:
    told = heard(window.paths_dropped)
    paste(window, carrying(text="x" * 100_000))
    paste(window, carrying(text="~nobody-of-that-name/a.pdf"))
    paste(window, carrying(text="a\x00b"))
    paste(window, carrying(text="."))  # a word of a text, which means nothing in a window
    assert told == []


def test_a_narrow_window_makes_a_tab_of_the_right_pane(window, qtbot) -> None:
    right = window._right
    assert tabs(window) == ["Chat", "Documents", "Tables"]
    assert right.isVisible()
    window.resize(*NARROW)
    qtbot.waitUntil(lambda: len(tabs(window)) == 4)
    assert tabs(window) == ["Chat", "Documents", "Tables", "Document"]
    assert not right.isVisible()
    window.show_document()
    assert right.isVisible()
    assert window._panes.document.isVisible()
    window.show_sampling()
    assert window._panes.sampling.isVisible()
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: len(tabs(window)) == 3)
    assert right.isVisible()
    assert window._splitter.indexOf(right) == 2
    assert window._panes.chat.isVisible() or window._panes.documents.isVisible()


def test_tables_have_a_tab_once_there_are_some(window) -> None:
    assert not window._tabs.isTabVisible(2)
    window.offer_tables(offered=True)
    assert window._tabs.isTabVisible(2)
    window.show_tables()
    assert window._panes.tables.isVisible()
    window.offer_tables(offered=False)
    assert not window._tabs.isTabVisible(2)
    assert not window._panes.tables.isVisible()


def test_in_a_narrow_window_no_tab_is_cut_off(window, qtbot) -> None:
    window.resize(*NARROW)
    qtbot.waitUntil(lambda: len(tabs(window)) == 4)
    window.show_tables()
    window.show_document()
    bar = window._tabs
    qtbot.waitUntil(lambda: bar.width() >= bar.sizeHint().width())


def test_in_three_panes_no_tab_is_cut_off_by_the_name_of_the_library(window, qtbot) -> None:
    window.resize(1010, 600)
    window.show_library("A library with a long name", 3)
    for at, longer in enumerate(("Conversación", "Documentos")):
        window._tabs.setTabText(at, longer)
    window.show_tables()
    bar = window._tabs
    assert len(tabs(window)) == 3
    qtbot.waitUntil(lambda: bar.width() >= bar.sizeHint().width(), timeout=1000)


@pytest.mark.parametrize("open_pane", [True, False])
@pytest.mark.parametrize("front", ["show_chat", "show_document"])
def test_being_narrow_for_a_while_changes_nothing(window, qtbot, open_pane, front) -> None:
    window.actions_.by_name["show_document"].setChecked(open_pane)
    window.resize(*NARROW)
    qtbot.waitUntil(lambda: len(tabs(window)) == 4)
    getattr(window, front)()
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: len(tabs(window)) == 3)
    assert window._right.isVisible() is open_pane
    assert window._stack.isVisible()


def test_a_pane_that_was_hidden_comes_to_the_front_as_a_tab(window, qtbot) -> None:
    window.actions_.by_name["show_document"].setChecked(False)
    assert not window._right.isVisible()
    window.resize(*NARROW)
    qtbot.waitUntil(lambda: len(tabs(window)) == 4)
    window.show_document()
    assert window._panes.document.isVisible()
    window.show_chat()
    window.resize(*WIDE)
    qtbot.waitUntil(lambda: len(tabs(window)) == 3)
    assert not window._right.isVisible()


def test_opening_a_page_shows_a_hidden_pane(window) -> None:
    window.actions_.by_name["show_document"].setChecked(False)
    window.show_document()
    assert window._panes.document.isVisible()
    assert window.actions_.by_name["show_document"].isChecked()


def test_the_window_fits_into_800_pixels(window, qtbot) -> None:
    window.show_library("A library with a name that has no end at all and then some", 1200)
    window.show_model("a-language-model-with-a-very-long-name-Q4_K_M-and-a-half")
    window.resize(800, 600)
    qtbot.waitUntil(lambda: window.width() == 800)
    assert window.minimumWidth() <= 800
    assert window.minimumHeight() <= 600
    assert window._middle.minimumSizeHint().width() <= window._middle.width()


@pytest.mark.parametrize("name", ["show_sidebar", "show_document"])
def test_hidden_panes_stay_hidden_next_time(make, name) -> None:
    first = make()
    first.actions_.by_name[name].trigger()
    first.close_requested.connect(first.leave)
    first.close()
    second = make()
    shown = {one: second.actions_.by_name[one].isChecked() for one in PANES}
    assert shown == {one: one != name for one in PANES}
    assert second._panes.sidebar.isVisible() is (name != "show_sidebar")
    assert second._right.isVisible() is (name != "show_document")


def test_the_widths_of_the_panes_are_kept(make) -> None:
    first = make()
    first._splitter.setSizes([330, 560, 470])
    widths = first._splitter.sizes()
    first.leave()
    assert make()._splitter.sizes() == widths


def test_a_broken_file_of_the_last_window_is_no_hindrance(make, tmp_path) -> None:
    (tmp_path / "window.ini").write_text(
        "[General]\ngeometry=7\nsplitter=@Invalid()\nshow_chat=x\n"
    )
    window = make()
    assert all(window.actions_.by_name[name].isChecked() for name in PANES)


def test_only_who_knows_what_is_being_done_closes_the_window(window) -> None:
    asked = heard(window.close_requested)
    window.close()
    assert asked == [None]
    assert window.isVisible()
    window.actions_.by_name["quit"].trigger()
    assert len(asked) == 2
    assert window.isVisible()
    window.leave()
    assert len(asked) == 2
    assert not window.isVisible()


def test_leaving_while_being_asked_closes_at_once(window) -> None:
    window.close_requested.connect(window.leave)
    assert window.close()
    assert not window.isVisible()


def test_every_action_has_words(window) -> None:
    actions = window.actions_.by_name
    assert len(actions) > 15
    assert all(action.text().strip() for action in actions.values())
    listed = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    assert set(actions.values()) <= listed


def test_no_two_actions_share_a_key(window) -> None:
    keys = [action.shortcut().toString() for action in window.actions_.by_name.values()]
    assert [key for key, times in Counter(keys).items() if key and times > 1] == []
    assert all(
        not action.shortcut().isEmpty()
        for action in window.actions_.by_name.values()
        if action.text() == "Quit"
    )


def test_every_key_is_listed_with_its_words(window) -> None:
    listed = window.actions_.keys()
    with_key = [one for one in window.actions_.by_name.values() if not one.shortcut().isEmpty()]
    in_answers = [words for words, key in listed if key == "F8"]
    assert len(listed) - len(in_answers) == len(with_key) > 10
    assert len(in_answers) == 1
    assert ("Search passages", "Ctrl+K") in listed
    assert not any("&" in words or "…" in words or not words for words, _ in listed)


def test_no_two_menus_share_a_letter(window) -> None:
    titles = [menu.text() for menu in window.menuBar().actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(letters) == len(set(letters))


def test_the_button_names_the_model_or_that_there_is_none(window, qtbot) -> None:
    window.resize(1360, 800)
    window.show()
    assert window._model.text() == "No language model"
    window.show_model("qwen")
    assert "qwen" in window._model.accessibleName()
    with qtbot.waitSignal(window.model_requested):
        window._model.click()


def test_the_list_of_documents_and_the_chat_take_turns(window) -> None:
    window.show_documents()
    assert window._panes.documents.isVisible()
    window.actions_.by_name["show_documents"].trigger()
    assert window._panes.chat.isVisible()
    window.actions_.by_name["show_documents"].trigger()
    assert window._panes.documents.isVisible()
