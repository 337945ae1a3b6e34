"""Recognizes the text of pages with the Tesseract that PyMuPDF brings.

It says of no letter how sure it is of it. How well a page was read is told by the share of
its words that are in Tesseract's own dictionaries; see `known_words`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from desktop_rag.domain.documents import Box, Layer, Line, Page, Word
from desktop_rag.engines.pdf import legibility, reading
from desktop_rag.engines.pdf.lines import Frame, lines_of
from desktop_rag.engines.pdf.mupdf import pymupdf
from desktop_rag.engines.pdf.word_list import KnownWords

MOST_PIXELS = 12_000_000  #: of one page, whatever size it claims; A4 has 8.7 million
_LONGEST_PIXELS = 30_000  # of either edge; Tesseract takes 32,767
_DOTS_AN_INCH = 300  # what Tesseract was trained with
_POINTS_AN_INCH = 72
_FLAGS = pymupdf.TEXTFLAGS_WORDS & ~pymupdf.TEXT_PRESERVE_LIGATURES
_ERRORS = 2  # where programs write what they complain of
_TURNS = (90, 270, 180)  # of pages that were scanned lying on their side, likeliest first
_BLURRED = 0.4  # as sharp as that, letters of a book can still be told apart
_UPRIGHT = 0.5  # of words known: what is turned has nearly none
_FEWEST_KNOWN = 5  # words, before a page is said to lie on its side: specks make some
_WORTH_KEEPING = 0.25  # of words known, where the page has text by itself


class Data(NamedTuple):
    """Tesseract's data: some languages in one folder, the likeliest first.

    `languages` are its names for them, such as "spa", each a `.traineddata` there.
    """

    folder: Path
    languages: tuple[str, ...]


class DataUnusable(Exception):
    """Tesseract takes none of the data."""


class Recognizer:
    """Recognizes pages with the data of some languages, at 300 dots an inch where it can."""

    def __init__(self, data: Data) -> None:
        self._data = data
        files = [data.folder / f"{name}.traineddata" for name in data.languages]
        self._known = KnownWords(files)

    def recognized(self, document: Any, page: Page) -> Page:
        """Return `page` with the text that can be seen on it, or damaged if it cannot be drawn.

        What was read of it is kept if it is no garbage; what was recognized elsewhere on the
        page is added, its boxes as fractions of the page as displayed. `quality` is the share of
        words that are known, 0 to 1. Raises `DataUnusable`.
        """
        lines = self._seen(document, page.number)
        if lines is None and not page.lines:
            return Page(page.number, page.label, 0.0, 0.0)
        least = 0.0
        own = kept = tuple(line for line in page.lines if line.layer is Layer.BODY)
        others = tuple(line for line in page.lines if line.layer is not Layer.BODY)
        if kept and legibility.unspeakable(reading.words_of(kept)):
            least = max(self._quality(kept), _WORTH_KEEPING)
            kept = ()
        elif kept:
            least = _WORTH_KEEPING
            lines = _on_pictures(document, page, _apart(kept, lines or ()))
        quality = self._quality(lines or ())
        if own and quality <= least:
            return dataclasses.replace(page, unread=False)
        return dataclasses.replace(
            page, lines=(*kept, *(lines or ()), *others), unread=False, quality=quality
        )

    def _quality(self, lines: Sequence[Line]) -> float:
        return round(self._known.share(reading.words_of(lines)), 3)

    def _seen(self, document: Any, number: int) -> tuple[Line, ...] | None:
        """Return the lines of a page in the direction in which most of their words are known.

        Less sharpness tells the right direction from others as well, in less time.
        """
        upright = self._turned(document, number)
        if not upright or self._quality(upright) >= _UPRIGHT:
            return upright
        for turn in _TURNS:
            lines = self._turned(document, number, turn, _BLURRED) or ()
            quality = self._quality(lines)
            if quality >= _UPRIGHT and quality * len(reading.words_of(lines)) >= _FEWEST_KNOWN:
                return self._turned(document, number, turn)
        return upright

    def _turned(
        self, document: Any, number: int, turn: int = 0, sharpness: float = 1.0
    ) -> tuple[Line, ...] | None:
        try:
            picture = _picture(document[number], turn, sharpness)
        except (*reading.DAMAGE, MemoryError):
            return None
        try:
            with _hushed():
                made = picture.pdfocr_tobytes(
                    compress=False,
                    language="+".join(self._data.languages),
                    tessdata=str(self._data.folder),
                )
        except reading.DAMAGE as error:
            if "initialisation" in str(error):
                raise DataUnusable from None
            return None
        except MemoryError:
            return None
        del picture
        with pymupdf.open(stream=made, filetype="pdf") as layer:
            page = layer[0]
            text = page.get_textpage(flags=_FLAGS)
            lines = lines_of(text, Frame(page.rect.width, page.rect.height))
        return tuple(_placed(line, turn) for line in lines)


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """Let nothing come out of this process: Tesseract tells each speck that it cannot read."""
    sys.stderr.flush()
    own = os.dup(_ERRORS)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _ERRORS)
        yield
    finally:
        os.dup2(own, _ERRORS)
        os.close(own)
        os.close(nowhere)


def _picture(page: Any, turn: int, sharpness: float) -> Any:
    """Draw a page as displayed and turned clockwise; 1.0 is as sharp as Tesseract wants it."""
    rect = page.rect
    scale = min(
        _DOTS_AN_INCH / _POINTS_AN_INCH,
        math.sqrt(MOST_PIXELS / (rect.width * rect.height)),
        _LONGEST_PIXELS / max(rect.width, rect.height),
    )
    scale *= sharpness
    matrix = pymupdf.Matrix(scale, scale).prerotate(turn)
    drawn = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)  # of grey, none
    dots = max(1, round(scale * _POINTS_AN_INCH))
    drawn.set_dpi(dots, dots)  # else sizes would be of another page
    return drawn


def _placed(line: Line, turn: int) -> Line:
    """Return a line of a page that was turned clockwise where it is on the page itself."""
    if not turn:
        return line
    words = tuple(Word(word.text, _back(word.box, turn)) for word in line.words)
    return line._replace(words=words)


def _back(box: Box, turn: int) -> Box:
    x0, y0, x1, y1 = box
    match turn:
        case 90:
            return Box(y0, 1 - x1, y1, 1 - x0)
        case 180:
            return Box(1 - x1, 1 - y1, 1 - x0, 1 - y0)
        case _:
            return Box(1 - y1, x0, 1 - y0, x1)


def _apart(kept: Sequence[Line], lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return what of `lines` is not where a word is already."""
    taken = [word.box for line in kept for word in line.words]
    after = 1 + max((line.block for line in kept), default=-1)
    found = []
    for line in lines:
        words = tuple(word for word in line.words if not _lies_on(word.box, taken))
        if words:
            found.append(line._replace(block=line.block + after, words=words))
    return tuple(found)


def _on_pictures(document: Any, page: Page, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return what lies on the pictures of a page of text; of one with a stamp alone, all."""
    if len(reading.words_of(page.lines)) <= reading.WORDS_OF_A_STAMP:
        return lines
    try:
        pictures = reading.large_pictures(document[page.number], page.lines)
    except reading.DAMAGE:
        return lines
    found = []
    for line in lines:
        words = [w for w in line.words if any(reading.holds(box, w.box) for box in pictures)]
        if words:
            found.append(line._replace(words=tuple(words)))
    return tuple(found)


def _lies_on(box: Box, taken: Sequence[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(one.x0 <= x <= one.x1 and one.y0 <= y <= one.y1 for one in taken)
