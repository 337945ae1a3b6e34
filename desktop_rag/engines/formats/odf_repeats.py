"""Bounds what of a document of OpenDocument stands there again, as cells and rows may say.

A few bytes can ask for millions, and tables within tables for as many of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_MARKUP = 9  # characters that each part takes besides its own


class Repeats:
    """How many more characters may be repeated."""

    def __init__(self, most: int = 1_000_000) -> None:
        self._left = most

    def may(self, characters: int) -> bool:
        """Whether so many more may, which then are counted."""
        if characters > self._left:
            return False
        self._left -= characters
        return True

    def times(self, asked: int, element: Any) -> int:
        """Return how often an element stands there: as often as is asked for, or once."""
        if asked <= 1:
            return 1
        texts = (f"{part.text or ''}{part.tail or ''}" for part in element.iter())
        return asked if self.may((asked - 1) * size(texts)) else 1


def size(texts: Iterable[str]) -> int:
    """Return how many characters some cells or other parts take."""
    return sum(len(text) + _MARKUP for text in texts)
