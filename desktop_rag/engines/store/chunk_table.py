"""Keeps chunks and their vectors in LanceDB: one table for each embedder and size of chunks.

Rows come first without a vector: keyword search finds them, vector search passes
over them. One process writes; a reader sees what it wrote after `refresh`, and until
then the table as it was, so that the row numbers of one search agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DiskFull
from desktop_rag.domain.passages import Hit, Match
from desktop_rag.domain.ports import Lacking, SplitDocument, Vector
from desktop_rag.engines.store.lance import FTS, Bitmap, BTree, IvfFlat, MatchQuery, lancedb
from desktop_rag.engines.store.rows import (
    ADDED,
    HIT_COLUMNS,
    LAYOUT,
    among,
    hit,
    key,
    layer_of,
    matrix,
    row,
    schema,
)

_FLAT_ROWS = 10_000  # from here on an index is searched faster; tests/benchmarks/RESULTS.md
_LIST_ROWS = 800  # in each list of the ANN index, of which there are at least _PROBES
_PROBES = 64  # lists looked at: all of them, so exactly, up to _PROBES * _LIST_ROWS rows
_SEGMENTS = 4  # each write of many rows adds one to the index, with lists of its own
_WRITES_BEFORE_COMPACTING = 100
_AT_ONCE = 500  # documents in one filter
_ROWS_AT_ONCE = 512  # with everything in them
_KEYWORDS = FTS(
    base_tokenizer="whitespace",
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    with_position=False,
)


class Table:
    """The chunks of one embedder, for the process that writes or for one that reads."""

    def __init__(self, folder: Path, name: str, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._writes = 0
        database = lancedb.connect(folder)
        try:
            self._table: Any = database.open_table(name)
        except ValueError:  # there is none yet
            self._table = database.create_table(name, schema=schema(dimension), exist_ok=True)
        lacking = {name: at for name, at in ADDED.items() if name not in self._table.schema.names}
        if lacking:  # an older version made it
            self._table.add_columns(lacking)

    # Writing

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
        with self._full_disk_named():
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
        with self._full_disk_named():
            self._table.merge_insert("key").when_matched_update_all().execute(filled)
        self._written()

    def put(self, rows: Sequence[pa.RecordBatch]) -> None:
        """Store rows of `rows.schema` as they are, with their vectors. Raises `DiskFull`."""
        with self._full_disk_named():
            self._table.add(pa.Table.from_batches(rows, schema(self._dimension)))
        self._written()

    def remove(self, documents: Sequence[DocumentId]) -> None:
        """Drop all chunks of these documents. Raises `DiskFull`."""
        with self._full_disk_named():
            for start in range(0, len(documents), _AT_ONCE):
                self._table.delete(among("document", documents[start : start + _AT_ONCE]))
                self._written()

    def tidy(self) -> None:
        """Compact what many small writes have left, and bring the indexes up to date."""
        if not self._table.count_rows():
            return
        with self._full_disk_named():
            indexes = {name for index in self._table.list_indices() for name in index.columns}
            for column in ("terms", "amounts"):
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
            lists = max(_PROBES, embedded // _LIST_ROWS)
            config = IvfFlat(distance_type="dot", num_partitions=lists)
            self._table.create_index("vector", config=config)

    # Reading

    def documents(self) -> set[DocumentId]:
        """See `domain.ports.Retriever`."""
        found = self._table.search().select(["document"]).to_arrow()
        return {DocumentId(name) for name in found["document"].unique().to_pylist()}

    def holdings(self) -> dict[DocumentId, tuple[int, int]]:
        """Return how many chunks each document has, and how many of them have their vector."""
        chunks, lacking = self._counted("true"), self._counted("vector IS NULL")
        return {
            document: (count, count - lacking.get(document, 0))
            for document, count in chunks.items()
        }

    def rows(self, documents: Sequence[DocumentId]) -> Iterator[pa.RecordBatch]:
        """Yield the rows of these documents whole, some hundred at once."""
        found = self._table.search().where(among("document", documents))
        yield from found.select(schema(self._dimension).names).to_batches(_ROWS_AT_ONCE)

    def refresh(self) -> int:
        """See `domain.ports.Retriever`."""
        self._table.checkout_latest()
        return int(self._table.version)

    def by_keyword(
        self, words: Sequence[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        """See `domain.ports.Retriever`; scores are BM25's, in words and in amounts, added up."""
        found = self._by_terms("terms", [w for w in words if not is_amount(w)], scope, limit)
        figures = self._by_terms("amounts", [w for w in words if is_amount(w)], scope, limit)
        if not figures:
            return found
        rows = found.keys() | figures.keys()
        scores = {row: found.get(row, 0.0) + figures.get(row, 0.0) for row in rows}
        best = sorted(rows, key=lambda row: (-scores[row], row))
        return {row: scores[row] for row in best[:limit]}

    def _by_terms(
        self, column: str, words: Sequence[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        if not words:
            return {}
        match: Any = MatchQuery  # its optional arguments look required to mypy
        query = self._table.search(match(" ".join(words), column), query_type="fts")
        return _ranked(query, scope, limit, "_score")

    def by_vector(
        self, vector: Vector | np.ndarray, scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        """See `domain.ports.Retriever`; float32, (dimension,)."""
        query = self._table.search(
            np.asarray(vector, np.float32), vector_column_name="vector", query_type="vector"
        ).distance_type("dot")
        if scope is None:
            query = query.nprobes(_PROBES)
        else:  # as many as it takes to find enough within the scope
            query = query.minimum_nprobes(_PROBES).maximum_nprobes(0)
        found = _ranked(query, scope, limit, "_distance")
        return {row: 1.0 - distance for row, distance in found.items()}  # LanceDB's is 1 - a·b

    def matches(
        self, rows: Collection[int], question: Vector | np.ndarray | None = None
    ) -> dict[int, Match]:
        """See `domain.ports.Retriever`; `question` is float32, (dimension,)."""
        found = self._taken(rows, ["document", "ordinal", "page", "language", "layer", "vector"])
        cosines = [_cosine(vector, question) for vector in matrix(found["vector"])]
        layers = map(layer_of, found["layer"].to_pylist())
        names = ("_rowid", "document", "ordinal", "page", "language")
        values = zip(*(found[name].to_pylist() for name in names), cosines, layers, strict=True)
        return {row: Match(DocumentId(document), *rest) for row, document, *rest in values}

    def hits_of(self, rows: Collection[int]) -> dict[int, Hit]:
        """See `domain.ports.Retriever`."""
        found = self._taken(rows, list(HIT_COLUMNS)).to_pylist()
        return {row.pop("_rowid"): hit(row) for row in found}

    def _taken(self, rows: Collection[int], columns: list[str]) -> pa.Table:
        return self._table.take_row_ids(list(rows)).select(columns).with_row_id().to_arrow()

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        """See `domain.ports.Retriever`."""
        keys = [key(document, ordinal) for document, ordinal in places]
        documents = {document for document, _ in places}
        found = (
            self._table.search()
            .where(f"{among('document', documents)} AND {among('key', keys)}")
            .select(list(HIT_COLUMNS))
            .to_arrow()
        )
        hits = (hit(row) for row in found.to_pylist())
        return {(hit.document, hit.ordinal): hit for hit in hits}

    def passages(self, documents: Sequence[DocumentId]) -> list[Hit]:
        """Return all chunks of these documents in this order, without their words.

        All of them are in memory at once.
        """
        places = {document: place for place, document in enumerate(documents)}
        columns = [name for name in HIT_COLUMNS if name not in {"words", "pages"}]
        found = self._table.search().where(among("document", documents)).select(columns)
        rows = found.to_arrow().to_pylist()
        rows.sort(key=lambda row: (places[row["document"]], row["ordinal"]))
        return [hit({**one, "words": b"", "pages": None}) for one in rows]

    def _digests(self, documents: Sequence[DocumentId]) -> dict[DocumentId, dict[int, str]]:
        """Return the digest of each chunk of these documents, by ordinal."""
        found = (
            self._table.search()
            .where(among("document", documents))
            .select(["document", "ordinal", "digest"])
            .to_arrow()
        )
        had: dict[DocumentId, dict[int, str]] = {}
        columns = (found[name].to_pylist() for name in ("document", "ordinal", "digest"))
        for document, ordinal, name in zip(*columns, strict=True):
            had.setdefault(DocumentId(document), {})[ordinal] = name
        return had

    def _counted(self, where: str) -> dict[DocumentId, int]:
        found = self._table.search().where(where).select(["document"]).to_arrow()
        counts = found["document"].combine_chunks().value_counts().to_pylist()
        return {DocumentId(count["values"]): count["counts"] for count in counts}

    def _written(self) -> None:
        """Tidy up now and then: some 900 small writes make searching 30 times slower."""
        self._writes += 1
        if self._writes >= _WRITES_BEFORE_COMPACTING:
            self.tidy()

    @contextmanager
    def _full_disk_named(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError, ValueError) as error:
            if "No space left" in str(error) or "os error 28" in str(error):
                raise DiskFull(str(self._folder)) from error
            raise


def _cosine(vector: np.ndarray | None, question: Vector | np.ndarray | None) -> float:
    """Return the dot product of two unit vectors, float32, (dimension,), 0 where one is None."""
    if vector is None or question is None:
        return 0.0
    return float(vector @ np.asarray(question, np.float32))


def _ranked(
    query: Any, scope: Sequence[DocumentId] | None, limit: int, score: str
) -> dict[int, float]:
    if scope is not None:
        query = query.where(among("document", scope), prefilter=True)
    found = query.limit(limit).select([score]).with_row_id(True).to_arrow()
    return dict(zip(found["_rowid"].to_pylist(), found[score].to_pylist(), strict=True))


def table_name(index: int, embedder: str, dimension: int) -> str:
    """Name the table of an index; that of the first one is as it was before there were others."""
    name = f"chunks-{LAYOUT}-{embedder}-{dimension}"
    return name if index == 1 else f"{name}-{index}"


def drop_others(folder: Path, names: Collection[str]) -> None:
    """Drop the tables that no index has any more."""
    database = lancedb.connect(folder)
    for name in database.list_tables().tables:
        if name not in names:
            database.drop_table(name)
