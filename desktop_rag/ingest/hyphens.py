"""Mending words that are cut at the end of a line, and leaving alone those written with a hyphen.

A document's own spelling elsewhere decides first, then a list of words: "environ-mental" is one
word, "well-known" is two with a hyphen, and so is "2019-2021". The method is that of Grefenstette
and Tapanainen (1994), "What is a word, what is a sentence?", with the document as first lexicon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from desktop_rag.domain.documents import Layer, Page
from desktop_rag.ingest.cleaning import SOFT_HYPHEN

HYPHENS = ("-", SOFT_HYPHEN)  #: may stand where a word is cut
_EDGES = ".,;:!?()[]{}<>\"'“”‘’«»„¿¡…*"
_ALSO = frozenset(
    ("and", "or", "to", "nor", "y", "e", "o", "u", "ni", "a", "und", "oder", "bis", "sowie", "et")
)  #: what may follow a first part that shares its end with a later word: "pre- and post-war"
_PARTS = re.compile(r"[-'’]")
_SHORT = 2  # letters: "n-" in "n-butane", "e-" in "e-mail" is no part of a cut word


class Joint(Enum):
    """How the words at the end and at the beginning of two lines belong together."""

    APART = auto()  #: two words
    HYPHENED = auto()  #: one word with its hyphen
    JOINED = auto()  #: one word that was cut


def nothing_known(word: str) -> bool:  # noqa: ARG001  # a list of words, without any
    """Know no word."""
    return False


@dataclass(frozen=True)
class Spelling:
    """How words are written: in this document, and in a list of words."""

    pages: tuple[Page, ...] = ()
    known: Callable[[str], bool] = nothing_known
    _decided: dict[tuple[str, str], Joint] = field(default_factory=dict, compare=False)

    def joint(self, before: str, after: str) -> Joint:
        """Return how a word at the end of a line goes on with the first one of the next."""
        if not before.endswith(HYPHENS) or len(before) == 1 or not after:
            return Joint.APART
        if before.endswith(SOFT_HYPHEN):
            return Joint.JOINED
        pair = before[:-1].lstrip(_EDGES), after.rstrip(_EDGES)
        if pair not in self._decided:
            self._decided[pair] = self._joint(*pair)
        return self._decided[pair]

    def _joint(self, left: str, right: str) -> Joint:
        first = _PARTS.split(right)[0].rstrip(_EDGES)
        if not left or not left[-1].isalnum() or not right or not right[0].isalnum():
            return Joint.APART
        whole = f"{left}{first}".casefold()
        if right.casefold() in _ALSO and not (left.isalpha() and self._is_word(whole)):
            return Joint.APART
        cut = left.isalpha() and first.isalpha() and (right[0].islower() or left.isupper())
        if not cut or (right[0].isupper() and not self._is_word(whole)):
            return Joint.HYPHENED
        return self._cut(left.casefold(), first.casefold())

    def _cut(self, left: str, right: str) -> Joint:
        """Decide between one word and two, both of letters, the second in small ones."""
        joined = self._written[f"{left}{right}"]
        hyphened = self._written[f"{left}-{right}"]
        if joined or hyphened:
            return Joint.JOINED if joined >= hyphened else Joint.HYPHENED
        if self.known(f"{left}{right}"):
            return Joint.JOINED
        if len(left) < _SHORT or (self._is_word(left) and self._is_word(right)):
            return Joint.HYPHENED
        return Joint.JOINED

    def _is_word(self, word: str) -> bool:
        return bool(self._written[word]) or self.known(word)

    @cached_property
    def _written(self) -> Counter[str]:
        """Count the words of the document, without those that are cut or follow a cut."""
        written: Counter[str] = Counter()
        for text, times in Counter(_whole_words(self.pages)).items():  # most are written often
            written[text.casefold().strip(_EDGES)] += times
        return written


def _whole_words(pages: Iterable[Page]) -> list[str]:
    texts: list[str] = []
    cut = False
    for page in pages:
        for line in page.lines:
            if line.layer is Layer.BODY:
                words = line.words
                begins, cut = cut, words[-1].text[-1] in HYPHENS
                texts += [word.text for word in words[begins : len(words) - cut]]
    return texts
