"""The box that questions are written in, and which documents they are put to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.chat.context_meter import ContextMeter
from desktop_rag.gui.chat.question_edit import LinesEdit
from desktop_rag.gui.chat.scope import CHOSEN, DOCUMENT, LIBRARY
from desktop_rag.gui.chat.values import Budget
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import short_tip, tip


class Composer(QWidget):
    """Takes a question; while it is answered, stops the answer.

    Signals:
        asked: a question, without space around it.
        stop_requested: the answer is no longer wanted.
        scope_changed: `library`, `chosen` or `document`.
    """

    asked = Signal(str)
    stop_requested = Signal()
    scope_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answering = False
        self._reason = ""
        self._scopes: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_S)
        layout.addWidget(self._made_chips())
        layout.addWidget(self._made_box())
        self._why = plain_label("", "small", self)
        self._why.hide()
        layout.addWidget(self._why)
        self.set_scopes("", 0, None)
        self._refresh()

    # What is shown

    @property
    def scope(self) -> str:
        """Which documents are asked: `library`, `chosen` or `document`."""
        return next(name for name, chip in self._scopes.items() if chip.isChecked())

    @scope.setter
    def scope(self, scope: str) -> None:
        chip = self._scopes[scope]
        if not chip.isHidden() and not chip.isChecked():
            chip.setChecked(True)
            self.scope_changed.emit(scope)

    @property
    def text(self) -> str:
        """What is written in the box."""
        return self.input.toPlainText()

    def focus_input(self) -> None:
        """Put the cursor into the box."""
        self.input.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_scopes(self, library_title: str, chosen: int, document_title: str | None) -> None:
        """Offer the scopes there are; the whole library if the present one is gone."""
        was = self.scope
        chips = self._scopes
        chips[LIBRARY].setToolTip(tip(library_title))
        chips[LIBRARY].setAccessibleDescription(library_title)
        chips[CHOSEN].setText(self.tr("Chosen documents (%n)", "", chosen))
        chips[CHOSEN].setVisible(chosen > 0)
        chips[DOCUMENT].setToolTip(tip(document_title or ""))
        chips[DOCUMENT].setAccessibleDescription(document_title or "")
        chips[DOCUMENT].setVisible(document_title is not None)
        if chips[was].isHidden():
            self.scope = LIBRARY

    def set_answering(self, answering: bool) -> None:
        """Show Stop while an answer is written, and Send otherwise."""
        self._answering = answering
        self._stopping = False
        self._refresh()

    def set_budget(self, budget: Budget | None) -> None:
        """Show what the next prompt is made of."""
        self.meter.set_budget(budget)

    def set_enabled_reason(self, reason: str) -> None:
        """Say why one cannot ask yet; with an empty reason one can."""
        self._reason = reason
        self._why.setText(reason)
        self._why.setVisible(bool(reason))
        self._refresh()

    def restore(self, text: str) -> None:
        """Give back a question that could not be sent, before whatever was written since."""
        since = self.text.strip()
        self.input.setPlainText(f"{text}\n{since}" if since else text)
        self.input.moveCursor(QTextCursor.MoveOperation.End)

    # Parts

    def _made_chips(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row, tokens.SPACE_S)
        group = QButtonGroup(self)
        for scope, text in (
            (LIBRARY, self.tr("Whole library")),
            (CHOSEN, ""),
            (DOCUMENT, self.tr("This document")),
        ):
            chip = QPushButton(text, row)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setMinimumHeight(tokens.SPACE_XL + tokens.HAIR * 2)  # room for round ends
            chip.setChecked(scope == LIBRARY)
            group.addButton(chip)
            flow.addWidget(chip)
            self._scopes[scope] = chip
        group.buttonClicked.connect(self._on_chip_clicked)
        return row

    def _made_box(self) -> QWidget:
        box = _QuestionFrame(self)
        self.input = LinesEdit(box, framed=False)
        self.input.setPlaceholderText(self.tr("Ask about your documents…"))
        self.input.setAccessibleName(self.tr("Question"))
        self.input.sent.connect(self._on_sent)
        self.input.left.connect(self._on_stop)
        self.input.textChanged.connect(self._refresh)
        self.input.installEventFilter(box)
        self.meter = ContextMeter(box)
        self.button = QPushButton(box)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._on_button)
        self._stopping = False
        low = QHBoxLayout()
        low.setSpacing(tokens.SPACE_S)
        low.addWidget(self.meter)
        low.addStretch()
        low.addWidget(self.button)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_S, tokens.SPACE_S)
        layout.setSpacing(tokens.SPACE_XS)
        layout.addWidget(self.input)
        layout.addLayout(low)
        return box

    def _refresh(self) -> None:
        if self._answering:
            text = self.tr("Stopping…") if self._stopping else self.tr("Stop")
            icon, told, enabled = "stop", self.tr("Stop the answer (Esc)"), not self._stopping
        else:
            text, icon, told = self.tr("Send"), "send", self.tr("Send the question (Enter)")
            enabled = bool(self.text.strip()) and not self._reason
        self.button.setText(text)
        self.button.setIcon(theme.icon(icon, "on_accent" if enabled else "muted"))
        self.button.setToolTip(short_tip(self._reason or told))
        keys = self.tr("Enter sends the question, Shift+Enter begins a new line")
        described = self._reason or keys
        if self.input.accessibleDescription() != described:  # at each letter: nothing to tell
            self.input.setAccessibleDescription(described)
        self.button.setEnabled(enabled)

    # What happens

    def _on_button(self) -> None:
        if self._answering:
            self._on_stop()
        else:
            self._on_sent()

    def _on_sent(self) -> None:
        question = self.text.strip()
        if question and not self._answering and not self._reason:
            self.input.clear()
            self.asked.emit(question)

    def _on_stop(self) -> None:
        if self._answering and not self._stopping:
            self._stopping = True
            self._refresh()
            self.stop_requested.emit()

    def _on_chip_clicked(self, clicked: QAbstractButton) -> None:
        for scope, chip in self._scopes.items():
            if chip is clicked:
                self.scope_changed.emit(scope)

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh()


class _QuestionFrame(QFrame):
    """The frame around the question, lit while one writes in it.

    Where nothing was written, the key that undoes is left to what was removed elsewhere.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._writing = False

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._writing = event.type() == QEvent.Type.FocusIn
            self.update()
        if event.type() == QEvent.Type.ShortcutOverride and _undoes_nothing(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.present()
        lit = self._writing
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = tokens.HAIR * (2 if lit else 1)
        painter.setPen(QPen(QColor(colours.accent if lit else colours.line), width))
        painter.setBrush(QColor(colours.surface))
        radius = tokens.CARD_RADIUS
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)
        painter.end()


def _undoes_nothing(watched: QObject, event: QEvent) -> bool:
    return (
        isinstance(watched, LinesEdit)
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Undo)
        and not watched.document().isUndoAvailable()
    )
