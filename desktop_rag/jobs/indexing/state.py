"""What the three sides of taking files in share: the queue, the state, and how it is done."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import (
    DocumentFatal,
    DocumentLocked,
    DocumentUnexplained,
    DocumentWithoutText,
    RagError,
    RecognitionDataMissing,
    WorkerDied,
)
from desktop_rag.domain.indexes import Index
from desktop_rag.jobs.indexing.events import Event, Given, Waiting
from desktop_rag.jobs.indexing.queue import DocumentJob, Queue, QueuedFile
from desktop_rag.library import documents
from desktop_rag.library.documents import DocumentState
from desktop_rag.settings import tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Indexing
from desktop_rag.workers.pipe.protocol import Failed, Reply

logger = logging.getLogger(__name__)

WAITS_FOR = (DocumentLocked, DocumentWithoutText, RecognitionDataMissing)


def nowhere() -> list[QueuedFile]:
    """Know of nothing that is under way."""
    return []


def no_password(_document: DocumentId) -> str:
    """Know no password."""
    return ""


def always() -> bool:
    """Have the store mended as often as it is damaged."""
    return True


@dataclass(slots=True)
class IndexingState:
    """The queue, the state in SQLite, and how files are taken in; `pages` and `chunks` count.

    What may take so many seconds does so by `clock`. What was read or made of `lost` documents is
    damaged; the `unrecovered` ones are still to be read again for it, and so many were `recovered`.
    Whoever has the whole store made again asks `may_mend` first.
    """

    db: sqlite3.Connection
    paths: Paths
    how: Indexing
    serving: Index
    queue: Queue
    password: Callable[[DocumentId], str] = no_password
    under_way: Callable[[], list[QueuedFile]] = nowhere
    clock: Callable[[], float] = time.monotonic
    may_mend: Callable[[], bool] = always
    pages: int = 0
    chunks: int = 0
    seen: set[DocumentId] = field(default_factory=set)
    refused: set[Path] = field(default_factory=set)
    lost: set[DocumentId] = field(default_factory=set)
    unrecovered: set[DocumentId] = field(default_factory=set)
    recovered: int = 0
    _languages: frozenset[str] | None = None

    def password_of(self, job: DocumentJob) -> str:
        """Return the password of a document that asked for one: the system's keyring is slow."""
        return self.password(job.document) if job.locked else ""

    @property
    def recognizes(self) -> bool:
        """Whether text can be recognized: it is wanted, and there is data of a language of it."""
        if self._languages is None:
            self._languages = frozenset(tessdata.available(self.paths))
        return self.how.recognition and not self._languages.isdisjoint(self.how.languages)

    def serves(self, job: DocumentJob) -> bool:
        """Whether a document goes into the index that is searched, where it was not so far."""
        return job.index == self.serving

    def settle(self, job: DocumentJob, error: RagError) -> Event:
        """Write down why a document is not ready, and say so."""
        if isinstance(error, WAITS_FOR):
            documents.set_state(self.db, job.document, DocumentState.WAITING, error)
            return Waiting(job.fact.path, error)
        documents.set_state(self.db, job.document, DocumentState.FAILED, error)
        return Given(job.fact.path, error)


def unexplained(name: str, details: str) -> RagError:
    """Give up the document at hand for a bug, so that the others go on."""
    logger.error("%s", details)
    return DocumentUnexplained(name)


def fatal(job: DocumentJob) -> RagError:
    """Give up a document that ends the process again and again."""
    return DocumentFatal(job.name)


def is_death(reply: Reply) -> bool:
    """Whether a process has ended by itself."""
    return isinstance(reply, Failed) and isinstance(reply.error, WorkerDied)
