"""What was searched where that is not what was asked, and a box to change it in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_rag.gui.chat.question_edit import QuestionEdit
from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.buttons import IconButton
from desktop_rag.gui.widgets.plain_label import plain_label


class SearchedLine(QWidget):
    """One line below a question; hidden where the question itself was searched.

    Signals:
        search_changed: what is to be searched instead, now.
    """

    search_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._searched = ""
        self.label = plain_label("", "muted")
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.change = IconButton("edit", self.tr("Change what is searched and ask again"))
        self.change.clicked.connect(self._on_change)
        self._line = QWidget(self)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_XS)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.edit = QuestionEdit(self)
        self.edit.question_changed.connect(self.search_changed)
        self.edit.closed.connect(self._on_closed)
        self.edit.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._line)
        layout.addWidget(self.edit)
        self.hide()

    def show_searched(self, question: str, searched: str) -> None:
        """Tell what was searched for a question, if it is something else."""
        self._searched = searched.strip()
        other = bool(self._searched) and self._searched != question.strip()
        self.label.setText(self.tr("Searched: {words}").format(words=self._searched))
        self.edit.cancel()
        self.setVisible(other)

    def _on_change(self) -> None:
        self.edit.show_question(self._searched)
        self.edit.show()
        self.edit.edit(self.change)
        self._line.hide()

    def _on_closed(self) -> None:
        self._line.show()
        self.edit.hide()
