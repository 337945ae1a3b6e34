"""Telling the pages that a slower look may read better: those full of cells."""

from __future__ import annotations

from desktop_rag.domain.documents import Page
from desktop_rag.ingest.columns import PROSE_WORDS
from desktop_rag.ingest.rows import Row, rows_of

_LOST = 6  # lines that go back up the page beside others, without becoming a row with them
_SHARE = 0.25  # of the rows of a page that must be cells


def poor(page: Page) -> bool:
    """Tell a page of many cells whose lines the file mixes: rows cannot be told for sure."""
    rows = rows_of(page)
    short = [len(row.words) < PROSE_WORDS or len(row.cells) > 1 for row in rows]
    back = sum(map(_goes_back, rows, rows[1:], short, short[1:]))
    return back >= _LOST and sum(short) > _SHARE * len(rows)


def _goes_back(before: Row, row: Row, *short: bool) -> bool:
    height = before.bottom - before.top
    return all(short) and row.top < before.top - 0.5 * height and row.left > before.left
