"""Answering with what documents say side by side, or with why they cannot be compared."""

from __future__ import annotations

from desktop_rag.answer import tabulating
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.passages import Cited, TextDelta


def _serves(found: Found) -> bool:
    """Whether documents were laid side by side; a model tells of them only what was asked for."""
    compared = found.comparison
    return compared is not None and (found.question.model is None or not compared.topic)


def _asks(found: Found) -> bool:
    return found.comparison is not None and found.comparison.uncompared is not None


def _answered(found: Found) -> Turn:
    assert found.comparison is not None  # noqa: S101 - as `_serves` has seen, for mypy
    text, quotes = tabulating.told(found.comparison, found.passages, found.language)
    yield TextDelta(text)
    for quote in quotes:
        yield Cited(quote.passage)
    yield Done(text, quotes)


UNCOMPARED = Route(AnswerMode.SAID, _asks, _answered)
ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
