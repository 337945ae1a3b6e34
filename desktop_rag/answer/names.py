"""Which document a question names: "Amazon's FY2017" is about one of forty filings.

The words that name a document choose the document; the other words choose the
page. A word counts by how few of the documents searched have it in their name.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_rag.domain.documents import DocumentId

_RUNS = (2, 3)  # words that a name may have run together: "Best Buy" in BESTBUY_2023
_FISCAL = re.compile(r"^(?:fy|q[1-4])?(?:fy)?((?:19|20)\d\d)$|^fy(\d\d)$")
_APOSTROPHES = re.compile("['’]")
_POSSESSIVE = re.compile("['’]s?$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_BELIEVED = 0.5  # of full evidence: a name less sure than this is a chance meeting
_TELLING = 3.0  # evidence, in nats, from which on a name is believed in full


@dataclass(frozen=True, slots=True)
class Named:
    """How far the question names each document, from 0 to 1; `used` are the words that do so."""

    shares: Mapping[DocumentId, float]
    used: frozenset[str]

    def best(self, most: int) -> tuple[DocumentId, ...]:
        """Return the documents that are named best, if they are no more than `most`."""
        top = max(self.shares.values(), default=0.0)
        best = tuple(name for name, share in self.shares.items() if share >= top * 0.999)
        return best if top > _BELIEVED and len(best) <= most else ()


def named(question: Sequence[str], names: Mapping[DocumentId, frozenset[str]]) -> Named:
    """Match the words of a question, folded, with the words of each document's name.

    The weight of a word is its inverse document frequency among `names`, as in BM25.
    """
    forms = _forms(question)
    frequency = Counter(word for words in names.values() for word in words)
    total = len(names)
    weights = {
        word: math.log((total - frequency[word] + 0.5) / (frequency[word] + 0.5) + 1)
        for word in frequency
        if word in forms
    }
    sums = {
        document: sum(weights[word] for word in words if word in weights)
        for document, words in names.items()
    }
    top = max(sums.values(), default=0.0)
    scale = max(top, _TELLING)
    shares = {document: value / scale for document, value in sums.items() if value}
    winners = [document for document, value in sums.items() if value and value == top]
    found = {word for document in winners for word in names[document] if word in weights}
    spoken = {word for name in found if not _YEAR.match(name) for word in forms[name]}
    return Named(shares, frozenset(spoken))


def _forms(question: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return every spelling a name may use, with the words of the question behind it."""
    forms: dict[str, tuple[str, ...]] = {}
    bare = [_POSSESSIVE.sub("", word) for word in question]
    for length in _RUNS:
        for at in range(len(question) - length + 1):
            forms.setdefault("".join(bare[at : at + length]), tuple(question[at : at + length]))
    for word, plain in zip(question, bare, strict=True):
        for form in (word, plain, _APOSTROPHES.sub("", word)):
            forms[form] = (word,)
        if fiscal := _FISCAL.match(plain):
            year = fiscal.group(1) or f"20{fiscal.group(2)}"
            forms.setdefault(year, (word,))
    return forms
