"""Names of people, places and things in a text: what it writes large, and codes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from desktop_rag.answer.checks.dates import CALENDAR
from desktop_rag.answer.checks.tokens import TextToken, flat
from desktop_rag.domain.ports import ExactString

_OPENERS = frozenset('.!?:;"“«¿¡(•|')
_NAMELESS_WORDS = """
    i i'm i've i'd mr mrs ms dr sir sr sra srta don dona president presidente king queen rey
    reina chapter section table figure note item part article articulo seccion capitulo tabla
    figura nota yes no si page pagina usd eur fy"""
_NO_NAMES = CALENDAR | frozenset(_NAMELESS_WORDS.split())
_SHORTEST, _ENDING = 4, 3  # letters that inflections of one name have in common, and that differ
_ALIKE = 0.6  # of two spellings of a name in two languages
_ACRONYM = re.compile(r"[A-Z][A-Z.]{1,6}")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|[.]?[ºª]|er)")
_CODE = re.compile(r"[xzs]:")


class Name(NamedTuple):
    """A name of one word, or a code, in characters `start` to `end` of a plain text.

    `keys` are how a code is looked up, none for a word. One that only opens its sentence may be any
    word: it is not `sure`.
    """

    start: int
    end: int
    written: str
    flat: str
    sure: bool = True
    keys: tuple[str, ...] = ()


def names(words: Sequence[TextToken], small: Collection[str]) -> tuple[Name, ...]:
    """Return what is written large; words that are `small` in any case are no names.

    A sentence that writes most of its words large says nothing by that.
    """
    told = [one for one in words if one.text[0].isalpha()]
    large = [one for one in told if one.text[0].isupper()]
    title = len(told) > _FEW and len(large) > _MOST * len(told)
    found = []
    for at, one in enumerate(words):
        if not one.text[0].isupper() or one.flat in _NO_NAMES or one.flat in small:
            continue
        if len(one.text) == 1:
            continue
        opens = at == 0 or words[at - 1].text in _OPENERS
        sure = not title and (
            not opens or _followed(words, at) or one.text[1:] != one.text[1:].lower()
        )
        found.append(Name(one.start, one.end, one.text, bare(one.flat), sure))
    return tuple(found)


_FEW, _MOST = 4, 0.6


def _followed(words: Sequence[TextToken], at: int) -> bool:
    """Tell whether the next word is written large, too: a name of two words opens the sentence."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.text[0].isupper() and len(after.text) > 1


def bare(word: str) -> str:
    """Return a folded word without a possessive's ending, an acronym without points."""
    return re.sub(r"'s?$", "", word).replace(".", "")


def codes(text: str, exact: Sequence[ExactString]) -> Iterator[Name]:
    """Yield strings that are neither numbers nor dates, such as part numbers and addresses."""
    for one in exact:
        keys = tuple(key for key in one.keys if _CODE.match(key))
        if one.loose or len(keys) < len(one.keys) or any(k[:2] == "d:" for k in one.readings):
            continue
        written = text[one.start : one.end]
        if _ORDINAL.fullmatch(written):
            continue
        if any(sign.isdigit() for sign in written) or "@" in written or "_" in written:
            yield Name(one.start, one.end, written, flat(written), sure=True, keys=keys)


def known(name: str, words: Collection[str], *, across: bool = False) -> bool:
    """Tell whether a name is among folded `words`, in whichever inflection.

    `across` two languages, another spelling of it will do: Londres is London.
    """
    return name in words or any(
        _alike(name, word, across=across) for word in words if word[:1] == name[:1]
    )


def _alike(one: str, other: str, *, across: bool) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return len(short) >= _SHORTEST and len(long) - len(short) <= _ENDING
    if across and len(short) >= _SHORTEST:
        return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    stem = max(_SHORTEST, len(short) - 1)
    return len(short) > _SHORTEST and short[:stem] == long[:stem] and len(long) - stem <= _ENDING


def acronyms(words: Sequence[TextToken]) -> frozenset[str]:
    """Return what is written in capitals alone, and short."""
    return frozenset(bare(one.flat) for one in words if _ACRONYM.fullmatch(one.text))


def initials(words: Sequence[TextToken]) -> frozenset[str]:
    """Return the acronyms that runs of words written large may be called by, and those written.

    >>> from desktop_rag.answer.checks.tokens import tokens
    >>> sorted(initials(tokens("the United Nations and the EU")))
    ['eu', 'un']
    """
    found = set(acronyms(words))
    run = ""
    for one in words:
        if one.text[0].isupper():
            run += one.flat[0]
            continue
        if len(run) > 1:
            found.add(run)
        if one.flat not in {"of", "de", "the", "del", "la"}:
            run = ""
    return frozenset(found | ({run} if len(run) > 1 else set()))
