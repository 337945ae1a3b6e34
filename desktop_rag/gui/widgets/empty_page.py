"""A page with nothing in it yet: one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.buttons import REPAINTING, TextButton
from desktop_rag.gui.widgets.plain_label import PlainLabel, plain_label


class Empty(QWidget):
    """An icon, a sentence and, if it has words, a button."""

    def __init__(self, icon: str, text: str, action: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._sign = PlainLabel()
        self.text = plain_label(text, "muted")
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = TextButton("", action)
        self.button.setAutoDefault(False)
        self.button.setVisible(bool(action))
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SPACE_M)
        column.addStretch(1)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._tint()

    def _tint(self) -> None:
        side = tokens.SPACE_XXL
        self._sign.setPixmap(theme.icon(self._icon, "muted").pixmap(side, side))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        super().changeEvent(event)
        if event.type() in REPAINTING:
            self._tint()
