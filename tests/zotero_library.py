"""A small library of Zotero, in the tables that its public schema has."""

import sqlite3
from contextlib import closing
from pathlib import Path

SCHEMA = """
CREATE TABLE itemTypes (itemTypeID INTEGER PRIMARY KEY, typeName TEXT);
CREATE TABLE fields (fieldID INTEGER PRIMARY KEY, fieldName TEXT);
CREATE TABLE items (itemID INTEGER PRIMARY KEY, itemTypeID INT NOT NULL, key TEXT NOT NULL UNIQUE);
CREATE TABLE itemDataValues (valueID INTEGER PRIMARY KEY, value UNIQUE);
CREATE TABLE itemData (itemID INT, fieldID INT, valueID INT, PRIMARY KEY (itemID, fieldID));
CREATE TABLE creatorTypes (creatorTypeID INTEGER PRIMARY KEY, creatorType TEXT);
CREATE TABLE creators (creatorID INTEGER PRIMARY KEY, firstName TEXT, lastName TEXT, fieldMode INT);
CREATE TABLE itemCreators (itemID INT, creatorID INT, creatorTypeID INT, orderIndex INT);
CREATE TABLE itemAttachments (
    itemID INTEGER PRIMARY KEY, parentItemID INT, linkMode INT, contentType TEXT, path TEXT
);
CREATE TABLE collections (collectionID INTEGER PRIMARY KEY, collectionName TEXT NOT NULL);
CREATE TABLE collectionItems (collectionID INT, itemID INT);
CREATE TABLE deletedItems (itemID INTEGER PRIMARY KEY);
INSERT INTO itemTypes VALUES (1, 'attachment'), (2, 'book'), (3, 'journalArticle'), (4, 'statute');
INSERT INTO creatorTypes VALUES (1, 'author'), (2, 'editor'), (3, 'translator');
"""


class ZoteroLibrary:
    """A folder with a database and the files beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.database)) as db:
            db.executescript(SCHEMA)

    @property
    def database(self) -> Path:
        return self.folder / "zotero.sqlite"

    def add(self, kind: str, people=(), **fields: str) -> int:
        """Add an item, its people as (given, family, role); return its number."""
        with closing(sqlite3.connect(self.database)) as db, db:
            query = "SELECT itemTypeID FROM itemTypes WHERE typeName = ?"
            (type_,) = db.execute(query, (kind,)).fetchone()
            item = self._item(db, type_)
            for name, value in fields.items():
                field = _id_of(db, "fields", "fieldID", "fieldName", name)
                number = _id_of(db, "itemDataValues", "valueID", "value", value)
                db.execute("INSERT INTO itemData VALUES (?, ?, ?)", (item, field, number))
            for order, (given, family, role) in enumerate(people):
                made = db.execute(
                    "INSERT INTO creators (firstName, lastName, fieldMode) VALUES (?, ?, ?)",
                    (given, family, int(not given)),
                ).lastrowid
                db.execute(
                    "INSERT INTO itemCreators SELECT ?, ?, creatorTypeID, ? FROM creatorTypes "
                    "WHERE creatorType = ?",
                    (item, made, order, role),
                )
        return item

    def attach(self, parent: int | None, name: str, content: bytes = b"x", *, linked="") -> Path:
        """Put a file into the storage, or link one; return where it is."""
        with closing(sqlite3.connect(self.database)) as db, db:
            item = self._item(db, 1)
            (key,) = db.execute("SELECT key FROM items WHERE itemID = ?", (item,)).fetchone()
            path = linked or f"storage:{name}"
            db.execute(
                "INSERT INTO itemAttachments VALUES (?, ?, ?, 'application/pdf', ?)",
                (item, parent, 2 if linked else 0, path),
            )
        place = Path(linked) if linked else self.folder / "storage" / key / Path(name).name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        return place

    def change(self, query: str, *values: object) -> None:
        """Change something as Zotero would."""
        with closing(sqlite3.connect(self.database)) as db, db:
            db.execute(query, values)

    @staticmethod
    def _item(db: sqlite3.Connection, type_: int) -> int:
        (number,) = db.execute("SELECT count(*) + 1 FROM items").fetchone()
        db.execute("INSERT INTO items VALUES (?, ?, ?)", (number, type_, f"KEY{number:05}"))
        return number


def _id_of(db: sqlite3.Connection, table: str, key: str, column: str, value: str) -> int:
    find = f"SELECT {key} FROM {table} WHERE {column} = ?"  # noqa: S608 - our own
    if found := db.execute(find, (value,)).fetchone():
        return found[0]
    made = db.execute(f"INSERT INTO {table} ({column}) VALUES (?)", (value,))  # noqa: S608 - our own
    return made.lastrowid or 0
