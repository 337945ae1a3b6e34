"""What a model thinks before it answers: one line, folded, that can be opened."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.unicode_text import inert
from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.wheel_guard import WheelGuard

_TALLEST = 15 * tokens.SPACE_L  # pixels; what is longer scrolls inside


class ReasoningView(QWidget):
    """Thoughts that are being written, or were; only where they are opened, they are drawn.

    Signals:
        grown: what is shown has become taller.
    """

    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.seconds = 0.0
        self._began = 0.0
        self._thinking = False
        self.summary = QPushButton(self)
        self.summary.setProperty("role", "link")
        self.summary.setCheckable(True)
        self.summary.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.summary.toggled.connect(self._on_toggled)
        self.box = _ReasoningText(self)
        self.box.setAccessibleName(self.tr("Thoughts"))
        self.box.hide()
        WheelGuard(self).guard(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.SPACE_XS)
        layout.addWidget(self.summary)
        layout.addWidget(self.box)
        self.clear()

    def clear(self) -> None:
        """Know of no thoughts."""
        self.show_whole("", 0.0)

    def add(self, text: str) -> None:
        """Let them grow; who listens is told once that there are some."""
        if not self.text:
            text = text.lstrip()  # some models begin to think, and think nothing
            if not text:
                return
            self._began, self._thinking = monotonic(), True
            self._name()
            self.show()
            announce.say(self.summary, self.tr("Thinking"))
        self.text += text
        if self.summary.isChecked():
            self.box.add(text)
            self.grown.emit()

    def end(self) -> None:
        """Say how long it took, for now the answer comes."""
        if self._thinking:
            self._thinking = False
            self.seconds = monotonic() - self._began
            self._name()

    def show_whole(self, text: str, seconds: float) -> None:
        """Show thoughts that are over, folded; `seconds` of 0 are not known."""
        self.text, self.seconds, self._thinking = text.strip(), seconds, False
        self.box.clear()
        self.summary.setChecked(False)
        self._name()
        self.setVisible(bool(self.text))

    def _name(self) -> None:
        if self._thinking:
            words = self.tr("Thinking…")
        elif self.seconds:
            seconds = QLocale().toString(max(1, round(self.seconds)))
            words = self.tr("Thought for {seconds} s").format(seconds=seconds)
        else:
            words = self.tr("Thoughts")
        self.summary.setText(words)
        self._draw()

    def _draw(self) -> None:
        shown = self.summary.isChecked()
        self.summary.setIcon(theme.icon("chevron-down" if shown else "chevron-right", "accent"))
        self.summary.setToolTip(
            self.tr("Hide what the model thought")
            if shown
            else self.tr("Show what the model thought")
        )

    def _on_toggled(self, shown: bool) -> None:
        self._draw()
        self.box.clear()
        if shown:
            self.box.add(self.text)
            if not self._thinking:
                self.box.verticalScrollBar().setValue(0)  # what is over is read from its start
        self.box.setVisible(shown)

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


class _ReasoningText(QPlainTextEdit):
    """As tall as its text, up to a limit; it follows the end while the reader is there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("role", "muted")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, text: str) -> None:
        """Add text at the end; what is selected stays so."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(inert(text))
        self._fit()
        if at_end:
            bar.setValue(bar.maximum())

    def _fit(self) -> None:
        lines = self.document().documentLayout().documentSize().height()  # not pixels, here
        margins = 2 * (tokens.SPACE_S + self.document().documentMargin())
        height = round(lines * self.fontMetrics().lineSpacing() + margins)
        self.setFixedHeight(min(height, _TALLEST))

    # Qt

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
