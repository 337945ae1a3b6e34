"""Chunks for a store, with digests and vectors of two numbers."""

from collections.abc import Sequence

from desktop_rag.domain.documents import Chunk, DocumentId
from desktop_rag.domain.ports import ChunkStore, SplitDocument, Vector
from desktop_rag.ingest.indexer import digest
from tests.fakes import direction_of

A, B, C = (DocumentId(letter * 64) for letter in "abc")
DIMENSION = 2


def split(document: DocumentId, *texts: str) -> SplitDocument:
    """A document, two chunks of it on each page."""
    chunks = [
        Chunk(document, at, at // 2, str(at // 2 + 1), "The Sea", text)
        for at, text in enumerate(texts)
    ]
    return SplitDocument(document, chunks, [digest(text) for text in texts])


def fill(store: ChunkStore, document: DocumentId, *texts: str) -> list[Vector]:
    """Add a document and give all of its chunks their vectors."""
    store.add([split(document, *texts)])
    vectors = [direction_of(text) for text in texts]
    store.fill([(document, at) for at in range(len(texts))], vectors)
    return vectors


def same(found: Vector, expected: Vector) -> bool:
    """Whether two vectors are the same in 32 bits."""
    return len(found) == len(expected) and _apart(found, expected) < 1e-6


def _apart(found: Sequence[float], expected: Sequence[float]) -> float:
    return max(abs(float(a) - b) for a, b in zip(found, expected, strict=True))
