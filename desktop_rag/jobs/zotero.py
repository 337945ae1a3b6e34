"""A library kept in step with one of Zotero's: what comes, what goes, what is said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from desktop_rag.domain.references import ListedReference
from desktop_rag.library import documents, files, zotero_sources
from desktop_rag.library.zotero_sources import Followed, ZoteroSource


def keep_step(
    db: sqlite3.Connection, source: ZoteroSource, found: Iterable[ListedReference]
) -> Followed:
    """Follow a Zotero library that has now this; take out what it has no more.

    Return the files that are to be taken in, as far as they are there, and those that were taken
    out. What a person took out before is neither.
    """
    kept = zotero_sources.add(db, source)
    followed = zotero_sources.follow(db, kept, found)
    gone = tuple(path for path in followed.gone if kept.library in files.libraries(db, path))
    for path in gone:
        documents.remove_path(db, kept.library, path)
    return Followed(tuple(path for path in followed.new if _is_there(path)), gone)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
