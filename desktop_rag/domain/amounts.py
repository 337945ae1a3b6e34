"""Telling amounts from words: figures fill tables, and say little of what a page is about."""

from __future__ import annotations

import functools
import re

_AMOUNT = re.compile(r"^[\s$€£%()+\-–—.,:;/*]*\d[\d\s.,%()/$€£*\-–—]*$|^[$€£%()\-–—*]+$")
_YEAR = re.compile(r"^\(?(?:FY)?(?:19|20)\d\d\)?[,.:]?$")


@functools.lru_cache(maxsize=100_000)
def is_amount(text: str) -> bool:
    """Tell an amount, a percentage or a lone sign from a word or a year.

    >>> [is_amount(text) for text in ("1,526,762", "(4.1%)", "$", "2018", "Q3", "A-1")]
    [True, True, True, False, False, False]
    """
    return bool(_AMOUNT.match(text)) and not is_year(text)


@functools.lru_cache(maxsize=100_000)
def is_figure(text: str) -> bool:
    """Tell an amount with a digit: a lone sign is none.

    >>> [is_figure(text) for text in ("(4.1%)", "$", "2018", "Q3")]
    [True, False, False, False]
    """
    return is_amount(text) and any(map(str.isdigit, text))


def is_year(text: str) -> bool:
    """Tell a year of these centuries, also as "(2018)" or "FY2018"."""
    return bool(_YEAR.match(text))


def without_amounts(text: str) -> str:
    r"""Return the words of `text` that are not bare amounts; years stay.

    >>> without_amounts("Net sales 2018\t$\t1,526,762")
    'Net sales 2018'
    """
    return " ".join([word for word in text.split() if not is_amount(word)])
