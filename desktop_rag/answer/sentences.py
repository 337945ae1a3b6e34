"""Which sentences of the passages found answer a question best.

A sentence counts by its meaning, its cosine to the question, and by its words, the share of the
question's terms that it has. How far each is believed depends on the embedder: in a language
that it was made for, meaning leads; in another, words do, with the same weights the other way
around. Both together keep one sum, so that the penalties of `extraction.scored` weigh alike.
A sentence that has an exact string of the question, such as a part number, leads all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import fsum

from desktop_rag.answer import exactness, extraction
from desktop_rag.domain.passages import Extract, Passage
from desktop_rag.domain.ports import Analyzer, QuestionEmbedder

_BOTH = 1.3  # the weights of meaning and words together
_KNOWN = 1.0  # weight of the meaning where the embedder was made for the language
_FOREIGN = 0.3  # and where it was not
_EXACT = 0.01  # for each standard deviation by which a passage with that string would be lifted
_FEW = 50  # fewer sentences do not tell what is common


def ranked_sentences(
    question: str,
    language: str,
    passages: Sequence[Passage],
    analyzer: Analyzer,
    embedder: QuestionEmbedder,
) -> list[Extract]:
    """Return every sentence of `passages` with its score, best first.

    `language` is the question's, in ISO 639-1.
    """
    spans = [extraction.sentences(passage.hit.text, language) for passage in passages]
    texts = [
        passage.hit.text[start:end]
        for passage, bounds in zip(passages, spans, strict=True)
        for start, end in bounds
    ]
    meaning = _KNOWN if language in embedder.languages else _FOREIGN
    near = [meaning * cosine for cosine in embedder.similarities(question, texts)]
    shares = shared(
        analyzer.terms(question, (language,)), [analyzer.terms(text, (language,)) for text in texts]
    )
    lifts = _lifts(question, language, texts, analyzer)
    words = [
        (_BOTH - meaning) * share + _EXACT * lift for share, lift in zip(shares, lifts, strict=True)
    ]
    return extraction.scored(passages, spans, _regrouped(near, spans), _regrouped(words, spans))


def _lifts(question: str, language: str, texts: Sequence[str], analyzer: Analyzer) -> list[float]:
    """Return by how much exact strings of the question lift each text."""
    strings = exactness.sought(analyzer.exact(question))
    if not strings:
        return [0.0] * len(texts)
    found = {at: exactness.held(analyzer.exact(text, language)) for at, text in enumerate(texts)}
    lifted = exactness.lifts(strings, found, max(len(texts), _FEW), beside=len(question.split()))
    return [lifted.get(at, 0.0) for at in range(len(texts))]


def shared(wanted: Sequence[str], owned: Sequence[Sequence[str]]) -> list[float]:
    """Return which share of the terms `wanted` each text has, from 0 to 1.

    A term weighs 1 / (1 + the number of texts that have it): a rare one counts more.
    """
    terms = set(wanted)
    found = [set(own) & terms for own in owned]
    weights = {term: 1.0 / (1 + sum(term in own for own in found)) for term in terms}
    total = fsum(weights.values()) or 1.0  # sets have no order, and the last digit would go by it
    return [fsum(weights[term] for term in own) / total for own in found]


def _regrouped(
    values: Sequence[float], spans: Sequence[Sequence[tuple[int, int]]]
) -> list[list[float]]:
    flat = iter(values)
    return [list(islice(flat, len(bounds))) for bounds in spans]
