"""Finds the reader of a format, and has it make a PDF of a file that its guard lets pass."""

from __future__ import annotations

import importlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from lxml import etree

from desktop_rag.domain.errors import DocumentBroken, DocumentTooLarge
from desktop_rag.domain.formats import Conversion
from desktop_rag.engines.formats import guards, pdf_writer

_DAMAGE = (  # what the libraries raise for damaged files, whichever they are
    *pdf_writer.DAMAGE,
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


class Reader(Protocol):
    """A module of this package that reads a format."""

    @property
    def DAMAGE(self) -> tuple[type[Exception], ...]:  # noqa: N802 - a constant of the module
        """What its library raises for damaged files, besides what all of them do."""

    def convert(self, path: Path, target: Path) -> Iterator[tuple[int, int]]:
        """Write a PDF of the document at `path` to `target`.

        Yields (pages done, of how many), 0 for a number that is not known yet; so often that
        each is a sign of life. Raises `OSError`, and what `DAMAGE` names.
        """


def reader_of(conversion: Conversion) -> Reader:
    """Import the module that reads a format. Raises `ModuleNotFoundError`."""
    return cast("Reader", importlib.import_module(f"{__package__}.{conversion.reader}"))


def converted(conversion: Conversion, path: Path, target: Path) -> Iterator[tuple[int, int]]:
    """Write a PDF of the document at `path` to `target`; see `Reader.convert`.

    Raises `DocumentSealed`, `DocumentTooLarge`, `DocumentBroken`, `UnsupportedFile` or `OSError`.
    """
    yield 0, 0  # importing a reader takes a while
    reader = reader_of(conversion)
    try:
        guards.check(conversion.guard, path)
        yield from reader.convert(path, target)
    except (*_DAMAGE, *reader.DAMAGE) as error:
        limited = etree.ErrorTypes.ERR_RESOURCE_LIMIT  # one of those that libxml2 has of its own
        large = isinstance(error, etree.XMLSyntaxError) and error.code == limited
        raise (DocumentTooLarge if large else DocumentBroken)(path.name) from None
