"""Seeing headings, paragraphs and tables in the rows of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Page
from desktop_rag.ingest.rows import Row, rows_of
from desktop_rag.ingest.stacks import unstacked

_HEADING_WORDS = 14
_LARGER = 1.12  # how much larger than the body the type of a heading is
_TABLE_ROWS = 3  # fewer rows side by side are not a table
_CAPTION_ROWS = 2  # of one cell, between rows of several, still belong to a table
_HEAD_ROWS = 5  # that may name the columns
_INDENT = 0.12  # of the page: what begins so far to the right has no name of a row before it
_TABLE_LEVELS = {0, 3}  # of headings that may stand above the columns of a table
_TOUCH = 0.01  # of the page: boxes of neighbours may overlap
_PARAGRAPH_GAP = 0.7  # white space that ends a paragraph, in heights of a row
_SENTENCE_END = re.compile(r"[.;,:]$")
_NO_HEADING = re.compile(r"^[a-zà-ÿ]|^\(.*\)$|[,;:]$")  # the middle of a sentence, a unit
_BULLET = re.compile(r"^[^\w¿¡\"“«(]")


class BlockKind(Enum):
    """What a group of rows is."""

    HEADING = auto()
    PARAGRAPH = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together; `level` ranks headings, 1 being the largest.

    `head` counts the rows of a table that name its columns.
    """

    kind: BlockKind
    rows: tuple[Row, ...]
    level: int = 0
    head: int = 0

    @property
    def text(self) -> str:
        """All words with single spaces between them."""
        return " ".join(row.text for row in self.rows)


def body_size(pages: Sequence[Page]) -> float:
    """Return the type size, in points, that most words of the document have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def parts_of(page: Page, body: float) -> Iterator[Block]:
    """Yield headings, paragraphs and tables of a page in reading order."""
    rows = unstacked(rows_of(page))
    at = 0
    while at < len(rows):
        level = _heading_level(rows, at, body)
        end = _table_end(rows, at) if level in _TABLE_LEVELS else 0
        if end:
            yield Block(BlockKind.TABLE, tuple(rows[at:end]), head=_head(rows[at:end]))
        elif level:
            end = at + 1
            yield Block(BlockKind.HEADING, (rows[at],), level=level)
        else:
            end = _paragraph_end(rows, at, body)
            yield Block(BlockKind.PARAGRAPH, tuple(rows[at:end]))
        at = end


def _table_end(rows: Sequence[Row], start: int) -> int:
    """Return where a table beginning at `start` ends, or 0 where none begins.

    Rows of one cell belong to it as long as rows of several cells go on soon:
    they are captions of groups of rows. So does what stands above several columns.
    """
    if not rows[start].cells[1:]:
        return _headed_end(rows, start)
    last, several = start, 0
    for at in range(start, len(rows)):
        if len(rows[at].cells) > 1:
            last, several = at, several + 1
        elif at - last > _CAPTION_ROWS or len(rows[at].words) > _HEADING_WORDS:
            break
    return last + 1 if several >= _TABLE_ROWS else 0


def _headed_end(rows: Sequence[Row], start: int) -> int:
    """Return where a table ends that begins with a single cell above its columns, else 0."""
    first = start + 1
    if len(rows[start].words) > _HEADING_WORDS or first >= len(rows):
        return 0
    gap = rows[first].top - rows[start].bottom
    if not 0 <= gap + _TOUCH < 2 * (rows[start].bottom - rows[start].top):
        return 0
    end = _table_end(rows, first) if rows[first].cells[1:] else 0
    left = min((row.left for row in rows[first:end]), default=1.0)
    return end if rows[start].left > left + _INDENT else 0


def _head(rows: Sequence[Row]) -> int:
    """Count the leading rows that name the columns: none has a figure beside a name."""
    left = min(row.left for row in rows) + _INDENT
    for at, row in enumerate(rows[: _HEAD_ROWS + 1]):
        if row.left < left and has_figure(row):
            return at
    return 1 if len(rows) >= _TABLE_ROWS else 0


def heads_of(table: Block) -> Iterator[tuple[Row, ...]]:
    """Yield, for each row of a table, the rows that name its columns and its group.

    A table may name its columns again, others, half-way down.
    """
    left = min(row.left for row in table.rows) + _INDENT
    names = above = table.rows[: table.head]  # of the columns; and those with the group's
    yield from [()] * table.head
    fresh = True  # these names may go on in the next row
    for row in table.rows[table.head :]:
        if row.left > left and _says_something(row):
            names = above = (*names, row) if fresh else (row,)
            fresh = True
            yield ()
            continue
        yield above
        fresh = False
        if not row.cells[1:] and (row.bold or row.text.endswith(":")):
            above = names if has_figure(row) else (*names, row)


def _says_something(row: Row) -> bool:
    return any(map(str.isalnum, row.text)) and not has_figure(row)


def has_figure(row: Row) -> bool:
    """Tell a row with an amount; a lone sign is none."""
    return any(is_amount(word.text) and any(map(str.isdigit, word.text)) for word in row.words)


def _heading_level(rows: Sequence[Row], at: int, body: float) -> int:
    """Return 1 for the largest type, 2 for larger, 3 for bold; 0 for no heading."""
    row = rows[at]
    if not (row.bold or row.size > _LARGER * body) or len(row.cells) > 1:
        return 0
    text = row.text
    if len(row.words) > _HEADING_WORDS or _BULLET.match(text) or not any(map(str.isalpha, text)):
        return 0
    if row.size > 1.5 * body:
        return 1
    if row.size > _LARGER * body and not _SENTENCE_END.search(text):
        return 2
    if row.bold and not _NO_HEADING.search(text) and _alone(rows, at):
        return 3
    return 0


def _alone(rows: Sequence[Row], at: int) -> bool:
    """Tell a bold line from the bold beginning or middle of a paragraph."""
    before = at and rows[at - 1].bold and rows[at - 1].block == rows[at].block
    return not (before and len(rows[at - 1].words) > _HEADING_WORDS)


def _paragraph_end(rows: Sequence[Row], start: int, body: float) -> int:
    for at in range(start + 1, len(rows)):
        before, row = rows[at - 1], rows[at]
        gap, height = row.top - before.bottom, before.bottom - before.top
        if gap > _PARAGRAPH_GAP * height or row.bottom < before.top - height:
            return at
        if _heading_level(rows, at, body) or _table_end(rows, at):
            return at
    return len(rows)
