"""The marks of a finished answer, [2] or [2, 3], as it is kept: where they stand and what they say.

While an answer is being written, marks come in every form; `citations` makes them these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from desktop_rag.answer.citations import is_index

_BEFORE, _AFTER = 40, 3  # signs around a mark that can tell what it is
# It begins only where a run begins, and gives nothing back: a thousand spaces in a row, which a
# model that has lost its way does write, are gone through once.
MARK = re.compile(r"(?<![ \t])[ \t]*+\[ *+(\d{1,4}+(?: *+[,;] *+\d{1,4}+){0,30}) *+\]")


def numbers_in(inside: str) -> list[int]:
    """Return the numbers between the brackets of a mark."""
    return [int(number) for number in re.findall(r"\d+", inside)]


def citing(text: str, known: Set[int]) -> Iterator[tuple[re.Match[str], list[int]]]:
    """Yield the marks of `text` that cite known numbers, with all their numbers.

    An index, as in data[3], is none.
    """
    for mark in MARK.finditer(text):
        begin, numbers = mark.start(), numbers_in(mark[1])
        before = text[max(0, begin - _BEFORE) : begin]
        after = text[mark.end() : mark.end() + _AFTER]
        index = mark[0][0] == "[" and is_index(before, after)
        if not index and not known.isdisjoint(numbers):
            yield mark, numbers


def cited(text: str) -> tuple[int, ...]:
    """Return the numbers that `text` cites, each once, in their order."""
    found = (number for mark in MARK.finditer(text) for number in numbers_in(mark[1]))
    return tuple(dict.fromkeys(found))


def places_of_marks(text: str) -> frozenset[int]:
    """Return where in `text` signs belong to marks, of known numbers or not."""
    return frozenset(at for found in MARK.finditer(text) for at in range(*found.span()))


def without_marks(text: str, known: Set[int]) -> str:
    """Return `text` without the marks that cite known numbers."""
    return MARK.sub(lambda mark: "" if set(numbers_in(mark[1])) <= known else mark[0], text)


def renumbered(text: str, shown: Mapping[int, int]) -> str:
    """Return `text` with each mark's numbers as they are `shown`; others stay what they are."""

    def mark(found: re.Match[str]) -> str:
        numbers = [str(shown.get(number, number)) for number in numbers_in(found[1])]
        space = found[0][: found[0].index("[")]
        return f"{space}[{', '.join(numbers)}]"

    return MARK.sub(mark, text)
