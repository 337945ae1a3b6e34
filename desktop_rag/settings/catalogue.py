"""Models that are known to do well here, and which of them suits a machine.

Where they lie and what they are good for is in `resources/models.toml`; sizes and
hashes are in no file of ours: the hub says them.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from desktop_rag.domain.models import (
    ConversationMemory,
    Machine,
    ModelKind,
    ModelOutline,
)
from desktop_rag.settings.paths import resources

_GIB = 2**30
_BYTES_PER_PARAMETER = 0.62  # of Q4_K_M, tables of embeddings included
_PROGRAM_BYTES = 1e9  # that the process and a usual context take
_COMFORTABLE = 0.75  # of the memory that is free
_READABLE_TPS = 6.0  # tokens per second, about as fast as people read
_MOST_ON_CORES = ((12.0, 2.0), (48.0, 4.1))  # GiB of memory below which, billions of parameters
_MOST_ON_MANY = 8.5  # with more memory come more cores, usually
_TYPE = "Q4_K"
_LANGUAGE = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
_REPOSITORY = r"^[\w.-]+/[\w.-]+$"


class SizeClass(StrEnum):
    """How large a model is, which decides what it is good for."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Use(StrEnum):
    """What a model is good for."""

    FIND = "find"
    REPHRASE = "rephrase"
    FOLLOW = "follow"  #: instructions, over several passages
    REASON = "reason"


class CatalogueModel(BaseModel):
    """A model that is known here.

    `parameters` are billions; `licence` is what its makers say. Of a writer, `pattern` matches
    the file to get, and `context_tokens` is what it was trained for. `tokens` is what an encoder
    reads at most, `dimension` the length of its vectors, and the prefixes are what it wants to
    see before a question and before a passage. `spanish` says that it writes, or finds, it well.

    `active_parameters`, in billions, act on each token: fewer than all where there are experts,
    or tables of embeddings for each layer; 0 says that all do. `memory` is how what a writer
    keeps of a conversation grows with it. What is not `offered` any more may still be installed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    kind: ModelKind
    name: Annotated[str, Field(min_length=1)]
    repository: Annotated[str, Field(pattern=_REPOSITORY)]
    parameters: Annotated[float, Field(gt=0, le=1000)]
    licence: Annotated[str, Field(min_length=1)]
    languages: Annotated[tuple[_LANGUAGE, ...], Field(min_length=1)]
    spanish: bool
    pattern: str = ""
    group: SizeClass | None = None
    good_for: tuple[Use, ...] = ()
    context_tokens: Annotated[int, Field(ge=0)] = 0
    active_parameters: Annotated[float, Field(ge=0)] = 0.0
    memory: ConversationMemory = ConversationMemory.DENSE
    offered: bool = True
    dimension: Annotated[int, Field(ge=0)] = 0
    tokens: Annotated[int, Field(ge=0)] = 0
    query_prefix: str = ""
    passage_prefix: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse an entry that lacks what a model of its kind has."""
        writes = self.kind is ModelKind.WRITER
        if writes != bool(self.pattern and self.group and self.good_for and self.context_tokens):
            raise ValueError("a writer has pattern, group, good_for and context_tokens")
        if writes == bool(self.tokens):
            raise ValueError("an encoder has tokens")
        if (self.kind is ModelKind.EMBEDDER) != bool(self.dimension):
            raise ValueError("an embedder has dimension")
        if self.spanish and "es" not in self.languages:
            raise ValueError("what writes Spanish knows it")
        if self.active_parameters > self.parameters:
            raise ValueError("no more can act than there are")
        if not writes and (self.active_parameters or self.memory is not ConversationMemory.DENSE):
            raise ValueError("only of a writer is speed and memory judged")
        return self

    @property
    def about_bytes(self) -> int:
        """How large its file is, more or less, until the hub has been asked."""
        return round(self.parameters * 1e9 * self._bytes_per_parameter)

    @property
    def active_bytes(self) -> int:
        """How many of them are read for each token that is written."""
        return round(self._active * 1e9 * self._bytes_per_parameter)

    @property
    def outline(self) -> ModelOutline:
        """What there is to judge a writer by until its header has been read."""
        return ModelOutline(
            name=self.name,
            parameters=round(self.parameters * 1e9),
            file_bytes=self.about_bytes,
            active_bytes=self.active_bytes,
            context_tokens=self.context_tokens,
            memory=self.memory,
        )

    @property
    def _active(self) -> float:
        return self.active_parameters or self.parameters

    @property
    def _bytes_per_parameter(self) -> float:
        return _BYTES_PER_PARAMETER if self.kind is ModelKind.WRITER else 4.0


class _ListedFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    model: tuple[CatalogueModel, ...]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        keys = [entry.key for entry in self.model]
        if len(set(keys)) < len(keys):
            raise ValueError("two models have the same key")
        return self


@functools.cache
def _known() -> tuple[CatalogueModel, ...]:
    return read(resources() / "models.toml")


@functools.cache
def load() -> tuple[CatalogueModel, ...]:
    """Return the models that are offered, writers first, the smallest first."""
    return tuple(entry for entry in _known() if entry.offered)


def read(path: Path) -> tuple[CatalogueModel, ...]:
    """Return the models of a file; a broken one raises pydantic's `ValidationError`."""
    return _ListedFile.model_validate(tomllib.loads(path.read_text("utf-8"))).model


def find(name: str) -> CatalogueModel | None:
    """Return the model of that key, name or repository, in any case, offered or not."""
    wanted = name.casefold()
    for entry in _known():
        if wanted in {entry.key, entry.name.casefold(), entry.repository.casefold()}:
            return entry
    return None


def recommended(
    models: Iterable[CatalogueModel], machine: Machine, language: str = "en"
) -> CatalogueModel | None:
    """Return the largest writer that does well on a machine, and in a language.

    `None` where not even the smallest does.
    """
    fitting = [
        entry for entry in models if entry.kind is ModelKind.WRITER and _suits(entry, machine)
    ]
    return max(
        fitting,
        key=lambda entry: (*_knows(entry, language), entry.parameters),
        default=None,
    )


def _knows(entry: CatalogueModel, language: str) -> tuple[bool, bool]:
    return (entry.spanish or language != "es", language in entry.languages)


def _suits(entry: CatalogueModel, machine: Machine) -> bool:
    """Whether a model has room and writes as fast as one reads."""
    needed = entry.about_bytes + _PROGRAM_BYTES
    if any(needed <= gpu.free * _COMFORTABLE for gpu in machine.gpus):
        return True
    roomy = needed <= machine.free_memory * _COMFORTABLE
    return roomy and entry.active_bytes <= _most(machine) and _readable(entry, machine)


def _most(machine: Machine) -> float:
    """Return how many bytes for each token processors alone are fast enough for, usually."""
    found = (most for gib, most in _MOST_ON_CORES if machine.memory < gib * _GIB)
    return next(found, _MOST_ON_MANY) * 1e9 * _BYTES_PER_PARAMETER


def _readable(entry: CatalogueModel, machine: Machine) -> bool:
    speed = dict(machine.speeds).get(_TYPE)
    return speed is None or speed >= _READABLE_TPS * entry.active_bytes
