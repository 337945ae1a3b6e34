"""What a language model made of parts of documents, kept for the next time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from typing import NamedTuple

from typing_extensions import override

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.db.database import rows, transaction


class KeptKey(NamedTuple):
    """The document that a text was made of, and the SHA-256 of all that decided it."""

    document: DocumentId
    digest: str


class KeptTexts(MutableMapping[KeptKey, str]):
    """Texts by their document and what decided them; they go when the document does."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # MutableMapping

    @override
    def __getitem__(self, key: KeptKey) -> str:
        found = rows(
            self._db, "SELECT text FROM kept_texts WHERE document = ? AND digest = ?", *key
        )
        if not found:
            raise KeyError(key)
        return str(found[0][0])

    @override
    def __setitem__(self, key: KeptKey, text: str) -> None:
        """Keep a text; not of a document that was removed meanwhile."""
        with suppress(sqlite3.IntegrityError), transaction(self._db):
            self._db.execute("INSERT OR REPLACE INTO kept_texts VALUES (?, ?, ?)", (*key, text))

    @override
    def __delitem__(self, key: KeptKey) -> None:
        with transaction(self._db):
            done = self._db.execute("DELETE FROM kept_texts WHERE document = ? AND digest = ?", key)
        if not done.rowcount:
            raise KeyError(key)

    @override
    def __iter__(self) -> Iterator[KeptKey]:
        for document, digest in rows(self._db, "SELECT document, digest FROM kept_texts"):
            yield KeptKey(DocumentId(document), digest)

    @override
    def __len__(self) -> int:
        ((count,),) = rows(self._db, "SELECT count(*) FROM kept_texts")
        return int(count)
