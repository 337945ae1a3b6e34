"""The dates and amounts of a document, each once, whichever way it is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_rag.answer.checks.dates import DateClaim
from desktop_rag.answer.checks.figures import Figure
from desktop_rag.answer.checks.measures import NONE, is_money
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.naming.joining import JoinedName, MentionPlace
from desktop_rag.answer.units import CELL
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.ports import Analyzer

_TELLING = re.compile(
    r"\d|\b(?:hundred|thousand|(?:m|b|tr)illion|percent|cient|mil\b|millon|mill[oó]n|euros?\b|dollars?"
    r"|d[oó]lar|(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|miles?|a[nñ]os?|mes(?:es)?"
    r"|semanas?|d[ií]as?|horas?|minutos?|segundos?|metros?|kil[oó]metros?|siglos?|century)\b)",
    re.IGNORECASE,
)  # what a text has that has a date or an amount
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|of|since|from|to|by|until|till|before|after|during|and|or|early|late|mid|around|circa"
    r"|between|through|year|years|fiscal|the|en|de|del|desde|hasta|antes|despues|durante|y|o|a|al"
    r"|hacia|ano|anos|ejercicio|entre|season|temporada|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\s|[(,\-/–]\s?)$"
)
_BARE = re.compile(
    r"[\d.,() ]*[A-Z$]?|[^\W\d_]+|(?:one|un|una|uno|a)\s.*", re.IGNORECASE
)  # a number whose unit stands elsewhere, or what only counts as one
_UNCOUNTED = frozenset({"ordinal", "", "°"})
_LONGEST = 40  # signs of an amount as it is shown


class MeasureMention(NamedTuple):
    """A date or an amount at a place, by a key that all ways to write it have."""

    kind: EntityKind
    key: object
    written: str
    place: MentionPlace


class _Measure(NamedTuple):
    """A date or an amount in characters `start` to `end` of a text whose signs were evened."""

    kind: EntityKind
    key: object
    start: int
    end: int

    def mention(self, text: str, read: ReadText, place: MentionPlace) -> MeasureMention:
        """Return it with its place in the passage, as exactly as the evening lets."""
        written = read.text[self.start : self.end]
        start = self.start if len(read.text) == len(text) else text.find(written)
        if start < 0:
            return MeasureMention(self.kind, self.key, written.strip(), place)
        end = start + len(written)
        exact = place._replace(start=place.start + start, end=place.start + end)
        shown = " ".join(text[start:end].split())[:_LONGEST]
        return MeasureMention(self.kind, self.key, shown, exact)


def measured(
    text: str, language: str, place: MentionPlace, analyzer: Analyzer, *, row: bool
) -> Iterator[MeasureMention]:
    """Yield the dates and amounts of a sentence, or of a `row`, that stands at a `place`."""
    if not _TELLING.search(text):
        return
    if not row:
        yield from _of(text, language, place, analyzer, row=False)
        return
    start = 0
    for cell in text.split(CELL):
        part = place._replace(start=place.start + start, end=place.start + start + len(cell))
        if _TELLING.search(cell):
            yield from _of(cell, language, part, analyzer, row=True)
        start += len(cell) + len(CELL)


def _of(
    text: str, language: str, place: MentionPlace, analyzer: Analyzer, *, row: bool
) -> Iterator[MeasureMention]:
    """Yield the dates and amounts of a sentence or a cell."""
    read = ReadText(text, language, analyzer)
    for date in read.moments:
        if key := _day(date):
            found = _Measure(EntityKind.DATE, key, date.start, date.end)
            yield found.mention(text, read, place)
    for one in read.figures:
        if one.year and not row and _is_year(read, one):
            year = str(int(one.values[0]))
            start = read.text.index(year, one.start)
            found = _Measure(EntityKind.DATE, f"y:{year}", start, start + len(year))
            yield found.mention(text, read, place)
        elif _is_amount(one, read.text[one.start : one.end], row=row):
            amount = (one.unit.kind, one.values[0])
            found = _Measure(EntityKind.AMOUNT, amount, one.start, one.end)
            yield found.mention(text, read, place)


def _day(date: DateClaim) -> str:
    """Return the key of a day or a month of a year, or of a decade; none of a time or a weekday."""
    key = date.keys[0]
    if key.startswith("d:--"):
        return key if key.count("-") > 2 else ""  # noqa: PLR2004 - a month alone has two
    if key.startswith("y:"):
        if len(date.written) < len("1990"):
            return ""
        plain = key.endswith("s") or date.written.isdigit()
        return key if plain else f"{key} {date.written.casefold()}"
    return key if key.startswith("d:") else ""


def _is_year(read: ReadText, figure: Figure) -> bool:
    before = read.low[max(0, figure.start - 20) : figure.start]
    return bool(_BEFORE_YEAR.search(before))


def _is_amount(figure: Figure, written: str, *, row: bool) -> bool:
    """Tell what has a currency, a share or a unit, or is counted in thousands and more."""
    if not figure.values or figure.year or _BARE.fullmatch(written):
        return False
    if row:
        return is_money(figure.unit) or figure.unit.kind == "%"
    if figure.unit == NONE:
        return figure.scale > 1.0
    return figure.unit.kind not in _UNCOUNTED


def counted(mentions: Sequence[MeasureMention]) -> list[JoinedName]:
    """Return each date and each amount once, as it is written most often, with its places."""
    groups: defaultdict[tuple[EntityKind, object], list[MeasureMention]] = defaultdict(list)
    for one in mentions:
        groups[one.kind, one.key].append(one)
    found = []
    for (kind, _key), group in groups.items():
        written = Counter(one.written for one in group).most_common(1)[0][0]
        found.append(JoinedName(kind, written, tuple(one.place for one in group)))
    return found
