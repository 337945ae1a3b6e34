"""DOI, ISBN, ISSN and arXiv numbers in a text, those whose check digits are right."""

from __future__ import annotations

import re
from itertools import cycle

_DOI = re.compile(r"\b10\.\d{4,9}/[-._;()/:<>a-z0-9+]+", re.IGNORECASE)  # as Crossref recommends
_ISBN = re.compile(
    r"\bISBN(?:[-\s]?1[03])?(?:\s*\([^)]{1,30}\))?\s*:?\s*(?P<number>[\dX][\dX\s.\-–]{8,20}[\dX])",
    re.IGNORECASE,
)
_ISSN = re.compile(r"\be?-?ISSN(?:-L)?[\s:]*(?P<number>\d{4}-?\d{3}[\dX])\b", re.IGNORECASE)
_ARXIV = re.compile(r"\barXiv:\s?(?P<number>\d{4}\.\d{4,5})(?:v\d+)?", re.IGNORECASE)
_ARXIV_NAME = re.compile(r"(?P<year>\d\d)(?P<month>0[1-9]|1[0-2])\.\d{4,5}(?:v\d+)?")
_SHORT, _LONG = 10, 13  # digits of an ISBN


def doi(text: str) -> str:
    """Return the first DOI of a text, in small letters, or nothing.

    >>> doi("see https://doi.org/10.1000/XYZ(1999)12.")
    '10.1000/xyz(1999)12'
    """
    match = _DOI.search(text)
    if not match:
        return ""
    found = match[0].rstrip(".,;:")
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(".,;:")
    return found.lower()


def isbn(text: str) -> str:
    """Return the first ISBN of a text whose check digit is right, divided as it is there.

    >>> isbn("ISBN-13: 978-84-376-0457-2"), isbn("ISBN 978-84-376-0457-1")
    ('978-84-376-0457-2', '')
    """
    for match in _ISBN.finditer(text):
        found = "-".join(match["number"].replace("–", "-").replace(".", "-").split())
        for length in (_LONG, _SHORT):
            cut = _first(found, length)
            if valid_isbn(cut):
                return cut
    return ""


def valid_isbn(number: str) -> bool:
    """Whether the check digit of an ISBN is right: ISO 2108, annex C, and the older one of ten."""
    digits = number.replace("-", "").upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        return (
            sum(int(one) * weight for one, weight in zip(digits, cycle((1, 3)), strict=False)) % 10
            == 0
        )
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return _weighed(digits) % 11 == 0
    return False


def issn(text: str) -> str:
    """Return the first ISSN of a text whose check digit is right: ISO 3297, annex A."""
    for match in _ISSN.finditer(text):
        digits = match["number"].replace("-", "").upper()
        if _weighed(digits) % 11 == 0:
            return f"{digits[:4]}-{digits[4:]}"
    return ""


def arxiv(text: str) -> str:
    """Return the first arXiv number of a text, without its version."""
    match = _ARXIV.search(text)
    return match["number"] if match else ""


def arxiv_month(name: str) -> str:
    """Return the month in which what has this arXiv number was put there, if it is one.

    >>> arxiv_month("1711.02387"), arxiv_month("1234567.89")
    ('2017-11', '')
    """
    match = _ARXIV_NAME.fullmatch(name)
    return f"20{match['year']}-{match['month']}" if match else ""


def _weighed(digits: str) -> int:
    """Return digits times their places, counted from behind; X is ten."""
    values = [10 if one == "X" else int(one) for one in digits]
    return sum(
        value * weight for value, weight in zip(values, range(len(values), 0, -1), strict=True)
    )


def _first(number: str, length: int) -> str:
    """Return a number up to so many digits, with what divides them."""
    kept = 0
    for place, sign in enumerate(number):
        kept += sign.isalnum()
        if kept == length:
            return number[: place + 1]
    return ""
