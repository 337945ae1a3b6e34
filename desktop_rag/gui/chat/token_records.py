"""The tokens of an answer as they are stored with its turn, in as little room as may be.

["Maud", 83, "ria", 5, "d", 2]: the token, then the others, each with its percentage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_rag.domain.generation import OtherToken, WrittenToken

_LEAST = 0.01
_DIGITS = 1  # after the point of a percentage


def packed(written: Iterable[WrittenToken]) -> list[list[str | float]]:
    """Return tokens as JSON has them; an other one that is less than a percent is left out."""
    return [_packed(one) for one in written]


def _packed(one: WrittenToken) -> list[str | float]:
    values: list[str | float] = [one.text, _percent(one.probability)]
    for other in one.others:
        if other.probability >= _LEAST:
            values += [other.text, _percent(other.probability)]
    return values


def unpacked(stored: Iterable[Sequence[str | float]]) -> tuple[WrittenToken, ...]:
    """Return what `packed` made. Raises `ValueError` or `TypeError` for anything else."""
    return tuple(_token(*one) for one in stored)


def _token(text: str | float, percent: str | float, *others: str | float) -> WrittenToken:
    pairs = zip(others[::2], others[1::2], strict=True)
    found = tuple(OtherToken(str(other), float(share) / 100) for other, share in pairs)
    return WrittenToken(str(text), float(percent) / 100, found)


def _percent(probability: float) -> float:
    return round(100 * probability, _DIGITS)
