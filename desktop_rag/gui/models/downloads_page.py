"""Models on their way: how far each is, and how to rest, go on and give up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_rag.gui.downloads.values import DownloadState, DownloadValue
from desktop_rag.gui.look import tokens
from desktop_rag.gui.models.words import ModelWords, size_words
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import TextButton
from desktop_rag.gui.widgets.detail_pane import Detail
from desktop_rag.gui.widgets.empty_page import Empty
from desktop_rag.gui.widgets.row_list import ListRow, RowList

_COMING = {DownloadState.WAITING, DownloadState.RUNNING}


class DownloadsPage(QWidget):
    """The queue in its order.

    Signals:
        pause_requested, resume_requested, cancel_requested, retry_requested: the id of a
            download that is to rest, to go on, to be given up, to be tried again.
        first_requested: the id of the one to get before all others.
        forget_requested: the id of one that is finished, to be shown no more.
        get_requested: from the empty state, the catalogue.
    """

    pause_requested = Signal(int)
    resume_requested = Signal(int)
    cancel_requested = Signal(int)
    retry_requested = Signal(int)
    first_requested = Signal(int)
    forget_requested = Signal(int)
    get_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ModelWords(self)
        self._downloads: dict[int, DownloadValue] = {}
        self.list = RowList(self.tr("Downloads"))
        self.detail = Detail()
        told = self.tr("Nothing is being downloaded.")
        self.empty = Empty("download", told, self.tr("Get a model"))
        self._make_buttons()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_S)
        column.addWidget(self.empty, 1)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.list.chosen.connect(self._show_chosen)
        self.empty.button.clicked.connect(self.get_requested)
        self.set_downloads(())

    @property
    def unfinished(self) -> int:
        """Return how many are still to come."""
        return sum(one.state is not DownloadState.FINISHED for one in self._downloads.values())

    def set_downloads(self, downloads: Sequence[DownloadValue]) -> None:
        """Show these, the next one first."""
        before, self._downloads = self._downloads, {one.id: one for one in downloads}
        self._announce(before)
        self.list.set_lines([self._line(one) for one in downloads])
        self.empty.setVisible(not downloads)
        self.list.setVisible(bool(downloads))
        self._show_chosen()

    def _announce(self, before: dict[int, DownloadValue]) -> None:
        """Tell a listener what has come to an end."""
        for one in self._downloads.values():
            was = before.get(one.id)
            if (
                was
                and was.state is not one.state
                and one.state in {DownloadState.FAILED, DownloadState.FINISHED}
            ):
                failed = one.state is DownloadState.FAILED
                told = one.reason if failed else self.tr("{name}: downloaded")
                announce.say(self.list, told.format(name=one.name) if not failed else told)

    def _make_buttons(self) -> None:
        self.pause = TextButton("pause", self.tr("Pause"))
        self.resume = TextButton("play", self.tr("Resume"))
        self.retry = TextButton("refresh", self.tr("Try again"), "primary")
        self.first = TextButton("arrow-up", self.tr("Get this first"))
        self.cancel = TextButton("close", self.tr("Cancel the download"))
        self.forget = TextButton("close", self.tr("Remove from the list"))
        wishes = (
            (self.retry, self.retry_requested),
            (self.pause, self.pause_requested),
            (self.resume, self.resume_requested),
            (self.first, self.first_requested),
            (self.cancel, self.cancel_requested),
            (self.forget, self.forget_requested),
        )
        for button, wish in wishes:
            button.clicked.connect(lambda _on=False, wish=wish: self._wish(wish))
        self.detail.add_buttons(*(button for button, _wish in wishes))

    def _wish(self, wish: object) -> None:
        key = self.list.key
        if isinstance(key, int):
            wish.emit(key)  # type: ignore[attr-defined]

    def _line(self, one: DownloadValue) -> ListRow:
        coming = one.state in {DownloadState.RUNNING, DownloadState.PAUSED}
        return ListRow(
            one.id,
            one.name,
            below=self._progress(one),
            side=self._state(one),
            colour={DownloadState.FAILED: "danger", DownloadState.FINISHED: "good"}.get(
                one.state, "muted"
            ),
            side_below=self._speed(one),
            fraction=one.done / one.size if coming and one.size else None,
        )

    def _state(self, one: DownloadValue) -> str:
        return {
            DownloadState.WAITING: self.tr("Waiting"),
            DownloadState.RUNNING: self.tr("Downloading"),
            DownloadState.PAUSED: self.tr("Paused"),
            DownloadState.FAILED: self.tr("Failed"),
            DownloadState.FINISHED: self.tr("Finished"),
        }[one.state]

    def _progress(self, one: DownloadValue) -> str:
        if one.state is DownloadState.FINISHED or not one.done:
            parts = [one.file, size_words(one.size) if one.size else ""]
        else:
            of = self.tr("{done} of {size}")
            parts = [one.file, of.format(done=size_words(one.done), size=size_words(one.size))]
        return " · ".join(part for part in parts if part)

    def _speed(self, one: DownloadValue) -> str:
        if one.state is not DownloadState.RUNNING or one.per_second <= 0:
            return ""
        speed = self.tr("{size}/s").format(size=size_words(one.per_second))
        left = self._words.left(max(0, one.size - one.done) / one.per_second)
        return f"{speed} · {left}"

    def _show_chosen(self) -> None:
        key = self.list.key
        one = self._downloads.get(key) if isinstance(key, int) else None
        self.detail.setVisible(one is not None)
        if one is None:
            return
        lines = [self._state(one), self._progress(one), self._speed(one)]
        self.detail.show_text(one.name, [" · ".join(line for line in lines if line)], one.reason)
        shown = {
            self.retry: one.state is DownloadState.FAILED,
            self.pause: one.state in _COMING,
            self.resume: one.state is DownloadState.PAUSED,
            self.first: one.state is DownloadState.WAITING,
            self.cancel: one.state is not DownloadState.FINISHED,
            self.forget: one.state is DownloadState.FINISHED,
        }
        focused = next((button for button in shown if button.hasFocus()), None)
        for button, visible in shown.items():
            button.setVisible(visible)
        if focused is not None and not shown[focused]:
            next(button for button, visible in shown.items() if visible).setFocus()
        self.detail.settle()
