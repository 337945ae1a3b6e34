"""Checks the sentences of an answer while it grows, and none of them twice.

What becomes of a sentence depends on its own words, its marks and what of it stands in quotation
marks, so that a beginning and the whole come to the same. Of a beginning the last sentence is left
alone, since the next word may belong to it, and so is what words and facts do not decide: asking
the embedder takes twenty times as long as all the rest, an entailment model longer, and a model is
writing beside.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_rag.answer.checks.checking import Checker, Judge
from desktop_rag.answer.checks.spans import Span, spans
from desktop_rag.answer.checks.wording import QuotedSpan, quotations
from desktop_rag.domain.answers import SentenceCheck
from desktop_rag.domain.calibration import Calibration
from desktop_rag.domain.ports import Judgement, QuestionEmbedder, Vector

_Key = tuple[Span, tuple[QuotedSpan, ...]]


class _UndecidedError(Exception):
    """Only a model that reads the sentence decides, and none is to be asked yet."""


def undecided(_pairs: Sequence[tuple[str, str]]) -> Sequence[Judgement]:
    """Judge nothing: the judge of an answer that has not ended, if there is going to be one."""
    raise _UndecidedError


@dataclass
class _Waiting:
    """An embedder that compares nothing before the answer has ended."""

    embedder: QuestionEmbedder
    ended: bool = False

    @property
    def languages(self) -> frozenset[str]:
        return self.embedder.languages

    @property
    def calibration(self) -> Calibration:
        return self.embedder.calibration

    def embed_question(self, text: str) -> Vector:
        return self.embedder.embed_question(text)

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        if not self.ended:
            raise _UndecidedError
        return self.embedder.similarities(question, texts)


class GrowingChecks:
    """What `checker` makes of an answer of which there is more each time."""

    def __init__(self, checker: Checker) -> None:
        self.embedder = checker.embedder
        self._waiting = _Waiting(checker.embedder) if checker.embedder else None
        self._checker = replace(checker, embedder=self._waiting)
        self._known: dict[_Key, SentenceCheck | None] = {}

    def judge_by(self, judge: Judge | None) -> None:
        """Have what is still undecided judged so, now that the answer has ended."""
        self._checker = replace(self._checker, judge=judge)

    def each(self, written: str, *, ended: bool = True) -> Iterator[SentenceCheck]:
        """Yield the checks one by one, as `checks.checking.each` does; of a beginning, fewer."""
        if self._waiting:
            self._waiting.ended = ended
        quoted = list(quotations(written))
        found = spans(written, self._checker.language)
        for span in found if ended else found[:-1]:
            key = _key(span, quoted)
            if key not in self._known or (ended and self._known[key] is None):
                self._known[key] = self._checked(span, quoted)
            if check := self._known[key]:
                yield replace(check, start=span.start, end=span.end)

    def _checked(self, span: Span, quoted: Sequence[QuotedSpan]) -> SentenceCheck | None:
        try:
            return self._checker.check(span, quoted)
        except _UndecidedError:
            return None


def _key(span: Span, quoted: Sequence[QuotedSpan]) -> _Key:
    """Return all that a check depends on, wherever in the answer the sentence stands."""
    by = span.start
    first = bisect_right(quoted, span.start, key=lambda one: one.end)  # they follow each other
    stop = bisect_left(quoted, span.end, key=lambda one: one.start)
    own = tuple(one._replace(start=one.start - by, end=one.end - by) for one in quoted[first:stop])
    return span._replace(start=0, end=span.end - by), own
