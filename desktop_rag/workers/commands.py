"""What the reading, indexing and searching processes can be told to do, and what they reply.

The generating process has its own, in `commands_generating`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.passages import Extract, Hit, Passage

# Reading


@dataclass(frozen=True, slots=True)
class Find:
    """List the documents at or under each path; yields `Found`, `Refused` and `Walked`.

    `patterns` are those of a .gitignore: what they match below a folder is left out.
    """

    paths: tuple[Path, ...]
    patterns: tuple[str, ...] = ()


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
class Walked:
    """All of a folder has been looked at; not `whole` where a part of it was closed to us."""

    folder: Path
    whole: bool


@dataclass(frozen=True, slots=True)
class Verify:
    """Look whether these files are gone; yields `Gone`.

    A file is gone only if the nearest folder above it that is there lies on the `device` that
    the file was last seen on: a drive that was unplugged takes nothing with it.
    """

    files: tuple[FileFact, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """These files are gone, while the disks that they were on are there."""

    paths: tuple[Path, ...]


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
    """Keep the text of a document; yields `Converting` and `PageRead`.

    `fact` must still be true when it is done. Pages in `skip` stay empty. `layout` has a model
    look at the tables of pages that the file mixes up.
    """

    document: DocumentId
    fact: FileFact
    skip: frozenset[int] = frozenset()
    password: str = ""
    layout: bool = False


@dataclass(frozen=True, slots=True)
class Converting:
    """A document that is no PDF is being made one, and so many of `total` steps are done.

    Comes before the first `PageRead`; a `total` of 0 is not known yet.
    """

    done: int
    total: int = 0


@dataclass(frozen=True, slots=True)
class PageRead:
    """Pages up to and including `page` are kept, of `total`.

    `unread`: its text waits for recognition. `damaged`: nothing could be had from it.
    """

    page: int
    total: int
    unread: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Recognize:
    """Recognize the text of `pages` of a document that was read; yields `PageRecognized`.

    Each page is kept by itself as soon as it is done: those that were kept before
    are not recognized again. Raises `RecognitionDataMissing`.
    """

    document: DocumentId
    fact: FileFact
    pages: tuple[int, ...]
    languages: tuple[str, ...]
    password: str = ""


@dataclass(frozen=True, slots=True)
class PageRecognized:
    """The text of a page is kept; `quality` is the share of its words that are known.

    There is none where the page's own text proved better, or where nothing could be had from
    it: then it is `damaged`.
    """

    page: int
    quality: float | None
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Bind:
    """Put the recognized pages of a document among its others; yields nothing."""

    document: DocumentId


# Indexing


@dataclass(frozen=True, slots=True)
class Splitting:
    """A document to be split; `name` is its file's, `stem` that without the ending.

    With `again`, pages whose text was recognized are told as unread, too.
    """

    document: DocumentId
    name: str
    stem: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """Split what was read and store its text, findable by keyword.

    Yields, for each document, `Begun` and then `NotRead`, `Textless` or, when
    all of them are stored, `Stored`. With `warm`, the embedder is loaded meanwhile: it
    wants a processor for some seconds, which others may need to be read.
    """

    index: Index
    documents: tuple[Splitting, ...]
    warm: bool = True


@dataclass(frozen=True, slots=True)
class Embed:
    """Give the next chunks of these documents their vectors; yields `Embedded` for each document.

    At most `limit` chunks, so that what comes first can be chosen anew after each.
    `threads` of 0 means as many as there are cores.
    """

    index: Index
    documents: tuple[DocumentId, ...]
    limit: int
    threads: int = 0


@dataclass(frozen=True, slots=True)
class NotRead:
    """The pages of this document are not there: it has to be read first."""

    document: DocumentId


@dataclass(frozen=True, slots=True)
class Remove:
    """Drop the chunks of these documents from these indexes, and what was read of them."""

    indexes: tuple[Index, ...]
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Tidy:
    """Compact a table and bring its indexes up to date."""

    index: Index


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Drop what belongs to no document of `keep` and to no index; yields `Holdings`.

    `indexes` are those that serve or are being built. What was written to the disk after
    `before`, in seconds since 1970, is left alone.
    """

    indexes: tuple[Index, ...]
    keep: tuple[DocumentId, ...]
    before: float


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many chunks of each document an index has, and how many of them have their vector.

    `read` are the documents whose pages are there.
    """

    index: int
    chunks: dict[DocumentId, tuple[int, int]]
    read: frozenset[DocumentId]


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
