"""Tells text that can be read from what a PDF with broken fonts gives instead of it."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

REPLACEMENT = "\ufffd"  #: what a sign is given as whose meaning the file does not say

_UNREADABLE = {"Cc", "Cn", "Co", "Cs"}  # control, unassigned, private use, surrogates
_OF_SYMBOL_FONTS = frozenset(map(chr, range(0xF020, 0xF100)))  # as in formulas; or all of a text
_MOST_UNREADABLE = 0.2  # of all signs: bullets and formulas have some of private use
_FEWEST_UNREADABLE = 20
_FEWEST_WORDS = 30  # before it is said that they are of no language
_FEWEST_LETTERS = 10  # different ones: genes and hexadecimal figures are of fewer
_FEWEST_TRUSTED = 5  # before it is said that they are of one
_LEAST_TRUSTED = 0.4  # of all signs, in such words
_SHORTEST_WORD = 4
_MOST_UNSPEAKABLE = 0.25  # of all words; on pages of filings full of short names it is 0.05
_LATIN = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouyæœøıəɛɔ]")
_CONSONANTS = re.compile("[^aeiouyæœøıəɛɔ]{6}")  # in a row
_KNOWN = 50_000  # words whose letters are remembered


def meaningless(text: str) -> bool:
    """Whether so many signs mean nothing that nobody could read or find this text.

    At least 20, and a fifth of all. What means nothing are U+FFFD and the general categories
    Cc, Cn, Co and Cs of the Unicode Standard (4.5); private use of symbol fonts counts half.
    """
    signs = "".join(text.split())
    if signs.isprintable() and REPLACEMENT not in signs:  # as nearly all text is
        return False
    unreadable = sum(map(_unreadable, signs))
    return unreadable >= _FEWEST_UNREADABLE and unreadable >= _MOST_UNREADABLE * len(signs)


def unspeakable(words: Iterable[str]) -> bool:
    """Whether these are letters of the Latin alphabet that no language puts so.

    Fonts that say of each sign that it is another one give such text. Nothing is said of
    other scripts, of figures, of single letters as in formulas, and of less than 30 words. It
    is so if more than a quarter of the words have no vowel, or six consonants in a row.
    """
    latin = [bare for word in words for bare in _latin(word)]
    if len(latin) < _FEWEST_WORDS or sum(map(_odd, latin)) <= _MOST_UNSPEAKABLE * len(latin):
        return False
    return len(set().union(*latin)) >= _FEWEST_LETTERS


def trusted(words: Iterable[str]) -> bool:
    """Whether these are words as a language of the Latin alphabet has them.

    That is asked of codes which a file gives no meaning: often they are letters all the same.
    """
    words = list(words)
    latin = [bare for word in words for bare in _latin(word) if bare.isascii()]
    if len(latin) < _FEWEST_TRUSTED:
        return False
    of_words = sum(map(len, latin)) / (sum(map(len, words)) or 1)
    return of_words > _LEAST_TRUSTED and sum(map(_odd, latin)) <= _MOST_UNSPEAKABLE * len(latin)


def readable(word: str) -> bool:
    """Whether every sign of a word means something."""
    return not any(map(_unreadable, word))


def _unreadable(sign: str) -> float:
    if sign in _OF_SYMBOL_FONTS:
        return 0.5
    return float(sign == REPLACEMENT or unicodedata.category(sign) in _UNREADABLE)


@functools.lru_cache(_KNOWN)
def _latin(word: str) -> tuple[str, ...]:
    """Return the longer runs of Latin letters in a word, bare of case and accents."""
    return tuple(
        bare
        for letters in _LATIN.findall(word)
        for bare in [letters.lower() if letters.isascii() else _bare(letters)]
        if len(bare) >= _SHORTEST_WORD and _of_latin(bare)
    )


def _bare(letters: str) -> str:
    apart = unicodedata.normalize("NFKD", letters.lower())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _of_latin(letters: str) -> bool:
    if letters.isascii():
        return True
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


@functools.lru_cache(_KNOWN)
def _odd(word: str) -> bool:
    """Whether a word has no vowels at all, or many consonants in a row."""
    return not _VOWEL.search(word) or _CONSONANTS.search(word) is not None
