"""Answering what asks nothing of the documents with a sentence of the program's own."""

from __future__ import annotations

from desktop_rag.answer.asking import SAID
from desktop_rag.answer.replies import reply
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.passages import TextDelta


def _serves(found: Found) -> bool:
    return found.kind in SAID and not found.searched


def _answered(found: Found) -> Turn:
    text = reply(found.kind, found.language)
    yield TextDelta(text)
    yield Done(text, ())


ROUTE = Route(AnswerMode.SAID, _serves, _answered)
