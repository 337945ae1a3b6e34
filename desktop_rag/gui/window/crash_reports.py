"""What nobody expected: kept in a file, and shown in words with the details folded away."""

from __future__ import annotations

import sys
import threading
import traceback
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_rag.domain.errors import DatabaseDamaged
from desktop_rag.gui.session import words_for
from desktop_rag.gui.widgets.plain_box import plain_box
from desktop_rag.gui.window.problem_dialog import ProblemDialog
from desktop_rag.settings.logs import without_text
from desktop_rag.settings.paths import Paths

_MOST = 3  # dialogs in one run: what fails over and over is only written down


class CrashReports(QObject):
    """Catches what no other part caught, in every thread of the window.

    Signals:
        happened: the details of one, and the file (`str`) that keeps them, if they could be kept.
        damaged: words for a database that was damaged while the window was open.
    """

    happened = Signal(str, str)
    damaged = Signal(str)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = paths.logs_folder
        self._window: QWidget | None = None
        self._shown = 0
        self._told = False
        self.happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)
        self.damaged.connect(self._on_damaged, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def set_window(self, window: QWidget) -> None:
        """Show problems above this window, which is there now."""
        self._window = window

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        stamp = datetime.now().astimezone()
        file = self._folder / f"problem-{stamp:%Y%m%d-%H%M%S-%f}.txt"
        saved, kept = str(file), without_text(details)
        try:
            file.write_text(kept, encoding="utf-8", errors="backslashreplace")
        except OSError:
            saved = ""
            sys.stderr.write(kept)
        if isinstance(error, DatabaseDamaged):
            self.damaged.emit(words_for(error))
            return
        if self._window is None and threading.current_thread() is threading.main_thread():
            ProblemDialog(details, saved).exec()  # nothing would be seen: the program is ending
            return
        self.happened.emit(details, saved)

    def _on_damaged(self, words: str) -> None:
        """Say once what the next start offers a way out of."""
        if self._told:
            return
        self._told = True
        restart = self.tr("Close Desktop RAG and open it again to do so.")
        box = plain_box(self._window, "Desktop RAG", f"{words} {restart}")
        box.setIcon(QMessageBox.Icon.Critical)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _on_happened(self, details: str, saved: str) -> None:
        self._shown += 1
        if self._shown <= _MOST:
            dialog = ProblemDialog(details, saved, self._window)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
