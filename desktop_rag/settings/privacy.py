"""Keeps what is written here from everybody else who uses the machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def keep() -> None:
    """Let nobody else read what this process and its children write from now on.

    Libraries write files of their own, so that no call can say so for each.
    """
    os.umask(_OTHERS)


def close(folder: Path, inside: Sequence[Path]) -> None:
    """Close a folder of ours, and what is `inside` and below, where it was left open to others.

    What cannot be closed stays as it is: file systems without rights, what somebody else owns,
    and folders that are meant for everybody, as those for temporary files are.
    """
    if os.name == "nt":
        return  # the user's profile is closed by itself, and rights are not modes
    if _is_open(folder):
        _close(folder)
        if _is_open(folder):
            return
    if any(map(_is_open, inside)):
        for path in inside:  # these last: whoever is interrupted here begins again
            for below in _below(path):
                _close(below)
        for path in inside:
            _close(path)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, topdown=False):
        for name in (*folders, *files):
            yield Path(place, name)


def _is_open(path: Path) -> bool:
    """Whether others may do anything with what is ours; a link is not what it leads to."""
    try:
        known = path.lstat()
    except OSError:
        return False
    ours = known.st_uid == os.geteuid() and not stat.S_ISLNK(known.st_mode)
    return ours and bool(known.st_mode & _OTHERS) and not known.st_mode & stat.S_ISVTX


def _close(path: Path) -> None:
    if _is_open(path):
        with suppress(OSError):
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)
