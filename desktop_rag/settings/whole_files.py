"""Files to take away, each of which takes the place of another only once it is whole."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.settings.paths import FULL


@contextlib.contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a place beside a file to write to; what is written there becomes the file at the end.

    What lay there stays until then, also where that is broken off. Raises `DiskFull`, or
    `PaperUnwritable` where the system refuses.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")  # a long name has no room for more
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)  # noqa: PTH105 - the only atomic one, by name
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(target)) from error
        raise PaperUnwritable(str(target), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
