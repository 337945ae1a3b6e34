"""Reads what is filled into the fields of a form, once each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from desktop_rag.domain.documents import Box, Line, Word
from desktop_rag.engines.pdf import markup
from desktop_rag.engines.pdf.lines import Frame, placed
from desktop_rag.engines.pdf.mupdf import pymupdf

_MOST = 5_000  # of a page
_MOST_SIGNS = 20_000  # of a field
_VALUES = {
    pymupdf.PDF_WIDGET_TYPE_TEXT,
    pymupdf.PDF_WIDGET_TYPE_COMBOBOX,
    pymupdf.PDF_WIDGET_TYPE_LISTBOX,
}
_PASSWORD = pymupdf.PDF_TX_FIELD_IS_PASSWORD
_USUAL_SIZE = 10.0  # points
_SLACK = 0.002  # of the page, for letters that reach over the edge of their field


def filled(page: Any, frame: Frame, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines of a page with what is filled in as words, where the page parts it.

    MuPDF draws most fields, so that they are in `lines`; those with a box for each letter
    come letter by letter, and some not at all. Raises what MuPDF does of damage.
    """
    for value, box in _values(page, frame):
        inside = [
            (at, number)
            for at, line in enumerate(lines)
            for number, word in enumerate(line.words)
            if _inside(word.box, box)
        ]
        there = "".join(lines[at].words[number].text for at, number in inside)
        if not there:
            block = 1 + max((line.block for line in lines), default=-1)
            words = tuple(Word(word, box) for word in value.split())
            lines = (*lines, Line(block, _USUAL_SIZE, bold=False, words=words))
        elif there == "".join(value.split()) and len(inside) > len(value.split()):
            lines = _replaced(lines, set(inside), [Word(word, box) for word in value.split()])
    return lines


def _values(page: Any, frame: Frame) -> Iterator[tuple[str, Box]]:
    widget = page.first_widget
    for _ in range(_MOST):
        if widget is None:
            return
        value = widget.field_value
        secret = widget.field_type == pymupdf.PDF_WIDGET_TYPE_TEXT and (
            widget.field_flags & _PASSWORD
        )
        shown = widget.field_display == 0
        if widget.field_type in _VALUES and isinstance(value, str) and shown and not secret:
            text = markup.clean(value)[:_MOST_SIGNS]
            box, outside = placed(tuple(widget.rect), frame)
            if text and not outside:
                yield text, box
        widget = widget.next


def _inside(word: Box, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return box.x0 - _SLACK <= x <= box.x1 + _SLACK and box.y0 - _SLACK <= y <= box.y1 + _SLACK


def _replaced(
    lines: tuple[Line, ...], gone: set[tuple[int, int]], words: Sequence[Word]
) -> tuple[Line, ...]:
    """Put words in the place of others, in the line where the first of those stood."""
    first = min(gone)
    found = []
    for at, line in enumerate(lines):
        kept: list[Word] = []
        for number, word in enumerate(line.words):
            if (at, number) == first:
                kept += words
            if (at, number) not in gone:
                kept.append(word)
        if kept:
            found.append(line._replace(words=tuple(kept)))
    return tuple(found)
