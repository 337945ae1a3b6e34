"""The exam of a language model: what it is asked, what became of each answer, and its grade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from desktop_rag.domain.passages import Passage

EDITION = 1  #: of the exam; grades of another one are void

_RIGHT_SHARE = 0.75  # of the questions that the passages answer
_REFUSED_SHARE = 0.5  # of those that they do not


@dataclass(frozen=True, slots=True)
class ExamQuestion:
    """A question with the passages that a model is given for it.

    Each of the `answers` has to be in what it writes, in one of its spellings; they stand in the
    passages of the numbers `gold`. Without answers, the passages do not say it.
    """

    question: str
    language: str
    answers: tuple[tuple[str, ...], ...]
    gold: frozenset[int]
    passages: tuple[Passage, ...]


class Mark(NamedTuple):
    """What became of one question: of an `answerable` one, whether it is `right` and well `cited`.

    `refused` says that the model wrote that the passages do not say it.
    """

    answerable: bool
    right: bool
    cited: bool
    refused: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Grade:
    """How a model did in the exam.

    Of the `answerable` questions so many were `right`, and so many of these `cited` a passage that
    says it; of the `unanswerable` ones so many were `refused`. An answer took so many `seconds`.
    """

    answerable: int
    right: int
    cited: int
    unanswerable: int
    refused: int
    seconds: float

    @property
    def questions(self) -> int:
        """How many were asked."""
        return self.answerable + self.unanswerable

    @property
    def passed(self) -> int:
        """How many were answered right, be it by saying that there is no answer."""
        return self.right + self.refused

    @property
    def trusted(self) -> bool:
        """Whether what the model writes may stand before the words of the documents.

        It has to find three answers of four, and to say of half of what is not there that it is
        not: what it invents is caught less surely than what it copies.
        """
        right = self.right >= _RIGHT_SHARE * self.answerable
        return right and self.refused >= _REFUSED_SHARE * self.unanswerable


def graded(marks: Iterable[Mark]) -> Grade:
    """Return the grade for all marks of an exam."""
    all_ = list(marks)
    found = [one for one in all_ if one.answerable]
    others = [one for one in all_ if not one.answerable]
    return Grade(
        answerable=len(found),
        right=sum(one.right for one in found),
        cited=sum(one.right and one.cited for one in found),
        unanswerable=len(others),
        refused=sum(one.refused for one in others),
        seconds=round(sum(one.seconds for one in all_) / max(1, len(all_)), 2),
    )
