"""Libraries into one file and out of one, for the process that alone writes to the store.

    export      pages, PDFs and documents ─► rows ─► records
    bring       all rows looked at ─► pages, PDFs and documents ─► rows ─► told what came

Then, in the process that owns it, one transaction of SQLite makes it a library. Whatever breaks
off before leaves nothing that anybody knows of: it is removed at once, or at the next start.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag import __version__
from desktop_rag.domain.bundles import (
    Brought,
    Contents,
    DocumentRecord,
    Made,
    Manifest,
    TalkRecord,
)
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import RagError, StoreIncomplete
from desktop_rag.domain.ports import CancelToken
from desktop_rag.ingest import indexer
from desktop_rag.library.bundles import archive, originals, schema
from desktop_rag.library.bundles.archive import CHUNKS, MANIFEST, RECORDS, Bundle, refusing
from desktop_rag.library.bundles.schema import UnsoundRecord
from desktop_rag.library.disk import attached_files, converted_pdfs, page_store
from desktop_rag.library.disk.file_names import safe_name
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.bundles import (
    Carried,
    Exported,
    ExportLibrary,
    ImportLibrary,
    LookInto,
    Seen,
    Unloaded,
)
from desktop_rag.workers.processes.file_listing import fact_of_file

if TYPE_CHECKING:
    import pyarrow as pa

    from desktop_rag.engines.store.chunk_table import Table
    from desktop_rag.engines.store.stream import Check

_DOCUMENTS = 64  # whose rows are asked for at once
_RECORDS = 200  # in one reply
_DIGITS = 12  # of a document's id, which tell those apart that came in one
_ROWS = 8_192  # written at once: each write is a version of the table


def look(command: LookInto) -> Seen:
    """Say what a file with a library holds. Raises `BundleUnusable`."""
    with archive.reading(command.source) as bundle:
        return Seen(bundle.manifest)


@dataclass(frozen=True, slots=True)
class BundleStore:
    """The store that libraries go out of and come into; `made` says how its rows are made."""

    paths: Paths
    table: Table
    made: Made

    # Out

    def export(self, command: ExportLibrary, cancel: CancelToken) -> Iterator[Carried | Exported]:
        """Write a library into one file; see `ExportLibrary`."""
        documents = command.contents.documents
        held = self.table.holdings()
        records: list[DocumentRecord] = []
        with archive.writing(command.target) as bundle:
            for number, document in enumerate(documents):
                yield Carried(number // 2, len(documents))
                known = held.get(document.id, (0, 0))[0] == document.chunks
                record = self._pages(bundle, document, cancel)
                record = record if known else replace(record, chunks=0)
                if command.originals or record.within:  # which is nowhere else
                    record = self._original(bundle, record, cancel)
                records.append(record)
            for done in self._rows(bundle, records, cancel):
                yield Carried((len(documents) + done) // 2, len(documents))
            _describe(bundle, replace(command.contents, documents=tuple(records)), self.made)
        away = [_name(one) for one in records if command.originals and not one.original]
        yield Exported(command.target, command.target.stat().st_size, tuple(away))

    def _original(
        self, bundle: zipfile.ZipFile, document: DocumentRecord, cancel: CancelToken
    ) -> DocumentRecord:
        """Put the document itself in, if one of its files is there and is still that document."""
        for file in document.files:
            path = Path(file.path)
            if originals.holds(path, document.id, cancel.check):
                named = replace(document, original=safe_name(path.name))
                if archive.put(bundle, archive.original_name(named), path, cancel.check):
                    return named
        return document

    def _pages(
        self, bundle: zipfile.ZipFile, document: DocumentRecord, cancel: CancelToken
    ) -> DocumentRecord:
        id_, pages, made = document.id, self.paths.pages_folder, self.paths.converted_folder
        page_store.bind(pages, id_)
        read = archive.put(
            bundle, archive.pages_name(id_), page_store.place(pages, id_), cancel.check
        )
        shown = archive.put(
            bundle, archive.converted_name(id_), converted_pdfs.place(made, id_), cancel.check
        )
        return replace(document, read=read, converted=shown)

    def _rows(
        self, bundle: zipfile.ZipFile, records: Sequence[DocumentRecord], cancel: CancelToken
    ) -> Iterator[int]:
        """Write the rows, yielding of how many documents they are."""
        from desktop_rag.engines.store import stream

        with (
            archive.stored(bundle, CHUNKS) as file,
            stream.writing(file, self.made.dimension) as put,
        ):
            for start in range(0, len(records), _DOCUMENTS):
                group = records[start : start + _DOCUMENTS]
                lacking = sum(one.chunks for one in group)
                for batch in self.table.rows([one.id for one in group if one.chunks]):
                    cancel.check()
                    put(batch)
                    lacking -= len(batch)
                if lacking > 0:
                    raise StoreIncomplete(str(self.paths.vectors_folder))
                yield start + len(group)

    # In

    def bring(self, command: ImportLibrary, cancel: CancelToken) -> Iterator[Carried | Unloaded]:
        """Put what is in a file into the store; see `ImportLibrary`."""
        with archive.reading(command.source) as bundle:
            contents = _contents(bundle, cancel)
            wanted = [one for one in contents.documents if one.id not in command.ready]
            check = self._check(bundle, contents)
            if check is not None:
                for _ in _rows_of(bundle, check, cancel):
                    yield Carried(0, len(wanted))
            unpacking = _Unpacking(bundle, self.paths, command.into, check, cancel)
            try:
                brought: list[Brought] = []
                for number, record in enumerate(wanted):
                    yield Carried(number // 2, len(wanted))
                    brought.append(unpacking.bring(record))
                again = self._check(bundle, contents)  # the file may be another one by now
                if again is not None:
                    yield from self._put(_rows_of(bundle, again, cancel), wanted)
            except BaseException:
                self._remove([one.id for one in wanted if one.id not in command.known])
                unpacking.remove()
                raise
        yield from _told(contents, brought)

    def _check(self, bundle: Bundle, contents: Contents) -> Check | None:
        """Return what the rows have to be like; None where they are of no use here."""
        from desktop_rag.engines.store.stream import Check, Expected

        if not (bundle.manifest.made.fits(self.made) and bundle.has(CHUNKS)):
            return None
        documents = {
            one.id: Expected(one.pages, one.chunks) for one in contents.documents if one.chunks
        }

        def digest(text: str) -> str:
            return indexer.digest(indexer.embedded_form(text))

        return Check(self.made.dimension, documents, digest)

    def _put(
        self, rows: Iterator[pa.RecordBatch], wanted: Sequence[DocumentRecord]
    ) -> Iterator[Carried]:
        """Store the rows of these documents instead of what there is of them."""
        from desktop_rag.engines.store import stream

        ids = [one.id for one in wanted]
        total = sum(one.chunks for one in wanted) or 1
        self.table.remove(ids)
        among, waiting, count = stream.names(ids), [], 0
        for batch in rows:
            waiting.append(stream.only(batch, among))
            if sum(len(one) for one in waiting) >= _ROWS:
                count += self._stored(waiting)
            yield Carried(round(len(ids) * (1 + count / total) / 2), len(ids))
        if self._stored(waiting) or count:
            self.table.tidy()

    def _stored(self, waiting: list[pa.RecordBatch]) -> int:
        rows = sum(len(one) for one in waiting)
        if rows:
            self.table.put(waiting)
        waiting.clear()
        return rows

    def _remove(self, documents: Sequence[DocumentId]) -> None:
        """Leave nothing of documents that nobody knows yet."""
        with contextlib.suppress(RagError):
            page_store.remove(self.paths.pages_folder, documents)
            converted_pdfs.remove(self.paths.converted_folder, documents)
            self.table.remove(documents)


@dataclass(frozen=True, slots=True)
class _Unpacking:
    """Puts pages, PDFs and documents where they belong; `check` says which rows there are."""

    bundle: Bundle
    paths: Paths
    into: Path | None
    check: Check | None
    cancel: CancelToken
    _made: list[Path] = field(default_factory=list)

    def bring(self, record: DocumentRecord) -> Brought:
        """Put what there is of a document to its place."""
        pages, made = self.paths.pages_folder, self.paths.converted_folder
        if record.read:
            self.bundle.unpack_pages(pages, record.id, self.cancel.check)
        if record.converted:
            with converted_pdfs.making(made, record.id) as target, target.open("wb") as file:
                for piece in self.bundle.pieces(archive.converted_name(record.id)):
                    self.cancel.check()
                    file.write(piece)
        rows = self.check.documents.get(record.id) if self.check else None
        whole = rows is not None and not rows.lacking
        return Brought(record, record.chunks if rows else 0, whole, self._unpacked(record))

    def _unpacked(self, record: DocumentRecord) -> FileFact | None:
        into = self._attached(record) if record.within else self.into
        if into is None or not record.original:
            return None
        path, new = originals.unpack(self.bundle, record, into, self.cancel.check)
        if new:
            self._made.append(path)
        return fact_of_file(path)

    def _attached(self, record: DocumentRecord) -> Path:
        """Return a folder for what came in a document, as `attached_files` has them."""
        assert record.within is not None  # noqa: S101 - who calls has looked
        place = attached_files.place(self.paths.attachments_folder, record.within)
        return place / str(int(record.id[:_DIGITS], 16))

    def remove(self) -> None:
        """Leave nothing in the folder that was not there before."""
        for path in self._made:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def _rows_of(bundle: Bundle, check: Check, cancel: CancelToken) -> Iterator[pa.RecordBatch]:
    """Yield the rows as far as they are sound, and refuse the file where some are missing."""
    from desktop_rag.engines.store import stream

    with bundle.opened(CHUNKS) as file:
        for batch in stream.read(file, check):
            cancel.check()
            yield batch
        if not all(expected.whole for expected in check.documents.values()):
            raise stream.UnsoundStream


def _contents(bundle: Bundle, cancel: CancelToken) -> Contents:
    documents: dict[DocumentId, DocumentRecord] = {}
    talks: list[TalkRecord] = []
    for record in bundle.records():
        cancel.check()
        if isinstance(record, TalkRecord):
            talks.append(record)
        else:
            documents[record.id] = record
    manifest = bundle.manifest
    with refusing(bundle.path):
        if (len(documents), len(talks)) != (manifest.documents, manifest.conversations):
            raise UnsoundRecord
    return Contents(manifest.library, tuple(documents.values()), tuple(talks))


def _told(contents: Contents, brought: Sequence[Brought]) -> Iterator[Unloaded]:
    """Yield what came in parts, none of which is too much for a pipe."""
    by_id = {one.record.id: one for one in brought}
    for group in _groups(contents.documents):
        came = tuple(by_id[one.id] for one in group if one.id in by_id)
        yield Unloaded(Contents(contents.name, group, ()), came)
    for talk in contents.talks:
        yield Unloaded(Contents(contents.name, (), (talk,)), ())


def _groups(documents: Sequence[DocumentRecord]) -> Iterator[tuple[DocumentRecord, ...]]:
    for start in range(0, max(1, len(documents)), _RECORDS):
        yield tuple(documents[start : start + _RECORDS])


def _describe(bundle: zipfile.ZipFile, contents: Contents, made: Made) -> None:
    """Write the records, and what the file says of itself."""
    with bundle.open(RECORDS, "w", force_zip64=True) as file:
        records: tuple[DocumentRecord | TalkRecord, ...] = (*contents.documents, *contents.talks)
        file.writelines(map(schema.line_of, records))
    manifest = Manifest(
        format=schema.FORMAT,
        program=__version__,
        library=contents.name,
        made=made,
        documents=len(contents.documents),
        conversations=len(contents.talks),
        chunks=sum(one.chunks for one in contents.documents),
        originals=sum(bool(one.original) and not one.within for one in contents.documents),
    )
    bundle.writestr(MANIFEST, schema.manifest_bytes(manifest))


def _name(document: DocumentRecord) -> str:
    return Path(document.files[0].path).name
