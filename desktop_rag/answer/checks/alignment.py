"""Which sentences of the passages say the same as a written one, by the terms they share.

A term counts by its inverse document frequency among the sentences of the passages. The best
sentence comes first; others follow that have what it lacks, so that a sentence put together from
several finds all of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.units import UnitRole, units
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Passage
from desktop_rag.domain.ports import Analyzer

_MOST = 3  # sentences that one is put together from
_GAIN = 0.12  # share of the terms that another one has to add
_MARKED = 0.04  # for a passage that the sentence itself cites
_KNOWN = 0.02  # for a sentence that is among the evidence for the question


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a passage, or a `row` of its table; `place` is the passage's among all."""

    passage: Passage
    place: int
    start: int
    reading: ReadText
    row: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """The sources of a sentence, best first, and which share of its terms they have.

    `tight` is that of the first alone; each share goes from 0 to 1.
    """

    sources: tuple[SourceSentence, ...] = ()
    share: float = 0.0
    tight: float = 0.0


def sources_of(
    passages: Sequence[Passage], language: str, analyzer: Analyzer
) -> list[SourceSentence]:
    """Return every sentence and row of the passages; `language` is of those that tell none."""
    found = []
    for place, passage in enumerate(passages):
        own = passage.hit.language
        own = language if own == UNKNOWN_LANGUAGE else own
        text = passage.hit.text
        for unit in units(text, own):
            reading = ReadText(text[unit.start : unit.end], own, analyzer)
            row = unit.role is UnitRole.ROW
            found.append(SourceSentence(passage, place, unit.start, reading, row))
    return found


def weights(sources: Sequence[SourceSentence]) -> Mapping[str, float]:
    """Return what each term of the sources counts, by how few of them have it."""
    having = Counter(term for source in sources for term in source.reading.terms)
    return {term: math.log(1 + len(sources) / count) for term, count in having.items()}


def aligned(
    terms: Collection[str],
    sources: Sequence[SourceSentence],
    weights: Mapping[str, float],
    preferred: Mapping[int, float],
) -> Alignment:
    """Return the sources of a sentence that has these `terms`.

    `preferred` says by how much each source, by its place in `sources`, comes before others.
    """
    rare = math.log(1 + len(sources))
    worth = {term: weights.get(term, rare) for term in terms}
    total = math.fsum(worth.values())
    if not total or not sources:
        return Alignment()
    left = set(worth)
    chosen: list[int] = []
    shares: list[float] = []
    while left and len(chosen) < _MOST:
        gains = [
            (_sum(worth, source.reading.terms & left) / total + preferred.get(at, 0.0), -at)
            for at, source in enumerate(sources)
        ]
        _, at = max(gains)
        at = -at
        gain = _sum(worth, sources[at].reading.terms & left) / total
        if at in chosen or not gain or (chosen and gain < _GAIN):
            break
        chosen.append(at)
        shares.append(gain)
        left -= sources[at].reading.terms
    found = tuple(sources[at] for at in chosen)
    return Alignment(found, min(math.fsum(shares), 1.0), shares[0] if shares else 0.0)


def _sum(worth: Mapping[str, float], terms: Collection[str]) -> float:
    return math.fsum(worth[term] for term in terms)


def preferences(
    sources: Sequence[SourceSentence], cited: Collection[int], evidence: Collection[tuple[int, int]]
) -> dict[int, float]:
    """Return by how much sources come first: those of passages `cited`, and the `evidence`.

    These are passage numbers, and numbers with the place in the passage.
    """
    found = {}
    for at, source in enumerate(sources):
        number = source.passage.number
        found[at] = _MARKED * (number in cited) + _KNOWN * ((number, source.start) in evidence)
    return {at: value for at, value in found.items() if value}
