"""The people, organisations, places, dates and amounts of passages, with every place of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop_rag.answer.checks.tokens import TextToken, plain, tokens
from desktop_rag.answer.naming.joining import (
    JoinedName,
    MentionPlace,
    NameMention,
    NameVocabulary,
    joined,
    plausible,
)
from desktop_rag.answer.naming.kinds import told_by_itself
from desktop_rag.answer.naming.measured import MeasureMention, counted, measured
from desktop_rag.answer.naming.runs import NameRun, runs
from desktop_rag.answer.units import UnitRole, units
from desktop_rag.domain.documents import Layer
from desktop_rag.domain.entities import EntityKind
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.ports import Analyzer

MOST = 200  #: of each kind are listed
_SHOUTED = 0.6  # of the letters of a text that names nothing, being in capitals
_LARGE = 0.6  # of the words of a heading, and of what is written like one
_FEW = 4  # words that are too few to tell
_TOGETHER = re.compile(r",? (?:and|y|e|or|o)(?: the)? |, ")  # between names of one kind
_WRITTEN_LARGE = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE})
_UNTOLD = frozenset({UnitRole.LEADER})
_HEADINGS = frozenset({UnitRole.HEADING, UnitRole.ROW, UnitRole.INTRO, UnitRole.QUESTION})


class _NamingUnit(NamedTuple):
    """A part of a passage with its tokens, at its place among all."""

    text: str
    plain: str
    tokens: tuple[TextToken, ...]
    language: str
    place: MentionPlace
    heading: bool
    row: bool


def entities(
    passages: Sequence[Hit], analyzer: Analyzer, kinds: Collection[EntityKind] = tuple(EntityKind)
) -> list[JoinedName]:
    """Return what passages name of some kinds, in the order of `EntityKind`, often named first.

    Places are by the passages' own place in the sequence.
    """
    sentences = [one for at, hit in enumerate(passages) for one in _sentences(at, hit)]
    found: list[JoinedName] = []
    if _WRITTEN_LARGE.intersection(kinds):
        vocabulary = _vocabulary(sentences)
        small = _function_words(analyzer)
        names = [one for told in sentences for one in _names(told, vocabulary, small)]
        found += joined(names, vocabulary)
    if not _WRITTEN_LARGE.issuperset(kinds):
        found += counted([one for told in sentences for one in _measures(told, analyzer)])
    order = {kind: at for at, kind in enumerate(EntityKind)}
    found = [one for one in found if one.kind in kinds]
    return sorted(found, key=lambda one: (order[one.kind], -len(one.places), one.places[0]))


def most_named(found: Sequence[JoinedName]) -> list[JoinedName]:
    """Return of what is named the `MOST` of each kind that are named most often."""
    return [one for kind in EntityKind for one in [o for o in found if o.kind is kind][:MOST]]


def _sentences(at: int, hit: Hit) -> Iterator[_NamingUnit]:
    if hit.layer is not Layer.BODY:
        return
    for unit in units(hit.text, hit.language):
        if unit.role in _UNTOLD:
            continue
        text = hit.text[unit.start : unit.end]
        even = plain(text)
        words = tokens(even)
        heading = unit.role in _HEADINGS or _is_title(words)
        place = MentionPlace(at, unit.start, unit.end)
        row = unit.role is UnitRole.ROW
        yield _NamingUnit(text, even, words, hit.language, place, heading, row)


def _is_title(words: Sequence[TextToken]) -> bool:
    """Tell what writes most of its words large, which says nothing by that."""
    told = [one for one in words if one.text[0].isalpha()]
    large = sum(one.text[0].isupper() for one in told)
    return len(told) > _FEW and large > _LARGE * len(told)


def _is_shouted(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return sum(map(str.isupper, letters)) > _SHOUTED * max(1, len(letters))


def _vocabulary(sentences: Sequence[_NamingUnit]) -> NameVocabulary:
    found = NameVocabulary()
    for one in sentences:
        within = False
        for word in one.tokens:
            if not word.text[0].isalpha():
                within = within and word.text not in {".", "!", "?", ":", '"'}
                continue
            if word.text[0].islower():
                found.small[word.flat] += 1
            elif within and not one.heading:
                found.large[word.flat] += 1
            within = True
    return found


def _function_words(analyzer: Analyzer) -> Callable[[str, str], bool]:
    """Return what tells a function word of a language."""

    @lru_cache(maxsize=20_000)
    def tells(word: str, language: str) -> bool:
        return analyzer.terms(f"{word} x1", (language,)) == ["x1"]

    return tells


def _names(
    told: _NamingUnit, vocabulary: NameVocabulary, small: Callable[[str, str], bool]
) -> Iterator[NameMention]:
    """Yield what a sentence writes large and means by it, where the passage has it."""
    if _is_shouted(told.plain):
        return
    found = []
    for one in runs(told.plain, told.tokens):
        run = plausible(one, vocabulary, lambda word: small(word, told.language))
        if run and told.plain[max(0, run.start - 1) : run.start] not in {"/", "@", "#"}:
            found.append(run)
    kinds = [told_by_itself(run) for run in found]
    for at, run in enumerate(found):
        beside = [
            kind
            for other in (at - 1, at + 1)
            if 0 <= other < len(found) and (kind := kinds[other])
            if _in_one_breath(told.plain, found[min(at, other)], found[max(at, other)], kind)
        ]
        if mention := _mention(told, run, tuple(beside)):
            yield mention


def _in_one_breath(text: str, one: NameRun, other: NameRun, kind: EntityKind) -> bool:
    between = text[one.end : other.start]
    if kind is EntityKind.PERSON and between == " (":
        return True
    return bool(_TOGETHER.fullmatch(between)) and text[other.end : other.end + 2] != "'s"


def _mention(told: _NamingUnit, run: NameRun, beside: tuple[EntityKind, ...]) -> NameMention | None:
    """Return a name with its place in the passage, whose signs may be others."""
    written = told.plain[run.start : run.end]
    even = len(told.plain) == len(told.text)
    start = run.start if even else told.text.find(written)
    if start < 0:
        return None
    begun, length = told.place.start + start, run.end - run.start
    place = MentionPlace(told.place.passage, begun, begun + length)
    shown = " ".join(told.text[start : start + length].split())
    return NameMention(run, place, shown, told.heading, beside)


def _measures(told: _NamingUnit, analyzer: Analyzer) -> Iterator[MeasureMention]:
    return measured(told.text, told.language, told.place, analyzer, row=told.row)
