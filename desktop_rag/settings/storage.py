"""Settings on disk: JSON that a crash cannot leave half written."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_rag.settings.paths import reported
from desktop_rag.settings.schema import Settings

Values = dict[str, object]
Migration = Callable[[Values], Values]

MIGRATIONS: tuple[Migration, ...] = ()  #: The first one makes version 2 of version 1.


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and where the file lies if it was broken and had to be set aside."""

    settings: Settings
    broken: Path | None = None


def load(path: Path) -> LoadedSettings:
    """Read the settings; without a file, or with a broken one, the defaults."""
    with reported(path):
        if not path.exists():
            return LoadedSettings(Settings())
        content = path.read_bytes()
    try:
        return LoadedSettings(_parsed(content))
    except (ValueError, RecursionError):
        return LoadedSettings(Settings(), broken=_set_aside(path))


def save(path: Path, settings: Settings) -> None:
    """Replace the file; whoever reads meanwhile sees the old or the new one, whole."""
    with reported(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".tmp")
        written = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(settings.model_dump_json(indent=2) + "\n")
                file.flush()
                os.fsync(file.fileno())
            written.replace(path)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def migrated(values: Values, migrations: Sequence[Migration] = MIGRATIONS) -> Values:
    """Bring the values of an older file up to date, one version after the other.

    Those of a newer program are taken as far as we understand them.
    """
    version = values.get("version", 1)
    if not isinstance(version, int) or version < 1:
        raise ValueError(version)
    for migrate in migrations[version - 1 :]:
        values = migrate(values)
    return values | {"version": len(migrations) + 1}


def _parsed(content: bytes) -> Settings:
    values = json.loads(content)
    if isinstance(values, dict):
        values = migrated(values)
    return Settings.model_validate(values)


def _set_aside(path: Path) -> Path:
    broken = path.with_name(f"{path.name}.broken")
    try:
        path.replace(broken)
    except OSError:
        return path  # on a read-only disk it stays where it is
    return broken
