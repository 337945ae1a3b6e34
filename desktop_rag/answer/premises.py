"""Whether a question takes something for granted that the documents say otherwise.

"It was founded in 2010, right?" is contradicted by a sentence on the same that has another year;
"it includes 600 calls" by one with another number of calls; "it is in Lima" by another name after
the same word. Who asks for a fact takes nothing for granted: only claims are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from desktop_rag.answer import mentions
from desktop_rag.domain.passages import Contradiction, Extract
from desktop_rag.domain.ports import Analyzer

_MOST = 8  # sentences, best first: what contradicts is near
_ALIKE = 0.5  # of the other terms of a claim, which a sentence on the same has
_ASKING = re.compile(
    r"\b(?:qué|cuáles|cuál|cuándo|cuánt[oa]s?|dónde|quién(?:es)?|cómo)\b"
    r"|(?:^|[.!?¿,:]\s*)(?:(?:in|on|at|of|for|to|by|from|with|en|de|a|por|para|con|hasta|desde)\s+)?"
    r"(?:what|when|where|which|who|whom|whose|why|how|que|cual(?:es)?|cuando|cuant[oa]s?|donde"
    r"|quien(?:es)?|como)\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[,;.]\s*¿?\s*(?:no es (?:cierto|verdad|asi|así)|cierto|verdad|correcto|no|right|correct|true"
    r"|(?:is|are|was|were|do|does|did)n['’]t \w+)\s*\?\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_][\w.,'’-]*")
_TRAIL = ".,'’-"
_YEAR = re.compile(r"1\d{3}|20\d\d")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A word as it is written, the one before it in small letters, and the term after it."""

    word: str
    before: str
    after: str


def contradicted(
    question: str, language: str, found: Sequence[Extract], analyzer: Analyzer
) -> Contradiction | None:
    """Return what the sentences found, best first, say otherwise than a claim, if anything.

    `language` is the question's, in ISO 639-1.
    """
    claim = _claim(question)
    if not claim:
        return None
    terms = frozenset(analyzer.terms(claim, (language,)))
    places = {one.word: one for one in reversed(_words(claim, language, analyzer))}
    said = [(one, mentions.vocabulary([_whole(one)], language, analyzer)) for one in found[:_MOST]]
    for one in dict.fromkeys(mentions.mentioned(claim)):
        rest = terms.difference(analyzer.terms(one.text, (language,)))
        near = [(each, held) for each, held in said if _about(rest, held)]
        place = places.get(one.text)
        if place is None or not all(
            mentions.absent([one], held, language, analyzer) for _, held in near
        ):
            continue
        for extract, _ in near:
            text = _text(extract)
            own = analyzer.terms(text, (language,))
            other = _other(place, _words(text, language, analyzer), own)
            if other and other not in claim:
                return Contradiction(one.text, other, extract)
    return None


def asks_for(question: str) -> bool:
    """Tell whether a question asks for something, and not whether something is so.

    >>> asks_for("Who built the pier?"), asks_for("Is the pier old?")
    (True, False)
    """
    return bool(_ASKING.search(question))


def _claim(question: str) -> str:
    """Return what a question claims, without "right?" at its end; nothing where it only asks."""
    bare = _TAG.sub("", question)
    return "" if asks_for(bare) else bare


def _words(text: str, language: str, analyzer: Analyzer) -> list[_Placed]:
    found = [one.group().rstrip(_TRAIL) for one in _WORD.finditer(text)]
    before = ["", *(word.casefold() for word in found)]
    after = [*(" ".join(analyzer.terms(word, (language,))) for word in found[1:]), ""]
    return [_Placed(*one) for one in zip(found, before, after, strict=False)]


def _text(extract: Extract) -> str:
    return extract.passage.hit.text[extract.start : extract.end]


def _whole(extract: Extract) -> str:
    """Return a sentence with what it stands under."""
    text = extract.passage.hit.text
    heads = [text[start:end] for start, end in extract.heads]
    return "\n".join([extract.passage.hit.header, *heads, _text(extract)])


def _about(rest: frozenset[str], sentence: mentions.HeldWords) -> bool:
    """Tell whether a sentence is about what the `rest` of the claim is."""
    own = rest.intersection(sentence.terms)
    return bool(rest) and len(own) >= _ALIKE * len(rest)


def _other(place: _Placed, words: Sequence[_Placed], terms: Collection[str]) -> str:
    """Return what stands in a sentence where the claim has this, or nothing."""
    if not any(map(str.isdigit, place.word)):
        return next(_names_after(place, words), "")
    figures = [one for one in words if any(map(str.isdigit, one.word))]
    if _YEAR.fullmatch(place.word):
        return next((one.word for one in figures if _YEAR.fullmatch(one.word)), "")
    alike = [one.word for one in figures if place.after and one.after == place.after]
    if not alike and len(figures) == 1 and place.after in terms:  # "Calls a month: 300"
        return figures[0].word
    return next(iter(alike), "")


def _names_after(place: _Placed, words: Sequence[_Placed]) -> Iterator[str]:
    """Yield the names that stand after the same small word as in the claim."""
    for word in words:
        if word.word[:1].isupper() and word.before == place.before and len(word.word) > 1:
            yield word.word
