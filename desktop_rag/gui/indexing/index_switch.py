"""Which index is searched, as settings change and another one is built beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.indexes import READING, Searched
from desktop_rag.domain.models import Encoders
from desktop_rag.gui.indexing.indexing_queue import IndexingQueue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.processes.process_targets import ProcessTargets
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.indexing.embedding_meter import EmbeddingMeter
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.library import embedder_options, indexes, models
from desktop_rag.settings import embedders
from desktop_rag.settings.schema import Retrieval, Settings
from desktop_rag.workers.commands.searching import SearchingCommand
from desktop_rag.workers.pipe.targets import Target

_PAGES_RATE = 15.0  # read and split in a second, of which pages with tables take most


class IndexSwitch(QObject):
    """Has the index built that was chosen, and searches in it once it serves.

    Signals:
        reading_offered: so many documents can be read better, in about so many minutes.
    """

    reading_offered = Signal(int, int)

    def __init__(
        self,
        session: Session,
        targets: ProcessTargets,
        indexing: IndexingQueue,
        searching: JobQueue[SearchingCommand],
    ) -> None:
        super().__init__(session)
        self._session = session
        self._targets = targets
        self._scheduler = indexing.scheduler
        self._searching = searching
        self._chosen = _chosen(session.settings)
        session.settings_changed.connect(self._on_settings_changed)
        indexing.swapped.connect(self._search)
        indexing.mended.connect(self._on_mended)
        searching.store_damaged.connect(self._scheduler.mend)
        self._meter = EmbeddingMeter(session.db)
        indexing.advanced.connect(self._on_advanced)

    def offer_reading(self) -> bool:
        """Offer to read again what an older version read, and tell whether there is anything."""
        db = self._session.db
        if indexes.agreed_reading(db) >= READING:
            return False
        self.reading_offered.emit(indexes.cost(db).documents, _reading_minutes(self._session))
        return True

    def tell_missing(self) -> None:
        """Say which of the encoders that were chosen are not there, and what finds instead."""
        error = models.unsuited(self._session.db, self._session.settings.retrieval)
        if error is not None:
            self._session.troubled.emit(words_for(error))
        chosen = models.encoders(self._session.db, self._session.settings.retrieval)
        if not chosen.missing:
            return
        try:
            embedder_options.named(self._session.db, chosen.missing)
        except RagError as error:
            goes_on = self.tr("“{name}” goes on finding your documents.")
            name = embedders.name_of(chosen.embedder)
            self._session.troubled.emit(f"{words_for(error)} {goes_on.format(name=name)}")

    def read_again(self) -> None:
        """Read documents again in the background; they are found as they are until that is done."""
        _want(self._session, READING)
        self._scheduler.keep_up()

    def _on_settings_changed(self, settings: Settings) -> None:
        if _chosen(settings) != self._chosen:
            self._chosen = _chosen(settings)
            self.tell_missing()
            self._search()
            self._scheduler.keep_up()

    def _on_mended(self, count: int) -> None:
        """Search in what was made again, and say so."""
        self._search()
        words = self.tr(
            "What is searched was damaged: %n document(s) put into it again.", "", count
        )
        self._session.troubled.emit(words)
        self._session.documents_changed.emit()

    def _on_advanced(self, pace: Pace) -> None:
        self._meter.note(pace)

    def _search(self) -> None:
        self._searching.succeed(searching(self._session, self._targets))


def searching(session: Session, targets: ProcessTargets) -> Target[SearchingCommand]:
    """Return what searches now; the index that was chosen is to be built from now on."""
    chosen = _want(session, indexes.agreed_reading(session.db))
    serving = indexes.serving(session.db)
    return targets.searching(Searched(serving, chosen.reranker, chosen.entailment))


def _want(session: Session, reading: int) -> Encoders:
    chosen = models.encoders(session.db, session.settings.retrieval)
    indexes.want(session.db, chosen.embedder, session.settings.indexing.chunk_tokens, reading)
    return chosen


def _minutes(session: Session) -> int:
    """Guess how long another index of all documents takes to build with the same embedder."""
    encoder = indexes.serving(session.db).encoder
    effort = embedder_options.effort_of(session.db, encoder)
    rate = embedder_options.chunks_per_second(session.db, embedders.name_of(encoder), effort)
    return embedder_options.minutes(session.db, rate)


def _reading_minutes(session: Session) -> int:
    """Guess how long it takes to read all documents again, and to embed what is another then."""
    pages = indexes.cost(session.db).pages
    return max(1, math.ceil(pages / _PAGES_RATE / 60) + _minutes(session) // 2)


def _chosen(settings: Settings) -> tuple[Retrieval, int]:
    return settings.retrieval, settings.indexing.chunk_tokens
