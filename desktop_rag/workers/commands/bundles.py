"""What the indexing process can be told to do with a library in one file, and what it replies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.bundles import Brought, Contents, Manifest
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import Index
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class Carried:
    """So many documents are done, of `total`."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The file is whole, and was read through; the documents of `away` could not be had.

    Of those of `damaged`, what was kept of them is not sound here, and is not in the file.
    """

    path: Path
    bytes: int
    away: tuple[str, ...]
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportLibrary(Command[Carried | Exported]):
    """Write a library into one file; yields `Carried`, and `Exported` at the end.

    Its rows are those of `index`. With `originals`, the documents themselves go with it; with
    `places`, where files lie and when they and the conversations were made.
    """

    target: Path
    contents: Contents
    index: Index
    originals: bool = False
    places: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file says of itself."""

    manifest: Manifest


@dataclass(frozen=True, slots=True)
class LookInto(Command[Seen]):
    """Say what a file with a library holds; yields `Seen`."""

    source: Path


@dataclass(frozen=True, slots=True)
class Unloaded:
    """Part of what there was in the file; it counts once all of it has come."""

    contents: Contents
    brought: tuple[Brought, ...]


@dataclass(frozen=True, slots=True)
class ImportLibrary(Command[Carried | Unloaded]):
    """Put what a file has of a library into the store; yields `Carried` and `Unloaded`.

    Documents that are `ready` here are left as they are, and of the `known` ones nothing is
    removed should it break off. Documents themselves are unpacked into the folder `into`.
    """

    source: Path
    index: Index
    ready: frozenset[DocumentId]
    known: frozenset[DocumentId]
    into: Path | None = None
