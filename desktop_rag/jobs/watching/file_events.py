"""What the system tells of a folder and all below it: watchdog, behind one function.

Network drives tell nothing of what others do there, and a system only watches so many
folders at once: such a folder is looked through again and again instead.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserverVFS

_HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_TOO_MANY = {errno.ENOSPC, errno.EMFILE}
_REMOTE = {
    "9p",
    "afpfs",
    "afs",
    "cifs",
    "davfs",
    "fuse.davfs2",
    "fuse.rclone",
    "fuse.sshfs",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "vmhgfs",
    "webdav",
}
_ENDING_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class FileEvents:
    """Something happened to a file or a folder, which was moved if it is `to` somewhere."""

    path: Path
    folder: bool
    kind: str
    to: Path | None = None


Hear = Callable[[FileEvents], None]


class TooMany(OSError):
    """The system watches no more folders."""


def networked(path: str) -> bool:
    """Whether a folder lies on another machine, whose system tells nothing."""
    if sys.platform == "win32":
        return False
    import psutil  # only here: the window starts without it

    mounts = [
        (len(part.mountpoint), part.fstype)
        for part in psutil.disk_partitions(all=True)
        if Path(path).is_relative_to(part.mountpoint)
    ]
    return bool(mounts) and max(mounts)[1] in _REMOTE


class ObservedFolder:
    """A folder that is listened to, until it is `ended`.

    Raises `TooMany`, or another `OSError` where the folder cannot be watched.
    """

    def __init__(self, folder: Path, hear: Hear, polled_seconds: float | None = None) -> None:
        real = os.path.realpath(folder)  # a link would be watched itself, not what it leads to
        handler = _Handler(folder, real, hear)
        if polled_seconds is None:
            self._observer = _started(_native(), handler, real)
        else:
            polling = PollingObserverVFS(os.lstat, os.scandir, polling_interval=polled_seconds)
            self._observer = _started(polling, handler, real)

    def end(self) -> None:
        """Listen no longer; what is already being told may still come."""
        _end(self._observer)


def exhausted(folder: Path) -> bool:
    """Whether no more folders can be watched, so that some below this one may not be.

    watchdog says so of the folder itself, but passes over those below it.
    """
    if sys.platform != "linux":
        return False
    try:
        probe = _native()
        _started(probe, FileSystemEventHandler(), os.path.realpath(folder), recursive=False)
    except TooMany:
        return True
    except OSError:
        return False
    _end(probe)
    return False


class _Handler(FileSystemEventHandler):
    """Tells of events under the name that the folder is watched by."""

    def __init__(self, folder: Path, real: str, hear: Hear) -> None:
        self._folder = folder
        self._real = real
        self._hear = hear

    def dispatch(self, event: FileSystemEvent) -> None:
        """Tell of an event."""
        to = self._named(event.dest_path) if event.dest_path else None
        path = self._named(event.src_path)
        self._hear(FileEvents(path, event.is_directory, event.event_type, to))

    def _named(self, path: bytes | str) -> Path:
        told = Path(os.fsdecode(path))
        if told.is_relative_to(self._real):
            return self._folder / told.relative_to(self._real)
        return told


def _native() -> BaseObserver:
    try:
        return Observer()
    except OSError as error:
        raise _explained(error) from error


def _started(
    observer: BaseObserver, handler: FileSystemEventHandler, path: str, *, recursive: bool = True
) -> BaseObserver:
    try:
        observer.schedule(handler, path, recursive=recursive, event_filter=_HEARD)
        observer.start()
    except OSError as error:
        _end(observer)
        raise _explained(error) from error
    return observer


def _end(observer: BaseObserver) -> None:
    emitters: list[Thread] = list(observer.emitters)
    observer.stop()
    for thread in (observer, *emitters):
        if thread.is_alive():
            thread.join(_ENDING_SECONDS)


def _explained(error: OSError) -> OSError:
    return TooMany(*error.args) if error.errno in _TOO_MANY else error
