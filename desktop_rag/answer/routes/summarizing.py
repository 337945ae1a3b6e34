"""Answering with the sentences that carry whole documents, in their order, each with its page."""

from __future__ import annotations

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.extraction import Quoted, quote_of
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode, First
from desktop_rag.domain.passages import Cited, Quote, TextDelta

_EMPTY = {
    "en": "There is no text to summarize here: what is asked about has none that could be read.",
    "es": "Aquí no hay texto que resumir: lo que pides no tiene ninguno que se pudiera leer.",
}


def quotes_of(found: Found) -> tuple[Quote, ...]:
    """Return the sentences that carry the documents, in their order."""
    sentences = found.evidence.sentences
    return tuple(quote_of(Quoted(one.passage, ((one.start, one.end),))) for one in sentences)


def _serves(found: Found) -> bool:
    return found.whole and found.question.model is None


def _answered(found: Found) -> Turn:
    text, quotes = "", quotes_of(found)
    for quote in quotes:
        said = f"- {without_own_marks(quote.text)} [{quote.passage.number}]\n"
        text += said
        yield TextDelta(said)
        yield Cited(quote.passage)
    yield Done(text.rstrip(), quotes, quotes=quotes, first=First.QUOTES)


def _is_empty(found: Found) -> bool:
    return found.whole and not found.passages


def _said(found: Found) -> Turn:
    text = _EMPTY.get(found.language, _EMPTY["en"])
    yield TextDelta(text)
    yield Done(text, ())


EMPTY = Route(AnswerMode.SAID, _is_empty, _said)
ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
