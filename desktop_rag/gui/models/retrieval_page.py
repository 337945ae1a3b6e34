"""Which embedder finds passages, which reranker sorts them, and what checks the answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.values import EmbedderValue, EncodersValue, RebuildingValue
from desktop_rag.gui.models.words import size_words
from desktop_rag.gui.widgets.ask_bar import AskBar
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

_WIDTH = 24 * tokens.SPACE_L
_FEW_LANGUAGES = 3


class SearchingPage(QWidget):
    """Three choices, each with what it means and costs; the usual change is one click.

    Signals:
        embedder_requested: the name of the embedder that is to be used.
        reranker_requested: the name of the reranker; empty is none.
        entailment_requested: the name of the entailment model; empty is none.
        offered_requested: the multilingual embedder is to be downloaded, and used then.
        get_requested: the catalogue, where there are more.
    """

    embedder_requested = Signal(str)
    reranker_requested = Signal(str)
    entailment_requested = Signal(str)
    offered_requested = Signal()
    get_requested = Signal()

    def __init__(self, ask: AskBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._value = EncodersValue()
        self.embedder, self.reranker, self.entailment = QComboBox(), QComboBox(), QComboBox()
        self.told = plain_label("", "small")
        self.change = TextButton("refresh", self.tr("Use the one for many languages"), "link")
        self.cost = plain_label("", "small")
        self.offer = TextButton("download", "", "link")
        self.pending = plain_label("", "warning")
        self.progress = QProgressBar()
        self.keep = TextButton("undo", self.tr("Keep the present one"), "link")
        self.get = TextButton("download", self.tr("Get another one…"))
        for button in (self.change, self.offer, self.keep, self.get):
            button.setAutoDefault(False)
        self._lay_out()
        self.embedder.activated.connect(self._on_embedder)
        self.reranker.activated.connect(self._on_reranker)
        self.entailment.activated.connect(self._on_entailment)
        self.change.clicked.connect(self._on_change)
        self.keep.clicked.connect(self._on_keep)
        self.offer.clicked.connect(self.offered_requested)
        self.get.clicked.connect(self.get_requested)
        self._show()

    def set_encoders(self, value: EncodersValue) -> None:
        """Show what is installed, and what is chosen."""
        if value != self._value:  # else it would take away what is just being chosen
            self._value = value
            self._show()

    # What is shown

    def _show(self) -> None:
        value = self._value
        named = [(one.name, self._titled(one)) for one in value.embedders]
        _offer(self.embedder, named, value.embedder)
        none = ("", self.tr("None"))
        _offer(self.reranker, [none, *_titles(value.rerankers)], value.reranker)
        _offer(self.entailment, [none, *_titles(value.entailments)], value.entailment)
        chosen = self._named(value.embedder)
        self.told.setText(self._described(chosen) if chosen else "")
        self.cost.setText(self.tr("Changing it indexes %n page(s) anew.", "", value.pages))
        self.cost.setVisible(bool(value.pages))
        self._show_change()
        self.offer.setText(
            self.tr("Download and use the one for many languages ({size})").format(
                size=size_words(value.offered)
            )
        )
        self.offer.setVisible(bool(value.offered))
        self._show_rebuilding(value.rebuilding)

    def _show_change(self) -> None:
        other = self._other()
        wished = other is not None and self._value.rebuilding is None
        self.change.setVisible(wished)
        if other is None:
            return
        if other.english:
            words = self.tr("Use the faster one, English only")
        else:
            words = self.tr("Use the one for many languages")
        if self._value.pages:
            minutes = max(1, other.minutes)
            words += " " + self.tr("(about %n minute(s))", "", minutes)
        self.change.setText(words)

    def _show_rebuilding(self, now: RebuildingValue | None) -> None:
        for part in (self.pending, self.progress, self.keep):
            part.setVisible(now is not None)
        if now is None:
            return
        told = self.tr(
            "The index of “{embedder}” is being built: {done} of {documents} documents. Until it "
            "is ready, “{before}” finds them."
        )
        self.pending.setText(
            told.format(
                embedder=plain(now.embedder),
                done=now.done,
                documents=now.documents,
                before=plain(now.before),
            )
        )
        self.progress.setRange(0, now.documents)
        self.progress.setValue(now.done)
        self.progress.setAccessibleName(self.tr("Index being built"))
        self.keep.setText(self.tr("Stop and keep “{name}”").format(name=plain(now.before)))
        self.keep.setVisible(now.before != now.embedder)

    def _titled(self, one: EmbedderValue) -> str:
        """Return what an embedder is called in the list."""
        if one.english:
            told = self.tr("faster, English only") if one.ours else self.tr("English only")
        elif len(one.languages) > _FEW_LANGUAGES:
            told = self.tr("%n language(s)", "", len(one.languages))
        else:
            told = plain(", ".join(one.languages))
        return f"{plain(one.name)} · {told}" if told else plain(one.name)

    def _described(self, one: EmbedderValue) -> str:
        """Return one line on what an embedder does."""
        if one.english:
            return self.tr(
                "Finds by meaning in English; other languages are found by their words alone."
            )
        if len(one.languages) > _FEW_LANGUAGES:
            return self.tr(
                "Finds by meaning in %n language(s): a question in Spanish finds English pages, "
                "and the other way around.",
                "",
                len(one.languages),
            )
        return self.tr("Turns each passage into numbers that stand for what it means.")

    def _named(self, name: str) -> EmbedderValue | None:
        return next((one for one in self._value.embedders if one.name == name), None)

    def _other(self) -> EmbedderValue | None:
        """Return the other one of the two that come along, if there is one."""
        ours = [one for one in self._value.embedders if one.ours]
        return next((one for one in ours if one.name != self._value.embedder), None)

    # Parts

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.SPACE_S, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        told = self.tr("Turns each passage into numbers that stand for what it means.")
        self._add(column, self.tr("Embedder"), told, self.embedder)
        column.addWidget(self.told)
        column.addWidget(self.cost)
        for button in (self.change, self.offer):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(_WIDTH)
        column.addWidget(self.pending)
        column.addWidget(self.progress)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(tokens.SPACE_L)
        told = self.tr("Reads the question with each passage found: better answers, more waiting.")
        self._add(column, self.tr("Reranker"), told, self.reranker)
        column.addWidget(plain_label(told, "small"))
        column.addSpacing(tokens.SPACE_L)
        told = self.tr(
            "Reads each sentence of an answer with the passages: fewer errors unseen, more waiting."
        )
        self._add(column, self.tr("Checking answers"), told, self.entailment)
        column.addWidget(plain_label(told, "small"))
        column.addSpacing(tokens.SPACE_L)
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
        for part in (label, box):
            column.addWidget(part)

    # What is wished

    def _on_change(self) -> None:
        other = self._other()
        if other is not None:
            self.embedder_requested.emit(other.name)

    def _on_keep(self) -> None:
        if self._value.rebuilding is not None:
            self.embedder_requested.emit(self._value.rebuilding.before)

    def _on_embedder(self) -> None:
        wanted = str(self.embedder.currentData())
        if wanted == self._value.embedder:
            return
        if not self._value.pages:
            self.embedder_requested.emit(wanted)
            return
        value = self._named(wanted)
        asked = self.tr("Index %n page(s) anew?", "", self._value.pages)
        asked += " " + self.tr(
            "That takes about %n minute(s); meanwhile you can search as before.",
            "",
            max(1, value.minutes if value else 0),
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

    def _on_entailment(self) -> None:
        wanted = str(self.entailment.currentData())
        if wanted != self._value.entailment:
            self.entailment_requested.emit(wanted)


def _titles(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, plain(name)) for name in names]


def _offer(box: QComboBox, names: Sequence[tuple[str, str]], chosen: str) -> None:
    with QSignalBlocker(box):
        box.clear()
        for name, title in names:
            box.addItem(title, name)
        if chosen and chosen not in dict(names):
            box.addItem(plain(chosen), chosen)  # gone, but it is what the settings say
        box.setCurrentIndex(max(0, box.findData(chosen)))
