"""What stands in a sentence where another thing stands in the passage.

Both are laid side by side, word by word; where a few words stand in place of a few others, between
words that are the same, one was put for the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

from desktop_rag.answer.checks.names import Name, acronyms, bare, initials, known
from desktop_rag.answer.checks.opposites import denies, poles
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.checks.tokens import TextToken

_MOST = 4  # words that stand for others; more were said anew
_SIGNS = frozenset("%$€£¥")
_SPOKEN_WORDS = """
    do does did is are was were has have had will would can could"""
_SPOKEN_FIRST = frozenset(_SPOKEN_WORDS.split())


class Swap(NamedTuple):
    """Words of a sentence, and those that stand in their place in a passage; one may be empty."""

    written: tuple[TextToken, ...]
    read: tuple[TextToken, ...]


def swaps(sentence: ReadText, source: ReadText) -> Iterator[Swap]:
    """Yield what was put in place of something else, left out, or put in, a few words each."""
    mine, theirs = _words(sentence), _words(source)
    matcher = SequenceMatcher(
        None,
        [sentence.stem(one.flat) for one in mine],
        [source.stem(one.flat) for one in theirs],
        autojunk=False,
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal" and j - i <= _MOST and m - k <= _MOST:
            yield Swap(tuple(mine[i:j]), tuple(theirs[k:m]))


def _words(reading: ReadText) -> list[TextToken]:
    return [one for one in reading.tokens if one.text[0].isalnum() or one.text in _SIGNS]


def turned(found: Sequence[Swap], *, denying: bool) -> tuple[str, ...]:
    """Return the words by which a swap denies, or says the opposite.

    Where one of the two texts is `denying` more often, a word that denies was put in or left out;
    elsewhere it may have been moved.
    """
    put, out = [_denial(swap.written) for swap in found], [_denial(swap.read) for swap in found]
    put = [one for one, swap in zip(put, found, strict=True) if one and not swap.read]
    out = [one for one, swap in zip(out, found, strict=True) if one and not swap.written]
    if len(put) != len(out):
        return (*put, *out)[0]
    for swap in found:
        mine, theirs = _weighty(swap.written), _weighty(swap.read)
        one, other = any(map(denies, mine)), any(map(denies, theirs))
        if one != other:
            if denying and len(mine) + len(theirs) <= _MOST // 2:
                return mine or theirs
            continue
        for word in mine:
            if any(_opposite(word, against) for against in theirs):
                return (word,)
    return ()


def _weighty(words: Sequence[TextToken]) -> tuple[str, ...]:
    return tuple(one.flat for one in words if one.flat not in _SPOKEN_FIRST)


def _denial(words: Sequence[TextToken]) -> tuple[str, ...]:
    """Return words that deny, and say nothing else."""
    found = _weighty(words)
    return found if len(found) == 1 and denies(found[0]) else ()


def _opposite(word: str, other: str) -> bool:
    against = {(pole.dimension, -pole.sign) for pole in poles(word)}
    return any((pole.dimension, pole.sign) in against for pole in poles(other))


def renamed(
    found: Sequence[Swap], mine: Sequence[Name], theirs: Collection[str], said: Collection[str]
) -> list[str]:
    """Return the names of a sentence that stand where the passage has others.

    `theirs` are the names of the passage, and `said` all those of the sentence, both folded.
    """
    words = []
    for swap in found:
        read = {bare(one.flat) for one in swap.read} & set(theirs)
        if not read or read <= set(said):
            continue
        if not _shortened(swap):
            words += [
                name.written
                for name in mine
                if within(name, swap.written) and not known(name.flat, read)
            ]
    return words


def _shortened(swap: Swap) -> bool:
    """Tell whether one side of a swap is an acronym of what the other writes out."""
    return bool(
        acronyms(swap.written) & initials(swap.read) or acronyms(swap.read) & initials(swap.written)
    )


class Placed(Protocol):
    """What stands at a place."""

    @property
    def start(self) -> int:
        """Its first character."""
        ...

    @property
    def end(self) -> int:
        """The one after its last."""
        ...


def within(one: Placed, words: Sequence[TextToken]) -> bool:
    """Tell whether something stands in the place of these words, at least with its beginning."""
    return any(
        word.start <= one.start < word.end or one.start <= word.start < one.end for word in words
    )
