"""What is done without a pointer: where Tab leads, and who has the keyboard afterwards."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.pages import Opened
from desktop_rag.gui.chat.answer_view import AnswerView
from desktop_rag.gui.chat.chat_view import ChatView
from desktop_rag.gui.chat.composer import Composer
from desktop_rag.gui.chat.source_cards import SourceCard
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.libraries.document_table import DocumentTable
from desktop_rag.gui.reader.reader_pane import ReaderPane, Shown
from desktop_rag.gui.sampling.sampling_panel import SamplingPanel
from desktop_rag.gui.search.search_box import Findings, Result, SearchBox
from desktop_rag.gui.sidebar.sidebar import Sidebar
from desktop_rag.gui.sources import Source
from desktop_rag.gui.tables.table_page import TablePage
from desktop_rag.gui.widgets.banners import Banner, UndoBar
from desktop_rag.gui.window.main_window import MainWindow, Panes

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none

ID = DocumentId("ab" * 32)
SOURCE = Source(1, ID, "Informe", 3, "xiv", "La deuda bajó.", (Box(0, 0, 1, 0.1),))
EXTRACT = Statistics(AnswerMode.EXTRACT, 0.2, 0, 0, 0, 0.0)
SIZE = (1360, 860)


def turn(number: int) -> TurnValue:
    return TurnValue(number, f"Why {number}?", "It fell [1].", (SOURCE,), (SOURCE,), EXTRACT)


class Talk(QWidget):
    """A conversation above the box for questions, with something else after them."""

    def __init__(self) -> None:
        super().__init__()
        self.chat, self.composer = ChatView(), Composer()
        self.other = QPushButton("Other")
        column = QVBoxLayout(self)
        for part in (self.chat, self.composer, self.other):
            column.addWidget(part)

    def view(self, number: int) -> AnswerView:
        return self.chat._views[number]


@pytest.fixture
def talk(qtbot, theme) -> Talk:
    made = Talk()
    qtbot.addWidget(made)
    made.resize(*SIZE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def window(qtbot, theme, tmp_path) -> MainWindow:
    talk = Talk()
    panes = Panes(Sidebar(), talk, DocumentTable(), TablePage(), ReaderPane(), SamplingPanel())
    made = MainWindow(panes, QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(made, before_close_func=lambda closing: closing.leave())
    made.talk = talk
    made.resize(*SIZE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def focused() -> QWidget:
    return QApplication.focusWidget()


def tabbed(qtbot, start: QWidget, end: QWidget) -> list[QWidget]:
    """Press Tab from one widget until another; return where that led."""
    start.setFocus()
    stops = [start]
    while stops[-1] is not end:
        qtbot.keyClick(stops[-1], Qt.Key.Key_Tab)
        if focused() is not stops[-1]:
            stops.append(focused())
        assert len(stops) < 60
    return stops


def test_tab_leads_through_the_turns_from_the_first_to_the_last(talk, qtbot) -> None:
    talk.chat.show_turns([turn(1), turn(2)])
    talk.chat.begin(3, "And then?")
    talk.chat.finish(3, turn(3))
    qtbot.waitUntil(talk.view(3).isVisible)
    stops = tabbed(qtbot, talk.chat._area, talk.composer.input)
    texts = [stops.index(talk.view(number).text) for number in (1, 2, 3)]
    copies = [stops.index(talk.view(number)._actions.copy) for number in (1, 2, 3)]
    assert texts[0] < copies[0] < texts[1] < copies[1] < texts[2] < copies[2]
    assert talk.other not in stops


def test_tab_goes_from_the_question_over_quotes_and_text_to_the_sources(talk, qtbot) -> None:
    other = replace(SOURCE, number=2)
    value = replace(turn(1), searched="Why so?", sources=(SOURCE, other), quotes=(SOURCE, other))
    value = replace(value, statistics=replace(EXTRACT, mode=AnswerMode.MODEL))
    talk.chat.show_turns([replace(value, first=First.QUOTES)])
    view = talk.view(1)
    qtbot.waitUntil(view.isVisible)
    blocks = [block.place for block in view.leading.blocks]
    stops = tabbed(qtbot, view._searched.change, view.text)
    assert stops == [view._searched.change, *blocks, view.text]
    talk.chat.finish(1, replace(value, quotes=()))
    cited, folded = view.cards.findChildren(SourceCard), view.cards.summary
    stops = tabbed(qtbot, view.text, folded)
    assert stops == [view.text, *cited, folded]
    qtbot.keyClick(folded, Qt.Key.Key_Space)
    cards = [one for one in view.cards.findChildren(SourceCard) if one not in cited]
    assert (len(cited), len(cards)) == (1, 1)
    stops = tabbed(qtbot, folded, view._actions.copy)
    assert stops == [folded, *cards, view._actions.copy]


def test_who_comes_to_an_answer_by_tab_reads_it_from_its_beginning(talk, qtbot) -> None:
    talk.chat.show_turns([turn(1)])
    view = talk.view(1)
    tabbed(qtbot, talk.chat._area, view.text)
    qtbot.keyClick(view.text, Qt.Key.Key_Right)
    assert view.text.textCursor().position() == 1


def test_a_question_that_is_changed_has_its_buttons_after_it(talk, qtbot) -> None:
    talk.chat.show_turns([turn(1)])
    view = talk.view(1)
    view._actions.edit.setFocus()
    qtbot.keyClick(view._actions.edit, Qt.Key.Key_Space)
    box = focused()
    stops = tabbed(qtbot, box, view.text)
    assert [stop.text() for stop in stops[1:-1]] == ["Send", "Cancel"]


def test_not_changing_a_question_gives_the_keyboard_back(talk, qtbot) -> None:
    talk.chat.show_turns([turn(1)])
    view = talk.view(1)
    view._actions.edit.setFocus()
    qtbot.keyClick(view._actions.edit, Qt.Key.Key_Space)
    assert focused() is not view._actions.edit
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert focused() is view._actions.edit


def test_asking_once_more_leaves_the_keyboard_in_the_conversation(talk, qtbot) -> None:
    talk.chat.show_turns([turn(1)])
    talk.chat.regenerate_requested.connect(lambda number: talk.chat.begin(number, "Why 1?"))
    view = talk.view(1)
    view._actions.again.setFocus()
    qtbot.keyClick(view._actions.again, Qt.Key.Key_Space)
    assert focused() is talk.chat._area


def test_turns_that_are_shown_anew_leave_the_keyboard_in_the_conversation(talk) -> None:
    talk.chat.show_turns([turn(1), turn(2)])
    talk.view(2)._actions.again.setFocus()
    talk.chat.show_turns([turn(1)])
    assert focused() is talk.chat._area


def offered(talk) -> UndoBar:
    bar = UndoBar()
    talk.layout().addWidget(bar)
    bar.offer("Conversation deleted", object())
    return bar


def undo(qtbot, widget: QWidget) -> None:
    qtbot.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("place", ["other", "box"])
def test_what_was_removed_comes_back_by_key(talk, qtbot, place) -> None:
    bar = offered(talk)
    widget = talk.other if place == "other" else talk.composer.input
    widget.setFocus()
    with qtbot.waitSignal(bar.undone):
        undo(qtbot, widget)
    assert not bar.offering


def test_what_is_being_written_is_undone_first(talk, qtbot) -> None:
    bar = offered(talk)
    box = talk.composer.input
    box.setFocus()
    qtbot.keyClicks(box, "Why")
    undo(qtbot, box)
    assert talk.composer.text == ""
    assert bar.offering


def test_closing_the_search_gives_the_keyboard_straight_back(talk, qtbot) -> None:
    box = SearchBox(talk)
    talk.composer.input.setFocus()
    box.open()
    box.query.setText("deuda")
    box.show_found(
        Findings("deuda", (Result(ID, "Informe", 3, "xiv", "La deuda bajó."),), complete=True)
    )
    seen: list[QWidget] = []
    QApplication.instance().focusChanged.connect(lambda _old, new: seen.append(new))
    qtbot.keyClick(box.query, Qt.Key.Key_Return)
    assert seen == [talk.composer.input]
    assert not box.isVisible()


def test_one_key_goes_from_pane_to_pane_and_back_to_what_was_left(window, qtbot) -> None:
    panes = window._panes
    window.talk.composer.input.setFocus()
    window.actions_.by_name["next_pane"].trigger()
    assert window._right.isAncestorOf(focused())
    window.actions_.by_name["next_pane"].trigger()
    assert panes.sidebar.isAncestorOf(focused())
    window.actions_.by_name["next_pane"].trigger()
    assert focused() is window.talk.composer.input
    window.actions_.by_name["previous_pane"].trigger()
    assert panes.sidebar.isAncestorOf(focused())


def test_a_pane_that_is_hidden_is_passed_over(window) -> None:
    window.talk.composer.input.setFocus()
    window.actions_.by_name["show_document"].setChecked(False)
    window.actions_.by_name["next_pane"].trigger()
    assert window._panes.sidebar.isAncestorOf(focused())


def test_the_panel_that_a_key_brings_to_the_front_has_the_keyboard(window, qtbot) -> None:
    window._panes.sidebar.libraries.setFocus()
    window.actions_.by_name["show_documents"].trigger()
    assert window._panes.documents.isAncestorOf(focused())
    window.actions_.by_name["show_sampling"].trigger()
    assert focused() is window._right_tabs
    qtbot.keyClick(focused(), Qt.Key.Key_Tab)
    assert window._panes.sampling.isAncestorOf(focused())


def test_tab_comes_to_a_banner_before_what_is_below_it(window, qtbot) -> None:
    banner = Banner()
    window.add_banner(banner)
    banner.announce("Answers are quotes.", "Choose a model…")
    stops = tabbed(qtbot, window._tabs, window.talk.composer.input)
    assert stops.index(banner.action) == stops.index(window._tools[-1]) + 1
    assert stops.index(banner.action) < stops.index(banner.dismiss)


def test_screen_readers_come_to_the_panes_from_left_to_right(window) -> None:
    panes = [window._panes.sidebar, window._middle, window._right]
    children = window._splitter.children()
    assert sorted(panes, key=children.index) == panes


def test_the_question_says_why_it_cannot_be_asked(talk) -> None:
    box = talk.composer.input
    talk.composer.set_enabled_reason("Add a PDF first.")
    assert box.accessibleDescription() == "Add a PDF first."
    talk.composer.set_enabled_reason("")
    assert box.accessibleDescription().startswith("Enter sends")


def test_a_slider_is_described_by_its_number_and_not_by_its_place(qtbot, theme) -> None:
    panel = SamplingPanel()
    qtbot.addWidget(panel)
    slider = panel.sliders["temperature"].slider
    assert slider.accessibleDescription().startswith(panel.sliders["temperature"].field.text())
    slider.setValue(slider.value() + 2)
    assert slider.accessibleDescription().startswith(panel.sliders["temperature"].field.text())
    assert panel.sliders["temperature"].field.value() == pytest.approx(0.3)


def test_nobody_asks_for_words_that_nobody_listens_to(qtbot, theme) -> None:
    pane = ReaderPane()
    qtbot.addWidget(pane)
    asked: list[int] = []
    pane.words_requested.connect(asked.append)
    pane.open(Shown(ID, "Informe", None))
    pane.set_pages(Opened(ID, ((595.0, 842.0),), ("i",), ()))
    pane.light(0, SOURCE.boxes)
    assert asked == []
