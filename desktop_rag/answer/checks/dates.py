"""Days, months, years and fiscal years, whichever way a text writes them.

Days and times are read by the analyzer. A month or a day of the week by itself, a decade and a
fiscal year ("FY18", "1T 2019") are read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_rag.domain.ports import ExactString

_MONTH_NAMES = """january enero|february febrero|march marzo|april abril|may mayo|june junio
|july julio|august agosto|september septiembre setiembre|october octubre|november noviembre
|december diciembre"""
_DAY_NAMES = """monday lunes|tuesday martes|wednesday miercoles|thursday jueves|friday viernes
|saturday sabado|sunday domingo"""
_MONTHS = {
    name: f"d:--{month:02}"
    for month, names in enumerate(_MONTH_NAMES.split("|"), 1)
    for name in names.split()
}
_WEEKDAYS = {
    name: f"w:{day}" for day, names in enumerate(_DAY_NAMES.split("|")) for name in names.split()
}
CALENDAR = frozenset(_MONTHS) | frozenset(_WEEKDAYS)
_VERBS = frozenset({"may", "march"})  # and adverbs: months only where they are written large
_WORD = re.compile(r"\b(?:" + "|".join(CALENDAR) + r")\b")
_FISCAL = re.compile(
    r"\b(?:fy|cy|ej|ejercicio\s|q[1-4][\s'-]?|[1-4][qt][\s'-]?)'?(?P<year>\d{4}|\d\d)\b"
)
_SHORT_SPAN = re.compile(r"\b(?P<first>(?:1\d|20)\d\d)[-/](?P<year>\d\d)\b(?![-/]\d)")
_DECADE = re.compile(r"\b(?P<year>(?:1\d|20)?\d0)'?s\b|\b(?:anos|decada de los)\s(?P<es>\d0)\b")
_CENTURY = 70
_DAY_KEY = re.compile(r"d:(?P<year>\d{4}|-)-(?P<month>\d\d)(?:-(?P<day>\d\d))?$")


class DateClaim(NamedTuple):
    """A date in characters `start` to `end` of a plain text: it may be each of `keys`.

    Keys are those of the analyzer, `y:2018` for a year, `w:0` for a Monday, `y:1990s` for a decade.
    """

    start: int
    end: int
    written: str
    keys: tuple[str, ...]


def moments(text: str, low: str, exact: Sequence[ExactString]) -> tuple[DateClaim, ...]:
    """Return the dates of a plain text in order; `low` is the same, folded, sign by sign."""
    found: list[DateClaim] = []
    for one in exact:
        keys = [key for key in one.keys if key[:2] in {"d:", "t:"}]
        keys = keys or [key for key in one.readings if key[:2] == "d:" and not one.loose]
        if keys:
            found.append(DateClaim(one.start, one.end, text[one.start : one.end], tuple(keys)))
    for other in (*_words(text, low), *_years(text, low)):
        if not any(one.start < other.end and other.start < one.end for one in found):
            found.append(other)
    return tuple(sorted(found))


def _words(text: str, low: str) -> Iterator[DateClaim]:
    for match in _WORD.finditer(low):
        name = match.group()
        if name in _VERBS and (not text[match.start()].isupper() or _opens(text, match.start())):
            continue
        key = _MONTHS.get(name) or _WEEKDAYS[name]
        yield DateClaim(*match.span(), text[match.start() : match.end()], (key,))


def _opens(text: str, start: int) -> bool:
    return not text[:start].rstrip() or text[:start].rstrip()[-1] in ".!?:"


def _years(text: str, low: str) -> Iterator[DateClaim]:
    for match in _FISCAL.finditer(low):
        yield _year(text, *match.span(), full(match["year"]))
    for match in _SHORT_SPAN.finditer(low):
        first, last = match["first"], match["year"]
        yield _year(text, *match.span("first"), first)
        yield _year(text, *match.span("year"), first[:2] + last)
    for match in _DECADE.finditer(low):
        year = match["year"] or match["es"]
        year = year if len(year) > len("90") else f"19{year}"
        yield DateClaim(*match.span(), text[match.start() : match.end()], (f"y:{year}s",))


def _year(text: str, start: int, end: int, year: str) -> DateClaim:
    return DateClaim(start, end, text[start:end], (f"y:{year}",))


def full(year: str) -> str:
    """Return a year of two digits in four.

    >>> full("18"), full("98"), full("2018")
    ('2018', '1998', '2018')
    """
    if len(year) == len("2018"):
        return year
    return f"{'19' if int(year) >= _CENTURY else '20'}{year}"


def held(claimed: DateClaim, found: Sequence[DateClaim], years: frozenset[str]) -> bool:
    """Tell whether a date is among those `found`, or put together from them and from `years`."""
    keys = {key for one in found for key in one.keys}
    return any(key in keys or _within(key, keys, years) for key in claimed.keys)


def _within(key: str, keys: set[str], years: frozenset[str]) -> bool:
    if key.startswith("y:"):
        return key[2:] in years
    if key.startswith("t:"):
        return any(one.startswith(key) or key.startswith(one) for one in keys if one[:2] == "t:")
    parts = _DAY_KEY.match(key)
    if not parts:
        return False
    year, month, day = parts["year"], parts["month"], parts["day"]
    for other in filter(None, map(_DAY_KEY.match, keys)):
        if other["month"] != month or (day and other["day"] != day):
            continue
        if year in {"-", other["year"]} or (other["year"] == "-" and year in years):
            return True
    return False


def years_of(found: Sequence[DateClaim]) -> frozenset[str]:
    """Return the years that dates name."""
    years = set()
    for one in found:
        for key in one.keys:
            if key.startswith("y:"):
                years.add(key[2:])
            elif (parts := _DAY_KEY.match(key)) and parts["year"] != "-":
                years.add(parts["year"])
    return frozenset(years)
