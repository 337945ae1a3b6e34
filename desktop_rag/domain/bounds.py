"""How large what is read of a document may be: readers keep within it, and strangers have to.

What goes beyond is cut, so that a library can be exported whatever its documents say of
themselves. The limits of `library.bundles.schema` are these.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from desktop_rag.domain.documents import Box, Heading, Line, Outline, Page, Role, Word

COUNT = 10_000_000  #: of anything that is counted, such as the columns of a table
PAGES = 1_000_000  #: of one document
SHORT = 4_000  #: signs of a title, of a page's label, of an author
ENTRIES = 5_000  #: of a table of contents
ENTRY = 1_000  #: signs of each, so that all of them fit into `MEMBER`
WORD = 4_000  #: signs: a chunk of 240 such words still is less than a mebibyte
POINTS = 1e9  #: of a page's longer edge, and of type
OUTSIDE = 1e6  #: how far from its page a word may stand, in widths or heights of it
MEMBER = 64 << 20  #: bytes of one page as JSON

_SIGN, _WORD, _LINE = 12, 64, 256  # bytes that each takes at most as JSON


def bounded_outline(outline: Outline) -> Outline:
    """Return what a file says of itself within the limits."""
    return Outline(
        outline.title[:SHORT],
        min(outline.pages, PAGES),
        tuple(
            Heading(one.level, one.title[:ENTRY], one.page) for one in outline.contents[:ENTRIES]
        ),
        outline.author[:SHORT],
        outline.date[:SHORT],
        outline.subject[:SHORT],
        outline.cut,
        tuple((which, text[:SHORT]) for which, text in outline.stated),
    )


def bounded_page(page: Page) -> Page:
    """Return a page within the limits: its edges keep their proportion, long words are parted."""
    width, height = _shrunk(page.width, page.height)
    quality = page.quality
    if quality is not None:
        quality = None if math.isnan(quality) else min(max(quality, 0.0), 1.0)
    return dataclasses.replace(
        page,
        label=page.label[:SHORT],
        width=width,
        height=height,
        lines=tuple(_fitting(map(_bounded, page.lines))),
        quality=quality,
    )


def _shrunk(*edges: float) -> Iterator[float]:
    """Yield the edges of a page in proportion; one that is no number is as long as it may be."""
    known = [abs(edge) if math.isfinite(edge) else POINTS for edge in edges]
    scale = min(1.0, POINTS / max(1.0, *known))
    return (min(edge * scale, POINTS) for edge in known)


def _fitting(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield as much as fits into `MEMBER`."""
    room = MEMBER
    for line in lines:
        room -= _LINE
        size = _size(line.words)
        if size > room:
            ends = itertools.accumulate(_size([word]) for word in line.words)
            fitting = itertools.takewhile(room.__ge__, ends)
            yield line._replace(words=line.words[: len(list(fitting))])
            return
        room -= size
        yield line


def _size(words: Sequence[Word]) -> int:
    return _WORD * len(words) + _SIGN * sum([len(word.text) for word in words])


def _bounded(line: Line) -> Line:
    words, role = line.words, line.role
    edges = [edge for word in words for edge in word.box]
    if not _sound(edges) or max([len(word.text) for word in words], default=0) > WORD:
        words = tuple(part for word in words for part in _parts(word))
    size = _clipped(line.size, POINTS)
    if role is not None:
        level, row, column, across = (min(max(0, count), COUNT) for count in role[1:5])
        role = Role(role.kind, level, row, column, across, role.head)
    if words is line.words and size == line.size and role == line.role:
        return line
    return line._replace(words=words, size=size, role=role)


def _sound(edges: Sequence[float]) -> bool:
    """Whether all are numbers within bounds: what is none makes none of their sum."""
    return not edges or (
        math.isfinite(sum(edges)) and min(edges) >= -OUTSIDE and max(edges) <= OUTSIDE
    )


def _parts(word: Word) -> Iterator[Word]:
    box = Box(*(_clipped(edge, OUTSIDE) for edge in word.box))
    for start in range(0, max(1, len(word.text)), WORD):
        yield Word(word.text[start : start + WORD], box)


def _clipped(value: float, most: float) -> float:
    return 0.0 if math.isnan(value) else min(max(value, -most), most)
