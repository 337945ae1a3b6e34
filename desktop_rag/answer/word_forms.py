"""Which words are forms of one word, and what finds them in a text sign by sign.

Two words are forms of one where they have the same stem, and differ by what a word is inflected
with. A stem alone takes "universe" for "university", and "plazo" for "plaza"; of Spanish nouns
only those that name people or properties have a gender to choose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Final

from desktop_rag.domain.ports import Analyzer

_HYPHENS = "‐‑‒–—―−﹣－⁻"
_QUOTES = "“”„«»″"
_APOSTROPHES = "’‘ʼ´`"
_LETTERS = ((0xC0, 0x250), (0x370, 0x460), (0x1E00, 0x2000))  # that may have accents
_CHANGING = frozenset("iz")  # at the end of a stem: "policies", "luz"
_ENGLISH = frozenset(["", "s", "es", "ed", "d", "ing", "e", "y", "ies", "ied"])
_NUMBER = frozenset(["", "s", "es"])
_GENDER = frozenset(["o", "a", "os", "as", "", "es"])
_GENDERED = re.compile(r"(?:[ai]d|iv|ic|os|ari|[dt]or|an|primer|tercer)$")
_INFINITIVE = re.compile(r"(?:ar|er|ir)(?:se)?$")
_CONJUGATED: Final = frozenset(
    """ar er ir arse erse irse a as o amos ais an e es emos eis en imos is aba abas abamos abais
    aban ia ias iamos iais ian aste asteis aron iste isteis ieron io are aras ara aremos areis aran
    ere eras era eremos ereis eran ire iras ira iremos ireis iran aria arias ariamos ariais arian
    eria erias eriamos eriais erian iria irias iriamos iriais irian ando iendo ado ada ados adas
    ido ida idos idas ad ed id ase ases asemos aseis asen iese ieses iesemos ieseis iesen iera
    ieras ieramos ierais ieran aramos arais i""".split()  # noqa: SIM905 - endings, not a list
)  # of Spanish verbs, without accents


class _Signs(dict[int, str]):
    """Takes accents and capitals from a sign, and makes signs alike that look alike."""

    def __missing__(self, sign: int) -> str:
        self[sign] = made = _plain(chr(sign))
        return made


def _plain(sign: str) -> str:
    if sign in _HYPHENS:
        return "-"
    if sign in _QUOTES:
        return '"'
    if sign in _APOSTROPHES:
        return "'"
    if sign.isspace():
        return " "
    lower = sign.lower()
    apart = unicodedata.normalize("NFD", lower)
    return apart[0] if len(lower) == 1 else sign


_SIGNS = _Signs()


def even(text: str) -> str:
    """Return a text without accents, capitals and breaks, of the same length, sign for sign.

    >>> even("La Pérdida — «neta»")
    'la perdida - "neta"'
    """
    return text.translate(_SIGNS)


@lru_cache(maxsize=1)
def _accented() -> Mapping[str, str]:
    """Return, by letter, the letters that are that one with an accent."""
    found: dict[str, str] = {}
    for first, end in _LETTERS:
        for code in range(first, end):
            sign = chr(code)
            plain = _plain(sign)
            if sign.islower() and plain != sign:
                found[plain] = found.get(plain, "") + sign
    return found


def any_accent(word: str) -> str:
    """Return an expression that finds an even word of letters, numbers or signs with any accents.

    It is to be read without regard to capitals.
    """
    accented = _accented()
    return "".join(
        f"[{sign}{accented[sign]}]" if sign in accented else re.escape(sign) for sign in word
    )


def beginning(word: str, analyzer: Analyzer) -> str:
    """Return what all forms of an even word begin with."""
    starts = [word]
    for stem in _stems(word, analyzer):
        shared = _shared(word, stem)
        starts.append(shared[:-1] if shared[-1:] in _CHANGING else shared)
    return min(starts, key=len)


def are_forms(word: str, other: str, language: str, analyzer: Analyzer) -> bool:
    """Tell whether an even word has a form that is the other, in a language in ISO 639-1.

    Those of a Spanish verb are asked for by its infinitive.
    """
    if word == other:
        return True
    own, theirs = _sounded(word, language), _sounded(other, language)
    if analyzer.terms(own, (language,)) != analyzer.terms(theirs, (language,)):
        return False
    shared = _shared(own, theirs)
    ends = own[len(shared) :], theirs[len(shared) :]
    match language:
        case "en":
            return all(_once(end, shared) in _ENGLISH for end in ends)
        case "es":
            return _inflected(own, theirs, shared, ends)
        case _:
            return True


def _shared(word: str, other: str) -> str:
    """Return what two words begin with."""
    pairs = zip(word, other, strict=False)
    return word[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))]


def _sounded(word: str, language: str) -> str:
    """Spell a Spanish plural as its singular sounds: "luces" is of "luz"."""
    return f"{word[:-3]}zes" if language == "es" and word.endswith("ces") else word


def _once(ending: str, shared: str) -> str:
    """Return an ending without a consonant that is doubled before it: "plan-n-ed"."""
    return ending[1:] if len(ending) > 1 and shared[-1:] == ending[0] else ending


def _inflected(word: str, other: str, shared: str, ends: tuple[str, str]) -> bool:
    if _NUMBER.issuperset(ends):
        return True
    if _INFINITIVE.search(word):
        root = _INFINITIVE.sub("", word)
        return other.startswith(root) and other[len(root) :] in _CONJUGATED
    return bool(_GENDERED.search(shared)) and _GENDER.issuperset(ends)


def _stems(word: str, analyzer: Analyzer) -> Iterator[str]:
    for language in ("en", "es"):
        yield from analyzer.terms(_sounded(word, language), (language,))
