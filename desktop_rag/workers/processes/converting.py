"""Makes a PDF of a document of another kind, once."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentChanged,
    DocumentEmpty,
    DocumentTooLarge,
    UnsupportedFile,
)
from desktop_rag.domain.kinds import DocumentKind, kind_of
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk import converted_pdfs
from desktop_rag.workers.commands.reading import Converting, Read
from desktop_rag.workers.processes import file_listing

_MOST_TEXT = 32 << 20  # bytes of a file of text
_MOST_PIXELS = 120_000_000  # of a picture
_DAMAGE = (  # what the libraries raise for damaged files
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    RuntimeError,
    SyntaxError,
)


def readable(folder: Path, command: Read, cancel: CancelToken) -> Generator[Converting, None, Path]:
    """Return the PDF to read for a document, which is made in `folder` if it is none itself.

    Raises a `DocumentError`, `DiskFull` or `DataUnreadable`.
    """
    path = command.fact.path
    try:
        kind = kind_of(path, file_listing.head_of_file(path))
    except OSError:
        raise file_listing.refusal(path) from None
    if kind is DocumentKind.PDF:
        return path
    if kind is None:
        raise UnsupportedFile(path.name)
    if not command.fact.size:
        raise DocumentEmpty(path.name)
    made = converted_pdfs.place(folder, command.document)
    if not made.exists():
        with converted_pdfs.making(folder, command.document) as unfinished, _told(path):
            for done, total in _steps(kind, path, unfinished):
                cancel.check()
                yield Converting(done, total)
            if file_listing.fact_of_file(path) != command.fact:
                raise DocumentChanged(path.name)
    return made


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what is wrong with a document from what is wrong with the disk."""
    from desktop_rag.engines.formats import pdf_writer

    try:
        yield
    except OSError as error:
        if error.filename == str(path):
            raise file_listing.refusal(path) from None
        if error.errno is None:  # a library's own, such as of a picture that is none
            raise DocumentBroken(path.name) from None
        raise
    except (*_DAMAGE, *pdf_writer.DAMAGE):
        raise DocumentBroken(path.name) from None


def _steps(kind: DocumentKind, path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a PDF of a document, yielding how many of its pages are done, of how many."""
    match kind:
        case DocumentKind.WORD | DocumentKind.SLIDES | DocumentKind.SHEET:
            return _office(kind, path, target)
        case DocumentKind.EPUB:
            return _book(path, target)
        case DocumentKind.IMAGE:
            return _picture(path, target)
        case _:
            return _markup(kind, path, target)


def _office(kind: DocumentKind, path: Path, target: Path) -> Iterator[tuple[int, int]]:
    from desktop_rag.engines.formats import pdf_writer, zip_guard

    yield 0, 0
    zip_guard.check(path, office=True)
    reader = _reader(kind)
    try:
        title, flows = reader.of_file(path)
        for pages in pdf_writer.written(flows, target, title):
            yield pages, 0
    except reader.DAMAGE:
        raise DocumentBroken(path.name) from None


def _reader(kind: DocumentKind) -> ModuleType:
    from desktop_rag.engines.formats import sheets, slides, word

    return {DocumentKind.WORD: word, DocumentKind.SLIDES: slides}.get(kind, sheets)


def _book(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    from desktop_rag.engines.formats import fixed_layout, zip_guard

    zip_guard.check(path, office=False)
    yield from fixed_layout.book(path, target)


def _picture(path: Path, target: Path) -> Iterator[tuple[int, int]]:
    from desktop_rag.engines.formats import fixed_layout, images

    if images.pixels(path) > _MOST_PIXELS:
        raise DocumentTooLarge(path.name)
    yield from fixed_layout.picture(path, target)


def _markup(kind: DocumentKind, path: Path, target: Path) -> Iterator[tuple[int, int]]:
    from desktop_rag.engines.formats import markup, pdf_writer

    if path.stat().st_size > _MOST_TEXT:
        raise DocumentTooLarge(path.name)
    yield 0, 0
    data = path.read_bytes()
    read = {DocumentKind.HTML: markup.of_html, DocumentKind.MARKDOWN: markup.of_markdown}.get(
        kind, markup.of_text
    )
    title, flows = read(data)
    for pages in pdf_writer.written(flows, target, title):
        yield pages, 0
