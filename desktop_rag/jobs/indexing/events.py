"""What happens to files while they are taken into a library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.folders import PassedOver
from desktop_rag.library.libraries import LibraryId


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The library has this content already."""

    path: Path


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document is ready, with every chunk embedded."""

    path: Path
    pages: int
    chunks: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A document needs a password or text recognition first."""

    path: Path
    error: RagError


@dataclass(frozen=True, slots=True)
class Given:
    """A path or document cannot be indexed; the others go on."""

    path: Path
    error: RagError


@dataclass(frozen=True, slots=True)
class FileGone:
    """A file of a watched folder is gone, and no longer in the library."""

    path: Path


@dataclass(frozen=True, slots=True)
class FilesPassedOver:
    """Files of the folder `path` are no documents; it may have been looked at before.

    `watched` says that nobody asked for it this time.
    """

    path: Path
    library: LibraryId
    passed: PassedOver
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Swapped:
    """Another index serves from now on."""

    path: Path = Path()


@dataclass(frozen=True, slots=True)
class Mended:
    """What is searched was damaged or gone: so many documents are put into it again."""

    documents: int


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the work is: pages read and chunks embedded so far, files left, and which is next.

    `rebuilding` documents are still to be put into the index that is being built; `beside` says
    that what is being embedded now goes there.
    """

    pages: int
    chunks: int
    left: int
    name: str
    rebuilding: int = 0
    beside: bool = False


FileEvent = Unchanged | Indexed | Waiting | Given | FileGone
Event = FileEvent | FilesPassedOver | Swapped | Mended | Pace
