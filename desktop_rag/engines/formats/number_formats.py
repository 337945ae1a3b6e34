"""Shows numbers and dates as the number format of a cell has it.

After ECMA-376, part 1, 18.8.31, with the signs that English has for decimals and thousands: which
ones a cell shows is a setting of the machine that it is shown on, and in no file.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils.datetime import from_excel, to_excel

from desktop_rag.engines.formats.calendar_names import names_of

Shown = int | float | dt.datetime | dt.date | dt.time | dt.timedelta

GENERAL = "General"
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | _(?P<blank>.) | \*(?P<fill>.)
    | \[\$(?P<money>[^\]-]*)(?:-(?P<language>[^\]]*))?\]
    | \[(?P<elapsed>h+|m+|s+)\] | \[(?P<test><=|>=|<>|<|>|=)(?P<limit>-?[\d.]+)\] | \[[^\]]*\]
    | (?P<general>General) | (?P<half>AM/PM|A/P) | (?P<power>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|b+) | (?P<sign>[0\#?.,%/@]) | (?P<literal>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SECTIONS = re.compile(r'(?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|[^;"\\_*\[]|.)*?(?=;|\Z)', re.DOTALL)
_MOST_DIGITS = 30
_LONGEST_CODE = 255  # characters; Excel takes no more
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_MOST_WHOLE = 10**15  # of greater numbers, not all digits are known
_SECONDS = 86_400
_NOON = 12
_BUDDHIST = 543  # years before our era


class _FormatToken(NamedTuple):
    kind: str
    text: str


class _FormatSection(NamedTuple):
    tokens: tuple[_FormatToken, ...]
    test: tuple[str, float] | None
    language: str

    @property
    def is_date(self) -> bool:
        return any(token.kind in {"date", "elapsed", "half"} for token in self.tokens)

    @property
    def digits(self) -> bool:
        return any(token.kind == "digit" for token in self.tokens)


def number_shown(value: Shown, code: str) -> str:
    """Return what a cell of the format `code` shows; "" if its format hides it.

    >>> number_shown(42, "00000"), number_shown(-1234.5, "#,##0.00;[Red](#,##0.00)")
    ('00042', '(1,234.50)')
    >>> number_shown(dt.date(2024, 1, 31), "d-mmm-yy"), number_shown(0.256, "0.0%")
    ('31-Jan-24', '25.6%')
    """
    try:
        return _shown(value, code)
    except (ArithmeticError, ValueError):  # beyond what dates or decimals can be
        return general_shown(value)


def text_shown(text: str, code: str) -> str:
    """Return what a cell shows that has a text.

    >>> text_shown("Ruiz", '"Dr. "@'), text_shown("Ruiz", "0.00")
    ('Dr. Ruiz', 'Ruiz')
    """
    if "@" not in code and code.count(";") < 3:  # noqa: PLR2004 - the fourth is of texts
        return text
    sections = _parsed(code)
    section = sections[3] if len(sections) > 3 else sections[-1]  # noqa: PLR2004
    if not any(token.kind == "text" for token in section.tokens) and len(sections) <= 3:  # noqa: PLR2004
        return text
    return "".join(text if t.kind == "text" else _literal(t) for t in section.tokens)


def _shown(value: Shown, code: str) -> str:
    serial = _serial(value)
    sections = _parsed(code[:_LONGEST_CODE] or GENERAL)
    section, plain = _chosen(sections, serial)
    if section.is_date:
        return _date(section, value, serial)
    if any(token.kind == "general" for token in section.tokens):
        number = general_shown(serial if plain else abs(serial))
        return "".join(number if t.kind == "general" else _literal(t) for t in section.tokens)
    if not section.digits:
        if any(token.kind == "text" for token in section.tokens):
            return general_shown(value)
        return "".join(map(_literal, section.tokens))
    if any(token.kind == "slash" for token in section.tokens):
        made = _fraction(section.tokens, abs(serial))
    else:
        made = _number(section.tokens, abs(serial))
    return f"-{made}" if plain and serial < 0 and re.search("[1-9]", made) else made


def _serial(value: Shown) -> float:
    if isinstance(value, int | float):
        return value
    return float(to_excel(value) or 0.0)  # type: ignore[no-untyped-call]


def general_shown(value: Shown) -> str:
    """Return a value in no format of its own; dates as ISO 8601 has them."""
    match value:
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(" ", "minutes")
        case dt.date() | dt.time() | dt.timedelta():
            return str(value)
        case float() if not value.is_integer() or abs(value) >= _MOST_WHOLE:
            return f"{value:.10g}".replace("e+", "E+").replace("e-", "E-")
        case _:
            return str(int(value))


# What a code says


@lru_cache(maxsize=1_000)
def _parsed(code: str) -> tuple[_FormatSection, ...]:
    sections: list[_FormatSection] = []
    at = 0
    while at <= len(code) and len(sections) < 4:  # noqa: PLR2004 - there are no more
        found = _SECTIONS.match(code, at)
        part = found[0] if found else code[at:]
        sections.append(_section(part))
        at += len(part) + 1
    return tuple(sections)


def _section(code: str) -> _FormatSection:
    tokens: list[_FormatToken] = []
    test = None
    language = ""
    for found in _TOKEN.finditer(code):
        if found["test"]:
            test = found["test"], float(found["limit"])
        language = found["language"] or language
        token = _token(found)
        if token:
            tokens.append(token)
    return _FormatSection(tuple(_minutes(tokens)), test, language)


_SIGNS = {".": "point", ",": "comma", "%": "percent", "/": "slash", "@": "text"}


def _token(found: re.Match[str]) -> _FormatToken | None:
    kind = found.lastgroup or ""
    match kind:
        case "quoted" | "escaped" | "literal":
            return _FormatToken("literal", found[kind])
        case "blank":
            return _FormatToken("literal", " ")
        case "money" | "language":
            return _FormatToken("literal", found["money"]) if found["money"] else None
        case "sign":
            return _FormatToken(_SIGNS.get(found[0], "digit"), found[0])
        case "elapsed" | "date" | "half" | "power" | "general":
            return _FormatToken(kind, found[kind])
        case _:
            return None


def _minutes(tokens: list[_FormatToken]) -> list[_FormatToken]:
    """Tell months from minutes, which come after hours or before seconds."""
    dates = [at for at, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    for number, at in enumerate(dates):
        if tokens[at].kind != "date" or tokens[at].text[0].lower() != "m":
            continue
        before = tokens[dates[number - 1]].text[0].lower() if number else ""
        after = tokens[dates[number + 1]].text[0].lower() if number + 1 < len(dates) else ""
        if (before == "h" or after == "s") and len(tokens[at].text) <= 2:  # noqa: PLR2004
            tokens[at] = _FormatToken("date", "n" * len(tokens[at].text))
    return tokens


def _chosen(sections: Sequence[_FormatSection], value: float) -> tuple[_FormatSection, bool]:
    """Return the section for a number, and whether it needs a sign of its own if negative."""
    if any(section.test for section in sections[:2]):
        for section in sections[:2]:
            if section.test and _TESTS[section.test[0]](value, section.test[1]):
                return section, True
        others = [section for section in sections[:3] if not section.test]
        return (others[-1] if others else sections[0]), True
    if len(sections) == 1 or value > 0:
        return sections[0], True
    if value < 0:
        return sections[1], False
    return sections[2 if len(sections) > 2 else 0], True  # noqa: PLR2004


def _literal(token: _FormatToken) -> str:
    return token.text if token.kind in {"literal", "percent", "point", "comma", "slash"} else ""


# Numbers


def _number(tokens: Sequence[_FormatToken], value: float) -> str:
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    power = next((at for at, token in enumerate(tokens) if token.kind == "power"), len(tokens))
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), power)
    last = max((at for at in digits if at < power), default=digits[-1])
    scaled = last + 1
    while scaled < len(tokens) and tokens[scaled].kind == "comma":
        scaled += 1
    thousands = scaled - last - 1
    percents = sum(token.kind == "percent" for token in tokens)
    number = Decimal(repr(value)).scaleb(2 * percents - 3 * thousands)
    whole = [at for at in digits if at < min(point, power)]
    after = [at for at in digits if point < at < power]
    exponent = 0
    if power < len(tokens) and number:
        step = len(whole)
        exponent = number.adjusted() // step * step if step else number.adjusted() + 1
        number = number.scaleb(-exponent)
    text = _rounded(number, min(len(after), _MOST_DIGITS))
    grouped = any(
        token.kind == "comma" and at < (whole[-1] if whole else 0)
        for at, token in enumerate(tokens)
    )
    return _filled(tokens, text, (whole, after, power, scaled), exponent, grouped=grouped)


def _rounded(number: Decimal, decimals: int) -> str:
    with localcontext() as context:
        context.prec = 400
        return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def _filled(
    tokens: Sequence[_FormatToken],
    text: str,
    places: tuple[list[int], list[int], int, int],
    exponent: int,
    *,
    grouped: bool,
) -> str:
    """Write the digits of a number where the tokens have room for them."""
    whole, after, power, scaled = places
    before, _, decimals = text.partition(".")
    before = before.lstrip("0")
    spread = _spread(tokens, whole, before, grouped=grouped)
    trailing = dict(zip(after, decimals, strict=False))
    for at in reversed(after):
        if trailing.get(at) != "0" or tokens[at].text == "0":
            break
        trailing[at] = " " if tokens[at].text == "?" else ""
    written = {**spread, **{at: trailing.get(at, "") for at in after}}
    for at, token in enumerate(tokens):
        if at in written or token.kind not in {"power", "comma", "point", "digit"}:
            continue
        written[at] = ""
        if token.kind == "power":
            room = sum(t.kind == "digit" for t in tokens[at:])
            sign = "-" if exponent < 0 else "+" * (token.text[1] == "+")
            written[at] = f"E{sign}{abs(exponent):0{room}}"
        elif token.kind == "comma" and at >= scaled:
            written[at] = ","
        elif token.kind == "point" and at < power:
            written[at] = ("" if whole else before) + "." * bool(after or not decimals)
    return "".join(written.get(at, _literal(token)) for at, token in enumerate(tokens))


def _spread(
    tokens: Sequence[_FormatToken], whole: list[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """Give each place before the point its digit, the first one all that are left."""
    found: dict[int, str] = {}
    left = digits
    count = 0
    for number, at in enumerate(reversed(whole)):
        first = number == len(whole) - 1
        here, left = (left, "") if first else (left[-1:], left[:-1])
        if not here and tokens[at].text in "0?":
            here = "0" if tokens[at].text == "0" else " "
        if grouped:
            here, count = _grouped(here, count)
        found[at] = here
    return found


def _grouped(digits: str, count: int) -> tuple[str, int]:
    """Put a comma after every third digit, counted from the right over all places."""
    written = ""
    for digit in reversed(digits):
        if count and count % 3 == 0 and digit.isdigit():
            written = f",{written}" if written else ","
        written = digit + written
        count += 1
    return written, count


def _fraction(tokens: Sequence[_FormatToken], value: float) -> str:
    slash = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    numerator = slash
    while numerator and tokens[numerator - 1].kind == "digit":
        numerator -= 1
    mixed = any(token.kind == "digit" for token in tokens[:numerator])
    below = "".join(
        token.text for token in tokens[slash + 1 :] if token.kind in {"digit", "literal"}
    )
    fixed = re.match(r"\s*([1-9]\d*)", below)
    whole, part = (math.floor(value), value % 1) if mixed else (0, value)
    if fixed:
        over = int(fixed[1])
        top = round(Fraction(part) * over)
    else:
        room = sum(token.kind == "digit" for token in tokens[slash:])
        near = Fraction(part).limit_denominator(10 ** min(max(room, 1), 7) - 1)
        top, over = near.numerator, near.denominator
    if mixed and top == over:
        whole, top = whole + 1, 0
    if mixed and not top:
        return str(whole)
    lead = f"{whole} " if mixed and whole else ""
    return f"{lead}{top}/{over}"


# Dates


def _date(section: _FormatSection, value: Shown, serial: float) -> str:
    moment = _moment(value, serial)
    halves = any(token.kind == "half" for token in section.tokens)
    decimals = 0
    found = []
    for at, token in enumerate(section.tokens):
        seconds = at and section.tokens[at - 1].text[:1].lower() == "s"
        if token.kind == "elapsed":
            found.append(_elapsed(serial, token.text))
        elif token.kind == "half":
            found.append(_half(token.text, moment.hour))
        elif token.kind == "date":
            found.append(_part(token.text, moment, section.language, halves=halves))
        elif token.kind == "point" and seconds:
            decimals = moment.microsecond // 1_000
            found.append(".")
        elif token.kind == "digit":
            found.append(f"{decimals // 100}")
            decimals = decimals % 100 * 10
        else:
            found.append(_literal(token))
    return "".join(found)


def _moment(value: Shown, serial: float) -> dt.datetime:
    """Return the date and time of a value, to the thousandth of a second."""
    match value:
        case dt.datetime():
            return value
        case dt.date():
            return dt.datetime.combine(value, dt.time())
        case dt.time():
            return dt.datetime.combine(dt.date(1899, 12, 30), value)
        case _:
            day = math.floor(serial)
            thousandths = round((serial - day) * _SECONDS * 1_000)
            begun = from_excel(day)
            if not isinstance(begun, dt.datetime):
                begun = dt.datetime(1899, 12, 30)
            return begun + dt.timedelta(milliseconds=thousandths)


def _elapsed(serial: float, text: str) -> str:
    unit = {"h": 3_600, "m": 60, "s": 1}[text[0].lower()]
    return f"{int(round(serial * _SECONDS, 3) // unit):0{len(text)}}"


def _half(text: str, hour: int) -> str:
    early, late = text.split("/")
    return early if hour < _NOON else late


def _part(text: str, moment: dt.datetime, language: str, *, halves: bool) -> str:
    """Return a part of a date, such as the month, in as many letters as there are in `text`."""
    names = names_of(language)
    hour = (moment.hour % _NOON or _NOON) if halves else moment.hour
    size = len(text)
    kind = text[0].lower()
    if kind in "md" and size > 2:  # noqa: PLR2004 - more than digits are names
        month = kind == "m"
        return names.month(moment.month, size) if month else names.day(moment.weekday(), size)
    if kind == "y":
        return f"{moment.year % 100:02}" if size <= 2 else f"{moment.year:04}"  # noqa: PLR2004
    numbers = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute,
               "s": moment.second, "e": moment.year, "b": moment.year + _BUDDHIST}  # fmt: skip
    return f"{numbers[kind]:0{min(size, 2)}}" if kind in numbers else ""
