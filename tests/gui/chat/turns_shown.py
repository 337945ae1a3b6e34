"""Turns for tests of what is shown of an answer."""

from __future__ import annotations

from typing import Any

from desktop_rag.domain.answers import (
    AnswerMode,
    Ground,
    Reason,
    SentenceCheck,
    SentenceVerdict,
)
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.gui.chat.values import Statistics, TurnValue
from desktop_rag.gui.sources import Source

BOX = (Box(0, 0, 1, 0.1),)


def statistics(mode: AnswerMode) -> Statistics:
    return Statistics(mode, 1.2, 2100, 1500, 512, 43.0, "<|system|> exact")


def source(number: int, snippet: str = "", **changes: Any) -> Source:
    title, document = f"Report {number}", DocumentId(f"d{number}")
    told = snippet or f"Passage {number} says so."
    return Source(number, document, title, number, "xiv", told, BOX, **changes)


def turn(answer: str, mode: AnswerMode = AnswerMode.MODEL, **changes: Any) -> TurnValue:
    values = {"sources": (source(7), source(8), source(9)), "cited": ()} | changes
    return TurnValue(1, "Why?", answer, statistics=statistics(mode), **values)


def check(
    sentence: str,
    verdict: SentenceVerdict = SentenceVerdict.NOT_FOUND,
    ground: Ground = Ground.UNRELATED,
    words: tuple[str, ...] = (),
) -> SentenceCheck:
    return SentenceCheck(0, len(sentence), sentence, verdict, Reason(ground, words))
