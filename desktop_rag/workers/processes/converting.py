"""Makes a PDF of a document of another format, once."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_rag.domain.documents import DocumentId, Outline, Page
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentChanged,
    DocumentEmpty,
    UnsupportedFile,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk import converted_pdfs
from desktop_rag.library.disk.file_formats import format_of_file
from desktop_rag.workers.commands.reading import Converting, Read
from desktop_rag.workers.processes import file_listing


def readable(folder: Path, command: Read, cancel: CancelToken) -> Generator[Converting, None, Path]:
    """Return the PDF to read for a document, which is made in `folder` if it is none itself.

    Raises a `DocumentError`, `DiskFull` or `DataUnreadable`.
    """
    path = command.fact.path
    try:
        found = format_of_file(path)
    except OSError:
        raise file_listing.refusal(path) from None
    if found is None:
        raise UnsupportedFile(path.name)
    if found.conversion is None:
        return path
    if not command.fact.size:
        raise DocumentEmpty(path.name)
    from desktop_rag.engines.formats import page_texts

    made = converted_pdfs.place(folder, command.document)
    text = converted_pdfs.text_place(folder, command.document)
    if not made.exists() or not page_texts.current(text):
        from desktop_rag.engines.formats import conversion

        with converted_pdfs.making(folder, command.document) as unfinished, _told(path):
            for done, total in conversion.converted(found.conversion, path, unfinished):
                cancel.check()
                yield Converting(done, total)
            if file_listing.fact_of_file(path) != command.fact:
                raise DocumentChanged(path.name)
    return made


def pages(
    folder: Path, document: DocumentId, opened: Any, *, pictures: bool = False
) -> Iterator[Page] | None:
    """Return the pages of an open PDF that was made in `folder`, in the words of its source.

    Nothing if these are not known: they are to be read from the PDF, as those of any other. For
    `pictures`, see `Read`.
    """
    text = converted_pdfs.text_place(folder, document)
    if not text.exists():
        return None
    from desktop_rag.engines.formats import page_texts

    known = page_texts.page_count(text) == opened.page_count
    return page_texts.pages(text, opened, pictures=pictures) if known else None


def outline(folder: Path, document: DocumentId, opened: Any, path: Path) -> Outline:
    """Return what an open PDF, or the file at `path` that it was made of, states of itself.

    Raises what `page_texts` does of a damaged text.
    """
    from desktop_rag.engines.pdf import reading

    found = reading.outline(opened)
    text = converted_pdfs.text_place(folder, document)
    if not text.exists():
        return found
    from desktop_rag.engines.formats import page_texts, source_properties

    stated = source_properties.with_properties(found, path)
    return replace(stated, cut=page_texts.cut(text))


def page(folder: Path, document: DocumentId, opened: Any, number: int) -> Page:
    """Return one page of an open PDF, in the words of its source if these are known."""
    from desktop_rag.engines.pdf import reading

    known = next(islice(pages(folder, document, opened) or (), number, None), None)
    return known or reading.page(opened, number)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what is wrong with a document from what is wrong with the disk."""
    try:
        yield
    except OSError as error:
        if error.filename == str(path):
            raise file_listing.refusal(path) from None
        if error.errno is None:  # a library's own, such as of a picture that is none
            raise DocumentBroken(path.name) from None
        raise
