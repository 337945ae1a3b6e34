"""What is to be asked of each document: one question in a line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_SIZE = (34 * tokens.SPACE_L, 22 * tokens.SPACE_L)
_MOST = 20  # questions; more columns are read by nobody
_LONGEST = 500  # letters of one


class QuestionsDialog(QDialog):
    """Asks for the questions of a table.

    Signals:
        given: of the questions (`list[str]`).
    """

    given = Signal(list)

    def __init__(self, documents: int, writer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New table"))
        self.told = plain_label(self.tr("Ask %n document(s) the same", "", documents), "heading")
        self.questions = QPlainTextEdit()
        self.questions.setTabChangesFocus(True)
        self.questions.setAccessibleName(self.tr("Questions, one in a line"))
        self.questions.setPlaceholderText(
            self.tr("One question in a line:\nHow much is the rent?\nWhen was it signed?")
        )
        self.how = plain_label(self._how(writer), "muted")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.make = QPushButton(self.tr("Make the table"))
        self.make.setProperty("role", "primary")
        self.make.setDefault(True)
        self._lay_out()
        self.questions.textChanged.connect(self._reflect)
        self.cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self._on_made)
        self.resize(*_SIZE)
        self._reflect()
        self.questions.setFocus()

    def asked(self) -> list[str]:
        """Return the questions, each once."""
        lines = (plain(line)[:_LONGEST] for line in self.questions.toPlainText().splitlines())
        return list(dict.fromkeys(filter(None, lines)))[:_MOST]

    def _how(self, writer: str) -> str:
        if not writer:
            return self.tr("Answers are quoted from each document.")
        told = self.tr("{model} answers from each document, which may take a while.")
        return told.format(model=plain(writer))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SPACE_S)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[tokens.SPACE_L] * 4)
        column.setSpacing(tokens.SPACE_M)
        column.addWidget(self.told)
        column.addWidget(self.questions, 1)
        column.addWidget(self.how)
        column.addLayout(buttons)

    def _reflect(self) -> None:
        self.make.setEnabled(bool(self.asked()))

    def _on_made(self) -> None:
        if asked := self.asked():
            self.given.emit(asked)
            self.accept()
