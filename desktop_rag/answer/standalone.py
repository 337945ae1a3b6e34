"""Making a follow-up stand by itself, from what was asked, answered and cited before.

    ¿y en 2019?       the question before, with the year in place of its own
    and the Plus plan? the question before, with that in place of what is like it
    how tall is it?   with what "it" is: the names of the question before, else its matter
    why?              the question before, asked for its reason

What comes of it is read by a person, who may change it, and looked up by words and by meaning: so
it is the words of both questions, in their order, and no new sentence is made up. A follow-up of
a follow-up leans on what the earlier one was made into.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_rag.answer.asking import SAID, content_words, leans, wish_of, words_of
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import Exchange

_CONNECTIVE = re.compile(
    r"^\W*(?:y|e|and|but|pero|o|or|entonces|so|then|además|ademas)\b[\s,]*"
    r"(?:(?:what|how) about\b|qu[eé] (?:hay de|pasa con|tal)\b)?\s*"
    r"|^\W*(?:(?:what|how) about\b|qu[eé] (?:hay de|pasa con|tal)\b|en cuanto a\b)\s*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:FY ?)?(?:1[5-9]|20)\d\d\b|\bQ[1-4]\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"[A-ZÁÉÍÓÚÑÜ][\w&'’-]*(?:\s+(?:(?:of|the|de|del|la|las|los|el|y|and|&)\s+)*"
    r"[A-ZÁÉÍÓÚÑÜ\d][\w&'’-]*)*|\b\w*\d\w*\b"
)
_FIRST_WORD = re.compile(r"^\W*\w+")
_POINTER = re.compile(
    r"\b(?:it|he|she|they|them|him|these|those|this one|that one|eso|esto|aquello|[eé]l|ella|ellos"
    r"|ellas)\b",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(its|his|her|their|su|sus)\b", re.IGNORECASE)
_ASKING = frozenset(
    """what which who whom whose when where why how que cual cuales quien quienes cuando cuanto
    cuanta cuantos cuantas donde como""".split()  # noqa: SIM905 - words, not a list
)
_CITED = re.compile(r"\[(\d{1,4})\]")
_MOST_WORDS = 60  # of what is searched: more says nothing that the first did not


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that stands by itself, and the documents that it probably is about."""

    text: str
    documents: tuple[DocumentId, ...] = ()


def standalone(text: str, history: Sequence[Exchange]) -> Standalone:
    """Make a follow-up stand by itself, in one line; a question that does so is left as it is.

    >>> before = Exchange("What did Acme earn in 2018?", "5 million [1].")
    >>> standalone("And in 2019?", [before]).text
    'What did Acme earn in 2019?'
    """
    if not leans(text):
        return Standalone(text)
    earlier, last = "", None
    for exchange in history:
        wish = wish_of(exchange.question, talking=bool(earlier))
        if wish.kind not in SAID:
            earlier, last = _joined(wish.text, earlier), exchange
    return Standalone(_joined(text, earlier), _cited(last)) if last else Standalone(text)


def _joined(text: str, earlier: str) -> str:
    """Return a question with what it lacks from the one before, which stands by itself."""
    if not earlier or not leans(text):
        return text
    rest = _CONNECTIVE.sub("", text).strip(" ?¿.!")
    times = _TIME.findall(rest)
    if times and set(content_words(rest)) <= {word for time in times for word in words_of(time)}:
        return _with_times(earlier, times)
    if rest != text.strip(" ?¿.!") and not _ASKING.intersection(words_of(rest)[:2]):
        return _with_other(earlier, rest)
    if not content_words(text):
        return _line(f"{earlier.rstrip(' ?.')}: {text}")
    return _line(_with_subject(text, _names(earlier), earlier))


def _with_subject(text: str, names: Sequence[str], earlier: str) -> str:
    """Return a question with what the one before was about: its names, in a pronoun's place."""
    if not names:
        return f"{earlier.rstrip(' ?.')}: {text}"
    subject = " ".join(dict.fromkeys(names))
    if pointer := _POINTER.search(text):
        return f"{text[: pointer.start()]}{subject}{text[pointer.end() :]}"
    owned = _OWNED.search(text)
    if owned and owned.group().lower() not in {"su", "sus"}:
        return f"{text[: owned.start()]}{subject}'s{text[owned.end() :]}"
    return f"{text.rstrip(' ?.')} ({subject})?"


def _with_times(earlier: str, times: Sequence[str]) -> str:
    """Return the question with other times; where it had none, they come last."""
    new = " ".join(times)
    if not _TIME.search(earlier):
        return _line(f"{earlier.rstrip(' ?.')}, {new}?")
    first = _TIME.search(earlier)
    assert first is not None  # noqa: S101 - as was just seen
    kept = _TIME.sub("", earlier[first.end() :]) if len(times) == 1 else earlier[first.end() :]
    return _line(f"{earlier[: first.start()]}{new}{kept}")


def _with_other(earlier: str, other: str) -> str:
    """Return the question about another thing: in place of what is like it, else beside it.

    Alike is what has a word of the other, "the Plus plan" for "the Standard plan", and a name is
    like the last name.
    """
    own = content_words(other)
    for place in reversed(list(_NAME.finditer(earlier))):
        if _first(earlier, place.start()) or _TIME.fullmatch(place.group()):
            continue
        around = earlier[max(0, place.start() - 20) : place.end() + 20]
        shared = set(content_words(around)) & set(own)
        name = next(iter(_names(other)), other)
        if shared or _NAME.search(other):
            put = name if shared else re.sub(r"^(?:the|el|la|los|las)\s+(?:de\s+)?", "", other)
            return _line(f"{earlier[: place.start()]}{put}{earlier[place.end() :]}")
    return _line(f"{earlier.rstrip(' ?.')}: {other}?")


def _names(text: str) -> list[str]:
    """Return the names of a text; its first word is one only where it asks nothing."""
    return [
        match.group()
        for match in _NAME.finditer(text)
        if not (_first(text, match.start()) and _ASKING.intersection(words_of(match.group())[:1]))
        and not (_first(text, match.start()) and len(match.group().split()) == 1)
    ]


def _first(text: str, at: int) -> bool:
    """Whether a sentence begins here, which large letters say nothing about."""
    before = text[:at].rstrip('¿¡"“«( ')
    return not before or before[-1] in ".?!:"


def _cited(exchange: Exchange) -> tuple[DocumentId, ...]:
    """Return the documents that an answer cites, else that of its best passage."""
    numbers = {int(number) for number in _CITED.findall(exchange.answer)}
    passages = [one for one in exchange.passages if one.number in numbers] or exchange.passages[:1]
    return tuple(dict.fromkeys(one.hit.document for one in passages))


def _line(text: str) -> str:
    return " ".join(text.split()[:_MOST_WORDS])
