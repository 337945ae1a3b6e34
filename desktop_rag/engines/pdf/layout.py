"""The layout model of PyMuPDF, for pages whose tables the file does not hold row by row.

It takes about a second a page: `ingest.crowded.poor` says where that may be worth it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from desktop_rag.domain.documents import Box, Layer, Line, Page

_TABLE = "table"

_Cells = list[list[Box]]


def with_tables(page: Any, found: Page) -> Page:
    """Return `found`, which was read from PyMuPDF's `page`, with the lines of tables by rows.

    What the model does not see as a table stays as and where it was. A rotated
    page stays as it was. The method: a word belongs to the cell that its middle lies in.
    Raises what MuPDF and the model do of damage.
    """
    if page.rotation or not found.lines:
        return found
    lines: Sequence[Line] = [line for line in found.lines if line.layer is Layer.BODY]
    others = [line for line in found.lines if line.layer is not Layer.BODY]
    for cells in _tables(page):
        lines = _by_rows(lines, cells)
    return replace(found, lines=(*lines, *others))


def _tables(page: Any) -> Iterator[_Cells]:
    """Yield the rows of each table, each cell as a fraction of the page."""
    import pymupdf.layout  # noqa: F401  # loads the model, which few pages need

    page.get_layout()
    wide, high = page.rect.width, page.rect.height
    for *place, kind in page.layout_information or ():
        if kind == _TABLE:
            for table in page.find_tables(clip=place).tables:
                yield [
                    [
                        Box(cell[0] / wide, cell[1] / high, cell[2] / wide, cell[3] / high)
                        for cell in row.cells
                        if cell
                    ]
                    for row in table.rows
                ]


def _by_rows(lines: Sequence[Line], rows: _Cells) -> Sequence[Line]:
    """Put the lines inside the cells of a table in the order of its rows and cells."""
    order = {box: at for at, box in enumerate(box for row in rows for box in row)}
    inside: list[tuple[int, Line]] = []
    around: list[Line] = []
    first = 0  # where the table begins among the other lines
    for line in lines:
        placed = [(_cell(word.box, order), word) for word in line.words]
        for at, words in groupby(placed, key=lambda pair: pair[0]):
            part = line._replace(words=tuple(word for _, word in words))
            if at is None:
                around.append(part)
            else:
                first = first if inside else len(around)
                inside.append((at, part))
    ordered = [part for _, part in sorted(inside, key=lambda pair: pair[0])]
    return [*around[:first], *ordered, *around[first:]]


def _cell(word: Box, order: dict[Box, int]) -> int | None:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    for box, at in order.items():
        if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
            return at
    return None
