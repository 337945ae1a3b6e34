"""Which embedder finds passages, and which reranker puts the best of them first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.values import EncodersValue
from desktop_rag.gui.widgets.ask_bar import AskBar
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_WIDTH = 24 * tokens.SPACE_L


class SearchingPage(QWidget):
    """Two choices, each with what it means and costs.

    Signals:
        embedder_requested: the name of the embedder; empty is the one of the program.
        reranker_requested: the name of the reranker; empty is none.
        get_requested: the catalogue, where there are more.
    """

    embedder_requested = Signal(str)
    reranker_requested = Signal(str)
    get_requested = Signal()

    def __init__(self, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._value = EncodersValue()
        self.embedder, self.reranker = QComboBox(), QComboBox()
        self.pages = plain_label("", "small")
        told = self.tr(
            "The new index is being built. Until it is ready, the present one is searched."
        )
        self.pending = plain_label(told, "warning")
        self.get = TextButton("download", self.tr("Get another one…"))
        self.get.setAutoDefault(False)
        self._lay_out()
        self.embedder.activated.connect(self._on_embedder)
        self.reranker.activated.connect(self._on_reranker)
        self.get.clicked.connect(self.get_requested)
        self._show()

    def set_encoders(self, value: EncodersValue) -> None:
        """Show what is installed, and what is chosen."""
        if value != self._value:  # else it would take away what is just being chosen
            self._value = value
            self._show()

    def _show(self) -> None:
        value = self._value
        usual = self.tr("The one that comes with the program")
        _offer(self.embedder, usual, value.embedders, value.embedder)
        _offer(self.reranker, self.tr("None"), value.rerankers, value.reranker)
        self.pages.setText(
            self.tr("Changing it indexes everything anew: %n page(s).", "", value.pages)
        )
        self.pending.setVisible(value.pending)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SPACE_S, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        told = self.tr("Turns each passage into numbers that stand for what it means.")
        self._add(column, self.tr("Embedder"), told, self.embedder)
        column.addWidget(self.pages)
        column.addSpacing(tokens.SPACE_L)
        told = self.tr("Reads the question with each passage found: better answers, more waiting.")
        self._add(column, self.tr("Reranker"), told, self.reranker)
        column.addSpacing(tokens.SPACE_L)
        column.addWidget(self.pending)
        column.addSpacing(tokens.SPACE_S)
        column.addWidget(self.get, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def _add(self, column: QVBoxLayout, name: str, told: str, box: QComboBox) -> None:
        label = plain_label(name)
        label.setBuddy(box)
        box.setAccessibleName(name)
        box.setAccessibleDescription(told)
        box.setMinimumContentsLength(12)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMaximumWidth(_WIDTH)
        for part in (label, box, plain_label(told, "small")):
            column.addWidget(part)

    def _on_embedder(self) -> None:
        wanted = str(self.embedder.currentData())
        if wanted == self._value.embedder:
            return
        if not self._value.pages:
            self.embedder_requested.emit(wanted)
            return
        asked = self.tr("Index %n page(s) anew?", "", self._value.pages)
        asked += " " + self.tr(
            "That takes about %n minute(s); meanwhile you can search as before.",
            "",
            max(1, self._value.minutes),
        )
        self._ask.ask(
            self,
            asked,
            [
                (
                    self.tr("Change the embedder"),
                    lambda: self.embedder_requested.emit(wanted),
                ),
                (self.tr("Keep the present one"), self._on_kept),
            ],
        )

    def _on_kept(self) -> None:
        self._show()
        self.embedder.setFocus()

    def _on_reranker(self) -> None:
        wanted = str(self.reranker.currentData())
        if wanted != self._value.reranker:
            self.reranker_requested.emit(wanted)


def _offer(box: QComboBox, none: str, names: Sequence[str], chosen: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        box.addItem(none, "")
        for name in names:
            box.addItem(plain(name), name)
        if chosen and chosen not in names:
            box.addItem(plain(chosen), chosen)  # gone, but it is what the settings say
        box.setCurrentIndex(max(0, box.findData(chosen)))
