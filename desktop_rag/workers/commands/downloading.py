"""What the downloading process can be told to do; it alone may connect."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.models import HubFile, HubListing, HubModel, ModelFacts, ModelKind
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class HubFound:
    """What a search found."""

    models: tuple[HubModel, ...]


@dataclass(frozen=True, slots=True)
class SearchHub(Command[HubFound]):
    """Find repositories with GGUF files, most downloaded first. Yields `HubFound`."""

    words: str
    limit: int = 30


@dataclass(frozen=True, slots=True)
class ListFiles(Command[HubListing]):
    """See what a repository holds, of all that a model of this kind needs. Yields `HubListing`."""

    repository: str
    kind: ModelKind = ModelKind.WRITER


@dataclass(frozen=True, slots=True)
class Peek(Command[ModelFacts]):
    """Read the header of a GGUF file on the hub, a few megabytes of it. Yields `ModelFacts`.

    `others` are the later parts of a model that was split.
    """

    repository: str
    revision: str
    file: str
    size: int
    others: tuple[HubFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far a file has come, in bytes; `per_second` over the last seconds."""

    done: int
    size: int
    per_second: float


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file is there, and its SHA-256 is the promised one, if one was."""

    target: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Fetch(Command[Fetching | Fetched]):
    """Get one file of a repository into `target`, beside which `*.part` holds what has come.

    Yields `Fetching` again and again, and `Fetched`. Whatever interrupts it, asking
    again goes on where it stopped. There has to be room for `later` bytes more.
    """

    repository: str
    revision: str
    file: str
    size: int
    sha256: str
    target: Path
    later: int = 0


@dataclass(frozen=True, slots=True)
class FetchLanguage(Command[Fetching | Fetched]):
    """Get the data that text of a language, by Tesseract's name of it, is recognized with.

    Yields `Fetching` again and again, and `Fetched`, and goes on like `Fetch`. Raises
    `LanguageUnknown`.
    """

    language: str
    target: Path


DownloadingCommand = SearchHub | ListFiles | Peek | Fetch | FetchLanguage
