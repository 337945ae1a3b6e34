"""Looks at a file before its reader does, so that a hostile one does no harm."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from desktop_rag.domain.errors import DocumentTooLarge
from desktop_rag.domain.formats import Guard
from desktop_rag.engines.formats import images, zip_guard

_MOST_BYTES = {  # of a file of text, and of an e-mail with all that is attached to it
    Guard.BYTES: 32 << 20,
    Guard.MESSAGE: 160 << 20,
}
_MOST_PIXELS = 120_000_000  # of a picture


def check(guard: Guard, path: Path) -> None:
    """Let only those files pass that can be borne.

    Raises `DocumentSealed`, `DocumentTooLarge`, `DocumentBroken`, `UnsupportedFile` or
    `OSError`, and what `zipfile` does of damage.
    """
    match guard:
        case Guard.OFFICE_ZIP:
            zip_guard.check(path, office=True)
        case Guard.ZIP:
            zip_guard.check(path, office=False)
        case Guard.PIXELS:
            if images.pixels(path) > _MOST_PIXELS:
                raise DocumentTooLarge(path.name)
        case Guard.BYTES | Guard.MESSAGE:
            if path.stat().st_size > _MOST_BYTES[guard]:
                raise DocumentTooLarge(path.name)
        case _:
            assert_never(guard)
