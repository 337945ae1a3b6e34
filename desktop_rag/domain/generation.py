"""What a language model is asked, with which settings, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from desktop_rag.domain.answers import QuestionKind
from desktop_rag.domain.models import Adapter, ModelSource, Stretch
from desktop_rag.domain.passages import Extract, Passage

StopReason = Literal["end", "length", "stop"]


class Unusable(StrEnum):
    """Why a file is not a model that can answer: the `reason` of `ModelUnusable`."""

    NOT_GGUF = "not_gguf"
    OLD_VERSION = "old_version"  #: GGUF version 1, which nothing reads any more
    VOCABULARY_ONLY = "vocabulary_only"
    TRUNCATED = "truncated"  #: an unfinished download, usually
    NOT_A_WRITER = "not_a_writer"  #: an embedder, an encoder, a part of another model
    ADAPTER = "adapter"  #: a LoRA adapter, which needs the model that it was made for
    PART = "part"  #: not the first of several files that a model was split into
    TEMPLATE_ENDLESS = "template_endless"  #: writing a conversation takes all time or memory
    TEMPLATE_FAILS = "template_fails"  #: it refuses a conversation, not every one
    BROKEN = "broken"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model and how to load it; `None` leaves the choice to the engine.

    A context longer than the model was trained for needs a `stretch`; without one it is cut.
    """

    source: ModelSource
    context_tokens: int | None = None
    threads: int | None = None
    gpu_layers: int | None = None
    adapters: tuple[Adapter, ...] = ()
    stretch: Stretch = Stretch.NONE
    thinking: bool = False


@dataclass(frozen=True, slots=True)
class SamplingParameters:
    """How the next token is drawn. `top_k`, `min_p` at 0 and `top_p` at 1 are off.

    What is written ends where it `repeats` itself, unless it may.
    """

    temperature: float = 0.2
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repeat_penalty: float = 1.0
    max_tokens: int = 768
    seed: int | None = None
    greedy: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One turn as a chat template sees it: `system`, `user` or `assistant` says `content`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question, the passages that came with it, and its answer."""

    question: str
    answer: str
    passages: tuple[Passage, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that its answer may rest on.

    `language` is the question's, in ISO 639-1; it decides that of the prompt. The `rules` are
    told before everything else. A small model is told the `sentences` alone, best first, and no
    more than its `kind` of question wants.
    """

    question: str
    passages: tuple[Passage, ...] = ()
    history: tuple[Exchange, ...] = ()
    language: str = "en"
    rules: str = ""
    sentences: tuple[Extract, ...] = ()
    kind: QuestionKind = QuestionKind.QUESTION


@dataclass(frozen=True, slots=True)
class Dropped:
    """What did not fit: passages by number, and how many of the oldest exchanges.

    Of those `shortened` only the beginning is told.
    """

    passages: tuple[int, ...] = ()
    exchanges: int = 0
    shortened: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model is in memory and can be asked.

    `device` is what it runs on, as people call it; `gpu_layers` of its `layers` are on a GPU.
    """

    name: str
    context_tokens: int
    load_ms: float
    device: str = "CPU"
    gpu_layers: int = 0
    layers: int = 0


@dataclass(frozen=True, slots=True)
class Thought:
    """A piece of what a model thinks before it answers; not part of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """What the context is used for, in tokens; what is left of the prompt is the passages."""

    system: int
    history: int
    question: int
    reserve: int
    limit: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """The prompt is about to be read: which passages are in it, and its exact size.

    `text` is what the model reads, word for word.
    """

    kept: tuple[int, ...]
    dropped: Dropped
    prompt_tokens: int
    text: str = ""
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of the prompt, those of them that were still in memory, and of the answer.

    `thoughts` came before the answer and do not count as it.
    """

    prompt: int
    cached: int
    answer: int
    thoughts: int = 0


@dataclass(frozen=True, slots=True)
class Timings:
    """How long it took; speeds are tokens per second, 0 where nothing was measured."""

    load_ms: float
    first_token_ms: float
    prompt_tps: float
    decode_tps: float


@dataclass(frozen=True, slots=True)
class TokenCandidate:
    """A token that could have come next, and its natural log-probability."""

    text: str
    log_probability: float
    chosen: bool


class OtherToken(NamedTuple):
    """A token that could have stood in the place of another, with its probability, 0 to 1."""

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class WrittenToken:
    """A token of an answer, its probability, and the likeliest `others`, likeliest first.

    Probabilities are the model's own, before any sampler had its say. Tokens that are less than a
    character are joined until they are one, with the probability of all of them together.
    """

    text: str
    probability: float
    others: tuple[OtherToken, ...] = ()


@dataclass(frozen=True, slots=True)
class GenerationDone:
    """The answer is complete. The same `seed` and settings give it again.

    `stopped_by` says whether the model ended it (`end`), ran out of tokens
    (`length`) or wrote what begins somebody else's turn or what it had written before (`stop`).
    `candidates` are the likeliest for the first token of the answer; `written` are all of its
    tokens, which together are its text.
    """

    usage: TokenUsage
    timings: Timings
    stopped_by: StopReason
    seed: int
    candidates: tuple[TokenCandidate, ...] = ()
    written: tuple[WrittenToken, ...] = ()
