"""Finding citation marks such as [2], [2, 3] or [2-4] in text that arrives piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desktop_rag.domain.passages import Cited, Passage, TextDelta

_LONGEST = 40  # characters between the brackets of a mark
_NUMBER = r"[1-9]\d{0,2}"
_RANGE = rf"{_NUMBER}(?: *[-–—] *{_NUMBER})?"
_MARK = re.compile(rf" *\[(?=[^\]]{{1,{_LONGEST}}}\]) *({_RANGE}(?: *[,;] *{_RANGE})*) *\]")
_OWN = re.compile(r"\[( *\d{1,3}(?: *[,;–—-] *\d{1,3})* *)\]")  # what a document refers to by
_UNFINISHED = re.compile(rf" *(?:\[[\d ,;–—-]{{0,{_LONGEST}}})?$")
_CODE = re.compile(r"(?:^|\W)[^\W\d]$")  # a[1]: a name of one letter, indexed


class Marks:
    """Finds the marks in text that is fed piece by piece.

    A mark may be split between pieces, so an unfinished one is held back.
    Numbers that the model made up are dropped: a citation must lead somewhere.
    Other brackets, such as a[0], [sic] or [2024], are text.
    """

    def __init__(self, passages: Mapping[int, Passage]) -> None:
        self._passages = passages
        self._held = ""
        self._before = ""

    def feed(self, piece: str) -> list[TextDelta | Cited]:
        """Return the text, marks in the form [2][3], and a `Cited` after each of them."""
        text = self._held + piece
        tail = _UNFINISHED.search(text)
        self._held = tail.group() if tail else ""
        ready = text.removesuffix(self._held)
        events = list(_split(self._before, ready, self._passages))
        self._before = (self._before + ready)[-2:]
        return events

    def finish(self) -> list[TextDelta | Cited]:
        """Return what was held back, now that nothing more will come."""
        return list(_split(self._before, self._held, self._passages))


def without_own_marks(text: str) -> str:
    """Return text of a document whose own references are in parentheses: ours are in brackets.

    >>> without_own_marks("Glaze cracks [3, 7].")
    'Glaze cracks (3, 7).'
    """
    return _OWN.sub(r"(\1)", text)


def _split(before: str, text: str, passages: Mapping[int, Passage]) -> Iterator[TextDelta | Cited]:
    """Split `text`, which stands after `before` and cuts no mark in two."""
    plain, end = "", 0
    for mark in _MARK.finditer(text):
        if mark.group()[0] == "[" and _CODE.search((before + text[: mark.start()])[-2:]):
            continue
        plain += text[end : mark.start()]
        end = mark.end()
        space = mark.group().partition("[")[0]
        for passage in _passages_of(mark.group(1), passages):
            yield TextDelta(f"{plain}{space}[{passage.number}]")
            yield Cited(passage)
            plain = space = ""
    if plain + text[end:]:
        yield TextDelta(plain + text[end:])


def _passages_of(mark: str, passages: Mapping[int, Passage]) -> list[Passage]:
    """Return the passages that "2, 4-6" names, each once, in that order."""
    found: dict[int, Passage] = {}
    for part in re.split("[,;]", mark):
        first, *rest = [int(number) for number in re.findall(r"\d+", part)]
        for number in range(first, (rest[0] if rest else first) + 1):
            if number in passages:
                found[number] = passages[number]
    return list(found.values())
