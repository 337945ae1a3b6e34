"""The files that came in documents, each with the name that it had.

    attachments/ab/abcdef…/1/budget.xlsx

All of a document's appear together or not at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import reported


def place(folder: Path, document: DocumentId) -> Path:
    """Return the folder of what came in `document`, if anything did."""
    return folder / document[:2] / document


def paths(folder: Path, document: DocumentId) -> list[Path]:
    """Return the files that came in `document`, in their order."""
    numbered = [one for one in place(folder, document).glob("*/*") if one.parent.name.isdecimal()]
    return sorted(numbered, key=lambda path: (int(path.parent.name), path.name))


@contextlib.contextmanager
def making(folder: Path, document: DocumentId) -> Iterator[Path]:
    """Give a folder to fill, which takes its place if nothing goes wrong and something is in it.

    Raises `DiskFull` or `DataUnreadable`.
    """
    target = place(folder, document)
    unfinished = page_store.unfinished(target)
    with reported(folder):
        try:
            unfinished.mkdir(mode=0o700, parents=True, exist_ok=True)
            yield unfinished
            if any(unfinished.iterdir()):
                os.replace(unfinished, target)  # noqa: PTH105 - the only atomic one, by name
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def remove(folder: Path, documents: Iterable[DocumentId]) -> None:
    """Forget what came in these documents."""
    for document in documents:
        with reported(folder), contextlib.suppress(FileNotFoundError):
            shutil.rmtree(place(folder, document))


def tidy(folder: Path) -> None:
    """Remove what processes that are no more left unfinished; others may be at work."""
    with contextlib.suppress(OSError):
        for left in folder.glob("*/*.part"):
            import psutil  # only here: nearly always nothing is left

            number = left.name.split(".")[-2]
            if not (number.isdecimal() and psutil.pid_exists(int(number))):
                shutil.rmtree(left, ignore_errors=True)
