"""Takes footnote marks off the words and figures that they are raised beside.

A figure with a mark is no longer figure: "320" and a raised "1" are not 3201. Exponents and
ordinals belong to what they follow, and keep to it: m², 10³, 1er.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop_rag.engines.pdf.sheets import Part, around

_SMALLER = 0.85  # of the type beside it
_RAISED = 0.12  # of the type, for what is smaller
_RAISED_AS_LARGE = 0.25  # for what is not
_SIGNS = str.maketrans("0123456789+-−–()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ")
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FIGURES = re.compile(r"[+\-−–]?\d+(?:[,.\-–]\d+)*[+\-−–]?")
_EXPONENT = re.compile(r"[+\-−–]?\d{1,3}")
_TEN = re.compile(r"(?:^|[^\d.,])10$")
_UNIT = re.compile(
    r"(?:^|[\W\d_])(?:[kcdmµμnh]?m|ft|in|yd|mi|[mµμn]?s|sec|kg|g|h|d|L|l|K|mol|rad)$"
)
_UNITS_POWER = re.compile(r"[+\-−–]?[1-4]")
_VARIABLE = re.compile(r"(?:^|[\W\d_])([^\W\d_])$")
_CHARGED = re.compile(r"\d{0,2}[+\-−–]")
_ENDS_LIKE_A_FORMULA = re.compile(r"[A-Z][a-z]?[\d)\]]*$")
_ORDINAL = re.compile(
    r"st|nd|rd|th|er|ers?|re|res|e|es|[eè]me|[eè]mes|nde?|os|as|[ºªᵒ]|ª|º|er\.|ra|ro|da|do|ta|to|mo|ma",
    re.IGNORECASE,
)
_INDICATORS = {"o": "º", "a": "ª", "O": "º", "A": "ª"}
_NUMBER_SIGN = re.compile(r"(?:^|\W)[nN]$")
_ABBREVIATED = re.compile(r"(?:^|\W)[A-ZÀ-Þ]$")
_TRADE = {"TM", "SM", "MC", "MD"}
_LETTER = re.compile(f"[^\\W{_SUPERSCRIPT}]")
_TYPED = f"{_SUPERSCRIPT}⁺⁻,"  # in marks that have signs of their own
_ANY = re.compile(f"[{_SUPERSCRIPT}]")
_BEHIND = re.compile(f"[^\\s{_SUPERSCRIPT}][{_SUPERSCRIPT}]")


def may_have(text: str) -> bool:
    """Whether some word of a text ends with a mark that has a sign of its own."""
    return _ANY.search(text) is not None and _BEHIND.search(text) is not None


def raised(part: Part, beside: Part) -> bool:
    """Whether signs are raised from those beside them, as marks and exponents are."""
    rise = beside.baseline - part.baseline
    least = _RAISED if part.size < _SMALLER * beside.size else _RAISED_AS_LARGE
    return least * beside.size < rise < 1.2 * beside.size


def alone(words: Sequence[Sequence[Part]]) -> list[list[Part]]:
    """Return the words of a line, raised figures that stand alone by Unicode's signs for them."""
    parts = [part for word in words for part in word]
    main = max(parts, key=lambda part: (part.size, len(part.text)), default=None)
    return [
        [word[0]._replace(text=word[0].text.translate(_SIGNS))]
        if main and len(word) == 1 and _figures(word[0].text) and raised(word[0], main)
        else list(word)
        for word in words
    ]


def apart(word: Sequence[Part]) -> list[list[Part]]:
    """Return a word without its marks, and its marks as words of their own, in order.

    Raised figures are given by Unicode's signs for them, as a mark or as an exponent.
    """
    if len(word) == 1:
        return [list(one) for one in _typed(word[0])]
    main = max(word, key=lambda part: (part.size, part.baseline))
    words: list[list[Part]] = [[]]
    for is_raised, found in groupby(word, key=lambda part: raised(part, main)):
        parts = list(found)
        if not is_raised:
            after_mark = len(words) > 1 and not words[-1]
            closing = after_mark and not any(sign.isalnum() for sign in _text(parts))
            words[-2 if closing else -1] += parts
            continue
        mark = "".join(part.text for part in parts)
        joined = _kept(_text(words[-1]), mark)
        if joined is None:
            words.append([_one(parts, mark.translate(_SIGNS) if _figures(mark) else mark)])
            words.append([])
        else:
            words[-1].append(_one(parts, joined))
    return [split for parts in words if parts for split in _ends(parts)]


def _ends(parts: list[Part]) -> list[list[Part]]:
    if len(parts) > 1:
        return [parts]
    return [list(one) for one in _typed(parts[0])]


def _figures(mark: str) -> bool:
    return _FIGURES.fullmatch(mark) is not None


def _text(parts: Sequence[Part]) -> str:
    return "".join(part.text for part in parts)


def _one(parts: Sequence[Part], text: str) -> Part:
    box = around([part.box for part in parts])
    return parts[0]._replace(text=text, box=box)


def _kept(before: str, mark: str) -> str | None:
    """Return what is raised if it belongs to the word `before` it, as it is written there."""
    if not before:
        return None
    if _figures(mark) or _CHARGED.fullmatch(mark):
        return mark.translate(_SIGNS) if _is_power(before, mark) else None
    if not any(sign.isalnum() for sign in mark):
        return mark if mark in {"'", "’", "°", "º", "ª", ".", ",", '"', "”"} else None
    return _kept_letters(before, mark)


def _is_power(before: str, mark: str) -> bool:
    if _CHARGED.fullmatch(mark):
        return _ENDS_LIKE_A_FORMULA.search(before) is not None
    if not _EXPONENT.fullmatch(mark):
        return False
    if _TEN.search(before) or (_UNIT.search(before) and _UNITS_POWER.fullmatch(mark)):
        return True
    variable = _VARIABLE.search(before)
    return variable is not None and (variable[1].islower() or mark in {"2", "3"})


def _kept_letters(before: str, mark: str) -> str | None:
    if mark in _TRADE or not mark.isalpha():
        return None
    number = before[-1].isdigit()
    if mark in _INDICATORS and (number or _NUMBER_SIGN.search(before)):
        return _INDICATORS[mark]
    if number:
        return mark if _ORDINAL.fullmatch(mark) else None
    if len(mark) > 1 or _ABBREVIATED.search(before):
        return mark
    return mark if _VARIABLE.search(before) else None


def _typed(part: Part) -> Iterator[tuple[Part, ...]]:
    """Yield a word without the mark that its own signs say is one, and then the mark."""
    without = part.text.rstrip(_TYPED)
    mark = part.text[len(without) :].lstrip("⁺⁻,")
    word = part.text.removesuffix(mark)
    if not mark or not _LETTER.search(word):
        yield (part,)
        return
    plain = "".join(str(_SUPERSCRIPT.find(s)) for s in mark if s in _SUPERSCRIPT)
    if _is_power(word, plain) or any(sign in "⁺⁻" for sign in mark):
        yield (part,)
        return
    x0, y0, x1, y1 = part.box
    wide = len(word) + len(mark) * 0.6
    at = x0 + (x1 - x0) * len(word) / wide
    yield (part._replace(text=word, box=(x0, y0, at, y1)),)
    yield (part._replace(text=mark, box=(at, y0, x1, y1)),)
