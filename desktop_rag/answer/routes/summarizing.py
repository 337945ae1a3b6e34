"""Answering with the sentences that carry whole documents, in their order, each with its page."""

from __future__ import annotations

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.extraction import Quoted, quote_of
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.domain.passages import Cited, TextDelta


def _serves(found: Found) -> bool:
    return found.whole and found.question.model is None


def _answered(found: Found) -> Turn:
    text, quotes = "", []
    for one in found.evidence.sentences:
        quote = quote_of(Quoted(one.passage, ((one.start, one.end),)))
        said = f"- {without_own_marks(quote.text)} [{one.passage.number}]\n"
        text += said
        quotes.append(quote)
        yield TextDelta(said)
        yield Cited(one.passage)
    yield Done(text.rstrip(), tuple(quotes), quotes=tuple(quotes), first=First.QUOTES)


ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
