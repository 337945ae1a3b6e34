"""What a cell of a table rests on, as it is stored beside it: quotes with places, and checks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desktop_rag.domain.answers import Ground, Reason, SentenceCheck, SentenceVerdict
from desktop_rag.domain.documents import Box, DocumentId, Layer, PageBox
from desktop_rag.domain.passages import Quote


@dataclass(frozen=True, slots=True)
class CellQuote:
    """Words of a document that a cell rests on, under the number that an answer cites them by.

    `boxes` are on its page, counted from 0; `continued` on those after it.
    """

    number: int
    document: DocumentId
    page: int
    page_label: str
    text: str
    boxes: tuple[Box, ...] = ()
    continued: tuple[PageBox, ...] = ()
    layer: Layer = Layer.BODY
    recognized: bool = False


@dataclass(frozen=True, slots=True)
class CellGrounds:
    """What a cell rests on; `written` is what a model wrote where the cell says something else.

    The `checks` are of its sentences, or of the cell's where nothing else was written.
    """

    quotes: tuple[CellQuote, ...] = ()
    checks: tuple[SentenceCheck, ...] = ()
    written: str = ""


def quoted(quotes: Sequence[Quote]) -> tuple[CellQuote, ...]:
    """Return quotes as a cell keeps them, each place once."""
    found = {
        (one.passage.hit.document, one.passage.hit.page, one.text): CellQuote(
            number=one.passage.number,
            document=one.passage.hit.document,
            page=one.passage.hit.page,
            page_label=one.passage.hit.page_label,
            text=one.text,
            boxes=one.boxes,
            continued=one.continued,
            layer=one.passage.hit.layer,
            recognized=one.passage.hit.recognized,
        )
        for one in quotes
    }
    return tuple(found.values())


def stored(grounds: CellGrounds) -> str:
    """Return what a cell rests on as JSON."""
    return json.dumps(asdict(grounds), ensure_ascii=False)


def restored(payload: str) -> CellGrounds:
    """Return what a cell rests on; of what cannot be read, nothing."""
    try:
        values: dict[str, Any] = json.loads(payload)
        return CellGrounds(
            tuple(map(_quote, values.get("quotes", ()))),
            tuple(map(_check, values.get("checks", ()))),
            str(values.get("written", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return CellGrounds()


def _quote(values: dict[str, Any]) -> CellQuote:
    return CellQuote(
        number=int(values["number"]),
        document=DocumentId(values["document"]),
        page=int(values["page"]),
        page_label=str(values["page_label"]),
        text=str(values["text"]),
        boxes=tuple(Box._make(box) for box in values["boxes"]),
        continued=tuple((int(page), Box._make(box)) for page, box in values["continued"]),
        layer=Layer(values["layer"]),
        recognized=bool(values["recognized"]),
    )


def _check(values: dict[str, Any]) -> SentenceCheck:
    reason = values["reason"]
    return SentenceCheck(
        start=int(values["start"]),
        end=int(values["end"]),
        sentence=str(values["sentence"]),
        verdict=SentenceVerdict(values["verdict"]),
        reason=Reason(Ground(reason["ground"]), tuple(map(str, reason["words"]))),
        citations=tuple(map(int, values["citations"])),
    )
