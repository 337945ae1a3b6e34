"""Turns of a conversation: as the chat shows them, as they are stored, as a model hears them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any, TypeVar

from desktop_rag.answer.turn import Done
from desktop_rag.domain.answers import (
    AnswerMode,
    Coverage,
    Extent,
    First,
    QuestionKind,
)
from desktop_rag.domain.documents import Box, DocumentId, Layer
from desktop_rag.domain.generation import Dropped, Exchange, Prepared
from desktop_rag.domain.occurrences import DocumentCount
from desktop_rag.domain.passages import Hit, Passage, Wording
from desktop_rag.gui.chat import digest_records, token_records
from desktop_rag.gui.chat.values import Budget, CardValue, LeftOut, Statistics, TurnValue, Way
from desktop_rag.gui.sources import Source
from desktop_rag.jobs.papers import check_of
from desktop_rag.library.conversations import Turn

_TOLD = 50  # exchanges at most, the latest: each has passages, which fill any context long before
Word = TypeVar("Word", bound=StrEnum)


def statistics_of(done: Done, seconds: float) -> Statistics:
    """Return how an answer came about."""
    generation = done.generation
    if generation is None:
        return Statistics(done.mode, seconds, 0, 0, 0, 0.0)
    return Statistics(
        mode=done.mode,
        seconds=seconds,
        prompt_tokens=generation.usage.prompt,
        cached_tokens=generation.usage.cached,
        answer_tokens=generation.usage.answer,
        decode_tps=generation.timings.decode_tps,
        prompt=done.prepared.text if done.prepared else "",
        left_out=_left_out(done.prepared),
        budget=_budget(done.prepared),
        written=generation.written,
    )


def _left_out(prepared: Prepared | None) -> LeftOut:
    dropped = prepared.dropped if prepared else Dropped()
    return LeftOut(len(dropped.passages), dropped.exchanges, len(dropped.shortened))


def _budget(prepared: Prepared | None) -> Budget | None:
    room = prepared.room if prepared else None
    if prepared is None or room is None:
        return None
    passages = max(0, prepared.prompt_tokens - room.system - room.history - room.question)
    return Budget(room.system, room.history, passages, room.question, room.reserve, room.limit)


def stored(turn: TurnValue) -> str:
    """Return what of a turn has no column of its own, as JSON."""
    return json.dumps(
        {
            "sources": [asdict(source) for source in turn.sources],
            "cited": [asdict(source) for source in turn.cited],
            "statistics": _statistics_values(turn.statistics),
            "written": token_records.packed(turn.statistics.written if turn.statistics else ()),
            "error": turn.error,
            "language": turn.language,
            "read": turn.read,
            "thoughts": turn.thoughts,
            "thought_seconds": turn.thought_seconds,
            "incomplete": turn.incomplete,
            "wording": asdict(turn.wording),
            "kind": turn.kind,
            "searched": turn.searched,
            "quotes": [asdict(source) for source in turn.quotes],
            "checks": [asdict(check) for check in turn.checks],
            "first": turn.first,
            "refused": turn.refused,
            "sufficiency": turn.sufficiency,
            "strict": turn.strict,
            "chose": asdict(turn.chose) if turn.chose else None,
            "coverage": asdict(turn.coverage),
            "counts": [asdict(count) for count in turn.counts],
            "entities": [digest_records.packed(one) for one in turn.entities],
            "left_out": turn.left_out,
            "cards": [asdict(card) for card in turn.cards],
        },
        ensure_ascii=False,
    )


def restored(turn: Turn) -> TurnValue:
    """Return a stored turn; what cannot be read of it is left out."""
    bare = TurnValue(turn.id, turn.question, turn.answer, (), (), None, turn.stopped)
    try:
        values: dict[str, Any] = json.loads(turn.payload)
        return replace(
            _trusted(bare, values),
            sources=tuple(_source(value) for value in values["sources"]),
            cited=tuple(_source(value) for value in values["cited"]),
            statistics=_statistics(values["statistics"], values.get("written", ())),
            error=str(values["error"]),
            language=str(values.get("language", "en")),
            read=tuple(values["read"]) if values.get("read") is not None else None,
            thoughts=str(values.get("thoughts", "")),
            thought_seconds=float(values.get("thought_seconds", 0.0)),
            incomplete=int(values.get("incomplete", 0)),
            wording=_wording(values.get("wording", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return bare


def _trusted(turn: TurnValue, values: dict[str, Any]) -> TurnValue:
    """Return a turn with what is known of how far its answer is to be trusted."""
    sure = values.get("sufficiency")
    return replace(
        turn,
        kind=_word(QuestionKind, values.get("kind"), QuestionKind.QUESTION),
        searched=str(values.get("searched", "")),
        quotes=tuple(_source(value) for value in values.get("quotes", ())),
        checks=tuple(filter(None, map(check_of, values.get("checks", ())))),
        first=_word(First, values.get("first"), First.ANSWER),
        refused=bool(values.get("refused", False)),
        sufficiency=None if sure is None else float(sure),
        strict=bool(values.get("strict", False)),
        chose=_way(values.get("chose")),
        coverage=_coverage(values.get("coverage")),
        counts=tuple(map(_count, values.get("counts", ()))),
        entities=tuple(filter(None, map(digest_records.unpacked, values.get("entities", ())))),
        left_out=int(values.get("left_out", 0)),
        cards=tuple(_card(value) for value in values.get("cards", ())),
    )


def _card(values: dict[str, Any]) -> CardValue:
    return CardValue(str(values["question"]), str(values["answer"]), _source(values["source"]))


def _way(values: dict[str, Any] | None) -> Way | None:
    """Return the way a person chose; None where it is none that is known here."""
    if not values or values["kind"] not in set(QuestionKind):
        return None
    extent = values.get("extent")
    return Way(QuestionKind(values["kind"]), Extent(extent) if extent in set(Extent) else None)


def _coverage(values: dict[str, Any] | None) -> Coverage:
    if not values:
        return Coverage()
    read = tuple(DocumentId(str(one)) for one in values["documents"])
    counts = (int(values["pages"]), str(values["part"]), int(values["among"]))
    return Coverage(read, *counts, bool(values["beginnings"]))


def _count(values: dict[str, Any]) -> DocumentCount:
    return DocumentCount(
        document=DocumentId(str(values["document"])),
        title=str(values["title"]),
        hits=int(values["hits"]),
        pages=tuple(map(str, values["pages"])),
    )


def _word(kind: type[Word], value: object, otherwise: Word) -> Word:
    """Return the one of `kind` that is stored as `value`; a later version may know others."""
    return next((word for word in kind if word == value), otherwise)


def exchanges_of(turns: Sequence[TurnValue]) -> tuple[Exchange, ...]:
    """Return earlier turns as a model was told them; those without an answer are left out.

    So are those whose passages have numbers that an earlier one's have.
    """
    told = []
    taken: set[int] = set()
    for turn in turns[-_TOLD:]:
        numbers = {one.number for one in turn.sources}
        if turn.answer and not turn.error and not numbers & taken:
            read = numbers if turn.read is None else numbers & set(turn.read)
            passages = tuple(_passage(one) for one in turn.sources if one.number in read)
            told.append(Exchange(turn.question, turn.answer, passages, turn.language))
            taken |= numbers
    return tuple(told)


def _passage(source: Source) -> Passage:
    hit = Hit(
        document=source.document,
        ordinal=0,
        page=source.page,
        page_label=source.page_label,
        header=source.header or source.title,
        text=source.snippet,
        words=(),
        score=0.0,
        layer=source.layer,
        language=source.language,
    )
    return Passage(source.number, hit)


def _statistics_values(statistics: Statistics | None) -> dict[str, Any] | None:
    """Return how an answer came about, without the tokens, of which there are many."""
    return asdict(replace(statistics, written=())) if statistics else None


def _statistics(values: dict[str, Any] | None, written: Sequence[Any]) -> Statistics | None:
    """Return how an answer came about; None where it did in a way that is not known here."""
    if not values or values["mode"] not in set(AnswerMode):
        return None
    made = Statistics(**(values | {"mode": AnswerMode(values["mode"])}))
    budget = Budget(**values["budget"]) if values.get("budget") else None
    left = LeftOut(**values.get("left_out", {}))
    return replace(made, left_out=left, budget=budget, written=token_records.unpacked(written))


def _wording(values: dict[str, Any]) -> Wording:
    mended = tuple((str(word), str(other)) for word, other in values.get("mended", ()))
    phrases = tuple(map(str, values.get("phrases", ())))
    return Wording(phrases, int(values.get("phrase_hits", 0)), mended)


def _source(values: dict[str, Any]) -> Source:
    boxes = tuple(
        Box._make(box) if isinstance(box, list) else Box(**box) for box in values["boxes"]
    )
    later = tuple((page, Box._make(box)) for page, box in values.get("continued", ()))
    layer = Layer(values.get("layer", Layer.BODY))
    made = {"document": DocumentId(values["document"]), "boxes": boxes, "continued": later}
    return Source(**(values | made | {"layer": layer}))
