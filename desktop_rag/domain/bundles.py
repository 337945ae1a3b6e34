"""What a library is made of in one file, to be taken to another machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.references import Said

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

    It came in the document `within`, if in any. Where nobody is to know more, `path` is a mere
    name, and `mtime_ns` is 0.
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
    said: tuple[Said, ...] = ()

    @property
    def within(self) -> DocumentId | None:
        """The document that it came in, unless it lay elsewhere as well."""
        outer = [file.within for file in self.files]
        return outer[0] if all(outer) else None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A question and its answer; `payload` is JSON, as the conversation has it.

    `created_us` is in microseconds since 1970, None where nobody is to know.
    """

    question: str
    answer: str
    mode: str
    stopped: bool
    created_us: int | None
    payload: str


@dataclass(frozen=True, slots=True)
class TalkRecord:
    """A conversation with its turns; `sampling` and `scope` are JSON, or None where unset."""

    title: str
    created_us: int | None
    changed_us: int | None
    sampling: str | None
    scope: str | None
    turns: tuple[TurnRecord, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that SQLite knows of a library.

    Of the `damaged` documents, by their names, not everything is sound in the file.
    """

    name: str
    documents: tuple[DocumentRecord, ...]
    talks: tuple[TalkRecord, ...]
    damaged: tuple[str, ...] = ()


def impersonal(contents: Contents) -> Contents:
    """Return contents that do not say where files lie, nor when anything was made or changed."""
    return replace(
        contents,
        documents=tuple(replace(one, files=_named(one.files)) for one in contents.documents),
        talks=tuple(map(_undated, contents.talks)),
    )


def _named(files: tuple[FileRecord, ...]) -> tuple[FileRecord, ...]:
    """Return files by their names, each once: they hold the same."""
    found = {(name_of(one), one.within): one.size for one in reversed(files)}
    return tuple(
        FileRecord(name, size, 0, None, within) for (name, within), size in reversed(found.items())
    )


def _undated(talk: TalkRecord) -> TalkRecord:
    turns = tuple(replace(turn, created_us=None) for turn in talk.turns)
    return replace(talk, created_us=None, changed_us=None, turns=turns)


def name_of(file: FileRecord) -> str:
    """Return the name of a file that may have lain on another system."""
    return file.path.replace("\\", "/").rpartition("/")[2] or file.path


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
