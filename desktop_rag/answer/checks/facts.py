"""Each fact of a sentence, held against its sources: numbers, dates and names.

A fact that stands in the aligned sentences is found. One that stands only elsewhere in their
passages is found, too, unless the aligned sentence has another of its kind that was not taken up:
then it was put in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from desktop_rag.answer.checks import arithmetic, measures
from desktop_rag.answer.checks.alignment import Alignment, SourceSentence
from desktop_rag.answer.checks.dates import DateClaim, held
from desktop_rag.answer.checks.figures import Figure, rounds, same
from desktop_rag.answer.checks.names import Name, known
from desktop_rag.answer.checks.reading import ReadText
from desktop_rag.answer.checks.swaps import Swap, renamed, swaps, within
from desktop_rag.domain.answers import Ground

_CLOSE = 0.45  # share of the terms from which on a sentence is laid beside its source
_WHOLE = 0.6  # of the terms of a source that is taken up whole
_FOLLOWING = frozenset(".,;:)!?")


class Fact(NamedTuple):
    """A fact of a sentence in its `words`: whether it was found, and by which sum if by one."""

    ground: Ground
    words: str
    found: bool
    sum: str = ""


@dataclass(frozen=True)
class Grounds:
    """What a sentence is held against: its sources and the passages they stand in, whole."""

    sentence: ReadText
    alignment: Alignment
    wholes: Sequence[ReadText]
    headers: Sequence[ReadText]
    question: ReadText

    @cached_property
    def near(self) -> list[ReadText]:
        """The aligned sentences."""
        return [source.reading for source in self.alignment.sources]

    @cached_property
    def wide(self) -> list[ReadText]:
        """Their passages and what stands above them."""
        return [*self.wholes, *self.headers]

    @cached_property
    def close(self) -> bool:
        """Whether the sentence says much the same as its first source."""
        return self.alignment.tight >= _CLOSE

    @cached_property
    def first(self) -> SourceSentence | None:
        """The best of the sources."""
        return self.alignment.sources[0] if self.alignment.sources else None

    @cached_property
    def laid(self) -> tuple[tuple[ReadText, tuple[Swap, ...]], ...]:
        """The sources that the sentence can be laid beside, each with what was swapped."""
        if self.across:
            return ()
        first = self.near[:1] if self.close else []
        whole = [one for one in self.near if one not in first and self._whole(one)]
        return tuple((one, tuple(swaps(self.sentence, one))) for one in (*first, *whole))

    @cached_property
    def swaps(self) -> tuple[tuple[ReadText, Swap], ...]:
        """Each swap with its source."""
        return tuple((source, swap) for source, found in self.laid for swap in found)

    def _whole(self, source: ReadText) -> bool:
        """Tell whether most of a source is in the sentence: it is one of two made one."""
        shared = len(source.terms & self.sentence.terms)
        return shared >= _WHOLE * len(source.terms)

    @cached_property
    def across(self) -> bool:
        """Whether sentence and source are in two languages."""
        return bool(self.near) and self.near[0].language != self.sentence.language

    @cached_property
    def scales(self) -> frozenset[float]:
        """By how much the tables of the passages take their numbers."""
        return frozenset().union(*(measures.headed(one.text) for one in self.wide))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The units that the passages and the question speak of."""
        return frozenset().union(*(measures.named(one.low) for one in (*self.headers, *self.near)))


def facts(grounds: Grounds) -> Iterator[Fact]:
    """Yield each fact of the sentence, found or not."""
    for figure in grounds.sentence.figures:
        yield _year(figure, grounds) if figure.year else _number(figure, grounds)
    for moment in grounds.sentence.moments:
        yield _date(moment, grounds)
    for code in grounds.sentence.codes:
        yield Fact(Ground.NAME, code.written, _coded(code, grounds))
    yield from _names(grounds)


def _coded(code: Name, grounds: Grounds) -> bool:
    """Tell whether a code is there, and not in place of another that is not taken up."""
    if any(_has(text, code) for text in grounds.near):
        return True
    mine = {key for one in grounds.sentence.codes for key in one.keys}
    others = grounds.first.reading.codes if grounds.first else ()
    if grounds.close and any(not mine.intersection(one.keys) for one in others):
        return False
    return any(_has(text, code) for text in (*grounds.wide, grounds.question))


def _has(text: ReadText, code: Name) -> bool:
    return bool(text.keys.intersection(code.keys)) or bool(
        re.search(rf"(?<!\w){re.escape(code.flat)}(?!\w)", text.low)
    )


# Numbers


def _number(figure: Figure, grounds: Grounds) -> Fact:
    swapped = _swapped(figure, grounds)
    if swapped:
        return Fact(Ground.NUMBER, figure.written, found=False)
    if any(_matches(figure, one, grounds) for near in grounds.near for one in near.figures):
        return Fact(Ground.NUMBER, figure.written, found=True)
    others = _left(grounds)
    wide = any(_matches(figure, one, grounds) for text in grounds.wide for one in text.figures)
    if wide and not (grounds.close and any(_rivals(figure, one) for one in others)):
        return Fact(Ground.NUMBER, figure.written, found=True)
    if sum_ := _sum(figure, grounds):
        return Fact(Ground.NUMBER, figure.written, found=True, sum=sum_)
    tolerated = figure.small and not figure.unit.kind and not others
    return Fact(Ground.NUMBER, figure.written, found=tolerated)


def _swapped(figure: Figure, grounds: Grounds) -> bool:
    """Tell whether a number stands where the first source has one that is not taken up."""
    mine = grounds.sentence.figures
    for source, swap in grounds.swaps:
        if not within(figure, swap.written):
            continue
        others = [
            one for one in source.figures if one.year == figure.year and within(one, swap.read)
        ]
        if others and not any(_matches(own, one, grounds) for one in others for own in mine):
            return True
    return False


def _left(grounds: Grounds) -> list[Figure]:
    """Return the numbers of the first source that the sentence does not take up."""
    if grounds.first is None:
        return []
    mine = grounds.sentence.figures
    return [
        one
        for one in grounds.first.reading.figures
        if not one.year and not any(_matches(own, one, grounds) for own in mine)
    ]


def _rivals(figure: Figure, other: Figure) -> bool:
    """Tell whether two numbers may stand for one another: they count the same."""
    kinds = {figure.unit.kind, other.unit.kind}
    return len(kinds) == 1 or "" in kinds or figure.values == other.values


def _matches(figure: Figure, other: Figure, grounds: Grounds) -> bool:
    if not _same_unit(figure, other, grounds):
        return False
    factor = figure.unit.factor if not other.unit.kind else 1.0
    scales = {1.0, *(grounds.scales if other.scale == 1.0 else ())}
    values = [value * scale * factor for value in other.values for scale in scales]
    if "-" in figure.written[:1] and not other.loss and all(value > 0 for value in values):
        return False
    if any(same(mine, value) for mine in figure.values for value in values):
        return True
    return figure.digits < other.digits and any(rounds(figure, value) for value in values)


def _same_unit(figure: Figure, other: Figure, grounds: Grounds) -> bool:
    mine, theirs = figure.unit, other.unit
    if mine.kind == theirs.kind:
        return True
    if not theirs.kind:
        return mine.kind in grounds.kinds
    if not mine.kind:
        return theirs.kind != "%" and _ends(figure, grounds.sentence)
    return False


def _ends(figure: Figure, sentence: ReadText) -> bool:
    """Tell whether nothing follows a number that it could count."""
    after = sentence.text[figure.end :].lstrip()
    return not after or after[0] in _FOLLOWING


def _sum(figure: Figure, grounds: Grounds) -> str:
    text = f"{grounds.sentence.low} {grounds.question.low}"
    spoken = grounds.sentence.figures
    sums = (arithmetic.computed(figure, spoken, near.figures, text) for near in grounds.near)
    return next(filter(None, sums), "")


# Dates


def _year(figure: Figure, grounds: Grounds) -> Fact:
    year = str(int(figure.values[0]))
    if _swapped(figure, grounds):
        return Fact(Ground.DATE, figure.written, found=False)
    if any(year in one.years for one in grounds.near):
        return Fact(Ground.DATE, figure.written, found=True)
    mine = grounds.sentence.years
    others = grounds.first.reading.years - mine if grounds.first else frozenset[str]()
    wide = any(year in one.years for one in (*grounds.wide, grounds.question))
    counted = any(_matches(figure, one, grounds) for near in grounds.near for one in near.figures)
    found = counted or (wide and not (grounds.close and others))
    return Fact(Ground.DATE, figure.written, found=found)


def _date(moment: DateClaim, grounds: Grounds) -> Fact:
    years = frozenset().union(*(one.years for one in (*grounds.near, *grounds.wide)))
    if any(held(moment, one.moments, years) for one in grounds.near):
        return Fact(Ground.DATE, moment.written, found=True)
    mine = {key for one in grounds.sentence.moments for key in one.keys}
    others = [
        one
        for one in (grounds.first.reading.moments if grounds.first else ())
        if not mine.intersection(one.keys)
    ]
    wide = any(held(moment, one.moments, years) for one in (*grounds.wide, grounds.question))
    return Fact(Ground.DATE, moment.written, found=wide and not (grounds.close and bool(others)))


# Names


def _names(grounds: Grounds) -> Iterator[Fact]:
    """Yield the names: known ones stand anywhere in the passages, and not in place of others."""
    if grounds.first is None:
        return
    mine = grounds.sentence.names
    said = {name.flat for name in mine}
    swapped = [
        word
        for source, found in grounds.laid
        for word in renamed(found, mine, _others(source, grounds), said)
    ]
    words = frozenset().union(
        *(one.words for one in (*grounds.near, *grounds.wide, grounds.question))
    )
    short = frozenset().union(*(one.initials for one in (*grounds.near, *grounds.wide)))
    for name in mine:
        if name.written in swapped:
            yield Fact(Ground.NAME, name.written, found=False)
        elif name.sure:
            found = name.flat in short or _known(name, words, across=grounds.across)
            yield Fact(Ground.NAME, name.written, found=found or _shortened(name, grounds))


def _others(source: ReadText, grounds: Grounds) -> frozenset[str]:
    """Return the names of a source; what only opens it must be one elsewhere."""
    sure = {name.flat for text in grounds.wide for name in text.names if name.sure}
    return frozenset(name.flat for name in source.names if name.sure or name.flat in sure)


def _known(name: Name, words: frozenset[str], *, across: bool) -> bool:
    parts = name.flat.replace("&", "-").split("-")
    return known(name.flat, words, across=across) or all(
        known(part, words, across=across) for part in parts if len(part) > 1
    )


def _shortened(name: Name, grounds: Grounds) -> bool:
    """Tell whether a name belongs to a run whose acronym the passages have."""
    run = [
        one
        for one in grounds.sentence.names
        if abs(one.start - name.start) < len("Organization of ")
    ]
    letters = "".join(one.flat[0] for one in run)
    return any(letters in text.acronyms for text in (*grounds.near, *grounds.wide))
