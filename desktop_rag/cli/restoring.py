"""Going back to the last copy of a damaged database, and making whole what depends on it."""

from __future__ import annotations

from typing import Any

from desktop_rag.cli import indexing, session
from desktop_rag.cli.output import screen
from desktop_rag.domain.errors import DatabaseDamaged, StoreIncomplete
from desktop_rag.library.db.database import open_database
from desktop_rag.library.disk.lock import owner
from desktop_rag.library.restoring import restored
from desktop_rag.settings.paths import Paths


def restore() -> dict[str, Any]:
    """Put the last copy in the place of a database that cannot be used; say what came of it."""
    home, settings = session.opened()
    damaged, copy = _gone_back(home)
    with session.owned(home) as db:
        damage = StoreIncomplete(str(home.vectors_folder))
        report = indexing.mend(db, home, settings, damage, rest=True)
    return {"damaged": damaged, "copy": copy, "indexed": len(report.indexed)}


def _gone_back(home: Paths) -> tuple[bool, str]:
    """Return whether the database was damaged, and when the copy was made that is there now.

    Raises `DatabaseNewer` where there is no copy: that file is whole.
    """
    with owner(home):
        try:
            open_database(home.database).close()
        except DatabaseDamaged as error:
            if not error.replaceable:
                raise
            restored(home.database).close()
            return True, error.copy
    return False, ""


def print_restored(values: dict[str, Any]) -> None:
    """Say in words what came of it."""
    if not values["damaged"]:
        screen.print("The database is whole.")
    elif values["copy"]:
        screen.print(f"The database is again as it was at {values['copy']}.")
    else:
        screen.print("There is no copy: the database begins anew. Index your documents again.")
    if values["damaged"]:
        screen.print("The damaged file is kept beside it.")
    if values["indexed"]:
        screen.print(f"{values['indexed']} documents were put into what is searched again.")
