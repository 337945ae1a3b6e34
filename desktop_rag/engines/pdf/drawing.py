"""Draws the pages of PDFs with PyMuPDF, and tells their sizes and labels."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from desktop_rag.domain.pages import BYTES_A_PIXEL
from desktop_rag.engines.pdf.labels import labels_of
from desktop_rag.engines.pdf.mupdf import pymupdf

MOST_PIXELS = 40_000_000  #: of one page, whatever size it claims
_LONGEST_PIXELS = 30_000  # of either edge
_A4 = (595.0, 842.0)  # points
_LEAST_POINTS, _MOST_POINTS = 1.0, 20_000.0  # the format allows 14,400
_DAMAGE = (Exception,)  # MuPDF has no base for what it raises, and one page must not end them all


class Picture(NamedTuple):
    """Red, green and blue of each pixel, a byte each; none if the page cannot be drawn.

    `pixels` are `height` rows from the top, each of `stride` bytes, the first 3 × `width` used.
    """

    width: int
    height: int
    stride: int
    pixels: bytes


NO_PICTURE = Picture(0, 0, 0, b"")


def sizes(document: Any) -> tuple[tuple[float, float], ...]:
    """Return the width and height in points of every page as displayed, A4 where it is damaged.

    Both are at least 1 and at most 20,000. Raises nothing for damaged pages.
    """
    return tuple(_size(document, number) for number in range(document.page_count))


def labels(document: Any) -> tuple[str, ...]:
    """Return the printed number of every page, which is its place from 1 where it has no label.

    Labels are those of ISO 32000-1, 12.4.2. Raises nothing.
    """
    found = labels_of(document, _DAMAGE)
    return tuple(found.of(number) for number in range(document.page_count))


def draw(document: Any, number: int, width_pixels: int) -> Picture:
    """Draw a page as displayed, `width_pixels` wide or as wide as is bearable.

    That is `MOST_PIXELS` in all and 30,000 at either edge. `number` counts from 0. Returns
    `NO_PICTURE` of what cannot be drawn, and raises nothing.
    """
    try:
        page = document[number]
        rect = page.rect
        width, height = _bearable(rect.width, rect.height, width_pixels)
        matrix = pymupdf.Matrix(width / rect.width, height / rect.height)
        drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    except (*_DAMAGE, MemoryError):
        return NO_PICTURE
    if drawn.n != BYTES_A_PIXEL:
        return NO_PICTURE
    return Picture(drawn.width, drawn.height, drawn.stride, bytes(drawn.samples))


def _bearable(width: float, height: float, width_pixels: int) -> tuple[int, int]:
    """Return the pixels of a page of so many points that is to be `width_pixels` wide."""
    scale = min(
        max(1, width_pixels) / width,
        math.sqrt(MOST_PIXELS / (width * height)),
        _LONGEST_PIXELS / max(width, height),
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def _size(document: Any, number: int) -> tuple[float, float]:
    try:
        rect = document[number].rect
    except _DAMAGE:
        return _A4
    if rect.is_empty or rect.is_infinite:
        return _A4
    return _clipped(rect.width), _clipped(rect.height)


def _clipped(points: float) -> float:
    return min(max(points, _LEAST_POINTS), _MOST_POINTS)
