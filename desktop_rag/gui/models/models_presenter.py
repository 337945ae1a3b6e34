"""Models: what is installed, what is done with it, and what comes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import Machine, ModelKind
from desktop_rag.gui.downloads.downloads_presenter import DownloadsPresenter
from desktop_rag.gui.models import presentation
from desktop_rag.gui.models.embedder_presenter import EmbedderPresenter
from desktop_rag.gui.models.exam_presenter import ExamPresenter
from desktop_rag.gui.models.hub_presenter import HubPresenter
from desktop_rag.gui.models.installed_presenter import InstalledPresenter
from desktop_rag.gui.models.presentation import Yardstick
from desktop_rag.gui.models.values import ConnectionValue, MachineValue, ModelValue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import Connecting
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import models
from desktop_rag.library.models import Installed
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.tuning import LookAtMachine, TuningCommand
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.pipe.targets import Target

if TYPE_CHECKING:
    from desktop_rag.gui.models.models_dialog import ModelsDialog

_SHOWN = 2_000  # connections, the latest


class ModelsPresenter(QObject):
    """Opens the models dialog, and does what is wished of models, there and elsewhere.

    Signals:
        settings_requested: the settings of the network are to be seen.
        listed: the language models that can be chosen, as a list of `ModelValue`.
        device_changed: what the language model runs on, a `ModelReady`, or None.
        told: something happened, in words, while the dialog is closed.
    """

    settings_requested = Signal()
    listed = Signal(object)
    device_changed = Signal(object)
    told = Signal(str)

    def __init__(
        self, session: Session, connecting: Connecting, tuning: Target[TuningCommand]
    ) -> None:
        super().__init__(session)
        self._session = session
        self._line = JobQueue("tuning", tuning, self)
        self._quick = JobQueue("looking", tuning, self)
        self.installed = InstalledPresenter(session, self._line, self._quick)
        self.exams = ExamPresenter(session, self._line)
        self.downloads = DownloadsPresenter(session, connecting, self._quick)
        self.hub = HubPresenter(session, connecting, self.downloads)
        self.embedders = EmbedderPresenter(session, self.hub, self.downloads, self._quick)
        self._above: QWidget | None = None
        self._dialog: ModelsDialog | None = None
        self._machine: Machine | None = None
        self._ready: ModelReady | None = None
        self.downloads.changed.connect(self._show_downloads)
        self.downloads.came.connect(self._on_came)
        self.downloads.failed.connect(self._tell)
        self.hub.queued.connect(self._on_queued)
        self.hub.failed.connect(self._tell)
        self.embedders.changed.connect(self._show_searching)
        self.embedders.failed.connect(self._tell)
        self.embedders.chosen.connect(self._offer_undo)
        self.installed.changed.connect(self._on_changed)
        self.installed.worked.connect(self._show_work)
        self.exams.changed.connect(self._on_changed)
        self.exams.worked.connect(self._show_work)
        self.exams.failed.connect(self._tell)
        self.installed.failed.connect(self._tell)
        self.installed.removed.connect(self._offer_undo)
        session.model_changed.connect(self._on_model_changed)
        session.settings_changed.connect(self._on_settings_changed)

    # The dialog

    def begin(self, above: QWidget) -> None:
        """Tell what there is to choose from; the dialog opens above this widget."""
        self._above = above
        self.installed.told.connect(self.told)
        models.sweep(self._session.paths.models_folder)
        chosen = self._session.model
        if chosen is not None and models.at(self._session.db, chosen) is None:
            self.installed.add(chosen.path)  # by a version that kept no list
        self._show_models()
        self.exams.await_idleness()

    def open(self) -> None:
        """Show the dialog, at first where most people want to be."""
        from desktop_rag.gui.models.models_dialog import INSTALLED, OFFERED, ModelsDialog

        if self._dialog is None:  # few open it at the start, for which there is no time to lose
            self._dialog = ModelsDialog(self._above)
            self._connect(self._dialog)
            self._dialog.finished.connect(self._on_closed)
            some = models.listing(self._session.db)
            self._dialog.show_page(INSTALLED if some else OFFERED)
        self._show_all()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        if self._machine is None:
            self._quick.ask(Job(LookAtMachine(), step=self._on_machine, failed=self._on_failed))

    def _connect(self, dialog: ModelsDialog) -> None:
        self.hub.serve(dialog)
        self.installed.serve(dialog)
        self.exams.serve(dialog)
        queue = self.downloads
        dialog.pause_requested.connect(queue.pause)
        dialog.resume_requested.connect(queue.resume)
        dialog.retry_requested.connect(queue.resume)
        dialog.cancel_requested.connect(queue.cancel)
        dialog.first_requested.connect(queue.put_first)
        dialog.forget_requested.connect(queue.forget)
        dialog.embedder_requested.connect(self.embedders.choose)
        dialog.offered_requested.connect(self.embedders.download)
        dialog.undone.connect(self.embedders.undo)
        dialog.reranker_requested.connect(lambda name: self._search_with(reranker=name))
        dialog.entailment_requested.connect(lambda name: self._search_with(entailment=name))
        dialog.offline_changed.connect(self._on_offline_changed)
        dialog.settings_requested.connect(self.settings_requested)

    def _on_closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        self.hub.leave()
        if dialog is not None:
            dialog.deleteLater()

    def stop(self) -> None:
        """End all processes soon."""
        self.downloads.stop()
        self.hub.stop()
        self.exams.stop()
        self._line.stop()
        self._quick.stop()

    # What is shown

    def _show_all(self) -> None:
        self._show_models()
        self._show_downloads()
        self._show_searching()
        self._show_machine()

    def _show_machine(self) -> None:
        if self._dialog is not None and self._machine is not None:
            self._dialog.set_machine(MachineValue(self._machine, self._ready))

    @property
    def _yardstick(self) -> Yardstick:
        return Yardstick(self._machine, self._session.settings.generating.context_tokens)

    def writers(self) -> list[ModelValue]:
        """Return the language models that are installed."""
        return [one for one in self._values() if one.kind is ModelKind.WRITER]

    def _values(self) -> list[ModelValue]:
        used = self._session.model
        how = self._session.settings.retrieval
        chosen = {self.embedders.chosen_name(), how.reranker, how.entailment}
        return [
            presentation.installed(
                one,
                self._yardstick,
                self.exams.grade(one),
                in_use=one.source == used if one.kind is ModelKind.WRITER else one.name in chosen,
                words=words_for,
            )
            for one in models.listing(self._session.db)
        ]

    def _show_models(self) -> None:
        self.listed.emit(self.writers())
        if self._dialog is None:
            return
        self._dialog.set_models(self._values())
        self._show_work()
        self._show_offers()

    def _show_offers(self) -> None:
        if self._dialog is not None:
            self._dialog.set_offers(
                presentation.offers(
                    self._yardstick,
                    self._session.language,
                    models.listing(self._session.db),
                    self.downloads.coming(),
                )
            )

    def _show_work(self) -> None:
        if self._dialog is not None:
            self._dialog.set_work([*self.installed.work, *self.exams.work])

    def _show_downloads(self) -> None:
        if self._dialog is None:
            return
        self._dialog.set_downloads(self.downloads.values())
        self._show_offers()
        self.hub.show_files()
        self._show_connections()

    def _show_connections(self) -> None:
        if self._dialog is not None:
            rows = connection_log.read(self._session.paths, _SHOWN)
            self._dialog.set_connections([_connection(row) for row in rows])

    def _show_searching(self) -> None:
        if self._dialog is None:
            return
        self._dialog.set_offline(self._session.settings.network.offline)
        self._dialog.set_encoders(self.embedders.value())

    def set_ready(self, ready: ModelReady) -> None:
        """Say what the language model runs on."""
        self._ready = ready
        self._show_machine()
        self.device_changed.emit(ready)

    def _on_machine(self, machine: Machine) -> None:
        self._machine = machine
        self.hub.set_machine(machine)
        self._show_machine()
        self._show_models()

    def _on_model_changed(self) -> None:
        self._ready = None
        self.device_changed.emit(None)
        self._show_machine()
        self._show_models()

    def _on_settings_changed(self, _settings: Settings) -> None:
        self._show_searching()
        self._show_models()

    # What is wished elsewhere

    def advance(self) -> None:
        """Show how far another index is, while somebody looks."""
        if self._dialog is not None:
            self._show_searching()

    def _on_came(self, installed: Installed) -> None:
        self.embedders.take(installed)
        if installed.kind is ModelKind.WRITER and self._session.model is None:
            self.installed.use(installed.id)
            self._tell(
                self.tr("“{name}” is here and writes the answers now.").format(name=installed.name)
            )
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_all()
        self.exams.await_idleness()  # there may be a model that was never examined

    def _offer_undo(self, token: object, words: str) -> None:
        if self._dialog is not None:
            self._dialog.offer_undo(words, token)

    def _on_queued(self) -> None:
        from desktop_rag.gui.models.models_dialog import DOWNLOADS

        if self._dialog is not None:
            self._dialog.show_page(DOWNLOADS)

    def _on_offline_changed(self, offline: bool) -> None:
        settings = self._session.settings
        network = settings.network.replaced(offline=offline)
        self._session.replace_settings(settings.replaced(network=network))

    def _search_with(self, **changes: str) -> None:
        settings = self._session.settings
        retrieval = settings.retrieval.replaced(**changes)
        self._session.replace_settings(settings.replaced(retrieval=retrieval))

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self._tell(words_for(error))
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _tell(self, words: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(words)
        else:
            self.told.emit(words)


def _connection(row: connection_log.Connection) -> ConnectionValue:
    purpose = {
        connection_log.Purpose.SEARCH: "search",
        connection_log.Purpose.LISTING: "list",
        connection_log.Purpose.HEADER: "peek",
        connection_log.Purpose.DOWNLOAD: "fetch",
        connection_log.Purpose.LANGUAGE: "language",
    }[row.purpose]
    fine = row.outcome is connection_log.Outcome.ANSWERED
    return ConnectionValue(row.at, row.host, purpose, row.bytes, "" if fine else str(row.outcome))
