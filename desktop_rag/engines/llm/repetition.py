"""Notices where a model begins to say again what it has said, before anyone sees it twice.

Small models go round in circles once they have answered. A sentence that begins like an earlier
one is held back until it goes another way; one that ends like it, too, ends the answer.
"""

from __future__ import annotations

import re

_MARK = r"\[[\d, ]+\]"
_MARKS = re.compile(_MARK)
_BEFORE = re.compile(rf"\s*(?:{_MARK}\s*)*")  # a sentence: the citations of the one before
_OPEN = re.compile(r"\[[\d, ]*")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|\n")
_LEAST = 12  # letters and digits: less, such as the cells of a table, may well come again
_TURNS = 4  # times that the same words follow each other, without an end of a sentence
_CIRCLES = range(4, 81)  # characters of those words
_LETTERS = 4  # of them; lines and dots are drawn so


class RepetitionFilter:
    """Passes an answer on as it comes, up to where it repeats itself."""

    def __init__(self) -> None:
        self.repeated = False
        self._said: set[str] = set()
        self._sentence = ""  # the one that is being written, as far as it has been passed on
        self._held = ""  # and the rest of it
        self._tail = ""

    def after(self, text: str) -> str:
        """Return what can be passed on now that `text` has come."""
        shown = ""
        self._held += text
        while not self.repeated:
            shown += self._before()
            end = _ENDS.search(self._sentence + self._held)
            if end is None:
                break
            shown += self._finished(end.end())
        if not self.repeated and not self._may_repeat():
            shown += self._held
            self._sentence += self._held
            self._held = ""
        self._look_back(shown)
        return shown

    def rest(self) -> str:
        """Return what was held back in case it had been said."""
        held, self._held = self._held, ""
        again = self.repeated or _key(self._sentence + held) in self._said
        return "" if again else held

    def _before(self) -> str:
        """Return what stands before a sentence, if none has begun; it says nothing itself."""
        found = None if self._sentence else _BEFORE.match(self._held)
        if found is None:
            return ""
        self._held = self._held[found.end() :]
        return found.group()

    def _finished(self, end: int) -> str:
        """Note the sentence up to `end`, and return what is to be shown of it."""
        whole = self._sentence + self._held
        key = _key(whole[:end])
        if key in self._said:
            self.repeated = True
            return ""
        if len(key) >= _LEAST:
            self._said.add(key)
        shown = whole[len(self._sentence) : end]
        self._sentence, self._held = "", whole[end:]
        return shown

    def _may_repeat(self) -> bool:
        if not self._sentence and _OPEN.fullmatch(self._held):
            return True
        key = _key(self._sentence + self._held)
        return any(said.startswith(key) for said in self._said)

    def _look_back(self, shown: str) -> None:
        tail = self._tail = (self._tail + shown)[-_CIRCLES.stop * _TURNS :]
        self.repeated |= any(
            tail.endswith(tail[-length:] * _TURNS) and _wordy(tail[-length:])
            for length in _CIRCLES
            if length * _TURNS <= len(tail)
        )


def _wordy(text: str) -> bool:
    return sum(one.isalpha() for one in text) >= _LETTERS


def _key(text: str) -> str:
    """Return what two sentences share that differ in marks and spaces alone."""
    return "".join(one for one in _MARKS.sub("", text).casefold() if one.isalnum())
