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

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from desktop_rag.answer import expectation, mentions, opposites
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Extract
from desktop_rag.domain.ports import Analyzer
from desktop_rag.domain.sufficiency import Weighing

_NEAR = 1.2  # nearness from which on missing words no longer tell that it is about something else
_LOW = 0.8  # less near is little more than what any two texts are
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
    """A sentence with its neighbours in their passage; words and terms are sets."""

    extract: Extract
    text: str
    around: str
    terms: frozenset[str]


def sufficiency(signals: Signals, weighing: Weighing) -> float:
    """Return the probability, from 0 to 1, that the sentences answer."""
    return weighing.probability({name: getattr(signals, name) for name in SIGNS})


def signals(
    question: str,
    language: str,
    found: Sequence[Extract],
    analyzer: Analyzer,
) -> Signals | None:
    """Return the signs of the sentences found, in any order; `None` where there are none.

    `language` is the question's, in ISO 639-1.
    """
    told = _sentences(found, language, analyzer)
    if not told:
        return None
    terms = list(dict.fromkeys(analyzer.terms(question, (language,))))
    best = max(told, key=lambda one: (one.extract.nearness, _shared(terms, one)))
    wordy = max(told, key=lambda one: (_shared(terms, one), one.extract.nearness))
    own = best.extract.passage.hit.language
    across = own not in {language, UNKNOWN_LANGUAGE}
    beside = mentions.vocabulary([best.around], language, analyzer)
    whole = {one.extract.passage.number: one.extract.passage.hit for one in told}
    everything = mentions.vocabulary(
        [f"{hit.header}\n{hit.text}" for hit in whole.values()], language, analyzer
    )
    missing = _share([term for term in terms if term not in beside.terms], terms)
    far = max(0.0, _NEAR - best.extract.nearness)
    named = mentions.mentioned(question)
    names = [one for one in named if not one.number]
    numbers = [one for one in named if one.number]
    return Signals(
        nearness=best.extract.nearness,
        low=max(0.0, _LOW - best.extract.nearness),
        missing=0.0 if across else missing,
        unsaid=0.0 if across else _share(set(terms) - everything.terms, terms),
        paired=0.0 if across else _paired(terms, best.text, language, analyzer),
        strange=0.0 if across else far * missing,
        strange_across=far if across else 0.0,
        across=float(across),
        unnamed=_share(_absent(names, beside, language, analyzer, across=across), names),
        unheard=_share(_absent(names, everything, language, analyzer, across=across), names),
        unnumbered=float(bool(mentions.absent(numbers, everything, language, analyzer))),
        denied=float(_denied(question, language, best, analyzer)),
        opposite=float(not across and _opposed(question, terms, best, analyzer)),
        fit=expectation.fit(
            expectation.expected(question, analyzer), question, best.text, analyzer
        ),
        agreed=float(best.extract.passage.number == wordy.extract.passage.number),
    )


def _sentences(found: Sequence[Extract], language: str, analyzer: Analyzer) -> list[_Sentence]:
    """Return the sentences that say something, in the order of their passages."""
    ordered = sorted(found, key=lambda one: (one.passage.number, one.start))
    told = []
    for at, extract in enumerate(ordered):
        hit = extract.passage.hit
        text = hit.text[extract.start : extract.end]
        beside = [one for one in ordered[max(0, at - 1) : at + 2] if one.passage == extract.passage]
        around = f"{hit.header}\n{hit.text[beside[0].start : beside[-1].end]}"
        terms = frozenset(analyzer.terms(text, (language,)))
        told.append(_Sentence(extract, text, around, terms))
    return [one for one in told if _says(one.text)] or told


def _says(text: str) -> bool:
    """Tell a statement from a heading, a scrap and a question."""
    return not text.endswith("?") and (len(text.split()) >= _FEW or _CELL in text)


def _shared(terms: Sequence[str], sentence: _Sentence) -> int:
    return len(sentence.terms.intersection(terms))


def _share(some: Sequence[object] | set[str], of: Sequence[object]) -> float:
    return len(some) / len(of) if of else 0.0


def _paired(terms: Sequence[str], text: str, language: str, analyzer: Analyzer) -> float:
    """Return which share of the question's neighbouring terms are neighbours in a text."""
    own = set(pairwise(analyzer.terms(text, (language,))))
    pairs = list(pairwise(terms))
    return _share([pair for pair in pairs if pair in own], pairs)


def _absent(
    names: Sequence[mentions.Mention],
    among: mentions.Vocabulary,
    language: str,
    analyzer: Analyzer,
    *,
    across: bool,
) -> list[mentions.Mention]:
    """Return the names that are not among the words; in another language they may look alike."""
    missing = mentions.absent(names, among, language, analyzer)
    return [one for one in missing if not across or mentions.foreign(one, among, analyzer)]


def _denied(question: str, language: str, best: _Sentence, analyzer: Analyzer) -> bool:
    if not opposites.denies(question, analyzer.words_of(question), language):
        return False
    own = best.extract.passage.hit.language
    words = analyzer.words_of(best.text)
    return not opposites.denying(best.text, words, language if own == UNKNOWN_LANGUAGE else own)


def _opposed(question: str, terms: Sequence[str], best: _Sentence, analyzer: Analyzer) -> bool:
    asked, own = analyzer.words_of(question), analyzer.words_of(best.text)
    around = analyzer.words_of(best.around)
    turned = opposites.turned(terms, best.terms)
    return bool(opposites.reversed_words(asked, own, around) or turned)
