"""What stands letter for letter in a passage, and what only seems to.

Ligatures, hyphens at the ends of lines, spaces and the shape of quotation marks make no
difference; any other sign does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop_rag.answer.checks.tokens import plain

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‟": "”", "‘": "’", "‹": "›", '"': '"'}
_OPEN = re.compile(r"[“«„‟‹\"]|(?<!\w)‘")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›", '"'))
_BROKEN = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_ENDS = " .,;:!?…\"'"
_LEFT_OUT = re.compile(r"\s*[\[(]?(?:\.\.\.|…)[\])]?\s*")
_SHORTEST = 2  # words of a quotation in single marks, which are apostrophes, too


class QuotedSpan(NamedTuple):
    """What stands in quotation marks, in characters `start` to `end` of an answer, marks aside."""

    start: int
    end: int
    text: str


def quotations(answer: str) -> Iterator[QuotedSpan]:
    """Yield what an answer puts in quotation marks; one that is not closed ends with its line."""
    at = 0
    while opening := _OPEN.search(answer, at):
        sign, start = opening.group(), opening.end()
        line = answer.find("\n", start)
        stop = line if line >= 0 else len(answer)
        ends = [found for close in _PAIRS[sign] if (found := _closing(answer, close, start)) >= 0]
        end = min(ends, default=-1)
        if sign in '‘"' and not 0 <= end <= stop:
            end = -1
        if end < 0:
            if sign == "‘" or (sign == '"' and answer[start - 2 : start - 1].isdigit()):
                at = start  # an apostrophe, or inches
                continue
            end = stop
        if sign != "‘" or len(answer[start:end].split()) >= _SHORTEST:
            yield QuotedSpan(start, end, answer[start:end])
        at = end + 1


def _closing(answer: str, close: str, start: int) -> int:
    """Return where a quotation is closed: an apostrophe within a word does not."""
    if close != "’":
        return answer.find(close, start)
    found = re.compile(r"’(?!\w)").search(answer, start)
    return found.start() if found else -1


@lru_cache(maxsize=256)
def forms(text: str) -> tuple[str, ...]:
    """Return a passage as it is compared: what lines break is one word, or has a hyphen."""
    joined, hyphened = _BROKEN.sub("", text), _BROKEN.sub("-", text)
    return tuple(dict.fromkeys(map(evened, (joined, hyphened))))


def evened(text: str) -> str:
    """Return a text in one kind of sign and space."""
    return " ".join(plain(text.translate(_QUOTES)).split())


def literal(quoted: str, passages: Sequence[str]) -> bool:
    """Tell whether a text stands letter for letter in one of `passages`.

    What it leaves out, it marks by an ellipsis; its pieces stand in that order in one passage.

    >>> literal("the lamp … oil.", ["The lamp burned oil"])
    True
    >>> literal("5 dollars", ["15 dollars"])
    False
    """
    pieces = [evened(piece).strip(_ENDS) for piece in _LEFT_OUT.split(quoted)]
    pieces = [piece for piece in pieces if piece]
    return not pieces or any(
        _in_order(pieces, form) for passage in passages for form in forms(passage)
    )


def _in_order(pieces: Sequence[str], passage: str) -> bool:
    at = 0
    for number, piece in enumerate(pieces):
        at = _found(piece, passage, at, opens=number == 0)
        if at < 0:
            return False
    return True


def _found(piece: str, passage: str, start: int, *, opens: bool) -> int:
    """Return where a piece ends in a passage, from `start` on; -1 where it does not stand there."""
    turned = piece[0].swapcase() + piece[1:]
    for wanted in (piece, turned) if opens else (piece,):
        at = passage.find(wanted, start)
        while at >= 0:
            end = at + len(wanted)
            if _whole(passage, at, end):
                return end
            at = passage.find(wanted, at + 1)
    return -1


def _whole(passage: str, start: int, end: int) -> bool:
    """Tell whether words and numbers are not cut at either end, nor lose their unit or sign."""
    before, after = passage[max(0, start - 2) : start], passage[end : end + 2]
    if before[-1:].isalnum() and passage[start].isalnum():
        return False
    if after[:1].isalnum() and passage[end - 1].isalnum():
        return False
    if passage[start].isdigit() and re.search(r"\d[.,]$|(?<!\w)[-−]$", before):
        return False
    return not (passage[end - 1].isdigit() and re.match(r"[.,]\d|%", after))
