"""The queue in one glance: how much is left, how fast it goes, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.sidebar.values import QueueValue
from desktop_rag.gui.widgets.buttons import IconButton, ShortLabel, TextButton
from desktop_rag.gui.widgets.durations import duration
from desktop_rag.gui.widgets.flow_layout import FlowLayout
from desktop_rag.gui.widgets.plain_label import plain_label
from desktop_rag.gui.widgets.text import plain

STEPS = 1000


class QueueBar(QWidget):
    """What is being read, and what is still to be read; hidden while there is nothing.

    Signals:
        pause_requested: the queue is to rest.
        resume_requested: it is to go on.
        cancel_requested: what has not been read is not to be read.
        details_requested: the single files are to be shown.
        hurry_requested: it is to go on although the machine runs on its battery.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    cancel_requested = Signal()
    details_requested = Signal()
    hurry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self.summary = ShortLabel()
        self.doing = ShortLabel("small")
        self.rate = plain_label("", "small", wraps=False)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the queue"))
        self.pause = IconButton("pause", self.tr("Pause"))
        self.cancel = IconButton("close", self.tr("Cancel what is left"))
        self.details = IconButton("list", self.tr("Show the queue"))
        self.pause.clicked.connect(self._on_pause_clicked)
        self.cancel.clicked.connect(self.cancel_requested)
        self.details.clicked.connect(self.details_requested)
        self.battery = plain_label(self.tr("Waits for mains power"), "small", wraps=False)
        self.hurry = TextButton("", self.tr("Go on all the same"), "link")
        self.hurry.clicked.connect(self.hurry_requested)
        self._arrange()
        self.show_queue(None)

    def show_queue(self, value: QueueValue | None) -> None:
        """Show how far the queue has come, or nothing."""
        self.setVisible(value is not None)
        if value is None:
            return
        self._paused = value.paused
        files = self.tr("%n file(s)", "", value.left)
        still = value.paused or value.resting
        self._rest.setVisible(value.resting and not value.paused)
        known = value.seconds_left is not None and not still
        left = duration(value.seconds_left or 0.0) if known else ""
        self.summary.show_text(f"{files} · {left}" if left else files)
        self.doing.show_text(plain(value.name), Qt.TextElideMode.ElideMiddle)
        self.doing.setVisible(bool(value.name))
        self.rate.setText(self._speed(value))
        self.rate.setVisible(bool(self.rate.text()))
        self.bar.setValue(round(STEPS * min(1.0, max(0.0, value.fraction))))
        if value.paused:
            self.pause.show_as("play", self.tr("Resume"))
        else:
            self.pause.show_as("pause", self.tr("Pause"))

    def _arrange(self) -> None:
        first, last = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(0)
        first.addWidget(self.summary, 1)
        for button in (self.pause, self.cancel, self.details):
            first.addWidget(button)
        last.addWidget(self.doing, 1)
        last.addWidget(self.rate)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SPACE_M, tokens.SPACE_S, tokens.SPACE_S, tokens.SPACE_S)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(first)
        column.addWidget(self.bar)
        column.addLayout(last)
        self._rest = QWidget()
        rest = FlowLayout(self._rest, tokens.SPACE_XS)
        rest.addWidget(self.battery)
        rest.addWidget(self.hurry)
        column.addWidget(self._rest)

    def _speed(self, value: QueueValue) -> str:
        if value.paused:
            return self.tr("paused")
        if value.rate <= 0 or value.resting:
            return ""
        return self.tr("{rate} pages/s").format(rate=QLocale().toString(value.rate, "f", 1))

    def _on_pause_clicked(self) -> None:
        (self.resume_requested if self._paused else self.pause_requested).emit()
