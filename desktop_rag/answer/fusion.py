"""Putting the two halves of a search into one order.

Neither half is right everywhere: an embedder made for English misleads in
Spanish, and among pages of figures that all use the same words, keywords do.
So each half is standardized over the candidates that it knows, which makes a sharp ranking
outweigh a flat one, and weighted by whether the embedder was made for the
languages of question and passage. Across languages keywords cannot meet, and
the embedder decides. A document that the question names gets a bonus, and so does a page of
accounts that is a statement which the question is about; a passage that has the question's exact
strings is lifted (`exactness`). What nobody reads in the document, such as running heads, comes
after what is as good.

    score = w · z(cosine) + (1 - w) · z(BM25) + bonus · share + statement + lift
    z(x) = (x - mean) / deviation

This is late fusion by score, not by rank. The combination of normalized scores is the convex
combination of Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval"
(2023), with z as the way of normalizing; the weights by language and the bonuses are ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from desktop_rag.domain.documents import QUOTABLE, UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.passages import Candidate
from desktop_rag.domain.statements import Statement

_KNOWN = 0.6  # weight of the vectors where the embedder was made for the language alone
_ONE_OF_MANY = 0.5  # and where it was made for others as well
_FOREIGN = 0.05  # and where it was not
_ACROSS = 0.9  # and where question and passage are in two languages
_NAMED = 1.0  # bonus, in standard deviations, of a document that the question may name
_SURELY_NAMED = 2.0  # and where it is sure that it names one
_STATED = 1.5  # the same of a page that is a statement which the question is about
_PREFERRED = 0.5  # and of a document that was cited just before
_UNREAD = 1.0  # by so many come furniture and hidden text after what is read
_UNSOUGHT = 50.0  # and where they have no word of the question, after everything else


@dataclass(frozen=True, slots=True)
class Aim:
    """What a question points at by more than its words and its meaning.

    `shares` says how far it names each document, from 0 to 1, and `sure` whether these are names
    indeed; `lifts` by how many standard deviations a row comes before others for its exact strings.
    It is about these `statements`. The documents `preferred` were cited just before.
    """

    shares: Mapping[DocumentId, float] = field(default_factory=dict)
    sure: bool = False
    lifts: Mapping[int, float] = field(default_factory=dict)
    statements: frozenset[Statement] = frozenset()
    preferred: frozenset[DocumentId] = frozenset()

    def bonus(self, candidate: Candidate) -> float:
        """Return by how many standard deviations a candidate comes before what is as good."""
        most = _SURELY_NAMED if self.sure else _NAMED
        named = most * self.shares.get(candidate.document, 0.0)
        stated = 0.0 if self.statements.isdisjoint(candidate.statements) else _STATED
        stated += _PREFERRED if candidate.document in self.preferred else 0.0
        return named + stated + self.lifts.get(candidate.row, 0.0)


def fused(
    candidates: Sequence[Candidate], language: str, known: frozenset[str], aim: Aim
) -> list[tuple[Candidate, float]]:
    """Return candidates with their scores, best first; equal ones by document and place.

    `language` is the question's, if it can be told; `known` are those that the embedder was made
    for.
    """
    similarities = _nearness([candidate.similarity for candidate in candidates])
    keywords = _standardized([candidate.keyword for candidate in candidates])
    words_weight = _of_few_words(candidates, known)
    scored = []
    for candidate, near, word in zip(candidates, similarities, keywords, strict=True):
        short = language == UNKNOWN_LANGUAGE and candidate.keyword > 0
        weight = words_weight if short else _weight(language, candidate.language, known)
        bonus = aim.bonus(candidate)
        if candidate.layer not in QUOTABLE:
            bonus -= _UNREAD if candidate.keyword > 0 else _UNSOUGHT
        scored.append((candidate, weight * near + (1 - weight) * word + bonus))
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].document, pair[0].ordinal))


def _weight(question: str, passage: str, known: frozenset[str]) -> float:
    if question != passage:
        return _ACROSS
    return _at_home(known) if passage in known else _FOREIGN


def _at_home(known: frozenset[str]) -> float:
    return _ONE_OF_MANY if len(known) > 1 else _KNOWN


def _of_few_words(candidates: Sequence[Candidate], known: frozenset[str]) -> float:
    """Return the weight, for few words, of the vectors of what has them: words tell no language.

    One for all, as they compete by their words; the embedder has to know all their languages.
    """
    languages = {candidate.language for candidate in candidates if candidate.keyword > 0}
    return _at_home(known) if languages <= known else _FOREIGN


def _nearness(similarities: Sequence[float]) -> list[float]:
    """Return standardized cosines; what has no vector yet, and so 0, is as near as the others.

    Of an embedder whose cosines all lie above 0.7, one 0 would make the others equal.
    """
    known = iter(_standardized([value for value in similarities if value]))
    return [next(known) if value else 0.0 for value in similarities]


def _standardized(values: Sequence[float]) -> list[float]:
    """Return how many standard deviations each value is above the mean."""
    if not values:
        return []
    mean = fmean(values)
    deviation = math.sqrt(fmean((value - mean) ** 2 for value in values))
    return [(value - mean) / deviation if deviation else 0.0 for value in values]
