"""A disk that is full after so many bytes, and a downloading process that meets it."""

import errno
import os
import shutil
from ctypes import c_uint64
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop_rag.settings.schema import Network
from desktop_rag.workers.processes import downloading

_FREE = 1 << 40


def fill(room: int) -> None:
    """Have no space after `room` bytes in files whose names end in `.part`."""
    left = room

    class Full:
        """A file that writes until there is no room."""

        def __init__(self, file: Any) -> None:
            self._file = file

        def write(self, block: bytes) -> int:
            nonlocal left
            if not left:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            written: int = self._file.write(block[:left])
            left -= written
            return written

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self._file.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._file, name)

    opened = Path.open

    def opening(path: Path, mode: str = "r", *given: Any, **named: Any) -> Any:
        file = opened(path, mode, *given, **named)
        return Full(file) if path.suffix == ".part" else file

    Path.open = opening  # type: ignore[method-assign,assignment]


def main(home: Path, network: Network, room: int, pipe: Connection, mark: c_uint64) -> None:
    """Say that there is space, and have none after `room` bytes."""
    usage = type(shutil.disk_usage("."))
    shutil.disk_usage = lambda path: usage(_FREE, 0, _FREE)  # type: ignore[assignment]
    fill(room)
    downloading.main(home, network, pipe, mark)
