"""What the generating process can be told to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_rag.domain.generation import Asked, Message, ModelChoice, Sampling


@dataclass(frozen=True, slots=True)
class LoadModel:
    """Load the model, so that the first question need not wait for it.

    Yields `ModelReady`.
    """

    model: ModelChoice


@dataclass(frozen=True, slots=True)
class Generate:
    """Write what follows: the answer to a question, or to messages as they are.

    Yields `Prepared`, pieces of text, and `GenerationDone`.
    """

    model: ModelChoice
    prompt: Asked | tuple[Message, ...]
    sampling: Sampling = field(default_factory=Sampling)


Command = LoadModel | Generate
