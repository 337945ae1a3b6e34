"""Taking footnotes out of the text that they interrupt.

A footnote is set in smaller type below all text of its column, and begins with a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_rag.ingest.rows import Row

_SMALLER = 0.92  # of the body's type
_MARK = re.compile(r"^(?:\(?\[?\d{1,3}[\])]?[.)]?|[*†‡§¶]+|[¹²³⁰⁴-⁹]+|\(?[a-z]\))(?=\D|$)")
_LOWER_PART = 0.4  # of the page: above it there are no footnotes
_LEAST_TEXT = 3  # rows in the body's type, or nothing says which type is smaller
_BINS = 40  # of the page's width


def apart(rows: Sequence[Row], body: float) -> tuple[list[Row], list[list[Row]]]:
    """Return the rows without footnotes, and the rows of each footnote, in order."""
    if not body or not any(_begins(row, body) for row in rows):
        return list(rows), []
    full = [row for row in rows if row.size > _SMALLER * body]
    if len(full) < _LEAST_TEXT:
        return list(rows), []
    lowest = _lowest(full)
    kept: list[Row] = []
    notes: list[list[Row]] = []
    inside = False
    for row in rows:
        below = row.size <= _SMALLER * body and row.top >= _over(row, lowest)
        begins = below and _begins(row, body)
        inside = begins or (inside and below)
        if begins:
            notes.append([row])
        elif inside:
            notes[-1].append(row)
        else:
            kept.append(row)
    return kept, notes


def _begins(row: Row, body: float) -> bool:
    small = row.size <= _SMALLER * body and row.top > _LOWER_PART
    return small and bool(_MARK.match(row.text)) and any(map(str.isalpha, row.text))


def _lowest(rows: Sequence[Row]) -> list[float]:
    """Return how far down text goes, for each strip of the page; 1 where there is none."""
    found = [-1.0] * _BINS
    for row in rows:
        for at in _strips(row):
            found[at] = max(found[at], row.top)
    return [height if height >= 0 else 1.0 for height in found]


def _over(row: Row, lowest: Sequence[float]) -> float:
    """Return how far down text goes where a row stands; 1 where there is none above it."""
    strips = [lowest[at] for at in _strips(row)]
    there = [height for height in strips if height < 1]
    return max(there, default=1.0)


def _strips(row: Row) -> range:
    first, last = (min(_BINS - 1, max(0, int(x * _BINS))) for x in (row.left, row.right))
    return range(first, max(first, last) + 1)
