"""A question that was asked, which can be put in other words where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.tab_order import put_after

_LINES = 6
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LinesEdit(QPlainTextEdit):
    """A box as tall as its text, up to six lines; Enter sends, Shift+Enter breaks the line.

    Signals:
        sent: Enter was pressed.
        left: Escape was pressed.
    """

    sent = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, framed: bool = True) -> None:
        super().__init__(parent)
        self._frame = 2 * (tokens.SPACE_XS + tokens.HAIR) if framed else 0
        if not framed:
            self.setStyleSheet(
                "QPlainTextEdit { border: none; background: transparent; padding: 0; }"
            )
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        lines = min(_LINES, max(1, round(self.document().size().height())))
        frame = self._frame + 2 * round(self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + frame)
        full = self.document().size().height() > _LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if full else policy.ScrollBarAlwaysOff
        )

    # Qt

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        breaks = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in _ENTER and not breaks:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)


class QuestionEdit(QWidget):
    """Shows a question; on wish, a box to change it in.

    Signals:
        question_changed: the question in other words, to be asked now.
        closed: the box is open no longer.
    """

    question_changed = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = plain_label("", "heading", self)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        flags = Qt.TextInteractionFlag
        self._label.setTextInteractionFlags(flags.TextSelectableByMouse)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._label)
        self._form: QWidget | None = None
        self._before: QWidget | None = None  # had the keyboard when the box was opened

    def show_question(self, question: str) -> None:
        """Show this question, and no box."""
        self._label.setText(question)
        self.cancel()

    def edit(self, before: QWidget) -> None:
        """Open the box with the question in it; Tab comes there after `before`."""
        if self._form is None:
            self._form = self._made()
            put_after(before, self._box, *self._form.findChildren(QPushButton))
            self._layout.addWidget(self._form)
        self._box.setPlainText(self._label.text())
        self._box.moveCursor(QTextCursor.MoveOperation.End)
        self._label.hide()
        self._form.show()
        self._before = QApplication.focusWidget()
        self._box.setFocus()

    def cancel(self) -> None:
        """Close the box; the question stays as it was."""
        if self._form is not None:
            focused = QApplication.focusWidget()
            if focused and self._before and self._form.isAncestorOf(focused):
                self._before.setFocus()
            self._form.hide()
            self.closed.emit()
        self._label.show()

    def send(self) -> None:
        """Ask what stands in the box."""
        question = self._box.toPlainText().strip()
        if question:
            self.cancel()
            self.question_changed.emit(question)

    def _made(self) -> QWidget:
        form = QWidget(self)
        self._box = LinesEdit(form)
        self._box.setAccessibleName(self.tr("Question"))
        self._box.sent.connect(self.send)
        self._box.left.connect(self.cancel)
        send = QPushButton(self.tr("Send"), form)
        send.setProperty("role", "primary")
        send.clicked.connect(self.send)
        cancel = QPushButton(self.tr("Cancel"), form)
        cancel.clicked.connect(self.cancel)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(send)
        layout = QVBoxLayout(form)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_S)
        layout.addWidget(self._box)
        layout.addLayout(row)
        return form
