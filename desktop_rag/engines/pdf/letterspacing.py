"""Makes words of letters that are set apart for emphasis: P R E L I M I N A R Y."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

from desktop_rag.engines.pdf.sheets import Part, around

_FEWEST = 4  # letters in a row
_WIDEST = 1.3  # of the type, between letters of a word
_UNEVEN = 0.25  # of the type: how far gaps inside of words differ
_BETWEEN_WORDS = 1.5  # times the gap between letters, and
_MORE_BETWEEN_WORDS = 0.12  # of the type more
_ALPHABET = 0.6  # of the steps from letter to letter: an index of letters is no word
_SINGLE_LETTERS = re.compile(r"(?<!\S)[^\W_](?:\s+[^\W_]){3}(?!\S)")
_VOWEL = re.compile("[aeiouyæœøıəɛɔ]", re.IGNORECASE)
_MOST_CONSONANTS = 6

_Word = Sequence[Part]


def maybe_in(text: str) -> bool:
    """Whether the text of a line may be letters that are set apart, for all that it says."""
    return (
        len(text) >= 2 * _FEWEST - 1
        and 4 * text.count(" ") > len(text)
        and _SINGLE_LETTERS.search(text) is not None
    )


def maybe(words: Sequence[_Word]) -> bool:
    """Whether a line of words may have letters that are set apart: several single ones."""
    return len(words) >= _FEWEST and sum(map(_is_letter, words)) >= _FEWEST


def _is_letter(word: _Word) -> bool:
    return len(word) == 1 and len(word[0].text) == 1


def closed(words: Sequence[_Word]) -> list[list[Part]]:
    """Return the words of a line, those of letters that were set apart as words again."""
    found: list[list[Part]] = []
    run: list[_Word] = []
    for word in words:
        if _is_letter(word) and _fits(run, word[0]):
            run.append(word)
            continue
        found += _closed_run(run)
        run = []
        if _is_letter(word):
            run.append(word)
        else:
            found.append(list(word))
    return found + _closed_run(run)


def _fits(run: Sequence[_Word], part: Part) -> bool:
    if not run:
        return True
    last = run[-1][0]
    gap = part.box[0] - last.box[2]
    return last.size == part.size and last.hidden is part.hidden and gap < 3 * _WIDEST * part.size


def _closed_run(run: Sequence[_Word]) -> list[list[Part]]:
    if len(run) < _FEWEST:
        return [list(word) for word in run]
    parts = [word[0] for word in run]
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(parts)]
    usual = statistics.median_low(gaps)
    size = parts[0].size
    if not 0 < usual < _WIDEST * size or not _spaced_evenly(gaps, usual, size):
        return [list(word) for word in run]
    made = [[_word(letters)] for letters in _split(parts, gaps, _limit(usual, size))]
    return made if _are_words([word[0].text for word in made]) else [list(w) for w in run]


def _limit(usual: float, size: float) -> float:
    """Return the gap from which another word begins."""
    return max(_BETWEEN_WORDS * usual, usual + _MORE_BETWEEN_WORDS * size)


def _spaced_evenly(gaps: Sequence[float], usual: float, size: float) -> bool:
    inside = [gap for gap in gaps if gap <= _limit(usual, size)]
    return len(inside) >= _FEWEST - 2 and max(inside) - min(inside) <= _UNEVEN * size


def _split(parts: Sequence[Part], gaps: Sequence[float], most: float) -> Iterator[list[Part]]:
    letters = [parts[0]]
    for part, gap in zip(parts[1:], gaps, strict=True):
        if gap > most:
            yield letters
            letters = []
        letters.append(part)
    yield letters


def _word(letters: Sequence[Part]) -> Part:
    text = "".join(part.text for part in letters)
    return letters[0]._replace(text=text, box=around([part.box for part in letters]))


def _are_words(words: Sequence[str]) -> bool:
    """Whether most is letters, as some language puts them, and no alphabet."""
    signs = "".join(words)
    letters = [sign for sign in signs if sign.isalpha()]
    if 3 * len(letters) < 2 * len(signs) or max(map(len, words)) < _FEWEST - 1:
        return False
    steps = [ord(b) - ord(a) for a, b in pairwise(signs)]
    if sum(step == 1 for step in steps) >= _ALPHABET * len(steps):
        return False
    if not signs.isascii():
        return True
    return all(_speakable(word) for word in words if len(word) >= _FEWEST and word.isalpha())


def _speakable(word: str) -> bool:
    longest = max(map(len, _VOWEL.split(word)))
    return _VOWEL.search(word) is not None and longest <= _MOST_CONSONANTS
