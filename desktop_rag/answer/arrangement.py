"""What of a finished answer stands where: its text, and its quotes before or below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from desktop_rag.answer.marks import places_of_marks
from desktop_rag.domain.answers import AnswerMode, First, SentenceCheck, borne_out

_SCRAP = 3  # letters of a paragraph that are left beside its quotes: a mark of its own, no words


class Worded(Protocol):
    """Words of a document."""

    @property
    def snippet(self) -> str:
        """The words as they are shown."""


Q = TypeVar("Q", bound=Worded)
Q_co = TypeVar("Q_co", bound=Worded, covariant=True)


class Answered(Protocol[Q_co]):
    """An answer that is over, whatever keeps it; `quotes` are what the documents say."""

    @property
    def answer(self) -> str: ...  # noqa: D102 - as in `TurnValue`
    @property
    def quotes(self) -> tuple[Q_co, ...]: ...  # noqa: D102
    @property
    def checks(self) -> tuple[SentenceCheck, ...]: ...  # noqa: D102
    @property
    def mode(self) -> AnswerMode | None: ...  # noqa: D102
    @property
    def first(self) -> First: ...  # noqa: D102
    @property
    def refused(self) -> bool: ...  # noqa: D102
    @property
    def whole(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Arrangement(Generic[Q]):
    """An answer from top to bottom.

    Quotes are `leading`, before the text, or `following` it. A text that is `unconfirmed` was
    written by a model and is not borne out; the quotes of a refusal are merely `near`. Quotes
    that are `folded` are not looked at unless they are opened.
    """

    text: str
    leading: tuple[Q, ...] = ()
    following: tuple[Q, ...] = ()
    unconfirmed: bool = False
    near: bool = False
    folded: bool = False


def arranged(value: Answered[Q]) -> Arrangement[Q]:
    """Return what stands where of a turn that is over."""
    quotes = value.quotes
    if value.mode is AnswerMode.SAID:
        return Arrangement(value.answer)
    if value.refused:
        return Arrangement(value.answer, following=quotes, near=True)
    if quotes and value.mode is AnswerMode.EXTRACT:
        return Arrangement(beside(value.answer, quotes), following=quotes)
    if value.first is First.QUOTES:
        doubtful = bool(value.answer.strip()) and not (value.whole and borne_out(value.checks))
        return Arrangement(value.answer, leading=quotes, unconfirmed=doubtful)
    return Arrangement(value.answer, following=quotes, folded=True)


def beside(answer: str, quotes: Sequence[Worded]) -> str:
    """Return the paragraphs of an answer that are more than its quotes and their marks."""
    said = sorted({_letters(quote.snippet) for quote in quotes} - {""}, key=len, reverse=True)
    kept = []
    for paragraph in answer.split("\n\n"):
        left = _letters(paragraph)
        for words in said:
            left = left.replace(words, "")
        inside = any(_letters(paragraph) in words for words in said)
        if len(left) > _SCRAP and not inside:
            kept.append(paragraph)
    return "\n\n".join(kept)


def _letters(text: str) -> str:
    """Return the letters and digits of a text; what looks like a mark is none."""
    marks = places_of_marks(text)
    return "".join(sign for at, sign in enumerate(text) if sign.isalnum() and at not in marks)
