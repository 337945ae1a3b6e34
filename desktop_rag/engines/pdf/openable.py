"""Paths that MuPDF can open: it wants names in UTF-8, which those of old archives are not."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.unicode_text import readable

_LONGEST = 60  # characters, of which each may be four bytes: systems take 255


@contextlib.contextmanager
def openable(path: Path) -> Iterator[Path]:
    """Give a path to open a file by: a link to it, for as long, where its own name is not UTF-8.

    Raises `OSError` where no link can be made.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        with tempfile.TemporaryDirectory() as folder:
            link = Path(folder, readable(path.name)[-_LONGEST:])
            link.symlink_to(path.absolute())
            yield link
    else:
        yield path
