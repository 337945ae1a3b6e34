"""Which sentences of the passages found answer a question best.

A sentence counts by its meaning, its cosine to the question, and by its words, the share of the
question's terms that it has. How far each is believed depends on the embedder: in a language
that it was made for, meaning leads; in another, words do, with the same weights the other way
around. Both together keep one sum, so that the penalties of `extraction.scored` weigh alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import fsum

from desktop_rag.answer import extraction
from desktop_rag.domain.passages import Extract, Passage
from desktop_rag.domain.ports import Analyzer, QuestionEmbedder

_BOTH = 1.3  # the weights of meaning and words together
_KNOWN = 1.0  # weight of the meaning where the embedder was made for the language
_FOREIGN = 0.3  # and where it was not


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
    words = [(_BOTH - meaning) * share for share in shares]
    return extraction.scored(passages, spans, _regrouped(near, spans), _regrouped(words, spans))


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
