"""Answering with the best sentences of what was found."""

from __future__ import annotations

from desktop_rag.answer.extraction import answer_of, quote_of, spoken
from desktop_rag.answer.turn import Done, Found, PickSentences, Route, Turn
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.passages import Evidence, TextDelta


def _serves(_found: Found) -> bool:
    return True


def _answered(found: Found) -> Turn:
    if not found.passages:
        yield Done("", ())
        return
    picked = yield PickSentences(found.question.text, found.language, found.passages)
    assert isinstance(picked, Evidence)  # noqa: S101 - the protocol, for mypy
    chosen = answer_of(picked.sentences)
    text = ""
    for event in spoken(chosen):
        if isinstance(event, TextDelta):
            text += event.text
        yield event
    quotes = tuple(quote_of(e.passage, e.start, e.end) for e in chosen)
    yield Done(text, quotes, quotes=quotes)


ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
