"""Rows of the store as a stream of Arrow: written, and read as the stranger's that it may be."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desktop_rag.domain.documents import DocumentId, Layer
from desktop_rag.engines.store.rows import WORD, key, schema

_MOST_ROWS = 65_536  # in one batch
_MOST_BYTES = 256 << 20  # of one batch
_LARGE_BYTES = _MOST_BYTES // 4  # from which on a batch is written in parts
_MOST_TEXT = 1 << 20  # letters of one chunk
_CODE = 16  # letters of a language's
_UNIT = 0.02  # by which a vector may be longer or shorter than 1: weights of 8 bits round
_LATER = ("layer", "pages", "exact")  # columns that the first version of such files lacks
_LAYERS = frozenset({None, *map(str, Layer)})
_HEADER, _COMPRESSION = 2, 3  # where Arrow's format has them in a message and in a batch


class UnsoundStream(ValueError):
    """Something in the stream is not as this program would have written it."""


@dataclass(slots=True)
class Expected:
    """The rows that a document is to have, each once; `pages` is how many it has."""

    pages: int
    chunks: int
    lacking: int = 0  #: of those seen, how many have no vector
    _seen: set[int] = field(default_factory=set)
    _damaged: bool = False

    def note(self, ordinal: int, *, embedded: bool) -> None:
        """Count a row. Raises `UnsoundStream`."""
        if not 0 <= ordinal < self.chunks or ordinal in self._seen:
            raise UnsoundStream
        self._seen.add(ordinal)
        self.lacking += not embedded

    def doubt(self) -> None:
        """Trust none of the rows."""
        self._damaged = True

    @property
    def whole(self) -> bool:
        """Whether every row was there, and sound."""
        return len(self._seen) == self.chunks and not self._damaged


@dataclass(frozen=True, slots=True)
class Check:
    """What rows of some documents have to be like; those of others are of no interest.

    `digest` names a text by what is embedded of it.
    """

    dimension: int
    documents: dict[DocumentId, Expected]
    digest: Callable[[str], str]

    def batch(self, batch: pa.RecordBatch) -> None:
        """Note the rows of a batch; those that are not sound cost only their document its own.

        Raises `UnsoundStream` where it is no batch.
        """
        batch.validate(full=True)
        if batch.num_rows > _MOST_ROWS:
            raise UnsoundStream
        for run in _runs(batch):
            expected = self.documents.get(run["document"][0].as_py())
            if expected is not None:
                try:
                    self._rows(run)
                except ValueError:
                    expected.doubt()

    def _rows(self, rows: pa.RecordBatch) -> None:
        if any(
            column.null_count
            for column, kind in zip(rows.columns, rows.schema, strict=True)
            if not kind.nullable
        ):
            raise UnsoundStream
        self._vectors(rows["vector"])
        embedded = rows["vector"].is_valid().to_pylist()
        wanted = ("key", "document", "ordinal", "page", "language", "text", "words", "digest")
        columns = (rows[name].to_pylist() for name in wanted)
        for row, has in zip(zip(*columns, strict=True), embedded, strict=True):
            self._row(*row, embedded=has)
        if not _LAYERS.issuperset(rows["layer"].to_pylist()):
            raise UnsoundStream
        words, pages = rows["words"].to_pylist(), rows["pages"].to_pylist()
        if any(
            more and len(more) * WORD.itemsize != len(one)
            for one, more in zip(words, pages, strict=True)
        ):
            raise UnsoundStream

    def _row(  # noqa: PLR0913, PLR0917 - one for each column
        self,
        name: str,
        document: DocumentId,
        ordinal: int,
        page: int,
        language: str,
        text: str,
        words: bytes,
        digest: str,
        *,
        embedded: bool,
    ) -> None:
        expected = self.documents.get(document)
        if expected is None or name != key(document, ordinal) or not 0 <= page < expected.pages:
            raise UnsoundStream
        if len(text) > _MOST_TEXT or len(language) > _CODE or digest != self.digest(text):
            raise UnsoundStream
        self._words(words, len(text))
        expected.note(ordinal, embedded=embedded)

    def _words(self, words: bytes, length: int) -> None:
        placed = np.frombuffer(words, WORD)  # refuses what is no whole number of them
        if len(placed) and (placed["start"].astype(np.int64) + placed["length"]).max() > length:
            raise UnsoundStream

    def _vectors(self, column: pa.FixedSizeListArray) -> None:
        there = column.drop_null()
        values = there.flatten()
        if values.null_count:
            raise UnsoundStream
        vectors = values.to_numpy().reshape(-1, self.dimension)
        with np.errstate(all="ignore"):  # what is beyond all numbers is of no length 1 either
            lengths = np.linalg.norm(vectors, axis=1)
        if not (np.abs(lengths - 1) < _UNIT).all():  # nor is any that is no number
            raise UnsoundStream


@dataclass(slots=True)
class _Sips:
    """A file of which no more is read at once than a batch may have."""

    file: IO[bytes]
    closed: bool = False

    def read(self, size: int) -> bytes:
        """Read so many bytes."""
        if not 0 <= size <= _MOST_BYTES:
            raise UnsoundStream
        return self.file.read(size)

    def seekable(self) -> bool:
        """Say that it is read from its beginning to its end."""
        return False


@contextlib.contextmanager
def writing(file: IO[bytes], dimension: int) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """Give what writes rows, a batch at a time."""
    columns = schema(dimension)

    def put(batch: pa.RecordBatch) -> None:
        if batch.num_rows > 1 and (batch.num_rows > _MOST_ROWS or batch.nbytes > _LARGE_BYTES):
            half = batch.num_rows // 2
            put(batch.slice(0, half))
            put(batch.slice(half))
            return
        arrays = [batch[name] for name in columns.names]
        stream.write_batch(pa.RecordBatch.from_arrays(arrays, schema=columns))

    with pa.ipc.new_stream(file, columns) as stream:
        yield put


def read(file: IO[bytes], check: Check) -> Iterator[pa.RecordBatch]:
    """Yield rows, a batch at a time, and have `check` note which are sound.

    Raises `UnsoundStream` where they are no rows at all.
    """
    columns = schema(check.dimension)
    try:
        messages = pa.ipc.MessageReader.open_stream(pa.PythonFile(_Sips(file), "r"))
        given = _known_schema(messages.read_next_message(), columns)
        while True:
            try:
                message = messages.read_next_message()
            except StopIteration:
                return
            _check_message(message)
            batch = _completed(pa.ipc.read_record_batch(message, given), columns)
            check.batch(batch)
            yield batch
    except (pa.ArrowException, struct.error, OverflowError, MemoryError, UnicodeError) as error:
        raise UnsoundStream from error


def _runs(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Yield the rows that stand together and are of one document."""
    names = batch["document"]
    if not len(names):
        return
    changes = pc.fill_null(pc.not_equal(names[1:], names[:-1]), fill_value=True)
    ends = [*(np.flatnonzero(changes.to_numpy(zero_copy_only=False)) + 1).tolist(), len(names)]
    start = 0
    for end in ends:
        yield batch.slice(start, end - start)
        start = end


def _known_schema(message: pa.ipc.Message, columns: pa.Schema) -> pa.Schema:
    """Return the columns of a stream, which may lack the last ones: older versions had fewer."""
    if message.type == "schema":
        given = pa.ipc.read_schema(message)
        first = len(columns) - len(_LATER)
        if given.equals(columns) or given.equals(pa.schema(list(columns)[:first])):
            return given
    raise UnsoundStream


def _completed(batch: pa.RecordBatch, columns: pa.Schema) -> pa.RecordBatch:
    lacking = list(columns)[batch.num_columns :]
    arrays = [*batch.columns, *(pa.nulls(len(batch), field.type) for field in lacking)]
    return pa.RecordBatch.from_arrays(arrays, schema=columns)


def _check_message(message: pa.ipc.Message) -> None:
    """Refuse what is no plain batch: one that is packed could unpack to anything."""
    if message.type != "record batch" or message.body is None:
        raise UnsoundStream
    data = message.metadata.to_pybytes()
    (root,) = struct.unpack_from("<I", data)
    header = _field(data, root, _HEADER)
    (offset,) = struct.unpack_from("<I", data, header)
    if not header or _field(data, header + offset, _COMPRESSION):
        raise UnsoundStream


def _field(data: bytes, table: int, number: int) -> int:
    """Return where a field of a flatbuffer's table begins, 0 where it has none."""
    (back,) = struct.unpack_from("<i", data, table)
    index = table - back
    if index < 0:
        raise UnsoundStream
    (size,) = struct.unpack_from("<H", data, index)
    at = 4 + 2 * number
    if at + 2 > size:
        return 0
    (offset,) = struct.unpack_from("<H", data, index + at)
    return table + int(offset) if offset else 0


def only(batch: pa.RecordBatch, documents: pa.Array) -> pa.RecordBatch:
    """Return the rows of these documents."""
    return batch.filter(pc.is_in(batch["document"], value_set=documents))


def names(documents: Collection[DocumentId]) -> pa.Array:
    """Return documents as `only` wants them."""
    return pa.array(documents, pa.string())
