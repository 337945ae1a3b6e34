"""How wide the columns of a table are, before anything of it is set."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_rag.domain.papers import Inline, PaperRun, PaperTable

_WIDEST, _NARROWEST = 60, 14  # letters that a column is counted as


def shares(table: PaperTable) -> list[float]:
    """Return the share of each column in the width of a table, by the most that a cell says."""
    columns = zip(table.heads, *table.rows, strict=True)
    most = [min(_WIDEST, max(_NARROWEST, *map(_letters, cells))) for cells in columns]
    return [one / sum(most) for one in most]


def _letters(cell: Iterable[Inline]) -> int:
    return sum(len(one.text) for one in cell if isinstance(one, PaperRun))
