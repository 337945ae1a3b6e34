"""Dates and times of day in one canonical form, whichever way a text writes them.

A day becomes `d:2024-03-05`, a month `d:2024-03`, a day of any year `d:--03-05` as in ISO 8601, and
a time `t:14:30`. Where a language does not say whether the day or the month comes first, both are
only possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = {
    name: month
    for month, names in enumerate(
        """january jan enero ene januar janner janvier gennaio gen janeiro januari gener styczen
        february feb febrero februar fevrier febbraio fevereiro februari febrer luty fev febr
        march mar marzo marz maerz mars marco maart mrt marc marzec
        april apr abril abr avril aprile avr kwiecien
        may mayo mai maggio maio mei maig maj mag
        june jun junio juni juin giugno junho juny giu czerwiec
        july jul julio juli juillet luglio julho juliol juil lug lipiec
        august aug agosto ago aout augustus agost sierpien
        september sep sept septiembre septembre settembre setembro setembre set setiembre wrzesien
        october oct octubre oktober octobre ottobre outubro okt ott out pazdziernik
        november nov noviembre novembre novembro listopad
        december dec diciembre dic dezember decembre dicembre dezembro dez desembre grudzien"""
        .splitlines(),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>\d{4})(?![\w-]|[.,]\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.]?[ºª°o]|[.])?"
_OF = r"(?:[\s-]{1,2}|[.]\s?|\s(?:of|de|del|di|d')\s)"
_MONTH = rf"(?P<month>{_NAME})\b[.]?"
_SPELLED = (
    re.compile(rf"(?<![\w.,-])(?:{_DAY}{_OF})?{_MONTH}{_OF}{_YEAR}"),
    re.compile(rf"(?<![\w.,-]){_MONTH}\s{_DAY}(?:,?\s|,){_YEAR}"),
    re.compile(rf"(?<![\w.,-]){_DAY}{_OF}{_MONTH}(?![\w-]|\s(?:de\s|of\s|del\s)?\d{{4}})"),
    re.compile(rf"(?<![\w.,-]){_MONTH}\s{_DAY}(?![\w-]|[.,:]\d|,?\s\d{{4}})"),
)
_NAMES = re.compile(
    rf"\d\S{{0,2}}(?:\s(?:de|of|del|di))?[\s.-]{{0,2}}(?:{_NAME})|(?:{_NAME})[\s.-]\D{{0,4}}\d"
)
_COMPACT = re.compile(rf"(?<!\w)(?P<day>\d\d)(?P<month>{_NAME})(?P<year>\d{{4}})(?!\w)")
_ISO = re.compile(
    r"(?<![\w.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"
    r"(?![\d-]|[./]\d)"
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<a>\d\d?)(?P<mark>[-/.])[ ]?(?P<b>\d\d?)(?P=mark)[ ]?"
    r"(?P<year>\d{4}|\d\d)(?![\w-]|[./,]\d)"
)
_TIME = re.compile(
    r"(?<![\w.,:-])(?P<hour>[01]?\d|2[0-3])(?:[:h](?P<minute>[0-5]\d)(?P<second>:[0-5]\d)?"
    r"|[.](?P<dotted>[0-5]\d)(?=\s?(?:uhr|h\b|[ap][.]?m\b)))?"
    r"\s?(?P<half>[ap][.]?\s?m\b[.]?)?(?![\w:]|[.,]\d)"
)
_MONTH_FIRST = frozenset({"en", ""})  # at least in some places
_DIGITS = re.compile(r"\d")
_CENTURY = 70  # "69" is 2069, "70" is 1970, as POSIX has it
_LAST_MONTH, _LAST_DAY = 12, 31


class Moment(NamedTuple):
    """A date or a time in characters `start` to `end`: what it is, and what it only may be."""

    start: int
    end: int
    keys: tuple[str, ...]
    readings: tuple[str, ...] = ()


def moments(text: str, language: str) -> Iterator[Moment]:
    """Yield the dates and times of a folded text; `language` is an ISO 639-1 code or empty."""
    if not _DIGITS.search(text):
        return
    yield from _spelled(text)
    for found in _ISO.finditer(text):
        key = _key(found["year"], int(found["month"]), int(found["day"]))
        if key:
            yield Moment(*found.span(), (key,), _wider(key))
    for found in _NUMERIC.finditer(text):
        yield from _numeric(found, language)
    yield from _times(text)


def _spelled(text: str) -> Iterator[Moment]:
    if not _NAMES.search(text):
        return
    for pattern in (*_SPELLED, _COMPACT):
        for found in pattern.finditer(text):
            parts = found.groupdict()
            day = int(parts.get("day") or 0)
            key = _key(parts.get("year") or "", _MONTHS[parts["month"]], day)
            if key:
                yield Moment(*found.span(), (key,), _wider(key))


def _numeric(found: re.Match[str], language: str) -> Iterator[Moment]:
    """Yield a date of three numbers with its year at the end."""
    year, a, b = found["year"], int(found["a"]), int(found["b"])
    day_first, month_first = _key(_full(year), b, a), _key(_full(year), a, b)
    if found["mark"] == ".":
        meant = [day_first]
    elif language in _MONTH_FIRST:
        meant = [day_first, month_first]
    else:
        meant = [day_first or month_first]
    keys = tuple(dict.fromkeys(filter(None, meant)))  # one where only one is a date
    if len(keys) == 1 and len(year) == len("2024"):
        yield Moment(*found.span(), keys, _wider(*keys))
    elif keys:
        yield Moment(*found.span(), (), keys)


def _times(text: str) -> Iterator[Moment]:
    for found in _TIME.finditer(text):
        minute = found["minute"] or found["dotted"]
        half = (found["half"] or "")[:1]
        hour = int(found["hour"])
        if (minute is None and not half) or (half and not 1 <= hour <= _LAST_MONTH):
            continue
        if half:
            hour = hour % 12 + 12 * (half == "p")
        key = f"t:{hour:02}:{minute or '00'}"
        second = found["second"]
        yield Moment(*found.span(), (key + second,) if second else (key,), (key,) * bool(second))


def _full(year: str) -> str:
    if len(year) == len("2024"):
        return year
    return f"{'19' if int(year) >= _CENTURY else '20'}{year}"


def _key(year: str, month: int, day: int) -> str:
    """Return the name of a day or month, nothing if there is no such."""
    if not 1 <= month <= _LAST_MONTH or day > _LAST_DAY:
        return ""
    return f"d:{year or '-'}-{month:02}" + (f"-{day:02}" if day else "")


def _wider(*keys: str) -> tuple[str, ...]:
    """Return the month, and the day of any year, that a day belongs to."""
    found = []
    for key in keys:
        year, month, day = key[2:6], key[-5:-3], key[-2:]
        if len(key) == len("d:2024-03-05"):
            found += [f"d:{year}-{month}", f"d:--{month}-{day}"]
    return tuple(found)
