"""What a sentence affirms and what it denies.

A denying word holds for the next words of weight, up to a pause. A word with an opposite stands on
one side of a dimension, on the other side where it is denied: "did not rise" is like "fell".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop_rag.answer.checks.opposites import Pole, denies, negated, poles
from desktop_rag.answer.checks.tokens import TextToken

_REACH = 5  # words after a denying one
_HEADS = 2  # words of weight among them that it denies
_PAUSES = frozenset(".,;:!?()|")
_TURNS = frozenset(["but", "pero", "and", "y", "sino", "although", "aunque"])
Stem = Callable[[str], Sequence[str]]
"""Gives the terms of a word, none for a function word."""


class Polarity(NamedTuple):
    """The terms that a text affirms and denies, and where it stands, each with its word."""

    affirmed: frozenset[str]
    denied: frozenset[str]
    stands: dict[Pole, str]


def polarity(words: Sequence[TextToken], stem: Stem) -> Polarity:
    """Return what a text affirms and denies; `words` are its tokens, idioms left out."""
    affirmed: set[str] = set()
    denied: set[str] = set()
    stands: dict[Pole, str] = {}
    reach = heads = 0
    for one in words:
        if one.text in _PAUSES or one.flat in _TURNS:
            reach = 0
            continue
        if denies(one.flat):
            reach, heads = _REACH, _HEADS
            stands |= dict.fromkeys(poles(one.flat), one.flat)
            continue
        terms = stem(one.flat)
        denying = reach > 0 and heads > 0 and bool(terms)
        (denied if denying else affirmed).update(terms)
        for pole in poles(one.flat):
            turned = -pole.sign if denying and heads == _HEADS else pole.sign
            stands[Pole(pole.dimension, turned)] = one.flat
        reach -= 1
        heads -= bool(terms)
    return Polarity(frozenset(affirmed), frozenset(denied), stands)


def opposed(one: Polarity, other: Polarity, beside: Sequence[Polarity] = ()) -> tuple[str, ...]:
    """Return the words by which one text says the opposite of another, none where it does not.

    What texts `beside` the other say as the first does is no contradiction.
    """
    denied = other.denied.union(*(text.denied for text in beside))
    affirmed = other.affirmed.union(*(text.affirmed for text in beside))
    stands = {pole for text in (other, *beside) for pole in text.stands}
    if not one.denied & other.denied:
        turned = (one.denied & other.affirmed - denied) | (
            one.affirmed - one.denied
        ) & other.denied - affirmed
        standing = {word for pole, word in one.stands.items() if pole in other.stands}
        turned -= {term for term in turned if any(term[:4] == word[:4] for word in standing)}
        if turned:
            return tuple(sorted(turned))
    for pole, word in one.stands.items():
        against = Pole(pole.dimension, -pole.sign)
        if against in other.stands and pole not in stands and against not in one.stands:
            return (word,)
    return ()


def prefixed(one: Sequence[str], other: Sequence[str], denying: bool) -> tuple[str, ...]:
    """Return a word of one text that another has with a prefix that denies it, or the other way.

    Where one of the texts has a `denying` word of its own, both may say the same.
    """
    if denying:
        return ()
    mine, theirs = set(one), set(other)
    for word in mine - theirs:
        for against in theirs - mine:
            if negated(word, against) or negated(against, word):
                return (word,)
    return ()
