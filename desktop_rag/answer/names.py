"""Which document a question names: "Best Buy's FY2023 sales" is about one of forty filings.

The words that name a document choose the document; the other words choose the
page. A word of the question counts by how few of the documents searched have
it in their name: its inverse document frequency, as in BM25 (Robertson and Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond", 2009), with Lucene's 1 in the logarithm,
which keeps it above 0. A word in small letters says less in a question that writes others large:
in "state what Corning earned" Corning is a name, and "state" is not that of the United States.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_rag.domain.documents import DocumentId

Stem = Callable[[str], Iterable[str]]
"""Gives the terms of a text as the keyword index has them."""

_RUNS = (2, 3)  # words that a name may have run together: "Best Buy" in BESTBUY_2023
_TELLING = 3.0  # evidence, in nats, from which on a name is believed
_MANY = 20  # among fewer documents, words of a title are as likely to be about the matter
_MOST = 8  # more documents than this, named alike, are not named
_ALIKE = 0.85  # of the evidence for the best: two years of one company are both named
_SMALL = 0.1  # how much of a name a word in small letters is beside words with capitals
_FISCAL = re.compile(r"^fy((?:19|20)?\d\d)$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_NUMBERED = re.compile(r"[^\W\d_]\d(?!\d)")
_SENTENCE_END = (".", "?", "!", ":", "…", "¿", "¡")
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True, slots=True)
class Named:
    """How far a question names each document, from 0 to 1.

    `best` are the documents that are named, none where too many are named alike;
    `sure` says that the evidence is enough to take the words that name them,
    `spoken`, for a name and nothing else.
    """

    shares: Mapping[DocumentId, float]
    best: tuple[DocumentId, ...]
    sure: bool
    spoken: frozenset[str]


def name_words(title: str, stem_of_file: str, stem: Stem) -> frozenset[str]:
    """Return the words by which a document can be named: of its title and its file's name."""
    text = f"{title} {stem_of_file}".replace("_", " ").replace("-", " ")
    words = {form for word in text.lower().split() for form in _parts(word)}
    return frozenset(words | set(stem(text))) - {"fy"}


def small_words(text: str, words_of: Callable[[str], list[str]]) -> frozenset[str]:
    """Return the words, folded, that a text writes small, if it writes others large.

    A capital at the beginning of a sentence says nothing; what has a figure is never small.

    >>> sorted(small_words("Then state what Corning made.", lambda text: text.lower().split()))
    ['made.', 'state', 'what']
    """
    written = text.split()
    follows = [False, *(not word.endswith(_SENTENCE_END) for word in written)]
    if not any(
        inner and word != word.lower() for inner, word in zip(follows, written, strict=False)
    ):
        return frozenset()
    large = [word for word in written if word != word.lower() or any(map(str.isdigit, word))]
    return frozenset(words_of(text)).difference(*map(words_of, large))


def named(
    question: Sequence[str],
    names: Mapping[DocumentId, frozenset[str]],
    stem: Stem,
    small: Collection[str] = frozenset(),
) -> Named:
    """Match the words of a question, folded and in order, with the names of documents.

    Those that are `small` count less; see `small_words`.
    """
    sums = dict.fromkeys(names, 0.0)
    matches: dict[str, frozenset[DocumentId]] = {}
    for word, forms in _forms(question, stem).items():
        having = frozenset(id_ for id_, words in names.items() if not forms.isdisjoint(words))
        if having:
            matches[word] = having
            weight = math.log((len(names) - len(having) + 0.5) / (len(having) + 0.5) + 1)
            weight *= _SMALL if word in small else 1.0
            for id_ in having:
                sums[id_] += weight
    top = max(sums.values(), default=0.0)
    if top <= 0:
        return Named({}, (), sure=False, spoken=frozenset())
    best = tuple(id_ for id_, value in sums.items() if value >= top * _ALIKE)
    if len(best) > _MOST:
        best = ()
    spoken = {w for w, having in matches.items() if not having.isdisjoint(best)}
    shares = {id_: value / max(top, _TELLING) for id_, value in sums.items() if value}
    sure = bool(best) and (len(names) == 1 or (len(names) >= _MANY and top > _TELLING))
    return Named(shares, best, sure, frozenset(w for w in spoken if not _years(w)))


def _forms(question: Sequence[str], stem: Stem) -> dict[str, frozenset[str]]:
    """Return each word of the question with every spelling that a name may have of it."""
    forms: dict[str, set[str]] = {}
    for word in question:
        plain = _POSSESSIVE.sub("", word)
        forms.setdefault(word, set()).update(stem(plain), _parts(plain))
    for run in _runs(question):
        joined = set(stem("".join(_POSSESSIVE.sub("", word) for word in run)))
        for word in run:
            forms[word] |= joined
    return {word: frozenset(spellings - {"fy"}) for word, spellings in forms.items()}


def _runs(question: Sequence[str]) -> Iterator[Collection[str]]:
    for length in _RUNS:
        for at in range(len(question) - length + 1):
            yield question[at : at + length]


def _parts(word: str) -> Iterator[str]:
    """Yield the year in "FY18" and "FY2018", and of "2022Q4" the year and "q4".

    A digit by itself is no name: a question has it for other reasons.
    """
    yield from _years(word)
    numbered = _NUMBERED.findall(word)
    parts = _PARTS.findall(_NUMBERED.sub(" ", word))
    if len(parts) + len(numbered) > 1:
        yield from numbered
        yield from (part for part in parts if len(part) > 1 or not part.isdigit())


def _years(word: str) -> list[str]:
    if _YEAR.match(word):
        return [word]
    fiscal = _FISCAL.match(word)
    if not fiscal:
        return []
    year = fiscal.group(1)
    return [year if _YEAR.match(year) else f"20{year}"]
