"""What the reading, indexing and searching processes can be told to do, and what they reply.

The generating process has its own, in `commands_generating`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.passages import Extract, Hit, Passage

# Reading


@dataclass(frozen=True, slots=True)
class Find:
    """List the PDFs at or under each path; yields `Found` and `Refused`."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Some files, in the order in which they will be read."""

    files: tuple[FileFact, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing can be had from this path."""

    path: Path
    error: RagError


@dataclass(frozen=True, slots=True)
class Hash:
    """Tell a file's content; yields `Hashed`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Hashed:
    """The content of a file, and the facts of the moment it was read."""

    document: DocumentId
    fact: FileFact


@dataclass(frozen=True, slots=True)
class Read:
    """Keep the text of a document; yields `PageRead`.

    `fact` must still be true when it is done. Pages in `skip` stay empty.
    """

    document: DocumentId
    fact: FileFact
    skip: frozenset[int] = frozenset()
    password: str = ""


@dataclass(frozen=True, slots=True)
class PageRead:
    """Pages up to and including `page` are kept, of `total`."""

    page: int
    total: int


# Indexing


@dataclass(frozen=True, slots=True)
class Index:
    """Split and embed what was read; yields `NotRead`, or `Stored` and `Embedded`."""

    document: DocumentId
    name: str
    stem: str


@dataclass(frozen=True, slots=True)
class NotRead:
    """The pages of this document are not there: it has to be read first."""

    document: DocumentId


@dataclass(frozen=True, slots=True)
class Remove:
    """Drop the chunks of these documents."""

    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Tidy:
    """Compact the store and bring its indexes up to date."""


# Searching


@dataclass(frozen=True, slots=True)
class Search:
    """Find the best passages of a library, or of some documents in it; yields `SearchDone`.

    That is the one at the path `document`, or those `among`, where not empty.
    `keywords_only` is quick also while the embedder is not yet loaded.
    With `by_page`, each page counts once and `limit` counts pages.
    """

    query: str
    library: str
    document: Path | None = None
    limit: int = 10
    by_page: bool = False
    among: tuple[DocumentId, ...] = ()
    keywords_only: bool = False


@dataclass(frozen=True, slots=True)
class Warm:
    """Load what a first question needs, so that it need not wait; yields nothing."""


@dataclass(frozen=True, slots=True)
class SearchDone:
    """What was found, best first, and how long it took.

    `language` is the question's, in ISO 639-1.
    """

    hits: tuple[Hit, ...]
    language: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Pick:
    """Pick the sentences of `passages` that answer best; yields `Picked`."""

    question: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """Sentences that may answer, best first."""

    extracts: tuple[Extract, ...]


@dataclass(frozen=True, slots=True)
class Widen:
    """Join each hit with what stands before and after it on its page; yields `Widened`."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Widened:
    """The hits of `Widen`, in the same order, those that met joined."""

    hits: tuple[Hit, ...]
