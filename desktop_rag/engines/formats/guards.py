"""Looks at a file before its reader does, so that a hostile one does no harm."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from desktop_rag.domain import limits
from desktop_rag.domain.errors import DocumentTooLarge
from desktop_rag.domain.formats import Guard
from desktop_rag.engines.formats import images, zip_guard

_MOST_BYTES = {Guard.BYTES: limits.MOST_TEXT_BYTES, Guard.MESSAGE: limits.MOST_MESSAGE_BYTES}


def check(guard: Guard, path: Path) -> None:
    """Let only those files pass that can be borne.

    Raises `DocumentSealed`, `DocumentTooLarge`, `DocumentBroken`, `UnsupportedFile` or
    `OSError`, and what `zipfile` does of damage.
    """
    match guard:
        case Guard.OFFICE_ZIP:
            zip_guard.check(path, office=True)
        case Guard.WORKBOOK:
            zip_guard.check(path, office=True, workbook=True)
        case Guard.ZIP:
            zip_guard.check(path, office=False)
        case Guard.PIXELS:
            if images.pixels(path) > limits.MOST_PIXELS:
                raise DocumentTooLarge(path.name)
        case Guard.BYTES | Guard.MESSAGE:
            if path.stat().st_size > _MOST_BYTES[guard]:
                raise DocumentTooLarge(path.name)
        case _:
            assert_never(guard)
