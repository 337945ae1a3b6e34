"""Keeps chunks and their vectors in LanceDB: one table for each embedder and size of chunks.

Rows come first without a vector: keyword search finds them, vector search passes over them. One
process writes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.ports import Lacking, SplitDocument, Vector
from desktop_rag.engines.store.chunk_reader import PROBES, ChunkReader
from desktop_rag.engines.store.damage import guarded, named
from desktop_rag.engines.store.lance import FTS, Bitmap, BTree, IvfFlat, lancedb
from desktop_rag.engines.store.rows import LAYOUT, among, key, matrix, row, schema

_FLAT_ROWS = 10_000  # from here on an index is searched faster; tests/benchmarks/RESULTS.md
_LIST_ROWS = 800  # in each list of the ANN index: up to PROBES * 800 rows it is exact
_SEGMENTS = 4  # each write of many rows adds one to the index, with lists of its own
_WRITES_BEFORE_COMPACTING = 100
_AT_ONCE = 500  # documents in one filter
_KEYWORDS = FTS(
    base_tokenizer="whitespace",
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    with_position=False,
)


@guarded
class Table(ChunkReader):
    """The chunks of one embedder, for the one process that writes.

    Every method that writes raises `DiskFull` as well.
    """

    def __init__(self, folder: Path, name: str, dimension: int) -> None:
        super().__init__(folder, name, dimension)
        self._writes = 0

    def add(self, cut: Sequence[SplitDocument]) -> None:
        """See `domain.ports.ChunkStore`."""
        had = self._digests([one.document for one in cut])
        changed = [one for one in cut if had.get(one.document) != dict(enumerate(one.digests))]
        if not changed:
            return
        old = [one.document for one in changed if one.document in had]
        known = self.vectors({name for one in changed for name in one.digests}) if old else {}
        rows = [
            row(chunk, name, known.get(name))
            for one in changed
            for chunk, name in zip(one.chunks, one.digests, strict=True)
        ]
        added = pa.Table.from_pylist(rows, schema=self._table.schema)
        if old:
            self._table.delete(among("document", old))
        self._table.add(added)
        self._written()

    def lacking(self, documents: Sequence[DocumentId], limit: int) -> list[Lacking]:
        """See `domain.ports.ChunkStore`."""
        found = (
            self._table.search()
            .where(f"{among('document', documents)} AND vector IS NULL")
            .select(["document", "ordinal", "digest", "text"])
            .limit(limit)
            .to_arrow()
        )
        columns = (found[name].to_pylist() for name in ("document", "ordinal", "digest", "text"))
        return [
            Lacking(DocumentId(document), *rest) for document, *rest in zip(*columns, strict=True)
        ]

    def left(self, documents: Sequence[DocumentId]) -> dict[DocumentId, int]:
        """See `domain.ports.ChunkStore`."""
        return self._counted(f"{among('document', documents)} AND vector IS NULL")

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """See `domain.ports.ChunkStore`; each float32, (dimension,)."""
        found = (
            self._table.search()
            .where(f"{among('digest', digests)} AND vector IS NOT NULL")
            .select(["digest", "vector"])
            .to_arrow()
        )
        return dict(zip(found["digest"].to_pylist(), matrix(found["vector"]), strict=True))

    def fill(self, places: Sequence[tuple[DocumentId, int]], vectors: Sequence[Vector]) -> None:
        """See `domain.ports.ChunkStore`; kept in float32, (dimension,) each."""
        column = self._table.schema.field("vector")
        values = pa.array(np.asarray(vectors, np.float32).ravel())
        filled = pa.table(
            {
                "key": [key(*place) for place in places],
                "vector": pa.FixedSizeListArray.from_arrays(values, column.type.list_size),
            },
            schema=pa.schema([self._table.schema.field("key"), column]),
        )
        self._table.merge_insert("key").when_matched_update_all().execute(filled)
        self._written()

    def put(self, rows: Sequence[pa.RecordBatch]) -> None:
        """Store rows of `rows.schema` as they are, with their vectors. Raises `DiskFull`."""
        self._table.add(pa.Table.from_batches(rows, schema(self._dimension)))
        self._written()

    def remove(self, documents: Sequence[DocumentId]) -> None:
        """Drop all chunks of these documents. Raises `DiskFull`."""
        for start in range(0, len(documents), _AT_ONCE):
            self._table.delete(among("document", documents[start : start + _AT_ONCE]))
            self._written()

    def tidy(self) -> None:
        """Compact what many small writes have left, and bring the indexes up to date."""
        if not self._table.count_rows():
            return
        indexes = {name for index in self._table.list_indices() for name in index.columns}
        for column in ("terms", "amounts", "exact"):
            if column not in indexes:
                self._table.create_index(column, config=_KEYWORDS)
        if "document" not in indexes:
            self._table.create_index("document", config=Bitmap())
        if "digest" not in indexes:
            self._table.create_index("digest", config=BTree())
        self._table.optimize(cleanup_older_than=timedelta(minutes=10))
        self._index_vectors()
        self._writes = 0

    def _index_vectors(self) -> None:
        """Make the ANN index, or make it anew where it has grown out of shape."""
        segments = sum(
            index.num_segments for index in self._table.list_indices() if "vector" in index.columns
        )
        embedded = self._table.count_rows("vector IS NOT NULL")
        if embedded > _FLAT_ROWS and not 0 < segments <= _SEGMENTS:
            lists = max(PROBES, embedded // _LIST_ROWS)
            config = IvfFlat(distance_type="dot", num_partitions=lists)
            self._table.create_index("vector", config=config)

    def _digests(self, documents: Sequence[DocumentId]) -> dict[DocumentId, dict[int, str]]:
        """Return the digest of each chunk of these documents, by ordinal.

        It is empty for a row of an older version, which is to be written again.
        """
        found = (
            self._table.search()
            .where(among("document", documents))
            .select(["document", "ordinal", "digest", "exact"])
            .to_arrow()
        )
        had: dict[DocumentId, dict[int, str]] = {}
        columns = (found[name].to_pylist() for name in ("document", "ordinal", "digest"))
        current = found["exact"].is_valid().to_pylist()
        for document, ordinal, name, whole in zip(*columns, current, strict=True):
            had.setdefault(DocumentId(document), {})[ordinal] = name if whole else ""
        return had

    def _written(self) -> None:
        """Tidy up now and then: some 900 small writes make searching 30 times slower."""
        self._writes += 1
        if self._writes >= _WRITES_BEFORE_COMPACTING:
            self.tidy()


def table_name(index: int, embedder: str, dimension: int) -> str:
    """Name the table of an index; that of the first one is as it was before there were others."""
    name = f"chunks-{LAYOUT}-{embedder}-{dimension}"
    return name if index == 1 else f"{name}-{index}"


def find_table(folder: Path, index: int, embedder: str) -> tuple[str, int] | None:
    """Return the table of an index and the length of its vectors, where nobody knows that.

    Raises `StoreDamaged`.
    """
    before = re.compile(re.escape(f"chunks-{LAYOUT}-{embedder}-") + "([0-9]{1,6})")
    with named(folder):
        tables = lancedb.connect(folder).list_tables().tables
    for name in tables:
        found = before.match(name)
        if found and table_name(index, embedder, int(found[1])) == name:
            return name, int(found[1])
    return None


def drop_others(folder: Path, names: Collection[str]) -> None:
    """Drop the tables that no index has any more. Raises `StoreDamaged`."""
    with named(folder):
        database = lancedb.connect(folder)
        for name in database.list_tables().tables:
            if name not in names:
                database.drop_table(name)
