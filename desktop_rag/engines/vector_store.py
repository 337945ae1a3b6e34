"""Keeps chunks and their vectors in LanceDB: one table for each embedder.

    key = "document:ordinal"  text, header, words …  terms  amounts  digest  vector or null

`terms` and `amounts` are the analysed text, split at white space by full-text
indexes without a language of their own. Amounts stand apart, because they would
make a page of figures look long and so of little weight to BM25. Rows come
first without a vector: keyword search finds them, vector search passes over
them. One process writes; a reader sees what it wrote after `refresh`, and until
then the table as it was, so that the row numbers of one search agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import lancedb
import numpy as np
import pyarrow as pa
from lancedb.index import FTS, Bitmap, BTree, IvfFlat
from lancedb.query import MatchQuery

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Box, Chunk, DocumentId, PlacedWord
from desktop_rag.domain.errors import DiskFull
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.ports import Vector
from desktop_rag.engines.analyzer import terms

_UNITS = 65_535  # a box's fractions are kept as whole numbers of this many parts
_WORD = np.dtype([("start", "<u4"), ("length", "<u2"), ("box", "<u2", 4)])
_LAYOUT = 1  # of the columns: a table of another layout is not opened
_FLAT_ROWS = 10_000  # from here on an index is searched faster; tests/benchmarks/RESULTS.md
_LIST_ROWS = 800  # in each list of the ANN index, of which there are at least _PROBES
_PROBES = 64  # lists looked at: all of them, so exactly, up to _PROBES * _LIST_ROWS rows
_SEGMENTS = 4  # each write of many rows adds one to the index, with lists of its own
_WRITES_BEFORE_COMPACTING = 100
_KEYWORDS = FTS(
    base_tokenizer="whitespace",
    lower_case=False,
    stem=False,
    remove_stop_words=False,
    ascii_folding=False,
    with_position=False,
)
_HIT_COLUMNS = ("document", "ordinal", "page", "page_label", "header", "text", "words")


@dataclass(frozen=True, slots=True)
class Match:
    """A chunk in short; `vector` is None until it is embedded."""

    document: DocumentId
    ordinal: int
    page: int
    language: str
    vector: np.ndarray | None


class Table:
    """The chunks of one embedder, for the process that writes or for one that reads."""

    def __init__(self, folder: Path, embedder: str, dimension: int) -> None:
        self._folder = folder
        self._writes = 0
        database = lancedb.connect(folder)
        self._table: Any = database.create_table(
            f"chunks-{_LAYOUT}-{embedder}-{dimension}", schema=_schema(dimension), exist_ok=True
        )

    # Writing

    def add(self, document: DocumentId, chunks: Sequence[Chunk], digests: Sequence[str]) -> None:
        """See `domain.ports.ChunkStore`; what is embedded already stays so."""
        stored = dict(self._digests(document))
        if stored == dict(enumerate(digests)):
            return
        with self._full_disk_named():
            if stored:
                self._table.delete(_among("document", [document]))
            rows = [_row(chunk, name) for chunk, name in zip(chunks, digests, strict=True)]
            self._table.add(pa.Table.from_pylist(rows, schema=self._table.schema))
        self._written()

    def missing(self, document: DocumentId) -> list[tuple[int, str]]:
        """See `domain.ports.ChunkStore`."""
        return self._digests(document, "vector IS NULL")

    def vectors(self, digests: Iterable[str]) -> dict[str, Vector]:
        """See `domain.ports.ChunkStore`."""
        found = (
            self._table.search()
            .where(f"{_among('digest', digests)} AND vector IS NOT NULL")
            .select(["digest", "vector"])
            .to_arrow()
        )
        return dict(zip(found["digest"].to_pylist(), _matrix(found["vector"]), strict=True))

    def fill(
        self, document: DocumentId, ordinals: Sequence[int], vectors: Sequence[Vector]
    ) -> None:
        """See `domain.ports.ChunkStore`."""
        column = self._table.schema.field("vector")
        values = pa.array(np.asarray(vectors, np.float32).ravel())
        filled = pa.table(
            {
                "key": [_key(document, ordinal) for ordinal in ordinals],
                "vector": pa.FixedSizeListArray.from_arrays(values, column.type.list_size),
            },
            schema=pa.schema([self._table.schema.field("key"), column]),
        )
        with self._full_disk_named():
            self._table.merge_insert("key").when_matched_update_all().execute(filled)
        self._written()

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Drop all chunks of these documents."""
        with self._full_disk_named():
            self._table.delete(_among("document", documents))
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
        """Return every document that has a chunk."""
        found = self._table.search().select(["document"]).to_arrow()
        return {DocumentId(name) for name in found["document"].unique().to_pylist()}

    def embedded(self, document: DocumentId) -> int:
        """Return how many chunks of `document` have their vector."""
        return int(
            self._table.count_rows(f"{_among('document', [document])} AND vector IS NOT NULL")
        )

    def refresh(self) -> int:
        """See what has been written since, and return which version that is.

        Row numbers from before are void.
        """
        self._table.checkout_latest()
        return int(self._table.version)

    def by_keyword(
        self, words: Sequence[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, float]:
        """Return the rows best by BM25 with their scores, best first; a `scope` of None is all."""
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
        """Return the rows nearest by cosine, which is their score, nearest first."""
        query = self._table.search(
            np.asarray(vector, np.float32), vector_column_name="vector", query_type="vector"
        ).distance_type("dot")
        if scope is None:
            query = query.nprobes(_PROBES)
        else:  # as many as it takes to find enough within the scope
            query = query.minimum_nprobes(_PROBES).maximum_nprobes(0)
        found = _ranked(query, scope, limit, "_distance")
        return {row: 1.0 - distance for row, distance in found.items()}  # LanceDB's is 1 - a·b

    def matches(self, rows: Collection[int]) -> dict[int, Match]:
        """Return chunks in short, by row."""
        found = self._taken(rows, ["document", "ordinal", "page", "language", "vector"])
        vectors = _matrix(found["vector"])
        names = ("_rowid", "document", "ordinal", "page", "language")
        values = zip(*(found[name].to_pylist() for name in names), vectors, strict=True)
        return {row: Match(DocumentId(document), *rest) for row, document, *rest in values}

    def hits_of(self, rows: Collection[int]) -> dict[int, Hit]:
        """Return chunks whole, by row, with a score of 0."""
        found = self._taken(rows, list(_HIT_COLUMNS)).to_pylist()
        return {row.pop("_rowid"): _hit(row) for row in found}

    def _taken(self, rows: Collection[int], columns: list[str]) -> pa.Table:
        return self._table.take_row_ids(list(rows)).select(columns).with_row_id().to_arrow()

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        """Return chunks whole, by document and ordinal, with a score of 0."""
        keys = [_key(document, ordinal) for document, ordinal in places]
        documents = {document for document, _ in places}
        found = (
            self._table.search()
            .where(f"{_among('document', documents)} AND {_among('key', keys)}")
            .select(list(_HIT_COLUMNS))
            .to_arrow()
        )
        hits = (_hit(row) for row in found.to_pylist())
        return {(hit.document, hit.ordinal): hit for hit in hits}

    def _digests(self, document: DocumentId, more: str = "true") -> list[tuple[int, str]]:
        found = (
            self._table.search()
            .where(f"{_among('document', [document])} AND {more}")
            .select(["ordinal", "digest"])
            .to_arrow()
        )
        pairs = zip(found["ordinal"].to_pylist(), found["digest"].to_pylist(), strict=True)
        return sorted(pairs)

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


def _ranked(
    query: Any, scope: Sequence[DocumentId] | None, limit: int, score: str
) -> dict[int, float]:
    if scope is not None:
        query = query.where(_among("document", scope), prefilter=True)
    found = query.limit(limit).select([score]).with_row_id(True).to_arrow()
    return dict(zip(found["_rowid"].to_pylist(), found[score].to_pylist(), strict=True))


def _schema(dimension: int) -> pa.Schema:
    text, whole = pa.string(), pa.int32()
    return pa.schema(
        [
            pa.field("key", text, nullable=False),
            pa.field("document", text, nullable=False),
            pa.field("ordinal", whole, nullable=False),
            pa.field("page", whole, nullable=False),
            pa.field("page_label", text, nullable=False),
            pa.field("language", text, nullable=False),
            pa.field("header", text, nullable=False),
            pa.field("text", text, nullable=False),
            pa.field("words", pa.binary(), nullable=False),
            pa.field("terms", text, nullable=False),
            pa.field("amounts", text, nullable=False),
            pa.field("digest", text, nullable=False),
            pa.field("vector", pa.list_(pa.float32(), dimension), nullable=True),
        ]
    )


def _row(chunk: Chunk, name: str) -> dict[str, Any]:
    found = terms(f"{chunk.header}\n{chunk.text}", (chunk.language,))
    return {
        "key": _key(chunk.document, chunk.ordinal),
        "document": chunk.document,
        "ordinal": chunk.ordinal,
        "page": chunk.page,
        "page_label": chunk.page_label,
        "language": chunk.language,
        "header": chunk.header,
        "text": chunk.text,
        "words": _packed(chunk.words),
        "terms": " ".join(term for term in found if not is_amount(term)),
        "amounts": " ".join(term for term in found if is_amount(term)),
        "digest": name,
        "vector": None,
    }


def _hit(row: dict[str, Any]) -> Hit:
    return Hit(**{**row, "words": _unpacked(row["words"])}, score=0.0)


def _packed(words: Sequence[PlacedWord]) -> bytes:
    packed = np.zeros(len(words), _WORD)
    if words:
        packed["start"] = [word.start for word in words]
        packed["length"] = [min(word.end - word.start, 65_535) for word in words]
        packed["box"] = np.rint(np.asarray([word.box for word in words]) * _UNITS)
    return packed.tobytes()


def _unpacked(data: bytes) -> tuple[PlacedWord, ...]:
    packed = np.frombuffer(data, _WORD)
    starts = packed["start"].tolist()
    lengths = packed["length"].tolist()
    boxes = (packed["box"] / _UNITS).tolist()
    return tuple(
        PlacedWord(start, start + length, Box(*box))
        for start, length, box in zip(starts, lengths, boxes, strict=True)
    )


def _matrix(column: pa.ChunkedArray) -> list[Any]:
    """Return the vectors of a column as arrays, None where there is none."""
    rows: list[Any] = []
    for part in column.chunks:
        width = part.type.list_size
        start = part.offset * width
        flat = part.values.to_numpy(zero_copy_only=False)[start : start + len(part) * width]
        valid = part.is_valid().to_pylist()
        rows += [v if ok else None for v, ok in zip(flat.reshape(-1, width), valid, strict=True)]
    return rows


def _key(document: DocumentId, ordinal: int) -> str:
    return f"{document}:{ordinal}"


def _among(column: str, values: Iterable[str]) -> str:
    """Return a filter on hexadecimal names and keys, the only values that get here."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({quoted})" if quoted else "false"
