"""What the pipelines need from the outside world."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_rag.domain.documents import Chunk, DocumentId

Vector = Sequence[float]


class Tokenizer(Protocol):
    """Counts in the units in which an embedder reads."""

    def counts(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, special ones left out."""
        ...


class Embedder(Protocol):
    """Turns text into vectors of one fixed length."""

    def each(self, texts: Sequence[str]) -> Generator[Vector]:
        """Yield one unit vector per text, in order; best given by length, longest first.

        What is still to be computed when it is closed is not.
        """
        ...


@dataclass(frozen=True, slots=True)
class Lacking:
    """A chunk without its vector; `digest` names what is embedded of it."""

    document: DocumentId
    ordinal: int
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document that was split; a digest names what is embedded of a chunk."""

    document: DocumentId
    chunks: Sequence[Chunk]
    digests: Sequence[str]


class ChunkStore(Protocol):
    """Keeps chunks, first their text and then their vectors."""

    def add(self, cut: Sequence[SplitDocument]) -> None:
        """Store the chunks of documents without vectors: keyword search finds them at once.

        Chunks that a document had before and has no more are dropped; those whose text it
        had before keep their vector. Adding it again changes nothing.
        """
        ...

    def lacking(self, documents: Sequence[DocumentId], limit: int) -> list[Lacking]:
        """Return at most `limit` chunks of these documents that have no vector."""
        ...

    def left(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """Return how many chunks of each document have no vector."""
        ...

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors that are stored under these digests, for whatever document."""
        ...

    def fill(self, places: Sequence[tuple[DocumentId, int]], vectors: Sequence[Vector]) -> None:
        """Give the chunks at these documents and ordinals their vectors, all of them or none."""
        ...


class CancelToken(Protocol):
    """Lets a long job notice that it is no longer wanted."""

    def check(self) -> None:
        """Raise `Cancelled` if the user has cancelled the job."""
        ...


class Cancelled(Exception):
    """The user no longer wants the job."""
