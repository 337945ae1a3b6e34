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
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table
from desktop_rag.engines.store.damage import named

_SLICE = 2_048  # rows at once
_LEAST = 8  # which are given up together: each try takes a few milliseconds
_COUNTED_DOWN = 1 << 63
_APART = 0.05  # from 1, at most, is the length of a vector that somebody embedded

Whole = Callable[[str, str, str], bool]  #: (document, digest, text) → whether a row is whole


def mended(folder: Path, name: str, dimension: int, whole: Whole, cancel: CancelToken) -> None:
    """Put a new table in the place of one that may be damaged; its indexes are made by `tidy`.

    A row is `whole` if its text is what its digest says, and somebody knows its document. Until
    the end the damaged table stays where it is. Raises `DiskFull`, and `Cancelled`.
    """
    place, coming = folder / f"{name}.lance", folder / f"mended-{name}.lance"
    shutil.rmtree(coming, ignore_errors=True)
    target = Table(folder, coming.stem, dimension)
    for rows in _readable(_opened(folder, name, dimension), cancel):
        target.put(_those_whole(rows, dimension, whole).to_batches())
    with named(folder):
        left = folder / f"damaged-{name}.lance"
        shutil.rmtree(left, ignore_errors=True)
        if place.exists():
            place.replace(left)
        coming.replace(place)
        shutil.rmtree(left, ignore_errors=True)


def _readable(table: ChunkReader | None, cancel: CancelToken) -> Iterator[pa.Table]:
    """Yield what can be read of a table, nothing of fragments that do not open at all."""
    for start, end in _fragments(table) if table else ():
        cancel.check()
        if table and _any_read(table, start, end):
            yield from _slices(table, start, end, cancel)


def _slices(table: ChunkReader, start: int, end: int, cancel: CancelToken) -> Iterator[pa.Table]:
    """Yield what can be read of some rows; what cannot is halved, until none of it can be."""
    spans = [(at, min(at + _SLICE, end)) for at in reversed(range(start, end, _SLICE))]
    while spans:
        cancel.check()
        first, last = spans.pop()
        try:
            yield table.slice(first, last)
        except StoreDamaged:
            middle = (first + last) // 2
            if last - first > _LEAST and _any_read(table, first, last):
                spans += [(middle, last), (first, middle)]


def _fragments(table: ChunkReader) -> list[tuple[int, int]]:
    """Return where fragments begin and end; where that cannot be told, some rows at once."""
    try:
        return table.fragments()
    except StoreDamaged:
        count = table.count(None)
        return [(at, min(at + _SLICE, count)) for at in range(0, count, _SLICE)]


def _any_read(table: ChunkReader, start: int, end: int) -> bool:
    """Whether a row can be read at the start, in the middle or at the end of some."""
    for at in (start, (start + end) // 2, end - 1):
        try:
            table.slice(at, at + 1)
        except StoreDamaged:
            continue
        return True
    return False


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
