"""What the models dialog and the menu of models are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop_rag.domain.examination import Grade
from desktop_rag.domain.generation import ModelReady
from desktop_rag.domain.models import Adapter, Fit, Machine, ModelKind, Stretch

SUFFIX = ".gguf"


class SizeGroup(StrEnum):
    """How large a model of the catalogue is, which decides what it is good for."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Doing(StrEnum):
    """What is being done with an installed model."""

    BENCHMARK = "benchmark"
    QUANTIZING = "quantizing"
    EXAMINING = "examining"
    COPYING = "copying"


@dataclass(frozen=True, slots=True)
class Smaller:
    """A smaller type that a model can be made into, and about how many bytes that takes."""

    quantization: str
    size: int


@dataclass(frozen=True, slots=True)
class BenchmarkValue:
    """What a benchmark found: tokens per second, bytes, and what the model ran on."""

    prompt_tps: float
    decode_tps: float
    memory: int
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelValue:
    """An installed model. `context_tokens` is what it was trained for.

    `ours` is a model whose files removing deletes. `smaller` is empty where it cannot be made
    smaller. `stretched_tokens` counts while `stretch` is one. `problem` says in words why it
    cannot be used; a model that was examined has a `grade`.
    """

    id: int
    name: str
    kind: ModelKind
    path: Path
    size: int = 0
    parameters: int = 0
    quantization: str = ""
    licence: str = ""
    used: datetime | None = None
    measured: BenchmarkValue | None = None
    fit: Fit | None = None
    context_tokens: int = 0
    adapters: tuple[Adapter, ...] = ()
    stretch: Stretch = Stretch.NONE
    stretched_tokens: int = 0
    smaller: tuple[Smaller, ...] = ()
    in_use: bool = False
    ours: bool = False
    problem: str = ""
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class WorkValue:
    """What is being done with a model; `fraction` is None while nobody knows how far it is."""

    model: int
    doing: Doing
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferValue:
    """A model of the catalogue under its `key` there.

    `size` in bytes is what the hub says, `about` what is reckoned until it was asked.
    `installed` and `fraction`, of a download that is under way or waits, exclude each other.
    """

    key: str
    name: str
    kind: ModelKind = ModelKind.WRITER
    group: SizeGroup = SizeGroup.SMALL
    repository: str = ""
    languages: tuple[str, ...] = ()
    spanish: bool = False
    licence: str = ""
    about: int = 0
    size: int | None = None
    fit: Fit | None = None
    recommended: bool = False
    installed: bool = False
    fraction: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileValue:
    """A file of a repository on the hub; `fit` is known once its header was read.

    Not of every file that was `read`: some headers do not say enough.
    """

    name: str
    size: int
    quantization: str = ""
    read: bool = False
    fit: Fit | None = None
    installed: bool = False
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class FilesValue:
    """The files of a repository that a language model is in."""

    repository: str
    licence: str = ""
    gated: bool = False
    files: tuple[FileValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionValue:
    """A connection that was made: when, with whom, what for, how many bytes, how it ended.

    `purpose` is "search", "list", "peek" or "fetch", or else words; `outcome` is empty for
    what went well, "open", "stopped" or "broken", or else words.
    """

    time: datetime
    host: str
    purpose: str
    size: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class EmbedderValue:
    """An embedder that can be chosen, the languages it was made for, and whether it comes along.

    An index of all documents takes about so many `minutes` with it.
    """

    name: str
    languages: tuple[str, ...] = ()
    minutes: int = 0
    ours: bool = False

    @property
    def english(self) -> bool:
        """Whether it knows English and nothing else."""
        return self.languages == ("en",)


@dataclass(frozen=True, slots=True)
class RebuildingValue:
    """Another index that is being built: with which embedder, and how many documents it has.

    Until all have been `done`, it is searched with the embedder `before`.
    """

    embedder: str
    before: str
    done: int = 0
    documents: int = 0


@dataclass(frozen=True, slots=True)
class BetterEmbedderValue:
    """What the embedder for many languages would cost: documents to index anew, and minutes.

    `size` in bytes is what has to be downloaded first, 0 where it is here.
    """

    documents: int
    minutes: int
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodersValue:
    """The encoders there are, and the chosen ones; where none is chosen, it has no name.

    So many `pages` would be indexed anew. `offered` is the size in bytes of the multilingual
    embedder, where it could not be set up and can be downloaded.
    """

    embedders: tuple[EmbedderValue, ...] = ()
    rerankers: tuple[str, ...] = ()
    entailments: tuple[str, ...] = ()
    embedder: str = ""
    reranker: str = ""
    entailment: str = ""
    pages: int = 0
    rebuilding: RebuildingValue | None = None
    offered: int = 0


@dataclass(frozen=True, slots=True)
class MachineValue:
    """What there is to run models on, and what runs now."""

    machine: Machine
    ready: ModelReady | None = None


def ggufs(paths: Sequence[Path]) -> list[Path]:
    """Return those that are language models, by their names.

    >>> [path.name for path in ggufs([Path("a.GGUF"), Path("b.pdf")])]
    ['a.GGUF']
    """
    return [path for path in paths if path.suffix.lower() == SUFFIX]
