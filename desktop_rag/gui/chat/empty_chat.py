"""What stands where a conversation will be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.gui.look import theme, tokens
from desktop_rag.gui.widgets.plain_label import PlainLabel
from desktop_rag.gui.widgets.text import plain, tip

NO_DOCUMENTS, READING, READY = "no_documents", "reading", "ready"
_MARK = tokens.SPACE_XXL + tokens.SPACE_S
_WIDTH = 420
_SUGGESTIONS = 3


class EmptyChat(QWidget):
    """Says in one sentence what to do next, and has the button for it.

    Signals:
        add_documents_requested: choose files to add.
        sample_requested: open the sample library.
        suggestion_chosen: a question to ask.
    """

    add_documents_requested = Signal()
    sample_requested = Signal()
    suggestion_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = PlainLabel("", self)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel("", self)
        self._title.setProperty("role", "title")
        self._words = PlainLabel("", self)
        self._words.setProperty("role", "muted")
        for label in (self._title, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._add = QPushButton(self.tr("Add documents…"), self)
        self._add.setProperty("role", "primary")
        self._add.clicked.connect(self.add_documents_requested)
        self._sample = QPushButton(self.tr("Open the sample library"), self)
        self._sample.setProperty("role", "link")
        self._sample.clicked.connect(self.sample_requested)
        self._questions = [self._suggestion() for _ in range(_SUGGESTIONS)]
        self._lay_out()
        self.show_kind(NO_DOCUMENTS)

    def show_kind(self, kind: str, suggestions: Sequence[str] = ()) -> None:
        """Invite to add documents, to wait for them, or to ask about those that are there."""
        ready = kind == READY
        if kind == READING:
            self._title.setText(self.tr("Reading your documents…"))
            self._words.setText(self.tr("You can ask as soon as the first one is ready."))
        elif ready:
            self._title.setText(self.tr("What do you want to know?"))
            self._words.setText(
                self.tr("Ask in your own words; every answer shows the page it rests on.")
            )
        else:
            self._title.setText(self.tr("Ask your documents"))
            self._words.setText(
                self.tr("Drop files anywhere in this window; they stay on this computer.")
            )
        self._add.setVisible(kind == NO_DOCUMENTS)
        self._sample.setVisible(kind == NO_DOCUMENTS)
        for at, button in enumerate(self._questions):
            question = plain(suggestions[at]) if ready and at < len(suggestions) else ""
            button.setProperty("question", question)
            room = _WIDTH - 3 * tokens.SPACE_L
            elided = button.fontMetrics().elidedText(question, Qt.TextElideMode.ElideRight, room)
            button.setText(elided.replace("&", "&&"))
            button.setToolTip(tip(question) if elided != question else "")
            button.setAccessibleName(question)
            button.setAccessibleDescription(question)  # else the tooltip's markup is read out
            button.setVisible(bool(question))
        self._kind = kind
        self._draw_icon()

    def _suggestion(self) -> QPushButton:
        button = QPushButton(self)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._on_suggestion)
        return button

    def _lay_out(self) -> None:
        column = QWidget(self)
        column.setMaximumWidth(_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.SPACE_S)
        for label in (self._icon, self._title, self._words):
            inner.addWidget(label)
        inner.addSpacing(tokens.SPACE_S)
        for button in (self._add, self._sample):
            inner.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        for button in self._questions:
            inner.addWidget(button)
        layout = QVBoxLayout(self)
        margin = tokens.SPACE_XL
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, _WIDTH)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)

    def _draw_icon(self) -> None:
        name = "chat" if self._kind == READY else "file"
        self._icon.setPixmap(theme.icon(name, "accent").pixmap(_MARK, _MARK))

    def _on_suggestion(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.suggestion_chosen.emit(str(button.property("question")))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
