"""The library of Zotero: its SQLite file, strictly read only, and the files that it knows.

The schema is that of Zotero 5 to 7 (userdata and system). While Zotero runs it keeps its database
to itself; it is copied then, with its journal, and the copy is read.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop_rag.domain.authors import Author, written
from desktop_rag.domain.errors import DiskFull, ReferencesUnusable
from desktop_rag.domain.references import ListedReference, ReferenceField, ReferenceKind
from desktop_rag.settings.paths import tells_full

DATABASE = "zotero.sqlite"
_BESIDE = ("", "-journal", "-wal")
_LONGEST = 2_000  # signs of a field
_MOST_ITEMS = 200_000
_BUSY_SECONDS = 1.0
_WAL_AT = 18  # byte of the header
_TABLES = {"items", "itemTypes", "itemData", "itemDataValues", "fields", "itemAttachments"}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_CLOSED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
_STORAGE, _LINKED = "storage:", "attachments:"
_K = ReferenceKind
_KINDS = {
    "journalArticle": _K.JOURNAL_ARTICLE,
    "magazineArticle": _K.MAGAZINE_ARTICLE,
    "newspaperArticle": _K.NEWSPAPER_ARTICLE,
    "preprint": _K.ARTICLE,
    "book": _K.BOOK,
    "bookSection": _K.CHAPTER,
    "conferencePaper": _K.CONFERENCE_PAPER,
    "encyclopediaArticle": _K.ENCYCLOPEDIA_ENTRY,
    "dictionaryEntry": _K.ENCYCLOPEDIA_ENTRY,
    "report": _K.REPORT,
    "thesis": _K.THESIS,
    "webpage": _K.WEBPAGE,
    "blogPost": _K.WEBPAGE,
    "statute": _K.LEGISLATION,
    "bill": _K.LEGISLATION,
    "case": _K.LEGAL_CASE,
    "patent": _K.PATENT,
    "standard": _K.STANDARD,
    "presentation": _K.SPEECH,
    "letter": _K.LETTER,
    "email": _K.LETTER,
    "manuscript": _K.MANUSCRIPT,
    "dataset": _K.DATASET,
    "computerProgram": _K.SOFTWARE,
    "document": _K.DOCUMENT,
}
_FIELDS = {
    ReferenceField.TITLE: ("title", "nameOfAct", "caseName", "subject"),
    ReferenceField.ISSUED: ("date", "dateEnacted", "dateDecided", "issueDate"),
    ReferenceField.PUBLISHER: ("publisher", "institution", "university", "company", "repository"),
    ReferenceField.PLACE: ("place",),
    ReferenceField.CONTAINER: (
        *("publicationTitle", "bookTitle", "proceedingsTitle", "encyclopediaTitle"),
        *("dictionaryTitle", "websiteTitle", "blogTitle", "code", "reporter"),
    ),
    ReferenceField.VOLUME: ("volume", "codeVolume"),
    ReferenceField.ISSUE: ("issue", "number", "reportNumber"),
    ReferenceField.PAGES: ("pages",),
    ReferenceField.EDITION: ("edition",),
    ReferenceField.DOI: ("DOI",),
    ReferenceField.ISBN: ("ISBN",),
    ReferenceField.ISSN: ("ISSN",),
    ReferenceField.URL: ("url",),
    ReferenceField.LANGUAGE: ("language",),
}
_MADE_BY = {"author", "inventor", "programmer", "presenter", "contributor", "editor"}


def listed(folder: Path) -> list[ListedReference]:
    """Return the items of a Zotero library that have files, which are told by their paths.

    A file of its own has no more said of it. Raises `ReferencesUnusable`, and `DiskFull` where
    there is no room for a copy.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise ReferencesUnusable(str(folder), "missing")
    try:
        with _opened(path, str(folder)) as db:
            return list(_items(db, folder))
    except sqlite3.Error as error:
        raise ReferencesUnusable(str(folder), _reason(error)) from error
    except OSError:
        raise ReferencesUnusable(str(folder), "unreadable") from None


@contextlib.contextmanager
def _opened(path: Path, name: str) -> Iterator[sqlite3.Connection]:
    """Open a database read only, or else a copy of it.

    SQLite makes files beside one with a write-ahead log, even to read it: that is copied, too.
    """
    with contextlib.ExitStack() as stack:
        if not _logs_ahead(path):
            try:
                db = stack.enter_context(contextlib.closing(_connected(path)))
                _check(db, name)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _LOCKED | _CLOSED:
                    raise
            else:
                yield db
                return
        db = stack.enter_context(_copied(path))
        _check(db, name)
        yield db


def _logs_ahead(path: Path) -> bool:
    """Whether a database has a write-ahead log, as its header says (file format, 1.3.3)."""
    with path.open("rb") as file:
        head = file.read(_WAL_AT + 1)
    return head[_WAL_AT:] == b"\x02"


@contextlib.contextmanager
def _copied(path: Path) -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        for ending in _BESIDE:
            beside = path.with_name(path.name + ending)
            if beside.is_file():
                _copy(beside, Path(place, beside.name))
        with contextlib.closing(sqlite3.connect(Path(place, path.name))) as db:
            yield db


def _copy(source: Path, target: Path) -> None:
    """Copy a file that may be kept from others, as Windows does. Raises `DiskFull`, too."""
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        if tells_full(error):
            raise DiskFull(str(target)) from error
        raise ReferencesUnusable(str(source.parent), "busy") from error


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)


def _check(db: sqlite3.Connection, name: str) -> None:
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _TABLES:
        raise ReferencesUnusable(name, "no_zotero")
    if "deletedItems" not in tables:  # of very old libraries
        db.execute("CREATE TEMP TABLE deletedItems (itemID INTEGER)")


def _reason(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED:
        return "busy"
    return "unreadable" if code in _CLOSED else "damaged"


def _items(db: sqlite3.Connection, folder: Path) -> Iterator[ListedReference]:
    kinds = dict(db.execute(_TYPES))
    said: dict[int, dict[str, str]] = defaultdict(dict)
    for item, name, value in db.execute(_DATA):
        said[item][name] = " ".join(str(value or "").split())[:_LONGEST]
    people: dict[int, list[Author]] = defaultdict(list)
    for item, first, last, role in db.execute(_CREATORS):
        if role in _MADE_BY and (role != "editor" or item not in people):
            people[item].append(Author(_line(last), _line(first)))
    for parent, files in _files(db, folder).items():
        if parent is None:
            yield from (ListedReference((), (file,)) for file in files)
        else:
            fields = _said(said[parent], kinds.get(parent, ""), people[parent])
            yield ListedReference(tuple(fields.items()), tuple(files), str(parent))


def _files(db: sqlite3.Connection, folder: Path) -> dict[int | None, list[str]]:
    """Return the paths of the files of each item, and under None of those of their own."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for parent, path, key in db.execute(_ATTACHMENTS, (_MOST_ITEMS,)):
        text = str(path)
        if text.startswith(_STORAGE):
            name = Path(text.removeprefix(_STORAGE)).name  # no way out of its folder
            found[parent].append(str(folder / "storage" / Path(str(key)).name / name))
        elif not text.startswith(_LINKED) and Path(text).is_absolute():
            found[parent].append(text)
    return found


def _said(given: Mapping[str, str], kind: str, people: list[Author]) -> dict[ReferenceField, str]:
    said = {
        which: text
        for which, names in _FIELDS.items()
        if (text := next((given[name] for name in names if given.get(name)), ""))
    }
    if issued := said.get(ReferenceField.ISSUED):  # "2021-03-00 March 2021"
        said[ReferenceField.ISSUED] = issued.partition(" ")[0].replace("-00", "")
    if kind in _KINDS:
        said[ReferenceField.KIND] = _KINDS[kind]
    if people:
        said[ReferenceField.AUTHORS] = written(people)
    return said


def _line(text: object) -> str:
    return " ".join(str(text or "").split())[:_LONGEST]


_TYPES = """
    SELECT itemID, typeName FROM items JOIN itemTypes USING (itemTypeID)
    WHERE itemID NOT IN (SELECT itemID FROM deletedItems)
"""
_DATA = """
    SELECT itemID, fieldName, value
    FROM itemData JOIN fields USING (fieldID) JOIN itemDataValues USING (valueID)
"""
_CREATORS = """
    SELECT itemID, firstName, lastName, creatorType
    FROM itemCreators JOIN creators USING (creatorID) JOIN creatorTypes USING (creatorTypeID)
    ORDER BY itemID, orderIndex
"""
_ATTACHMENTS = """
    SELECT parentItemID, path, key FROM itemAttachments JOIN items USING (itemID)
    WHERE path IS NOT NULL
        AND itemID NOT IN (SELECT itemID FROM deletedItems)
        AND coalesce(parentItemID, 0) NOT IN (SELECT itemID FROM deletedItems)
    ORDER BY itemID LIMIT ?
"""
