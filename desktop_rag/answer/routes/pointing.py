"""Answering with the key points of documents, section by section, and with what they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.extraction import Quoted, quote_of
from desktop_rag.answer.turn import Done, Found, Route, Turn
from desktop_rag.domain.answers import AnswerMode
from desktop_rag.domain.digests import CardsRead, PointsRead
from desktop_rag.domain.entities import Entity, EntityKind
from desktop_rag.domain.passages import Cited, TextDelta

_TOLD = 8  # names of a kind beside key points; all are listed by themselves
_TOLD_ALONE = 40  # where nothing else is asked for
_KINDS = {
    "en": {
        EntityKind.PERSON: "People",
        EntityKind.ORGANISATION: "Organisations",
        EntityKind.PLACE: "Places",
        EntityKind.DATE: "Dates",
        EntityKind.AMOUNT: "Amounts",
    },
    "es": {
        EntityKind.PERSON: "Personas",
        EntityKind.ORGANISATION: "Organizaciones",
        EntityKind.PLACE: "Lugares",
        EntityKind.DATE: "Fechas",
        EntityKind.AMOUNT: "Cantidades",
    },
}
_NOTHING = {
    "en": "Nothing was found here to take points, names or questions from.",
    "es": "Aquí no se encontró nada de donde sacar puntos, nombres ni preguntas.",
}
_MORE = {"en": "and {count} more", "es": "y {count} más"}


def _is_empty(found: Found) -> bool:
    match found.digest:
        case PointsRead(hits=hits, entities=entities):
            return not hits and not entities
        case CardsRead(drafts=drafts):
            return not drafts
        case None:
            return False


def _told_empty(found: Found) -> Turn:
    said = _NOTHING.get(found.language, _NOTHING["en"])
    yield TextDelta(said)
    yield Done(said, ())


def _serves(found: Found) -> bool:
    return isinstance(found.digest, PointsRead)


def _answered(found: Found) -> Turn:
    read = found.digest
    assert isinstance(read, PointsRead)  # noqa: S101 - as `_serves` has seen, for mypy
    quotes = [quote_of(Quoted(found.passages[at], (span,))) for at, span in read.spans]
    text = ""
    told = zip(read.headings, quotes, strict=True)
    for heading, group in groupby(told, key=lambda one: one[0]):
        if heading:
            said = f"**{_plain(heading)}**\n\n"
            text += said
            yield TextDelta(said)
        for _heading, quote in group:
            said = f"- {without_own_marks(quote.text)} [{quote.passage.number}]\n"
            text += said
            yield TextDelta(said)
            yield Cited(quote.passage)
        text += "\n"
        yield TextDelta("\n")
    lists = "\n\n".join(_lists(read.entities, found.language, _TOLD if quotes else _TOLD_ALONE))
    yield TextDelta(lists)
    yield Done(
        (text + lists).strip(),
        tuple(quotes),
        entities=read.entities,
        left_out=read.left_out,
    )


def _lists(entities: Sequence[Entity], language: str, limit: int) -> Iterator[str]:
    """Yield a line for each kind of what is named: what is named most often, and how often."""
    words = _KINDS.get(language, _KINDS["en"])
    for kind, group in groupby(entities, key=lambda one: one.kind):
        named = list(group)
        parts = [f"{_plain(one.text)} ({one.count})" for one in named[:limit]]
        if len(named) > limit:
            more = _MORE.get(language, _MORE["en"])
            parts.append(more.format(count=len(named) - limit))
        yield f"**{words[kind]}:** {', '.join(parts)}"


def _plain(text: str) -> str:
    """Return words of a document on one line, none of which is taken for a mark of ours."""
    return " ".join(without_own_marks(text).replace("**", "").split())


EMPTY = Route(AnswerMode.SAID, _is_empty, _told_empty)
ROUTE = Route(AnswerMode.EXTRACT, _serves, _answered)
