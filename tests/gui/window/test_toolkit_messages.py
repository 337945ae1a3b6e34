"""What Qt complains of is in the log, without what it complains about."""

import logging
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QtMsgType

from desktop_rag.gui.window import toolkit_messages

LOUD = """
from desktop_rag.gui.window import toolkit_messages
toolkit_messages.keep()
from PySide6.QtCore import qWarning
qWarning("QTextDocument::find: the admiral sold the lighthouse")
from PySide6.QtWidgets import QApplication
QApplication([])
"""


class Context:
    category = "qt.text"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("QPainter::begin: the admiral", "qt.text QPainter::begin"),
        ("QFont something", "qt.text QFont"),
        ("the admiral sold the lighthouse", "qt.text "),
    ],
)
def test_only_who_complains_is_written_down(message, told, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        toolkit_messages._note(QtMsgType.QtWarningMsg, Context(), message)
    assert [record.getMessage() for record in caplog.records] == [told]


@pytest.mark.parametrize("platform", ["offscreen", "missing"])
def test_the_terminal_hears_nothing_but_what_ends_the_program(platform) -> None:
    command = [sys.executable, "-c", f"import logging; logging.disable()\n{LOUD}"]
    environment = os.environ | {"QT_QPA_PLATFORM": platform}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode == 0) == (platform == "offscreen")
    assert ("no Qt platform plugin" in ran.stderr) == (platform == "missing")
    assert "admiral" not in ran.stderr
