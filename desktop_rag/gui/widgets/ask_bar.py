"""A question inside a dialog, with a verb on each button, that stops nothing else."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

Choice = tuple[str, Callable[[], None]]


def nothing() -> None:
    """Do nothing, which is what the last button of a question does."""


@dataclass(frozen=True, slots=True)
class _Question:
    about: Hashable
    text: str
    choices: tuple[Choice, ...]
    careful: bool


class AskBar(QFrame):
    """Asks one question at a time; Escape answers as the last button does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._questions: list[_Question] = []  # the last one is being asked
        self.buttons: list[QPushButton] = []
        self.label = plain_label("")
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_M, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self.label)
        column.addWidget(self._row)
        self.hide()

    def ask(
        self, about: Hashable, text: str, choices: Sequence[Choice], *, careful: bool = False
    ) -> None:
        """Ask this; each button has its words and its deed. What was asked before comes after it.

        Of two questions `about` the same, only the later one is asked. The keyboard comes to the
        first button or, where that cannot be undone, to the last.
        """
        self._questions = [one for one in self._questions if one.about != about]
        self._questions.append(_Question(about, plain(text), tuple(choices), careful))
        self._show()

    def dismiss(self) -> None:
        """Ask no more."""
        self._questions.clear()
        self._show()

    def _show(self) -> None:
        self._clear()
        self.setVisible(bool(self._questions))
        if not self._questions:
            return
        question = self._questions[-1]
        self.label.setText(question.text)
        self.setAccessibleName(question.text)
        for words, deed in question.choices:
            button = QPushButton(plain(words), self._row)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, deed=deed: self._answer(deed))
            self._flow.addWidget(button)
            self.buttons.append(button)
            button.show()
        self.updateGeometry()
        self.buttons[-1 if question.careful else 0].setFocus(Qt.FocusReason.OtherFocusReason)
        announce.say(self, question.text)

    def _answer(self, deed: Callable[[], None]) -> None:
        self._questions.pop()
        self._show()
        deed()

    def _clear(self) -> None:
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons.clear()

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Escape for the last answer, and not for the end of the dialog."""
        if event.key() == Qt.Key.Key_Escape and self.buttons:
            self.buttons[-1].click()
        else:
            super().keyPressEvent(event)
