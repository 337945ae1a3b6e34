"""A data directory as the version before left it, which had read its documents less well."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import page_store
from desktop_rag.settings.paths import Paths

VERSION = 6  #: of its schema
_ADDED = (
    "ALTER TABLE indexes DROP COLUMN reading",
    "DROP TABLE exams",
    "DROP TABLE attachments",
    "DROP TABLE kept_texts",
    "DROP TABLE reference_fields",
    *(f"DROP TABLE {name}" for name in ("cells", "table_lines", "tables")),
    *(f"DROP TABLE {name}" for name in ("zotero_files", "zotero_sources")),
    *(f"ALTER TABLE documents DROP COLUMN {name}" for name in ("author", "date", "subject")),
)


def pages(folder: Path, document: DocumentId) -> None:
    """Keep what was read of a document as the first `FORMAT` has it."""
    place = page_store.place(folder, document)
    with zipfile.ZipFile(place) as file:
        members = {name: json.loads(file.read(name)) for name in file.namelist()}
    outline = members["outline.json"]
    del outline["said"]
    outline["format"] = 1
    for values in members.values():
        if "lines" in values:
            values["lines"] = [line[:5] for line in values["lines"]]
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        for name, values in members.items():
            file.writestr(name, json.dumps(values))


def everything(paths: Paths) -> None:
    """Make all of a data directory older, which nobody has open."""
    for place in paths.pages_folder.glob("*/*.zip"):
        pages(paths.pages_folder, DocumentId(place.stem))
    _rows(paths)
    with closing(sqlite3.connect(paths.database)) as db, db:
        for statement in _ADDED:
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")


def _rows(paths: Paths) -> None:
    from desktop_rag.engines.store.lance import lancedb

    database = lancedb.connect(paths.vectors_folder)
    for name in database.list_tables().tables:
        database.open_table(name).drop_columns(["layer", "pages", "exact"])


def forms(paths: Paths) -> dict[str, int]:
    """Return the `FORMAT` of what was read of each document."""
    folder = paths.pages_folder
    found = (DocumentId(place.stem) for place in folder.glob("*/*.zip"))
    return {document: page_store.form(folder, document) for document in found}
