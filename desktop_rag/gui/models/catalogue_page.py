"""Where to get a model: the catalogue, the one for this machine on top, and a search of the hub."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_rag.domain.models import ModelKind
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.hub_page import HubPage
from desktop_rag.gui.models.values import OfferValue, SizeGroup
from desktop_rag.gui.models.words import ModelWords, size_words
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.detail_pane import Detail
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.row_list import ListRow, RowList

_OWN_NAMES = {"en": "English", "es": "español"}  # without the country that Qt adds
_NAMED = 5  # languages at most; of more their number is told


class CataloguePage(QWidget):
    """Models that can be downloaded; nothing connects before a button is pressed.

    Signals:
        download_requested: the key of a model of the catalogue.
        hub_searched: the words to look for on the hub.
        settings_requested: the settings of the network are to be seen.
    """

    download_requested = Signal(str)
    hub_searched = Signal(str)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ModelWords(self)
        self._offers: dict[str, OfferValue] = {}
        self._offline = False
        self._showing = self._touched = False  # the list is being filled; the person has chosen
        self.query = QLineEdit()
        self.query.setPlaceholderText(self.tr("Any GGUF on the hub: a name, such as “qwen 3b”"))
        self.query.setAccessibleName(self.tr("Find a model on the hub"))
        self.query.setClearButtonEnabled(True)
        self.seek = TextButton("search", self.tr("Search the hub"))
        self.list = RowList(self.tr("Recommended models"))
        self.detail = Detail()
        self.download = TextButton("download", self.tr("Download"), "primary")
        self.hub = HubPage()
        self._lay_out()
        self._connect()
        self.set_offers(())
        self.set_offline(False)

    def set_offers(self, offers: Sequence[OfferValue]) -> None:
        """Show the catalogue; what is recommended is chosen, unless the person has chosen."""
        self._offers = {offer.key: offer for offer in offers}
        lines: list[ListRow] = []
        for title, below, group in self._grouped():
            if group:
                lines.append(ListRow(("heading", title), title, below=below, heading=True))
                lines += [self._line(offer) for offer in group]
        self._showing = True
        self.list.set_lines(lines)
        if not self._touched:
            best = next((offer.key for offer in offers if offer.recommended), None)
            self.list.choose(best)
        self._showing = False
        self._show_chosen()

    def set_offline(self, offline: bool) -> None:
        """Say that the network is switched off, or that nothing connects by itself."""
        self._offline = offline
        self._off.setVisible(offline)
        self._calm.setVisible(not offline)
        for control in (self.query, self.seek):
            control.setEnabled(not offline)
        self.hub.set_offline(offline)
        self._show_chosen()

    def show_hub(self, shown: bool) -> None:
        """Show what the hub answered, or the catalogue."""
        self._stack.setCurrentIndex(1 if shown else 0)

    # Parts

    def _lay_out(self) -> None:
        self._off = self._made_banner()
        calm = self.tr("Nothing connects to anything before you press Search or Download.")
        self._calm = plain_label(calm, "small")
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addWidget(self.query, 1)
        row.addWidget(self.seek)
        self.detail.add_buttons(self.download)
        catalogue = QWidget()
        inner = QVBoxLayout(catalogue)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(tokens.SPACE_S)
        inner.addWidget(self.list, 1)
        inner.addWidget(self.detail)
        self._stack = QStackedWidget()
        self._stack.addWidget(catalogue)
        self._stack.addWidget(self.hub)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addLayout(row)
        column.addWidget(self._calm)
        column.addWidget(self._off)
        column.addWidget(self._stack, 1)

    def _made_banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("role", "banner")
        told = self.tr("The network is switched off: models cannot be looked for or downloaded.")
        self.settings = QPushButton(self.tr("Network settings…"))
        self.settings.setProperty("role", "link")
        self.settings.setAutoDefault(False)
        row = QHBoxLayout(banner)
        row.setContentsMargins(tokens.SPACE_M, tokens.SPACE_XS, tokens.SPACE_XS, tokens.SPACE_XS)
        row.addWidget(plain_label(told), 1)
        row.addWidget(self.settings)
        return banner

    def _connect(self) -> None:
        self.seek.setAutoDefault(False)
        self.seek.clicked.connect(self._on_find)
        self.query.returnPressed.connect(self._on_find)
        self.settings.clicked.connect(self.settings_requested)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_download)
        self.download.clicked.connect(self._on_download)
        self.hub.left.connect(lambda: self.show_hub(False))

    def _on_chosen(self) -> None:
        self._touched = self._touched or not self._showing
        self._show_chosen()

    def _grouped(self) -> list[tuple[str, str, list[OfferValue]]]:
        offers = list(self._offers.values())
        top = [offer for offer in offers if offer.recommended]
        others = [offer for offer in offers if not offer.recommended]
        writers = [offer for offer in others if offer.kind is ModelKind.WRITER]
        groups = [
            (title, good, [offer for offer in writers if offer.group is group])
            for group, (title, good) in self._sizes().items()
        ]
        return [
            (self.tr("Recommended for this machine"), "", top),
            *groups,
            (
                self.tr("Embedders"),
                self.tr("find passages by what they mean"),
                [offer for offer in others if offer.kind is ModelKind.EMBEDDER],
            ),
            (
                self.tr("Rerankers"),
                self.tr("put the best of what was found first"),
                [offer for offer in others if offer.kind is ModelKind.RERANKER],
            ),
            (
                self.tr("Entailment models"),
                self.tr("check answers: does a passage say this, or the opposite?"),
                [offer for offer in others if offer.kind is ModelKind.ENTAILMENT],
            ),
        ]

    def _sizes(self) -> dict[SizeGroup, tuple[str, str]]:
        return {
            SizeGroup.SMALL: (self.tr("Small"), self.tr("finding and rephrasing")),
            SizeGroup.MEDIUM: (
                self.tr("Medium"),
                self.tr("following instructions over several passages"),
            ),
            SizeGroup.LARGE: (self.tr("Large"), self.tr("reasoning")),
        }

    def _line(self, offer: OfferValue) -> ListRow:
        fit = self._words.fit(offer.fit)
        facts = (self._size(offer), offer.licence, self._languages(offer.languages))
        spanish = self.tr("Good at Spanish") if offer.spanish else ""
        return ListRow(
            offer.key,
            offer.name,
            below=" · ".join(fact for fact in facts if fact),
            badge=self.tr("Installed") if offer.installed else spanish,
            side=fit.verdict,
            colour=fit.colour,
            side_below=fit.figures,
            fraction=offer.fraction,
        )

    def _size(self, offer: OfferValue) -> str:
        if offer.size is not None:
            return size_words(offer.size)
        about = self.tr("about {size}").format(size=size_words(offer.about))
        return about if offer.about else ""

    def _languages(self, codes: Sequence[str]) -> str:
        if len(codes) > _NAMED:
            return self.tr("%n language(s)", "", len(codes))
        return ", ".join(_OWN_NAMES.get(code) or _native(code) for code in codes)

    def _show_chosen(self) -> None:
        offer = self._offers.get(str(self.list.key))
        self.detail.setVisible(offer is not None)
        if offer is None:
            return
        fit = self._words.fit(offer.fit)
        facts = [self._good_for(offer), self._size(offer), self._licence(offer)]
        verdict = f"{fit.verdict}: {fit.figures}" if fit.verdict else ""
        lines = [" · ".join(fact for fact in facts if fact), verdict]
        self.detail.show_text(offer.name, [*lines, offer.repository])
        coming = offer.fraction is not None
        self.download.setText(self.tr("Installed") if offer.installed else self.tr("Download"))
        self.download.setEnabled(not (offer.installed or coming or self._offline))
        doing = self.tr("Downloading…") if coming else ""
        self.detail.show_work(doing, offer.fraction, ends=False)
        self.detail.settle()

    def _good_for(self, offer: OfferValue) -> str:
        if offer.kind is not ModelKind.WRITER:
            return self._words.kind(offer.kind)
        good = self._sizes()[offer.group][1]
        return self.tr("Good for {purpose}").format(purpose=good)

    def _licence(self, offer: OfferValue) -> str:
        return self.tr("licence: {name}").format(name=offer.licence) if offer.licence else ""

    # Wishes

    def _on_find(self) -> None:
        words = self.query.text().strip()
        if words and self.seek.isEnabled():
            self.show_hub(True)
            self.hub.set_busy(self.tr("Asking the hub for “{words}”…").format(words=words))
            self.hub_searched.emit(words)
        else:
            self.query.setFocus()

    def _on_download(self) -> None:
        offer = self._offers.get(str(self.list.key))
        if offer and self.download.isEnabled():
            self.download_requested.emit(offer.key)


def _native(code: str) -> str:
    return QLocale(code).nativeLanguageName() or code
