"""How far a long job has come."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.limits import Cut
from desktop_rag.domain.references import Said


@dataclass(frozen=True, slots=True)
class Stored:
    """The text of a document is stored: keyword search finds it from now on.

    `embedded` of its `chunks` have their vector already. `unread` are the pages whose text waits
    for recognition, nothing could be had from the `damaged` ones; `quality` is how much the
    recognized ones are trusted, the worst of them. `author`, `date` (ISO 8601) and `subject` are
    what the file says of itself, if anything, and `said` what it says to who cites it. It was
    `cut` where only its beginning was read.
    """

    document: DocumentId
    title: str
    language: str
    chunks: int
    embedded: int = 0
    pages: int = 0
    unread: tuple[int, ...] = ()
    quality: float | None = None
    damaged: tuple[int, ...] = ()
    author: str = ""
    date: str = ""
    subject: str = ""
    cut: Cut | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """All but `left` chunks of a document have their vectors."""

    document: DocumentId
    left: int
