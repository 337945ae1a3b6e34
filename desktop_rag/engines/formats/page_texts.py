"""Keeps what the pages of a picture say, in the words of the source that it was made of.

A gzip file of JSON lines: {"format": 1}, then an object for each page, if the text is known, and at
last {"cut": …} if there was more than a document may have.
Boxes are kept in 65,535ths of the page.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO, Any

from desktop_rag.domain.documents import Box, Layer, Line, Page, Role, RoleKind, Word
from desktop_rag.domain.limits import Cut, CutUnit
from desktop_rag.engines.formats.placement import PlacedLine
from desktop_rag.engines.pdf import reading
from desktop_rag.engines.pdf.mupdf import pymupdf

FORMAT = 1  #: of the file; with another one, what is beside it is made again
DAMAGE = (OSError, EOFError, KeyError, ValueError, TypeError, zlib.error)  #: of damaged files
_UNITS = 65_535
_A_PAGE = '{"width":'  # how its line begins
_A_CUT = '{"cut":'
_FEW_WORDS = 30  # on a page that may be a picture for the most part
_LEAST_PICTURE = 0.5  # of the page


def beside(target: Path) -> Path:
    """Return where the text goes of a PDF that is being written to `target`."""
    return target.with_name(f"{target.stem}-text.part")


@contextlib.contextmanager
def writing(path: Path) -> Iterator[TextWriter]:
    """Give what writes the text of pages to `path`. Raises `OSError`."""
    with path.open("wb") as raw, gzip.open(raw, "wt", 1, "utf-8") as file:
        _put(file, {"format": FORMAT})
        yield TextWriter(file)


class TextWriter:
    """Writes the text of one page after the other."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def page(self, size: tuple[float, float], lines: Iterable[PlacedLine]) -> None:
        """Write the next page, of so many points in width and height."""
        values = [_values(line, size) for line in lines]
        _put(self._file, {"width": size[0], "height": size[1], "lines": values})

    def end(self, cut: Cut | None) -> None:
        """Say at last where the document was cut, if it was."""
        if cut:
            _put(self._file, {"cut": [*cut]})


def _put(file: IO[str], value: dict[str, Any]) -> None:
    file.write(json.dumps(value, separators=(",", ":")) + "\n")


def _values(placed: PlacedLine, size: tuple[float, float]) -> list[Any]:
    line = placed.line
    across, down = _UNITS / size[0], _UNITS / size[1]
    scales = (across, down, across, down) * len(placed.words)
    reckoned = [int(e * by + 0.5) for e, by in zip(chain(*placed.edges), scales, strict=True)]
    if min(reckoned) < 0 or max(reckoned) > _UNITS:  # it reaches beyond the page
        reckoned = [min(max(edge, 0), _UNITS) for edge in reckoned]
    role = [int(value) for value in line.role]
    kind = line.block, line.size, int(line.bold), str(line.layer), int(placed.glued), role
    return [*kind, placed.words, reckoned]


def current(path: Path) -> bool:
    """Whether there is text at `path` as this version writes it, or that there is none to know."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return bool(json.loads(file.readline())["format"] == FORMAT)
    except DAMAGE:
        return False


def page_count(path: Path) -> int:
    """Return of how many pages the text is known, none if it is damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return sum(map(_is_page, file))
    except DAMAGE:
        return 0


def cut(path: Path) -> Cut | None:
    """Return where the document was cut, if it was. Raises what is in `DAMAGE`."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith(_A_CUT):
                unit, taken = json.loads(line)["cut"]
                return Cut(CutUnit(unit), int(taken))
    return None


def _is_page(line: str) -> bool:
    return line.startswith(_A_PAGE)


def pages(path: Path, document: Any, *, pictures: bool = False) -> Iterator[Page]:
    """Yield the pages of a picture with the words of its source.

    `document` is the picture, opened with MuPDF. With `pictures`, pages of text wait for
    recognition too where they show large ones. Raises what is in `DAMAGE`.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        file.readline()
        for number, line in enumerate(filter(_is_page, file)):
            values = json.loads(line)
            size = values["width"], values["height"]
            lines = tuple(_line(one) for one in values["lines"])
            page = Page(number, str(number + 1), *size, lines)
            few = sum(len(line.words) for line in lines) <= _FEW_WORDS
            page = _with_pictures(page, document) if few else page
            if pictures and not page.unread and reading.large_pictures(document[number], lines):
                page = replace(page, unread=True)
            yield page


def _line(values: list[Any]) -> Line:
    block, size, bold, layer, glued, role, texts, edges = values
    fractions = iter([edge / _UNITS for edge in edges])
    boxes = map(Box, fractions, fractions, fractions, fractions)
    words = tuple(map(Word, texts, boxes))
    kind, level, row, column, across, head = role
    own = Role(RoleKind(kind), level, row, column, across, bool(head))
    return Line(block, size, bool(bold), words, Layer(layer), bool(glued), own)


def _with_pictures(page: Page, document: Any) -> Page:
    """Say of a page with few words whether a picture on it may have more."""
    shown = document[page.number]
    areas = [
        abs(pymupdf.Rect(box) & shown.rect) / abs(shown.rect)
        for kind, box, *_ in shown.get_bboxlog()
        if "image" in kind
    ]
    picture = bool(areas) and not page.lines
    large = any(area >= _LEAST_PICTURE for area in areas)
    return replace(page, picture=picture, unread=picture or large)
