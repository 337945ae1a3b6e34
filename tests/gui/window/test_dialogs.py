import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop_rag import __version__
from desktop_rag.gui.libraries.document_actions import FIRST_KEYS, LAST_KEYS
from desktop_rag.gui.window.about_dialog import LICENCE, WORKS, AboutDialog
from desktop_rag.gui.window.problem_dialog import ProblemDialog
from desktop_rag.gui.window.shortcuts_dialog import ShortcutsDialog

TRACEBACK = "Traceback (most recent call last):\n<b>ValueError</b>: no"
SHORTCUTS = [("Search without asking", "Ctrl+K"), ("Stop an answer", "Esc")]


@pytest.fixture(autouse=True)
def swept(qapp):
    """Delete the widgets of the test before: without a loop Qt would keep them all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def problem(qtbot, theme) -> ProblemDialog:
    made = ProblemDialog(TRACEBACK, "/home/<i>ana</i>/problem.txt")
    qtbot.addWidget(made)
    made.show()
    return made


def labels(dialog) -> list[QLabel]:
    return dialog.findChildren(QLabel)


def test_a_traceback_is_never_shown_unasked(problem) -> None:
    assert not problem.details.isVisible()
    assert not any("Traceback" in label.text() for label in labels(problem))
    problem.fold.click()
    assert problem.details.isVisible()
    assert problem.details.toPlainText() == TRACEBACK
    problem.fold.click()
    assert not problem.details.isVisible()


def test_the_details_are_copied_without_opening_them(problem) -> None:
    problem.copy.click()
    assert QGuiApplication.clipboard().text() == TRACEBACK
    assert not problem.details.isVisible()
    assert problem.copy.text() == "Copied"


def test_where_the_details_are_is_said_only_if_they_are_somewhere(problem, qtbot) -> None:
    assert any("problem.txt" in label.text() for label in labels(problem))
    unsaved = ProblemDialog(TRACEBACK)
    qtbot.addWidget(unsaved)
    assert not any("saved" in label.text() for label in labels(unsaved))


def test_enter_closes_a_problem(problem, qtbot) -> None:
    with qtbot.waitSignal(problem.accepted):
        qtbot.keyClick(problem, Qt.Key.Key_Return)


def test_every_shortcut_is_listed_and_can_be_found(qtbot, theme) -> None:
    dialog = ShortcutsDialog(SHORTCUTS)
    qtbot.addWidget(dialog)
    items = [dialog.list.topLevelItem(row) for row in range(len(SHORTCUTS))]  # others follow
    assert [(item.text(0), item.text(1)) for item in items] == SHORTCUTS
    dialog.filter.setText("ESC")
    assert [item.isHidden() for item in items] == [True, False]
    dialog.filter.clear()
    assert not any(item.isHidden() for item in items)
    assert dialog.list.accessibleName()
    assert dialog.filter.accessibleName()


def test_keys_that_no_menu_tells_are_listed_too(qtbot, theme) -> None:
    dialog = ShortcutsDialog([])
    qtbot.addWidget(dialog)
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    keys = [item.text(1) for item in items]
    assert {"Enter", "Shift+Enter", "Esc", "Ctrl+Z", "F2", "Del", FIRST_KEYS} <= set(keys)
    assert {"Ctrl++", "Ctrl+-", "Ctrl+0", LAST_KEYS} <= set(keys)
    assert len(keys) == len(set(keys))


def test_about_names_version_licence_and_every_work(qtbot, theme) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    text = "\n".join(label.text() for label in labels(dialog))
    assert __version__ in text
    assert LICENCE in text
    assert "Nothing leaves this machine" in text
    for name, licence in WORKS:
        assert name in text
        assert licence in text


def test_nothing_is_taken_for_markup(problem) -> None:
    assert {label.textFormat() for label in labels(problem)} == {Qt.TextFormat.PlainText}
