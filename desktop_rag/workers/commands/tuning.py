"""What the process that looks at models, measures them and makes them smaller can be told to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Never

from desktop_rag.domain.examination import Grade, Mark
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import Encoder, EncoderFacts, Machine, ModelFacts
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class Inspect(Command[ModelFacts]):
    """Read the header of a GGUF file. Yields `ModelFacts`."""

    path: Path


@dataclass(frozen=True, slots=True)
class Described:
    """What a folder says; nothing where it says less than is needed, or something else."""

    facts: EncoderFacts | None


@dataclass(frozen=True, slots=True)
class Describe(Command[Described]):
    """Read what the folder of an encoder says of it. Yields `Described`."""

    folder: Path


@dataclass(frozen=True, slots=True)
class CheckEmbedder(Command[Never]):
    """Look whether the weights of an embedder are whole, which takes a moment; yields nothing.

    Fails with `EmbedderDamaged` or `EncoderUnusable` where they are not.
    """

    encoder: Encoder | None


@dataclass(frozen=True, slots=True)
class LookAtMachine(Command[Machine]):
    """See what this machine has, and measure once how fast it is. Yields `Machine`.

    `anew` measures although it has been measured.
    """

    anew: bool = False


@dataclass(frozen=True, slots=True)
class Quantizing:
    """So many of all tensors are done."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Quantized:
    """The smaller model is there."""

    target: Path


@dataclass(frozen=True, slots=True)
class Quantize(Command[Quantizing | Quantized]):
    """Make a smaller model of one, as `wanted` ("Q4_K_M"). Yields `Quantizing`, `Quantized`."""

    source: Path
    target: Path
    wanted: str


@dataclass(frozen=True, slots=True)
class Copying:
    """So many bytes of all are copied."""

    done: int
    size: int


@dataclass(frozen=True, slots=True)
class Copied:
    """The copy is there."""

    target: Path


@dataclass(frozen=True, slots=True)
class Copy(Command[Copying | Copied]):
    """Copy a model with all its parts to `target`. Yields `Copying` and `Copied`."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Taken:
    """The folder is copied and was tried."""

    facts: EncoderFacts


@dataclass(frozen=True, slots=True)
class TakeEncoder(Command[Copying | Taken]):
    """Copy the folder of an encoder to `target`, which is not there yet, and try it.

    Yields `Copying` and `Taken`.
    """

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Benchmarked:
    """Tokens per second of reading a prompt and of writing, and the memory in bytes."""

    prompt_tps: float
    decode_tps: float
    memory: int
    device: str
    gpu_layers: int
    layers: int


@dataclass(frozen=True, slots=True)
class Benchmark(Command[Benchmarked]):
    """Measure how fast a model reads and writes here. Yields `Benchmarked`."""

    model: ModelChoice


@dataclass(frozen=True, slots=True)
class Examining:
    """One more question of all in the exam has this mark."""

    mark: Mark
    questions: int


@dataclass(frozen=True, slots=True)
class Examined:
    """The exam is over."""

    grade: Grade


@dataclass(frozen=True, slots=True)
class Examine(Command[Examining | Examined]):
    """Have a model sit the exam. Yields `Examining` for each question and `Examined`.

    The first questions have been `marked` already, by an exam that was broken off.
    """

    model: ModelChoice
    marked: tuple[Mark, ...] = ()


TuningCommand = (
    Inspect
    | Describe
    | CheckEmbedder
    | LookAtMachine
    | Quantize
    | Copy
    | TakeEncoder
    | Benchmark
    | Examine
)
