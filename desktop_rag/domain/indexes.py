"""Which table of chunks is searched, and which one is being built to take its place."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.models import Encoder


@dataclass(frozen=True, slots=True)
class Index:
    """A table of chunks: its embedder, and how large the chunks are in the embedder's tokens.

    Without an `encoder` it is the embedder that comes with the program.
    """

    id: int
    encoder: Encoder | None
    chunk_tokens: int


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched, and what sorts the best of it anew, if anything."""

    index: Index
    reranker: Encoder | None = None
