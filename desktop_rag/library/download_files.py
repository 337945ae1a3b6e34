"""What lies on the disk of downloads: how much of each is there, and throwing it away."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from desktop_rag.domain.models import HubFile
from desktop_rag.library import downloads, models
from desktop_rag.library.downloads import Download

_UNFINISHED = (".part", ".part.json")  # beside a file that has not come whole


def there(folder: Path, repository: str, parts: Iterable[HubFile]) -> int:
    """Return how many bytes of these files of a repository have come, whole or in part."""
    done = 0
    for part in parts:
        target = models.place_of(folder, repository, part.name)
        for file in (target, target.with_name(f"{target.name}.part")):
            if file.is_file():
                done += min(file.stat().st_size, part.size)
                break
    return done


def throw_away(db: sqlite3.Connection, folder: Path, download: Download) -> None:
    """Remove the files of a download that nobody has a use for; what is held stays."""
    others = {file for one in downloads.listing(db) for file in _targets(folder, one)}
    installed = {part for one in models.listing(db) for part in models.parts_of(one.path)}
    for target in _targets(folder, download):
        if target in others:
            continue
        used = not installed.isdisjoint({target, *target.parents})
        for end in _UNFINISHED if used else (*_UNFINISHED, ""):
            with suppress(OSError):
                target.with_name(f"{target.name}{end}").unlink(missing_ok=True)
    place = models.place_of(folder, download.repository)
    with suppress(OSError):
        if not any(file.is_file() for file in place.rglob("*")):
            shutil.rmtree(place, ignore_errors=True)


def _targets(folder: Path, download: Download) -> list[Path]:
    return [models.place_of(folder, download.repository, part.name) for part in download.parts]
