"""Passages as they are found, shown and cited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_rag.domain.documents import (
    UNKNOWN_LANGUAGE,
    Box,
    DocumentId,
    Layer,
    PageBox,
    PlacedWord,
)
from desktop_rag.domain.statements import Statement

Span = tuple[int, int]  #: characters of a text, from the first to before the second


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found; `score` orders hits of one search and no others.

    `recognized` says that its text was recognized in a picture. Its `language` is in ISO 639-1,
    `UNKNOWN_LANGUAGE` where it cannot be told.
    """

    document: DocumentId
    ordinal: int
    page: int
    page_label: str
    header: str
    text: str
    words: tuple[PlacedWord, ...]
    score: float
    recognized: bool = False
    layer: Layer = Layer.BODY
    language: str = UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class WrittenPassage:
    """A chunk as it is read where there are very many: only the words asked for are placed.

    `words` gives those that have one of the characters of its text from a first to before a
    second, in order; where nothing is known of where they stand, it is not `placed`.
    """

    document: DocumentId
    ordinal: int
    page: int
    page_label: str
    header: str
    text: str
    recognized: bool
    layer: Layer
    language: str
    placed: bool
    words: Callable[[int, int], tuple[PlacedWord, ...]]


@dataclass(frozen=True, slots=True)
class Wording:
    """How the very words of a question fared.

    All of its `phrases`, in quotes, stand together in so many passages (`phrase_hits`). No passage
    has the words that were `mended`; each comes with the one that was sought in its place.
    """

    phrases: tuple[str, ...] = ()
    phrase_hits: int = 0
    mended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit under the number that the answer cites it by."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a passage that an answer rests on, and where they stand.

    `boxes` are on the passage's own page; `continued` are those of a sentence that goes on over
    the page.
    """

    passage: Passage
    text: str
    boxes: tuple[Box, ...]
    continued: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDelta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """The answer has just referred to this passage."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Match:
    """A chunk in short; `similarity` is its cosine to the question.

    Without a question, or while the chunk has no vector, that is 0.
    """

    document: DocumentId
    ordinal: int
    page: int
    language: str
    similarity: float = 0.0
    layer: Layer = Layer.BODY
    statements: frozenset[Statement] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may answer, by what each half of the search makes of it.

    `row` is its number in the store during one search; `similarity` is the
    cosine to the question, as if both were in one language, 0 while the chunk
    has no vector; `keyword` the BM25 score, 0 where no term of the question was found.
    """

    row: int
    document: DocumentId
    ordinal: int
    page: int
    language: str
    similarity: float
    keyword: float
    layer: Layer = Layer.BODY
    statements: frozenset[Statement] = frozenset()


@dataclass(frozen=True, slots=True)
class SectionPlaces:
    """A section of a document by the places of its passages; of a long one those that carry it."""

    title: str
    document: DocumentId
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of a passage, characters `start` to `end` of its text, that may answer.

    It stands under `heads`, places of the same text that give it its meaning: the heading and the
    introduction of a list, the names of a table's columns, a question that it answers. `score`
    orders sentences of one question and no others; a difference of 1 is e times the odds.
    `nearness` to the question is what `Calibration.nearness` makes of their cosine, 0 where no
    embedder compared them.
    """

    passage: Passage
    start: int
    end: int
    score: float
    heads: tuple[tuple[int, int], ...] = ()
    nearness: float = 0.0


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A question takes `stated` for granted where a sentence says `found`, both as written."""

    stated: str
    found: str
    extract: Extract


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences of the passages found, best first, scored once for everything that reads them.

    `sufficiency` is the probability, from 0 to 1, that they answer the question; `enough` says
    that they are to be taken for an answer. No passage has the names and numbers of the question
    that are `unmentioned`; what it takes for granted may be `contradicted`.
    """

    sentences: tuple[Extract, ...] = ()
    sufficiency: float = 1.0
    enough: bool = True
    unmentioned: tuple[str, ...] = ()
    contradicted: Contradiction | None = None
