"""Libraries into one file and out of one, for the process that alone writes to the store.

    export      pages, PDFs and documents ─► rows ─► records ─► all of it read through
    bring       all rows looked at ─► pages, PDFs and documents ─► rows ─► told what came

Then, in the process that owns it, one transaction of SQLite makes it a library. Whatever breaks
off before leaves nothing that anybody knows of: it is removed at once, or at the next start.
What is damaged of one document costs no other one anything.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_rag import __version__
from desktop_rag.domain.bundles import (
    Brought,
    Contents,
    DocumentRecord,
    Made,
    Manifest,
    TalkRecord,
    impersonal,
    name_of,
)
from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    BundleUnusable,
    ExportUnreadable,
    RagError,
    StoreIncomplete,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.ingest import indexer
from desktop_rag.library.bundles import archive, originals, schema
from desktop_rag.library.bundles.archive import CHUNKS, Bundle, refusing
from desktop_rag.library.bundles.schema import UnsoundRecord
from desktop_rag.library.disk import attached_files, converted_pdfs, made_files, page_store
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
    from desktop_rag.engines.store.stream import Check, Expected

Came = TypeVar("Came")

_DOCUMENTS = 64  # whose rows are asked for at once
_RECORDS = 200  # in one reply
_DIGITS = 12  # of a document's id, which tell those apart that came in one
_NAMES = 1_000  # of damaged documents are told
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
        damaged: list[str] = []

        def check(part: Path) -> None:
            damaged.extend(self._read_back(part, command.target, cancel))

        with archive.writing(command.target, check) as bundle:
            for number, document in enumerate(documents):
                yield Carried(number // 2, len(documents))
                known = held.get(document.id, (0, 0))[0] == document.chunks
                record = self._pages(bundle, document, cancel)
                if not record.read and self._was_read(record.id):
                    damaged.append(_name(record))
                record = record if known else replace(record, chunks=0)
                if command.originals or record.within:  # which is nowhere else
                    record = self._original(bundle, record, cancel)
                records.append(record)
            for done in self._rows(bundle, records, cancel):
                yield Carried((len(documents) + done) // 2, len(documents))
            contents = replace(command.contents, documents=tuple(records))
            told = contents if command.places else impersonal(contents)
            damaged += _describe(bundle, told, self.made)
        away = [_name(one) for one in records if command.originals and not one.original]
        size = command.target.stat().st_size
        yield Exported(command.target, size, _told_names(away), _told_names(damaged))

    def _was_read(self, document: DocumentId) -> bool:
        return page_store.place(self.paths.pages_folder, document).exists()

    def _read_back(self, part: Path, target: Path, cancel: CancelToken) -> list[str]:
        """Read a file as whoever brings it in does, and return the documents that it lacks.

        Raises `ExportUnreadable`.
        """
        try:
            with archive.reading(part) as bundle:
                contents = _contents(bundle, cancel)
                check = self._check(bundle, contents.documents)
                for _ in _rows_of(bundle, check, cancel) if check else bundle.pieces(CHUNKS):
                    cancel.check()
                for record in contents.documents:
                    _read_through(bundle, record, self.paths.pages_folder, cancel.check)
        except BundleUnusable as error:
            raise ExportUnreadable(str(target)) from error
        rows = check.documents if check else {}
        lost = [one for one in contents.documents if one.id in rows and not rows[one.id].whole]
        return [*contents.damaged, *map(_name, lost)]

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
        id_, made = document.id, self.paths.converted_folder
        read = archive.put_pages(bundle, self.paths.pages_folder, id_, cancel.check)
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
            yield Carried(0, len(wanted))
            rows = self._sound_rows(bundle, wanted, cancel)
            unpacking = _Unpacking(bundle, self.paths, command.into, rows, cancel)
            try:
                brought: list[Brought] = []
                for number, record in enumerate(wanted):
                    yield Carried(number // 2, len(wanted))
                    brought += unpacking.bring(record)
                self._remove(unpacking.lost - command.known)
                self._note([one.record.id for one in brought])
                if rows is not None:
                    yield from self._put(bundle, brought, cancel)
            except BaseException:
                self._remove({one.id for one in wanted} - command.known)
                unpacking.remove()
                raise
        documents = (one for one in contents.documents if one.id not in unpacking.lost)
        contents = replace(
            contents,
            documents=tuple(documents),
            damaged=_told_names([*contents.damaged, *unpacking.damaged]),
        )
        if contents.damaged and not (contents.documents or contents.talks):
            raise BundleUnusable(str(command.source), "broken")
        yield from _told(contents, brought)

    def _sound_rows(
        self, bundle: Bundle, records: Sequence[DocumentRecord], cancel: CancelToken
    ) -> dict[DocumentId, Expected] | None:
        """Return the documents whose rows are whole and sound; None where they are of no use."""
        check = self._check(bundle, records)
        if check is None:
            return None
        try:
            for _ in _rows_of(bundle, check, cancel):
                pass
        except BundleUnusable:
            return {}
        return {id_: rows for id_, rows in check.documents.items() if rows.whole}

    def _check(self, bundle: Bundle, records: Sequence[DocumentRecord]) -> Check | None:
        """Return what the rows have to be like; None where they are of no use here."""
        from desktop_rag.engines.store.stream import Check, Expected

        if not (bundle.manifest.made.fits(self.made) and bundle.has(CHUNKS)):
            return None
        documents = {one.id: Expected(one.pages, one.chunks) for one in records if one.chunks}

        def digest(text: str) -> str:
            return indexer.digest(indexer.embedded_form(text))

        return Check(self.made.dimension, documents, digest)

    def _put(
        self, bundle: Bundle, brought: Sequence[Brought], cancel: CancelToken
    ) -> Iterator[Carried]:
        """Store the rows of these documents instead of what there is of them."""
        from desktop_rag.engines.store import stream

        records = [one.record for one in brought if one.chunks]
        self.table.remove([one.record.id for one in brought])
        check = self._check(bundle, records) if records else None
        if check is None:
            return
        total = sum(one.chunks for one in records)
        among, waiting, count = stream.names([one.id for one in records]), [], 0
        for batch in _rows_of(bundle, check, cancel):
            waiting.append(stream.only(batch, among))
            if sum(len(one) for one in waiting) >= _ROWS:
                count += self._stored(waiting)
            yield Carried(round(len(brought) * (1 + count / total) / 2), len(brought))
        if not all(rows.whole for rows in check.documents.values()):  # it is another file by now
            raise BundleUnusable(str(bundle.path), "broken")
        if self._stored(waiting) or count:
            self.table.tidy()

    def _stored(self, waiting: list[pa.RecordBatch]) -> int:
        rows = sum(len(one) for one in waiting)
        if rows:
            self.table.put(waiting)
        waiting.clear()
        return rows

    def _note(self, documents: Sequence[DocumentId]) -> None:
        """Note what came with documents, so that damage to it is seen."""
        for document in documents:
            files = made_files.of(self.paths, document)
            made_files.note(self.paths.pages_folder, document, files)

    def _remove(self, documents: Set[DocumentId]) -> None:
        """Leave nothing of documents that nobody knows yet."""
        with contextlib.suppress(RagError):
            made_files.remove(self.paths.pages_folder, documents)
            page_store.remove(self.paths.pages_folder, documents)
            converted_pdfs.remove(self.paths.converted_folder, documents)
            self.table.remove(list(documents))


@dataclass(slots=True)
class _Unpacking:
    """Puts pages, PDFs and documents where they belong; `rows` are those that are sound.

    Of the `damaged` documents not everything could be had, of the `lost` ones nothing.
    """

    bundle: Bundle
    paths: Paths
    into: Path | None
    rows: Mapping[DocumentId, Expected] | None
    cancel: CancelToken
    damaged: list[str] = field(default_factory=list)
    lost: set[DocumentId] = field(default_factory=set)
    _made: list[Path] = field(default_factory=list)
    _sound: bool = True

    def bring(self, record: DocumentRecord) -> list[Brought]:
        """Put what there is of a document to its place; nothing comes of one that is lost."""
        rows = (self.rows or {}).get(record.id)
        self._sound = self.rows is None or not record.chunks or rows is not None
        read = self._tried(self._read, record)
        self._tried(self._shown, record)
        unpacked = self._tried(self._unpacked, record)
        if not self._sound:
            self.damaged.append(_name(record))
            if not (read or rows or unpacked):
                self.lost.add(record.id)
                return []
        whole = rows is not None and not rows.lacking
        return [Brought(record, record.chunks if rows else 0, whole, unpacked)]

    def _tried(self, step: Callable[[DocumentRecord], Came], record: DocumentRecord) -> Came | None:
        try:
            return step(record)
        except BundleUnusable:
            self._sound = False
            return None

    def _read(self, record: DocumentRecord) -> bool:
        if record.read:
            self.bundle.unpack_pages(self.paths.pages_folder, record.id, self.cancel.check)
        return record.read

    def _shown(self, record: DocumentRecord) -> None:
        if not record.converted:
            return
        with (
            converted_pdfs.making(self.paths.converted_folder, record.id) as target,
            target.open("wb") as file,
        ):
            for piece in self.bundle.pieces(archive.converted_name(record.id)):
                self.cancel.check()
                file.write(piece)

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


def _read_through(
    bundle: Bundle, record: DocumentRecord, folder: Path, check: Callable[[], None]
) -> None:
    """Read everything that a file has of a document; large pages are unpacked in a folder.

    Raises `BundleUnusable`, and `DiskFull`.
    """
    if record.read:
        for _ in bundle.pages(record.id, check, folder):
            pass
    if record.converted:
        for _ in bundle.pieces(archive.converted_name(record.id)):
            check()
    if record.original:
        for _ in originals.pieces(bundle, record, check):
            pass


def _rows_of(bundle: Bundle, check: Check, cancel: CancelToken) -> Iterator[pa.RecordBatch]:
    """Yield the rows, and have `check` note which are sound. Raises `BundleUnusable`."""
    from desktop_rag.engines.store import stream

    with bundle.opened(CHUNKS) as file:
        for batch in stream.read(file, check):
            cancel.check()
            yield batch
        while file.read(archive.PIECE):  # what is damaged behind the rows is damaged, too
            pass


def _contents(bundle: Bundle, cancel: CancelToken) -> Contents:
    documents: dict[DocumentId, DocumentRecord] = {}
    talks: list[TalkRecord] = []
    damaged: list[str] = []
    for record in bundle.records():
        cancel.check()
        match record:
            case TalkRecord():
                talks.append(record)
            case DocumentRecord():
                documents[record.id] = record
            case _:
                damaged.append(record)
    manifest = bundle.manifest
    with refusing(bundle.path):
        found = len(documents) + len(talks) + len(damaged)
        if found != manifest.documents + manifest.conversations:
            raise UnsoundRecord
    return Contents(manifest.library, tuple(documents.values()), tuple(talks), tuple(damaged))


def _told(contents: Contents, brought: Sequence[Brought]) -> Iterator[Unloaded]:
    """Yield what came in parts, none of which is too much for a pipe."""
    by_id = {one.record.id: one for one in brought}
    if contents.damaged:
        yield Unloaded(Contents(contents.name, (), (), contents.damaged), ())
    for group in _groups(contents.documents):
        came = tuple(by_id[one.id] for one in group if one.id in by_id)
        yield Unloaded(Contents(contents.name, group, ()), came)
    for talk in contents.talks:
        yield Unloaded(Contents(contents.name, (), (talk,)), ())


def _groups(documents: Sequence[DocumentRecord]) -> Iterator[tuple[DocumentRecord, ...]]:
    for start in range(0, max(1, len(documents)), _RECORDS):
        yield tuple(documents[start : start + _RECORDS])


def _describe(bundle: zipfile.ZipFile, contents: Contents, made: Made) -> list[str]:
    """Write the records, and what the file says of itself; return what cannot be a record."""
    lines: dict[DocumentRecord | TalkRecord, bytes] = {}
    damaged: list[str] = []
    records: tuple[DocumentRecord | TalkRecord, ...] = (*contents.documents, *contents.talks)
    for record in records:
        try:
            lines[record] = schema.line_of(record)
        except UnsoundRecord:
            damaged.append(_name(record) if isinstance(record, DocumentRecord) else record.title)
    archive.write_records(bundle, list(lines.values()))
    documents = [one for one in contents.documents if one in lines]
    manifest = Manifest(
        format=schema.FORMAT,
        program=__version__,
        library=contents.name,
        made=made,
        documents=len(documents),
        conversations=len(lines) - len(documents),
        chunks=sum(one.chunks for one in documents),
        originals=sum(bool(one.original) and not one.within for one in documents),
    )
    archive.write_manifest(bundle, manifest)
    return damaged


def _name(document: DocumentRecord) -> str:
    return name_of(document.files[0])


def _told_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return each name once, and no more than anybody reads."""
    return tuple(dict.fromkeys(names))[:_NAMES]
