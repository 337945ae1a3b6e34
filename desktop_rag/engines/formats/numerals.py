"""Counts as lists, headings and footnotes do: in digits, letters or Roman numerals."""

from __future__ import annotations

_ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50),
    ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip
_MOST_ROMAN = 4_000
_MOST_LETTERS = 20


def counted(form: str, count: int) -> str:
    """Return a number as OpenDocument names the forms: “1”, “01”, “a”, “A”, “i” or “I”.

    >>> [counted(form, 28) for form in ("1", "a", "A", "i", "I", "")], counted("01", 7)
    (['28', 'bb', 'BB', 'xxviii', 'XXVIII', ''], '07')
    """
    match form:
        case "":
            return ""
        case "01":
            return f"{count:02}"
        case "a" | "A":
            letter = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, _MOST_LETTERS)
            return letter if form == "a" else letter.upper()
        case "i" | "I" if 0 < count < _MOST_ROMAN:
            return _roman(count) if form == "I" else _roman(count).lower()
        case _:
            return str(count)


def _roman(count: int) -> str:
    found = ""
    for sign, worth in _ROMAN:
        found += sign * (count // worth)
        count %= worth
    return found
