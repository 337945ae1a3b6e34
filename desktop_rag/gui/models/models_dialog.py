"""The models dialog: what is installed, where to get more, what is coming, and who was asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop_rag.domain.models import HubModel
from desktop_rag.gui.downloads.values import DownloadValue
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models import file_questions
from desktop_rag.gui.models.catalogue_page import CataloguePage
from desktop_rag.gui.models.connections_page import ConnectionsPage
from desktop_rag.gui.models.downloads_page import DownloadsPage
from desktop_rag.gui.models.installed_page import InstalledPage
from desktop_rag.gui.models.retrieval_page import SearchingPage
from desktop_rag.gui.models.values import (
    ConnectionValue,
    EncodersValue,
    FilesValue,
    MachineValue,
    ModelValue,
    OfferValue,
    WorkValue,
    ggufs,
)
from desktop_rag.gui.models.words import ModelWords, size_words
from desktop_rag.gui.widgets.ask_bar import AskBar, nothing
from desktop_rag.gui.widgets.banners import Banner, DropOverlay, UndoBar
from desktop_rag.gui.widgets.drops import dropped_paths
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

INSTALLED, OFFERED, DOWNLOADS, SEARCHING, CONNECTIONS = range(5)
_SIZE = (52 * tokens.SPACE_L, 42 * tokens.SPACE_L)
_LEAST = (26 * tokens.SPACE_L, 20 * tokens.SPACE_L)


class ModelsDialog(QDialog):
    """Pages of models, which stay open beside the window; every wish of the pages is told here.

    Signals:
        use_requested: the id of the model that is to write answers, or None to quote.
        file_added: a path, and whether the file is to be copied rather than left where it is.
        benchmark_requested: the id of the model to measure.
        examine_requested: the id of the model to examine.
        work_cancelled: the id of the model of which the work is to stop.
        smaller_requested: an id, and the quantization to make it into.
        adapters_changed: an id, and all its adapters from now on, a tuple of `Adapter`.
        stretch_changed: an id, the `Stretch`, and the tokens that its context is to have.
        removal_requested: the id of the model to remove; where files go, the person was asked.
        undone: the token of an offer to undo that was taken.
        folder_requested: the path that is to be shown in its folder.
        download_requested: the key of a model of the catalogue.
        hub_searched: the words to look for on the hub.
        files_requested: the repository whose files are to be listed.
        fit_requested: a repository and a file whose header is to be read.
        file_requested: a repository and a file to download.
        hub_cancelled: what was asked of the hub last is no longer wanted.
        pause_requested, resume_requested, cancel_requested, retry_requested, first_requested,
            forget_requested: the id of a download to rest, to go on with, to give up, to try
            again, to get before all others, to show no more.
        embedder_requested, reranker_requested, entailment_requested: the name of the one to use
            from now on.
        offered_requested: the multilingual embedder is to be downloaded, and used then.
        offline_changed: whether every connection is to be forbidden from now on.
        settings_requested: the settings of the network are to be seen.
    """

    use_requested = Signal(object)
    file_added = Signal(object, bool)
    benchmark_requested = Signal(int)
    examine_requested = Signal(int)
    work_cancelled = Signal(int)
    smaller_requested = Signal(int, str)
    adapters_changed = Signal(int, object)
    stretch_changed = Signal(int, object, int)
    removal_requested = Signal(int)
    undone = Signal(object)
    folder_requested = Signal(object)
    download_requested = Signal(str)
    hub_searched = Signal(str)
    files_requested = Signal(str)
    fit_requested = Signal(str, str)
    file_requested = Signal(str, str)
    hub_cancelled = Signal()
    pause_requested = Signal(int)
    resume_requested = Signal(int)
    cancel_requested = Signal(int)
    retry_requested = Signal(int)
    first_requested = Signal(int)
    forget_requested = Signal(int)
    embedder_requested = Signal(str)
    reranker_requested = Signal(str)
    entailment_requested = Signal(str)
    offered_requested = Signal()
    offline_changed = Signal(bool)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.setModal(False)
        self.setAcceptDrops(True)
        self._words = ModelWords(self)
        self.machine = plain_label("", "small")
        self.ask = AskBar()
        self.banner = Banner()
        self.undo = UndoBar()
        self.installed = InstalledPage(self.ask)
        self.offered = CataloguePage()
        self.downloads = DownloadsPage()
        self.searching = SearchingPage(self.ask)
        self.connections = ConnectionsPage()
        self._lay_out()
        self._connect()
        self._overlay = DropOverlay(self)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # else Return in a field would press one of them
        self.set_machine(None)
        self.setMinimumSize(*_LEAST)
        self.resize(*_SIZE)

    # What is shown

    def set_machine(self, value: MachineValue | None) -> None:
        """Tell what this machine has and what runs on it; None while that is being found out."""
        if value is None:
            self.machine.setText(self.tr("Looking at what this machine has…"))
            return
        lines = [self._words.machine(value.machine)]
        if value.ready is not None:
            lines.append(self._words.device(value.ready))
        self.machine.setText("\n".join(lines))

    def set_models(self, models: Sequence[ModelValue]) -> None:
        """Show what is installed."""
        self.installed.set_models(models)

    def set_work(self, work: Sequence[WorkValue]) -> None:
        """Show what is being done with installed models; of the others nothing is."""
        self.installed.set_work(work)

    def set_offers(self, offers: Sequence[OfferValue]) -> None:
        """Show the catalogue."""
        self.offered.set_offers(offers)

    def set_found(self, words: str, models: Sequence[HubModel]) -> None:
        """Show what a search of the hub found."""
        self.offered.show_hub(True)
        self.offered.hub.set_found(words, models)

    def set_files(self, files: FilesValue) -> None:
        """Show the files of a repository; again, when more is known of them."""
        self.offered.hub.set_files(files)

    def show_hub_failed(self, sentence: str) -> None:
        """Say why the hub did not answer what it was asked last."""
        self.offered.hub.show_failed(sentence)

    def set_downloads(self, downloads: Sequence[DownloadValue]) -> None:
        """Show the queue in its order."""
        self.downloads.set_downloads(downloads)
        count = self.downloads.unfinished
        words = self.tr("Downloads ({count})") if count else self.tr("Downloads")
        self.tabs.setTabText(DOWNLOADS, words.format(count=count))

    def set_connections(self, connections: Sequence[ConnectionValue]) -> None:
        """Show every connection ever made."""
        self.connections.set_connections(connections)

    def set_encoders(self, encoders: EncodersValue) -> None:
        """Show embedders, rerankers and entailment models."""
        self.searching.set_encoders(encoders)

    def set_offline(self, offline: bool) -> None:
        """Show whether connections are forbidden."""
        self.connections.set_offline(offline)
        self.offered.set_offline(offline)

    def show_page(self, page: int) -> None:
        """Turn to `INSTALLED`, `OFFERED`, `DOWNLOADS`, `SEARCHING` or `CONNECTIONS`."""
        self.tabs.setCurrentIndex(page)

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong, until the person has read it."""
        self.banner.announce(sentence)

    def offer_undo(self, words: str, token: object) -> None:
        """Say what was removed and offer to take it back; the token comes with `undone`."""
        self.undo.offer(words, token)

    def offer_files(self, paths: Sequence[Path]) -> None:
        """Ask for each file whether it is to be copied or stay where it is."""
        known = ggufs(paths)
        if paths and not known:
            told = self.tr("Only .gguf files are language models. Choose one of those.")
            self.show_problem(told)
            return
        self.show_page(INSTALLED)
        for path in reversed(known):
            self._ask_about(path)

    # Parts

    def _lay_out(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Pages of models"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.stack = QStackedWidget()
        for words, page in (
            (self.tr("Installed"), self.installed),
            (self.tr("Get a model"), self.offered),
            (self.tr("Downloads"), self.downloads),
            (self.tr("Searching"), self.searching),
            (self.tr("Connections"), self.connections),
        ):
            self.tabs.addTab(words)
            self.stack.addWidget(_scrolled(page))
        column = QVBoxLayout(self)
        side = tokens.SPACE_L
        column.setContentsMargins(side, tokens.SPACE_M, side, side)
        column.setSpacing(tokens.SPACE_S)
        parts = (self.machine, self.tabs, self.ask, self.banner)
        for part in parts:
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(self.undo)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.undo.undone.connect(self.undone)
        self.installed.add_requested.connect(self._on_add)
        self.installed.searching_requested.connect(lambda: self.show_page(SEARCHING))
        self.installed.get_requested.connect(self._on_get)
        self.downloads.get_requested.connect(self._on_get)
        self.searching.get_requested.connect(self._on_get)
        self.offered.hub.cancelled.connect(self.hub_cancelled)
        pages = (
            self.installed,
            self.offered,
            self.offered.hub,
            self.downloads,
            self.searching,
            self.connections,
        )
        for name in _PASSED_ON:
            page = next(page for page in pages if hasattr(page, name))
            getattr(page, name).connect(getattr(self, name))
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)

    def _on_get(self) -> None:
        self.show_page(OFFERED)

    def _on_find(self) -> None:
        self.show_page(OFFERED)
        self.offered.query.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_add(self) -> None:
        self.offer_files(file_questions.models(self))

    def _ask_about(self, path: Path) -> None:
        try:
            size = size_words(path.stat().st_size)
        except OSError:
            size = ""
        asked = self.tr("Add “{name}”?").format(name=plain(path.name))
        copying = self.tr("Copy it ({size})").format(size=size) if size else self.tr("Copy it")
        self.ask.ask(
            path,
            asked,
            [
                (self.tr("Keep it where it is"), lambda: self.file_added.emit(path, False)),
                (copying, lambda: self.file_added.emit(path, True)),
                (self.tr("Do not add it"), nothing),
            ],
        )

    # Qt

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that a model can be dropped anywhere."""
        if ggufs(dropped_paths(event.mimeData())):
            event.acceptProposedAction()
            self._overlay.cover_with(self.tr("Drop it to add this language model"))

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the words away again."""
        self._overlay.uncover()
        super().dragLeaveEvent(event)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._overlay.uncover()
        paths = ggufs(dropped_paths(event.mimeData()))
        if paths:
            event.acceptProposedAction()
            self.offer_files(paths)


class _Inside(QWidget):
    """A page, as tall as it is in the width there is."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    # Qt

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # that of wrapped words is as tall as if they were narrow


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on the page has it
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(_Inside(page))
    return area


_PASSED_ON = (
    "use_requested",
    "benchmark_requested",
    "examine_requested",
    "work_cancelled",
    "smaller_requested",
    "adapters_changed",
    "stretch_changed",
    "removal_requested",
    "folder_requested",
    "download_requested",
    "hub_searched",
    "settings_requested",
    "files_requested",
    "fit_requested",
    "file_requested",
    "pause_requested",
    "resume_requested",
    "cancel_requested",
    "retry_requested",
    "first_requested",
    "forget_requested",
    "embedder_requested",
    "offered_requested",
    "reranker_requested",
    "entailment_requested",
    "offline_changed",
)
