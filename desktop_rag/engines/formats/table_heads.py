"""Finds the row of a table that has the names of its columns, if there is one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

_MOST_ABOVE = 20  # rows
_LONGEST_NAME = 200  # characters of a cell that names a column
_VALUE = re.compile(r"[-+−(]?[\s$€£¥]{0,3}\d[\d.,:/%'’+\s-]{0,40}[)%$€£¥]?\s?[A-Za-z€$£¥%]{0,3}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+|https?://\S+")
_YEAR = re.compile(r"\d{1,4}")


def head_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of the first rows of a table names its columns; None where they have no names.

    It is the first that is at least half as full as the fullest and has more than the title of
    a table, provided that it looks like names: all different, none a number, an amount, a date
    or an address, and none again below.

    >>> head_at([("Sales of 2024",), ("Town", "Tons"), ("Bonn", "12")])
    1
    >>> head_at([("Bonn", "12"), ("Ulm", "7")]) is None
    True
    """
    start = rows[:_MOST_ABOVE]
    fullest = max((sum(map(bool, row)) for row in start), default=0)
    at = next((at for at, row in enumerate(start) if _is_full(row, fullest)), 0)
    below = rows[at + 1 :]
    return at if fullest and below and _names_columns(rows[at], below) else None


def _is_full(row: Sequence[str], fullest: int) -> bool:
    filled = sum(map(bool, row))
    alone = filled == 1 < fullest and bool(row[0])
    return 2 * filled >= fullest and not alone


def _names_columns(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    words = [cell for cell in first if cell]
    if len(set(words)) < len(words) or max(map(len, words)) > _LONGEST_NAME:
        return False
    values = [word for word in words if _VALUE.fullmatch(word) or _ADDRESS.fullmatch(word)]
    if values and not _count_up(values, len(words)):
        return False
    return not any(
        cell and at < len(row) and row[at] == cell for row in below for at, cell in enumerate(first)
    )


def _count_up(values: Sequence[str], words: int) -> bool:
    """Whether what looks like values are years or the like, each one more than the one before."""
    if len(values) in {1, words} or not all(map(_YEAR.fullmatch, values)):
        return False
    return {int(after) - int(before) for before, after in itertools.pairwise(values)} == {1}
