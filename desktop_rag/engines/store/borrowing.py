"""A table that takes vectors of the same text from another one of the same embedder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.ports import Lacking, SplitDocument, Vector
from desktop_rag.engines.store.chunk_table import Table


class Borrowing:
    """See `domain.ports.ChunkStore`; `lender` is only read."""

    def __init__(self, own: Table, lender: Table) -> None:
        self._own = own
        self._lender = lender

    def add(self, cut: Sequence[SplitDocument]) -> None:
        """See `domain.ports.ChunkStore`."""
        self._own.add(cut)

    def lacking(self, documents: Sequence[DocumentId], limit: int) -> list[Lacking]:
        """See `domain.ports.ChunkStore`."""
        return self._own.lacking(documents, limit)

    def left(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """See `domain.ports.ChunkStore`."""
        return self._own.left(documents)

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """See `domain.ports.ChunkStore`; each float32, (dimension,), of either table."""
        wanted = set(digests)
        known = self._own.vectors(wanted)
        others = wanted - known.keys()
        return known | self._lender.vectors(others) if others else known

    def fill(self, places: Sequence[tuple[DocumentId, int]], vectors: Sequence[Vector]) -> None:
        """See `domain.ports.ChunkStore`."""
        self._own.fill(places, vectors)
