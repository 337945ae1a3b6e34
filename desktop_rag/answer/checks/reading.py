"""All that a text claims: its words, numbers, dates, names, and what it denies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop_rag.answer.checks import dates
from desktop_rag.answer.checks.dates import DateClaim, moments
from desktop_rag.answer.checks.figures import Figure, figures
from desktop_rag.answer.checks.names import Name, acronyms, codes, initials, names
from desktop_rag.answer.checks.opposites import denies, without_idioms
from desktop_rag.answer.checks.polarity import Polarity, polarity
from desktop_rag.answer.checks.tokens import TextToken, flat, plain, tokens
from desktop_rag.domain.ports import Analyzer, ExactString

_OF_YEARS = re.compile(
    r"\b(?:fiscal years?|fiscal|years?|ejercicio(?: fiscal)?|ano(?: fiscal)?)\s(?=\d)"
)


@dataclass(frozen=True)
class ReadText:
    """A text as the checks read it; each part is read when it is first asked for.

    `language` is in ISO 639-1.
    """

    written: str
    language: str
    analyzer: Analyzer

    @cached_property
    def text(self) -> str:
        """The text in one kind of sign; all places are in it."""
        return plain(self.written)

    @cached_property
    def low(self) -> str:
        """The same without capitals and accents, sign by sign."""
        return "".join(map(_low, self.text))

    @cached_property
    def tokens(self) -> tuple[TextToken, ...]:
        """Its words and signs."""
        return tokens(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its folded words."""
        return frozenset(one.flat for one in self.tokens if one.text[0].isalnum())

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of its language."""
        return frozenset(self.analyzer.terms(self.text, (self.language,)))

    @cached_property
    def told(self) -> frozenset[str]:
        """Its terms without those of numbers and dates, which are held by themselves."""
        text = _OF_YEARS.sub(lambda found: " " * len(found.group()), self.low)
        for start, end in self._facts:
            text = text[:start] + " " * (end - start) + text[end:]
        return frozenset(self.analyzer.terms(f"{text} x1", (self.language,))) - {"x1"}

    @cached_property
    def _facts(self) -> list[tuple[int, int]]:
        found = [(one.start, one.end) for one in self.figures]
        return found + [(one.start, one.end) for one in self.moments]

    @cached_property
    def exact(self) -> Sequence[ExactString]:
        """What means nothing but itself."""
        return self.analyzer.exact(self.text, self.language)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, without those of dates."""
        found = figures(self.text, self.low, self.exact, self.tokens, self.language)
        return tuple(
            one
            for one in found
            if not any(m.start <= one.start and one.end <= m.end for m in self.moments)
        )

    @cached_property
    def moments(self) -> tuple[DateClaim, ...]:
        """Its dates, without years that stand alone."""
        return moments(self.text, self.low, self.exact)

    @cached_property
    def years(self) -> frozenset[str]:
        """Its years, in whichever kind of date."""
        alone = (str(int(one.values[0])) for one in self.figures if one.year)
        return dates.years_of(self.moments) | frozenset(alone)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """What it writes large."""
        return tuple(one for one in names(self.tokens, ()) if self._telling(one.flat))

    @cached_property
    def codes(self) -> tuple[Name, ...]:
        """Strings that are no words, numbers or dates."""
        spans = self._facts
        return tuple(
            one
            for one in codes(self.text, self.exact)
            if not any(start < one.end and one.start < end for start, end in spans)
        )

    @cached_property
    def keys(self) -> frozenset[str]:
        """All that its exact strings are looked up by."""
        return frozenset(
            key for one in self.exact for key in (*one.keys, *one.readings, *one.parts)
        )

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Its acronyms as they are written."""
        return acronyms(self.tokens)

    @cached_property
    def initials(self) -> frozenset[str]:
        """Its acronyms, and those that its names may have."""
        return initials(self.tokens)

    @cached_property
    def polarity(self) -> Polarity:
        """What it affirms and denies."""
        return polarity(tokens(without_idioms(self.low)), self._stems)

    @cached_property
    def denials(self) -> int:
        """How many of its words deny."""
        return sum(denies(one.flat) for one in tokens(without_idioms(self.low)))

    def stem(self, word: str) -> str:
        """Return the term of a folded word, itself where it is a function word."""
        return next(iter(self._stems(word)), word)

    def _stems(self, word: str) -> Sequence[str]:
        found = self.analyzer.terms(f"{word} x1", (self.language,))
        return [term for term in found if term != "x1"]

    def _telling(self, word: str) -> bool:
        return bool(self._stems(word))


def _low(sign: str) -> str:
    folded = flat(sign)
    return folded if len(folded) == 1 else sign
