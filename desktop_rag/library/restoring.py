"""The way out of a database that is damaged, gone or too new: back to the last copy, or anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from desktop_rag.library import remembered
from desktop_rag.library.db import backups
from desktop_rag.library.db.database import open_database


def restored(path: Path) -> sqlite3.Connection:
    """Open the last usable copy in the place of a database, or a new one where there is none.

    What was there is set aside, and what was read of documents that are not known any more is
    spared for a while: they may come again. Raises `DiskFull` or `DataUnreadable`.
    """
    backups.go_back(path)
    db = open_database(path, anew=True)
    remembered.note_lost(db)
    return db
