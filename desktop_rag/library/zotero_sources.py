"""Zotero libraries that a library follows: their files, and what Zotero says of each.

    follow ──► Followed     files that are new, and those that Zotero has no more
    told   ◄── identify     once it is known what a file holds, its record is Zotero's

A file that was taken out of the library does not come back: it is not new.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import ListedReference, Origin, ReferenceField, Said
from desktop_rag.library import references
from desktop_rag.library.db.database import rows, transaction
from desktop_rag.library.db.path_values import path_of, stored_path
from desktop_rag.library.libraries import LibraryId


class ZoteroSource(NamedTuple):
    """A folder of Zotero's, and the library that follows it."""

    library: LibraryId
    folder: Path


class Followed(NamedTuple):
    """What is to be done with a library: files to be taken in, and others to be taken out."""

    new: tuple[Path, ...]
    gone: tuple[Path, ...]


def listed(db: sqlite3.Connection, library: LibraryId | None = None) -> list[ZoteroSource]:
    """Return the Zotero libraries that a library follows, or all of them do."""
    found = rows(
        db,
        "SELECT library, folder FROM zotero_sources WHERE ?1 IS NULL OR library = ?1",
        library,
    )
    return [ZoteroSource(LibraryId(id_), path_of(folder)) for id_, folder in found]


def add(db: sqlite3.Connection, source: ZoteroSource) -> ZoteroSource:
    """Follow a Zotero library."""
    wanted = source._replace(folder=Path(os.path.abspath(source.folder)))  # noqa: PTH100 - links stay
    with transaction(db):
        db.execute(
            "INSERT OR IGNORE INTO zotero_sources (library, folder) VALUES (?, ?)",
            (wanted.library, stored_path(wanted.folder)),
        )
    return wanted


def remove(db: sqlite3.Connection, source: ZoteroSource) -> None:
    """Follow a Zotero library no longer; its documents stay, with what Zotero said of them."""
    with transaction(db):
        for table in ("zotero_files", "zotero_sources"):
            db.execute(
                f"DELETE FROM {table} WHERE library = ? AND folder = ?",  # noqa: S608 - our own
                (source.library, stored_path(source.folder)),
            )


def follow(
    db: sqlite3.Connection, source: ZoteroSource, found: Iterable[ListedReference]
) -> Followed:
    """Keep what a Zotero library has now, and return what that means for the library."""
    now = {Path(file): record for record in found for file in record.files}
    with transaction(db):
        before = _files(db, source)
        db.execute(
            "DELETE FROM zotero_files WHERE library = ? AND folder = ?",
            (source.library, stored_path(source.folder)),
        )
        db.executemany(
            "INSERT OR REPLACE INTO zotero_files (library, folder, path, said) VALUES (?, ?, ?, ?)",
            [
                (
                    source.library,
                    stored_path(source.folder),
                    stored_path(path),
                    json.dumps([[str(which), text] for which, text in record.said]),
                )
                for path, record in now.items()
            ],
        )
        for document, path in _known(db, now):
            _keep(db, document, now[path].said)
    new = tuple(path for path in now if path not in before)
    return Followed(new, tuple(path for path in before if path not in now))


def told(db: sqlite3.Connection, path: Path, document: DocumentId) -> None:
    """Keep what Zotero says of the file that holds a document, if it knows it."""
    found = rows(db, "SELECT said FROM zotero_files WHERE path = ?", stored_path(path))
    for (text,) in found[:1]:
        known = set(ReferenceField)
        said = [(ReferenceField(w), value) for w, value in json.loads(text) if w in known]
        _keep(db, document, said)


def _keep(
    db: sqlite3.Connection, document: DocumentId, found: Iterable[tuple[ReferenceField, str]]
) -> None:
    said: list[Said] = [(which, Origin.ZOTERO, text) for which, text in found]
    references.keep(db, document, Origin.ZOTERO, said)


def _files(db: sqlite3.Connection, source: ZoteroSource) -> set[Path]:
    found = rows(
        db,
        "SELECT path FROM zotero_files WHERE library = ? AND folder = ?",
        source.library,
        stored_path(source.folder),
    )
    return {path_of(stored) for (stored,) in found}


def _known(db: sqlite3.Connection, paths: Iterable[Path]) -> list[tuple[DocumentId, Path]]:
    wanted = set(paths)
    found = rows(
        db,
        """
        SELECT files.document, files.path FROM files
            JOIN zotero_files ON zotero_files.path = files.path
        WHERE files.document IS NOT NULL
        """,
    )
    pairs = ((DocumentId(document), path_of(stored)) for document, stored in found)
    return [(document, path) for document, path in pairs if path in wanted]
