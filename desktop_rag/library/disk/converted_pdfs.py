"""The PDFs that were made of documents of other kinds, to be read and shown.

    converted/ab/abcdef….pdf
    converted/ab/abcdef….text   what its pages say, as far as that was known when it was made

A file appears whole or not at all, and the text before its PDF.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import reported


def place(folder: Path, document: DocumentId) -> Path:
    """Return where the PDF that was made of `document` is, if one was."""
    return folder / document[:2] / f"{document}.pdf"


def text_place(folder: Path, document: DocumentId) -> Path:
    """Return where the text is of the PDF that was made of `document`, if it was known."""
    return place(folder, document).with_suffix(".text")


def shown(folder: Path, document: DocumentId, original: Path) -> Path:
    """Return the PDF to open for `document`: what was made of it, or else the file itself."""
    made = place(folder, document)
    return made if made.exists() else original


@contextlib.contextmanager
def making(folder: Path, document: DocumentId) -> Iterator[Path]:
    """Give a path to write the PDF to, which takes its place if nothing goes wrong.

    So does its text, if there is any at a name with “-text” before the suffix. Raises
    `DiskFull` or `DataUnreadable`.
    """
    target = place(folder, document)
    unfinished = page_store.unfinished(target)
    text = unfinished.with_name(f"{unfinished.stem}-text{unfinished.suffix}")
    with reported(folder):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            yield unfinished
            text_place(folder, document).unlink(missing_ok=True)  # it is of another PDF
            if text.exists():
                os.replace(text, text_place(folder, document))  # noqa: PTH105 - atomic, by name
            os.replace(unfinished, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            for left in (unfinished, text):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def remove(folder: Path, documents: Iterable[DocumentId]) -> None:
    """Forget what was made of these documents."""
    for document in documents:
        with reported(folder):
            place(folder, document).unlink(missing_ok=True)
            text_place(folder, document).unlink(missing_ok=True)


def tidy(folder: Path) -> None:
    """Remove what a process that died left unfinished; others may be at work."""
    page_store.tidy(folder)
