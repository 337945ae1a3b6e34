"""Whether what was found answers the question, or the documents do not say it.

    sentences with their nearness ─► signs ─► Weighing.probability ─► enough, or refused

Passages are found for every question. That they answer it shows in the sentence that is nearest to
it: how near that is, whether it and its neighbours have the words, names and numbers of the
question, whether it says the opposite, and whether it has what is asked for, a date or a name.
Between two languages words do not meet; there, nearness and names alone are believed.

The weights are those of a logistic regression, fitted to questions that documents answer, and to
such as they do not: on other subjects, beside the point, or turned around by people who meant to
mislead (Rajpurkar et al., "Know What You Don't Know", 2018).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from desktop_rag.answer import expectation, mentions, opposites, premises
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Evidence, Extract
from desktop_rag.domain.ports import Analyzer
from desktop_rag.domain.sufficiency import Weighing

_NEAR = 1.2  # nearness from which on missing words no longer tell that it is about something else
_LOW = 0.8  # less near is little more than what any two texts are
_UNTOLD = 0.5  # the probability of what nothing is known about
_FEW = 4  # words: what has fewer says nothing by itself
_CELL = "\t"


@dataclass(frozen=True, slots=True)
class Signals:
    """The signs, from a question and the sentences found, that these answer it or do not.

    `nearness` is that of the nearest sentence as `Calibration.nearness` has it, 0 without an
    embedder; `low` is by how much it stays below 0.8. Of the question's terms, the share
    `missing` is not in that sentence and those beside it, and `unsaid` in no passage; `paired`
    are those that stand beside each other in it, too. `strange` is `missing` as far as nearness
    does not make up for it; `strange_across` the latter where sentence and question are in two
    languages, which `across` tells. Of its names the share `unnamed` is not beside the sentence,
    and `unheard` in no passage; `unnumbered` is 1 where a number of it is in no passage. `denied`
    is 1 where it asks what is not and the sentence says what is, and `opposite` where that has
    the opposite of a word. `fit` tells whether the sentence has what is asked for, 0 where nothing
    certain is, and `agreed` that words and meaning find the same passage.
    """

    nearness: float = 0.0
    low: float = 0.0
    missing: float = 0.0
    unsaid: float = 0.0
    paired: float = 0.0
    strange: float = 0.0
    strange_across: float = 0.0
    across: float = 0.0
    unnamed: float = 0.0
    unheard: float = 0.0
    unnumbered: float = 0.0
    denied: float = 0.0
    opposite: float = 0.0
    fit: float = 0.0
    agreed: float = 0.0


SIGNS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with what it stands under, its terms, and the section with what stands beside."""

    extract: Extract
    text: str
    around: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Posed:
    """A question and its terms, each once, in order."""

    text: str
    language: str
    terms: tuple[str, ...]


def judged(
    question: str,
    language: str,
    found: Sequence[Extract],
    analyzer: Analyzer,
    weighing: Weighing,
) -> Evidence:
    """Return sentences, in their order, and whether they answer the question.

    `language` is the question's, in ISO 639-1. Where they are in another one and the weights tell
    nothing of that, neither does this: they are taken for an answer. What contradicts the
    question is none.
    """
    meaning = "nearness" in weighing.weights
    signs = signals(question, language, found, analyzer, meaning=meaning)
    if signs is None:
        return Evidence((), 0.0, enough=False)
    probability, enough = _UNTOLD, True
    if not signs.across or "across" in weighing.weights:
        probability = weighing.probability({name: getattr(signs, name) for name in SIGNS})
        enough = probability >= weighing.enough
    otherwise = premises.contradicted(question, language, found, analyzer)
    return Evidence(
        tuple(found),
        probability,
        enough=enough and otherwise is None,
        unmentioned=_unmentioned(question, language, found, analyzer),
        contradicted=otherwise,
    )


def _unmentioned(
    question: str, language: str, found: Sequence[Extract], analyzer: Analyzer
) -> tuple[str, ...]:
    """Return the names and numbers of a question that no passage has, in its own language."""
    hits = {one.passage.number: one.passage.hit for one in found}.values()
    if any(hit.language not in {language, UNKNOWN_LANGUAGE} for hit in hits):
        return ()  # names are written otherwise there
    among = mentions.vocabulary([f"{hit.header}\n{hit.text}" for hit in hits], language, analyzer)
    absent = mentions.absent(mentions.mentioned(question), among, language, analyzer)
    return tuple(mentions.joined(absent, question))


def signals(
    question: str,
    language: str,
    found: Sequence[Extract],
    analyzer: Analyzer,
    *,
    meaning: bool = True,
) -> Signals | None:
    """Return the signs of the sentences found, in any order; `None` where there are none.

    `language` is the question's, in ISO 639-1. Without `meaning`, their nearness is left aside.
    """
    told = _sentences(found, language, analyzer)
    if not told:
        return None
    terms = tuple(dict.fromkeys(analyzer.terms(question, (language,))))
    asked = _Posed(question, language, terms)
    wordy = max(told, key=lambda one: (_shared(asked, one), one.extract.nearness * meaning))
    best = max(told, key=_nearest(asked)) if meaning else wordy
    own = best.extract.passage.hit.language
    across = own not in {language, UNKNOWN_LANGUAGE}
    beside = mentions.vocabulary([best.around], language, analyzer)
    hits = {one.extract.passage.number: one.extract.passage.hit for one in told}
    texts = [f"{hit.header}\n{hit.text}" for hit in hits.values()]
    everything = mentions.vocabulary(texts, language, analyzer)
    signs = _of_names(asked, beside, everything, analyzer, across=across)
    signs |= _of_sentence(asked, best, analyzer)
    signs |= _across(best) if across else _of_words(asked, best, beside, everything, analyzer)
    if meaning:
        signs["nearness"] = best.extract.nearness
        signs["low"] = max(0.0, _LOW - best.extract.nearness)
        signs["agreed"] = float(best.extract.passage.number == wordy.extract.passage.number)
    return Signals(**signs)


def _nearest(asked: _Posed) -> Callable[[_Sentence], tuple[float, int]]:
    return lambda one: (one.extract.nearness, _shared(asked, one))


def _across(best: _Sentence) -> dict[str, float]:
    return {"across": 1.0, "strange_across": _far(best)}


def _far(best: _Sentence) -> float:
    return max(0.0, _NEAR - best.extract.nearness)


def _of_words(
    asked: _Posed,
    best: _Sentence,
    beside: mentions.HeldWords,
    everything: mentions.HeldWords,
    analyzer: Analyzer,
) -> dict[str, float]:
    """Return the signs of words that question and sentence have in common."""
    missing = _share(set(asked.terms) - beside.terms, asked.terms)
    words = analyzer.words_of(best.text)
    opposed = opposites.reversed_words(
        analyzer.words_of(asked.text), words, analyzer.words_of(best.around)
    )
    turned = opposites.turned(asked.terms, best.terms)
    return {
        "missing": missing,
        "unsaid": _share(set(asked.terms) - everything.terms, asked.terms),
        "paired": _paired(asked, best.text, analyzer),
        "strange": _far(best) * missing,
        "opposite": float(bool(opposed or turned)),
    }


def _of_names(
    asked: _Posed,
    beside: mentions.HeldWords,
    everything: mentions.HeldWords,
    analyzer: Analyzer,
    *,
    across: bool,
) -> dict[str, float]:
    """Return the signs of names and numbers; `across` languages a name may only look alike."""
    mentioned = mentions.mentioned(asked.text)
    names = [one for one in mentioned if not one.number]
    numbers = [one for one in mentioned if one.number]

    def absent(among: mentions.HeldWords) -> list[mentions.Mention]:
        missing = mentions.absent(names, among, asked.language, analyzer)
        return [one for one in missing if not across or mentions.foreign(one, among, analyzer)]

    return {
        "unnamed": _share(absent(beside), names),
        "unheard": _share(absent(everything), names),
        "unnumbered": float(bool(mentions.absent(numbers, everything, asked.language, analyzer))),
    }


def _of_sentence(asked: _Posed, best: _Sentence, analyzer: Analyzer) -> dict[str, float]:
    """Return the signs of what the sentence says, and of what it denies."""
    own = best.extract.passage.hit.language
    spoken = asked.language if own == UNKNOWN_LANGUAGE else own
    denied = opposites.denies(
        asked.text, analyzer.words_of(asked.text), asked.language
    ) and not opposites.denying(best.text, analyzer.words_of(best.text), spoken)
    kinds = expectation.expected(asked.text, analyzer)
    return {
        "denied": float(denied),
        "fit": expectation.fit(kinds, asked.text, best.text, analyzer),
    }


def _sentences(found: Sequence[Extract], language: str, analyzer: Analyzer) -> list[_Sentence]:
    """Return the sentences that say something, in the order of their passages."""
    ordered = sorted(found, key=lambda one: (one.passage.number, one.start))
    told = []
    for at, extract in enumerate(ordered):
        hit = extract.passage.hit
        own = hit.text[extract.start : extract.end]
        heads = [hit.text[start:end] for start, end in extract.heads]
        text = "\n".join([*heads, own])
        beside = [one for one in ordered[max(0, at - 1) : at + 2] if one.passage == extract.passage]
        near = hit.text[beside[0].start : beside[-1].end]
        around = "\n".join([hit.header, *heads, near])
        terms = frozenset(analyzer.terms(text, (language,)))
        told.append((own, _Sentence(extract, text, around, terms)))
    return [one for own, one in told if _says(own)] or [one for _, one in told]


def _says(text: str) -> bool:
    """Tell a statement from a heading, a scrap and a question."""
    return not text.endswith("?") and (len(text.split()) >= _FEW or _CELL in text)


def _shared(asked: _Posed, sentence: _Sentence) -> int:
    return len(sentence.terms.intersection(asked.terms))


def _share(some: Collection[object], of: Collection[object]) -> float:
    return len(some) / len(of) if of else 0.0


def _paired(asked: _Posed, text: str, analyzer: Analyzer) -> float:
    """Return which share of the question's neighbouring terms are neighbours in a text."""
    own = set(pairwise(analyzer.terms(text, (asked.language,))))
    pairs = list(pairwise(asked.terms))
    return _share([pair for pair in pairs if pair in own], pairs)
