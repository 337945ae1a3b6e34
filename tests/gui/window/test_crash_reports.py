"""What nobody expected: written down, shown a few times, and never in the way."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from desktop_rag.domain.errors import DatabaseDamaged
from desktop_rag.gui.window import crash_reports as module
from desktop_rag.gui.window.crash_reports import CrashReports
from desktop_rag.gui.window.problem_dialog import ProblemDialog
from desktop_rag.settings.paths import Paths, open_home


class Bell(QObject):
    """Rings."""

    rung = Signal()


@pytest.fixture
def paths(home: Path) -> Paths:
    return open_home(home)


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def problems(paths, window):
    hooks = sys.excepthook, threading.excepthook
    made = CrashReports(paths)
    made.set_window(window)
    yield made
    sys.excepthook, threading.excepthook = hooks
    made.deleteLater()


def raising(words: str) -> None:
    raise ValueError(words)


def caught(words: str) -> None:
    """Have an error reach the hook as one does that nothing caught."""
    try:
        raising(words)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_database_that_is_damaged_meanwhile_is_said_once_and_without_details(
    problems, window, qtbot
) -> None:
    for _ in range(2):
        error = DatabaseDamaged("/home/ana/library.sqlite3", "malformed", "2026-11-28 10:00")
        sys.excepthook(type(error), error, None)
    boxes = window.findChildren
    qtbot.waitUntil(lambda: bool(boxes(QMessageBox)))
    (box,) = boxes(QMessageBox)
    assert "2026-11-28 10:00" in box.text()
    assert "open it again" in box.text()
    assert boxes(ProblemDialog) == []
    box.close()


def written(paths: Paths) -> list[str]:
    return [file.read_text("utf-8") for file in sorted(paths.logs_folder.glob("problem-*.txt"))]


def dialogs(window: QWidget) -> list[ProblemDialog]:
    return window.findChildren(ProblemDialog)


def test_an_error_before_there_is_a_window_is_shown_all_the_same(paths, theme, qtbot) -> None:
    hooks = sys.excepthook, threading.excepthook
    early = CrashReports(paths)
    seen: list[str] = []

    def read() -> None:
        (dialog,) = (
            one for one in QApplication.topLevelWidgets() if isinstance(one, ProblemDialog)
        )
        seen.append(dialog.details.toPlainText())
        dialog.reject()

    QTimer.singleShot(0, read)
    try:
        caught("too early")
    finally:
        sys.excepthook, threading.excepthook = hooks
        early.deleteLater()
    assert "ValueError: too early" in seen[0]
    (text,) = written(paths)
    assert text.endswith("in raising\nValueError")


def test_a_program_that_cannot_start_says_so(home) -> None:
    """The real one, in a process of its own: its window is built, and then it fails."""
    code = """if True:
        from desktop_rag import app
        from desktop_rag.gui.window.problem_dialog import ProblemDialog

        class Failing(app.Composition):
            def start(self, *given):
                raise ValueError("cannot start")

        ProblemDialog.exec = lambda dialog: print(dialog.details.toPlainText(), flush=True)
        app.Composition = Failing
        app.run()
    """
    environment = os.environ | {"DESKTOP_RAG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    out = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert "ValueError: cannot start" in out.stdout


def test_an_error_in_a_slot_is_written_down_and_shown(problems, paths, window, qtbot) -> None:
    bell = Bell()
    bell.rung.connect(lambda: raising("of a slot: ñ"))
    with qtbot.captureExceptions(), qtbot.waitSignal(problems.happened):
        # pytest-qt puts its own hook over ours; what it hears is handed on
        sys.excepthook = problems._caught
        bell.rung.emit()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (text,) = written(paths)
    assert "in raising" in text
    assert "of a slot" not in text, "it may be text of a document"
    (dialog,) = dialogs(window)
    assert "ValueError: of a slot: ñ" in dialog.details.toPlainText()
    assert dialog.isVisible()


def test_an_error_in_a_thread_is_shown_by_the_thread_of_the_window(
    problems, paths, window, qtbot
) -> None:
    thread = threading.Thread(target=raising, args=("of a thread",))
    with qtbot.waitSignal(problems.happened):
        thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (text,) = written(paths)
    assert "ValueError" in text
    (dialog,) = dialogs(window)
    assert "ValueError: of a thread" in dialog.details.toPlainText()
    assert dialog.thread() is window.thread()


def test_the_dialog_says_where_the_details_are(problems, paths, window, qtbot) -> None:
    caught("once")
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    (file,) = paths.logs_folder.glob("problem-*.txt")
    shown = [label.text() for label in dialogs(window)[0].findChildren(QLabel)]
    assert any(str(file) in words for words in shown)


def test_what_fails_over_and_over_is_shown_three_times(problems, paths, window, qtbot) -> None:
    for number in range(5):
        caught(str(number))
    done = []
    QTimer.singleShot(0, lambda: done.append(1))  # behind what is queued already
    qtbot.waitUntil(lambda: bool(done))
    opened = dialogs(window)
    assert len(opened) == module._MOST == 3
    assert len(written(paths)) == 5
    shown = [dialog.details.toPlainText() for dialog in opened]
    assert [text.splitlines()[-1] for text in shown] == [f"ValueError: {n}" for n in range(3)]


def test_a_full_disk_does_not_hide_a_problem(problems, paths, window, qtbot, capsys) -> None:
    paths.logs_folder.rmdir()
    caught("nowhere to write")
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    told = capsys.readouterr().err
    assert "in raising\nValueError" in told
    assert "nowhere to write" not in told
    assert "nowhere to write" in dialogs(window)[0].details.toPlainText()
    shown = [label.text() for label in dialogs(window)[0].findChildren(QLabel)]
    assert not any("saved" in words for words in shown)


def test_ctrl_c_is_no_problem(problems, paths, qtbot) -> None:
    with qtbot.assertNotEmitted(problems.happened):
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert written(paths) == []
