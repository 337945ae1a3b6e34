"""What the reading process can be told to do, and what it replies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Never

from desktop_rag.domain.attachments import AttachmentRoom
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.folders import PassedOver
from desktop_rag.domain.references import ListedReference
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Some files, in the order in which they will be read."""

    files: tuple[FileFact, ...]


@dataclass(frozen=True, slots=True)
class PathRefused:
    """Nothing can be had from this path."""

    path: Path
    error: RagError


@dataclass(frozen=True, slots=True)
class Walked:
    """All of a folder has been looked at; not `whole` where a part of it was closed to us.

    `passed` are the files that are no documents.
    """

    folder: Path
    whole: bool
    passed: PassedOver = PassedOver()  # noqa: RUF009 - it is frozen


@dataclass(frozen=True, slots=True)
class FindFiles(Command[FilesFound | PathRefused | Walked]):
    """List the documents at or under each path; yields `FilesFound`, `PathRefused` and `Walked`.

    `patterns` are those of a .gitignore: what they match below a folder is left out.
    """

    paths: tuple[Path, ...]
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """These files are gone, while the disks that they were on are there."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Verify(Command[Gone]):
    """Look whether these files are gone; yields `Gone`.

    A file is gone only if the nearest folder above it that is there lies on the `device` that
    the file was last seen on: a drive that was unplugged takes nothing with it.
    """

    files: tuple[FileFact, ...]


@dataclass(frozen=True, slots=True)
class Hashed:
    """The content of a file, and the facts of the moment it was read."""

    document: DocumentId
    fact: FileFact


@dataclass(frozen=True, slots=True)
class Hash(Command[Hashed]):
    """Tell a file's content; yields `Hashed`."""

    path: Path


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
class AttachmentsFound:
    """These files came in the document, and lie in `folder` now; those `passed` over do not.

    Comes before the first `PageRead`, so that what was read is not without them.
    """

    folder: Path
    files: tuple[FileFact, ...]
    passed: PassedOver


@dataclass(frozen=True, slots=True)
class Read(Command[AttachmentsFound | Converting | PageRead]):
    """Keep the text of a document; yields `AttachmentsFound`, `Converting` and `PageRead`.

    `fact` must still be true when it is done. Pages in `skip` stay empty. `layout` has a model
    look at the tables of pages that the file mixes up; `pictures` has pages of text wait for
    recognition as well if they show a large picture. Files that came in it are taken out as far
    as there is `room`.
    """

    document: DocumentId
    fact: FileFact
    skip: frozenset[int] = frozenset()
    password: str = ""
    layout: bool = False
    pictures: bool = False
    room: AttachmentRoom | None = None


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
class Recognize(Command[PageRecognized]):
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
class Bind(Command[Never]):
    """Put the recognized pages of a document among its others; yields nothing."""

    document: DocumentId


@dataclass(frozen=True, slots=True)
class ReadReferences(Command[tuple[ListedReference, ...]]):
    """Read the references that a file of BibTeX, RIS or CSL-JSON lists; yields them all at once.

    Raises `ReferencesUnusable`.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class ReadZotero(Command[tuple[ListedReference, ...]]):
    """Read the library of Zotero in a folder, of which nothing is changed; yields it all at once.

    The files of each of its references are paths. Raises `ReferencesUnusable`.
    """

    folder: Path


#: What comes of taking files in, besides recognizing their pages.
ReadingStep = (
    FilesFound | PathRefused | Walked | Gone | Hashed | AttachmentsFound | Converting | PageRead
)

ReadingCommand = FindFiles | Verify | Hash | Read | Recognize | Bind | ReadReferences | ReadZotero
