"""What the pipelines need from the outside world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def embed(self, texts: Sequence[str]) -> Iterable[Vector]:
        """Return one unit vector per text, in order."""
        ...


class ChunkStore(Protocol):
    """Keeps chunks, first their text and then their vectors."""

    def add(self, document: DocumentId, chunks: Sequence[Chunk], digests: Sequence[str]) -> None:
        """Store `chunks` without vectors: keyword search finds them at once.

        A digest names what is embedded for a chunk. Chunks that the document
        had before and has no more are dropped; adding it again changes nothing.
        """
        ...

    def missing(self, document: DocumentId) -> list[tuple[int, str]]:
        """Return (ordinal, digest) of each chunk of `document` without a vector, in order."""
        ...

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors that are stored under these digests, for whatever document."""
        ...

    def fill(
        self, document: DocumentId, ordinals: Sequence[int], vectors: Sequence[Vector]
    ) -> None:
        """Give each of these chunks its vector, all of them or none."""
        ...


class CancelToken(Protocol):
    """Lets a long job notice that it is no longer wanted."""

    def check(self) -> None:
        """Raise `Cancelled` if the user has cancelled the job."""
        ...


class Cancelled(Exception):
    """The user no longer wants the job."""
