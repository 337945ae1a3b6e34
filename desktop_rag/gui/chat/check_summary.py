"""How many sentences of an answer are borne out, and the way to those that are not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop_rag.domain.answers import Ground, SentenceCheck, SentenceVerdict
from desktop_rag.gui.look import theme
from desktop_rag.gui.widgets.plain_label import plain_label


class CheckSummary(QWidget):
    """One line below an answer; where something is not borne out, a button that goes there.

    Signals:
        next_wished: the next sentence to be careful with is to be gone to.
    """

    next_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = plain_label("", "muted", self)
        self.button = QPushButton(self)
        self.button.setProperty("role", "link")
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.setToolTip(self.tr("Go to the next one that is not (F8)"))
        self.button.clicked.connect(self.next_wished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.label)
        layout.addWidget(self.button)
        self._draw()
        self.hide()

    @property
    def words(self) -> str:
        """What is said at present."""
        return self.label.text()

    def show_checks(self, checks: Sequence[SentenceCheck]) -> None:
        """Tell how many of the sentences that claim something are borne out."""
        claims = [one for one in checks if one.reason.ground is not Ground.NOTHING]
        supported = sum(one.verdict is SentenceVerdict.SUPPORTED for one in claims)
        words = self.tr("{supported} of %n sentence(s) supported", "", len(claims))
        self.label.setText(words.format(supported=supported))
        self.button.setText(self.label.text())
        self.label.setVisible(supported == len(claims))
        self.button.setVisible(supported < len(claims))
        self.setVisible(bool(claims))

    def _draw(self) -> None:
        self.button.setIcon(theme.icon("warning", "warning"))

    # Qt

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
