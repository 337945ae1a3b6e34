"""The process that lists, hashes and reads files. It alone opens PDFs to index them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import stat
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentChanged,
    DocumentFatal,
    DocumentMissing,
    DocumentUnreadable,
    NothingToIndex,
    RagError,
    UnsupportedFile,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings.paths import Paths
from desktop_rag.workers import silence
from desktop_rag.workers.commands import (
    Find,
    Found,
    Hash,
    Hashed,
    PageRead,
    Read,
    Refused,
)

_BATCH = 500  # files in one reply
_HEADER = 1024  # bytes, within which a PDF says that it is one
_GIB = 2**30
_PROGRAM_GIB = 1.0  # address space that Python and MuPDF take before any document


class Reading:
    """Knows where pages are kept."""

    def __init__(self, paths: Paths) -> None:
        self._folder = paths.pages_folder
        with contextlib.suppress(OSError):
            for left in self._folder.glob("*/*.part"):  # by a reader that died
                left.unlink(missing_ok=True)

    def handle(self, command: object, cancel: CancelToken) -> Iterator[object]:
        """Do what one command says; see `commands`."""
        match command:
            case Find(paths=paths):
                for path in paths:
                    cancel.check()
                    yield from _find(path, cancel)
            case Hash(path=path):
                yield _hash(path, cancel)
            case Read():
                yield from self._read(command, cancel)
            case _:
                raise TypeError(type(command).__name__)

    def _read(self, command: Read, cancel: CancelToken) -> Iterator[PageRead]:
        from desktop_rag.engines import pdf
        from desktop_rag.library import page_store

        path = command.fact.path
        try:
            with pdf.opened(path, command.password) as document:
                outline = pdf.outline(document)
                pages = pdf.pages(document, command.skip)
                for page in page_store.save(self._folder, command.document, outline, pages):
                    cancel.check()
                    yield PageRead(page.number, outline.pages)
        except MemoryError:
            raise DocumentFatal(path.name) from None
        if _fact(path) != command.fact:
            page_store.remove(self._folder, [command.document])
            raise DocumentChanged(path.name)


def _find(path: Path, cancel: CancelToken) -> Iterator[Found | Refused]:
    path = Path(os.path.abspath(path))  # noqa: PTH100 - no link is resolved
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            fact = _fact(path)
            other = _of_another_kind(path)
            yield Refused(path, UnsupportedFile(path.name)) if other else Found((fact,))
            return
    except (OSError, RagError):
        yield Refused(path, _refusal(path))
        return
    batch: list[FileFact] = []
    something = False
    for entry in _under(path, cancel):
        something = True
        if isinstance(entry, Refused):
            yield entry
            continue
        batch.append(entry)
        if len(batch) >= _BATCH:
            yield Found(tuple(batch))
            batch = []
    if batch:
        yield Found(tuple(batch))
    if not something:
        yield Refused(path, NothingToIndex(str(path)))


def _of_another_kind(path: Path) -> bool:
    """Whether neither the name nor the beginning of a file says that it is a PDF."""
    if path.suffix.lower() == ".pdf":
        return False
    with path.open("rb") as file:
        return b"%PDF-" not in file.read(_HEADER)


def _under(folder: Path, cancel: CancelToken) -> Iterator[FileFact | Refused]:
    """Yield the PDFs of a folder and those below it, by name; no link is followed to a folder."""
    refused: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=refused.append):
        cancel.check()
        folders.sort()
        for name in sorted(names):
            if name.lower().endswith(".pdf"):
                path = Path(root, name)
                try:
                    yield _fact(path)
                except RagError as error:
                    yield Refused(path, error)
    for problem in refused:
        where = Path(os.fsdecode(problem.filename or folder))
        yield Refused(where, DocumentUnreadable(where.name))


def _fact(path: Path) -> FileFact:
    try:
        known = path.stat()
    except OSError:
        raise _refusal(path) from None
    if not stat.S_ISREG(known.st_mode):
        raise DocumentUnreadable(path.name)
    return FileFact(path, known.st_size, known.st_mtime_ns, known.st_ino)


def _refusal(path: Path) -> RagError:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return DocumentMissing(path.name)
    except OSError:  # such as a folder on the way that is closed to us
        return DocumentUnreadable(path.name)
    return DocumentUnreadable(path.name)


def _hash(path: Path, cancel: CancelToken) -> Hashed:
    before = _fact(path)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                cancel.check()
                digest.update(block)
    except OSError:
        raise DocumentUnreadable(path.name) from None
    if _fact(path) != before:
        raise DocumentChanged(path.name)
    return Hashed(DocumentId(digest.hexdigest()), before)


def limit_memory(gib: float) -> None:
    """Let a document that wants too much fail instead of the machine; Linux only."""
    try:
        import resource
    except ImportError:
        return
    most = int((gib + _PROGRAM_GIB) * _GIB)
    if os.uname().sysname == "Linux":
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(home: Path, gib: float, pipe: Connection, mark: Synchronized[int]) -> None:
    """Serve one owner of the data directory `home`, in at most `gib` of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    silence.keep()

    from desktop_rag.workers import host

    host.give_way()
    limit_memory(gib)
    host.serve(pipe, mark, Reading(Paths(home)).handle)
