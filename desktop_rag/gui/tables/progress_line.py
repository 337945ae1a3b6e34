"""How far a table is, how long it still takes, and how to stop it or go on."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop_rag.gui.look import tokens
from desktop_rag.gui.tables.values import FillingState, FillingValue
from desktop_rag.gui.widgets import announce
from desktop_rag.gui.widgets.buttons import ShortLabel, TextButton
from desktop_rag.gui.widgets.plain_label import plain_label

_STEPS = 1000
_MINUTE, _HOUR = 60.0, 3600.0


class ProgressLine(QWidget):
    """Cells that are done of all, and what can be done about the rest.

    Signals:
        pause_requested: the table is to rest.
        resume_requested: it is to go on.
        failed_requested: cells that failed are to be asked again.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    failed_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = ShortLabel("muted")
        self.trouble = plain_label("", "danger")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the table"))
        self.pause = TextButton("pause", self.tr("Pause"))
        self.resume = TextButton("play", self.tr("Go on"))
        self.again = TextButton("refresh", self.tr("Ask failed ones again"))
        self.pause.clicked.connect(self.pause_requested)
        self.resume.clicked.connect(self.resume_requested)
        self.again.clicked.connect(self.failed_requested)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_S)
        row.addWidget(self.summary, 1)
        for button in (self.again, self.pause, self.resume):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        self._told = ""

    def show_progress(self, value: FillingValue) -> None:
        """Show how far a table is."""
        going = value.state in {FillingState.RUNNING, FillingState.WAITING}
        self.pause.setVisible(going)
        self.resume.setVisible(value.state is FillingState.PAUSED)
        self.again.setVisible(bool(value.failed) and not going)
        self.bar.setVisible(value.state is not FillingState.FULL)
        self.bar.setValue(round(_STEPS * value.done / max(1, value.total)))
        self.trouble.setText(value.trouble)
        self.trouble.setVisible(bool(value.trouble))
        self.summary.show_text(" · ".join(filter(None, self._parts(value))))
        told = value.trouble or self._state(value)
        if told != self._told and value.state is not FillingState.RUNNING:
            announce.say(self, told)
        self._told = told

    def _parts(self, value: FillingValue) -> list[str]:
        shown = QLocale()
        done, total = shown.toString(value.done), shown.toString(value.total)
        parts = [self.tr("{done} of {total} cells").format(done=done, total=total)]
        if value.failed:
            parts.append(self.tr("%n could not be asked", "", value.failed))
        return [*parts, self._state(value)]

    def _state(self, value: FillingValue) -> str:
        match value.state:
            case FillingState.FULL:
                return self.tr("done")
            case FillingState.PAUSED:
                return self.tr("paused")
            case FillingState.WAITING:
                return self.tr("waits for something else")
            case FillingState.RUNNING:
                return self._time_left(value.seconds_left)

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < _MINUTE:
            return self.tr("less than a minute left")
        if seconds < _HOUR:
            return self.tr("about %n minute(s) left", "", round(seconds / _MINUTE))
        return self.tr("about %n hour(s) left", "", round(seconds / _HOUR))
