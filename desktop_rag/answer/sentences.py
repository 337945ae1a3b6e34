"""Which sentences of the passages found answer a question best.

A sentence counts by its meaning, its cosine to the question, and by its words, the share of the
question's terms that it has. How far each is believed depends on the embedder: in a language
that it was made for, meaning leads; in another, words do, with the same weights the other way
around. Where question and sentence are in two languages, few words meet but names: an embedder
that was made for both leads alone, more or less, and one that was not counts as much as they do.
A sentence that has an exact string of the question, such as a part number, leads all others.

Cosines of one embedder lie around 0.3, those of another between 0.7 and 0.9. So they are read by
its calibration, and put where those of all-MiniLM-L6-v2 lie, for which all weights were made and
the penalties of `extraction.scored`, which so weigh alike with every embedder.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from math import fsum

from desktop_rag.answer import exactness, extraction, speech
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Extract, Passage
from desktop_rag.domain.ports import Analyzer, QuestionEmbedder

_BOTH = 1.3  # the weights of meaning and words together
_KNOWN = 1.0  # weight of the meaning where the embedder was made for the language
_FOREIGN = 0.3  # and where it was not
_ACROSS = 1.15  # and between two languages that it was made for
_BETWEEN = 0.65  # and between two that it was not both made for
_ANSWERING = 0.6  # the cosine of what answers, by the embedder that the weights were made for
_EXACT = 0.01  # for each standard deviation by which a passage with that string would be lifted
_FEW = 50  # fewer sentences do not tell what is common


def ranked_sentences(
    question: str,
    language: str,
    passages: Sequence[Passage],
    analyzer: Analyzer,
    embedder: QuestionEmbedder | None,
) -> list[Extract]:
    """Return every sentence of `passages` with its score, best first.

    `language` is the question's, in ISO 639-1. Without an `embedder`, words alone count.
    """
    written = [_written(passage, language) for passage in passages]
    spans = [
        extraction.sentences(passage.hit.text, own)
        for passage, own in zip(passages, written, strict=True)
    ]
    texts = [
        passage.hit.text[start:end]
        for passage, bounds in zip(passages, spans, strict=True)
        for start, end in bounds
    ]
    languages = [own for own, bounds in zip(written, spans, strict=True) for _ in bounds]
    weights, near = [0.0] * len(texts), [0.0] * len(texts)
    if embedder is not None:
        weights = [_weight(language, own, embedder.languages) for own in languages]
        near = _nearness(embedder.similarities(question, texts), language, languages, embedder)
    shares = shared(
        analyzer.terms(question, (language,)), [analyzer.terms(text, (language,)) for text in texts]
    )
    lifts = _lifts(question, languages, texts, analyzer)
    meaning = [weight * value for weight, value in zip(weights, near, strict=True)]
    words = [
        (_BOTH - weight) * share + _EXACT * lift
        for weight, share, lift in zip(weights, shares, lifts, strict=True)
    ]
    return extraction.scored(passages, spans, _regrouped(meaning, spans), _regrouped(words, spans))


def _nearness(
    cosines: Sequence[float], question: str, languages: Sequence[str], embedder: QuestionEmbedder
) -> list[float]:
    """Return cosines where those of all-MiniLM-L6-v2 lie, of all languages alike."""
    calibration, known = embedder.calibration, embedder.languages
    return [
        _ANSWERING * calibration.nearness(cosine, across=speech.apart(question, own, known))
        for cosine, own in zip(cosines, languages, strict=True)
    ]


def _written(passage: Passage, language: str) -> str:
    """Return the language of a passage; of one that does not tell, the question's."""
    own = passage.hit.language
    return language if own == UNKNOWN_LANGUAGE else own


def _weight(question: str, sentence: str, known: frozenset[str]) -> float:
    """Return the weight of the meaning."""
    if question == sentence:
        return _KNOWN if question in known else _FOREIGN
    return _ACROSS if speech.apart(question, sentence, known) else _BETWEEN


def _lifts(
    question: str, languages: Sequence[str], texts: Sequence[str], analyzer: Analyzer
) -> list[float]:
    """Return by how much exact strings of the question lift each text."""
    strings = exactness.sought(analyzer.exact(question))
    if not strings:
        return [0.0] * len(texts)
    found = {
        at: exactness.held(analyzer.exact(text, language))
        for at, (text, language) in enumerate(zip(texts, languages, strict=True))
    }
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
