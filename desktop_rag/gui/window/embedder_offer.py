"""A banner that tells who has an index of the English embedder of the one for many languages."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.gui.models.values import BetterEmbedderValue
from desktop_rag.gui.models.words import size_words
from desktop_rag.gui.widgets.banners import Banner


class EmbedderOffer(Banner):
    """Has two buttons: change, or keep what is there. It goes with either.

    Signals:
        accepted: the one for many languages is to be used.
        refused: what is there is to be kept.
    """

    accepted = Signal()
    refused = Signal()

    def __init__(self, value: BetterEmbedderValue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        action = self.tr("Download") if value.size else self.tr("Change")
        self.announce(self._words(value), action, refusal=self.tr("Keep as it is"))
        for answer, told in ((self.acted, self.accepted), (self.dismissed, self.refused)):
            answer.connect(told)
            answer.connect(self.deleteLater)

    def _words(self, value: BetterEmbedderValue) -> str:
        words = self.tr(
            "Questions in Spanish can find English pages now, and the other way around. "
            "{documents} in the background: {time}."
        ).format(
            documents=self.tr("%n document(s) will be indexed anew", "", value.documents),
            time=self.tr("about %n minute(s)", "", value.minutes),
        )
        if not value.size:
            return words
        told = self.tr("It takes a download of {size}.")
        return f"{words} {told.format(size=size_words(value.size))}"
