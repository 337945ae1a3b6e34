"""What is known of the model that is chosen, what is being done with it, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.gui.look import tokens
from desktop_rag.gui.widgets.buttons import ShortLabel, TextButton
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

STEPS = 1000


class Detail(QFrame):
    """A title, lines below it, a bar while there is work, and a row of buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.title = ShortLabel("heading")
        self.text = plain_label("", "muted")
        self.warning = plain_label("", "danger")
        self.doing = plain_label("", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.cancel = TextButton("", self.tr("Cancel"), "link")
        self.cancel.setAutoDefault(False)
        self._buttons = QWidget()
        self._buttons.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self._buttons)
        self._lay_out()
        self.show_work("")

    def add_buttons(self, *buttons: TextButton) -> None:
        """Add buttons at the end of the row."""
        for button in buttons:
            button.setAutoDefault(False)
            self._flow.addWidget(button)

    def show_text(self, title: str, lines: Sequence[str], warning: str = "") -> None:
        """Tell of a model."""
        self.title.show_text(title, Qt.TextElideMode.ElideMiddle)
        self.text.setText("\n".join(plain(line) for line in lines if line))
        self.text.setVisible(bool(self.text.text()))
        self.warning.setText(plain(warning))
        self.warning.setVisible(bool(warning))

    def show_work(self, words: str, fraction: float | None = None, *, ends: bool = True) -> None:
        """Tell what is being done and how far it is, or nothing; `ends` if it can be stopped."""
        self._work.setVisible(bool(words))
        self.doing.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, 0 if fraction is None and words else STEPS)
        self.bar.setValue(round(STEPS * min(1.0, max(0.0, fraction or 0.0))))
        self.cancel.setVisible(ends)

    def settle(self) -> None:
        """Take the room that the buttons need which are shown now."""
        self._flow.invalidate()
        self._buttons.updateGeometry()

    def _lay_out(self) -> None:
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE_S)
        words = QVBoxLayout()
        words.setSpacing(tokens.SPACE_XS)
        words.addWidget(self.doing)
        words.addWidget(self.bar)
        row.addLayout(words, 1)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        side = tokens.SPACE_M
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(tokens.SPACE_S)
        for part in (self.title, self.text, self.warning, self._work, self._buttons):
            column.addWidget(part)

    # Qt

    @override
    def minimumSizeHint(self) -> QSize:
        """Give way in width: wrapped labels ask for more height where they are narrow."""
        return QSize(tokens.SPACE_XXL, super().minimumSizeHint().height())
