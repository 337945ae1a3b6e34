"""What stands in a sentence where another thing stands in the passage.

Both are laid side by side, word by word; where a few words stand in place of a few others, between
words that are the same, one was put for the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from desktop_rag.answer.checks.names import Name, known
from desktop_rag.answer.checks.opposites import denies, poles
from desktop_rag.answer.checks.reading import Reading

_MOST = 4  # words that stand for others; more were said anew
_SPOKEN_FIRST = frozenset("do does did is are was were has have had will would can could".split())


class Swap(NamedTuple):
    """Words of a sentence, and those that stand in their place in a passage; one may be empty."""

    written: tuple[str, ...]
    read: tuple[str, ...]
    places: tuple[int, int]


def swaps(sentence: Reading, source: Reading) -> Iterator[Swap]:
    """Yield what was put in place of something else, left out, or put in, a few words each."""
    mine, theirs = _words(sentence), _words(source)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal" and j - i <= _MOST and m - k <= _MOST:
            yield Swap(tuple(mine[i:j]), tuple(theirs[k:m]), (i, k))


def _words(reading: Reading) -> list[str]:
    return [one.flat for one in reading.tokens if one.text[0].isalnum()]


def turned(found: Sequence[Swap]) -> tuple[str, ...]:
    """Return the words by which a swap denies, or says the opposite."""
    for swap in found:
        mine = [word for word in swap.written if word not in _SPOKEN_FIRST]
        theirs = [word for word in swap.read if word not in _SPOKEN_FIRST]
        denying = any(map(denies, mine)), any(map(denies, theirs))
        if denying[0] != denying[1] and len(mine) + len(theirs) <= _MOST // 2:
            return tuple(mine or theirs)
        for word in mine:
            for other in theirs:
                if _opposite(word, other) and denying[0] == denying[1]:
                    return (word,)
    return ()


def _opposite(word: str, other: str) -> bool:
    against = {(pole.dimension, -pole.sign) for pole in poles(word)}
    return any((pole.dimension, pole.sign) in against for pole in poles(other))


def renamed(found: Sequence[Swap], mine: Sequence[Name], theirs: Sequence[Name]) -> list[str]:
    """Return the names of a sentence that stand where the passage has others."""
    own = {name.flat: name for name in mine}
    others = {name.flat for name in theirs}
    words = []
    for swap in found:
        read = {word for word in map(_bare, swap.read) if word in others}
        for word in map(_bare, swap.written):
            if word in own and read and not known(word, others):
                words.append(own[word].written)
    return words


def _bare(word: str) -> str:
    return word.removesuffix("'s").replace(".", "")
