"""Numbers in one canonical form, whichever way a text writes them.

A number becomes its digits with a point before the decimals, and the unit after it: `n:1234.56€`.
Where one separator stands before three digits, languages disagree: 1.234 is a thousand and more in
Spanish and little more than one in English.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

NUMBER = r"\d+(?:[.,'’]\d+)*"
_GROUPED = re.compile(r"\d{1,3}(?P<mark>[.,'’ ])\d{3}(?:(?P=mark)\d{3})*(?:(?!(?P=mark))[.,]\d+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_DOT_DECIMAL = frozenset({"en", "zh", "ja", "ko", "he", "th", "hi", "ms", "ga", "cy"})
_CURRENCIES = {
    "€": "€", "eur": "€", "euro": "€", "euros": "€", "$": "$", "us$": "$", "usd": "$",
    "dollar": "$", "dollars": "$", "dolares": "$", "£": "£", "gbp": "£", "pounds": "£",
    "¥": "¥", "jpy": "¥", "yen": "¥", "chf": "chf", "fr.": "chf", "₹": "₹", "inr": "₹",
}  # fmt: skip
CURRENCY_WORDS = tuple(word for word in _CURRENCIES if word.isalpha())
_PLAIN_UNITS = """
    nm μm mm cm dm m km mg μg g kg t ml cl dl l hl mm2 cm2 m2 km2 ha cm3 m3 pa hpa kpa mpa gpa bar
    mbar psi v mv kv a ma w mw kw mva kva kwh mwh wh gwh hz khz mhz ghz kb mb gb tb kib mib gib s ms
    min h db n j kn kj mj cal kcal mol ppm rpm ft lb lbs oz mph km/h m/s"""
_UNITS = _CURRENCIES | {
    "%": "%", "percent": "%", "por ciento": "%", "prozent": "%", "pour cent": "%",
    "per cent": "%", "per cento": "%", "‰": "‰", "°c": "°c", "oc": "°c", "°f": "°f",
    "°": "°", "degrees": "°", "grados": "°", "inch": "in", "inches": "in", "pulgadas": "in",
} | {unit: unit for unit in _PLAIN_UNITS.split()}  # fmt: skip
_UNIT = re.compile(
    r"[ ]?(?P<unit>"
    + "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
    + r")(?![\w€$£%])"
)
_BEFORE = re.compile(r"(?:(?<!\w)|(?<=\W))(?P<unit>us\$|eur|usd|gbp|chf|jpy|inr|fr\.|[€$£¥₹])[ ]?$")


class Reading(NamedTuple):
    """A number in canonical form; another reading is likelier unless it is `sure`."""

    digits: str
    sure: bool


@functools.lru_cache(maxsize=50_000)
def readings(written: str, language: str) -> tuple[Reading, ...]:
    """Return what a number without a sign may mean, likeliest first; nothing if it is none.

    `language` is an ISO 639-1 code, or empty where nobody knows: then every reading is sure.

    >>> readings("1.234,56", "en")
    (Reading(digits='1234.56', sure=True),)
    >>> [one.digits for one in readings("1.234", "es")]
    ['1234', '1.234']
    """
    if written.isdecimal():
        return (Reading(_plain(written), sure=True),)
    found: dict[str, bool] = {}
    grouped, decimal = _GROUPED.fullmatch(written), _DECIMAL.fullmatch(written)
    if grouped and not written.startswith("0"):
        mark = grouped["mark"]
        unclear = decimal is not None
        found[_plain(written.replace(mark, "").replace(",", "."))] = (
            not unclear or not language or (mark == ".") != (language in _DOT_DECIMAL)
        )
    if decimal:
        mark = "." if "." in written else ","
        unclear = bool(found)
        found.setdefault(
            _plain(written.replace(",", ".")),
            not unclear or not language or (mark == ".") == (language in _DOT_DECIMAL),
        )
    ordered = sorted(found.items(), key=lambda pair: not pair[1])
    return tuple(Reading(digits, sure) for digits, sure in ordered)


def shortened(digits: str) -> str:
    """Return a canonical number without zeros at the end of its decimals.

    >>> shortened("12.50"), shortened("12.00"), shortened("120")
    ('12.5', '12', '120')
    """
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def unit_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the unit or currency that stands beside a number in a folded text, if any.

    With it come the places where the number begins and ends together with it.
    """
    if after := _UNIT.match(text, end):
        return _UNITS[after["unit"]], start, after.end()
    if before := _BEFORE.search(text[max(0, start - 5) : start]):
        return _CURRENCIES[before["unit"]], start - len(before.group()), end
    return "", start, end


def _plain(number: str) -> str:
    whole, point, decimals = number.partition(".")
    return (whole.lstrip("0") or "0") + point + decimals
