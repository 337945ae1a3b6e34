"""A dialog that says something; what others have written in it is text, and never markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from desktop_rag.domain.unicode_text import inert


def plain_box(parent: QWidget | None, title: str, text: str, more: str = "") -> QMessageBox:
    """Return a dialog that shows text of others as it is, `more` of it below; with no button yet.

    Its second label takes no format from the box, and goes by what the text looks like.
    """
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(inert(text))
    box.setInformativeText(inert(more))
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
    return box
