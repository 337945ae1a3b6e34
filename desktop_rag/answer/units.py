"""What a passage consists of: statements, and what gives them their meaning.

    heading     ─► heads the statements, items and rows below it
    question?   ─► is answered by what follows
    intro:      ─► introduces the items below it
    head row    ─► names the columns of the rows below it

Headings, questions, introductions and the leaders of a table of contents state nothing by
themselves, and are not quoted for an answer; what they head is judged, and read, together with
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from sentencex import get_sentence_boundaries as _boundaries

from desktop_rag.domain.passages import Span

CELL = "\t"  #: stands between the cells of a row, as `ingest.pieces` puts it

_BULLET = re.compile(r"[•‣◦▪●○■□–—·*\-]\s+(?=\S)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z])[.)]\s+(?=\S)")
_NUMBERING = re.compile(r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[IVXivx]{1,4})[.)]?")
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_CLOSED = (".", "!", ";", "…", ")", "”", "»", '"', ".'", "]")  # what ends a sentence
_KEYED = re.compile(r"[^:?!]{1,40}:\s+\S")  # "Price: 5"
_LONGEST_HEADING = 14  # words
_WORDS_OF_NUMBER = 2  # of a clause: "Artículo 4.", "Fourth."
_LONGEST_NAME = 6  # words of an item that names what the next ones tell of
_SHORT = 8  # words: less says little without what it stands under
_MOSTLY = 0.5  # of the cells of a row that names columns are no numbers, at least
_FIGURE = re.compile(r"[\d.,%$€£()\-–— ]*\d[\d.,%$€£()\-–— ]*")


class UnitRole(Enum):
    """What a part of a passage is there for."""

    STATEMENT = "statement"
    ITEM = "item"
    ROW = "row"
    HEADING = "heading"
    INTRO = "intro"
    QUESTION = "question"
    LEADER = "leader"


STATING = frozenset({UnitRole.STATEMENT, UnitRole.ITEM, UnitRole.ROW})  #: what can answer by itself
HEADING_ROLES = frozenset(
    {UnitRole.HEADING, UnitRole.INTRO, UnitRole.QUESTION}
)  #: what brings what follows


@dataclass(frozen=True, slots=True)
class Unit:
    """Characters `start` to `end` of a passage's text, and the `heads` that they stand under."""

    role: UnitRole
    start: int
    end: int
    heads: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Above:
    """What the next unit stands under, while a passage is read from top to bottom."""

    heading: Span | None = None
    intro: Span | None = None
    name: Span | None = None
    question: Span | None = None
    columns: Span | None = None
    fresh: bool = False  # nothing has been said under the heading yet
    listed: bool = False  # items have followed the introduction


def units(text: str, language: str) -> list[Unit]:
    """Return the parts of a passage in order; each line's sentences, items and rows for their own.

    `language` is the passage's, in ISO 639-1.
    """
    above = _Above()
    return [_under(above, unit, text) for unit in _plain(text, language)]


def told(unit: Unit, text: str) -> str:
    """Return the words that a unit is judged by: its own, and those of what it stands under."""
    spans = [*unit.heads, (unit.start, unit.end)]
    return " ".join(" ".join(text[start:end] for start, end in spans).split())


def _plain(text: str, language: str) -> Iterator[Unit]:
    """Yield the parts of a passage, each by itself."""
    lines = [line.strip() for line in text.splitlines()]
    numbered = [bool(_NUMBERED.match(line)) for line in lines]
    start = 0
    for at, line in enumerate(text.splitlines(keepends=True)):
        body = lines[at]
        left = start + len(line) - len(line.lstrip())
        if CELL in body:
            yield Unit(UnitRole.ROW, left, left + len(body))
        elif body:
            listed = numbered[at] and any(numbered[max(0, at - 1) : at] + numbered[at + 1 : at + 2])
            yield from _of_line(body, left, language, listed=listed)
        start += len(line)


def _of_line(line: str, start: int, language: str, *, listed: bool) -> Iterator[Unit]:
    """Yield the parts of a line; it is `listed` where it stands among others with numbers."""
    if _LEADER.search(line) or _NUMBERING.fullmatch(line):
        yield Unit(UnitRole.LEADER, start, start + len(line))
        return
    spans = list(_sentences(line, language))
    if _is_named(line, spans):
        spans = [(spans[0][0], spans[-1][1])]
    for at, (left, right) in enumerate(spans):
        sentence = line[left:right]
        item = at == 0 and bool(_BULLET.match(sentence) or (listed and _NUMBERED.match(sentence)))
        role = _role(sentence, alone=len(spans) == 1, item=item)
        yield Unit(role, start + left, start + right)


def _is_named(line: str, spans: list[Span]) -> bool:
    """Tell whether a line is the heading of a clause: its number in a word or two, and its name.

    >>> _is_named("Fourth. Deposit", [(0, 7), (8, 15)])
    True
    """
    match spans:
        case [(left, right), _] if not line.endswith(_CLOSED):
            short = len(line.split()) <= _LONGEST_HEADING
            return short and len(line[left:right].split()) <= _WORDS_OF_NUMBER
        case _:
            return False


def _sentences(line: str, language: str) -> Iterator[Span]:
    """Yield where the sentences of a line stand; "3." belongs to what it numbers."""
    begun: int | None = None
    for bound in _boundaries(language, line):
        left, right = bound["start_index"], bound["end_index"]
        part = line[left:right]
        first = left + len(part) - len(part.lstrip()) if begun is None else begun
        last = left + len(part.rstrip())
        begun = None
        if _NUMBERING.fullmatch(line[first:last]) and line[last:].strip():
            begun = first
        elif first < last:
            yield first, last


def _role(sentence: str, *, alone: bool, item: bool) -> UnitRole:
    if sentence.endswith("?"):
        return UnitRole.QUESTION
    if sentence.endswith(":"):
        return UnitRole.INTRO
    closed = sentence.endswith(_CLOSED)
    if item or (alone and closed and _NUMBERED.match(sentence)):
        return UnitRole.ITEM
    if alone and not closed and len(sentence.split()) <= _LONGEST_HEADING:
        return UnitRole.STATEMENT if _KEYED.match(sentence) else UnitRole.HEADING
    return UnitRole.STATEMENT


def _under(above: _Above, unit: Unit, text: str) -> Unit:
    """Return a unit with its heads, and note what it is the head of."""
    if unit.role is not UnitRole.ROW:
        above.columns = None
    match unit.role:
        case UnitRole.ROW:
            return _row(above, unit, text)
        case UnitRole.ITEM:
            return _item(above, unit, text)
        case UnitRole.STATEMENT:
            return _statement(above, unit, text)
        case _:
            _note(above, unit)
            return unit


def _note(above: _Above, unit: Unit) -> None:
    own = (unit.start, unit.end)
    match unit.role:
        case UnitRole.HEADING:
            above.heading, above.intro, above.name, above.question = own, None, None, None
            above.fresh = True
        case UnitRole.INTRO:
            above.intro, above.name, above.listed = own, None, False
        case UnitRole.QUESTION:
            above.question = own
        case _:
            pass


def _statement(above: _Above, unit: Unit, text: str) -> Unit:
    intro = None if above.listed else above.intro
    heads = [above.question or intro]
    if above.fresh and len(text[unit.start : unit.end].split()) < _SHORT:
        heads.insert(0, above.heading)
    above.intro = above.name = above.question = None
    above.fresh = above.listed = False
    return _headed(unit, heads)


def _item(above: _Above, unit: Unit, text: str) -> Unit:
    above.listed = True
    heads = [above.heading, above.question, above.intro, above.name]
    words = text[unit.start : unit.end]
    if not _KEYED.search(words):
        above.name = None
        heads.pop()
        if len(words.split()) <= _LONGEST_NAME + 1 and not words.endswith(_CLOSED):
            above.name = (unit.start, unit.end)
    return _headed(unit, heads)


def _row(above: _Above, unit: Unit, text: str) -> Unit:
    if above.columns is None:
        above.columns = (unit.start, unit.end)
        first = _names_columns(text[unit.start : unit.end])
        if not first:
            above.columns = (unit.start, unit.start)
        return _headed(unit, [])
    named = above.columns if above.columns[0] < above.columns[1] else None
    return _headed(unit, [named])


def _names_columns(row: str) -> bool:
    cells = [cell for cell in row.split(CELL) if cell.strip()]
    figures = sum(bool(_FIGURE.fullmatch(cell.strip())) for cell in cells)
    return figures < _MOSTLY * len(cells)


def _headed(unit: Unit, heads: list[Span | None]) -> Unit:
    return replace(unit, heads=tuple(head for head in heads if head))
