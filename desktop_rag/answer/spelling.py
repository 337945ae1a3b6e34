"""Words that a question spells one letter off, where no passage has them as they are spelled.

The words one edit away (a letter more, less, another, or two that changed places; Damerau, "A
technique for computer detection and correction of spelling errors", 1964) are made and looked up:
an index of stems cannot be asked for what is near to a word that was never stemmed so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from desktop_rag.domain.ports import Analyzer

SHORTEST = 5  #: letters of a word that may be misspelled
_LONGEST = 24
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяєіїґ",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
)
_WORD = re.compile(r"\w+")


def doubtful(words: Iterable[str]) -> list[str]:
    """Return the words, folded, that are long enough and in letters of one alphabet."""
    fit = (word for word in words if SHORTEST <= len(word) <= _LONGEST and _alphabet(word))
    return list(dict.fromkeys(fit))


def one_off(word: str) -> list[str]:
    """Return every word that is one letter off.

    >>> {"heron", "herons", "hero", "herno"} <= {*one_off("heron"), "heron"}
    True
    """
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = _alphabet(word)
    found = [left + right[1:] for left, right in cuts if right]
    found += [left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1]
    found += [left + sign + right[1:] for left, right in cuts if right for sign in letters]
    found += [left + sign + right for left, right in cuts for sign in letters]
    return [other for other in dict.fromkeys(found) if other != word]


def meant(word: str, near: Collection[str], texts: Iterable[str], analyzer: Analyzer) -> str:
    """Return the word of `texts` that is one of `near`, the one that most of them have, or ""."""
    seen: Counter[str] = Counter()
    for text in texts:
        if any(one in near for one in analyzer.words_of(text)):
            own = {written.lower() for written in _WORD.findall(text)}
            seen.update(one for one in own if any(w in near for w in analyzer.words_of(one)))
    return min(seen, key=lambda one: (-seen[one], one[0] != word[0], one), default="")


def _alphabet(word: str) -> str:
    return next((signs for signs in _ALPHABETS if set(word) <= set(signs)), "")
