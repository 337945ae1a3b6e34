"""Runs of words written large, which may be names, with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from desktop_rag.answer.checks.tokens import TextToken
from desktop_rag.answer.naming.lexicon import (
    AND,
    COMPOUND,
    JOINING,
    LEADING,
    LED_BY,
    OF,
    OFFICES,
    PLACE_NAMES,
    PLACES_FIRST,
    ROLES,
    SUFFIXES,
    TITLES,
)

_OPENERS = frozenset('.!?:;"“”«¿¡(•|-–*')
_ABBREVIATED = TITLES | frozenset("st sta jr sr ph vs".split())  # noqa: SIM905 - as read
_ARTICLES = frozenset({"el", "la", "the"})
_AFTER = 3  # tokens that tell what a name is
_MOST_JOINING = 3  # words between two written large: "Universidad de los Andes"
_SHORT = 3  # letters of a word between that says nothing of it
_ADJECTIVE = ("an", "al", "es", "esa", "co", "ca", "no", "na", "ol", "ola", "so", "sa", "ense")
_ACRONYM = re.compile(r"[A-Z][A-Z.&]{1,9}")


class NameRun(NamedTuple):
    """Words written large, and what joins them, in characters `start` to `end` of a plain text.

    `before` and `after` are the folded tokens around it; it may be `titled`, as in "Dr. Ruiz", or
    come after what somebody is (`role`). One that `opens` its sentence is written large in any
    case. An `acronym` may follow in brackets.
    """

    start: int
    end: int
    tokens: tuple[TextToken, ...]
    before: str = ""
    after: tuple[str, ...] = ()
    opens: bool = False
    titled: bool = False
    role: bool = False
    acronym: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Its folded words that are written large."""
        return tuple(one.flat for one in self.tokens if one.text[:1].isupper())

    @property
    def name(self) -> str:
        """All of it, folded."""
        return " ".join(one.flat for one in self.tokens if one.text not in {".", ","})

    @property
    def shouted(self) -> bool:
        """Whether it is several words in capitals."""
        large = [one.text for one in self.tokens if one.text[:1].isupper()]
        return len(large) > 1 and all(map(str.isupper, large))


def runs(text: str, words: Sequence[TextToken]) -> Iterator[NameRun]:
    """Yield the runs of a plain text, given its tokens, in order."""
    at = 0
    while at < len(words):
        if not words[at].text[0].isupper():
            at += 1
            continue
        end = _end(text, words, at)
        for start, stop in _parts(words, at, end):
            run = _run(words, start, stop)
            if run is not None:
                yield run
        at = end


def _large(word: TextToken) -> bool:
    return word.text[0].isupper()


def _possessive(word: TextToken) -> bool:
    return word.flat.endswith("'s")


def _owner(word: TextToken) -> TextToken:
    """Return a word without a possessive's ending."""
    if not _possessive(word):
        return word
    return TextToken(word.start, word.end - 2, word.text[:-2], word.flat[:-2])


def _joined(text: str, one: TextToken, other: TextToken) -> bool:
    return text[one.end : other.start] in {" ", "  "}


def _end(text: str, words: Sequence[TextToken], at: int) -> int:
    """Return the place after the last token of the run that begins at a place."""
    end = at + 1
    while end < len(words):
        after = _next(text, words, end)
        if not after:
            break
        end = after
    return end


def _next(text: str, words: Sequence[TextToken], end: int) -> int:
    """Return the place after the next word written large that belongs to a run; 0 if none does."""
    last, word = words[end - 1], words[end]
    if _possessive(last):
        return 0
    if _large(word):
        return end + 1 if _joined(text, last, word) else 0
    if word.text in {".", ","}:
        return _beyond(text, words, end)
    for place in range(end, min(end + _MOST_JOINING, len(words) - 1)):
        joining = words[place].text
        if joining not in JOINING | AND or not _joined(text, words[place - 1], words[place]):
            return 0
        if _large(words[place + 1]) and _joined(text, words[place], words[place + 1]):
            return place + 2
    return 0


def _beyond(text: str, words: Sequence[TextToken], end: int) -> int:
    """Return the place after a sign and what belongs to the name behind it; 0 if nothing does."""
    if end + 1 >= len(words) or not _large(words[end + 1]):
        return 0
    last, sign, word = words[end - 1 : end + 2]
    if text[sign.end : word.start] not in {" ", ""}:
        return 0
    if sign.text == ",":
        return end + 2 if word.flat in SUFFIXES else 0
    return end + 2 if len(last.text) == 1 or last.flat in _ABBREVIATED else 0


def _parts(words: Sequence[TextToken], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names of a run: what "and" joins is one only where an organisation leads it."""
    begun = start
    for at in range(start + 1, end):
        if _divides(words, begun, at, end) and at > begun:
            yield begun, at
            begun = at if _large(words[at]) else at + 1
    yield begun, end


def _divides(words: Sequence[TextToken], begun: int, at: int, end: int) -> bool:
    """Tell whether another name begins at a place, or after it."""
    word = words[at]
    led = _leads(words, begun, at)
    if _large(word):
        if word.flat in TITLES and words[at - 1].text != "." and at + 1 < end:
            return _large(words[at + 1]) and word.flat not in LED_BY
        joining = at - 1 > begun and not _large(words[at - 1]) and words[at - 1].text.isalpha()
        return word.flat in LED_BY and joining and not led
    if word.text not in AND | OF:
        return False
    if word.text == "&":
        return words[at - 1].flat in PLACE_NAMES or words[at + 1].flat in PLACE_NAMES
    if not led:
        return not (word.text in AND and words[end - 1].flat in COMPOUND and at == begun + 1)
    return word.text in AND and not _large(words[at + 1])


def _leads(words: Sequence[TextToken], begun: int, at: int) -> bool:
    """Tell whether what an organisation or place may be stands first, or before "of"."""
    if words[begun].flat in LED_BY | PLACES_FIRST:
        return True
    return any(
        one.flat in LEADING and words[place + 1].text == "of"
        for place, one in enumerate(words[begun:at], begun)
    )


def _run(words: Sequence[TextToken], start: int, end: int) -> NameRun | None:
    """Return a name without what joins it to others, and without its titles."""
    while start < end and not _large(words[start]):
        start += 1
    while end > start and not _large(words[end - 1]):
        end -= 1
    if start >= end:
        return None
    if words[start].flat in _ARTICLES and start + 1 < end and words[start + 1].flat in TITLES:
        start += 1
    first, titled = _untitled(words, start, end)
    if words[first].flat in TITLES and first == end - 1 and not titled:
        return None
    tokens = (*words[first : end - 1], _owner(words[end - 1]))
    before = words[start - 1].flat if start else ""
    opens = first == start and (start == 0 or words[start - 1].text in _OPENERS)
    alone = titled and not any(map(_large, tokens[1:]))  # "Lady Gaga" is not called Gaga
    return NameRun(
        words[start].start if alone else tokens[0].start,
        tokens[-1].end,
        tokens,
        before,
        tuple(one.flat for one in words[end : end + _AFTER]),
        opens=opens,
        titled=titled,
        role=_is_role(words, start),
        acronym=_acronym(words, end),
    )


def _is_role(words: Sequence[TextToken], start: int) -> bool:
    """Tell whether what somebody is stands before a name: "the architect", "arquitecto alemán"."""
    before = [one for one in words[max(0, start - 2) : start] if one.text[0].islower()]
    if not before or words[start - 1].text[0].isupper():
        return False
    if before[-1].flat in ROLES | TITLES:
        return True
    if len(before) == 1 or len(before[-1].text) <= _SHORT:
        return False
    return before[0].flat in ROLES and before[-1].flat.endswith(_ADJECTIVE)


def _untitled(words: Sequence[TextToken], start: int, end: int) -> tuple[int, bool]:
    """Return where a name begins after its titles, and whether it is one of a person so."""
    first, titled = start, False
    while first < end - 1 and words[first].flat in TITLES:
        after = first + 2 if words[first + 1].text == "." else first + 1
        if after >= end:
            break
        office = not _large(words[after])
        if office and words[first].flat not in OFFICES:
            break
        titled = not office
        first = after
        while first < end - 1 and not _large(words[first]):
            first += 1
    return first, titled


def _acronym(words: Sequence[TextToken], end: int) -> str:
    """Return what stands in brackets after a name, in capitals."""
    if end + 2 < len(words) and words[end].text == "(" and words[end + 2].text == ")":
        inside = words[end + 1]
        if _ACRONYM.fullmatch(inside.text):
            return inside.flat.replace(".", "")
    return ""
