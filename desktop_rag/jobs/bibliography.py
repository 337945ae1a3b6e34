"""What documents are to who cites them; what an older version read is looked through now."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import Reference, Said, reference_of
from desktop_rag.ingest.cleaning import cleaned
from desktop_rag.ingest.references.finding import said_of
from desktop_rag.ingest.references.front_matter import PAGES
from desktop_rag.library import documents, references
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths


def known(
    db: sqlite3.Connection, paths: Paths, wanted: Sequence[DocumentId]
) -> dict[DocumentId, Reference]:
    """Return the records of documents, and keep what is found out now if `db` can be written.

    Those that were read by a version without records cost some milliseconds each.
    """
    said = references.said_of(db, wanted)
    found = references.references(db, wanted)
    unread = [one for one in found if not references.tells(said.get(one, ()))]
    names = documents.titles(db, unread)
    for document in unread:
        _, stem = names.get(document, ("", ""))
        now = _now(paths, document, stem, found[document].language)
        if now:
            found[document] = reference_of([*said.get(document, ()), *now])
            if _writable(db):
                references.keep_read(db, document, now)
    return found


def reference(db: sqlite3.Connection, paths: Paths, document: DocumentId) -> Reference:
    """Return the record of one document, an empty one if it is not known; see `known`."""
    return known(db, paths, [document]).get(document, Reference())


def _now(paths: Paths, document: DocumentId, stem: str, language: str) -> list[Said]:
    """Return what the pages that were read say; nothing if there are none."""
    read = page_store.load(paths.pages_folder, document, PAGES)
    if read is None:
        return []
    outline, pages = read
    return said_of(outline, cleaned(pages), stem, language)


def _writable(db: sqlite3.Connection) -> bool:
    ((only_read,),) = db.execute("PRAGMA query_only")
    return not only_read
