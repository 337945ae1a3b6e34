"""Holds each sentence of an answer against the passages: a whole answer, or one while it streams.

`Checker` has read the passages once. Without an embedder it is quick enough for every sentence as
it is written, and its verdict is a first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from desktop_rag.answer import premises, speech
from desktop_rag.answer.checks import verdicts
from desktop_rag.answer.checks.alignment import (
    SourceSentence,
    aligned,
    preferences,
    sources_of,
    weights,
)
from desktop_rag.answer.checks.facts import Fact, Grounds, facts
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.checks.spans import Span, spans
from desktop_rag.answer.checks.verdicts import Judged, not_found, supported
from desktop_rag.answer.checks.wording import QuotedSpan, literal, quotations
from desktop_rag.domain.answers import Ground, Reason, SentenceCheck, SentenceVerdict
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE
from desktop_rag.domain.passages import Evidence, Passage
from desktop_rag.domain.ports import Analyzer, Judgement, QuestionEmbedder

_CITED = 2  # passages that a sentence is borne out by
_NEAREST = 6  # sentences of the passages that the embedder compares with one
_SHORTEST = 3  # words of a sentence that is a quotation by itself
_READ = 2  # sentences of the passages that an entailment model reads beside one, at most

Judge = Callable[[Sequence[tuple[str, str]]], Sequence[Judgement]]
"""Reads pairs of premise and hypothesis, as `domain.ports.Entailment` does."""


@dataclass(frozen=True)
class Checker:
    """What sentences are held against: passages, the evidence in them, and who reads both.

    `language` is the answer's, in ISO 639-1. Each of the last two may be missing.
    """

    passages: tuple[Passage, ...]
    evidence: Evidence
    question: str
    language: str
    analyzer: Analyzer
    embedder: QuestionEmbedder | None = None
    judge: Judge | None = None
    _headers: dict[int, ReadText] = field(default_factory=dict)
    _wholes: dict[int, ReadText] = field(default_factory=dict)

    @cached_property
    def _sources(self) -> list[SourceSentence]:
        return sources_of(self.passages, self.language, self.analyzer)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return dict(weights(self._sources))

    @cached_property
    def _asked(self) -> ReadText:
        return ReadText(self.question, self.language, self.analyzer)

    @cached_property
    def _texts(self) -> list[str]:
        return [passage.hit.text for passage in self.passages]

    def check(self, span: Span, quoted: Sequence[QuotedSpan] = ()) -> SentenceCheck:
        """Return what becomes of one sentence; `quoted` are the quotations of the answer."""
        judged, passages = self._judged(span, quoted)
        if judged.verdict is SentenceVerdict.NOT_FOUND:
            passages = []
        numbers = tuple(dict.fromkeys(one.number for one in passages))[:_CITED]
        return SentenceCheck(
            span.start, span.end, span.text, judged.verdict, judged.reason, numbers
        )

    def _judged(self, span: Span, quoted: Sequence[QuotedSpan]) -> tuple[Judged, list[Passage]]:
        sentence = ReadText(span.text, self.language, self.analyzer)
        if span.heading:
            return supported(Ground.NOTHING), []
        if stands := self._standing(span):
            return supported(Ground.QUOTED), stands
        if words := self._misquoted(span, quoted):
            return not_found(Ground.MISQUOTED, *words), []
        if verdicts.claims_nothing(sentence):
            return supported(Ground.NOTHING), []
        grounds = self._grounds(sentence, span.marks)
        found = list(facts(grounds))
        judged = self._decided(grounds, found)
        if judged.verdict is SentenceVerdict.SUPPORTED and self._restates(sentence):
            judged = Judged(SentenceVerdict.PARTLY, Reason(Ground.BESIDE))
        return judged, [one.passage for one in grounds.alignment.sources]

    def _restates(self, sentence: ReadText) -> bool:
        """Tell whether a sentence has nothing but the words of a question that asks for more."""
        return premises.asks_for(self.question) and sentence.terms <= self._asked.terms

    def _standing(self, span: Span) -> list[Passage]:
        """Return the passages that a sentence stands in letter for letter."""
        text = span.text.strip(" \"“”«»'‘’")
        if len(text.split()) < _SHORTEST:
            return []
        return [one for one in self.passages if literal(text, [one.hit.text])]

    def _misquoted(self, span: Span, quoted: Sequence[QuotedSpan]) -> tuple[str, ...]:
        """Return what a sentence puts in quotation marks and neither passages nor question have."""
        texts = [*self._texts, *(one.hit.header for one in self.passages), self.question]
        parts = []
        for one in quoted:
            start, end = max(one.start, span.start), min(one.end, span.end)
            if start < end:
                parts.append(one.text[start - one.start : end - one.start])
        return tuple(part for part in parts if not literal(part, texts))

    def _grounds(self, sentence: ReadText, cited: Sequence[int]) -> Grounds:
        extracts = {(one.passage.number, one.start) for one in self.evidence.sentences[:_NEAREST]}
        preferred = preferences(self._sources, cited, extracts)
        alignment = aligned(sentence.terms, self._sources, self._weights, preferred)
        places = dict.fromkeys(source.place for source in alignment.sources)
        return Grounds(
            sentence,
            alignment,
            [self._whole(place) for place in places],
            [self._header(place) for place in places],
            self._asked,
        )

    def _whole(self, place: int) -> ReadText:
        if place not in self._wholes:
            hit = self.passages[place].hit
            language = self.language if hit.language == UNKNOWN_LANGUAGE else hit.language
            self._wholes[place] = ReadText(hit.text, language, self.analyzer)
        return self._wholes[place]

    def _header(self, place: int) -> ReadText:
        if place not in self._headers:
            hit = self.passages[place].hit
            title = hit.header.replace("_", " ")
            self._headers[place] = ReadText(title, self.language, self.analyzer)
        return self._headers[place]

    def _decided(self, grounds: Grounds, found: Sequence[Fact]) -> Judged:
        if judged := verdicts.by_facts(grounds, found):
            return judged
        share = self._share(grounds)
        judged = verdicts.by_words(grounds, found, share)
        units = [source.reading.written for source in grounds.alignment.sources]
        if judged is None:
            nearest = self._nearest(grounds)
            near = max(nearest.values(), default=0.0) if nearest is not None else None
            judged = verdicts.by_meaning(share, near, len(found), across=grounds.across)
            units = sorted(nearest, key=nearest.__getitem__, reverse=True) if nearest else units
        return self._read_again(grounds.sentence, units[:_READ], judged)

    def _read_again(self, sentence: ReadText, units: Sequence[str], judged: Judged) -> Judged:
        """Have an entailment model read a sentence beside the best `units`, if there is one.

        What is put together from two says neither by itself, so the second is read with the first.
        """
        if self.judge is None or not units or not verdicts.open_to_doubt(judged):
            return judged
        premises = [" ".join(units[: count + 1]) for count in range(len(units))]
        read = self.judge([(premise, sentence.written) for premise in premises])
        return verdicts.by_entailment(read, judged)

    def _share(self, grounds: Grounds) -> float:
        """Return which share of a sentence's terms the passages or their titles have.

        What the question says already counts neither way, unless it is all that is said.
        """
        terms = grounds.sentence.told
        if not terms:
            return 1.0 if grounds.near else 0.0
        held = frozenset().union(*(one.terms for one in (*grounds.near, *grounds.headers)))
        spoken = (self._asked.terms - held) & terms
        new = terms - spoken or terms
        worth = {
            term: self._weights.get(term, max(self._weights.values(), default=1.0)) for term in new
        }
        return sum(worth[term] for term in new & held) / (sum(worth.values()) or 1.0)

    def _nearest(self, grounds: Grounds) -> dict[str, float] | None:
        """Return how near some sentences of the passages are, `None` without an embedder."""
        if self.embedder is None:
            return None
        known = [
            (one.passage.hit.text[one.start : one.end], one.passage)
            for one in self.evidence.sentences
        ]
        texts = {
            source.reading.written: source.reading.language for source in grounds.alignment.sources
        }
        for text, passage in known[:_NEAREST]:
            if len(texts) < _NEAREST:
                own = passage.hit.language
                texts.setdefault(text, self.language if own == UNKNOWN_LANGUAGE else own)
        for source in self._sources[: _NEAREST - len(texts)]:
            texts.setdefault(source.reading.written, source.reading.language)
        if not texts:
            return {}
        cosines = self.embedder.similarities(grounds.sentence.written, list(texts))
        return {
            text: self.embedder.calibration.nearness(
                cosine, across=speech.apart(self.language, own, self.embedder.languages)
            )
            for cosine, (text, own) in zip(cosines, texts.items(), strict=True)
        }


def checked(checker: Checker, written: str) -> tuple[SentenceCheck, ...]:
    """Return what becomes of each sentence of an answer, in order."""
    return tuple(each(checker, written))


def each(checker: Checker, written: str) -> Iterator[SentenceCheck]:
    """Yield the checks one by one, so that a caller may stop between two."""
    quoted = list(quotations(written))
    for span in spans(written, checker.language):
        yield checker.check(span, quoted)
