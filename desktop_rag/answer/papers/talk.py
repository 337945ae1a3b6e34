"""What there is of a conversation, whoever kept it: a window's database, or one command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_rag.answer.extraction import standing_on
from desktop_rag.answer.turn import Done, PassagesFound
from desktop_rag.domain.answers import AnswerMode, First, SentenceCheck, flagged
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.papers import PaperSource
from desktop_rag.domain.passages import Passage, Quote


@dataclass(frozen=True, slots=True)
class CitedWords:
    """Words of a document under the number that they are cited by; `page` counts from 0."""

    number: int
    document: DocumentId
    title: str
    page: int
    page_label: str
    snippet: str

    @property
    def label(self) -> str:
        """What people call the page: the printed label, else its number."""
        return self.page_label.strip() or str(self.page + 1)


@dataclass(frozen=True, slots=True)
class CitedCell:
    """What a cell of a table says, the words that it rests on, and how it came about if told."""

    text: str
    words: tuple[CitedWords, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CitedTable:
    """A table below the names of its columns; every row has as many cells."""

    heads: tuple[str, ...]
    rows: tuple[tuple[CitedCell, ...], ...]

    @property
    def words(self) -> Iterator[CitedWords]:
        """All words that it rests on."""
        return (one for row in self.rows for cell in row for one in cell.words)


@dataclass(frozen=True, slots=True)
class AnsweredTurn:
    """A question and its answer.

    `passages` are what was read, `cited` what the marks stand for, in their order; `quotes` are
    what the documents say. An answer that did not come to its end was `stopped`, or met an
    `error`, in words. `tables` were made with it.
    """

    question: str
    answer: str
    passages: tuple[CitedWords, ...] = ()
    cited: tuple[CitedWords, ...] = ()
    quotes: tuple[CitedWords, ...] = ()
    checks: tuple[SentenceCheck, ...] = ()
    mode: AnswerMode | None = None
    first: First = First.ANSWER
    refused: bool = False
    searched: str = ""
    language: str = UNKNOWN_LANGUAGE
    stopped: bool = False
    error: str = ""
    tables: tuple[CitedTable, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the answer has come to its end, and was checked there."""
        return self.mode is not None and not self.stopped and not self.error


class PaperWords(NamedTuple):
    """What a paper says besides: sentences with places for `words`, `title` and `label`."""

    searched: str
    nearest: str
    unconfirmed: str
    documents_say: str
    doubted: str
    stopped: str
    nothing: str
    page: str
    sources: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, or of a `single` one the last answer, with all that a paper of it says.

    `sources` tells of documents what is known of them. `reasons` has, for each turn, what is said
    of those of its sentences that are to be taken with care.
    """

    title: str
    turns: tuple[AnsweredTurn, ...]
    words: PaperWords
    sources: Mapping[DocumentId, PaperSource] = field(default_factory=dict)
    reasons: tuple[tuple[str, ...], ...] = ()
    single: bool = False


def asked(
    question: str, found: PassagesFound, done: Done, titles: Mapping[DocumentId, str]
) -> AnsweredTurn:
    """Return a turn that was answered just now."""
    return AnsweredTurn(
        question=question,
        answer=done.text,
        passages=tuple(_of_passage(one, titles) for one in found.passages),
        cited=tuple(_of_quote(quote, titles) for quote in done.citations),
        quotes=tuple(_of_quote(quote, titles) for quote in done.quotes),
        checks=done.checks,
        mode=done.mode,
        first=done.first,
        refused=done.refused,
        searched=found.searched,
        language=found.language,
    )


def documents_in(turns: Sequence[AnsweredTurn]) -> dict[DocumentId, str]:
    """Return the documents whose words are in these turns, with their titles."""
    words = [one for turn in turns for one in (*turn.passages, *turn.cited, *turn.quotes)]
    words += [one for turn in turns for table in turn.tables for one in table.words]
    return {one.document: one.title for one in words}


def doubted(turn: AnsweredTurn) -> Iterator[SentenceCheck]:
    """Return what became of the sentences that are to be taken with care."""
    return filter(flagged, turn.checks)


def _of_passage(passage: Passage, titles: Mapping[DocumentId, str]) -> CitedWords:
    hit = passage.hit
    title = titles.get(hit.document, "")
    return CitedWords(passage.number, hit.document, title, hit.page, hit.page_label, hit.text)


def _of_quote(quote: Quote, titles: Mapping[DocumentId, str]) -> CitedWords:
    hit = quote.passage.hit
    title = titles.get(hit.document, "")
    place = standing_on(hit.page, hit.page_label, bool(quote.boxes), quote.continued)
    return CitedWords(quote.passage.number, hit.document, title, *place, quote.text)
