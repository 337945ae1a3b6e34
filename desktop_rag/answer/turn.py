"""One turn of a conversation: the order of its steps, and nothing of how they work.

    asked ─► Retrieve ─► PickSentences ─► Found ─► the first route that serves ─► Done
    for a summary: Summarize ───────────────┤
    for all of something: FindEverywhere ───┤
    side by side: CompareDocuments ─────────┤
    for key points, questions: Digest ──────┘

What asks nothing of the documents is not searched; for the routes see `answer.routes`.
A turn is a generator. It yields what is to be done next (`Retrieve`, `Summarize`,
`FindEverywhere`, `CompareDocuments`, `PickSentences`, `Generate`, `Await`, `CheckBeside`,
`CheckSentences`, `Recall`, `Keep`) and is sent what came of it; and it yields what is to be shown
(`PassagesFound`, `Progress`, `QuotesFound`, `Thought`, `TextDelta`, `Cited`, `Checked`, `Done`) and
is sent nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace

from desktop_rag.answer import asking
from desktop_rag.answer.asking import (
    CARDS,
    MOST_CARDS,
    MOST_POINTS,
    POINTS,
    SAID,
    SENTENCES,
    count_of,
    extent_of,
    kinds_of,
    wish_of,
)
from desktop_rag.answer.counting import about, census_of, exact_of, thing_of
from desktop_rag.answer.replies import spoken_to_in
from desktop_rag.answer.speech import answered_in
from desktop_rag.answer.standalone import standalone
from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    ExampleTurns,
    Extent,
    First,
    QuestionKind,
    SentenceCheck,
)
from desktop_rag.domain.comparisons import Comparison
from desktop_rag.domain.digests import CardsRead, PointsRead
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.entities import Entity, EntityKind
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import (
    Asked,
    Exchange,
    GenerationDone,
    ModelChoice,
    Prepared,
    SamplingParameters,
    Thought,
)
from desktop_rag.domain.occurrences import Census, Occurrences
from desktop_rag.domain.passages import (
    Cited,
    Evidence,
    Extract,
    Hit,
    Passage,
    Quote,
    SectionPlaces,
    Span,
    TextDelta,
    Wording,
)
from desktop_rag.domain.studying import StudyCard


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and with what it is to be answered; without a `model` by extraction.

    `neighbours` joins what stands around each passage, for a model to read. Passages are
    numbered from `first`, or from where those of `history` end. The person `reads` a language,
    in ISO 639-1, which decides where the text does not tell its own. A `searched` text is
    looked for in place of what would be made of the question. A `strict` one is answered from the
    documents alone; else a model may add what it knows, marked as such. What a `trusted` model
    writes is shown first where it is borne out. It is taken for a wish of this `kind`, or else for
    what its words say. Of what is to be written freely so many `examples` are shown, or the
    person's `own`; of whole documents as much is told as `extent` says, or else its words.
    """

    text: str
    model: ModelChoice | None = None
    sampling: SamplingParameters = field(default_factory=SamplingParameters)
    history: tuple[Exchange, ...] = ()
    passages: int = 6
    neighbours: bool = True
    first: int = 1
    reads: str = UNKNOWN_LANGUAGE
    searched: str = ""
    strict: bool = True
    trusted: bool = True
    kind: QuestionKind | None = None
    examples: ExampleTurns = ExampleTurns.ONE
    own: tuple[Exchange, ...] = ()
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Retrieve:
    """Find passages; send `Retrieved`, without a line in two of them.

    With `widen` each is joined with its neighbours.

    Passages of the documents `preferred` come before others that are as good.
    """

    query: str
    limit: int
    widen: bool
    preferred: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages found, best first, the language of the question, and how long it took.

    Where that cannot be told, it is `UNKNOWN_LANGUAGE`. `lacking` says why they were found by
    their words alone, if they were.
    """

    hits: tuple[Hit, ...]
    language: str
    seconds: float = 0.0
    wording: Wording = field(default_factory=Wording)
    lacking: RagError | None = None


@dataclass(frozen=True, slots=True)
class Summarize:
    """Find at most `limit` sentences that carry whole documents; send `Summarized`.

    Those that the `query` names, or else those `preferred`, or else all that are asked. Where it is
    about something in them, that is told if it was `chosen` to read them whole, else nothing. With
    `sections`, the passages of all sections come as well, for a model to read.
    """

    query: str
    limit: int
    preferred: tuple[DocumentId, ...] = ()
    chosen: bool = False
    sections: bool = False


@dataclass(frozen=True, slots=True)
class Summarized:
    """The passages of the sentences that carry documents, and each sentence's place in them.

    The question is in `language`, in ISO 639-1. `coverage` is what was read: nothing where none is
    meant as a whole. It may have no text.
    """

    hits: tuple[Hit, ...]
    spans: tuple[tuple[int, Span], ...]
    language: str
    seconds: float
    coverage: Coverage = field(default_factory=Coverage)
    sections: tuple[SectionPlaces, ...] = ()


@dataclass(frozen=True, slots=True)
class FindEverywhere:
    """Find everything that a census asks for, in all passages; send `Occurrences`.

    The `query` is in the language that it is asked in.
    """

    census: Census
    query: str


@dataclass(frozen=True, slots=True)
class CompareDocuments:
    """Lay documents side by side, to tell as much as `extent` says; send `DocumentsCompared`.

    Those that the `query` names, or else those `preferred`, or else all. Whoever has not `chosen`
    that may be asking about things that documents tell of.
    """

    query: str
    extent: Extent
    preferred: tuple[DocumentId, ...] = ()
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DocumentsCompared:
    """What documents say side by side, and the passages of it, in the order of its hits.

    None where nothing is asked of documents. The question is in `language`, in ISO 639-1.
    `coverage` is what was read.
    """

    comparison: Comparison | None
    hits: tuple[Hit, ...]
    language: str
    seconds: float
    coverage: Coverage = field(default_factory=Coverage)


@dataclass(frozen=True, slots=True)
class FindPoints:
    """Find at most `limit` key sentences of whole documents, and what they name; send `PointsRead`.

    Of the documents that the `query` names, or else those `preferred`, or else all that are asked;
    of none where it is about something in them, but for who has `chosen` that. Of what is named,
    these `kinds`.
    """

    query: str
    limit: int
    preferred: tuple[DocumentId, ...] = ()
    kinds: tuple[EntityKind, ...] = tuple(EntityKind)
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FindCards:
    """Make at most `limit` questions with answers of whole documents; send `CardsRead`.

    Documents are chosen as for `FindPoints`.
    """

    query: str
    limit: int
    preferred: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class PickSentences:
    """Find the sentences that answer best; send them as `Evidence`."""

    question: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class CheckSentences:
    """Hold each sentence of an answer against the passages; send their checks, in order.

    Of one that has not `ended` the last sentence is left out, and what takes long to decide.
    """

    question: str
    answer: str
    language: str
    passages: tuple[Passage, ...]
    evidence: Evidence
    ended: bool = True


@dataclass(frozen=True, slots=True)
class CheckBeside:
    """Check the beginning of an answer while the model goes on writing; send `None`.

    Who can do nothing beside lets it be. Else an `Await` is sent what came of it, `Checked`.
    """

    beginning: CheckSentences


@dataclass(frozen=True, slots=True)
class Recall:
    """Send what was kept of a document under this key, or `None`."""

    document: DocumentId
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep a text of a document for the next time; send `None`."""

    document: DocumentId
    key: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Generate:
    """Have the model write an answer; send `None`, then one event for each `Await`."""

    model: ModelChoice
    asked: Asked
    sampling: SamplingParameters


@dataclass(frozen=True, slots=True)
class Await:
    """Send what comes next: `Prepared`, `Thought`, text, `GenerationDone`; or else `Checked`."""


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """These passages were found: they can be shown before the first word.

    `language` is the answer's, which follows the question, in ISO 639-1; the search took so many
    `seconds`. `lacking` says why they were found by their words alone, if they were. The question
    is of this `kind`, and was `searched` in these words. Documents were read whole as `coverage`
    says, if any were, and laid side by side in a `comparison`, whose hits are the passages.
    """

    passages: tuple[Passage, ...]
    language: str = "en"
    seconds: float = 0.0
    wording: Wording = field(default_factory=Wording)
    lacking: RagError | None = None
    kind: QuestionKind = QuestionKind.QUESTION
    searched: str = ""
    coverage: Coverage = field(default_factory=Coverage)
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """So many parts of `total` are done; the next one is called `title`."""

    done: int
    total: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class QuotesFound:
    """These quotes stand first, whatever a model is going to write below them.

    They are those of the `Done` that follows.
    """

    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Sentences of an answer that goes on were checked: those of its beginning, in their order.

    At the end the same is found, but where a quotation has gone on beyond what was checked.
    """

    checks: tuple[SentenceCheck, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is complete; `generation` says how the model fared, if there was one.

    `citations` are what its marks stand for, in their order. `quotes` are the words of the
    documents that answer best: what there is `first`, or below it. A `refused` question is one
    that the documents do not answer: its quotes are what comes nearest. `thoughts` came before
    it: they are shown, and never told to a model again. Where `occurrences` were wanted, the quotes
    are those that they show. With key points comes what the documents name, `entities`, of which
    so many are `left_out`; with questions to learn by, those, `cards`.
    """

    text: str
    citations: tuple[Quote, ...]
    generation: GenerationDone | None = None
    prepared: Prepared | None = None
    thoughts: str = ""
    mode: AnswerMode = AnswerMode.EXTRACT
    quotes: tuple[Quote, ...] = ()
    checks: tuple[SentenceCheck, ...] = ()
    first: First = First.ANSWER
    refused: bool = False
    sufficiency: float = 1.0
    occurrences: Occurrences | None = None
    entities: tuple[Entity, ...] = ()
    left_out: int = 0
    cards: tuple[StudyCard, ...] = ()


Digest = FindPoints | FindCards
Reading = Summarize | FindEverywhere | CompareDocuments | Digest
Lookup = Retrieve | Reading | PickSentences | CheckSentences
Wish = Lookup | CheckBeside | Recall | Keep | Generate | Await
Event = PassagesFound | Progress | QuotesFound | Thought | TextDelta | Cited | Checked | Done
Sent = (
    Retrieved
    | Summarized
    | Occurrences
    | DocumentsCompared
    | PointsRead
    | CardsRead
    | Evidence
    | Sequence[SentenceCheck]
    | Checked
    | Prepared
    | Thought
    | str
    | GenerationDone
    | None
)
Turn = Generator[Wish | Event, Sent, None]


@dataclass(frozen=True, slots=True)
class FoundSection:
    """A section of a document with its passages, in their order."""

    title: str
    document: DocumentId
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a route answers: a question, the language to do it in, and the passages found.

    They were `searched` for in these words, and `evidence` is what in them may answer; of
    documents that were read `whole`, what carries them, in order, and their `sections` for a model.
    What was `counted` has its places for passages. Some may have been laid side by side in a
    `comparison`. Key points, or questions to learn by, are the `digest`.
    """

    question: Question
    language: str
    passages: tuple[Passage, ...]
    evidence: Evidence = field(default_factory=Evidence)
    kind: QuestionKind = QuestionKind.QUESTION
    searched: str = ""
    whole: bool = False
    sections: tuple[FoundSection, ...] = ()
    counted: tuple[Census, Occurrences] | None = None
    comparison: Comparison | None = None
    digest: PointsRead | CardsRead | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A way to answer: whether it serves what was found, and its steps up to `Done`.

    That the answer came about in this `mode` is noted for it.
    """

    mode: AnswerMode
    serves: Callable[[Found], bool]
    answered: Callable[[Found], Turn]


def turn(question: Question, routes: Sequence[Route]) -> Turn:
    """Answer `question` by the first of `routes` that serves; see above.

    One of them has to serve whatever is found.
    """
    found = yield from _found(question)
    route = next(route for route in routes if route.serves(found))
    yield from _noted(route.answered(found), route.mode)


def _found(question: Question) -> Generator[Wish | Event, Sent, Found]:
    """Find passages and what in them may answer, if there is anything to be looked for."""
    wish = wish_of(question.text, talking=bool(question.history))
    if question.kind:
        wish = replace(wish, kind=question.kind)
    if wish.kind in SAID and not question.searched:
        language = spoken_to_in(question.text, _spoken_before(question))
        yield PassagesFound((), language, kind=wish.kind)
        return Found(question, language, (), kind=wish.kind)
    meant = standalone(wish.text, question.history)
    searched = question.searched or meant.text
    if not question.searched:
        whole = yield from _of_whole(question, wish, searched, meant.documents)
        if whole is not None:
            return whole
        if wish.kind is QuestionKind.POINTS and not question.kind:  # of something in documents
            wish = replace(wish, kind=QuestionKind.QUESTION)
    retrieved = yield Retrieve(
        searched,
        question.passages,
        widen=bool(question.model) and question.neighbours,
        preferred=meant.documents,
    )
    assert isinstance(retrieved, Retrieved)  # noqa: S101 - the protocol, for mypy
    passages = _numbered(question, retrieved.hits)
    language = answered_in(retrieved.language, question.history, question.reads, passages)
    yield PassagesFound(
        passages,
        language,
        retrieved.seconds,
        retrieved.wording,
        retrieved.lacking,
        wish.kind,
        searched,
    )
    evidence = Evidence()
    if passages:
        picked = yield PickSentences(searched, language, passages)
        assert isinstance(picked, Evidence)  # noqa: S101 - the protocol, for mypy
        evidence = picked
    return Found(question, language, passages, evidence, wish.kind, searched)


def _of_whole(
    question: Question, wish: asking.Wish, searched: str, preferred: tuple[DocumentId, ...]
) -> Generator[Wish | Event, Sent, Found | None]:
    """Read documents whole, or all passages, where that is wished; None where nothing was read."""
    match wish.kind:
        case QuestionKind.SUMMARY:
            return (yield from _summarized(question, wish, searched, preferred))
        case QuestionKind.POINTS | QuestionKind.STUDY:
            return (yield from _digested(question, wish, searched, preferred))
        case QuestionKind.COMPARISON:
            return (yield from _compared(question, wish.text, preferred))
        case _:
            return (yield from _everywhere(question, wish))


def _summarized(
    question: Question, wish: asking.Wish, searched: str, preferred: tuple[DocumentId, ...]
) -> Generator[Wish | Event, Sent, Found | None]:
    count = SENTENCES[question.extent or extent_of(wish.text)]
    chosen, sections = question.kind is not None, question.model is not None
    carried = yield Summarize(searched, count, preferred, chosen, sections)
    assert isinstance(carried, Summarized)  # noqa: S101 - the protocol, for mypy
    if not carried.hits and not carried.coverage.documents:
        return None
    return (yield from _carried(question, searched, carried))


def _everywhere(
    question: Question, wish: asking.Wish
) -> Generator[Wish | Event, Sent, Found | None]:
    census = _census_of(wish, question)
    if not census:
        return None
    occurring = yield FindEverywhere(census, wish.text)
    assert isinstance(occurring, Occurrences)  # noqa: S101 - the protocol, for mypy
    if not occurring.total and census.thing:
        return None
    return (yield from _counted(question, wish, census, occurring))


def _numbered(question: Question, hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """Return what was found with its numbers, which go on from those of the conversation."""
    numbers = (passage.number for one in question.history for passage in one.passages)
    first = max(question.first, 1 + max(numbers, default=0))
    return tuple(Passage(first + at, hit) for at, hit in enumerate(hits))


def _carried(question: Question, searched: str, came: Summarized) -> Generator[Event, None, Found]:
    """Tell of the passages that carry documents, and take their sentences for what answers."""
    kind, passages = QuestionKind.SUMMARY, _numbered(question, came.hits)
    language = answered_in(came.language, question.history, question.reads, passages)
    yield PassagesFound(
        passages,
        language,
        came.seconds,
        kind=kind,
        searched=searched,
        coverage=came.coverage,
    )
    sentences = tuple(Extract(passages[at], *span, score=0.0) for at, span in came.spans)
    sections = tuple(
        FoundSection(one.title, one.document, tuple(passages[at] for at in one.places))
        for one in came.sections
    )
    evidence = Evidence(sentences)
    return Found(question, language, passages, evidence, kind, searched, True, sections)


def _census_of(wish: asking.Wish, question: Question) -> Census | None:
    """Return what is to be counted or found everywhere, if anything is.

    A model tells of a thing what it reads, unless all of it is wanted. Where somebody chose that
    everything is to be found, it is what the question has words for.
    """
    match wish.kind:
        case QuestionKind.EXACT:
            return exact_of(wish.text)
        case QuestionKind.LIST:
            thing = thing_of(wish.text)
            whole = thing if thing and (thing.everything or not question.model) else None
            topic = about(wish.text) if question.kind else None
            return census_of(wish.text) or whole or topic
        case _:
            return None


def _counted(
    question: Question, wish: asking.Wish, census: Census, came: Occurrences
) -> Generator[Event, None, Found]:
    """Tell of the first places in the first documents, and take all that are shown."""
    passages = _numbered(question, [one.hit for one in came.shown])
    first = {one.hit.document: one for one in reversed(passages)}
    counted = [one.document for one in came.documents[: question.passages]]
    told = tuple(first[document] for document in counted if document in first)
    told_by = wish.kind is not QuestionKind.EXACT or question.reads == UNKNOWN_LANGUAGE
    asked = came.language if told_by else UNKNOWN_LANGUAGE  # what is quoted may be in any
    language = answered_in(asked, question.history, question.reads, told)
    yield PassagesFound(told, language, came.seconds, kind=wish.kind, searched=wish.text)
    found = Found(question, language, passages, kind=wish.kind, searched=wish.text)
    return replace(found, counted=(census, came))


def _compared(
    question: Question, text: str, preferred: tuple[DocumentId, ...]
) -> Generator[Wish | Event, Sent, Found | None]:
    """Have documents laid side by side, and tell of it; None where nothing is asked of them."""
    extent = question.extent or extent_of(text)
    came = yield CompareDocuments(text, extent, preferred, chosen=question.kind is not None)
    assert isinstance(came, DocumentsCompared)  # noqa: S101 - the protocol, for mypy
    compared = came.comparison
    if compared is None:
        return None
    kind, passages = QuestionKind.COMPARISON, _numbered(question, came.hits)
    language = answered_in(came.language, question.history, question.reads, passages)
    yield PassagesFound(
        passages,
        language,
        came.seconds,
        kind=kind,
        searched=text,
        coverage=came.coverage,
        comparison=compared,
    )
    cells = [cell for row in compared.rows for cell in row.cells if cell is not None]
    told = tuple(Extract(passages[cell.hit], *cell.spans[-1], score=0.0) for cell in cells)
    return Found(question, language, passages, Evidence(told), kind, text, comparison=compared)


def _digested(
    question: Question, wish: asking.Wish, searched: str, preferred: tuple[DocumentId, ...]
) -> Generator[Wish | Event, Sent, Found | None]:
    """Read whole documents for their key points, or for questions; None where nothing was read."""
    if wish.kind is QuestionKind.POINTS:
        kinds = () if question.kind else kinds_of(wish.text)
        count = POINTS[question.extent or extent_of(wish.text)]
        limit = 0 if kinds else min(count_of(wish.text) or count, MOST_POINTS)
        named, chosen = kinds or tuple(EntityKind), question.kind is not None
        came = yield FindPoints(searched, limit, preferred, named, chosen)
    else:
        limit = min(count_of(wish.text) or CARDS, MOST_CARDS)
        came = yield FindCards(searched, limit, preferred)
    assert isinstance(came, PointsRead | CardsRead)  # noqa: S101 - the protocol, for mypy
    if not came.coverage.documents:
        return None
    passages = _numbered(question, came.hits)
    asked = came.language
    if asked == UNKNOWN_LANGUAGE:  # "todas las fechas" is too short to tell
        asked = asking.wished_in(wish.text)
    language = answered_in(asked, question.history, question.reads, passages)
    yield PassagesFound(
        passages,
        language,
        came.seconds,
        kind=wish.kind,
        searched=searched,
        coverage=came.coverage,
    )
    return Found(question, language, passages, kind=wish.kind, searched=searched, digest=came)


def _spoken_before(question: Question) -> str:
    """Return the language of the conversation so far, or what the person reads."""
    before = question.history[-1].language if question.history else question.reads
    return "en" if before == UNKNOWN_LANGUAGE else before


def _noted(steps: Turn, mode: AnswerMode) -> Turn:
    """Go through the steps of a route, and note with the answer how it came about."""
    sent: Sent = None
    while True:
        try:
            step = steps.send(sent)
        except StopIteration:
            return
        sent = yield replace(step, mode=mode) if isinstance(step, Done) else step
