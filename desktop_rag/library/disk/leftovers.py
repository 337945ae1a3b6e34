"""What lies on the disk of documents that nobody knows any more."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Set
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.settings.paths import reported

_TICK_SECONDS = 0.02  # by which a file may seem older than it is: systems stamp them by ticks
_SLACK_SECONDS = 60.0  # by which the clock of another machine's disk may be ahead


def retain(folder: Path, keep: Set[DocumentId], before: float) -> frozenset[DocumentId]:
    """Remove what is there of other documents, and return those that something is there of.

    `folder` has a folder of files for each first two letters of their names. What was written
    after `before`, in seconds since 1970, is left alone: a document may just have become known.
    What claims to be written later than now is not: the clock was put back since.
    """
    found = set()
    before -= _TICK_SECONDS
    with reported(folder):
        for path in folder.glob("*/*"):
            document = DocumentId(path.name.partition(".")[0])
            if document in keep:
                found.add(document)
            elif not before <= _written(path) <= time.time() + _SLACK_SECONDS:
                _remove(path)
    return frozenset(found)


def _written(path: Path) -> float:
    """Return when something was written; it may have gone meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
