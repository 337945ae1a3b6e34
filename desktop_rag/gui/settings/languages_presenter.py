"""Gets the data of languages, and has what waited for it recognized."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop_rag.domain.errors import RagError
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import Connecting
from desktop_rag.gui.session import Session, words_for
from desktop_rag.gui.settings.settings_dialog import SettingsDialog
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import consistency
from desktop_rag.settings import tessdata
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.downloading import (
    DownloadingCommand,
    Fetched,
    Fetching,
    FetchLanguage,
)

_UNFINISHED = (".part", ".part.json")  # beside a file that has not come whole


class LanguagesPresenter(QObject):
    """Connects the languages of the settings with the process that may connect.

    One comes at a time, also while no dialog shows it.
    """

    def __init__(self, session: Session, connecting: Connecting, indexing: IndexingQueue) -> None:
        super().__init__(session)
        self._session = session
        self._connecting = connecting
        self._scheduler = indexing.scheduler
        self._network = session.settings.network
        self._line = JobQueue("downloading", connecting(self._network), self)
        self._coming = ""
        self._job: Job[DownloadingCommand, Fetching | Fetched] | None = None
        self._progress = Fetching(0, 0, 0.0)
        self._dialog: SettingsDialog | None = None
        session.settings_changed.connect(self._on_settings_changed)

    def serve(self, dialog: SettingsDialog) -> None:
        """Do what this dialog wishes of languages, until it closes."""
        self._dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.languages.data_requested.connect(self.get)
        dialog.languages.data_cancelled.connect(self.cancel)
        self._show_found()
        self._show_coming()

    def get(self, language: str) -> None:
        """Get the data of a language, unless another one is coming."""
        if self._coming:
            return
        self._coming = language
        self._progress = Fetching(0, 0, 0.0)
        self._show_coming()
        target = tessdata.place_of(self._session.paths, language)
        self._job = Job(
            FetchLanguage(language, target),
            step=self._on_step,
            end=self._on_came,
            failed=self._on_failed,
            gone=partial(_throw_away, target),
            repeated=True,
        )
        self._line.ask(self._job)

    def cancel(self) -> None:
        """Give up what is coming, and throw away what has come of it."""
        self._line.drop(self._job)
        self._end()

    def stop(self) -> None:
        """End the process soon; what has come is gone on with when it is wanted again."""
        self._coming, self._job = "", None
        self._line.stop()

    def _end(self) -> None:
        self._coming, self._job = "", None
        self._show_coming()

    def _show_found(self) -> None:
        if self._dialog is not None:
            self._dialog.set_languages(tuple(tessdata.available(self._session.paths)))

    def _show_coming(self) -> None:
        if self._dialog is not None:
            progress = self._progress
            self._dialog.languages.show_coming(self._coming, progress.done, progress.size)

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_step(self, value: Fetching | Fetched) -> None:
        if isinstance(value, Fetching):
            self._progress = value
            self._show_coming()

    def _on_came(self) -> None:
        language = self._coming
        self._end()
        self._show_found()
        scheduler, how = self._scheduler, self._session.settings.indexing
        if scheduler.busy and not scheduler.paused:
            scheduler.pause()  # what is being taken was told of no such language
            scheduler.resume()
        if how.recognition and language in how.languages:
            for library, paths in consistency.unrecognized(self._session.db).items():
                scheduler.add(Batch(library, tuple(paths)))

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self._end()
        words = words_for(error)
        if self._dialog is not None:
            self._dialog.languages.show_problem(words)
        else:
            self._session.troubled.emit(words)
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _on_settings_changed(self, settings: Settings) -> None:
        if settings.network == self._network:
            return
        self._network = settings.network
        language, self._coming = self._coming, ""
        self._line.retarget(self._connecting(self._network))
        if language:
            self.get(language)


def _throw_away(target: Path, *_: object) -> None:
    for end in _UNFINISHED:
        with suppress(OSError):
            target.with_name(f"{target.name}{end}").unlink(missing_ok=True)
