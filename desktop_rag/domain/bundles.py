"""What a library is made of in one file, to be taken to another machine."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.documents import DocumentId, FileFact

ENDING = ".ragx"


@dataclass(frozen=True, slots=True)
class Made:
    """How rows were made: those of another embedder, or cut otherwise, are of no use here.

    `weights` is the SHA-256 of the embedder's, `layout` that of the columns, `reading` the
    version of reading and splitting.
    """

    embedder: str
    weights: str
    dimension: int
    chunk_tokens: int
    layout: int
    reading: int = 1

    def fits(self, other: Made) -> bool:
        """Whether these rows can stand among those of another; a name may be another one."""
        ours = (self.weights, self.dimension, self.chunk_tokens, self.layout)
        theirs = (other.weights, other.dimension, other.chunk_tokens, other.layout)
        return bool(self.weights) and ours == theirs and self.reading >= other.reading


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a file says of itself; `originals` of its documents are in it as they were."""

    format: int
    program: str
    library: str
    made: Made
    documents: int
    conversations: int
    chunks: int
    originals: int


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Where a document was; halves of characters in `path` are bytes that are no Unicode.

    It came in the document `within`, if in any.
    """

    path: str
    size: int
    mtime_ns: int
    added: int | None = None
    within: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document, how far it has come, and what of it is in the file.

    `error` is as `library.facts` keeps it. It was `read` where its pages are there. `original`
    is the name of the document itself, "" where that was left out.
    """

    id: DocumentId
    title: str
    pages: int
    language: str
    chunks: int
    state: str
    error: str | None
    quality: float | None
    files: tuple[FileRecord, ...]
    read: bool = False
    converted: bool = False
    original: str = ""
    author: str = ""
    date: str = ""
    subject: str = ""

    @property
    def within(self) -> DocumentId | None:
        """The document that it came in, unless it lay elsewhere as well."""
        outer = [file.within for file in self.files]
        return outer[0] if all(outer) else None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A question and its answer; `payload` is JSON, as the conversation has it."""

    question: str
    answer: str
    mode: str
    stopped: bool
    created_us: int
    payload: str


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """A conversation with its turns; `sampling` and `scope` are JSON, or None where unset."""

    title: str
    created_us: int
    changed_us: int
    sampling: str | None
    scope: str | None
    turns: tuple[TurnRecord, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that SQLite knows of a library."""

    name: str
    documents: tuple[DocumentRecord, ...]
    talks: tuple[TalkRecord, ...]


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that came out of a file: its pages and rows are in the store by now.

    It is `whole` where every row has its vector: nothing has to be embedded. `chunks` of it can
    be found. `unpacked` is where the document itself lies now.
    """

    record: DocumentRecord
    chunks: int
    whole: bool
    unpacked: FileFact | None = None
