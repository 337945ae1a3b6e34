"""What is said of each document as a bibliographic record, by whom: read, imported, typed.

    keep_read ◄── reading         what a file says of itself, each time that it is read
    keep      ◄── imports         all that one origin says, instead of what it said before
    enter, take_back ◄── person   one field; what a person typed is never overwritten

Who is believed is decided when a record is made of it (`domain.references.reference_of`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import (
    READ,
    Origin,
    Reference,
    ReferenceField,
    Said,
    normal,
    reference_of,
)
from desktop_rag.library.db.database import rows_among, transaction
from desktop_rag.library.db.path_values import stored_text

_LONGEST = 4_000  # signs of a field
_FIELDS = {str(which): which for which in ReferenceField}
_ORIGINS = {str(origin): origin for origin in Origin}


def said(db: sqlite3.Connection, document: DocumentId) -> list[Said]:
    """Return all that is said of a document, whoever says it."""
    return said_of(db, [document]).get(document, [])


def reference(db: sqlite3.Connection, document: DocumentId) -> Reference:
    """Return the record of a document; an empty one of a document that is not known."""
    return references(db, [document]).get(document, Reference())


def references(
    db: sqlite3.Connection, documents: Sequence[DocumentId]
) -> dict[DocumentId, Reference]:
    """Return the record of each document that is known.

    Of those that were read by a version without records, it is what the list of documents shows.
    """
    known = said_of(db, documents)
    listed = rows_among(
        db, "SELECT id, title, author, date, language FROM documents WHERE id IN (*)", documents
    )
    found: dict[DocumentId, Reference] = {}
    for document, title, author, date, language in listed:
        mine = known.get(document, [])
        if not tells(mine):
            mine = [
                *mine,
                (ReferenceField.TITLE, Origin.PROPERTIES, title),
                (ReferenceField.AUTHORS, Origin.PROPERTIES, author),
                (ReferenceField.ISSUED, Origin.PROPERTIES, date),
                (ReferenceField.LANGUAGE, Origin.TEXT, language),
            ]
        found[document] = reference_of(mine)
    return found


def tells(mine: Iterable[Said]) -> bool:
    """Whether what the document says of itself is among what is said of it."""
    return any(which is ReferenceField.TITLE and origin in READ for which, origin, _ in mine)


def keep_read(db: sqlite3.Connection, document: DocumentId, found: Iterable[Said]) -> None:
    """Keep what was read of a document, instead of what was read of it before."""
    with transaction(db):
        _drop(db, document, READ)
        _insert(db, document, (one for one in found if one[1] in READ))


def keep(
    db: sqlite3.Connection, document: DocumentId, origin: Origin, found: Iterable[Said]
) -> None:
    """Keep what an origin says of a document, instead of what it said before."""
    with transaction(db):
        _drop(db, document, [origin])
        _insert(db, document, ((which, origin, text) for which, _, text in found))


def enter(db: sqlite3.Connection, document: DocumentId, which: ReferenceField, text: str) -> bool:
    """Keep what a person typed; an empty text says that there is nothing to be said.

    Return whether it was taken: a date that is none is not.
    """
    if text.strip() and not normal(which, text):
        return False
    with transaction(db):
        _insert(db, document, [(which, Origin.PERSON, text)])
    return True


def take_back(db: sqlite3.Connection, document: DocumentId, which: ReferenceField) -> None:
    """Forget what a person typed into a field."""
    with transaction(db):
        db.execute(
            "DELETE FROM reference_fields WHERE document = ? AND field = ? AND origin = ?",
            (document, which, Origin.PERSON),
        )


def carry(db: sqlite3.Connection, before: DocumentId, document: DocumentId) -> None:
    """Have what was said of the content that a file had go on with the one that it has now.

    That is what was typed and imported; what was read is read again.
    """
    with transaction(db):
        db.execute(
            """
            INSERT OR IGNORE INTO reference_fields (document, field, origin, value)
            SELECT ?, field, origin, value FROM reference_fields
            WHERE document = ? AND origin IN ('person', 'zotero', 'imported')
            """,
            (document, before),
        )


def said_of(
    db: sqlite3.Connection, documents: Sequence[DocumentId]
) -> dict[DocumentId, list[Said]]:
    """Return all that is said of some documents; those of which nothing is are left out."""
    found: dict[DocumentId, list[Said]] = {}
    stored = rows_among(
        db,
        "SELECT document, field, origin, value FROM reference_fields WHERE document IN (*)",
        documents,
    )
    for document, which, origin, text in stored:
        if which in _FIELDS and origin in _ORIGINS:  # others are a newer version's
            found.setdefault(document, []).append((_FIELDS[which], _ORIGINS[origin], text))
    return found


def bring(db: sqlite3.Connection, document: DocumentId, found: Iterable[Said]) -> None:
    """Keep what another machine knows of a document, and nothing instead of what is known here."""
    mine = {(which, origin) for which, origin, _ in said(db, document)}
    with transaction(db):
        _insert(db, document, (one for one in found if one[:2] not in mine))


def _drop(db: sqlite3.Connection, document: DocumentId, origins: Iterable[Origin]) -> None:
    db.executemany(
        "DELETE FROM reference_fields WHERE document = ? AND origin = ?",
        [(document, origin) for origin in origins],
    )


def _insert(db: sqlite3.Connection, document: DocumentId, found: Iterable[Said]) -> None:
    """Insert what is said, in the form in which it is kept, of a document that is known."""
    db.executemany(
        """
        INSERT OR REPLACE INTO reference_fields (document, field, origin, value)
        SELECT id, ?, ?, ? FROM documents WHERE id = ?
        """,
        [
            (which, origin, normal(which, stored_text(text))[:_LONGEST], document)
            for which, origin, text in found
        ],
    )
