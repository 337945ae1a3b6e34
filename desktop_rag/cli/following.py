"""Zotero libraries that a library follows, for the time of one command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_rag.cli import indexing, session
from desktop_rag.domain.errors import LibraryUnknown
from desktop_rag.jobs.zotero import keep_step
from desktop_rag.library import libraries, zotero_sources
from desktop_rag.library.zotero_sources import Followed, ZoteroSource
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.reading import ReadZotero
from desktop_rag.workers.pipe.calls import Calls


def follow(library: str, folder: Path | None) -> dict[str, Any]:
    """Bring a library to what Zotero has now; return what came of it.

    A `folder` is followed from now on; without one, those are that are followed already.
    """
    home, settings = session.opened()
    given = [folder.absolute()] if folder else _folders(home, library)
    report: dict[str, Any] = {"library": library, "folders": [str(one) for one in given]}
    report |= {"new": 0, "gone": 0, "failed": []}
    for one in given:
        followed = _followed(home, settings, library, one)
        report["new"] += len(followed.new)
        report["gone"] += len(followed.gone)
        if followed.new:
            came = indexing.index(list(followed.new), library, [])
            report["failed"] += came.values()["failed"]
    return report


def stop(library: str, folder: Path | None) -> dict[str, Any]:
    """Follow a folder no longer, or none at all."""
    home, _settings = session.opened()
    with session.owned(home) as db:
        place = libraries.find(db, library)
        sources = zotero_sources.listed(db, place)
        left = [one for one in sources if folder is None or one.folder == folder.absolute()]
        for one in left:
            zotero_sources.remove(db, one)
    return {"library": library, "stopped": [str(one.folder) for one in left]}


def told(report: dict[str, Any]) -> Iterator[str]:
    """Yield lines that say what came of it."""
    if "stopped" in report:
        yield from (f"no longer followed: {folder}" for folder in report["stopped"])
        return
    folders = ", ".join(report["folders"]) or "no Zotero library"
    yield f"{report['new']} new, {report['gone']} gone: {folders}"


def _folders(home: Paths, library: str) -> list[Path]:
    with session.looked_at(home) as db:
        return [one.folder for one in zotero_sources.listed(db, libraries.find(db, library))]


def _followed(home: Paths, settings: Settings, library: str, folder: Path) -> Followed:
    """Keep what Zotero says now, and take out of the library what it has no more."""
    with Calls("reading", session.reader(home, settings)) as calls:
        (found,) = calls.steps(ReadZotero(folder))
    with session.owned(home) as db:
        try:
            place = libraries.find(db, library)
        except LibraryUnknown:
            place = libraries.ensure(db, library)
        return keep_step(db, ZoteroSource(place, folder), found)
