"""The process that draws pages for the window, tells where words stand and finds them."""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import itertools
import signal
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_uint64
from pathlib import Path
from typing import Any, assert_never

from desktop_rag.domain.documents import Box, DocumentId, Layer, Page, Word
from desktop_rag.domain.errors import DocumentFatal, DocumentMissing, DocumentUnreadable
from desktop_rag.domain.pages import Compared, Drawn, FoundOnPage, Opened, PageWords
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk import converted_pdfs, page_store
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.drawing import (
    Compare,
    Draw,
    DrawingCommand,
    FindText,
    Open,
    Words,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe
from desktop_rag.workers.processes.reading import limit_memory

_OPEN_AT_ONCE = 3
_BLOCK = 1 << 20  # bytes
DOCUMENTS_GIB = 2.0  #: for pages, however hostile
_HYPHENS = {ord(sign): None for sign in "-\u00ad\u2010\u2011"}  # soft, true, unbreakable


class DrawingProcess:
    """Holds the documents that were opened last, and the kept words of one."""

    def __init__(self, paths: Paths) -> None:
        from desktop_rag.engines.pdf import drawing, reading

        self._pdf = reading
        self._engine = drawing
        self._folder = paths.pages_folder
        self._converted = paths.converted_folder
        self._known: dict[DocumentId, Open] = {}
        self._open: dict[DocumentId, tuple[contextlib.ExitStack, Any]] = {}
        self._kept: tuple[object, list[Page]] | None = None

    def handle(self, command: DrawingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.drawing`."""
        cancel.check()
        match command:
            case Open():
                return command.answer([self._opened(command)])
            case Draw():
                return command.answer([self._drawn(command)])
            case Words(document=document, page=number):
                words = _placed(self._words(document, number))
                return command.answer([PageWords(document, number, words)])
            case FindText():
                return command.answer(self._found(command, cancel))
            case Compare():
                changed = _digest(command.path, cancel) != command.document
                return command.answer([Compared(command.document, changed)])
            case _:
                assert_never(command)

    def _opened(self, command: Open) -> Opened:
        self._close(command.document)
        self._kept = None
        self._known[command.document] = command
        try:
            document = self._ready(command.document)
            sizes = self._engine.sizes(document)
            labels = self._engine.labels(document)
            contents = self._pdf.outline(document).contents
        except MemoryError:
            raise DocumentFatal(_name(command)) from None
        within = tuple(entry for entry in contents if entry.page < len(sizes))
        return Opened(command.document, sizes, labels, within)

    def _drawn(self, command: Draw) -> Drawn:
        document = self._ready(command.document)
        picture = self._engine.draw(document, command.page, command.width_pixels)
        return Drawn(command.document, command.page, *picture)

    def _words(self, document: DocumentId, number: int) -> list[Word]:
        """Return the words of a page, from the file unless its pages are at hand or it is gone.

        Every kept page of a book takes half a second to read, one page of the file a millisecond.
        """
        found: list[Word] = []
        if not self._kept or self._kept[0] != self._stamp(document) or not self._kept[1]:
            with contextlib.suppress(DocumentMissing):
                page = self._page_of_file(document, number)
                found = _words(page) if page else []
                if page and found and not page.unread:
                    return found
        pages = self._kept_pages(document)
        return (_words(pages[number]) if 0 <= number < len(pages) else []) or found

    def _page_of_file(self, document: DocumentId, number: int) -> Page | None:
        opened = self._ready(document)
        return self._pdf.page(opened, number) if 0 <= number < opened.page_count else None

    def _found(self, command: FindText, cancel: CancelToken) -> Iterator[FoundOnPage]:
        wanted = folded(command.text)
        left = command.most
        if not wanted or left < 1:
            return
        for page in self._pages(command):
            cancel.check()
            matches = tuple(itertools.islice(occurrences(wanted, _words(page)), left))
            if matches:
                yield FoundOnPage(command.document, page.number, matches, command.text)
            left -= len(matches)
            if not left:
                return

    def _pages(self, command: FindText) -> Iterator[Page]:
        """Return the pages to look through, as they were kept or as they are in the file."""
        first, end = command.first, None if command.pages is None else command.first + command.pages
        kept = self._kept_pages(command.document)
        if kept:
            return iter(kept[first:end])
        opened = self._ready(command.document)
        wanted = range(opened.page_count)[first:end]
        return (self._pdf.page(opened, number) for number in wanted)

    def _kept_pages(self, document: DocumentId) -> list[Page]:
        stamp = self._stamp(document)  # recognition may go on while a document is open
        if self._kept is None or self._kept[0] != stamp:
            loaded = page_store.load(self._folder, document)
            self._kept = (stamp, loaded[1] if loaded else [])
        return self._kept[1]

    def _stamp(self, document: DocumentId) -> object:
        return document, page_store.stamp(self._folder, document)

    def _ready(self, document: DocumentId) -> Any:
        """Return the open file of a document, opened again if others have taken its place."""
        if document in self._open:
            self._open[document] = self._open.pop(document)  # used last
            return self._open[document][1]
        command = self._known.get(document)
        if command is None:
            raise DocumentMissing(document)
        made = converted_pdfs.place(self._converted, document)
        path = made if made.exists() else command.path
        if path is None:
            raise DocumentMissing(_name(command))
        while len(self._open) >= _OPEN_AT_ONCE:
            self._close(next(iter(self._open)))
        stack = contextlib.ExitStack()
        opened = stack.enter_context(self._pdf.opened(path, command.password))
        self._open[document] = stack, opened
        return opened

    def _close(self, document: DocumentId) -> None:
        if document in self._open:
            self._open.pop(document)[0].close()


def folded(text: str) -> str:
    """Return `text` as it is compared: no case, accents or hyphens, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(bare.translate(_HYPHENS).split())


def occurrences(wanted: str, words: Sequence[Word]) -> Iterator[tuple[Box, ...]]:
    """Yield the boxes of the words that each occurrence of folded text touches.

    A hyphen at the end of a word joins it with the next, as lines divide words.
    """
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for word in words:
        piece = folded(word.text)
        starts.append(length)
        if piece and not _divided(word.text):
            piece += " "
        pieces.append(piece)
        length += len(piece)
    text = "".join(pieces)
    at = text.find(wanted)
    while at >= 0:
        first = bisect.bisect_right(starts, at) - 1
        last = bisect.bisect_left(starts, at + len(wanted)) - 1
        yield tuple(word.box for word in words[first : last + 1])
        at = text.find(wanted, at + len(wanted))


def _divided(word: str) -> bool:
    return len(word) > 1 and ord(word[-1]) in _HYPHENS


def _digest(path: Path, cancel: CancelToken) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                cancel.check()
                digest.update(block)
    except OSError:
        raise DocumentUnreadable(path.name) from None
    return digest.hexdigest()


def _words(page: Page) -> list[Word]:
    """Return the words that the page shows: no hidden ones, and none of comments on it."""
    lines = [line for line in page.lines if line.layer not in {Layer.HIDDEN, Layer.NOTE}]
    return [word for line in lines for word in line.words]


def _placed(words: Iterable[Word]) -> tuple[tuple[str, Box], ...]:
    return tuple((word.text, word.box) for word in words)


def _name(command: Open) -> str:
    return command.path.name if command.path else command.document


def main(home: Path, pipe: Pipe[DrawingCommand], mark: c_uint64) -> None:
    """Serve one window, in bounded memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    limit_memory(DOCUMENTS_GIB)
    host.serve(pipe, mark, host.prepared(lambda: DrawingProcess(Paths(home)).handle))
