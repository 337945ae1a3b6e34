"""Putting the citation marks of an answer right, once each of its sentences has been checked.

What stands in an answer is [2] or [2][3], as `citations` writes it. A sentence that is borne out
carries a mark of a passage that does; what leads elsewhere goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from desktop_rag.answer.citations import is_index
from desktop_rag.domain.answers import Ground, SentenceCheck, SentenceVerdict

_MARKS = re.compile(r"(?<![ \t])([ \t]*+)(\[[1-9]\d{0,2}\](?:[ \t]*+\[[1-9]\d{0,2}\])*+)")
_CODE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*$"
    r"|^[ \t>]*(?:`{3,}|~{3,}).*\Z"
    r"|(?<!`)(?P<ticks>`++)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_LEAD = re.compile(r"[ \t>]*(?:[-*+•·] +|\(?\d{1,3}[.)] +)?(?:\*\*|__)?")
_HEADING = re.compile(r"[ \t>]*#")
_STOP = re.compile(r"(?:[.!?…。]+|:)\Z")
_AFTER_STOP = re.compile(r"[.!?…。][*_\"'»”’)]*\Z")
_BEFORE_STOP = re.compile(r"[.!?…。]")
_CELL = re.compile(r"[ \t]*\|[ \t]*\Z")
_DEFINITION = re.compile(r"[ \t]*(?:[-*+] +|\d{1,2}\. +)?\[([1-9]\d{0,2})\](:?)[ \t]+\S")
_SOURCES = re.compile(
    r"[ \t]*(?:#{1,6} +)?(?:\*\*|__)?(?:sources?|references?|citations?|footnotes?|notes|"
    r"fuentes?|referencias?|citas?|notas)(?: *:)?(?:\*\*|__)?(?: *:)?[ \t]*",
    re.IGNORECASE,
)
_CONTEXT = 40  # characters by which code is told


class CitedText(NamedTuple):
    """An answer, and its checks with their places in it."""

    text: str
    checks: tuple[SentenceCheck, ...]


class _Marks(NamedTuple):
    """Marks in a row, from the first bracket on, and the check that they belong to."""

    start: int
    end: int
    space: int  #: before them
    numbers: tuple[int, ...]
    owner: int
    leading: bool  #: whether they begin a line


class _Edit(NamedTuple):
    """What stands in place of characters `start` to `end`; it belongs to the check `owner`."""

    start: int
    end: int
    text: str
    owner: int


def cited_anew(text: str, checks: Sequence[SentenceCheck]) -> CitedText:
    """Return an answer with the marks that its `checks` bear out, and these moved with it.

    Of the marks of a sentence those stay that are among its `SentenceCheck.citations`; where none
    is, the best of these takes their place, or is put behind a sentence that has none. A sentence
    that is not found keeps no mark; one that claims nothing keeps what it has, as does code. A
    list of sources at the end, of marks that stand above it, is dropped: the program has its own.
    """
    text = text[: _without_sources(text)]
    kept = [check for check in checks if check.start < len(text)]
    code = [found.span() for found in _CODE.finditer(text)]
    marks = list(_marks(text, kept, code))
    late = _late(text, marks)
    edits: list[_Edit] = []
    for owner, check in enumerate(kept):
        own = [one for one in marks if one.owner == owner]
        if check.reason.ground is not Ground.NOTHING:
            right = () if check.verdict is SentenceVerdict.NOT_FOUND else check.citations
            edits += _mended(text, own, right)
            if right and not own and not _within(code, check.start, check.end):
                edits += _added(text, check, _Edit(0, 0, f"[{right[0]}]", owner), late=late)
    edits.sort()
    moved = tuple(
        replace(
            check,
            start=_place(check.start, owner, edits, ending=False),
            end=_place(check.end, owner, edits, ending=True),
        )
        for owner, check in enumerate(kept)
    )
    return _trimmed(CitedText(_edited(text, edits), moved))


def _marks(
    text: str, checks: Sequence[SentenceCheck], code: Sequence[tuple[int, int]]
) -> Iterator[_Marks]:
    """Yield the marks that belong to a sentence, and are no code and no link."""
    for found in _MARKS.finditer(text):
        start, end = found.span(2)
        before = text[max(0, start - _CONTEXT) : start]
        linked = text[end : end + 1] == "(" or is_index(before, text[end : end + 3])
        if linked or _within(code, start, end):
            continue
        line = text.rfind("\n", 0, start) + 1
        leading = bool(_LEAD.fullmatch(text, line, start))
        owner = _owner(text, start, checks, leading=leading)
        if owner is not None:
            numbers = tuple(map(int, re.findall(r"\d+", found[2])))
            yield _Marks(start, end, len(found[1]), numbers, owner, leading)


def _owner(text: str, at: int, checks: Sequence[SentenceCheck], *, leading: bool) -> int | None:
    """Return the check that a mark belongs to.

    One between two sentences belongs to the one before it; at the beginning of a line, to the next.
    """
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1)
    around = [n for n, one in enumerate(checks) if one.start <= at < one.end]
    if around and (leading or text[checks[around[0]].start : at].strip()):
        return around[0]
    before = [n for n, one in enumerate(checks) if begin < one.end <= at]
    after = [n for n, one in enumerate(checks) if leading and at < one.start < end]
    return next(iter([*before[-1:], *around, *after]), None)


def _late(text: str, marks: Sequence[_Marks]) -> bool:
    """Whether most marks stand after the full stop."""
    after = [_AFTER_STOP.search(text[: one.start - one.space][-4:]) for one in marks]
    before = [_BEFORE_STOP.match(text, one.end) for one in marks]
    return sum(map(bool, after)) > sum(map(bool, before))


def _mended(text: str, marks: Sequence[_Marks], right: Sequence[int]) -> Iterator[_Edit]:
    """Yield what is to be changed in the marks of one sentence, of which some may be `right`."""
    some = any(number in right for one in marks for number in one.numbers)
    for at, one in enumerate(marks):
        numbers = [number for number in one.numbers if number in right]
        if not some and at == len(marks) - 1:
            numbers = list(right[:1])
        if not numbers:
            yield _without(text, one)
        elif tuple(numbers) != one.numbers:
            kept = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
            yield _Edit(one.start, one.end, kept, one.owner)


def _without(text: str, marks: _Marks) -> _Edit:
    if not marks.leading:
        return _Edit(marks.start - marks.space, marks.end, "", marks.owner)
    rest = text[marks.end :]
    return _Edit(marks.start, marks.end + len(rest) - len(rest.lstrip(" \t")), "", marks.owner)


def _added(text: str, check: SentenceCheck, mark: _Edit, *, late: bool) -> Iterator[_Edit]:
    """Yield where the mark of a sentence without one is put; headings get none."""
    sentence = text[check.start : check.end].rstrip()
    line = text.rfind("\n", 0, check.start) + 1
    if not sentence or _HEADING.match(text, line):
        return
    end = check.start + len(sentence)
    stop = _STOP.search(sentence)
    if cell := _CELL.search(sentence):
        end = check.start + cell.start()
    elif stop and (not late or stop.group() == ":"):
        end = check.start + stop.start()
    yield _Edit(end, end, f" {mark.text}", mark.owner)


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    parts: list[str] = []
    end = 0
    for one in edits:
        parts += (text[end : one.start], one.text)
        end = one.end
    return "".join(parts) + text[end:]


def _place(at: int, owner: int, edits: Sequence[_Edit], *, ending: bool) -> int:
    """Return where the beginning or end of a sentence is after `edits`.

    What is put at that very place comes before it if it belongs to it, or to the one before.
    """
    moved = at
    for one in edits:
        before = one.owner <= owner if ending else one.owner < owner
        if one.start < at or (one.start == at and before):
            moved += len(one.text) - (one.end - one.start) + max(0, one.end - at)
    return moved


def _trimmed(cited: CitedText) -> CitedText:
    """Return the same with sentences that begin and end in no space."""
    checks = []
    for check in cited.checks:
        shown = cited.text[check.start : check.end]
        start = check.start + len(shown) - len(shown.lstrip())
        checks.append(
            replace(check, start=start, end=max(start, check.start + len(shown.rstrip())))
        )
    return CitedText(cited.text, tuple(checks))


def _without_sources(text: str) -> int:
    """Return where a list of sources at the end begins, the length of `text` if there is none."""
    lines = text.splitlines(keepends=True)
    at, numbers, colons = len(lines), set[int](), []
    while at and (not lines[at - 1].strip() or _DEFINITION.match(lines[at - 1])):
        at -= 1
        if found := _DEFINITION.match(lines[at]):
            numbers.add(int(found[1]))
            colons.append(bool(found[2]))
    headed = at > 0 and bool(_SOURCES.fullmatch(lines[at - 1].rstrip("\n")))
    above = "".join(lines[: at - headed])
    cited = {int(one) for found in _MARKS.findall(above) for one in re.findall(r"\d+", found[1])}
    if not numbers or not numbers <= cited or not (headed or all(colons)):
        return len(text)
    return len(above.rstrip())


def _within(code: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(left < end and start < right for left, right in code)
