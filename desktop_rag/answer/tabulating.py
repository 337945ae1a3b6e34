"""A comparison as an answer: how much is the same, and tables with a mark in each cell.

    Two versions of one text: 120 sentences are the same, 1 was changed.

    | | Lease 2023 | Lease 2024 |
    |---|---|---|
    | Rent · changed | The rent is **$900**. [1] | The rent is **$950**. [2] |

It is an answer, and so in the language of the question. Words of documents are text: no sign in
them shapes a table, and their own references are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop_rag.answer.citations import without_own_marks
from desktop_rag.answer.extraction import Quoted, quote_of
from desktop_rag.domain.comparisons import (
    FEWEST,
    ComparedCell,
    ComparedRow,
    Comparison,
    RowState,
    Uncompared,
)
from desktop_rag.domain.passages import Passage, Quote, Span

_LONGEST = 420  # characters of a cell, with what differs in the middle of them
_BEFORE = 160  # of them that stand before the first that differs, at most
_LONGEST_NAME = 60  # characters of a document's name above its column
_ACRONYM = 5  # letters, at most, of what is written in capitals wherever it stands
_LONGEST_ASPECT = 80
_TABLE = 9_000  # characters, about, from which on another table is begun
_SHAPING = re.compile(r"([\\|*`~<\[\]])")
_EDGES = "$€£¥%"  # belong to what they stand beside
_NAMED = 3  # documents that are named as what could be meant


@dataclass(frozen=True, slots=True)
class _TableWords:
    """What is said around the words of documents, in one language."""

    aspect: str
    missing: str
    more: str
    states: dict[RowState, str]
    changed: str
    only: str
    versions: str
    alike: str
    same: str
    was_changed: str
    was_moved: str
    several: str
    alone: str
    left: str
    unread: str
    reasons: dict[Uncompared, str]
    such_as: str
    last: str
    quoted: str
    thousands: str


_ENGLISH = _TableWords(
    aspect="About",
    missing="not found",
    more="(and {count} more sentences)",
    states={
        RowState.CHANGED: "changed",
        RowState.MOVED: "moved",
        RowState.ONLY: "in one only",
        RowState.SAME: "the same",
    },
    changed="Said otherwise",
    only="Not in all of them",
    versions="Two versions of one text.",
    alike="Compared sentence by sentence.",
    same="The same: {count}.",
    was_changed="Said otherwise: {count}.",
    was_moved="Moved: {count}.",
    several="In several, but not in all: {count}.",
    alone="Only in {name}: {count}.",
    left="The {shown} that matter most are shown; there are {count} more.",
    unread="There is so much text that {count} sentences were compared word for word only.",
    reasons={
        Uncompared.FEW: "Choose two to five documents to compare{names}.",
        Uncompared.MANY: "That is more than five documents. Choose two to five to compare{names}.",
        Uncompared.EMPTY: "There is nothing to compare: no text stands in {names}.",
        Uncompared.LANGUAGES: (
            "These documents are in different languages, so their sentences cannot be laid side by"
            " side. Ask what to compare them on."
        ),
        Uncompared.UNLIKE: "No sentence of one of these documents is like one of another.",
        Uncompared.SILENT: "None of these documents says anything about “{topic}”.",
    },
    such_as=", such as ",
    last="or",
    quoted="“{}”",
    thousands=",",
)
_SPANISH = _TableWords(
    aspect="Sobre",
    missing="no aparece",
    more="(y {count} frases más)",
    states={
        RowState.CHANGED: "cambiado",
        RowState.MOVED: "movido",
        RowState.ONLY: "solo en uno",
        RowState.SAME: "igual",
    },
    changed="Dicho de otra manera",
    only="No está en todos",
    versions="Son dos versiones de un mismo texto.",
    alike="Comparados frase por frase.",
    same="Iguales: {count}.",
    was_changed="Dichas de otra manera: {count}.",
    was_moved="Movidas: {count}.",
    several="En varios, pero no en todos: {count}.",
    alone="Solo en {name}: {count}.",
    left="Se muestran las {shown} que más importan; hay {count} más.",
    unread="Hay tanto texto que {count} frases solo se compararon palabra por palabra.",
    reasons={
        Uncompared.FEW: "Elige de dos a cinco documentos para compararlos{names}.",
        Uncompared.MANY: (
            "Son más de cinco documentos. Elige de dos a cinco para compararlos{names}."
        ),
        Uncompared.EMPTY: "No hay nada que comparar: no hay texto en {names}.",
        Uncompared.LANGUAGES: (
            "Estos documentos están en idiomas distintos, y sus frases no se pueden poner una al"
            " lado de la otra. Pregunta en qué compararlos."
        ),
        Uncompared.UNLIKE: "Ninguna frase de uno de estos documentos se parece a una de otro.",
        Uncompared.SILENT: "Ninguno de estos documentos dice nada sobre «{topic}».",
    },
    such_as=", por ejemplo ",
    last="o",
    quoted="«{}»",
    thousands=".",
)


def told(
    comparison: Comparison, passages: Sequence[Passage], language: str
) -> tuple[str, tuple[Quote, ...]]:
    """Return a comparison in Markdown, and what its marks stand for, in their order.

    `language` is the question's, in ISO 639-1; `passages` are in the order of its hits.
    """
    words = _SPANISH if language == "es" else _ENGLISH
    if comparison.uncompared:
        return _reason(comparison, words), ()
    made = _Tables(comparison, passages, words)
    parts = [" ".join(_summary(comparison, words)), *made.tables()]
    return "\n\n".join(filter(None, parts)), tuple(made.quotes)


def quote_of_cell(cell: ComparedCell, passages: Sequence[Passage]) -> Quote:
    """Return the words of a cell, with a box for each of their lines."""
    return quote_of(Quoted(passages[cell.hit], cell.spans))


def quotes_of(comparison: Comparison, passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Return the words of all cells, row by row."""
    cells = (cell for row in comparison.rows for cell in row.cells if cell is not None)
    return tuple(quote_of_cell(cell, passages) for cell in cells)


def _reason(comparison: Comparison, words: _TableWords) -> str:
    assert comparison.uncompared is not None  # noqa: S101 - as the caller has seen, for mypy
    listed = _listed([words.quoted.format(_inline(one)) for one in comparison.names], words)
    if comparison.uncompared in {Uncompared.FEW, Uncompared.MANY}:
        few = [words.quoted.format(_inline(one)) for one in comparison.names[:_NAMED]]
        listed = words.such_as + _listed(few, words) if len(few) >= FEWEST else ""
    template = words.reasons[comparison.uncompared]
    return template.format(names=listed, topic=_inline(comparison.topic))


def _listed(names: Sequence[str], words: _TableWords) -> str:
    if len(names) < FEWEST:
        return "".join(names)
    return f"{', '.join(names[:-1])} {words.last} {names[-1]}"


def _summary(comparison: Comparison, words: _TableWords) -> Iterator[str]:
    """Yield in sentences how much is the same, otherwise and alone; on a topic there is no more."""
    if comparison.topic:
        return
    tally = comparison.tally
    yield words.versions if comparison.versions else words.alike
    yield words.same.format(count=_number(tally.same, words))
    for template, count in (
        (words.was_changed, tally.changed),
        (words.was_moved, tally.moved),
        (words.several, tally.several),
    ):
        if count:
            yield template.format(count=_number(count, words))
    for name, count in zip(comparison.names, tally.only, strict=False):
        if count:
            shown = words.quoted.format(_inline(name))
            yield words.alone.format(name=shown, count=_number(count, words))
    yield from _left_out(comparison, words)


def _left_out(comparison: Comparison, words: _TableWords) -> Iterator[str]:
    """Yield in sentences what is not shown, and what was not looked at."""
    if comparison.left:
        shown = _number(len(comparison.rows), words)
        yield words.left.format(shown=shown, count=_number(comparison.left, words))
    if comparison.tally.unread:
        yield words.unread.format(count=_number(comparison.tally.unread, words))


def _number(count: int, words: _TableWords) -> str:
    return f"{count:,}".replace(",", words.thousands)


class _Tables:
    """Makes tables row by row, and notes what each mark stands for."""

    def __init__(
        self, comparison: Comparison, passages: Sequence[Passage], words: _TableWords
    ) -> None:
        self._comparison = comparison
        self._passages = passages
        self._words = words
        self.quotes: list[Quote] = []

    def tables(self) -> Iterator[str]:
        """Yield tables, those of what differs and of what is not in all under a heading each."""
        rows = self._comparison.rows
        if self._comparison.versions or self._comparison.topic:
            yield from self._tables(rows, named=self._comparison.versions)
            return
        headings = {True: self._words.only, False: self._words.changed}
        for only, group in groupby(
            sorted(rows, key=lambda row: row.state is RowState.ONLY),
            key=lambda row: row.state is RowState.ONLY,
        ):
            yield f"**{headings[only]}**"
            yield from self._tables(list(group), named=False)

    def _tables(self, rows: Sequence[ComparedRow], *, named: bool) -> Iterator[str]:
        """Yield rows as tables that are not too long to be laid out."""
        names = [_clipped(_inline(one), _LONGEST_NAME) for one in self._comparison.names]
        head = [_line([self._words.aspect, *names]), _line(["---"] * (len(names) + 1))]
        lines: list[str] = []
        for row in rows:
            line = self._row(row, named=named)
            if lines and sum(map(len, lines)) + len(line) > _TABLE:
                yield "\n".join([*head, *lines])
                lines = []
            lines.append(line)
        if lines:
            yield "\n".join([*head, *lines])

    def _row(self, row: ComparedRow, *, named: bool) -> str:
        aspect = _clipped(_inline(_in_small_letters(row.aspect)), _LONGEST_ASPECT)
        if named:
            aspect = " · ".join(filter(None, [aspect, self._words.states[row.state]]))
        return _line([aspect, *(self._cell(cell) for cell in row.cells)])

    def _cell(self, cell: ComparedCell | None) -> str:
        if cell is None:
            return f"*{self._words.missing}*"
        passage = self._passages[cell.hit]
        self.quotes.append(quote_of_cell(cell, self._passages))
        text = _shown(passage.hit.text, cell)
        if cell.more:
            text += " " + self._words.more.format(count=cell.more)
        return f"{text} [{passage.number}]"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(text: str, cell: ComparedCell) -> str:
    """Return the words of a cell in Markdown, those that differ set bold; of many, some."""
    parts = []
    for start, end in cell.spans:
        marks = _whole_words(text, [one for one in cell.marked if start <= one[0] < end])
        first, last = _window(text, (start, end), marks)
        said, at = "…" if first > start else "", first
        for begin, until in marks:
            if begin >= at and until <= last:
                said += f"{_inline_part(text[at:begin])}**{_inline_part(text[begin:until])}**"
                at = until
        said += _inline_part(text[at:last]) + ("…" if last < end else "")
        parts.append(said.strip())
    return without_own_marks(" ".join(parts))


def _window(text: str, span: Span, marks: Sequence[Span]) -> Span:
    """Return as much of a sentence as a cell has room for, whole words around what differs."""
    start, end = span
    if end - start <= _LONGEST:
        return span
    begun = marks[0][0] if marks else start
    first = start if begun - start <= _BEFORE else text.find(" ", begun - _BEFORE) + 1
    last = text.rfind(" ", first, first + _LONGEST)
    return first, end if first + _LONGEST >= end else max(last, first + 1)


def _whole_words(text: str, marks: Sequence[Span]) -> list[Span]:
    """Return places as Markdown can set them bold: whole words, without signs at their edges."""
    wide: list[Span] = []
    for start, end in marks:
        left, right = start, end
        while left > 0 and not text[left - 1].isspace():
            left -= 1
        while right < len(text) and not text[right].isspace():
            right += 1
        while left < right and not (text[left].isalnum() or text[left] in _EDGES):
            left += 1
        while right > left and not (text[right - 1].isalnum() or text[right - 1] in _EDGES):
            right -= 1
        if wide and left <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(right, wide[-1][1]))
        elif left < right:
            wide.append((left, right))
    return wide


def _inline_part(text: str) -> str:
    """Return words as they stand in a cell; between cells of a document's table stands a dot."""
    shown = re.sub(r"\s*\t\s*", " · ", text)
    shown = re.sub(r"\s+", " ", shown)
    return _SHAPING.sub(r"\\\1", without_own_marks(shown))


def _inline(text: str) -> str:
    return _inline_part(" ".join(text.split()))


def _in_small_letters(heading: str) -> str:
    """Return a heading that is set in capitals as others are, for a narrow column.

    >>> _in_small_letters("IMPORTANT PLAN INFORMATION"), _in_small_letters("2.1 VAT")
    ('Important plan information', '2.1 VAT')
    """
    letters = sum(map(str.isalpha, heading))
    return heading.capitalize() if letters > _ACRONYM and heading.isupper() else heading


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip("\\") + "…"
