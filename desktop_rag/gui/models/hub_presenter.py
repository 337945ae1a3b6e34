"""What the hub is asked for the person: a search, the files of a model, the header of one."""

from __future__ import annotations

import glob
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import ModelUnusable, RagError
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import HubListing, Machine, ModelFacts, ModelKind
from desktop_rag.gui.downloads.downloads_presenter import DownloadsPresenter
from desktop_rag.gui.models import presentation
from desktop_rag.gui.models.presentation import Yardstick
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import Connecting
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.downloads import wanted_of
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import models
from desktop_rag.settings import catalogue
from desktop_rag.settings.catalogue import CatalogueModel
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.downloading import (
    DownloadingCommand,
    HubFound,
    ListFiles,
    Peek,
    SearchHub,
)

if TYPE_CHECKING:
    from desktop_rag.gui.models.models_dialog import ModelsDialog

R = TypeVar("R")


class HubPresenter(QObject):
    """Connects the pages that offer models with the hub and the queue of downloads.

    What is looked at is asked one at a time, and forgotten when the dialog closes. What is to
    be got is got, whatever else is asked.

    Signals:
        queued: something was put into the queue of downloads.
        failed: words for why something was not, while no dialog is there to say it.
    """

    queued = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, connecting: Connecting, queue: DownloadsPresenter) -> None:
        super().__init__(session)
        self._session = session
        self._connecting = connecting
        self._queue = queue
        self._network = session.settings.network
        self._line = JobQueue("looking", connecting(self._network), self)
        self._job: Job[DownloadingCommand, Any] | None = None  # what is looked at
        # What is to be got, by its repository
        self._wishes: dict[str, Job[DownloadingCommand, HubListing]] = {}
        self._dialog: ModelsDialog | None = None
        self._machine: Machine | None = None
        self._listing: HubListing | None = None
        self._facts: dict[str, ModelFacts] = {}
        session.settings_changed.connect(self._on_settings_changed)

    def serve(self, dialog: ModelsDialog) -> None:
        """Ask what this dialog wishes, until it closes."""
        self._dialog = dialog
        dialog.hub_searched.connect(self._on_searched)
        dialog.files_requested.connect(self._on_files_requested)
        dialog.fit_requested.connect(self._on_fit_requested)
        dialog.file_requested.connect(self._on_file_requested)
        dialog.download_requested.connect(self.download)
        dialog.hub_cancelled.connect(self._drop)

    def leave(self) -> None:
        """The dialog has closed."""
        self._dialog = None
        self._listing, self._facts = None, {}
        self._drop()

    def set_machine(self, machine: Machine) -> None:
        """Judge by this machine what is shown."""
        self._machine = machine
        self.show_files()

    def show_files(self) -> None:
        """Show the files of the repository that was looked at, with what is known of them now."""
        if self._dialog is not None and self._listing is not None:
            files = presentation.files(
                self._listing,
                self._facts,
                Yardstick(self._machine, self._session.settings.generating.context_tokens),
                self._here(self._listing),
                self._queue.coming(),
            )
            self._dialog.set_files(files)

    def _here(self, listing: HubListing) -> set[str]:
        """Return the names of the files that are installed."""
        folder = self._session.paths.models_folder
        known = {one.path for one in models.listing(self._session.db) if one.there}
        return {
            file.name
            for file in listing.files
            if models.place_of(folder, listing.repository, file.name) in known
        }

    def stop(self) -> None:
        """End the process soon."""
        self._line.stop()

    def _ask(self, command: CommandOf[DownloadingCommand, R], then: Callable[[R], None]) -> None:
        self._drop()
        self._job = Job(command, step=then, end=self._on_end, failed=self._on_failed)
        self._line.ask(self._job)

    def _on_end(self) -> None:
        self._job = None

    def _drop(self) -> None:
        job, self._job = self._job, None
        self._line.drop(job)

    def _on_searched(self, words: str) -> None:
        self._listing = None

        def then(found: HubFound) -> None:
            if self._dialog is not None:
                self._dialog.set_found(words, found.models)

        self._ask(SearchHub(words), then)

    def _on_files_requested(self, repository: str) -> None:
        self._listing, self._facts = None, {}
        self._ask(ListFiles(repository), self._on_listed)

    def _on_listed(self, found: HubListing) -> None:
        self._listing = found
        self.show_files()

    def _on_fit_requested(self, repository: str, name: str) -> None:
        listing = self._listing
        if listing is None or listing.repository != repository:
            return
        file = next((file for file in listing.files if file.name == name), None)
        if file is None:
            return
        first, *others = file.files

        def then(found: ModelFacts) -> None:
            self._facts[name] = found
            self.show_files()
            if found.base:
                self._tell(ModelUnusable(name, Unusable.ADAPTER))

        self._ask(Peek(repository, listing.revision, name, first.size, tuple(others)), then)

    def _on_file_requested(self, repository: str, name: str) -> None:
        if self._listing is not None and self._listing.repository == repository:
            self._want(self._listing, ModelKind.WRITER, glob.escape(name))

    def download(self, key: str) -> None:
        """Get a model of the catalogue, once the hub has said what there is of it."""
        entry = catalogue.find(key)
        if entry is None or entry.repository in self._wishes:
            return
        job = Job(
            ListFiles(entry.repository, entry.kind),
            step=lambda found: self._on_wish_answered(entry, found),
            failed=partial(self._on_wish_failed, entry),
        )
        self._wishes[entry.repository] = job
        self._queue.show_asked(self._wishes)
        self._line.ask(job)

    def _on_wish_answered(self, entry: CatalogueModel, found: HubListing) -> None:
        self._forget(entry)
        self._want(found, entry.kind, entry.pattern)

    def _on_wish_failed(self, entry: CatalogueModel, error: RagError | None, details: str) -> None:
        self._forget(entry)
        self._tell(error)
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _forget(self, entry: CatalogueModel) -> None:
        self._wishes.pop(entry.repository, None)
        self._queue.show_asked(self._wishes)

    def _want(self, found: HubListing, kind: ModelKind, pattern: str) -> None:
        try:
            self._queue.want(wanted_of(found, kind, pattern))
        except RagError as error:
            self._tell(error)
            return
        self.queued.emit()
        self.show_files()

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self._job = None
        if self._dialog is not None:
            self._dialog.show_hub_failed(words_for(error))
        self._tell(error)
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _tell(self, error: RagError | None) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(words_for(error))
        else:
            self.failed.emit(words_for(error))

    def _on_settings_changed(self, settings: Settings) -> None:
        if settings.network == self._network:
            return
        self._network = settings.network
        asked = [*self._wishes.values(), *([self._job] if self._job else [])]
        self._line.retarget(self._connecting(self._network))
        for job in asked:
            self._line.ask(job)  # of the other hub; and offline, to be told so
