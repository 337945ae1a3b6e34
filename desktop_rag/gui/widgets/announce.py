"""What a screen reader says by itself, because it happens away from where the reader is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say(widget: QWidget, words: str, *, urgent: bool = False) -> None:
    """Have words read out after what is being said, or `urgent` ones at once.

    Nothing is done where nobody listens.
    """
    if not words.strip() or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
