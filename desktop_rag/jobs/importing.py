"""Lists of references brought to the documents of a library: which is which, and what is left.

A document is told by its DOI, its ISBN, the name of its file or its title, in this order; what
more than one document fits by is passed over, but for the files, which say it for certain.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.references import ListedReference, Origin, Reference, ReferenceField
from desktop_rag.jobs import bibliography
from desktop_rag.library import documents, references
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths

_LEAST_TITLE = 8  # letters of a title that tells one document from others


class ImportedReferences(NamedTuple):
    """What a list was for a library: the documents that it knew, and the titles that it had more.

    `matched` are the paths of the documents.
    """

    matched: tuple[Path, ...]
    unmatched: tuple[str, ...]


def import_references(
    db: sqlite3.Connection, paths: Paths, library: LibraryId, listed: Sequence[ListedReference]
) -> ImportedReferences:
    """Keep what a list says of the documents of a library."""
    held = documents.held(db, library)
    known = bibliography.known(db, paths, list(held))
    keys = _keys(known, held)
    found: dict[DocumentId, ListedReference] = {}
    unmatched: list[str] = []
    for record in listed:
        document = _document(record, keys)
        if document is None:
            unmatched.append(record.title)
        else:
            found[document] = record
    for document, record in found.items():
        said = [(which, Origin.IMPORTED, text) for which, text in record.said]
        references.keep(db, document, Origin.IMPORTED, said)
    return ImportedReferences(tuple(held[one] for one in found), tuple(unmatched))


def _keys(
    known: Mapping[DocumentId, Reference], held: Mapping[DocumentId, Path]
) -> dict[str, set[DocumentId]]:
    """Return what each document may be called by; each of these may be several documents'."""
    keys: dict[str, set[DocumentId]] = defaultdict(set)
    for document, path in held.items():
        reference = known.get(document, Reference())
        named = [("file", path.name), ("title", reference.title), ("title", path.stem)]
        named += [("doi", reference.doi), ("isbn", reference.isbn)]
        for kind, text in named:
            if key := _key(kind, text):
                keys[key].add(document)
    return keys


def _document(record: ListedReference, keys: Mapping[str, set[DocumentId]]) -> DocumentId | None:
    for key in _wanted(record):
        fitting = keys.get(key, set())
        if len(fitting) == 1:
            return next(iter(fitting))
    return None


def _wanted(record: ListedReference) -> Iterator[str]:
    """Yield what a record may be known by, the surest first."""
    kinds = [("doi", ReferenceField.DOI), ("isbn", ReferenceField.ISBN)]
    named = [(kind, record.text(which)) for kind, which in kinds]
    named += [("file", _file_name(name)) for name in record.files]
    named.append(("title", record.text(ReferenceField.TITLE)))
    for kind, text in named:
        if key := _key(kind, text):
            yield key


def _file_name(path: str) -> str:
    """Return the name of a file, on whichever system its path was written."""
    return PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name


def _key(kind: str, text: str) -> str:
    """Return what a text is compared by, empty where it tells nothing."""
    match kind:
        case "doi":
            plain = text.lower().rpartition("doi.org/")[2].strip()
        case "isbn":
            plain = _thirteen("".join(sign for sign in text.upper() if sign.isalnum()))
        case "file":
            plain = unicodedata.normalize("NFC", text).casefold()
        case _:
            folded = unicodedata.normalize("NFKD", text.casefold())
            plain = "".join(sign for sign in folded if sign.isalnum())
            plain = plain if len(plain) >= _LEAST_TITLE else ""
    return f"{kind}:{plain}" if plain else ""


def _thirteen(isbn: str) -> str:
    """Return an ISBN of ten digits as one of thirteen, less its check digit, to be compared by."""
    return f"978{isbn[:-1]}" if len(isbn) == len("0306406152") else isbn[:-1]
