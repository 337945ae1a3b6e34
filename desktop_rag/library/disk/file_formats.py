"""Looks into files to tell what they are, whatever they are called."""

from __future__ import annotations

import stat
import zipfile
import zlib
from functools import partial
from pathlib import Path

from desktop_rag.domain.formats import (
    HEAD_BYTES,
    Format,
    ZipContents,
    format_of,
    given_unnamed,
)

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_MIME_TYPE = "mimetype"  # the member that EPUB and OpenDocument begin with
_MIME_TYPE_BYTES = 200


def format_of_file(path: Path) -> Format | None:
    """Return the format of a file, if it is one of ours. Raises `OSError`."""
    return format_of(path, _head(path), partial(_zip_contents, path))


def taken_unnamed(path: Path) -> bool:
    """Whether a folder gives this file, which has no ending: a PDF or a picture. Raises nothing."""
    try:
        return stat.S_ISREG(path.stat().st_mode) and given_unnamed(_head(path))
    except OSError:
        return False


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _zip_contents(path: Path) -> ZipContents:
    """Return what a ZIP file says that it is; of a damaged one, nothing."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = frozenset(parts.namelist())
            return ZipContents(names, _mime_type(parts) if _MIME_TYPE in names else "")
    except _DAMAGE:
        return ZipContents()


def _mime_type(parts: zipfile.ZipFile) -> str:
    with parts.open(_MIME_TYPE) as part:
        return part.read(_MIME_TYPE_BYTES).decode("ascii", "replace").strip()
