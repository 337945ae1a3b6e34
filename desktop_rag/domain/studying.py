"""Questions to learn by, with their answers and the words that bear them out."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.passages import Quote, Span

BLANK = "____"  #: stands in a question for the words that are its answer


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A question made of a sentence: characters `span` of the text of the hit at a `place`."""

    place: int
    span: Span
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A question and its answer, which the quoted words bear out."""

    question: str
    answer: str
    quote: Quote
