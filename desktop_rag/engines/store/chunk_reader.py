"""Reads chunks from LanceDB: by word, by meaning, by exact strings and phrases, and by place.

A reader sees what was written after `refresh`, and until then the table as it was, so that the
row numbers of one search agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.occurrences import Net
from desktop_rag.domain.passages import Hit, Match, WrittenPassage
from desktop_rag.domain.ports import Vector
from desktop_rag.domain.statements import statements_in
from desktop_rag.engines.store import analyzer
from desktop_rag.engines.store.damage import guarded
from desktop_rag.engines.store.lance import (
    BooleanQuery,
    FullTextOperator,
    MatchQuery,
    Occur,
    lancedb,
)
from desktop_rag.engines.store.phrases import comparable, pattern_of
from desktop_rag.engines.store.rows import (
    ADDED,
    HIT_COLUMNS,
    among,
    hit,
    key,
    layer_of,
    matrix,
    schema,
    written,
)

PROBES = 64  #: lists of the ANN index that are looked at
_ROW_BITS = 32  # of a row's id; those above are its fragment's number
_ROWS_AT_ONCE = 512  # with everything in them
_SHORT = ("document", "ordinal", "page", "language")  # what a match has of a row as it is
_MOST_CANDIDATES = 20_000  # rows in which one phrase is looked for


@guarded
class ChunkReader:
    """The chunks of one embedder, for a process that reads them.

    Making one, and every method, raises `StoreDamaged` where the files cannot be read.
    """

    def __init__(self, folder: Path, name: str, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        database = lancedb.connect(folder)
        if any((folder / f"{name}.lance" / "_versions").glob("*.manifest")):
            self._table: Any = database.open_table(name)
        else:  # there is none yet
            self._table = database.create_table(name, schema=schema(dimension), exist_ok=True)
        self._complete()

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

    def fragments(self) -> list[tuple[int, int]]:
        """Return where the rows of each fragment begin and end; its file is not looked into."""
        found = self._table.search().select(["_rowid"]).with_row_id(True).to_arrow()
        numbers = found["_rowid"].to_numpy() >> _ROW_BITS
        ends = [*(np.flatnonzero(np.diff(numbers)) + 1).tolist(), len(numbers)]
        return [span for span in itertools.pairwise([0, *ends]) if span[0] < span[1]]

    def slice(self, start: int, end: int) -> pa.Table:
        """Return rows whole by their place in the table, of which no others are read."""
        found = self._table.take_offsets([*range(start, end)])
        return found.select(schema(self._dimension).names).to_arrow()

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
            query = query.nprobes(PROBES)
        else:  # as many as it takes to find enough within the scope
            query = query.minimum_nprobes(PROBES).maximum_nprobes(0)
        found = _ranked(query, scope, limit, "_distance")
        return {row: 1.0 - distance for row, distance in found.items()}  # LanceDB's is 1 - a·b

    def with_exact(
        self, keys: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        """See `domain.ports.Retriever`."""
        return self._holding("exact", keys, scope, limit)

    def with_terms(
        self, terms: Collection[str], scope: Sequence[DocumentId] | None, limit: int
    ) -> dict[int, frozenset[str]]:
        """See `domain.ports.Retriever`."""
        return self._holding("terms", terms, scope, limit)

    def _holding(
        self,
        column: str,
        wanted: Collection[str],
        scope: Sequence[DocumentId] | None,
        limit: int,
    ) -> dict[int, frozenset[str]]:
        """Return which of `wanted` each row has in a column of words."""
        if not wanted:
            return {}
        match: Any = MatchQuery
        query = self._table.search(match(" ".join(wanted), column), query_type="fts")
        found = _within(query, scope, limit, [column, "_score"])
        sought = frozenset(wanted)
        held = {
            row: sought.intersection((text or "").split())
            for row, text in zip(
                found["_rowid"].to_pylist(), found[column].to_pylist(), strict=True
            )
        }
        return {row: keys for row, keys in held.items() if keys}  # an index may not be there yet

    def with_phrase(
        self, phrase: str, languages: Sequence[str], scope: Sequence[DocumentId] | None
    ) -> list[int]:
        """See `domain.ports.Retriever`; looks into the first 20,000 rows that have its words."""
        pattern = pattern_of(phrase)
        if pattern is None:
            return []
        found = self._with_words(phrase, languages, scope)
        texts, headers = found["text"].to_pylist(), found["header"].to_pylist()
        in_text, in_header = [], []
        for row, text, header in zip(found["_rowid"].to_pylist(), texts, headers, strict=True):
            if pattern.search(comparable(text)):
                in_text.append(row)
            elif pattern.search(comparable(header)):
                in_header.append(row)
        return in_text + in_header

    def _with_words(
        self, phrase: str, languages: Sequence[str], scope: Sequence[DocumentId] | None
    ) -> pa.Table:
        """Return rows that have all words of a phrase, each in the languages that it may be in."""
        column, clauses = _words_apart(phrase, languages)
        match: Any = MatchQuery
        if not clauses:  # nothing but small words, which are not indexed
            return _within(self._table.search(), scope, _MOST_CANDIDATES, ["text", "header"])
        query: Any = match(clauses[0], column)
        if len(clauses) > 1 and all(" " not in clause for clause in clauses):
            query = match(" ".join(clauses), column, operator=FullTextOperator.AND)
        elif len(clauses) > 1:
            query = BooleanQuery([(Occur.MUST, match(clause, column)) for clause in clauses])
        query = self._table.search(query, query_type="fts")
        return _within(query, scope, _MOST_CANDIDATES, ["text", "header", "_score"])

    def written(self, net: Net, scope: Sequence[DocumentId] | None) -> list[WrittenPassage]:
        """Return every chunk that a net takes, document by document, each as it is read.

        All rows are looked at: there is no index of what a part of a word may be.
        """
        query = self._table.search().where(_taking(net, scope)).select(list(HIT_COLUMNS))
        return written(query.to_arrow())

    def count(self, scope: Sequence[DocumentId] | None) -> int:
        """See `domain.ports.Retriever`."""
        return int(self._table.count_rows(None if scope is None else among("document", scope)))

    def matches(
        self, rows: Collection[int], question: Vector | np.ndarray | None = None
    ) -> dict[int, Match]:
        """See `domain.ports.Retriever`; `question` is float32, (dimension,)."""
        found = self._taken(rows, [*_SHORT, "layer", "exact", "vector"])
        cosines = [_cosine(vector, question) for vector in matrix(found["vector"])]
        layers = map(layer_of, found["layer"].to_pylist())
        statements = (statements_in((keys or "").split()) for keys in found["exact"].to_pylist())
        plain = (found[name].to_pylist() for name in ("_rowid", *_SHORT))
        values = zip(*plain, cosines, layers, statements, strict=True)
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

    def passages(self, documents: Sequence[DocumentId], first: int | None = None) -> list[Hit]:
        """Return all chunks of these documents in this order, or the `first`, without their words.

        All of them are in memory at once.
        """
        places = {document: place for place, document in enumerate(documents)}
        columns = [name for name in HIT_COLUMNS if name not in {"words", "pages"}]
        where = among("document", documents)
        if first is not None:
            where = f"({where}) AND ordinal < {first:d}"
        found = self._table.search().where(where).select(columns)
        rows = found.to_arrow().to_pylist()
        rows.sort(key=lambda row: (places[row["document"]], row["ordinal"]))
        return [hit({**one, "words": b"", "pages": None}) for one in rows]

    def _complete(self) -> None:
        """Add the columns that a table of an older version lacks.

        The process that writes and the one that searches open it at the same time, and may both
        see that; the second is refused then, and finds them there.
        """
        while lacking := self._lacking_columns():
            try:
                self._table.add_columns({name: ADDED[name] for name in lacking})
            except RuntimeError:
                self._table.checkout_latest()
                if self._lacking_columns() == lacking:
                    raise

    def _lacking_columns(self) -> list[str]:
        return [name for name in ADDED if name not in self._table.schema.names]

    def _counted(self, where: str) -> dict[DocumentId, int]:
        found = self._table.search().where(where).select(["document"]).to_arrow()
        counts = found["document"].combine_chunks().value_counts().to_pylist()
        return {DocumentId(count["values"]): count["counts"] for count in counts}


def _cosine(vector: np.ndarray | None, question: Vector | np.ndarray | None) -> float:
    """Return the dot product of two unit vectors, float32, (dimension,), 0 where one is None."""
    if vector is None or question is None:
        return 0.0
    return float(vector @ np.asarray(question, np.float32))


def _ranked(
    query: Any, scope: Sequence[DocumentId] | None, limit: int, score: str
) -> dict[int, float]:
    found = _within(query, scope, limit, [score])
    return dict(zip(found["_rowid"].to_pylist(), found[score].to_pylist(), strict=True))


def _within(
    query: Any, scope: Sequence[DocumentId] | None, limit: int, columns: list[str]
) -> pa.Table:
    if scope is not None:
        query = query.where(among("document", scope), prefilter=True)
    return query.limit(limit).select(columns).with_row_id(True).to_arrow()


def _taking(net: Net, scope: Sequence[DocumentId] | None) -> str:
    """Return a filter for what a net takes."""
    columns = ("text", "header") if net.headed else ("text",)
    needed = [" OR ".join(_matches(column, one) for column in columns) for one in net.needed]
    taken = " AND ".join(f"({one})" for one in needed)
    edges = "".join(f" OR {_matches('text', one)}" for one in net.edges)
    return (
        f"({taken}{edges})" if scope is None else f"{among('document', scope)} AND ({taken}{edges})"
    )


def _matches(column: str, expression: str) -> str:
    quoted = expression.replace("'", "''")
    return f"regexp_like({column}, '(?i){quoted}')"


def _words_apart(phrase: str, languages: Sequence[str]) -> tuple[str, list[str]]:
    """Return a column, and for each word of a phrase that it has, what the word may be there."""
    spoken = tuple(languages) or ("en",)
    known = frozenset(analyzer.terms(f"{phrase} 0", spoken))  # the digit: so small words are out
    words = [list(dict.fromkeys(analyzer.terms(word, spoken))) for word in phrase.split()]
    told = [terms for terms in words if terms and known.issuperset(terms)]
    for column, figures in (("terms", False), ("amounts", True)):
        clauses = [
            " ".join(own)
            for terms in told
            if (own := [t for t in terms if is_amount(t) == figures])
        ]
        if clauses:
            return column, list(dict.fromkeys(clauses))
    return "terms", []
