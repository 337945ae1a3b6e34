"""A field for text of a certain form, with a line that says what is wrong with it."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.plain_label import plain_label


class TextField(QWidget):
    """A line of text; what is wrong with it is told once the person has left it.

    Signals:
        changed: the text is another one.
    """

    changed = Signal()

    def __init__(self, pattern: str, longest: int, wrong: str) -> None:
        super().__init__()
        self._pattern = re.compile(pattern)
        self._wrong = wrong
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._on_changed)
        self.line.editingFinished.connect(self.tell)
        self.error = plain_label(wrong, "danger")
        self.error.hide()
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(self.line)
        column.addWidget(self.error)

    @property
    def text(self) -> str:
        """Return what is in the field, without spaces around it."""
        return self.line.text().strip()

    @property
    def valid(self) -> bool:
        """Whether the text has its form."""
        return self._pattern.search(self.text) is not None

    def set_text(self, text: str) -> None:
        """Show a text."""
        if text != self.line.text():
            self.line.setText(text)
        self.error.setVisible(not self.valid)

    def tell(self) -> None:
        """Say what is wrong with the text, if something is."""
        told = self.error.isVisibleTo(self)
        self.error.setVisible(not self.valid)
        if not self.valid and not told:
            announce.say(self.line, self._wrong)

    def _on_changed(self) -> None:
        if self.valid:
            self.error.hide()
        self.changed.emit()
