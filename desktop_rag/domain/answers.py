"""What is asked, how it is answered, and how far what was written is borne out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.domain.documents import DocumentId


class AnswerMode(StrEnum):
    """How an answer came about; its values are stored with conversations and printed as JSON."""

    EXTRACT = "extract"  #: the best sentences, quoted
    MODEL = "model"  #: written by a language model
    SAID = "said"  #: a sentence of the program's own: a greeting, for one
    REFUSED = "refused"  #: the documents do not say it


class QuestionKind(StrEnum):
    """What kind of wish a question is; its values are stored and printed as JSON."""

    GREETING = "greeting"
    THANKS = "thanks"
    PROGRAM = "program"  #: about this program, not about documents
    UNCLEAR = "unclear"  #: leans on something that was never said: "and that?"
    FOLLOW_UP = "follow_up"  #: leans on what was said before
    EXACT = "exact"  #: for a phrase, word for word
    LIST = "list"  #: for all of something, or how many there are
    SUMMARY = "summary"
    POINTS = "points"  #: the key points, and who, where, when and how much
    COMPARISON = "compare"
    TABLE = "table"  #: a row for each document
    STUDY = "study"  #: questions to learn by, with their answers
    WRITING = "write"  #: something written freely from what was found
    QUESTION = "question"


class ExampleTurns(StrEnum):
    """How many examples a model is shown of what it is to write freely."""

    ZERO = "zero"
    ONE = "one"
    FEW = "few"


class Extent(StrEnum):
    """How much of whole documents is to be told; its values are stored."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read whole for an answer: `documents` with so many `pages`.

    Of `part`, where only what stands under that heading, or on those pages, was read. There are
    `among` documents that could have been; of so many, only the `beginnings` are read.
    """

    documents: tuple[DocumentId, ...] = ()
    pages: int = 0
    part: str = ""
    among: int = 0
    beginnings: bool = False


class SentenceVerdict(StrEnum):
    """How far the passages bear out a sentence; its values are stored and printed as JSON."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


class Ground(StrEnum):
    """Why a sentence got its verdict; its values are stored."""

    QUOTED = "quoted"  #: it stands so in the passage, letter for letter
    SAID = "said"  #: the passage says it in other words
    COMPUTED = "computed"  #: its number follows from others; the words are the sum
    MISQUOTED = "misquoted"  #: in quotation marks, and nowhere in the passages
    NUMBER = "number"  #: a number, with its unit and scale, that no passage has
    DATE = "date"
    NAME = "name"
    POLARITY = "polarity"  #: the passage says the opposite: not, except, less, before
    CONTRADICTED = "contradicted"  #: an entailment model reads the opposite in the passage
    ABOUT = "about"  #: a passage is about the same, but none says all of it
    UNRELATED = "unrelated"  #: no passage says anything like it
    BESIDE = "beside"  #: a passage says it, but it does not answer the question
    GENERAL = "general"  #: general knowledge, which was allowed
    NOTHING = "nothing"  #: it claims nothing that could be checked


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence got its verdict; `words` are those of it that the verdict hangs on."""

    ground: Ground
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """What became of one sentence: characters `start` to `end` of the answer as it is shown.

    `citations` are the numbers of the passages that bear it out, best first; none where none does.
    """

    start: int
    end: int
    sentence: str
    verdict: SentenceVerdict
    reason: Reason
    citations: tuple[int, ...] = ()


def flagged(check: SentenceCheck) -> bool:
    """Whether a sentence is one to be careful with."""
    claims = check.reason.ground is not Ground.NOTHING
    return claims and check.verdict is not SentenceVerdict.SUPPORTED


class First(StrEnum):
    """What of an answer is shown first; its values are stored and printed as JSON."""

    ANSWER = "answer"
    QUOTES = "quotes"  #: what a model wrote comes after them, marked


def borne_out(checks: Sequence[SentenceCheck]) -> bool:
    """Tell whether passages bear out every sentence of an answer, and one at least is cited."""
    supported = all(check.verdict is SentenceVerdict.SUPPORTED for check in checks)
    return supported and any(check.citations for check in checks)
