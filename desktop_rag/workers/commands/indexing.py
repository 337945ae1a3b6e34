"""What the indexing process can be told to do with documents and with the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Never

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.indexer import Begun, Textless
from desktop_rag.workers.commands.bundles import ExportLibrary, ImportLibrary, LookInto
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class DocumentToSplit:
    """A document to be split; `name` is its file's, `stem` that without the ending.

    With `again`, pages whose text was recognized are told as unread, too. With `kept`, what an
    older version read of it has to do: it could not be read again.
    """

    document: DocumentId
    name: str
    stem: str
    again: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class NotRead:
    """The pages of this document are not there, or of an older version: it has to be read first."""

    document: DocumentId


@dataclass(frozen=True, slots=True)
class Split(Command[Begun | NotRead | Textless | Stored]):
    """Split what was read and store its text, findable by keyword.

    Yields, for each document, `Begun` and then `NotRead`, `Textless` or, when
    all of them are stored, `Stored`. With `warm`, the embedder is loaded meanwhile: it
    wants a processor for some seconds, which others may need to be read.
    """

    index: Index
    documents: tuple[DocumentToSplit, ...]
    warm: bool = True


@dataclass(frozen=True, slots=True)
class Embed(Command[Embedded]):
    """Give the next chunks of these documents their vectors; yields `Embedded` for each document.

    At most `limit` chunks, so that what comes first can be chosen anew after each.
    `threads` of 0 means as many as there are cores. Text that `lender`, an index of the same
    embedder, has with its vector is not embedded again.
    """

    index: Index
    documents: tuple[DocumentId, ...]
    limit: int
    threads: int = 0
    lender: Index | None = None


@dataclass(frozen=True, slots=True)
class Remove(Command[Never]):
    """Drop the chunks of these documents from these indexes, and what was read of them."""

    indexes: tuple[Index, ...]
    documents: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class Tidy(Command[Never]):
    """Compact a table and bring its indexes up to date."""

    index: Index


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many chunks of each document an index has, and how many of them have their vector.

    `read` are the documents whose pages are there, whole. The table was `mended` where it was
    damaged: its indexes are not up to date then.
    """

    index: int
    chunks: dict[DocumentId, tuple[int, int]]
    read: frozenset[DocumentId]
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Reconcile(Command[Holdings]):
    """Drop what belongs to no document of `keep` and to no index; yields `Holdings`.

    `indexes` are those that serve or are being built; one that cannot be read is made again of
    what can, and with `mends` each is. What was written to the disk after `before`, in seconds
    since 1970, is left alone. With `spares`, so is all that belongs to a document: the database
    was lost, and knows less than there is. Pages that were written since `checked` are looked
    through whole, others only into what they begin with.
    """

    indexes: tuple[Index, ...]
    keep: tuple[DocumentId, ...]
    before: float
    mends: bool = False
    spares: bool = False
    checked: float = 0.0


#: What comes of taking documents in.
IndexingStep = Begun | NotRead | Textless | Stored | Embedded | Holdings

IndexingCommand = (
    Split | Embed | Remove | Tidy | Reconcile | ExportLibrary | LookInto | ImportLibrary
)
