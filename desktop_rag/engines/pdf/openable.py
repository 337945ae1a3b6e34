"""Paths that MuPDF can open: it wants names in UTF-8, which those of old archives are not."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_OPENED = Path("/dev/fd")  # a name of ASCII alone for each file that this process has open


@contextlib.contextmanager
def openable(path: Path) -> Iterator[Path]:
    """Give a path to open a file by, which is another one for as long where its name is not UTF-8.

    What counts are the bytes that the system knows the name by: where its encoding is another
    than UTF-8, MuPDF finds no file whose name is not ASCII. Raises `OSError` where the file
    cannot be opened.
    """
    name = str(path)
    if os.name == "nt" or os.fsencode(name) == name.encode(errors="surrogatepass"):
        yield path
        return
    with path.open("rb") as file:
        yield _OPENED / str(file.fileno())
