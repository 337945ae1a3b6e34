"""Seeing headings, paragraphs and tables in the rows of a page."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import groupby

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Layer, Line, Page
from desktop_rag.ingest.blocks import Block, BlockKind
from desktop_rag.ingest.footnotes import apart
from desktop_rag.ingest.rows import Row, row_of, rows_of
from desktop_rag.ingest.stacks import unstacked
from desktop_rag.ingest.told import told_blocks

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
        rows, below = apart(unstacked(rows_of(page, list(of_kind))), body)
        flow += _blocks(rows, body)
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
    return (names for names, _ in _named(table))


def names_after(table: Block) -> tuple[Row, ...]:
    """Return the rows that name the columns and the group of what follows a table's rows."""
    (_, after), *_ = deque(_named(table), maxlen=1)
    return after[len(table.scale) :]


def _named(table: Block) -> Iterator[tuple[tuple[Row, ...], tuple[Row, ...]]]:
    """Yield the names of each row, and those of what follows it."""
    walk = _guessed if table.told is None else _told
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
