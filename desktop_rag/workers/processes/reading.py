"""The process that lists, hashes and reads files. It alone opens PDFs to index them."""

from __future__ import annotations

import gc
import hashlib
import itertools
import os
import signal
import time
from collections.abc import Iterator
from ctypes import c_uint64
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from desktop_rag.domain.documents import DocumentId, FileFact, Page
from desktop_rag.domain.errors import (
    DocumentChanged,
    DocumentFatal,
    DocumentTooLarge,
    DocumentUnreadable,
    RecognitionDataMissing,
)
from desktop_rag.domain.limits import LIMITS, MOST_FILE_BYTES
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk import attached_files, converted_pdfs, made_files, page_store
from desktop_rag.settings import logs, tessdata
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.reading import (
    AttachmentsFound,
    Bind,
    Converting,
    FindFiles,
    Hash,
    Hashed,
    PageRead,
    PageRecognized,
    Read,
    ReadingCommand,
    ReadReferences,
    ReadZotero,
    Recognize,
    Verify,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe
from desktop_rag.workers.processes import attaching, converting, file_listing

if TYPE_CHECKING:
    from desktop_rag.engines.pdf.ocr import Recognizer

_GIB = 2**30
_PROGRAM_GIB = 1.0  # address space that Python and MuPDF take before any document


class ReadingProcess:
    """Knows where pages are kept."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._folder = paths.pages_folder
        self._converted = paths.converted_folder
        self._recognizers: dict[tuple[str, ...], Recognizer] = {}
        attached_files.tidy(paths.attachments_folder)
        converted_pdfs.tidy(self._converted)
        page_store.tidy(self._folder)

    def handle(self, command: ReadingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.reading`."""
        match command:
            case FindFiles() | Verify():
                return _looked(command, cancel)
            case Hash(path=path):
                return command.answer([_hash(path, cancel)])
            case Read():
                return command.answer(self._read(command, cancel))
            case Recognize():
                return command.answer(self._recognize(command, cancel))
            case Bind(document=document):
                page_store.bind(self._folder, document)
                return command.answer(())
            case ReadReferences() | ReadZotero():
                return _listed(command)
            case _:
                assert_never(command)

    def _read(
        self, command: Read, cancel: CancelToken
    ) -> Iterator[AttachmentsFound | Converting | PageRead]:
        from desktop_rag.engines.pdf import reading

        path = command.fact.path
        self._clear(command)
        try:
            yield from attaching.attached(self._paths.attachments_folder, command, cancel)
            source = yield from converting.readable(self._converted, command, cancel)
            with reading.opened(source, command.password) as document:
                outline = converting.outline(self._converted, command.document, document, path)
                pages = converting.pages(
                    self._converted, command.document, document, pictures=command.pictures
                )
                if pages is None:
                    pages = reading.pages(document, command.skip, pictures=command.pictures)
                    pages = _laid_out(document, pages) if command.layout else pages
                pages = self._recognized_before(command.document, pages)
                pages = _of_unchanged(command.fact, _within_limits(pages))
                total = min(outline.pages, LIMITS.pages)
                for page in page_store.save(self._folder, command.document, outline, pages):
                    cancel.check()
                    yield PageRead(page.number, total, page.unread, page.damaged)
            made_files.note(
                self._folder, command.document, made_files.of(self._paths, command.document)
            )
        except MemoryError:
            raise DocumentFatal(path.name) from None

    def _clear(self, command: Read) -> None:
        """Have made again what was made of a document, if that is damaged and its file is there."""
        document = command.document
        if made_files.whole(self._folder, document) or not command.fact.path.exists():
            return
        converted_pdfs.remove(self._converted, [document])
        attached_files.remove(self._paths.attachments_folder, [document])

    def _recognized_before(self, document: DocumentId, pages: Iterator[Page]) -> Iterator[Page]:
        """Keep what was recognized in pictures before: they are the same, as the document is."""
        _, before = page_store.load(self._folder, document) or (None, [])
        known = {page.number: page for page in before if page.recognized}
        for page in pages:
            yield known.get(page.number, page) if page.unread else page

    def _recognize(self, command: Recognize, cancel: CancelToken) -> Iterator[PageRecognized]:
        from desktop_rag.engines.pdf import ocr, reading

        document, path = command.document, command.fact.path
        source = converted_pdfs.shown(self._converted, document, path)
        try:
            with reading.opened(source, command.password) as opened:
                for number in command.pages:
                    cancel.check()
                    page = page_store.kept(self._folder, document, number)
                    if page is None:
                        recognizer = self._recognizer(path.name, command.languages)
                        read = converting.page(self._converted, document, opened, number)
                        page = recognizer.recognized(opened, read)
                        if source == path and file_listing.fact_of_file(path) != command.fact:
                            raise DocumentChanged(path.name)
                        page_store.keep(self._folder, document, page)
                    yield PageRecognized(number, page.quality, page.damaged)
        except ocr.DataUnusable:
            raise RecognitionDataMissing(path.name, command.languages) from None
        except MemoryError:
            raise DocumentFatal(path.name) from None

    def _recognizer(self, name: str, languages: tuple[str, ...]) -> Recognizer:
        """Return what recognizes those of the languages that there is data of."""
        from desktop_rag.engines.pdf import ocr

        files = tessdata.available(self._paths)  # asked for each page: some may have come
        there = tuple(language for language in languages if language in files)
        if not there:
            raise RecognitionDataMissing(name, languages)
        if there not in self._recognizers:
            folder = tessdata.folder_of(self._paths, [files[language] for language in there])
            self._recognizers = {there: ocr.Recognizer(ocr.Data(folder, there))}
        return self._recognizers[there]


def _looked(command: FindFiles | Verify, cancel: CancelToken) -> Answer:
    match command:
        case FindFiles():
            return command.answer(file_listing.find(command, cancel))
        case Verify():
            return command.answer(file_listing.verify(command))
        case _:
            assert_never(command)


def _listed(command: ReadReferences | ReadZotero) -> Answer:
    """Import what reads lists of references only where one is to be read."""
    from desktop_rag.engines.references import files, zotero

    match command:
        case ReadReferences(path=path):
            return command.answer([tuple(files.records(path))])
        case ReadZotero(folder=folder):
            return command.answer([tuple(zotero.listed(folder))])
        case _:
            assert_never(command)


def _laid_out(document: Any, pages: Iterator[Page]) -> Iterator[Page]:
    """Have the layout model look at those pages whose tables the file mixes up."""
    from desktop_rag.engines.pdf import layout
    from desktop_rag.ingest.crowded import poor

    for page in pages:
        yield layout.with_tables(document[page.number], page) if poor(page) else page


def _within_limits(pages: Iterator[Page]) -> Iterator[Page]:
    """Yield the pages of the beginning of a document that may be had of any."""
    letters, ends = 0, time.monotonic() + LIMITS.seconds
    for page in itertools.islice(pages, LIMITS.pages):
        yield page
        letters += sum(len(word.text) for line in page.lines for word in line.words)
        if letters >= LIMITS.letters or time.monotonic() >= ends:
            return


def _of_unchanged(fact: FileFact, pages: Iterator[Page]) -> Iterator[Page]:
    """Yield pages, and have none of them kept where the file is another one in the end."""
    yield from pages
    if file_listing.fact_of_file(fact.path) != fact:
        raise DocumentChanged(fact.path.name)


def _hash(path: Path, cancel: CancelToken) -> Hashed:
    before = file_listing.fact_of_file(path)
    if before.size > MOST_FILE_BYTES:
        raise DocumentTooLarge(path.name)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                cancel.check()
                digest.update(block)
    except OSError:
        raise DocumentUnreadable(path.name) from None
    if file_listing.fact_of_file(path) != before:
        raise DocumentChanged(path.name)
    return Hashed(DocumentId(digest.hexdigest()), before)


def most_gib(documents_gib: float) -> float:
    """Return what a process may take that opens documents, which may take `documents_gib`."""
    return documents_gib + _PROGRAM_GIB


def limit_memory(gib: float) -> None:
    """Let a document that wants too much fail instead of the process; Linux only."""
    try:
        import resource
    except ImportError:
        return
    most = int(most_gib(gib) * _GIB)
    if os.uname().sysname == "Linux":
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(home: Path, gib: float, pipe: Pipe[ReadingCommand], mark: c_uint64) -> None:
    """Serve one owner of the data directory `home`, in at most `gib` of memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    gc.set_threshold(*host.RARELY)
    host.give_way()
    limit_memory(gib)
    host.serve(pipe, mark, ReadingProcess(Paths(home)).handle)
