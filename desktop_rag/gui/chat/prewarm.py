"""What is done before it is needed, so that nobody waits for it."""

from __future__ import annotations

import functools
from threading import Thread

from PySide6.QtCore import QObject, QTimer

from desktop_rag.gui.chat import markdown
from desktop_rag.gui.look import theme

_APART_MS = 20  # so that nobody notices
_OF_ANSWERS = (  # icons that are first needed all at once, when a question is asked
    ("stop", "on_accent"),
    ("copy", "muted"),
    ("quote", "muted"),
    ("refresh", "muted"),
    ("edit", "muted"),
    ("eye", "muted"),
    ("warning", "danger"),
    ("chevron-down", "accent"),
    ("chevron-right", "accent"),
)


def warm(parent: QObject) -> None:
    """Draw the icons of an answer one by one, and load the colours of code."""
    for place, (name, colour) in enumerate(_OF_ANSWERS):
        draw = functools.partial(theme.icon, name, colour)
        QTimer.singleShot(place * _APART_MS, parent, draw)
    Thread(target=markdown.warm, name="colours", daemon=True).start()
