"""What the generating process can be told to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Never

from desktop_rag.domain.generation import (
    Asked,
    Exchange,
    GenerationDone,
    Message,
    ModelChoice,
    ModelReady,
    Prepared,
    SamplingParameters,
    Thought,
)
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class LoadModel(Command[ModelReady]):
    """Load the model, so that the first question need not wait for it.

    Yields `ModelReady`.
    """

    model: ModelChoice


@dataclass(frozen=True, slots=True)
class WriteAnswer(Command[Prepared | Thought | str | GenerationDone]):
    """Write what follows: the answer to a question, or to messages as they are.

    Yields `Prepared`, pieces of `Thought` and of text, and `GenerationDone`. What was read of
    a `conversation` is kept on disk when another one takes its place in memory.
    """

    model: ModelChoice
    prompt: Asked | tuple[Message, ...]
    sampling: SamplingParameters = field(default_factory=SamplingParameters)
    conversation: int | None = None


@dataclass(frozen=True, slots=True)
class ReadAhead(Command[Never]):
    """Read what is known of the next prompt while it is being typed: the rules and `history`.

    Yields nothing. Cancelling it keeps what has been read.
    """

    model: ModelChoice
    history: tuple[Exchange, ...]
    language: str = "en"
    conversation: int | None = None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Translate(Command[Translated]):
    """Translate a quotation, or its beginning; yields `Translated`, longer each time.

    What was read of a conversation is kept on disk, as when another one takes its place.
    """

    model: ModelChoice
    quotation: Quotation


GeneratingCommand = LoadModel | WriteAnswer | ReadAhead | Translate
