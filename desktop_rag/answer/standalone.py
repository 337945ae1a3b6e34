"""Making a follow-up stand by itself, from what was asked, answered and cited before.

    ¿y en 2019?         the question before, with the year in place of its own
    and the Plus plan?  the question before, with that in place of what is like it
    and the fees?       itself, with the names of the question before
    why?                itself, with all that the question before was about

What comes of it is read by a person, who may change it, and looked up by words and by meaning: so
it is the words of both questions, and no new sentence is made up. What a question before was about
are its names where it has hardly any other words of content, else all of it. A follow-up of a
follow-up leans on the words of that, and on the names of what it leaned on itself.
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
_POINTER = re.compile(
    r"\b(?:its?|his|her|him|he|she|their|they|them|th[ei]se|those|this|that|sus?|es[aeo]s?"
    r"|est[aeo]s?|aquell[ao]s?|[eé]l|ell[ao]s?)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|her|[eé]l|ella)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|th[eo]se|ones?|eso|esto|es[ae]s?|est[ae]s?)\b", re.IGNORECASE)
_ARTICLE = re.compile(
    r"^(?:(?:for|of|in|at|to|with|under|del?|para|en|por|con|al?)\s+)?(?:(?:the|an?|el|l[ao]s?|una?)\s+)?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_SENTENCE = re.compile(r".*?[?.!](?=\s)")
_NOT_NAMES = frozenset(
    """what which who whom whose when where why how que cual cuales quien quienes cuando cuanto
    cuanta cuantos cuantas donde como is are was were do does did has have had can could should
    will would in on at by for from of and if es son fue fueron hay tiene tienen en de del a por
    para con segun y si the el la los las""".split()  # noqa: SIM905 - words, not a list
)
_ASKING = frozenset(
    """what which who whom whose when where why how que cual cuales quien quienes cuando cuanto
    cuanta cuantos cuantas donde como is are was were do does did can could""".split()  # noqa: SIM905
)
_SHAPES = (
    re.compile(r"(?=\w*\d)\w+"),  # P1, B12
    re.compile(r"[IVXLC]{2,}"),
    re.compile(r"[A-Z]{2,6}s?"),
)
_CITED = re.compile(r"\[(\d{1,4})\]")
_MOST_WORDS = 60  # of what is searched: more says nothing that the first did not
_WHO = frozenset({"who", "whom", "whose", "quien", "quienes"})
_WHOM = 2  # names of an answer
_OPENS_PLACE = re.compile(
    r"^(?:for|of|in|at|to|with|under|by|del?|para|en|por|con|al?|if|si)\b", re.IGNORECASE
)  # what goes on with the question before: "and in winter?" asks the same
_ENOUGH = 3  # words of content that need only a name
_OTHER_WORDS = 1  # of content, beside names, that say nothing more of what a question is about


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that stands by itself, and the documents that it probably is about."""

    text: str
    documents: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A question of a talk: as it stands by itself, and what the next one may be about."""

    text: str
    about: str


def standalone(text: str, history: Sequence[Exchange]) -> Standalone:
    """Make a follow-up stand by itself, in one line; a question that does so is left as it is.

    >>> before = Exchange("What did Acme earn in 2018?", "5 million [1].")
    >>> standalone("And in 2019?", [before]).text
    'What did Acme earn in 2019?'
    >>> standalone("Who founded it?", [before]).text
    'Who founded it? (Acme)'
    """
    earlier: _Standing | None = None
    last: Exchange | None = None
    answer = ""
    for exchange in history:
        wish = wish_of(exchange.question, talking=earlier is not None)
        if wish.kind not in SAID:
            earlier, last = _asked(wish.text, earlier, answer), exchange
            answer = exchange.answer
    if earlier is None or last is None or not leans(text):
        return Standalone(text)
    return Standalone(_asked(text, earlier, answer).text, _cited(last))


def _asked(text: str, earlier: _Standing | None, answer: str) -> _Standing:
    """Return a question with what it lacks from the one before, and from its `answer`."""
    if earlier is None or not leans(text):
        return _Standing(text, _matter(text))
    swapped = _swapped(earlier.text, _CONNECTIVE.sub("", text).strip(" ?¿.!"))
    if swapped:
        return _Standing(swapped, _matter(swapped))
    own = _CONNECTIVE.sub("", text).strip(" ?¿.!") if content_words(text) else ""
    names = [name for name in _names(earlier.about) if not _TIME.search(name)]
    before = ", ".join(names) if names and _says_enough(own) else earlier.about
    about = ", ".join([own, *names]) if own else earlier.about
    who = _who(text, earlier.text, answer)
    return _Standing(
        _line(f"{text.strip()} ({', '.join([before, *who])})"), ", ".join([about, *who])
    )


def _who(text: str, earlier: str, answer: str) -> list[str]:
    """Return who "he" or "she" may be: names that begin the answer to a question for somebody."""
    known = words_of(earlier)
    if not _SOMEBODY.search(text) or _WHO.isdisjoint(known[:2]):
        return []
    first = _SENTENCE.match(answer + " ")
    names = _names(first.group() if first else answer)
    return [name for name in names if set(words_of(name)).isdisjoint(known)][:_WHOM]


def _says_enough(text: str) -> bool:
    """Tell whether a follow-up lacks only the names of what it is about."""
    content = len(content_words(text))
    if _THAT.search(text) or not content:
        return False
    if content >= _ENOUGH or (content > 1 and _TIME.search(text)):
        return True
    verbless = _ASKING.isdisjoint(words_of(text)) and not _POINTER.search(text)
    return verbless and not _OPENS_PLACE.match(text)


def _matter(text: str) -> str:
    """Return what a question is about, in its own words."""
    names = _names(text)
    named = {word for name in names for word in words_of(name)}
    others = [word for word in content_words(text) if word not in named]
    if names and len(others) <= _OTHER_WORDS:
        return ", ".join(names)
    first = _SENTENCE.match(text)
    return (first.group() if first else text).strip(" ?¿.!:")


def _swapped(earlier: str, other: str) -> str:
    """Return the question before about `other`, a time or a name, in place of what is like it.

    Nothing where it is neither, or where it is not clear what is like it.
    """
    content = content_words(other)
    if not content or _POINTER.search(other) or _ASKING.intersection(words_of(other)):
        return ""
    times = _TIME.findall(other)
    if times and set(content) <= {word for time in times for word in words_of(time)}:
        return _with_times(earlier, times)
    name = _ARTICLE.sub("", other)
    if (place := _like(earlier, name)) is None:
        return ""
    return _line(f"{earlier[: place[0]]}{name}{earlier[place[1] :]}")


def _with_times(earlier: str, times: Sequence[str]) -> str:
    """Return the question with other times; nothing where it had others."""
    own = list(_TIME.finditer(earlier))
    if not own:
        return _line(f"{earlier.rstrip(' ?.')}, {' '.join(times)}?")
    if len(own) > 1 and len(times) != len(own):
        return ""
    if len(own) == len(times):
        new = iter(times)
        return _line(_TIME.sub(lambda _: next(new), earlier))
    return _line(f"{earlier[: own[0].start()]}{' '.join(times)}{earlier[own[0].end() :]}")


def _like(earlier: str, name: str) -> tuple[int, int] | None:
    """Return where in a question something stands that `name` can take the place of.

    That has a word in common with it ("Blue plan" and "Red plan"), or is a code, a numeral or an
    acronym as it is, or else the only name, where it is one itself.
    """
    for shape in _SHAPES:
        if shape.fullmatch(name):
            found = [one for one in _TOKEN.finditer(earlier) if shape.fullmatch(one.group())]
            return _spelled_out(earlier, *found[-1].span()) if found else None
    places = [place for place in _places(earlier) if not _TIME.search(earlier[slice(*place)])]
    own = set(content_words(name))
    for start, end in reversed(places):
        for stop in (end, _NEXT_WORDS.match(earlier, end).end()):  # type: ignore[union-attr]
            if own.intersection(content_words(earlier[start:stop])):
                return start, max(stop, _ACRONYM_OR_NOT.match(earlier, stop).end())  # type: ignore[union-attr]
    is_name = all(word != word.lower() for word in name.split() if content_words(word))
    return places[0] if is_name and len(places) == 1 else None


_TOKEN = re.compile(r"\w+")
_NEXT_WORDS = re.compile(r"(?:\s\w+)?")
_ACRONYM_OR_NOT = re.compile(r"(?:\s*\([A-Z]{2,6}\))?")
_SPELLED_OUT = re.compile(r"(?:[A-Z]\w+ (?:of |de )?)+\($")


def _spelled_out(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of an acronym with the words before it that it is of."""
    words = _SPELLED_OUT.search(text[:start])
    return (words.start(), end + 1) if words and text[end : end + 1] == ")" else (start, end)


def _names(text: str) -> list[str]:
    """Return the names of a text, as they are written; a number is none."""
    names = (text[start:end] for start, end in _places(text))
    return [name for name in dict.fromkeys(names) if not name.isdigit()]


def _places(text: str) -> list[tuple[int, int]]:
    """Return where a text has names; a large letter that only begins a sentence makes none."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        if _begins(text, start):
            first = _TOKEN.match(text, start)
            if first and (words_of(first.group())[0] in _NOT_NAMES or first.end() == end):
                start = first.end() + 1
        for part in _POSSESSIVE.split(text[start:end]):
            name = part.strip()
            if name and (name[0].isupper() or any(map(str.isdigit, name))):
                at = text.index(name, start)
                found.append((at, at + len(name)))
    return found


def _begins(text: str, at: int) -> bool:
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
