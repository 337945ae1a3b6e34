"""What is wished of embedders: choosing one, going back, getting the one for many languages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.models import ModelKind
from desktop_rag.gui.downloads.downloads_presenter import DownloadsPresenter
from desktop_rag.gui.models.hub_presenter import HubPresenter
from desktop_rag.gui.models.values import (
    BetterEmbedderValue,
    EmbedderValue,
    EncodersValue,
    RebuildingValue,
)
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import embedder_options, indexes, models, remembered
from desktop_rag.library.models import Installed
from desktop_rag.settings import catalogue, embedders
from desktop_rag.settings.embedders import MULTILINGUAL
from desktop_rag.workers.commands.tuning import CheckEmbedder, TuningCommand


@dataclass(frozen=True, slots=True)
class FormerEmbedder:
    """What was used before another one was chosen: the token of an offer to undo that."""

    name: str


class EmbedderPresenter(QObject):
    """Chooses embedders, once their weights are known to be whole.

    Signals:
        changed: there are others, or another one is chosen.
        failed: words for what went wrong.
        chosen: a `FormerEmbedder`, and words: this can be undone.
    """

    changed = Signal()
    failed = Signal(str)
    chosen = Signal(object, str)

    def __init__(
        self,
        session: Session,
        hub: HubPresenter,
        queue: DownloadsPresenter,
        quick: JobQueue[TuningCommand],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._hub = hub
        self._queue = queue
        self._quick = quick
        self._awaited = False  # what is being downloaded is to be used

    # What there is

    def value(self) -> EncodersValue:
        """Return what there is to choose from, and what is chosen."""
        db, how = self._session.db, self._session.settings.retrieval
        options = embedder_options.options(db, how)
        return EncodersValue(
            embedders=tuple(
                EmbedderValue(one.name, one.languages, one.minutes, one.ours)
                for one in options
                if one.there
            ),
            rerankers=tuple(one.name for one in models.listing(db, ModelKind.RERANKER)),
            entailments=tuple(one.name for one in models.listing(db, ModelKind.ENTAILMENT)),
            embedder=self.chosen_name(),
            reranker=how.reranker,
            entailment=how.entailment,
            pages=indexes.cost(db).pages,
            rebuilding=self._rebuilding(),
            offered=self.offered_bytes(),
        )

    def chosen_name(self) -> str:
        """Return what the embedder is called that was chosen, or serves where none was."""
        chosen = models.encoders(self._session.db, self._session.settings.retrieval)
        return embedders.name_of(chosen.embedder)

    def offered_bytes(self) -> int:
        """Return the size of the multilingual embedder where it can be downloaded, else 0."""
        entry = catalogue.find(MULTILINGUAL)
        if entry is None or models.embedder_there(self._session.db, MULTILINGUAL):
            return 0
        return 0 if entry.repository in self._queue.coming() else entry.about_bytes

    def better(self) -> BetterEmbedderValue | None:
        """Return what the embedder for many languages costs who has an index of the English one.

        Nothing is returned to whoever chose one, or has answered that already.
        """
        db = self._session.db
        documents = indexes.cost(db).documents
        english = indexes.serving(db).encoder is None and documents > 0
        chose = self._session.settings.retrieval.embedder
        if not english or chose or remembered.knows_of_embedders(db):
            return None
        effort = embedders.multilingual().effort
        rate = embedder_options.chunks_per_second(db, MULTILINGUAL, effort)
        minutes = max(1, embedder_options.minutes(db, rate))
        return BetterEmbedderValue(documents, minutes, self.offered_bytes())

    def _rebuilding(self) -> RebuildingValue | None:
        db = self._session.db
        building = indexes.building(db)
        if building is None:
            return None
        documents = indexes.cost(db).documents
        return RebuildingValue(
            embedders.name_of(building.encoder),
            embedders.name_of(indexes.serving(db).encoder),
            max(0, documents - indexes.left(db).documents),
            documents,
        )

    # What is wished

    def choose(self, name: str) -> None:
        """Find documents by this embedder; what serves does so until its index is whole."""
        former = self.chosen_name()
        if name != former:
            self._check(name, former)

    def undo(self, token: object) -> None:
        """Go back to what was used before."""
        if isinstance(token, FormerEmbedder):
            self._check(token.name, "")

    def take_better(self) -> None:
        """Change to the embedder for many languages, which is downloaded first if need be."""
        remembered.note_knows_of_embedders(self._session.db)
        if self.offered_bytes():
            self.download()
        else:
            self.choose(MULTILINGUAL)

    def keep_present(self) -> None:
        """Remember that the person wants to keep what there is."""
        remembered.note_knows_of_embedders(self._session.db)

    def download(self) -> None:
        """Get the embedder for many languages from the hub, and use it once it is here."""
        self._awaited = True
        self._hub.download(MULTILINGUAL)

    def take(self, installed: Installed) -> None:
        """Use what came if that was wished."""
        entry = catalogue.find(MULTILINGUAL)
        if self._awaited and entry is not None and installed.repository == entry.repository:
            self._awaited = False
            self.choose(installed.name)

    def _check(self, name: str, former: str) -> None:
        """Look at the weights first: damaged ones would never make an index."""
        retrieval = self._session.settings.retrieval.replaced(embedder=name)
        found = models.encoders(self._session.db, retrieval)

        def then() -> None:
            settings = self._session.settings
            changed = settings.retrieval.replaced(embedder=name)
            self._session.replace_settings(settings.replaced(retrieval=changed))
            if former:
                self.chosen.emit(FormerEmbedder(former), self._told(name))

        self._quick.ask(Job(CheckEmbedder(found.embedder), end=then, failed=self._on_failed))

    def _told(self, name: str) -> str:
        if indexes.building(self._session.db) is None:
            return self.tr("“{name}” finds your documents now").format(name=name)
        return self.tr("The index of “{name}” is being built").format(name=name)

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self.failed.emit(words_for(error))
        self.changed.emit()
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other
