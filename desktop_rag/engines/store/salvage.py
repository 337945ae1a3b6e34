"""Makes a damaged table anew out of what can still be read of it.

    last manifest that opens ── rows in slices ── those that are whole ──► another table ── takes
                                                                           the place of the first

What is lost is made again from what was read of the documents: see `Reconcile`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desktop_rag.domain.errors import StoreDamaged
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table
from desktop_rag.engines.store.damage import named

_SLICE = 2_048  # rows at once
_LEAST = 8  # which are given up together: each try takes a few milliseconds
_COUNTED_DOWN = 1 << 63
_APART = 0.05  # from 1, at most, is the length of a vector that somebody embedded

Whole = Callable[[str, str, str], bool]  #: (document, digest, text) → whether a row is whole


def mended(folder: Path, name: str, dimension: int, whole: Whole) -> None:
    """Put a new table, without indexes, in the place of one that may be damaged.

    A row is `whole` if its text is what its digest says, and somebody knows its document. Until
    the end the damaged table stays where it is. Raises `DiskFull`.
    """
    place, coming = folder / f"{name}.lance", folder / f"mended-{name}.lance"
    shutil.rmtree(coming, ignore_errors=True)
    target = Table(folder, coming.stem, dimension)
    for rows in _readable(folder, name, dimension):
        target.put(_those_whole(rows, dimension, whole).to_batches())
    with named(folder):
        left = folder / f"damaged-{name}.lance"
        shutil.rmtree(left, ignore_errors=True)
        if place.exists():
            place.replace(left)
        coming.replace(place)
        shutil.rmtree(left, ignore_errors=True)


def _readable(folder: Path, name: str, dimension: int) -> Iterator[pa.Table]:
    """Yield what can be read of a table."""
    table = _opened(folder, name, dimension)
    count = table.count(None) if table else 0
    spans = [(at, min(at + _SLICE, count)) for at in reversed(range(0, count, _SLICE))]
    while spans and table:
        start, end = spans.pop()
        try:
            yield table.slice(start, end)
        except StoreDamaged:
            middle = (start + end) // 2
            if end - start > _LEAST:
                spans += [(middle, end), (start, middle)]


def _opened(folder: Path, name: str, dimension: int) -> ChunkReader | None:
    """Open a table as the last manifest has it that can be read; drop those that cannot."""
    versions = folder / f"{name}.lance" / "_versions"
    (versions / "latest_version_hint.json").unlink(missing_ok=True)
    for manifest in sorted(versions.glob("*.manifest"), key=_age):
        try:
            table = ChunkReader(folder, name, dimension)
            table.count(None)
        except StoreDamaged:
            manifest.unlink(missing_ok=True)
        else:
            return table
    return None


def _age(manifest: Path) -> int:
    """Order manifests, the newest first: their names count down from 2**64, and once counted up."""
    number = int(manifest.stem) if manifest.stem.isdecimal() else 0
    return number if number >= _COUNTED_DOWN else -number


def _those_whole(rows: pa.Table, dimension: int, whole: Whole) -> pa.Table:
    columns = (rows[name].to_pylist() for name in ("document", "digest", "text"))
    known = pa.array([whole(*row) for row in zip(*columns, strict=True)], pa.bool_())
    return rows.filter(pc.and_(known, pa.array(_embedded(rows["vector"], dimension))))


def _embedded(column: Any, dimension: int) -> np.ndarray:
    """Return which vectors are of length 1 or not there: bool, (rows,)."""
    vectors = column.combine_chunks()
    flat = np.nan_to_num(vectors.fill_null([1.0] + [0.0] * (dimension - 1)).flatten().to_numpy())
    lengths = np.linalg.norm(flat.reshape(-1, dimension).astype(np.float64), axis=1)
    near: np.ndarray = np.abs(lengths - 1.0) < _APART
    return near
