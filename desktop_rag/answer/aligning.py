"""Which sentences of two texts belong together: the same, moved, said otherwise, or of one alone.

Sentences that stand once in both are anchors, those in the same order by the longest chain of
them: patience diff (Cohen, 2003, in Bazaar), which reads moved blocks as moved. Between two anchors
the rest is compared as difflib does. What is then left is said otherwise where the cosine of its
words (TF-IDF) is high, higher where both stand elsewhere.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import numpy as np

Pair = tuple[int, int]  #: places of two sentences, each in its own text

MOST_LEFT = 6_000  #: sentences of one text that are compared by their words
_WORK = 2_000_000  # equal pairs between two anchors that difflib may look at
_NARROW = 40  # sentences between two anchors: of more, none stands in the same place as another
_AT_ONCE = 500  # sentences compared with all others in one step
_CANDIDATES = 3  # partners of a sentence that are thought of
_NEAR = 0.4  # of a cosine: from there on two say the same otherwise, in the same place
_LIKE = 0.6  # and elsewhere
_PLACE = 0.2  # what the same place counts beside the cosine
_SECTION = 0.1  # and the same heading
_DISTANCE = 0.05  # what the whole length of the text between them takes away


@dataclass(frozen=True, slots=True)
class TextAlignment:
    """Pairs that are the `same`, in order, `moved`, or `near` with their cosine; the rest is left.

    So many of each that were left were not compared by their words.
    """

    same: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    near: tuple[tuple[Pair, float], ...]
    unread: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ReadSentences:
    """The sentences of a text: what they are the same by, their terms, and their headings."""

    keys: Sequence[str]
    terms: Sequence[Sequence[str]]
    sections: Sequence[str]


def aligned(
    first: ReadSentences, second: ReadSentences, check: Callable[[], None] = lambda: None
) -> TextAlignment:
    """Return which sentences of two texts belong together; `check` is called now and then."""
    chain, moved = _anchors(first.keys, second.keys)
    same = list(chain)
    for left, right in _gaps(chain, len(first.keys), len(second.keys)):
        same += _equal(first.keys, second.keys, left, right)
    again = _again(first.keys, second.keys, {*same, *moved})
    check()
    taken = [*same, *moved, *again]
    own = _Unpaired(first, sorted(set(range(len(first.keys))) - {one for one, _ in taken}))
    others = _Unpaired(second, sorted(set(range(len(second.keys))) - {one for _, one in taken}))
    near, unread = _near(own, others, sorted(chain), check)
    return TextAlignment(tuple(sorted([*same, *again])), tuple(sorted(moved)), tuple(near), unread)


def _anchors(first: Sequence[str], second: Sequence[str]) -> tuple[list[Pair], list[Pair]]:
    """Return what stands once in both: the longest chain in one order, and the rest."""
    once = [key for key, count in Counter(first).items() if count == 1]
    places = {key: at for at, key in enumerate(second)}
    counts = Counter(second)
    begun = {key: at for at, key in enumerate(first)}
    pairs = sorted((begun[key], places[key]) for key in once if counts[key] == 1)
    chain = _longest(pairs)
    return chain, sorted(set(pairs) - set(chain))


def _longest(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest chain of pairs, sorted by their first, whose second grows, too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect.bisect_left(tails, place)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        last[length : length + 1] = [at]
    chain = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _gaps(chain: Sequence[Pair], first: int, second: int) -> Iterator[tuple[range, range]]:
    """Yield what stands between two anchors, of both texts."""
    for one, other in pairwise([(-1, -1), *chain, (first, second)]):
        left, right = range(one[0] + 1, other[0]), range(one[1] + 1, other[1])
        if left and right:
            yield left, right


def _equal(first: Sequence[str], second: Sequence[str], left: range, right: range) -> list[Pair]:
    """Return what is the same between two anchors, in order; of too much, nothing."""
    own = [first[at] for at in left]
    others = [second[at] for at in right]
    counts = Counter(others)
    if sum(counts[key] for key in own) > _WORK:
        return []
    matcher = SequenceMatcher(None, own, others, autojunk=False)
    return [
        (left[block.a + by], right[block.b + by])
        for block in matcher.get_matching_blocks()
        for by in range(block.size)
    ]


def _again(first: Sequence[str], second: Sequence[str], taken: set[Pair]) -> list[Pair]:
    """Return what stands several times, and is the same in no order."""
    used = {other for _, other in taken}
    own = {one for one, _ in taken}
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(second) - 1, -1, -1):
        if at not in used:
            places[second[at]].append(at)
    return [
        (at, places[key].pop()) for at, key in enumerate(first) if at not in own and places.get(key)
    ]


@dataclass(frozen=True, slots=True)
class _Unpaired:
    """Sentences of a text that have no partner yet."""

    text: ReadSentences
    places: Sequence[int]

    def terms(self) -> list[Sequence[str]]:
        return [self.text.terms[at] for at in self.places]


def _near(
    left: _Unpaired, right: _Unpaired, chain: Sequence[Pair], check: Callable[[], None]
) -> tuple[list[tuple[Pair, float]], tuple[int, int]]:
    """Return the pairs that say the same otherwise, each with its cosine."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = [*left.terms(), *right.terms()]
    if not left.places or not right.places or not any(terms):
        return [], (0, 0)
    vectors: Any = TfidfVectorizer(analyzer=lambda one: one, dtype=np.float32).fit_transform(terms)
    own, kept = _most_telling(vectors[: len(left.places)])
    others, chosen = _most_telling(vectors[len(left.places) :])
    places = _Places(left, right, chain, kept, chosen)
    found: list[tuple[float, float, Pair]] = []
    for start in range(0, len(kept), _AT_ONCE):
        check()
        cosines = (own[start : start + _AT_ONCE] @ others.T).toarray()
        found += _candidates(cosines, places, start)
    near = [
        ((left.places[kept[one]], right.places[chosen[other]]), cosine)
        for cosine, (one, other) in _best(found)
    ]
    lost = (len(left.places) - len(kept), len(right.places) - len(chosen))
    return sorted(near), lost


def _most_telling(vectors: Any) -> tuple[Any, list[int]]:
    """Return at most so many sentences: those nearest to all of their text."""
    if vectors.shape[0] <= MOST_LEFT:
        return vectors, list(range(vectors.shape[0]))
    near = np.asarray(vectors @ np.asarray(vectors.mean(axis=0)).T).ravel()
    kept = np.sort(np.argsort(-near)[:MOST_LEFT])
    return vectors[kept], kept.tolist()


class _Places:
    """Where the sentences that are compared stand: between which anchors, under which heading."""

    def __init__(
        self,
        left: _Unpaired,
        right: _Unpaired,
        chain: Sequence[Pair],
        kept: Sequence[int],
        chosen: Sequence[int],
    ) -> None:
        own = np.asarray([left.places[at] for at in kept])
        others = np.asarray([right.places[at] for at in chosen])
        first, second = (np.asarray([one[side] for one in chain], int) for side in (0, 1))
        wide = _wide(first, len(left.text.keys)) | _wide(second, len(right.text.keys))
        self.gaps = np.searchsorted(first, own)
        self.other_gaps = np.searchsorted(second, others)
        self.gaps[wide[self.gaps]] = -1
        names: dict[str, int] = {}
        self.sections = _numbered(names, [left.text.sections[at] for at in own])
        self.other_sections = _numbered(names, [right.text.sections[at] for at in others])
        self.shares = own / max(1, len(left.text.keys))
        self.other_shares = others / max(1, len(right.text.keys))

    def worth(self, start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
        """Return what places count beside cosines, float64, and which are the same, bool."""
        rows = slice(start, end)
        same = self.gaps[rows, None] == self.other_gaps[None]
        section = self.sections[rows, None] == self.other_sections[None]
        apart = np.abs(self.shares[rows, None] - self.other_shares[None])
        return _PLACE * same + _SECTION * section - _DISTANCE * apart, same


def _wide(anchors: np.ndarray, count: int) -> np.ndarray:
    """Return which gaps between anchors, the ends among them, say nothing of a place, bool."""
    return np.diff(anchors, prepend=-1, append=count) > _NARROW


def _numbered(names: dict[str, int], headings: Sequence[str]) -> np.ndarray:
    return np.asarray([names.setdefault(one, len(names)) for one in headings], int)


def _candidates(
    cosines: np.ndarray, places: _Places, start: int
) -> Iterator[tuple[float, float, Pair]]:
    """Yield the best partners of some sentences: what each is worth, its cosine and the pair."""
    worth, same = places.worth(start, start + len(cosines))
    worth = worth + cosines
    worth[cosines < np.where(same, _NEAR, _LIKE)] = -1
    count = min(_CANDIDATES, worth.shape[1])
    for at, best in enumerate(np.argpartition(-worth, count - 1, axis=1)[:, :count]):
        for other in best.tolist():
            if worth[at, other] > 0:
                pair = (start + at, other)
                yield float(worth[at, other]), float(cosines[at, other]), pair


def _best(found: Sequence[tuple[float, float, Pair]]) -> Iterator[tuple[float, Pair]]:
    """Yield pairs from the best down, each sentence once."""
    own: set[int] = set()
    others: set[int] = set()
    for _, cosine, (one, other) in sorted(found, key=lambda it: (-it[0], it[2])):
        if one not in own and other not in others:
            own.add(one)
            others.add(other)
            yield cosine, (one, other)
