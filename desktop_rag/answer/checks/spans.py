"""The sentences of an answer as it is shown: of lines, items of lists and rows of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sentencex import get_sentence_boundaries as _boundaries

_MARK = re.compile(r"\[(\d{1,3})\]")
_MARKS = re.compile(r"(?:\s*\[\d{1,3}\])+")
_LEAD = re.compile(r"\s*(?:>\s?)*(?:#{1,6}\s+|[-*+•·]\s+|\(?(?:\d{1,3}|[a-z])[.)]\s+)?")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}[-:|\s]*$|\s*(?:[-*_]\s*){3,}$|\s*```.*$")
_ENDS = frozenset(".!?:;…")


class Span(NamedTuple):
    """A sentence in characters `start` to `end` of an answer, its citation marks in it.

    `text` is what it says without them, and `marks` are their numbers; a `heading` says nothing,
    nor does the head of a table.
    """

    start: int
    end: int
    text: str
    marks: tuple[int, ...] = ()
    heading: bool = False


def spans(answer: str, language: str) -> list[Span]:
    r"""Return the sentences of an answer, in order.

    >>> [one.text for one in spans("- It is red. [2]\n- It is 1.5 m.", "en")]
    ['It is red.', 'It is 1.5 m.']
    """
    found: list[Span] = []
    start = 0
    lines = answer.splitlines(keepends=True)
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else ""
        if line.strip() and not _RULE.match(line):
            lead = _LEAD.match(line)
            assert lead is not None  # noqa: S101 - it may be empty
            head = "#" in lead.group() or ("|" in line and bool(_RULE.match(after)))
            whole = head or line.strip().startswith("|")
            inner = _of_line(line.rstrip(), lead.end(), "" if whole else language)
            for left, right in inner:
                text = " ".join(_MARK.sub("", line[left:right]).strip(" |").split())
                marks = tuple(map(int, _MARK.findall(line[left:right])))
                found.append(Span(start + left, start + right, text, marks, head))
        start += len(line)
    return [one for one in found if any(sign.isalnum() for sign in one.text)]


def _of_line(line: str, lead: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences of a line begin and end, those without a language as one."""
    if not language:
        yield lead, len(line)
        return
    hidden = _MARK.sub(lambda found: " " * len(found.group()), line)[lead:]
    for bound in _boundaries(language, hidden):
        start, end = lead + bound["start_index"], lead + bound["end_index"]
        written = line[start:end]
        shown = hidden[start - lead : end - lead]
        if not shown.strip():
            continue
        start += len(shown) - len(shown.lstrip())
        end -= len(shown) - len(shown.rstrip())
        if marks := _MARKS.match(line, end):
            end = marks.end()
        assert written  # noqa: S101 - what is shown is written
        yield start, end
