"""What a conversation is shown from: turns, their sources and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    Extent,
    First,
    QuestionKind,
    SentenceCheck,
)
from desktop_rag.domain.entities import Entity
from desktop_rag.domain.generation import WrittenToken
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.domain.passages import Wording
from desktop_rag.gui.sources import Source


@dataclass(frozen=True, slots=True)
class Budget:
    """What a prompt is made of, in tokens, and how many the model can hold."""

    system: int
    history: int
    passages: int
    question: int
    reserve: int
    limit: int

    @property
    def used(self) -> int:
        """The sum of the parts, the room kept for the answer among them."""
        return self.system + self.history + self.passages + self.question + self.reserve


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What there was no room for: so many passages, and so many of the earliest exchanges.

    Of those `shortened` the end is missing.
    """

    passages: int = 0
    exchanges: int = 0
    shortened: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How an answer came about; `prompt` is what the model read, letter by letter.

    `written` are the tokens of what it wrote.
    """

    mode: AnswerMode
    seconds: float
    prompt_tokens: int
    cached_tokens: int
    answer_tokens: int
    decode_tps: float
    prompt: str = ""
    left_out: LeftOut = LeftOut()
    budget: Budget | None = None
    written: tuple[WrittenToken, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way to have a question answered: as this kind of wish, of whole documents so much."""

    kind: QuestionKind
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class CardValue:
    """A question to learn by, its answer, and the words that bear it out."""

    question: str
    answer: str
    source: Source


@dataclass(frozen=True, slots=True)
class TurnValue:
    """A question and its answer; `cited` are the quotes, in the order of their marks.

    `language` is the question's, `read` are the numbers of the sources that a model was told,
    `thoughts` is what it wrote before the answer, in `thought_seconds` (0 where nobody knows).
    So many documents were `incomplete` when it was asked: still being indexed. `wording` says how
    the very words of the question fared. It was of this `kind`, and `searched` in these words.

    `quotes` are what the documents say, best first: `first` of all, or below the answer; of a
    `refused` question what comes nearest. `checks` hold the sentences of the answer against the
    passages, which answer the question with a probability of `sufficiency`; None where nobody
    knows. A `strict` one was answered by a model that was kept to the documents. A person `chose`
    the kind, or else it was told by the words; `coverage` is what was read whole. Where everything
    that is said of something was wanted, documents have `counts`, and the quotes are its places.
    With key points come the `entities` that are named, of which so many are `left_out`, and with
    questions to learn by those, the `cards`.
    """

    id: int
    question: str
    answer: str
    sources: tuple[Source, ...]
    cited: tuple[Source, ...]
    statistics: Statistics | None
    stopped: bool = False
    error: str = ""
    language: str = "en"
    read: tuple[int, ...] | None = None
    thoughts: str = ""
    thought_seconds: float = 0.0
    incomplete: int = 0
    wording: Wording = field(default_factory=Wording)
    kind: QuestionKind = QuestionKind.QUESTION
    searched: str = ""
    quotes: tuple[Source, ...] = ()
    checks: tuple[SentenceCheck, ...] = ()
    first: First = First.ANSWER
    refused: bool = False
    sufficiency: float | None = None
    strict: bool = False
    chose: Way | None = None
    coverage: Coverage = field(default_factory=Coverage)
    counts: tuple[DocumentCount, ...] = ()
    entities: tuple[Entity, ...] = ()
    left_out: int = 0
    cards: tuple[CardValue, ...] = ()

    @property
    def extent(self) -> Extent | None:
        """How much of whole documents was to be told, if a person chose that."""
        return self.chose.extent if self.chose else None

    @property
    def quoting(self) -> bool:
        """Whether the answer consists of quotes, and nothing else."""
        return self.mode is AnswerMode.EXTRACT

    @property
    def whole(self) -> bool:
        """Whether the answer has come to its end, and was checked there."""
        return self.statistics is not None and not self.stopped and not self.error

    @property
    def mode(self) -> AnswerMode | None:
        """How the answer came about, where it is known."""
        return self.statistics.mode if self.statistics else None


class TranslationState(StrEnum):
    """How far the translation of a quotation is."""

    WAITING = "waiting"  #: for an answer that is being written
    COMING = "coming"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TranslationValue:
    """What the `translator`, a language model, has made of a source; of a long one `cut` off."""

    source: Source
    text: str
    translator: str
    state: TranslationState
    cut: bool = False


def source_before(turns: Sequence[TurnValue], end: int, number: int) -> Source | None:
    """Return the passage of this number from the turns before `end`, looking back from there.

    Numbers grow from turn to turn: where all are lower, none before has it.
    """
    for at in range(end - 1, -1, -1):
        sources = turns[at].sources
        for source in sources:
            if source.number == number:
                return source
        if sources and max(source.number for source in sources) < number:
            return None
    return None
