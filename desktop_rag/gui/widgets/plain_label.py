"""Labels that show text as it is: never as markup, and nothing in it turns its letters around."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from desktop_rag.domain.unicode_text import inert


class PlainLabel(QLabel):
    """The only kind of label there is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(inert(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    # Qt

    @override
    def setText(self, text: str) -> None:
        """Show a text, without what would command how it is shown."""
        super().setText(inert(text))


def plain_label(
    text: str = "", role: str = "", parent: QWidget | None = None, *, wraps: bool = True
) -> PlainLabel:
    """Return a label in the theme's `role`."""
    label = PlainLabel(text, parent)
    label.setWordWrap(wraps)
    if role:
        label.setProperty("role", role)
    return label
