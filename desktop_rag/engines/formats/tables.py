"""Rows of text → tables: as wide as a page bears, below their head wherever they are read."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from desktop_rag.domain.limits import LIMITS, Cut, CutUnit
from desktop_rag.engines.formats import html_blocks, table_heads
from desktop_rag.engines.formats.html_blocks import A4, A4_LANDSCAPE, HtmlFragment

Row = tuple[str, ...]

_ACROSS = 140  # characters that stand side by side
_ACROSS_UPRIGHT = 95  # on a page that is not turned
_SAMPLE = 200  # rows to reckon the widths from
WIDEST = 40  #: characters to reckon with for a column
_ROWS_TOGETHER = 2_000
_CELLS_TOGETHER = 40_000
_LONGEST_CELL = 1_500  # characters; what is longer makes a row that is told in paragraphs
_MOST_SIDE_BY_SIDE = 20  # columns


def with_head(rows: Iterable[Row]) -> Iterator[HtmlFragment]:
    """Yield a table whose head is found, after paragraphs of what stands above it."""
    rows = iter(rows)
    sample = list(itertools.islice(rows, _SAMPLE))
    at = table_heads.head_at(sample)
    for above in sample[: at or 0]:
        if any(above):
            yield HtmlFragment(f"<p>{html_blocks.text(' '.join(filter(None, above)))}</p>")
    head, start = (sample[at], at + 1) if at is not None else ((), 0)
    yield from set_as_tables(head, itertools.chain(sample[start:], rows))


def set_as_tables(head: Row, rows: Iterable[Row]) -> Iterator[HtmlFragment]:
    """Yield a table, in parts of a bearable size, of which each has the head.

    What does not fit side by side stands one below the other, each beside the first column. A row
    with a cell that is larger than a part of a page is told in paragraphs. At most 200,000 rows.
    """
    rows = iter(rows)
    sample = list(itertools.islice(rows, _SAMPLE))
    widths = widths_of([head, *sample])
    groups = list(side_by_side(widths))
    yield HtmlFragment(size=page_size(widths))
    if not sample:
        yield from _below(head, groups, [])
    together = max(1, min(_ROWS_TOGETHER, _CELLS_TOGETHER // max(1, len(widths))))
    gathered: list[Row] = []
    for number, row in enumerate(itertools.chain(sample, rows)):
        if number >= LIMITS.rows:
            yield HtmlFragment(cut=Cut(CutUnit.ROWS, number))
            break
        if len(row) > len(widths):  # there was none so long before
            groups.append(tuple(range(len(widths), len(row))))
            widths += [WIDEST] * (len(row) - len(widths))
        if any(len(text) > _LONGEST_CELL for text in row):
            yield from _below(head, groups, gathered)
            yield from html_blocks.flows(_told(head, row))
            gathered = []
            continue
        gathered.append(row)
        if len(gathered) >= together:
            yield from _below(head, groups, gathered)
            gathered = []
    yield from _below(head, groups, gathered)


def _below(
    head: Row, groups: Iterable[Sequence[int]], rows: Sequence[Row]
) -> Iterator[HtmlFragment]:
    """Yield some rows below their head, one table for each group of columns."""
    for number, columns in enumerate(groups):
        names = cells_of(head, columns)
        top = html_blocks.row(_cell(text, head=True) for text in names) if any(names) else ""
        shown = (cells_of(row, columns) for row in rows)
        again = int(number > 0)  # the first column, which stood in the first group already
        made = tuple(html_blocks.row(map(_cell, row)) for row in shown if any(row[again:]))
        if made:
            yield HtmlFragment(rows=made, head=top)
        elif top and not rows:
            yield HtmlFragment(f'<table class="sheet">{top}</table>')


def _told(head: Row, row: Row) -> Iterator[str]:
    for name, text in itertools.zip_longest(head, row, fillvalue=""):
        for number, part in enumerate(html_blocks.short_paragraphs(text)):
            said = f"<b>{html_blocks.text(name)}:</b> " if name and not number else ""
            yield f"<p>{said}{_broken(part)}</p>"


def _cell(text: str, *, head: bool = False) -> str:
    return html_blocks.cell(_broken(text), head=head)


def _broken(text: str) -> str:
    return html_blocks.text(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "<br/>")


def page_size(widths: Sequence[int]) -> tuple[float, float]:
    """Return the size of a page for columns of so many characters."""
    return A4 if sum(widths) <= _ACROSS_UPRIGHT else A4_LANDSCAPE


def side_by_side(widths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the columns that go side by side; the first one, which names the rows, in each."""
    if not widths:
        return
    group, wide = [0], widths[0]
    for at in range(1, len(widths)):
        full = wide + widths[at] > _ACROSS or len(group) >= _MOST_SIDE_BY_SIDE
        if full and len(group) > 1:
            yield tuple(group)
            group, wide = [0], widths[0]
        group.append(at)
        wide += widths[at]
    yield tuple(group)


def widths_of(rows: Sequence[Row]) -> list[int]:
    """Return how many characters wide each column is about to be."""
    widths: list[int] = []
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for at, text in enumerate(row):
            widths[at] = max(widths[at], min(len(text), WIDEST))
    return [width + 3 for width in widths]


def cells_of(row: Row, columns: Iterable[int]) -> list[str]:
    """Return what a row has in some columns."""
    return [row[at] if at < len(row) else "" for at in columns]
