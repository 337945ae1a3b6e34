"""Which names and numbers a question mentions, and which of them a text does not have.

A name is a word with a capital where grammar asks for none: not the first of a sentence. Words
with a digit in them are numbers: years, amounts, codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_rag.domain.ports import Analyzer

_WORD = re.compile(r"[^\W_][\w.,/'’&+-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_SENTENCE_END = (".", "!", "?", ":", "…", "¿", "¡", "(", "—", "–")
_TRAIL = ".,/'’&+-"
_DIGITS = re.compile(r"\d+")
_FISCAL = re.compile(r"^(?:fy|cy|q[1-4])['’]?(\d{2}|\d{4})$", re.IGNORECASE)
_ALIKE = 5  # letters that a name has in common with itself in another language


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of one or several words, or a number, as the question writes it."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class HeldWords:
    """What there is to hold a mention against: words and terms, without accents and capitals."""

    words: frozenset[str]
    terms: frozenset[str]
    digits: frozenset[str]


def vocabulary(texts: Iterable[str], language: str, analyzer: Analyzer) -> HeldWords:
    """Return the vocabulary of some texts; terms are those of a question's `language`."""
    whole = "\n".join(texts)
    words = analyzer.words_of(whole)
    digits = {_bare(word) for word in words if any(map(str.isdigit, word))}
    parts = {part for word in words for part in _DIGITS.findall(word)}
    return HeldWords(
        frozenset(words), frozenset(analyzer.terms(whole, (language,))), frozenset(digits | parts)
    )


def mentioned(question: str) -> list[Mention]:
    """Return the names and numbers of a question, in order; neighbours are one name each."""
    found: list[Mention] = []
    words: list[tuple[re.Match[str], str]] = []
    start = 0
    for one in _WORD.finditer(question):
        words.append((one, question[start : one.start()].rstrip()))
        start = one.start()
    shouted = all(one.group()[0].isupper() for one, _ in words)  # headlines name nothing
    for one, before in words:
        text = _POSSESSIVE.sub("", one.group().rstrip(_TRAIL))
        if any(map(str.isdigit, text)):
            found.append(Mention(text, number=True))
        elif text[:1].isupper() and len(text) > 1 and not shouted and _within(before):
            found.append(Mention(text, number=False))
    return found


def _within(before: str) -> bool:
    """Tell whether a word is not the first of its sentence, by what stands before it."""
    return bool(before) and not before.endswith(_SENTENCE_END)


def absent(
    mentions: Sequence[Mention], among: HeldWords, language: str, analyzer: Analyzer
) -> list[Mention]:
    """Return the mentions, in order, that a vocabulary does not have."""
    return [one for one in mentions if not _has(one, among, language, analyzer)]


def _has(mention: Mention, among: HeldWords, language: str, analyzer: Analyzer) -> bool:
    words = analyzer.words_of(mention.text)
    if mention.number:
        return any(word in among.words for word in words) or _bare(mention.text) in among.digits
    terms = set(analyzer.terms(mention.text, (language,)))
    return bool(among.words.intersection(words) or among.terms & terms)


def foreign(mention: Mention, among: HeldWords, analyzer: Analyzer) -> bool:
    """Tell whether no word of another language could be this name: "Alemania" is never found."""
    (start, *_) = analyzer.words_of(mention.text) or [""]
    return not any(word.startswith(start[:_ALIKE]) for word in among.words)


def _bare(number: str) -> str:
    """Return a number without what divides it, and the year of "FY18"."""
    fiscal = _FISCAL.match(number)
    if fiscal:
        year = fiscal.group(1)
        return year if len(year) > 2 else f"20{year}"  # noqa: PLR2004 - two digits
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def joined(mentions: Sequence[Mention], question: str) -> list[str]:
    """Return mentions as a person would say them: words that stand side by side are one name."""
    said: list[str] = []
    end = -1
    for one in mentions:
        start = question.find(one.text, max(end, 0))
        if said and start >= 0 and not question[end:start].strip():
            said[-1] = f"{said[-1]} {one.text}"
        else:
            said.append(one.text)
        end = start + len(one.text)
    return list(dict.fromkeys(said))
