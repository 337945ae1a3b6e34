"""Documents, and the files and libraries that hold them.

    add_files → identify → describe → set_state: ready | waiting | failed
              ↘ fail_file

A document is its content: two files with the same bytes are one document, and
it belongs to a library as long as one of the library's files has it.
"""

from __future__ import annotations

import functools
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import DocumentUnknown, RagError
from desktop_rag.domain.progress import Stored
from desktop_rag.domain.unicode_text import readable
from desktop_rag.library import attachments, references, zotero_sources
from desktop_rag.library.db.database import Row, rows, rows_among, transaction
from desktop_rag.library.db.path_values import (
    inode_of,
    path_of,
    stored_inode,
    stored_path,
    stored_text,
)
from desktop_rag.library.db.stored_errors import error_of, fact_of
from desktop_rag.library.libraries import LibraryId

_PATHS = 20_000  # are kept, as making them takes most of the time of a long listing


class DocumentState(StrEnum):
    """How far a document has come."""

    QUEUED = "queued"
    READING = "reading"
    EMBEDDING = "embedding"  #: its text is stored and found; vectors follow
    WAITING = "waiting"  #: for a password or for text recognition, as its error says
    READY = "ready"
    FAILED = "failed"


_STATES = {str(state): state for state in DocumentState}  # as an enumeration looks up slowly


class Renewal(StrEnum):
    """How far it is with a document that was ready and whose text is recognized anew."""

    WANTED = "wanted"  #: it is found as it was
    BOUND = "bound"  #: the new text is there, and is to be indexed


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a file when it was last looked into."""

    fact: FileFact
    document: DocumentId | None
    state: DocumentState | None
    error: RagError | None
    renewal: Renewal | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as its library lists it, or a file whose content is not known."""

    path: Path
    document: DocumentId | None
    title: str
    pages: int
    language: str
    state: DocumentState
    error: RagError | None
    chunks: int
    added: datetime | None = field(default=None, compare=False)  #: not known of old libraries
    quality: float | None = None  #: of recognized text, the worst page's
    within: Path | None = None  #: the document that it came in
    author: str = ""
    date: str = ""  #: ISO 8601
    subject: str = ""


def known(db: sqlite3.Connection, paths: Iterable[Path]) -> dict[Path, Known]:
    """Return what is known of these files; those never added are left out."""
    found = rows_among(
        db,
        """
        SELECT files.path, size, mtime_ns, inode, document, state,
            coalesce(files.error, documents.error), renewal
        FROM files LEFT JOIN documents ON documents.id = files.document
        WHERE files.path IN (*)
        """,
        [stored_path(path) for path in paths],
    )
    return {
        fact.path: Known(
            fact,
            document,
            DocumentState(state) if state else None,
            _error(error),
            Renewal(renewal) if renewal else None,
        )
        for stored, size, mtime_ns, inode, document, state, error, renewal in found
        for fact in [FileFact(path_of(stored), size, mtime_ns, inode_of(inode))]
    }


def add_files(db: sqlite3.Connection, library: LibraryId, facts: Iterable[FileFact]) -> None:
    """Put files into a library.

    A file that was known keeps what was known of it, so that a change is
    still seen as one after a crash; `identify` brings it up to date.
    """
    added = [(stored_path(fact.path), *_stamp(fact)) for fact in facts]
    with transaction(db):
        db.executemany(
            """
            INSERT OR IGNORE INTO files (path, size, mtime_ns, inode, device)
            VALUES (?, ?, ?, ?, ?)
            """,
            added,
        )
        db.executemany(
            """
            INSERT OR IGNORE INTO members (library, path, added_at)
            VALUES (?, ?, strftime('%s', 'now'))
            """,
            [(library, path) for path, *_ in added],
        )


def identify(
    db: sqlite3.Connection, path: Path, fact: FileFact, document: DocumentId
) -> DocumentState:
    """Say which content a file holds; a new document is queued. Return where it stands.

    Nothing is kept of a file that is in no library any more, and no library keeps what came in
    what the file held before.
    """
    with transaction(db):
        before = rows(db, "SELECT document FROM files WHERE path = ?", stored_path(path))
        db.execute(
            """
            INSERT OR IGNORE INTO documents (id, state)
            SELECT ?, ? WHERE EXISTS (SELECT 1 FROM files WHERE path = ?)
            """,
            (document, DocumentState.QUEUED, stored_path(path)),
        )
        db.execute(
            """
            UPDATE files
            SET size = ?, mtime_ns = ?, inode = ?, device = ?, document = ?, error = NULL
            WHERE path = ?
            """,
            (*_stamp(fact), document, stored_path(path)),
        )
        if before and before[0][0] not in {None, document}:
            references.carry(db, before[0][0], document)
            attachments.prune(db)
        zotero_sources.told(db, path, document)
        found = rows(db, "SELECT state FROM documents WHERE id = ?", document)
    return DocumentState(found[0][0]) if found else DocumentState.QUEUED


def fail_file(db: sqlite3.Connection, path: Path, error: RagError) -> None:
    """Say why nobody knows what a file holds; what it held before is no longer vouched for."""
    with transaction(db):
        db.execute(
            "UPDATE files SET document = NULL, error = ? WHERE path = ?",
            (fact_of(error), stored_path(path)),
        )
        attachments.prune(db)


def set_state(
    db: sqlite3.Connection,
    document: DocumentId,
    state: DocumentState,
    error: RagError | None = None,
) -> None:
    """Say how far a document has come, and what stopped it."""
    with transaction(db):
        db.execute(
            """
            UPDATE documents
            SET state = ?1, error = ?2, updated_at = strftime('%s', 'now'),
                renewal = CASE WHEN ?1 IN ('ready', 'failed', 'waiting') THEN NULL ELSE renewal END
            WHERE id = ?3
            """,
            (state, fact_of(error) if error else None, document),
        )


def describe(db: sqlite3.Connection, stored: Stored) -> None:
    """Keep what reading found out; the document is found by its words from now on."""
    with transaction(db):
        describe_again(db, stored)
        db.execute("UPDATE documents SET chunks = ? WHERE id = ?", (stored.chunks, stored.document))


def describe_again(db: sqlite3.Connection, stored: Stored) -> None:
    """Keep what reading found out again; the document is found by the words that it had."""
    with transaction(db):
        db.execute(
            """
            UPDATE documents SET title = ?, pages = ?, language = ?, quality = ?, author = ?,
                date = ?, subject = ?
            WHERE id = ?
            """,
            (
                *(stored_text(stored.title), stored.pages, stored.language, stored.quality),
                *map(stored_text, (stored.author, stored.date, stored.subject)),
                stored.document,
            ),
        )
        references.keep_read(db, stored.document, stored.said)


def listing(
    db: sqlite3.Connection, library: LibraryId, document: DocumentId | None = None
) -> list[DocumentRow]:
    """Return what a library holds, by path; or the one document, if it holds it.

    That is each document once, and each file whose content is not known.
    """
    entries = "entries" if document is None else f"({_ENTRY})"
    return [_row_of(row) for row in rows(db, _LISTING.replace("(*)", entries), library, document)]


def _row_of(values: Row) -> DocumentRow:
    stored, id_, title, pages, language, chunks, state, error, added, quality, *said = values
    within, author, date, subject = said
    return DocumentRow(
        path=_kept_path(stored),
        document=id_,
        title=title,
        pages=pages,
        language=language,
        state=_STATES[state],
        error=_error(error),
        chunks=chunks,
        added=None if added is None else datetime.fromtimestamp(added, UTC),
        quality=quality,
        within=None if within is None else _kept_path(within),
        author=author,
        date=date,
        subject=subject,
    )


_ENTRY = """
    SELECT members.library, files.path, files.document, files.error
    FROM files JOIN members ON members.path = files.path
    WHERE members.library = ?1 AND files.document = ?2
    ORDER BY files.rowid LIMIT 1
"""
_GIVEN = """(
    SELECT value FROM reference_fields
    WHERE document = documents.id AND field = 'title' AND value <> ''
        AND origin IN ('person', 'zotero', 'imported')
    ORDER BY origin = 'person' DESC, origin = 'zotero' DESC LIMIT 1
)"""  # the title that a person gave, or a library of references
_LISTING = f"""
    SELECT entries.path, documents.id,
        coalesce({_GIVEN}, title, ''), coalesce(pages, 0), coalesce(language, ''),
        coalesce(chunks, 0),
        coalesce(state, iif(entries.error IS NULL, 'queued', 'failed')),
        coalesce(entries.error, documents.error), members.added_at, quality,
        (
            SELECT files.path
            FROM attachments
                JOIN files ON files.document = attachments.parent
                JOIN members AS held
                    ON held.path = files.path AND held.library = entries.library
            WHERE attachments.path = entries.path ORDER BY files.rowid LIMIT 1
        ),
        coalesce(author, ''), coalesce(date, ''), coalesce(subject, '')
    FROM (*) AS entries
        JOIN members ON members.library = entries.library AND members.path = entries.path
        LEFT JOIN documents ON documents.id = entries.document
    WHERE entries.library = ?1 AND (?2 IS NULL OR entries.document = ?2)
    ORDER BY entries.path
"""  # noqa: S608 - our own


def scope(db: sqlite3.Connection, library: LibraryId, path: Path | None) -> list[DocumentId]:
    """Return the documents of a library, or the one at `path`, that have text in the store."""
    stored = None if path is None else _member(db, library, path)
    found = rows(
        db,
        """
        SELECT DISTINCT documents.id
        FROM members
            JOIN files ON files.path = members.path
            JOIN documents ON documents.id = files.document
        WHERE members.library = ?1 AND (?2 IS NULL OR members.path = ?2)
            AND documents.chunks > 0
        """,
        library,
        stored,
    )
    return [DocumentId(document) for (document,) in found]


def held(
    db: sqlite3.Connection, library: LibraryId, path: Path | None = None
) -> dict[DocumentId, Path]:
    """Return the documents of a library by path, or the one at `path`, and where each lies.

    Files whose content is not known are left out. Raises `DocumentUnknown`.
    """
    stored = None if path is None else _member(db, library, path)
    found = rows(
        db,
        """
        SELECT files.document, files.path FROM members JOIN files ON files.path = members.path
        WHERE members.library = ?1 AND (?2 IS NULL OR members.path = ?2)
            AND files.document IS NOT NULL
        ORDER BY files.path
        """,
        library,
        stored,
    )
    places: dict[DocumentId, Path] = {}
    for document, place in found:
        places.setdefault(DocumentId(document), path_of(place))
    return places


def member(db: sqlite3.Connection, library: LibraryId, path: Path) -> Path:
    """Return a path as the library has it, however it is spelled. Raises `DocumentUnknown`."""
    return path_of(_member(db, library, path))


def remove_path(db: sqlite3.Connection, library: LibraryId, path: Path) -> None:
    """Take a file out of a library; its document may be among the `orphans` then."""
    with transaction(db):
        stored = _member(db, library, path)
        db.execute("DELETE FROM members WHERE library = ? AND path = ?", (library, stored))
        db.execute(
            """
            DELETE FROM files
            WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM members WHERE path = ?1)
            """,
            (stored,),
        )
        attachments.prune(db)


def orphans(db: sqlite3.Connection) -> list[DocumentId]:
    """Return the documents that no library holds."""
    found = rows(
        db,
        """
        SELECT id FROM documents WHERE NOT EXISTS (
            SELECT 1 FROM files JOIN members ON members.path = files.path
            WHERE files.document = documents.id
        )
        """,
    )
    return [DocumentId(document) for (document,) in found]


def forget(db: sqlite3.Connection, documents: Iterable[DocumentId]) -> None:
    """Drop documents; files that still hold them are looked into again."""
    with transaction(db):
        db.executemany("DELETE FROM documents WHERE id = ?", [(id_,) for id_ in documents])


def unfinished(db: sqlite3.Connection, library: LibraryId | None) -> dict[DocumentId, Path]:
    """Return the documents to go on with, as they were added, and where to read each."""
    found = rows(
        db,
        """
        SELECT documents.id
        FROM documents
            JOIN files ON files.document = documents.id
            JOIN members ON members.path = files.path
        WHERE state IN ('queued', 'reading', 'embedding')
            AND (?1 IS NULL OR members.library = ?1)
        GROUP BY documents.id ORDER BY min(files.rowid)
        """,
        library,
    )
    return paths_of(db, [DocumentId(document) for (document,) in found])


def left(db: sqlite3.Connection, library: LibraryId) -> list[Path]:
    """Return the files of a library that are not finished."""
    return [*unfinished(db, library).values(), *unidentified(db, library)]


def unidentified(db: sqlite3.Connection, library: LibraryId | None) -> list[Path]:
    """Return the files that nobody has looked into yet, as they were added."""
    found = rows(
        db,
        """
        SELECT DISTINCT files.path
        FROM files JOIN members ON members.path = files.path
        WHERE document IS NULL AND error IS NULL AND (?1 IS NULL OR members.library = ?1)
        ORDER BY files.rowid
        """,
        library,
    )
    return [path_of(stored) for (stored,) in found]


def paths_of(
    db: sqlite3.Connection, documents: Iterable[DocumentId], library: LibraryId | None = None
) -> dict[DocumentId, Path]:
    """Return where to read each document: its first file that is there, or else its first.

    Only files of the `library` count where one is given.
    """
    wanted = list(documents)
    found = rows_among(
        db,
        f"""
        SELECT document, path FROM files
        WHERE document IN (*) AND EXISTS (
            SELECT 1 FROM members WHERE members.path = files.path
            AND library = {"library" if library is None else int(library)}
        )
        ORDER BY rowid
        """,  # noqa: S608 - a number
        wanted,
    )
    paths: dict[DocumentId, Path] = {}
    for document, stored in found:
        path = path_of(stored)
        if document not in paths or (not _readable(paths[document]) and _readable(path)):
            paths[document] = path
    return {document: paths[document] for document in wanted if document in paths}


def files_of(db: sqlite3.Connection, document: DocumentId) -> list[Path]:
    """Return all files that hold a document."""
    found = rows(db, "SELECT path FROM files WHERE document = ? ORDER BY rowid", document)
    return [path_of(stored) for (stored,) in found]


def titles(
    db: sqlite3.Connection, documents: Iterable[DocumentId]
) -> dict[DocumentId, tuple[str, str]]:
    """Return each document's title, as read or given, and its file's name without the ending."""
    wanted = list(documents)
    paths = paths_of(db, wanted)
    query = f"SELECT id, coalesce({_GIVEN}, title) FROM documents WHERE id IN (*)"  # noqa: S608
    found = rows_among(db, query, wanted)
    return {
        document: (title, readable(paths[document].stem) if document in paths else "")
        for document, title in found
    }


def languages(db: sqlite3.Connection, wanted: Iterable[DocumentId]) -> list[str]:
    """Return the languages of these documents, that of most pages first."""
    found = rows_among(
        db, "SELECT language, pages FROM documents WHERE language <> '' AND id IN (*)", list(wanted)
    )
    counted: Counter[str] = Counter()
    for language, count in found:
        counted[language] += count
    return [language for language, _ in counted.most_common()]


def pages(db: sqlite3.Connection, wanted: Iterable[DocumentId]) -> int:
    """Return how many pages these documents have together."""
    found = rows_among(db, "SELECT pages FROM documents WHERE id IN (*)", list(wanted))
    return sum(count for (count,) in found)


def _member(db: sqlite3.Connection, library: LibraryId, path: Path) -> str | bytes:
    """Return the path as the library has it, however a person spells it."""
    plain = os.path.abspath(path)  # noqa: PTH100 - as it was added, no link resolved
    spellings = (Path(plain), Path(os.path.realpath(path)))
    found = rows(
        db,
        "SELECT path FROM members WHERE library = ? AND path IN (?, ?)",
        library,
        *map(stored_path, spellings),
    )
    if not found:
        names = rows(db, "SELECT name FROM libraries WHERE id = ?", library)
        raise DocumentUnknown(str(path), "".join(name for (name,) in names))
    stored: str | bytes = found[0][0]
    return stored


def _stamp(fact: FileFact) -> tuple[int, int, int, int]:
    return fact.size, fact.mtime_ns, stored_inode(fact.inode), stored_inode(fact.device)


def _error(fact: str | None) -> RagError | None:
    return None if fact is None else error_of(fact)


@functools.lru_cache(_PATHS)
def _kept_path(stored: str | bytes) -> Path:
    return path_of(stored)


def _readable(path: Path) -> bool:
    return os.access(path, os.R_OK)
