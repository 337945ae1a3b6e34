"""What Qt complains of: written down, and not told to the terminal."""

from __future__ import annotations

import logging
import re
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

logger = logging.getLogger("Qt")

_WHO = re.compile(r"Q\w+(?:::\w+)*")
_LEVELS = {
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}


def keep() -> None:
    """Have Qt tell the log which of its parts complains: the rest may be text of a document.

    What ends the program is told in full, before any document is open: there is no display.
    """
    qInstallMessageHandler(_note)


def _note(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{message}\n")
        return
    who = _WHO.match(message)
    category = str(context.category or "")
    logger.log(_LEVELS.get(kind, logging.DEBUG), "%s %s", category, who[0] if who else "")
