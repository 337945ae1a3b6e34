"""The file that holds a library: a ZIP whose members are found by their names, never by paths.

    manifest.json         what the file is, and how its rows were made
    records.jsonl         documents and conversations, one in a line
    chunks.arrow          rows with their vectors, as a stream
    pages/<id>.zip        what was read of a document
    converted/<id>.pdf    the PDF that was made of one of another kind
    files/<id>/<name>     the document itself

It is written beside its place, read through, and takes its place when it is whole. Members do
not say when they were made. Whoever reads it trusts nothing of it: members have the names and at
most the sizes that they may have, records unpack to no more than a multiple, and nothing else is
packed or shares a byte with another.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop_rag.domain.bounds import MEMBER
from desktop_rag.domain.bundles import DocumentRecord, Manifest, TalkRecord
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import BundleUnusable
from desktop_rag.library.bundles import schema
from desktop_rag.library.bundles.schema import UnsoundRecord
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import FULL, reported

PIECE = 1 << 20  #: bytes read or written at once
MANIFEST, RECORDS, CHUNKS = "manifest.json", "records.jsonl", "chunks.arrow"

_MOST = {  # bytes of a member, by the beginning of its name
    MANIFEST: 1 << 20,
    RECORDS: 8 << 30,
    CHUNKS: 1 << 40,
    "pages/": 4 << 30,
    "converted/": 4 << 30,
    "files/": 1 << 36,
}
_PACKED = {MANIFEST, RECORDS}
_UNPACKED = 200  # times the bytes that they take: text seldom has twenty
_SMALL = MEMBER  # bytes that anything packed may unpack to; of a page, at most
_DIRECTORY = 256 << 20  # bytes of the list of members, of which each has some 150
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sLQL")
_WHOLE_64 = struct.Struct("<4sQ2H2L4Q")
BROKEN = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)
_UNREADABLE = (*BROKEN, TypeError, AttributeError, OverflowError)  # of what is kept here


def pages_name(document: DocumentId) -> str:
    """Name the member that holds what was read of a document."""
    return f"pages/{document}.zip"


def converted_name(document: DocumentId) -> str:
    """Name the member that holds the PDF that was made of a document."""
    return f"converted/{document}.pdf"


def original_name(record: DocumentRecord) -> str:
    """Name the member that holds the document itself."""
    return f"files/{record.id}/{record.original}"


@contextlib.contextmanager
def writing(target: Path, check: Callable[[Path], None]) -> Iterator[zipfile.ZipFile]:
    """Give a file to write that takes its place at the end, or else is gone.

    `check` is given the whole file before that, and may raise. Raises `DiskFull` or
    `DataUnreadable`.
    """
    part = target.with_name(f"{target.name}.part")
    with reported(target):
        try:
            with part.open("wb") as file, zipfile.ZipFile(file, "w") as bundle:
                yield bundle
            check(part)
            os.replace(part, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def stored(bundle: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Return a member to be written that is not packed."""
    return bundle.open(zipfile.ZipInfo(name), "w", force_zip64=True)


def write_records(bundle: zipfile.ZipFile, lines: Sequence[bytes]) -> None:
    """Write the records, packed unless they might unpack to more than a multiple."""
    member = zipfile.ZipInfo(RECORDS)
    if sum(map(len, lines)) <= _SMALL:
        member.compress_type = zipfile.ZIP_DEFLATED
    with bundle.open(member, "w", force_zip64=True) as file:
        file.writelines(lines)


def write_manifest(bundle: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write what the file says of itself."""
    bundle.writestr(zipfile.ZipInfo(MANIFEST), schema.manifest_bytes(manifest))


def put(bundle: zipfile.ZipFile, name: str, source: Path, check: Callable[[], None]) -> bool:
    """Put a file in as it is, piece by piece; False where it cannot be opened or is too large.

    `check` is called before each piece, and may raise.
    """
    try:
        file = source.open("rb")
    except OSError:
        return False
    most = next(most for kind, most in _MOST.items() if name.startswith(kind))
    with file:
        if os.fstat(file.fileno()).st_size > most:
            return False
        with stored(bundle, name) as member:
            while piece := file.read(PIECE):
                check()
                member.write(piece)
    return True


def put_pages(
    bundle: zipfile.ZipFile, folder: Path, document: DocumentId, check: Callable[[], None]
) -> bool:
    """Put what was read of a document in, cut where it has to be; False where that is not sound.

    `check` is called before each page, and may raise.
    """
    for source in (_as_kept, _cut):
        with tempfile.SpooledTemporaryFile(_SMALL, dir=str(folder)) as copy:
            try:
                source(copy, folder, document, check)
            except _UNREADABLE as error:
                if getattr(error, "errno", None) in FULL:
                    raise
                continue
            copy.seek(0)
            with stored(bundle, pages_name(document)) as member:
                shutil.copyfileobj(copy, member, PIECE)
            return True
    return False


def _as_kept(
    copy: IO[bytes], folder: Path, document: DocumentId, check: Callable[[], None]
) -> None:
    if page_store.unbound(folder, document):
        raise UnsoundRecord
    with (
        zipfile.ZipFile(page_store.place(folder, document)) as pages,
        page_store.packed(copy) as target,
    ):
        for name, text in _sound_pages(pages):
            check()
            target(name, text)


def _cut(copy: IO[bytes], folder: Path, document: DocumentId, check: Callable[[], None]) -> None:
    """Write what an older version kept beyond bounds, and pages that wait to be bound."""
    loaded = page_store.load(folder, document)
    if loaded is None:
        raise UnsoundRecord
    form = page_store.form(folder, document)
    for _ in page_store.write(copy, *loaded, form):
        check()
    with _zip_of(copy) as pages:
        for _ in _sound_pages(pages):
            check()


@contextlib.contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Say of whatever is wrong with a file's content that the file is damaged."""
    try:
        yield
    except BROKEN as error:
        raise BundleUnusable(str(path), "broken") from error


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file with a library, opened to be read. Its methods raise `BundleUnusable`."""

    path: Path
    manifest: Manifest
    _zip: zipfile.ZipFile
    _names: frozenset[str]

    def records(self) -> Iterator[DocumentRecord | TalkRecord | str]:
        """Yield the documents, in their order, and the conversations.

        Of one that is not sound, its title is yielded.
        """
        with self.opened(RECORDS) as file, io.BufferedReader(file, PIECE) as lines:  # type: ignore[type-var]
            while line := lines.readline(schema.LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise UnsoundRecord
                try:
                    yield schema.record_of(line)
                except UnsoundRecord:
                    yield schema.title_in(line)

    def has(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name in self._names

    @contextlib.contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member, to be read in pieces."""
        with refusing(self.path), self._zip.open(name) as file:
            yield file

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a member piece by piece."""
        with self.opened(name) as file:
            while piece := file.read(PIECE):
                yield piece

    def unpack_pages(self, folder: Path, document: DocumentId, check: Callable[[], None]) -> None:
        """Keep what was read of a document, written anew page by page as far as it is sound."""
        with page_store.replacing(folder, document) as target:
            for name, text in self.pages(document, check, folder):
                target(name, text)

    def pages(
        self, document: DocumentId, check: Callable[[], None], folder: Path
    ) -> Iterator[tuple[str, bytes]]:
        """Yield what was read of a document, by names; `check` is called before each page.

        It is unpacked in a folder that can be written. Raises `DiskFull`.
        """
        with reported(folder), tempfile.SpooledTemporaryFile(_SMALL, dir=str(folder)) as copy:
            for piece in self.pieces(pages_name(document)):
                check()
                copy.write(piece)
            with refusing(self.path), _zip_of(copy) as pages:
                for name, text in _sound_pages(pages):
                    check()
                    yield name, text


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Bundle]:
    """Open a file with a library. Raises `BundleUnusable`."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BundleUnusable(str(path), "unreadable") from error
    with file:
        try:
            opened = _zip_of(file)
        except BROKEN as error:
            raise BundleUnusable(str(path), "foreign") from error
        with opened:
            manifest = _manifest(path, opened)
            with refusing(path):
                names = _checked_names(opened, path.stat().st_size)
            yield Bundle(path, manifest, opened, names)


def _manifest(path: Path, bundle: zipfile.ZipFile) -> Manifest:
    try:
        text = _whole(bundle, MANIFEST)
    except BROKEN as error:
        raise BundleUnusable(str(path), "foreign") from error
    if schema.version_of(text) > schema.FORMAT:
        raise BundleUnusable(str(path), "newer")
    with refusing(path):
        return schema.manifest_of(text)


def _zip_of(file: IO[bytes] | tempfile.SpooledTemporaryFile[bytes]) -> zipfile.ZipFile:
    """Open a ZIP file whose list of members is not too long to be read at all."""
    size = file.seek(0, os.SEEK_END)
    mark, *_, length, _start, comment = _read(_END, file, size - _END.size)
    if mark != b"PK\5\6" or comment:
        raise UnsoundRecord
    before = size - _END.size - _END_64.size
    if before > _WHOLE_64.size:
        mark, _, place, _ = _read(_END_64, file, before)
        if mark == b"PK\6\7":  # it stands just before that, which is where `zipfile` looks
            *_, long, _start = _read(_WHOLE_64, file, before - _WHOLE_64.size)
            *_, other, _start = _read(_WHOLE_64, file, min(place, before - _WHOLE_64.size))
            length = max(length % 0xFFFFFFFF, long, other)
    if length > _DIRECTORY:
        raise UnsoundRecord
    return zipfile.ZipFile(file)


def _read(form: struct.Struct, file: IO[bytes], place: int) -> tuple[Any, ...]:
    file.seek(place)
    return form.unpack(file.read(form.size))


def _checked_names(bundle: zipfile.ZipFile, size: int) -> frozenset[str]:
    """Return the names of the members, none of which is larger than it may be."""
    names: set[str] = set()
    total = 0
    for entry in bundle.infolist():
        kind = next((kind for kind in _MOST if entry.filename.startswith(kind)), None)
        if kind is None:
            continue  # nobody will ask for it
        total += entry.compress_size
        if (
            entry.filename in names
            or entry.flag_bits & 1
            or not _fits(entry, _MOST[kind])
            or total > size
        ):
            raise UnsoundRecord
        names.add(entry.filename)
    if not {MANIFEST, RECORDS} <= names:
        raise UnsoundRecord
    return frozenset(names)


def _fits(entry: zipfile.ZipInfo, most: int) -> bool:
    """Whether a member is packed and as large as it may be."""
    if entry.compress_type == zipfile.ZIP_DEFLATED and entry.filename in _PACKED:
        most = min(most, max(_SMALL, _UNPACKED * entry.compress_size))
    elif entry.compress_type == zipfile.ZIP_STORED:
        most = min(most, entry.compress_size)
    else:
        most = -1
    return entry.file_size <= most


def _sound_pages(pages: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a document's pages. Raises what is in `BROKEN`."""
    for name in _page_names(pages):
        text = _whole(pages, name)
        _check_page(name, text)
        yield name, text


def _page_names(pages: zipfile.ZipFile) -> list[str]:
    """Return the members that a document's pages have, by what its outline says."""
    count = schema.checked_outline(_whole(pages, "outline.json"))
    held = {entry.filename for entry in pages.infolist()}
    names = ["outline.json", *(f"{number}.json" for number in range(count))]
    if not held.issuperset(names):
        raise UnsoundRecord
    return [*names, "left.json"] if "left.json" in held else names


def _check_page(name: str, text: bytes) -> None:
    if name == "left.json":
        schema.check_left(text)
    elif name != "outline.json":
        schema.check_page(text)


def _whole(bundle: zipfile.ZipFile, name: str) -> bytes:
    """Return a small member, which may say of itself that it is smaller than it unpacks to."""
    pieces: list[bytes] = []
    with bundle.open(name) as file:
        while piece := file.read(PIECE):
            pieces.append(piece)
            if sum(map(len, pieces)) > _SMALL:
                raise UnsoundRecord
    return b"".join(pieces)
