"""What is wanted of the queue: which files first, which last, and which not at all."""

from __future__ import annotations

from collections.abc import Sequence, Set
from pathlib import Path

from desktop_rag.jobs.indexing.queue import Batch, QueuedFile, Ranks


class IndexingOrder:
    """The order that was chosen, which outlives a pause, and the files that nobody wants."""

    def __init__(self) -> None:
        self.ranks = Ranks()
        self.unwanted: set[Path] = set()
        self._stood: list[QueuedFile] = []  # what waited when that was last known

    def heed(self, batch: Batch) -> None:
        """Want again what is added anew; nobody wishes for what is merely found again."""
        if not batch.watched:
            given = set(batch.paths)
            self.unwanted -= {one for one in self.unwanted if given & {one, *one.parents}}

    def forget(self, paths: Set[Path], *, lasting: bool) -> None:
        """Want these files no more; `lasting`, wherever else they are found."""
        if lasting:
            self.unwanted |= paths
        self._stood = [place for place in self._stood if place.path not in paths]

    def stand(self, places: Sequence[QueuedFile]) -> list[QueuedFile]:
        """Remember what waits, and return it."""
        self._stood = list(places)
        return self._stood

    def standing(self) -> list[QueuedFile]:
        """Return what waited when that was last known, in the order that was chosen since."""
        return sorted(self._stood, key=self.ranks.of)

    def clear(self) -> None:
        """Forget all of it: the queue is empty."""
        self.ranks.clear()
        self._stood.clear()
        self.unwanted.clear()
