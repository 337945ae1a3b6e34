"""Turns of a conversation: as the chat shows them, as they are stored, as a model hears them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from desktop_rag.answer.extraction import whole
from desktop_rag.answer.turn import Done
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.generation import Exchange
from desktop_rag.domain.passages import Hit, Passage, Quote
from desktop_rag.gui.chat_values import Source, Statistics, TurnValue

Titles = Mapping[DocumentId, str]


def source_of(passage: Passage, titles: Titles) -> Source:
    """Return a passage as a card shows it, with the boxes of all its words."""
    hit = passage.hit
    return Source(
        number=passage.number,
        document=hit.document,
        title=titles.get(hit.document, ""),
        page=hit.page,
        page_label=hit.page_label,
        snippet=hit.text,
        boxes=tuple(whole(hit)),
    )


def cited_of(quote: Quote, titles: Titles) -> Source:
    """Return a citation, with the boxes of the words that it rests on."""
    hit = quote.passage.hit
    return Source(
        number=quote.passage.number,
        document=hit.document,
        title=titles.get(hit.document, ""),
        page=hit.page,
        page_label=hit.page_label,
        snippet=quote.text,
        boxes=quote.boxes,
    )


def statistics_of(done: Done, seconds: float) -> Statistics:
    """Return how an answer came about."""
    generation = done.generation
    if generation is None:
        return Statistics("extract", seconds, 0, 0, 0, 0.0)
    return Statistics(
        mode="model",
        seconds=seconds,
        prompt_tokens=generation.usage.prompt,
        cached_tokens=generation.usage.cached,
        answer_tokens=generation.usage.answer,
        decode_tps=generation.timings.decode_tps,
        prompt=done.prepared.text if done.prepared else "",
    )


def stored(turn: TurnValue) -> str:
    """Return what of a turn has no column of its own, as JSON."""
    return json.dumps(
        {
            "sources": [asdict(source) for source in turn.sources],
            "cited": [asdict(source) for source in turn.cited],
            "statistics": asdict(turn.statistics) if turn.statistics else None,
            "error": turn.error,
        },
        ensure_ascii=False,
    )


def restored(id_: int, question: str, answer: str, payload: str, *, stopped: bool) -> TurnValue:
    """Return a stored turn; what cannot be read of it is left out."""
    try:
        values: dict[str, Any] = json.loads(payload)
        sources = tuple(_source(value) for value in values["sources"])
        cited = tuple(_source(value) for value in values["cited"])
        statistics = Statistics(**values["statistics"]) if values["statistics"] else None
        error = str(values["error"])
    except (ValueError, KeyError, TypeError):
        return TurnValue(id_, question, answer, (), (), None, stopped)
    return TurnValue(id_, question, answer, sources, cited, statistics, stopped, error)


def exchanges_of(turns: Sequence[TurnValue]) -> tuple[Exchange, ...]:
    """Return earlier turns as a model is told them; those without an answer are left out.

    So are those whose passages have numbers that an earlier one's have.
    """
    told = []
    taken: set[int] = set()
    for turn in turns:
        numbers = {one.number for one in turn.sources}
        if turn.answer and not turn.error and not numbers & taken:
            passages = tuple(_passage(one) for one in turn.sources)
            told.append(Exchange(turn.question, turn.answer, passages))
            taken |= numbers
    return tuple(told)


def _passage(source: Source) -> Passage:
    hit = Hit(
        document=source.document,
        ordinal=0,
        page=source.page,
        page_label=source.page_label,
        header=source.title,
        text=source.snippet,
        words=(),
        score=0.0,
    )
    return Passage(source.number, hit)


def _source(values: dict[str, Any]) -> Source:
    boxes = tuple(
        Box._make(box) if isinstance(box, list) else Box(**box) for box in values["boxes"]
    )
    return Source(**(values | {"document": DocumentId(values["document"]), "boxes": boxes}))
