"""How far a long job has come."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.documents import DocumentId


@dataclass(frozen=True, slots=True)
class Stored:
    """The text of a document is stored: keyword search finds it from now on."""

    document: DocumentId
    title: str
    language: str
    chunks: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """`done` of `total` chunks of a document have their vectors."""

    document: DocumentId
    done: int
    total: int
