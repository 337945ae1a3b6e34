"""How far passages that have a question's exact strings come before those that have not.

A part number, a date or a section means itself and nothing that is like it, so that who has it
comes first: the more of them, the earlier, and the rarer they are, the surer. What many passages
have, such as a year in filings of that year, tells little and changes little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_rag.domain.ports import ExactString

_TIER = 100.0  # standard deviations, of which a fused score makes up for less than a tenth
_DENSE = 8.0  # by so many comes what has little else first, where nothing else is asked
_SLIGHT = 0.5  # the same of what is no name by itself, like a year in a sentence
_AS_WRITTEN, _OTHERWISE, _POSSIBLY = 1.0, 0.9, 0.5  # how far a key, and a reading, is the string
_UNSURE = "h"  # kinds of keys that two strings may share: the ends of telephone numbers
_PART = 0.7  # how far what is only part of a passage's string, or in its header, is so
_COMMON = 0.2  # of all passages: what so many have tells nothing
_LEAST = 0.3  # how rare a string is taken for where nothing else is asked
_RARE = 2  # so few passages always count
_FEW = 8  # passages that a sentence may mean by a string in it: more are about what has it
_LONG = 5  # digits from which on a number is a name by itself
_BARE = 2  # words, beside exact strings, of a question that asks for those
_MOST = 32  # strings of one question


@dataclass(frozen=True, slots=True)
class Sought:
    """An exact string of a question: the keys that passages may have it by, and their weights.

    One that is not `telling` is a name only where little else is asked.
    """

    weights: Mapping[str, float]
    telling: bool


def sought(strings: Sequence[ExactString]) -> tuple[Sought, ...]:
    """Return what is to be looked up: of strings within each other, the outermost."""
    outer: list[ExactString] = []
    for one in sorted(strings, key=lambda one: (one.loose, one.start, -one.end)):
        if not any(had.start <= one.start and one.end <= had.end for had in outer):
            outer.append(one)
        if len(outer) == _MOST:
            break
    return tuple(Sought(_weights(one), _telling(one)) for one in outer)


def held(strings: Sequence[ExactString]) -> frozenset[str]:
    """Return the keys that a text has with these strings, as a retriever would say it has."""
    sure = {key for one in strings for key in one.keys}
    less = {key for one in strings for key in (*one.readings, *one.parts)}
    return frozenset(sure | {f"~{key}" for key in less - sure})


def lifts(
    strings: Sequence[Sought],
    found: Mapping[int, frozenset[str]],
    passages: int,
    *,
    beside: int,
) -> dict[int, float]:
    """Return by how many standard deviations each row is to be lifted.

    `found` says which keys the rows have, those with few others first, `passages` how many rows
    there are in all. The question has so many words `beside` its exact strings: with few, each
    string is meant, and with none, what has little else comes first.
    """
    alone = beside <= _BARE
    lifted: dict[int, float] = {}
    for string in strings:
        held = {
            row: max((string.weights.get(key, 0.0) for key in keys), default=0.0)
            for row, keys in found.items()
        }
        held = {row: weight for row, weight in held.items() if weight}
        few = string.telling and len(held) <= _FEW
        strength = _TIER if few or alone else _SLIGHT
        for row, weight in held.items():
            rarity = _rarity(sum(other >= weight for other in held.values()), passages)
            rarity = max(rarity, _LEAST if alone else 0.0)
            lifted[row] = lifted.get(row, 0.0) + strength * weight * rarity
    if not beside:
        _order_alike(lifted, list(found))
    return {row: lift for row, lift in lifted.items() if lift}


def _order_alike(lifted: dict[int, float], rows: Sequence[int]) -> None:
    """Lift rows that are lifted alike a little more, in their order."""
    groups: dict[float, list[int]] = {}
    for row in rows:
        if row in lifted:
            groups.setdefault(round(lifted[row], 6), []).append(row)
    for alike in groups.values():
        for place, row in enumerate(alike):
            lifted[row] += _DENSE * (1 - place / len(alike))


def _weights(string: ExactString) -> dict[str, float]:
    weights = {key: _POSSIBLY if key[0] in _UNSURE else _OTHERWISE for key in string.keys}
    weights |= dict.fromkeys(string.keys[:1], _AS_WRITTEN)
    weights |= {f"~{key}": _PART * weight for key, weight in weights.items()}
    return weights | dict.fromkeys(string.readings, _POSSIBLY)


def _telling(string: ExactString) -> bool:
    """Tell what is a name by itself from a word and number, a year, a small number or a letter."""
    if string.loose or not string.keys:
        return False
    kind, _, rest = string.keys[0].partition(":")
    if kind == "n":
        return len(rest) >= _LONG or not rest.isdecimal()
    return kind != "x" or (len(rest) > 1 and not rest.startswith("fy"))


def _rarity(count: int, passages: int) -> float:
    """Return 1 for a string of one or two passages, less the more have it, and 0 for `_COMMON`.

    It falls with the logarithm, as inverse document frequency does.
    """
    if count <= _RARE:
        return 1.0
    most = _COMMON * passages
    return max(0.0, math.log(most / count) / math.log(most)) if most > 1 else 0.0
