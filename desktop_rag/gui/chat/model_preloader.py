"""What the language model does besides answering: it is loaded, and reads ahead."""

from __future__ import annotations

from functools import partial
from typing import Never

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.routes import writing
from desktop_rag.domain.generation import Exchange, ModelChoice, ModelReady
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import models
from desktop_rag.workers.commands.generating import GeneratingCommand, LoadModel, ReadAhead


class ModelPreloader(QObject):
    """Chooses the language model and makes it ready while the person still types.

    What fails here fails again, and is told, when a question is asked.

    Signals:
        ready: the model is in memory, a `ModelReady`.
    """

    ready = Signal(object)

    def __init__(self, session: Session, line: JobQueue[GeneratingCommand]) -> None:
        super().__init__(session)
        self._session = session
        self._line = line
        self._job: Job[GeneratingCommand, Never] | None = None
        self._loading: tuple[ModelChoice, Job[GeneratingCommand, ModelReady]] | None = None
        self._wanted: ReadAhead | None = None
        self._read: ReadAhead | None = None

    def choice(self) -> ModelChoice | None:
        """Return what answers are written with, and how it is loaded."""
        source = self._session.model
        if source is None:
            return None
        return models.choice(self._session.db, source, self._session.settings.generating)

    def read_ahead(
        self, history: tuple[Exchange, ...], language: str, conversation: int | None
    ) -> None:
        """Read what is known of the next prompt, unless it has been read or something else runs."""
        model = self.choice()
        if model is None or self._line.busy:
            return
        strict = self._session.settings.answering.strict
        told = writing.rules(language, strict=strict)
        wanted = ReadAhead(model, history, language, conversation, told)
        if wanted == self._read:
            return
        self._read = self._wanted = wanted
        job = Job(LoadModel(model), step=self.ready.emit, end=partial(self._on_loaded, wanted))
        self._loading = (model, self._line.ask(job))

    def give_way(self) -> None:
        """Let an answer be written now; what was read for it is kept."""
        self._wanted = self._read = None
        job, self._job = self._job, None
        self._line.drop(job)
        if self._loading and self._loading[0] != self.choice():
            self._line.drop(self._loading[1])  # of a model that was chosen no longer
            self._loading = None

    def _on_loaded(self, wanted: ReadAhead) -> None:
        self._loading = None
        if wanted is self._wanted and wanted.model == self.choice():
            self._job = self._line.ask(Job(wanted))
