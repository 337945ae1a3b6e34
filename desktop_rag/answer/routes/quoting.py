"""Answering with the best sentences of what was found."""

from __future__ import annotations

from desktop_rag.answer.extraction import quote_of, quoted, spoken
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.domain.passages import TextDelta


def _serves(_found: Found) -> bool:
    return True


def _answered(found: Found) -> Turn:
    chosen = quoted(found.evidence.sentences)
    text = ""
    for event in spoken(chosen):
        if isinstance(event, TextDelta):
            text += event.text
        yield event
    quotes = tuple(map(quote_of, chosen))
    first = First.QUOTES if quotes else First.ANSWER
    yield Done(text, quotes, quotes=quotes, first=first, sufficiency=found.evidence.sufficiency)


ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
