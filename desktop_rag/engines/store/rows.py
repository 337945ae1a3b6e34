"""A chunk as a row of a table in LanceDB, and back.

    key = "document:ordinal"  text, header, words …  terms  amounts  digest  vector or null

`layer` and `pages` are null for text of the body, and where all words stand on the chunk's page.
`exact` has the keys of `exact_strings` and of the statements on the page, and is null in rows that
an older version wrote.

`terms` and `amounts` are the analysed text, split at white space by full-text
indexes without a language of their own. Amounts stand apart, because they would
make a page of figures look long and so of little weight to BM25.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from desktop_rag.domain.amounts import is_amount
from desktop_rag.domain.documents import Box, Chunk, DocumentId, Layer, PlacedWord
from desktop_rag.domain.passages import Hit, WrittenPassage
from desktop_rag.domain.ports import Vector
from desktop_rag.domain.unicode_text import storable
from desktop_rag.engines.store.analyzer import terms
from desktop_rag.engines.store.exact_strings import keys_of

LAYOUT = 1  #: of the columns: a table of another layout is not opened
HIT_COLUMNS = (
    "document",
    "ordinal",
    "page",
    "page_label",
    "language",
    "header",
    "text",
    "words",
    "recognized",
    "layer",
    "pages",
)
ADDED = {  #: columns that older tables lack, and what they hold there, in SQL
    "recognized": "false",
    "layer": "CAST(NULL AS string)",
    "pages": "CAST(NULL AS binary)",
    "exact": "CAST(NULL AS string)",
}
_UNITS = 65_535  # a box's fractions are kept as whole numbers of this many parts
_PACKED = struct.Struct("<I5H")  # as `WORD`
WORD = np.dtype([("start", "<u4"), ("length", "<u2"), ("box", "<u2", 4)])  #: one of `words`


def schema(dimension: int) -> pa.Schema:
    """Return the columns of a table whose vectors have so many numbers, in float32."""
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
            pa.field("recognized", pa.bool_(), nullable=True),
            pa.field("layer", text, nullable=True),
            pa.field("pages", pa.binary(), nullable=True),
            pa.field("exact", text, nullable=True),
        ]
    )


def row(chunk: Chunk, name: str, vector: Vector | None = None) -> dict[str, Any]:
    """Return a chunk as the table has it; `name` is its digest, `vector` of (dimension,)."""
    found = terms(f"{chunk.header}\n{chunk.text}", (chunk.language,))
    return {
        "key": key(chunk.document, chunk.ordinal),
        "document": chunk.document,
        "ordinal": chunk.ordinal,
        "page": chunk.page,
        "page_label": storable(chunk.page_label),
        "language": chunk.language,
        "header": storable(chunk.header),
        "text": storable(chunk.text),
        "words": _packed(chunk.words),
        "terms": " ".join(term for term in found if not is_amount(term)),
        "amounts": " ".join(term for term in found if is_amount(term)),
        "digest": name,
        "recognized": chunk.recognized,
        "layer": None if chunk.layer is Layer.BODY else str(chunk.layer),
        "pages": _packed_pages(chunk.words),
        "exact": " ".join(
            [
                *keys_of(chunk.text, chunk.header, chunk.language),
                *sorted(one.key for one in chunk.statements),
            ]
        ),
        "vector": vector,
    }


def hit(row: dict[str, Any]) -> Hit:
    """Return a row of `HIT_COLUMNS` as a hit with a score of 0."""
    found = {name: value for name, value in row.items() if name != "pages"}
    changed = {
        "words": _unpacked(row["words"], row["pages"]),
        "recognized": bool(row["recognized"]),
        "layer": layer_of(row["layer"]),
    }
    return Hit(**{**found, **changed}, score=0.0)


def written(found: pa.Table) -> list[WrittenPassage]:
    """Return rows of `HIT_COLUMNS` in the order of their documents, with no word unpacked."""
    rows = sorted(found.to_pylist(), key=lambda row: (row["document"], row["ordinal"]))
    return [
        WrittenPassage(
            document=DocumentId(row["document"]),
            ordinal=row["ordinal"],
            page=row["page"],
            page_label=row["page_label"],
            header=row["header"],
            text=row["text"],
            recognized=bool(row["recognized"]),
            layer=layer_of(row["layer"]),
            language=row["language"],
            placed=bool(row["words"]),
            words=_PlacedWithin(row["words"], row["pages"]),
        )
        for row in rows
    ]


def layer_of(stored: str | None) -> Layer:
    """Return the layer that a row names, the body where it names none."""
    return Layer(stored) if stored else Layer.BODY


def _packed(words: Sequence[PlacedWord]) -> bytes:
    packed = np.zeros(len(words), WORD)
    if words:
        packed["start"] = [word.start for word in words]
        packed["length"] = [min(word.end - word.start, 65_535) for word in words]
        packed["box"] = np.rint(np.asarray([word.box for word in words]) * _UNITS)
    return packed.tobytes()


def _packed_pages(words: Sequence[PlacedWord]) -> bytes | None:
    """Return how many pages after the chunk's own each word stands, a byte for each."""
    pages = bytes(min(word.page, 255) for word in words)
    return pages if any(pages) else None


def _unpacked(data: bytes, pages: bytes | None) -> tuple[PlacedWord, ...]:
    packed = np.frombuffer(data, WORD)
    after = pages if pages and len(pages) == len(packed) else bytes(len(packed))
    starts = packed["start"].tolist()
    lengths = packed["length"].tolist()
    boxes = (packed["box"] / _UNITS).tolist()
    return tuple(
        PlacedWord(start, start + length, Box(*box), page)
        for start, length, box, page in zip(starts, lengths, boxes, after, strict=True)
    )


class _PlacedWithin:
    """Gives the words that have one of the characters `start` to before `end`; unpacks no others.

    Words stand in the order of their text.
    """

    __slots__ = ("_count", "_data", "_pages")

    def __init__(self, data: bytes, pages: bytes | None) -> None:
        self._data = data
        self._count = len(data) // _PACKED.size
        self._pages = pages if pages and len(pages) == self._count else None

    def __call__(self, start: int, end: int) -> tuple[PlacedWord, ...]:
        places = range(self._count)
        first = bisect_right(places, start, key=self._end)
        last = bisect_left(places, end, lo=first, key=self._start)
        return tuple(map(self._word, range(first, last)))

    def _start(self, at: int) -> int:
        start, *_ = _PACKED.unpack_from(self._data, at * _PACKED.size)
        return int(start)

    def _end(self, at: int) -> int:
        start, length, *_ = _PACKED.unpack_from(self._data, at * _PACKED.size)
        return int(start + length)

    def _word(self, at: int) -> PlacedWord:
        start, length, *box = _PACKED.unpack_from(self._data, at * _PACKED.size)
        page = self._pages[at] if self._pages else 0
        return PlacedWord(start, start + length, Box(*(side / _UNITS for side in box)), page)


def matrix(column: pa.ChunkedArray) -> list[Any]:
    """Return the vectors of a column, each float32, (dimension,), None where there is none."""
    rows: list[Any] = []
    for part in column.chunks:
        width = part.type.list_size
        start = part.offset * width
        flat = part.values.to_numpy(zero_copy_only=False)[start : start + len(part) * width]
        valid = part.is_valid().to_pylist()
        rows += [v if ok else None for v, ok in zip(flat.reshape(-1, width), valid, strict=True)]
    return rows


def key(document: DocumentId, ordinal: int) -> str:
    """Name a chunk."""
    return f"{document}:{ordinal}"


def among(column: str, values: Iterable[str]) -> str:
    """Return a filter on hexadecimal names and keys, the only values that get here."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({quoted})" if quoted else "false"
