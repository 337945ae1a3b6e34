"""Which table of chunks is searched, and which one is being built to take its place."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.models import Encoder

READING = 2  #: version of how documents are read and split; those of an older one are done again


@dataclass(frozen=True, slots=True)
class Index:
    """A table of chunks: its embedder, and how large the chunks are in the embedder's tokens.

    Without an `encoder` it is all-MiniLM-L6-v2, which was the only one that came along once; see
    `settings.embedders`. `reading` is the version of reading that its documents are wanted in.
    """

    id: int
    encoder: Encoder | None
    chunk_tokens: int
    reading: int = READING


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched, what sorts the best of it anew, and what checks answers, if anything."""

    index: Index
    reranker: Encoder | None = None
    entailment: Encoder | None = None
