"""Which sentences of the passages found answer a question best.

A sentence counts by its meaning, its cosine to the question, and by its words, the share of the
question's terms that it has. How far each is believed depends on the embedder: in a language
that it was made for, meaning leads; in another, words do, with the same weights the other way
around. Where question and sentence are in two languages, few words meet but names: an embedder
that was made for both leads alone, more or less, and one that was not counts as much as they do.
A sentence that has an exact string of the question, such as a part number, leads all others.

Both are of the sentence together with what it stands under (`units`): an item of a list says
little without its heading, a row without the names of its columns, an answer without its question.
Its meaning is that of the title and the section, too, which say what "it" is.

Cosines of one embedder lie around 0.3, those of another between 0.7 and 0.9. So they are read by
its calibration, and put where those of all-MiniLM-L6-v2 lie, for which all weights were made, and
so weigh alike with every embedder. What comes of it is scaled so that a difference of 1 is e times
the odds of holding the answer: a conditional logit, fitted on one half of the titles of
SQuAD 2 in English and Spanish.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from desktop_rag.answer import exactness, speech
from desktop_rag.answer.units import STATING, Unit, told, units
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
_PASSAGE_PENALTY = 0.1  # for each passage ranked before: retrieval has seen more than a sentence
_STRANGER_PENALTY = 0.2  # for a passage of a document that no other passage is of
_ODDS = 6.5  # the logit of 1


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A part of a passage that may answer, its words, what is embedded of it, and its language."""

    rank: int
    unit: Unit
    text: str
    meant: str
    language: str


def ranked_sentences(
    question: str,
    language: str,
    passages: Sequence[Passage],
    analyzer: Analyzer,
    embedder: QuestionEmbedder | None,
) -> list[Extract]:
    """Return every sentence of `passages` that states something, with its score, best first.

    `language` is the question's, in ISO 639-1. Without an `embedder`, words alone count. Of
    passages that state nothing, such as headings alone, all parts are given.
    """
    found = [
        one for rank, passage in enumerate(passages) for one in _parts(rank, passage, language)
    ]
    found = [one for one in found if one.unit.role in STATING] or found
    texts = [one.text for one in found]
    languages = [one.language for one in found]
    weights, near = [0.0] * len(texts), [0.0] * len(texts)
    if embedder is not None and texts:
        weights = [_weight(language, own, embedder.languages) for own in languages]
        cosines = embedder.similarities(question, [one.meant for one in found])
        near = _nearness(cosines, language, languages, embedder)
    shares = shared(
        analyzer.terms(question, (language,)), [analyzer.terms(text, (language,)) for text in texts]
    )
    lifts = _lifts(question, languages, texts, analyzer)
    company = Counter(passage.hit.document for passage in passages)
    extracts = []
    for at, one in enumerate(found):
        passage = passages[one.rank]
        score = weights[at] * near[at] + (_BOTH - weights[at]) * shares[at] + _EXACT * lifts[at]
        score -= _PASSAGE_PENALTY * one.rank
        score -= _STRANGER_PENALTY * (1 - company[passage.hit.document] / len(passages))
        unit, nearness = one.unit, near[at] / _ANSWERING
        extract = Extract(passage, unit.start, unit.end, _ODDS * score, unit.heads, nearness)
        extracts.append(extract)
    return sorted(extracts, key=lambda extract: -extract.score)


def _parts(rank: int, passage: Passage, language: str) -> list[_Candidate]:
    """Return the parts of a passage; of one that does not tell its language, in the question's."""
    hit = passage.hit
    own = language if hit.language == UNKNOWN_LANGUAGE else hit.language
    place = hit.header.replace(" › ", ": ")
    return [
        _Candidate(rank, unit, text, f"{place}: {text}" if place else text, own)
        for unit in units(hit.text, own)
        for text in [told(unit, hit.text)]
    ]


def _nearness(
    cosines: Sequence[float], question: str, languages: Sequence[str], embedder: QuestionEmbedder
) -> list[float]:
    """Return cosines where those of all-MiniLM-L6-v2 lie, of all languages alike."""
    calibration, known = embedder.calibration, embedder.languages
    return [
        _ANSWERING * calibration.nearness(cosine, across=speech.apart(question, own, known))
        for cosine, own in zip(cosines, languages, strict=True)
    ]


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
