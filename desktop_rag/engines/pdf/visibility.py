"""Tells what text of a page nobody sees: in the paper's colour, painted over, or too small.

Colours and areas that MuPDF tells with the text find what may be unseen. Only then is the page
gone through again for its pictures, and drawn where one lies below or something was painted over.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.sheets import Area, DrawnLine, Edges, Sheet

SMALLEST = 3.0  #: points of type that can be read
_A4_HEIGHT = 842.0  # what is small on a page is so as large as that
_LEAST_SIGNS = 4  # of small type: fewer are marks and exponents
_WHITE = 0xFFFFFF
_PALEST_RED = 230 << 16  # what is darker, white paper does not hide
_CONTRAST = 26  # of 255, in any of red, green and blue: less is not seen
_OPAQUE = 250  # of 255
_CLIPPING = 64  # of a span's `char_flags`: a stencil
_PICTURES = ("fill-image", "fill-imgmask", "fill-shade")
_MOST_PAIRS = 200_000  # of spans and areas; no page that people made has more
_DOTS_AN_INCH = 72
_MOST_DOTS = 4_000_000
_POINTS_AN_INCH = 72
_INK = 0.02  # of the dots of a span; letters have more
_EDGE = 0.15  # of a span's height, which rules beside it may cross
_ABOVE_LETTERS = 0.22  # of a span's height, and so much below them
_SLACK = 1.0  # points

_Key = tuple[int, int]
_Place = tuple[DrawnLine, int]  # a span: its line, and its number there
_Cover = tuple[DrawnLine, int, Area]


class _Span(NamedTuple):
    """A span with a reason to look closer: not painted, or `covered` by what was painted later."""

    key: _Key
    at: int
    box: Edges
    invisible: bool = False
    covered: bool = False


def hidden(page: Any, sheet: Sheet, longest: float) -> dict[_Key, frozenset[int]]:
    """Return the spans of each line, by their number in it, that nobody sees.

    `longest` is the page's longer edge, in points.
    Text that is not painted is seen where a picture or outlines of letters lie below: it is
    what was recognized in them. Raises what MuPDF does of damage.
    """
    pieces = sheet.pieces
    smallest = SMALLEST / max(1.0, _A4_HEIGHT / longest)
    odd = [
        (piece, at)
        for piece in pieces
        for at, span in enumerate(piece.spans)
        if span["size"] < smallest or not span["alpha"] or span["color"] >= _PALEST_RED
    ]
    pale = any(piece.spans[at]["color"] >= _PALEST_RED for piece, at in odd)
    covers = list(_covers(sheet, pale=pale)) if sheet.areas else []
    if not odd and not covers:
        return {}
    found = _small(pieces, odd, smallest)
    suspects = [*_unpainted(odd), *_pale(odd, covers), *_covered(covers)]
    if suspects:
        found |= {(span.key, span.at) for span in _unseen(page, sheet, suspects)}
    lines: dict[_Key, set[int]] = {}
    for key, at in found:
        lines.setdefault(key, set()).add(at)
    return {key: frozenset(spans) for key, spans in lines.items()}


def _small(
    pieces: Sequence[DrawnLine], odd: Sequence[_Place], smallest: float
) -> set[tuple[_Key, int]]:
    """Return what is too small to read, unless the page is made of it."""
    spans = [(piece.key, at, piece.spans[at]) for piece, at in odd]
    small = [
        (key, at, span)
        for key, at, span in spans
        if span["size"] < smallest and len(span["text"].strip()) >= _LEAST_SIGNS
    ]
    signs = sum(len(span["text"]) for *_, span in small)
    if small and 2 * signs > sum(len(piece.text) for piece in pieces):
        return set()
    return {(key, at) for key, at, _ in small}


def _unpainted(odd: Sequence[_Place]) -> Iterator[_Span]:
    for piece, at in odd:
        span = piece.spans[at]
        if not span["alpha"] and span["text"].strip():
            stencil = bool(span["char_flags"] & _CLIPPING)  # what it cuts out of may be seen
            invisible = not stencil
            yield _Span(piece.key, at, span["bbox"], invisible, covered=stencil)


def _pale(odd: Sequence[_Place], covers: Sequence[_Cover]) -> Iterator[_Span]:
    """Yield spans in the colour of what they stand on: an area, or white paper."""
    grounds = {
        (piece.key, at): area.color for piece, at, area in covers if area.drawn < piece.drawn
    }
    on_areas = [(piece, at) for piece, at, area in covers if area.drawn < piece.drawn]
    for piece, at in {(piece.key, at): (piece, at) for piece, at in [*odd, *on_areas]}.values():
        span = piece.spans[at]
        if span["alpha"] and _alike(span["color"], grounds.get((piece.key, at), _WHITE)):
            yield _Span(piece.key, at, span["bbox"])


def _covered(covers: Sequence[_Cover]) -> Iterator[_Span]:
    """Yield spans that an area was painted over."""
    for piece, at, area in covers:
        if area.drawn > piece.drawn and piece.spans[at]["alpha"]:
            yield _Span(piece.key, at, piece.spans[at]["bbox"], covered=True)


def _alike(one: int, other: int) -> bool:
    return all(abs((one >> by & 255) - (other >> by & 255)) < _CONTRAST for by in (16, 8, 0))


def _covers(sheet: Sheet, *, pale: bool) -> Iterator[_Cover]:
    """Yield spans with the opaque areas that hold them, as they were painted.

    Unless there is `pale` text, areas below only matter if they have the colour of some text.
    """
    inks = {span["color"] for piece in sheet.pieces for span in piece.spans}
    colors = {area.color for area in sheet.areas}
    matters = {color for color in colors if pale or any(_alike(ink, color) for ink in inks)}
    lowest = min((piece.drawn for piece in sheet.pieces), default=0)
    areas = [
        area
        for area in sheet.areas
        if area.alpha >= _OPAQUE and (area.drawn > lowest or area.color in matters)
    ]
    spans = [
        ((span["bbox"][1] + span["bbox"][3]) / 2, piece.drawn, piece, at)
        for piece in sheet.pieces
        for at, span in enumerate(piece.spans if areas else ())
    ]
    spans.sort(key=itemgetter(0))
    middles = [span[0] for span in spans]
    pairs = 0
    for area in areas:
        drawn, box, color, _ = area
        first, end = bisect.bisect_left(middles, box[1]), bisect.bisect_right(middles, box[3])
        pairs += end - first
        if pairs > _MOST_PAIRS:
            return
        for _, before, piece, at in spans[first:end]:
            if (before < drawn or color in matters) and _holds(box, piece.spans[at]["bbox"]):
                yield piece, at, area


def _holds(area: Edges, box: Edges) -> bool:
    """Whether an area holds a span, and the height of its letters if not of its line."""
    if area[0] > box[0] + _SLACK or box[2] - _SLACK > area[2]:
        return False
    edge = (box[3] - box[1]) * _ABOVE_LETTERS
    return area[1] <= box[1] + edge and box[3] - edge <= area[3]


def _unseen(page: Any, sheet: Sheet, suspects: Sequence[_Span]) -> Iterator[_Span]:
    """Yield those that are not seen indeed, when pictures and what is drawn count as well."""
    pictures = [box for kind, box, *_ in page.get_bboxlog() if kind in _PICTURES]
    drawn: _Drawn | None = None
    for span in suspects:
        below = any(_middle_in(span.box, box) for box in pictures)
        if span.invisible and below:
            continue
        drawn_there = below or (span.invisible and _outlined(sheet.outlines, span.box))
        if not drawn_there and not span.covered:
            yield span
            continue
        drawn = drawn or _Drawn(page)
        if drawn.empty(span.box):
            yield span


def _middle_in(box: Edges, area: Sequence[float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _outlined(outlines: Iterable[Area], box: Edges) -> bool:
    return any(_middle_in(one.box, box) for one in outlines)


class _Drawn:
    """A page as it is seen, in grey dots."""

    def __init__(self, page: Any) -> None:
        rect = page.rect
        most = (_MOST_DOTS / max(1.0, rect.width * rect.height)) ** 0.5
        self._scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, most)
        matrix = pymupdf.Matrix(self._scale, self._scale)
        self._turn = page.rotation_matrix
        self._dots = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)

    def empty(self, box: Edges) -> bool:
        """Whether a box of the page's text shows one colour and nothing else."""
        import numpy as np

        seen = pymupdf.Rect(box) * self._turn * self._scale
        rows = np.frombuffer(self._dots.samples_mv, np.uint8)
        rows = rows.reshape(self._dots.height, self._dots.stride)[:, : 3 * self._dots.width]
        edge = _EDGE * min(seen.width, seen.height)
        top, bottom = (max(0, round(y)) for y in (seen.y0 + edge, seen.y1 - edge))
        left, right = (max(0, round(x)) for x in (seen.x0 + edge, seen.x1 - edge))
        part = rows[top : max(bottom, top + 1), 3 * left : 3 * max(right, left + 1)]
        if not part.size:
            return False
        dots = part.reshape(-1, 3).astype(np.int16)
        apart = np.abs(dots - np.median(dots, axis=0)).max(axis=1) >= _CONTRAST
        return bool(apart.mean() <= _INK)
