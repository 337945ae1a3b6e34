"""One window or command at a time owns the data directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from desktop_rag.domain.errors import DataLocked
from desktop_rag.settings.paths import Paths, reported


@contextmanager
def owner(paths: Paths) -> Iterator[None]:
    """Own the data directory, or raise `DataLocked` at once.

    The system holds the lock: it ends with the process, however that ends.
    """
    lock = FileLock(paths.owner_lock)
    with reported(paths.home):
        try:
            lock.acquire(blocking=False)
        except Timeout:
            raise DataLocked(str(paths.home)) from None
    try:
        yield
    finally:
        lock.release()
