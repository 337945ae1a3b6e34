"""Finding citation marks, in every form that models write, in text that comes piece by piece.

    [2]  [2, 3]  [2-4]  [1 and 3]  [1, p. 4]  [^1]  [Passage 2]  (passage 2)  【2†source】  word²

All of them become [2][3]. What only looks like one stays: data[3], [2024], [1](address), m², and
whatever stands in code. "Passage 2 says" stays too, and cites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from desktop_rag.domain.passages import Cited, Passage, TextDelta

_LONGEST = 60  # characters between the brackets of a mark
_CONTEXT = 40  # characters before it that can tell what it is
_AHEAD = 3  # and after it
_DIGITS = 3  # of a number, at most

_GAP = " {0,3}"
_NUMBER = r"(?!0)\d{1,3}(?!\d)"
_RANGE = rf"({_NUMBER})(?:{_GAP}(?:[-–—‑]|\b(?:to|a|al)\b){_GAP}({_NUMBER}))?"
_JOIN = rf"(?:{_GAP}[,;&+]{_GAP}(?:(?:and|y|e)\b{_GAP})?|{_GAP}\b(?:and|y|e)\b{_GAP})"
_OURS = ("passage", "passages", "pasaje", "pasajes")  # what prompts call them
_THEIRS = (
    *("source", "sources", "fuente", "fuentes", "fragment", "fragments", "fragmento", "fragmentos"),
    *("excerpt", "excerpts", "extracto", "extractos", "document", "documento", "doc", "ref"),
    *("cita", "citation", "context", "contexto"),
)
_SEE = ("see", "cf", "ver", "véase", "vid")
_ARTICLES = ("the", "el", "los", "la", "las")
_FIRST_WORDS = (*_OURS, *_THEIRS, *_SEE, *_ARTICLES)
_KIND = (
    rf"(?:(?:{'|'.join(_SEE)})\.?{_GAP})?(?:(?:{'|'.join(_ARTICLES)}) {_GAP})?"
    rf"(?P<kind>{'|'.join((*_OURS, *_THEIRS))})\b\.?:?{_GAP}(?:n\.?[ºo°]{_GAP}|#)?"
)
_AGAIN = rf"(?:(?:{'|'.join((*_OURS, *_THEIRS))}){_GAP})?"
_SOURCE = r"(?:(?::\d{1,3})?†[^\]】,;]*)"  # as in 【1:0†source】
_PAGE = (
    rf"(?:{_GAP}[,;:(]{_GAP}|{_GAP})(?:pp?|pgs?|p[áa]gs?|pages?|p[áa]ginas?)\b\.?{_GAP}"
    rf"\w[\w.]{{0,7}}(?:{_GAP}[-–—]{_GAP}\w[\w.]{{0,7}})?{_GAP}\)?"
)
_ITEM = rf"[\^#]?{_RANGE}{_SOURCE}?(?:{_PAGE})?"
_LIST = re.compile(rf"{_GAP}(?:{_KIND})?{_ITEM}(?:{_JOIN}{_AGAIN}{_ITEM})*{_GAP}", re.IGNORECASE)
_BESIDE = re.compile(f"{_SOURCE}|{_PAGE}", re.IGNORECASE)
_NUMBERS = re.compile(_RANGE, re.IGNORECASE)
_BEGINNING = re.compile(rf"{_GAP}([^\W\d_]*)((?:\d+|.)?)", re.DOTALL)
_OWN = re.compile(r"\[( *\d{1,3}(?: *[,;–—-] *\d{1,3})* *)\]")  # what a document refers to by

_CLOSING = {"[": "]", "(": ")", "【": "】", "［": "］", "〔": "〕", "（": "）", "<sup>": "</sup>"}
_ROUND = frozenset("(（")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_START = re.compile(
    r"(?<! ) *+(?:(?P<open>[\[(【［〔（]|<sup>)|(?P<raised>[⁰¹²³⁴-⁹]++)"
    r"|(?P<word>(?<!\w)(?:passages?|pasajes?)(?!\w))|(?P<fence>`++|~++)"
    r"|(?P<end>(?:<(?:su?p?)?|(?<!\w)p(?:a(?:s(?:s(?:ag?)?|aj?)?)?)?)?\Z))",
    re.IGNORECASE,
)
_FENCE = re.compile(r"`++|~++|\n")
_FENCED = 3  # of these signs at least, at the beginning of a line, open a block of code
_MENTION = re.compile(rf"pas(?:sage|aje){_GAP}({_NUMBER})", re.IGNORECASE)
_MENTIONS = re.compile(rf"pas(?:sage|aje)s{_GAP}({_RANGE}(?:{_JOIN}{_RANGE})*)", re.IGNORECASE)
_MENTION_BEGUN = re.compile(rf"pas(?:sage|aje)s?{_GAP}", re.IGNORECASE)
_MENTION_GROWS = re.compile(
    rf"{_GAP}(?:[-–—‑,;&+]{_GAP}(?:and?|y|e)?|and?|y|e|to?|al?)?{_GAP}", re.IGNORECASE
)

_NAME = re.compile(r"(?<![\w.])([^\W\d](?:\w|\.(?=\w))*)\Z")
_UNIT = re.compile(r"\d ?\w\Z")
_TYPICAL = {
    *("arg", "args", "argv", "arr", "array", "buf", "buffer", "cell", "cells", "col", "cols"),
    *("column", "columns", "data", "df", "dict", "grid", "item", "items", "key", "keys", "line"),
    *(
        "lines",
        "list",
        "lista",
        "matrix",
        "node",
        "nodes",
        "queue",
        "res",
        "result",
        "results",
        "row",
    ),
    *("rows", "stack", "str", "string", "table", "tmp", "tokens", "tuple", "val", "values", "var"),
    *("vec", "vector", "words"),
}
_ASSIGNED = re.compile(r" ?[-+*/|&%]?=|\.[a-z_]")
_RAISED_AFTER = re.compile(r"(?:[^\W\d_]{4,}|[.,;:!?…»”\"])\Z")
_SQUARED = re.compile(
    r"(?:met(?:re|er|ro)s?|pies|feet|foot|inch(?:es)?|pulgadas?|miles?|millas?|yards?|yardas?)\Z",
    re.IGNORECASE,
)
_CHARGED = frozenset("⁺⁻ⁿ⁄")


class _Step(NamedTuple):
    """What the text up to `end` comes to."""

    end: int
    events: tuple[TextDelta | Cited, ...]


class Marks:
    """Finds the marks in text that is fed piece by piece.

    A mark may be split between pieces, so an unfinished one is held back.
    Numbers that the model made up are dropped: a citation must lead somewhere.
    """

    def __init__(self, passages: Mapping[int, Passage]) -> None:
        self._passages = passages
        self._held = ""
        self._before = ""
        self._code = ""  # what opened the code in whose middle the text is
        self._block = False  # whether that is a block

    def feed(self, piece: str) -> list[TextDelta | Cited]:
        """Return the text, marks in the form [2][3], and a `Cited` after each of them."""
        self._held += piece
        return self._read(last=False)

    def finish(self) -> list[TextDelta | Cited]:
        """Return what was held back, now that nothing more will come."""
        return self._read(last=True)

    def _read(self, *, last: bool) -> list[TextDelta | Cited]:
        text = self._before + self._held
        at = len(self._before)
        events: list[TextDelta | Cited] = []
        while at < len(text) and (step := self._step(text, at, last=last)):
            at = step.end
            events += step.events
        self._before, self._held = text[max(0, at - _CONTEXT) : at], text[at:]
        return _joined(events)

    def _step(self, text: str, at: int, *, last: bool) -> _Step | None:
        """Return what comes next, `None` where only what follows will tell."""
        if self._code:
            return self._step_in_code(text, at, last=last)
        found = _START.search(text, at)
        if found is None or found.start() > at:
            return _plain(text, at, found.start() if found else len(text))
        steps = {
            "open": self._bracket,
            "raised": self._raised,
            "word": self._mention,
            "fence": self._fence,
        }
        step = steps.get(found.lastgroup or "")
        if step is None:
            return _plain(text, at, len(text)) if last else None
        return step(found, last=last)

    def _bracket(self, found: re.Match[str], *, last: bool) -> _Step | None:
        text, opening = found.string, found["open"].lower()
        as_it_is = _plain(text, found.start(), found.end())
        closing = _CLOSING[opening]
        inside, closed, _ = text[found.end() :][: _LONGEST + len(closing)].partition(closing)
        if not closed:
            room = len(inside) < _LONGEST + len(closing)
            waits = not last and room and _may_be_a_mark(inside, round_=opening in _ROUND)
            return None if waits else as_it_is
        end = found.end() + len(inside) + len(closed)
        before = text[max(0, found.start() - _CONTEXT) : found.start("open")]
        after = text[end : end + _AHEAD]
        if not last and len(after) < (_AHEAD if before[-1:].isalnum() else 1):
            return None
        linked = after[:1] == "(" or is_index(before, after)
        if (opening == "[" and linked) or (
            opening == "<sup>" and not _may_be_raised(before, after)
        ):
            return as_it_is
        if opening == "<sup>":
            inside = inside.strip().removeprefix("[").removesuffix("]")
        return self._cited(found, end, _listed(inside), named=opening in _ROUND)

    def _raised(self, found: re.Match[str], *, last: bool) -> _Step | None:
        """Read ¹, where it raises no number: that of m² stays."""
        text, end = found.string, found.end()
        after = text[end : end + 1]
        if not after and not last:
            return None
        before = text[max(0, found.start() - _CONTEXT) : found.start("raised")]
        digits = found["raised"].translate(_RAISED)
        whole = int(digits) if len(digits) <= _DIGITS else 0
        numbers = [whole] if whole in self._passages else list(map(int, digits))
        known = all(number in self._passages for number in numbers)
        if not known or after in _CHARGED or not _may_be_raised(before, after):
            return _plain(text, found.start(), end)
        return self._cited(found, end, _Listed(numbers, ""), named=False)

    def _cited(
        self, found: re.Match[str], end: int, listed: _Listed | None, *, named: bool
    ) -> _Step:
        """Return a mark in our form; what is none, or only looks like one, stays as it is."""
        text = found.string
        if listed is None or (named and not listed.kind):
            return _plain(text, found.start(), found.end())
        known = [self._passages[number] for number in listed.numbers if number in self._passages]
        if not known and (named or listed.kind not in {"", *_OURS}):
            return _plain(text, found.start(), found.end())
        space = found.group()[: found.start(found.lastgroup or 0) - found.start()]
        events: list[TextDelta | Cited] = []
        for passage in known:
            events += (TextDelta(f"{space}[{passage.number}]"), Cited(passage))
            space = ""
        return _Step(end, tuple(events))

    def _mention(self, found: re.Match[str], *, last: bool) -> _Step | None:
        """Read "passages 2 and 3", which stays as it is written."""
        text, start = found.string, found.start("word")
        listing = found["word"][-1] in "sS"
        mention = (_MENTIONS if listing else _MENTION).match(text, start)
        if mention is None:
            waits = not last and _MENTION_BEGUN.fullmatch(text, start)
            return None if waits else _plain(text, found.start(), found.end())
        rest = text[mention.end() :]
        if not last and (_MENTION_GROWS.fullmatch(rest) if listing else not rest):
            return None
        known = [n for n in _spelled_out(mention[1]) if n in self._passages]
        events = _plain(text, found.start(), mention.end()).events
        return _Step(mention.end(), (*events, *(Cited(self._passages[n]) for n in known)))

    def _fence(self, found: re.Match[str], *, last: bool) -> _Step | None:
        text, run = found.string, found["fence"]
        if found.end() == len(text) and not last:
            return None
        self._block = len(run) >= _FENCED and _begins_line(text, found.start("fence"))
        self._code = run if self._block or run[0] == "`" else ""
        return _plain(text, found.start(), found.end())

    def _step_in_code(self, text: str, at: int, *, last: bool) -> _Step | None:
        found = _FENCE.search(text, at)
        if found is None or found.start() > at:
            return _plain(text, at, found.start() if found else len(text))
        run = found.group()
        if run != "\n" and found.end() == len(text) and not last:
            return None
        if self._block:
            longer = run[0] == self._code[0] and len(run) >= len(self._code)
            closed = longer and _begins_line(text, found.start())
        else:
            closed = run in {self._code, "\n"}
        if closed:
            self._code = ""
        return _plain(text, at, found.end())


class _Listed(NamedTuple):
    """The numbers in a mark, and what they are said to be numbers of."""

    numbers: list[int]
    kind: str


def without_own_marks(text: str) -> str:
    """Return text of a document whose own references are in parentheses: ours are in brackets.

    >>> without_own_marks("Glaze cracks [3, 7].")
    'Glaze cracks (3, 7).'
    """
    return _OWN.sub(r"(\1)", text)


def is_index(before: str, after: str) -> bool:
    """Whether a bracket between these belongs to code, as in data[3]; spaces are no code.

    >>> is_index("so data", " is"), is_index("It boils", ". At")
    (True, False)
    """
    name = _NAME.search(before)
    if name is None:
        return False
    word = name[1]
    letter = len(word) == 1 and not _UNIT.search(before)  # 100 m[2] is measured
    named = letter or word in _TYPICAL or "_" in word or ("." in word and word.islower())
    return named or (word.isascii() and bool(_ASSIGNED.match(after)))


def _may_be_a_mark(inside: str, *, round_: bool) -> bool:
    """Whether a bracket that begins like this may turn out to be one."""
    begun = _BEGINNING.match(inside)
    assert begun is not None  # noqa: S101 - it may be empty
    word, then = begun[1].lower(), begun[2]
    if "\n" in inside:
        return False
    if not word:
        number = then.isdigit() and len(then) <= _DIGITS
        return not then or (not round_ and (number or then in "[^#"))
    if then:
        return word in _FIRST_WORDS
    return any(one.startswith(word) for one in _FIRST_WORDS)


def _may_be_raised(before: str, after: str) -> bool:
    """Whether a raised number counts passages, and not metres or atoms."""
    before = before.rstrip(" ")
    told = bool(_RAISED_AFTER.search(before)) and not _SQUARED.search(before)
    return told and after[:1] not in _CHARGED


def _listed(inside: str) -> _Listed | None:
    found = _LIST.fullmatch(inside)
    return _Listed(_spelled_out(inside), (found["kind"] or "").lower()) if found else None


def _spelled_out(listed: str) -> list[int]:
    """Return the numbers that "2, 4-6" names, each once, in that order."""
    found: dict[int, None] = {}
    for first, last in _NUMBERS.findall(_BESIDE.sub("", listed)):
        found |= dict.fromkeys(range(int(first), int(last or first) + 1))
    return list(found)


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t>")


def _plain(text: str, start: int, end: int) -> _Step:
    return _Step(end, (TextDelta(text[start:end]),))


def _joined(events: list[TextDelta | Cited]) -> list[TextDelta | Cited]:
    """Return the same with pieces of text that follow each other made one."""
    joined: list[TextDelta | Cited] = []
    for plain, group in groupby(events, key=lambda event: isinstance(event, TextDelta)):
        if plain:
            text = "".join(event.text for event in group if isinstance(event, TextDelta))
            joined.append(TextDelta(text))
        else:
            joined += group
    return joined
