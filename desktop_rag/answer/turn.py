"""One turn of a conversation: the order of its steps, and nothing of how they work.

    Retrieve ─► Found ─┬─► PickSentences, then the best as they stand ──┬─► Done
                       └─► Generate, then Await piece after piece ──────┘

A turn is a generator. It yields what is to be done next (`Retrieve`,
`PickSentences`, `Generate`, `Await`) and is sent what came of it; and it yields
what is to be shown (`PassagesFound`, `Thought`, `TextDelta`, `Cited`,
`Done`) and is sent nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from desktop_rag.answer.citations import Marks
from desktop_rag.answer.extraction import answer_of, quote_of, spoken
from desktop_rag.domain.generation import (
    Asked,
    Dropped,
    Exchange,
    GenerationDone,
    ModelChoice,
    Prepared,
    SamplingParameters,
    Thought,
)
from desktop_rag.domain.passages import Cited, Extract, Hit, Passage, Quote, TextDelta


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and with what it is to be answered; without a `model` by extraction.

    `neighbours` joins what stands around each passage, for a model to read. Passages are
    numbered from `first`, or from where those of `history` end.
    """

    text: str
    model: ModelChoice | None = None
    sampling: SamplingParameters = field(default_factory=SamplingParameters)
    history: tuple[Exchange, ...] = ()
    passages: int = 6
    neighbours: bool = True
    first: int = 1


@dataclass(frozen=True, slots=True)
class Retrieve:
    """Find passages; send `Retrieved`. With `widen` each is joined with its neighbours."""

    query: str
    limit: int
    widen: bool


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages found, best first, and the language of the question."""

    hits: tuple[Hit, ...]
    language: str


@dataclass(frozen=True, slots=True)
class PickSentences:
    """Find the sentences that answer best; send them, best first."""

    question: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Generate:
    """Have the model write an answer; send `None`, then one event for each `Await`."""

    model: ModelChoice
    asked: Asked
    sampling: SamplingParameters


@dataclass(frozen=True, slots=True)
class Await:
    """Send what the model does next: `Prepared`, `Thought`, text, or `GenerationDone`."""


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """These passages were found: they can be shown before the first word.

    `language` is the question's, in ISO 639-1.
    """

    passages: tuple[Passage, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete; `generation` says how the model fared, if there was one.

    `thoughts` came before it: they are shown, and never told to a model again.
    """

    text: str
    quotes: tuple[Quote, ...]
    generation: GenerationDone | None = None
    prepared: Prepared | None = None
    thoughts: str = ""


Wish = Retrieve | PickSentences | Generate | Await
Event = PassagesFound | Thought | TextDelta | Cited | Done
Sent = Retrieved | Sequence[Extract] | Prepared | Thought | str | GenerationDone | None
Turn = Generator[Wish | Event, Sent, None]


def turn(question: Question) -> Turn:
    """Answer `question`; see above for what is yielded and sent."""
    widen = bool(question.model) and question.neighbours
    retrieved = yield Retrieve(question.text, question.passages, widen=widen)
    assert isinstance(retrieved, Retrieved)  # noqa: S101 - the protocol, for mypy
    numbers = (passage.number for one in question.history for passage in one.passages)
    first = max(question.first, 1 + max(numbers, default=0))
    passages = tuple(Passage(first + at, hit) for at, hit in enumerate(retrieved.hits))
    yield PassagesFound(passages, retrieved.language)
    if question.model and passages:
        yield from _generated(question, question.model, retrieved.language, passages)
    else:
        yield from _extracted(question, retrieved.language, passages)


def _extracted(question: Question, language: str, passages: tuple[Passage, ...]) -> Turn:
    if not passages:
        yield Done("", ())
        return
    picked = yield PickSentences(question.text, language, passages)
    assert isinstance(picked, Sequence)  # noqa: S101
    chosen = answer_of([extract for extract in picked if isinstance(extract, Extract)])
    text = ""
    for event in spoken(chosen):
        if isinstance(event, TextDelta):
            text += event.text
        yield event
    yield Done(text, tuple(quote_of(e.passage, e.start, e.end) for e in chosen))


def _generated(
    question: Question, model: ModelChoice, language: str, passages: tuple[Passage, ...]
) -> Turn:
    asked = Asked(question.text, passages, question.history, language)
    yield Generate(model, asked, question.sampling)
    known = {passage.number: passage for passage in passages} | {
        passage.number: passage for one in question.history for passage in one.passages
    }
    marks = Marks(known)
    prepared: Prepared | None = None
    text = thoughts = ""
    cited: dict[int, Passage] = {}
    while True:
        came = yield Await()
        match came:
            case Prepared():
                prepared = came
                marks = Marks(_read(known, question.history, came.dropped))
                continue
            case Thought():
                thoughts += came.text
                yield came
                continue
            case str():
                events = marks.feed(came)
            case _:
                events = marks.finish()
        for event in events:
            if isinstance(event, TextDelta):
                text += event.text
            else:
                cited[event.passage.number] = event.passage
            yield event
        if isinstance(came, GenerationDone):
            quotes = tuple(quote_of(p, 0, len(p.hit.text)) for p in cited.values())
            yield Done(text, quotes, came, prepared, thoughts)
            return


def _read(
    known: dict[int, Passage], history: Sequence[Exchange], dropped: Dropped
) -> dict[int, Passage]:
    """Return the passages that the model has before it: it cannot cite what was left out."""
    gone = {passage.number for one in history[: dropped.exchanges] for passage in one.passages}
    return {n: one for n, one in known.items() if n not in gone | set(dropped.passages)}
