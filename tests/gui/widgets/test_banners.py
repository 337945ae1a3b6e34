import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop_rag.gui.widgets.banners import Banner, DropOverlay, UndoBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # offscreen has none


def heard(signal) -> list[tuple[object, ...]]:
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *values: told.append(values))
    return told


@pytest.fixture
def bar(qtbot, theme):
    bar = UndoBar()
    qtbot.addWidget(bar)
    return bar


def test_nothing_is_offered_at_first(bar) -> None:
    told = heard(bar.undone)
    bar.take()
    assert (bar.offering, bar.isVisible(), told) == (False, False, [])


def test_what_is_undone_is_what_was_offered(bar) -> None:
    undone, expired = heard(bar.undone), heard(bar.expired)
    token = object()
    bar.offer("Removed 3 documents", token)
    assert bar.isVisible()
    assert bar.accessibleName() == "Removed 3 documents"
    bar.undo.click()
    assert (undone, expired) == ([(token,)], [])
    assert not bar.isVisible()
    bar.take()
    assert len(undone) == 1


def test_nothing_is_a_token_too(bar) -> None:
    told = heard(bar.undone)
    bar.offer("Removed", None)
    bar.take()
    assert told == [(None,)]


def test_an_offer_that_is_dismissed_expires(bar) -> None:
    told = heard(bar.expired)
    bar.offer("Removed", 1)
    bar.dismiss.click()
    assert (told, bar.isVisible()) == ([(1,)], False)


def test_a_new_offer_ends_the_one_before(bar) -> None:
    undone, expired = heard(bar.undone), heard(bar.expired)
    bar.offer("Removed a", 1)
    bar.offer("Removed b", 2)
    assert expired == [(1,)]
    bar.take()
    assert undone == [(2,)]


def test_an_offer_expires_by_itself(qtbot, theme) -> None:
    window = QWidget()  # not shown: its first button would have the keyboard
    qtbot.addWidget(window)
    bar = UndoBar(window, seconds=0.01)
    with qtbot.waitSignal(bar.expired) as told:
        bar.offer("Removed", 7)
    assert told.args == [7]
    assert not bar.isVisible()


def test_the_time_stands_still_under_the_pointer(bar) -> None:
    bar.offer("Removed", 1)
    assert bar._timer.isActive()
    nowhere = QPointF()
    bar.enterEvent(QEnterEvent(nowhere, nowhere, nowhere))
    assert not bar._timer.isActive()
    bar.leaveEvent(QEvent(QEvent.Type.Leave))
    assert bar._timer.isActive()


def test_what_was_offered_may_undo_something_else(bar) -> None:
    bar.undone.connect(lambda token: bar.offer("Removed again", token + 1))
    bar.offer("Removed", 1)
    bar.take()
    assert bar.offering
    assert bar.isVisible()


def test_a_banner_says_one_thing_and_can_be_acted_upon(qtbot, theme) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert not banner.isVisible()
    acted, dismissed = heard(banner.acted), heard(banner.dismissed)
    banner.announce("A language model can be added", "Choose one…")
    banner.action.click()
    assert (acted, banner.isVisible()) == ([()], True)
    banner.dismiss.click()
    assert (dismissed, banner.isVisible()) == ([()], False)
    banner.announce("Only said")
    assert not banner.action.isVisible()


@pytest.mark.parametrize("width", [900, 420, 330, 280])
def test_a_banner_is_as_high_as_its_words_at_any_width(qtbot, theme, width) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column, banner = QVBoxLayout(window), Banner()
    column.addWidget(banner)
    column.addWidget(QListWidget(), 1)
    banner.announce("Answers quote your documents. A language model can put them into words.", "Go")
    window.resize(width, 600)
    with qtbot.waitExposed(window):
        window.show()
    needed = banner.label.heightForWidth(banner.label.width())
    assert needed <= banner.label.height() <= max(needed, banner.dismiss.height())


def test_the_overlay_covers_its_window_and_lets_drops_through(qtbot, theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 200)
    overlay = DropOverlay(window)
    with qtbot.waitExposed(window):
        window.show()
    assert not overlay.isVisible()
    overlay.cover("Tesis <b>")
    assert overlay.isVisible()
    assert overlay.geometry() == window.rect()
    assert overlay.accessibleName() == "Drop documents to add them to Tesis <b>"
    assert overlay.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    window.resize(500, 400)
    assert overlay.geometry() == window.rect()
    assert not overlay.grab().isNull()
    overlay.cover("")
    assert overlay.accessibleName() == "Drop documents to add them"
    overlay.uncover()
    assert not overlay.isVisible()
