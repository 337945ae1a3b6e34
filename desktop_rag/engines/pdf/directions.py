"""Puts Hebrew and Arabic, which a page holds as it looks, in the order that one reads.

What a page shows is what the Unicode Bidirectional Algorithm (UAX 9) made of the text. This is
the way back, from where the letters stand, whatever the order that the file draws them in:
words from right to left, figures and other scripts from left to right among them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop_rag.engines.pdf.sheets import Part, around

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc]+")  # letters as they are drawn
_FINAL = frozenset("ךםןףץةى")  # letters that only end words
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = frozenset("([{«‹"), frozenset(")]}»›")
_LEAST_SHARE = 0.3  # of letters, in a line that runs from right to left
_SPACE = " "


class _Letter(NamedTuple):
    """A letter with its marks, as text and as it stands; `kind` is R, L, N (figures) or neutral."""

    text: str
    part: Part | None
    kind: str


def in_text(text: str) -> bool:
    """Whether a text holds letters that are written from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def mostly(texts: Iterable[str]) -> bool:
    """Whether more of the letters are written from right to left than not."""
    right = other = 0
    for text in texts:
        found = len(_RIGHT_TO_LEFT.findall(text))
        right += found
        other += sum(map(str.isalpha, text)) - found
    return right > other


def in_order(words: Sequence[Sequence[Part]], *, mostly_right: bool) -> list[list[Part]]:
    """Return the words of a line, given as they stand from left to right, in reading order.

    Each comes as one part. `mostly_right` says that the page runs from right to left.
    """
    signs: list[_Letter] = []
    for number, word in enumerate(words):
        if number:
            signs.append(_Letter(_SPACE, None, _SPACE))
        signs += _signs(word)
    letters = [sign.kind for sign in signs if sign.kind in {"R", "L"}]
    right = letters.count("R")
    if not right:
        return [list(word) for word in words]
    leads = mostly_right or right > _LEAST_SHARE * len(letters)
    ordered = _from_right(signs) if leads else list(_islands(signs))
    return list(_words(ordered))


def as_drawn_first(words: Sequence[str]) -> bool:
    """Whether words are spelled backwards: letters that only end words begin more than end.

    Some programs draw the letters of Hebrew and Arabic from left to right, as if in Latin.
    """
    begin = sum(word[0] in _FINAL and len(word) > 1 for word in words if word)
    end = sum(word[-1] in _FINAL and len(word) > 1 for word in words if word)
    return begin > end


def plain(text: str) -> str:
    """Return a text with the letters of Arabic and Hebrew for the forms that are drawn."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _signs(word: Sequence[Part]) -> Iterator[_Letter]:
    """Yield the letters of a word from left to right, each with its marks."""
    for cluster in _clusters(word):
        text = plain("".join(part.text for part in cluster))
        part = cluster[0]._replace(text=text, box=around([one.box for one in cluster]))
        yield _Letter(text, part, _kind(text[0]))


def _clusters(word: Sequence[Part]) -> Iterator[list[Part]]:
    """Yield letters, each with the marks on it."""
    found: list[list[Part]] = []
    waiting: list[Part] = []
    for part in word:
        if not unicodedata.combining(part.text[0]):
            found.append([part, *waiting])
            waiting = []
        elif found and (part.box[0] + part.box[2]) / 2 < found[-1][0].box[2]:
            found[-1].append(part)
        else:
            waiting.append(part)
    if waiting:
        found.append(waiting)
    yield from found


def _kind(sign: str) -> str:
    match unicodedata.bidirectional(sign):
        case "R" | "AL":
            return "R"
        case "L":
            return "L"
        case "EN" | "AN":
            return "N"
        case "ES" | "CS":
            return "S"  # stands between figures
        case "ET":
            return "T"  # stands beside figures
        case _:
            return "O"


def _from_right(signs: Sequence[_Letter]) -> list[_Letter]:
    """Return signs from right to left, but for what runs the other way."""
    found: list[_Letter] = []
    run: list[_Letter] = []
    runs_left = _left_to_right(signs)
    for sign, left in zip(reversed(signs), reversed(runs_left), strict=True):
        if left:
            run.append(sign)
            continue
        found += reversed(run)
        run = []
        found.append(sign)
    found += reversed(run)
    return _mirrored(found, {id(s) for s, left in zip(signs, runs_left, strict=True) if left})


def _left_to_right(signs: Sequence[_Letter]) -> list[bool]:
    """Tell of each sign whether it belongs to figures or to a script from left to right."""
    found = [sign.kind in {"L", "N"} for sign in signs]
    strong = [at for at, sign in enumerate(signs) if sign.kind in {"L", "N", "R"}]
    for one, other in pairwise(strong):
        between = signs[one + 1 : other]
        kinds = {signs[one].kind, signs[other].kind}
        if not between or "R" in kinds:
            continue
        apart = any(sign.kind == _SPACE for sign in between)
        if "L" in kinds or (not apart and all(sign.kind in {"S", "T"} for sign in between)):
            found[one + 1 : other] = [True] * len(between)
    arabic = any(map(_is_arabic, signs))  # has percent signs after its figures, to the left
    for at, sign in enumerate(signs):
        if sign.kind == "T" and not found[at] and not arabic:
            beside = (*signs[max(0, at - 1) : at], *signs[at + 1 : at + 2])
            found[at] = any(one.kind == "N" for one in beside)
    return found


def _is_arabic(sign: _Letter) -> bool:
    return unicodedata.bidirectional(sign.text[0]) == "AL"


def _mirrored(signs: Sequence[_Letter], but: set[int]) -> list[_Letter]:
    """Return signs with brackets as they are typed, which are drawn the other way round."""
    brackets = [s.text for s in signs if id(s) not in but and s.text in _OPENING | _CLOSING]
    if not brackets or (brackets[0] in _OPENING and brackets[-1] in _CLOSING):
        return list(signs)
    return [
        sign if id(sign) in but else sign._replace(text=sign.text.translate(_MIRRORED))
        for sign in signs
    ]


def _islands(signs: Sequence[_Letter]) -> Iterator[_Letter]:
    """Yield signs from left to right, but for runs of Hebrew or Arabic among them."""
    at = 0
    while at < len(signs):
        if signs[at].kind != "R":
            yield signs[at]
            at += 1
            continue
        end = last = at
        while end < len(signs) and signs[end].kind != "L":
            if signs[end].kind == "R":
                last = end
            end += 1
        yield from _from_right(signs[at : last + 1])
        at = last + 1


def _words(signs: Sequence[_Letter]) -> Iterator[list[Part]]:
    word: list[_Letter] = []
    for sign in [*signs, _Letter(_SPACE, None, _SPACE)]:
        if sign.kind != _SPACE:
            word.append(sign)
        elif word:
            yield [_one(word)]
            word = []


def _one(word: Sequence[_Letter]) -> Part:
    parts = [sign.part for sign in word if sign.part]
    text = "".join(sign.text for sign in word)
    return parts[0]._replace(text=text, box=around([part.box for part in parts]))
