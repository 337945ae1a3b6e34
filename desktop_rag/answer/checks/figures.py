"""Numbers with unit and scale, in figures and in words, in English and Spanish.

The digits are read by the analyzer, words by text2num; what a number counts, and in millions or
not, `measures` says. A year is a number of four digits that counts nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from text_to_num import find_numbers

from desktop_rag.answer.checks.measures import NONE, CountedUnit, around
from desktop_rag.answer.checks.tokens import TextToken
from desktop_rag.domain.ports import ExactString

_KEY = re.compile(r"n:(-?\d+(?:\.\d+)?)")
_WORDED = ("en", "es")
_FEW = 3  # counts in words up to this often say what the passage only lists
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_ABOUT = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|over|under|some|more than|less than|"
    r"at least|up to|close to|cerca de|alrededor de|aproximadamente|casi|unos|unas|mas de|menos de|"
    r"al menos|hasta)\s\W?$"
)
_CLOSE = 1e-9
_TEN = 10
_BETWEEN = 10  # letters between the two numbers of a range, at most
_TELLING = 2  # significant digits of a number that may be rounded
_ORDINAL = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3})(?:st|nd|rd|th|[.]?[ºª]|er|va|vo|ma|mo)(?!\w)"
)
_UNCOUNTED_WORDS = """
    one ones uno una un first second third primer primero primera"""
_NO_NUMBER = frozenset(_UNCOUNTED_WORDS.split())


class Figure(NamedTuple):
    """A number in characters `start` to `end` of a plain text; it may mean each of `values`.

    They are in units of its `unit`'s kind and of 1, with its `scale` and factor in them; `step` is
    what its last digit counts, `digits` are the significant ones.
    """

    start: int
    end: int
    written: str
    values: tuple[float, ...]
    unit: CountedUnit = NONE
    scale: float = 1.0
    step: float = 1.0
    digits: int = 1
    year: bool = False
    about: bool = False
    small: bool = False
    loss: bool = False


def figures(
    text: str, low: str, exact: Sequence[ExactString], words: Sequence[TextToken], language: str
) -> tuple[Figure, ...]:
    """Return the numbers of a plain text in order; `low` is the same without capitals and accents.

    `exact` are its exact strings and `words` its tokens.
    """
    whole = [
        (one.start, one.end)
        for one in exact
        if not one.loose
        and not _is_number(one)
        and not _is_range(one)
        and (one.keys or one.readings)
    ]
    found: dict[int, Figure] = {}
    end = 0
    for one in exact:
        if one.loose or not _is_number(one) or one.start < end:
            continue
        if any(start <= one.start and one.end <= last for start, last in whole):
            continue
        figure = _figure(text, low, one)
        found[figure.start] = figure
        end = one.end
    for match in _ORDINAL.finditer(low):
        value = float(match["number"])
        written = match.group()
        found[match.start()] = Figure(
            *match.span(), written, (value,), CountedUnit("ordinal"), small=False
        )
    taken = [(one.start, one.end) for one in found.values()]
    for worded in _worded(low, words, language):
        if not any(start < worded.end and worded.start < last for start, last in taken):
            found[worded.start] = worded
            taken.append((worded.start, worded.end))
    return _shared([found[start] for start in sorted(found)], low)


def _is_number(one: ExactString) -> bool:
    return any(key.startswith("n:") for key in one.keys)


def _is_range(one: ExactString) -> bool:
    return any(key.startswith("r:") for key in one.keys)


def _figure(text: str, low: str, one: ExactString) -> Figure:
    spans = re.search(r"\d(?:[\d.,' ]*\d)?", text[one.start : one.end])
    assert spans is not None  # noqa: S101 - an exact string with a number has a digit
    start, end = one.start + spans.start(), one.start + spans.end()
    sure, less = _digits(one.keys), _digits(one.readings)
    scale, unit, after = around(low, start, end)
    closed = re.match(r"\s?%?\s?\)", text[end:])
    loss = closed is not None and re.search(r"\(\s?[$€£]?\s?$", text[:start]) is not None
    if closed and loss and scale == 1.0 and unit == NONE:
        scale, unit, after = around(low, start, end + closed.end())
    year = _is_year(text[start:end], scale, unit)
    by = scale * unit.factor
    digits = sure if scale != 1.0 else sure + less  # "1,577 million" is no 1.577 million
    values = tuple(dict.fromkeys(float(one) * by for one in digits))
    decimals = len(digits[0].partition(".")[2]) if digits else 0
    return Figure(
        one.start if text[one.start] not in "+-" else start,
        after,
        " ".join(text[one.start : max(after, one.end)].split()),
        values,
        unit,
        scale,
        step=by * 10.0**-decimals,
        digits=_significant(digits[0]) if digits else 0,
        year=year,
        about=bool(_ABOUT.search(low[max(0, start - 20) : start])),
        loss=loss,
    )


def _digits(keys: Sequence[str]) -> list[str]:
    return [match.group(1) for key in keys if (match := _KEY.match(key))]


def _significant(digits: str) -> int:
    """Return how many digits of a number say something: zeros at either end need not."""
    plain = digits.replace(".", "").lstrip("-0")
    return len(plain if "." in digits else plain.rstrip("0"))


def _is_year(written: str, scale: float, unit: CountedUnit) -> bool:
    return (
        len(written) == len("2024")
        and written.isdecimal()
        and _FIRST_YEAR <= int(written) <= _LAST_YEAR
        and scale == 1.0
        and not unit.kind
    )


class _Worded:
    """A token as text2num takes it."""

    __slots__ = ("token",)

    def __init__(self, token: TextToken) -> None:
        self.token = token

    def text(self) -> str:
        return self.token.text

    def nt_separated(self, previous: _Worded) -> bool:
        return previous is None

    def not_a_number_part(self) -> bool:
        return self.token.text[0].isdigit() or not self.token.text[0].isalpha()


def _worded(low: str, words: Sequence[TextToken], language: str) -> Iterator[Figure]:
    """Yield the numbers that are written in words."""
    parts = [_Worded(one) for one in words]
    for one in find_numbers(parts, language if language in _WORDED else "en", threshold=0.0):
        start, end = words[one.start].start, words[one.end - 1].end
        written = low[start:end]
        if written in _NO_NUMBER or one.value != one.value or words[one.start].text[0].isdigit():
            continue
        if all(
            word.flat in {"million", "millon", "thousand", "mil", "billion"}
            for word in words[one.start : one.end]
        ):
            continue
        scale, unit, after = around(low, start, end)
        by = scale * unit.factor
        yield Figure(
            start,
            after,
            low[start:after],
            (float(one.value) * by,),
            unit,
            scale,
            step=by,
            digits=len(str(int(one.value)).rstrip("0")),
            small=one.value <= _FEW,
        )


_RANGE = re.compile(r"\s?(?:-|to|and|or|a|y|o|u|hasta|until)\s?[$€£]?$")


def _shared(found: list[Figure], low: str) -> tuple[Figure, ...]:
    """Return numbers where the first of a range has the unit and scale of the last."""
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        between = low[one.end : after.start]
        if (
            one.unit == NONE
            and after.unit != NONE
            and len(between) < _BETWEEN
            and _RANGE.match(between)
        ):
            if one.year:
                continue
            by = after.unit.factor * (after.scale if one.scale == 1.0 else 1.0)
            scaled = tuple(value * by for value in one.values)
            found[at] = one._replace(
                values=(*scaled, *one.values), unit=after.unit, step=one.step * by
            )
    return tuple(found)


def same(one: float, other: float) -> bool:
    """Tell whether two numbers are the same, whatever their sign."""
    return math.isclose(abs(one), abs(other), rel_tol=_CLOSE, abs_tol=1e-12)


def rounds(claimed: Figure, value: float) -> bool:
    """Tell whether `value`, rounded to the digits that were `claimed`, is that number."""
    if claimed.digits < _TELLING and not claimed.about:
        return False
    step = claimed.step
    if claimed.about:
        whole = abs(claimed.values[0]) / step if claimed.values else 0.0
        while whole and whole % _TEN == 0:
            whole, step = whole / _TEN, step * _TEN
    elif claimed.scale == 1.0 and step >= 1.0 and claimed.unit.kind != "%":
        return False  # a whole number is meant as it stands
    return any(abs(abs(mine) - abs(value)) <= step / 2 * (1 + 1e-6) for mine in claimed.values)
