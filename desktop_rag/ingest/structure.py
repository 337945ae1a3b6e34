"""Seeing headings, paragraphs and tables in the rows of a page."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from desktop_rag.domain.amounts import is_figure
from desktop_rag.domain.documents import Layer, Line, Page
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.columns import level_first
from desktop_rag.ingest.footnotes import apart
from desktop_rag.ingest.grids import gridded
from desktop_rag.ingest.rows import Row, row_of, rows_of
from desktop_rag.ingest.stacks import unstacked
from desktop_rag.ingest.told import told_blocks

_HEADING_WORDS = 14
_LARGER = 1.12  # how much larger than the body the type of a heading is
_TABLE_ROWS = 3  # fewer rows side by side are not a table
_CAPTION_ROWS = 2  # of one cell, between rows of several, still belong to a table
_HEAD_ROWS = 5  # that may name the columns
_INDENT = 0.12  # of the page: what begins so far to the right has no name of a row before it
_WRAPPED = 8  # lines in a cell of the last row of a table
_WRAPPED_GAP = 0.4  # heights of a line: what is farther below is not the same cell
_TABLE_LEVELS = {0, 2, 3}  # of headings that may stand above the columns of a table
_TOUCH = 0.01  # of the page: boxes of neighbours may overlap
_PARAGRAPH_GAP = 0.7  # white space that ends a paragraph, in heights of a row
_MORE = 0.35  # heights of a row, over what is usual, for wide-set lines
_MANY_LINES = 6  # tell what is usual on a page
_FULL_WORDS = 5  # of a line that may be one of a paragraph
_FAR_APART = 2.5  # heights of a row between two lines of one paragraph
_PARAGRAPH_LINES = 4  # bold ones, one after the other, are no headings
_STOP = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_LITTLE_MORE = 0.25  # after a short line
_SHORT_LINE = 0.85  # of the widest line
_BULLETS = frozenset("•◦▪▫‣●○■□➢➤✓✔·")
_NUMBERED = re.compile(r"^(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[-–—*])$")
_ITEM_END = re.compile(r"[.;:,!?]$")
_SENTENCE_END = re.compile(r"[.;,:]$")
_NO_HEADING = re.compile(r"^[a-zà-ÿ]|^\(.*\)$|[,;:]$")  # the middle of a sentence, a unit
_BULLET = re.compile(r"^[^\w¿¡\"“«(]")


class _Spacing(NamedTuple):
    """White space, in heights of a row, that ends a paragraph: after a short line, and any."""

    little: float
    most: float


def body_size(pages: Sequence[Page]) -> float:
    """Return the type size, in points, that most words of the document's body have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in lines_in(page, Layer.BODY):
            sizes[line.size] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def lines_in(page: Page, layer: Layer) -> list[Line]:
    """Return the lines of a page that are in a layer."""
    return [line for line in page.lines if line.layer is layer]


def parts_of(page: Page, body: float) -> list[Block]:
    """Return headings, paragraphs and tables of a page's body in reading order."""
    flow, notes = body_of(page, body)
    return [*flow, *notes]


def body_of(page: Page, body: float) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a page's body in reading order, and those of its footnotes.

    Lines with a role are taken as their source tells of them.
    """
    flow: list[Block] = []
    notes: list[Block] = []
    for told, of_kind in groupby(lines_in(page, Layer.BODY), key=lambda line: bool(line.role)):
        if told:
            flow += told_blocks(of_kind, page)
            continue
        level, upright = level_first(list(of_kind))
        rows, below = apart(unstacked(rows_of(page, level)), body)
        flow += _blocks(rows, body)
        notes += (Block(BlockKind.PARAGRAPH, (row_of(line, page.number),)) for line in upright)
        notes += (Block(BlockKind.PARAGRAPH, tuple(note)) for note in below)
    return flow, notes


def plain_blocks(page: Page) -> list[Block]:
    """Return each line of a page's body as a paragraph, in the order of the file."""
    rows = (row_of(line, page.number) for line in lines_in(page, Layer.BODY))
    return [Block(BlockKind.PARAGRAPH, (row,)) for row in rows]


def beside_the_body(page: Page, layer: Layer) -> list[Block]:
    """Return what stands in another layer of a page, a paragraph for each block of the file."""
    return [
        Block(BlockKind.PARAGRAPH, tuple(row_of(line, page.number) for line in of_block))
        for _, of_block in groupby(lines_in(page, layer), key=lambda line: line.block)
    ]


def _blocks(rows: Sequence[Row], body: float) -> Iterator[Block]:
    at, spacing = 0, _spacing(rows)
    while at < len(rows):
        level = _heading_level(rows, at, body)
        end = _table_end(rows, at) if level in _TABLE_LEVELS else 0
        if end:
            table = tuple(gridded(rows[at:end]))
            yield Block(BlockKind.TABLE, table, head=_head(table))
        elif level:
            end = at + 1
            yield Block(BlockKind.HEADING, (rows[at],), level=level)
        else:
            end = _paragraph_end(rows, at, body, spacing)
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
    if several < _TABLE_ROWS and not _two_rows(rows[start : last + 1]):
        return 0
    return _wrapped_end(rows, start, last + 1)


def _two_rows(rows: Sequence[Row]) -> bool:
    """Tell a table of names and one row of figures, three at least."""
    if len(rows) != _TABLE_ROWS - 1 or min(len(row.cells) for row in rows) < _TABLE_ROWS:
        return False
    names, row = rows
    below = sum(
        any(a[0].box.x0 < b[-1].box.x1 and b[0].box.x0 < a[-1].box.x1 for a in names.cells)
        for b in row.cells
    )
    return below == len(row.cells) and has_figure(row) and not has_figure(names)


def _wrapped_end(rows: Sequence[Row], start: int, end: int) -> int:
    """Return where a table ends whose last cells may go on for some lines more."""
    left = min(row.left for row in rows[start:end])
    for at in range(end, min(len(rows), end + _WRAPPED)):
        row, before = rows[at], rows[at - 1]
        height = row.bottom - row.top
        tight = -height < row.top - before.bottom < _WRAPPED_GAP * height
        inside = row.left > left + _TOUCH and len(row.words) <= _HEADING_WORDS
        under = any(abs(cell[0].box.x0 - row.left) < _TOUCH for cell in rows[end - 1].cells if cell)
        if not (tight and inside and under and row.size == before.size):
            break
        end = at + 1
    return end


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
    return (names for names, _ in _named(table))


def names_after(table: Block) -> tuple[Row, ...]:
    """Return the rows that name the columns and the group of what follows a table's rows."""
    (_, after), *_ = deque(_named(table), maxlen=1)
    return after[len(table.scale) :]


def _named(table: Block) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    """Yield the names of each row, and those of what follows it."""
    walk = _told if table.of_source else _guessed
    for names, after in walk(table):
        yield (*table.scale, *names) if names else names, (*table.scale, *after)


def _told(table: Block) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    names: tuple[Row, ...] = ()
    fresh = False
    for row in table.rows:
        if row.names:
            names = (*names, row)[-_HEAD_ROWS:] if fresh else (row,)
        yield (() if row.names else names), names
        fresh = row.names


def _guessed(table: Block) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    left = min(row.left for row in table.rows) + _INDENT
    names = above = (*table.names, *table.rows[: table.head])  # of the columns; with the group's
    for _ in range(table.head):
        yield (), above
    fresh = bool(table.head)  # these names may go on in the next row
    for row in table.rows[table.head :]:
        if row.left > left and _says_something(row):
            names = above = (*names, row)[-_HEAD_ROWS:] if fresh else (row,)
            fresh = True
            yield (), above
            continue
        before, fresh = above, False
        if not row.cells[1:] and (row.bold or row.text.endswith(":")):
            above = names if has_figure(row) else (*names, row)
        yield before, above


def _says_something(row: Row) -> bool:
    return any(map(str.isalnum, row.text)) and not has_figure(row)


def has_figure(row: Row) -> bool:
    """Tell a row with an amount; a lone sign is none."""
    return any(is_figure(word.text) for word in row.words)


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
    """Tell a bold line from the bold beginning, middle or end of a paragraph."""
    row = rows[at]
    before = at and rows[at - 1].bold and rows[at - 1].block == row.block
    if before and len(rows[at - 1].words) > _HEADING_WORDS:
        return False
    after = rows[at + 1] if at + 1 < len(rows) else None
    if after and row.text.endswith("-") and after.text[0].islower() and row.text[-2:-1].isalpha():
        return False
    return _bold_lines(rows, at) < _PARAGRAPH_LINES


def _bold_lines(rows: Sequence[Row], at: int) -> int:
    """Count the bold lines of a block around one of them, as far as it matters."""
    lines = 1
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(rows) and lines < _PARAGRAPH_LINES:
            same = rows[other].block == rows[at].block and rows[other].size == rows[at].size
            if not (same and rows[other].bold and len(rows[other].words) >= _FULL_WORDS):
                break
            lines += 1
            other += step
    return lines


def _spacing(rows: Sequence[Row]) -> _Spacing:
    """Return how far apart the lines of a page stand, as far as enough of them tell."""
    gaps = sorted(
        (row.top - before.bottom) / (before.bottom - before.top)
        for before, row in pairwise(rows)
        if before.size == row.size
        and min(len(before.words), len(row.words)) >= _FULL_WORDS
        and 0 < row.top - before.bottom < _FAR_APART * (before.bottom - before.top)
    )
    if len(gaps) < _MANY_LINES:
        return _Spacing(_PARAGRAPH_GAP, _PARAGRAPH_GAP)
    usual = gaps[len(gaps) // 2]
    return _Spacing(usual + _LITTLE_MORE, max(_PARAGRAPH_GAP, usual + _MORE))


def _paragraph_end(rows: Sequence[Row], start: int, body: float, spacing: _Spacing) -> int:
    wide = rows[start].right - rows[start].left
    for at in range(start + 1, len(rows)):
        before, row = rows[at - 1], rows[at]
        wide = max(wide, row.right - row.left)
        height = before.bottom - before.top
        gap = (row.top - before.bottom) / (height or 1.0)
        short = before.right - before.left < _SHORT_LINE * wide and row.block != before.block
        apart = gap > (spacing.little if short else spacing.most) and not _flows(before, row, gap)
        if apart or row.bottom < before.top - height or _listed(before, row):
            return at
        if _heading_level(rows, at, body) or _table_end(rows, at):
            return at
    return len(rows)


def _listed(before: Row, row: Row) -> bool:
    """Tell an item of a list from the middle of a paragraph."""
    first = row.words[0].text
    numbered = _NUMBERED.match(first) and _ITEM_END.search(before.text)
    return bool(row.words[1:]) and (first in _BULLETS or bool(numbered))


def _flows(before: Row, row: Row, gap: float) -> bool:
    """Tell a line that goes on in the next one in small letters, however far below."""
    alike = before.size == row.size and before.bold == row.bold and gap < _FAR_APART
    open_end = len(before.words) >= _FULL_WORDS and not _STOP.search(before.text)
    under = row.left < before.right and before.left < row.right
    return alike and open_end and under and row.text[0].islower()
