"""Measures how fast each embedder is on this machine, to foretell how long an index takes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.library import indexes, remembered
from desktop_rag.settings import embedders

_MEASURED_CHUNKS = 500


@dataclass(slots=True)
class EmbeddingMeter:
    """Is told each `Pace`, and remembers what came of some hundred passages at a time."""

    db: sqlite3.Connection
    clock: Callable[[], float] = time.monotonic
    _since: tuple[float, Pace] | None = None

    def note(self, pace: Pace) -> None:
        """Go on measuring; what was embedded for another index than before begins anew."""
        if not pace.name:  # between two pieces nothing is embedded for either index
            return
        now = self.clock()
        if self._since is None or self._other(self._since[1], pace):
            self._since = (now, pace)
            return
        since, before = self._since
        if pace.chunks - before.chunks >= _MEASURED_CHUNKS and now > since:
            rate = (pace.chunks - before.chunks) / (now - since)
            remembered.keep_embedding_rate(self.db, rate, self._name(pace))
            self._since = (now, pace)

    def _other(self, before: Pace, pace: Pace) -> bool:
        return pace.chunks < before.chunks or pace.beside != before.beside

    def _name(self, pace: Pace) -> str:
        index = indexes.building(self.db) if pace.beside else None
        return embedders.name_of((index or indexes.serving(self.db)).encoder)
