"""Saying that the documents do not answer, or say otherwise, with what comes nearest."""

from __future__ import annotations

from desktop_rag.answer.extraction import quote_of, quoted
from desktop_rag.answer.refusals import refusal
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.passages import TextDelta

_NEAREST = 2  # quotes that are shown of what does not answer


def _serves(found: Found) -> bool:
    """Whether what was found is not enough, and nobody may answer from what he knows."""
    known = found.question.model is not None and not found.question.strict
    return bool(found.evidence.sentences) and not found.evidence.enough and not known


def _answered(found: Found) -> Turn:
    evidence = found.evidence
    text = refusal(found.language, evidence.unmentioned, evidence.contradicted)
    yield TextDelta(text)
    nearest = evidence.sentences
    if evidence.contradicted:
        nearest = (evidence.contradicted.extract,)
    quotes = tuple(map(quote_of, quoted(nearest)[:_NEAREST]))
    yield Done(text, (), quotes=quotes, refused=True, sufficiency=evidence.sufficiency)


ROUTE = Route(AnswerMode.REFUSED, _serves, _answered)
