"""Papers as files, each of which takes the place of another only once it is whole."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.domain.papers import Paper, PaperFormat
from desktop_rag.settings.paths import FULL


def written(paper: Paper, target: Path, kind: PaperFormat) -> Iterator[tuple[int, int]]:
    """Write a paper to a file, yielding how many of all its blocks are set.

    What lay there stays until all is written, also where that is broken off. Raises `DiskFull`
    or `PaperUnwritable`.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")  # a long name has no room for more
    try:
        yield from _steps(paper, part, kind)
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


def _steps(paper: Paper, part: Path, kind: PaperFormat) -> Iterator[tuple[int, int]]:
    match kind:
        case PaperFormat.MARKDOWN:
            from desktop_rag.engines.papers import markdown

            with part.open("w", encoding="utf-8", newline="\n") as file:
                file.write(markdown.text_of(paper))
        case PaperFormat.WORD:
            from desktop_rag.engines.papers import word

            yield from word.written(paper, part)
        case PaperFormat.PDF:
            from desktop_rag.engines.papers import portable

            yield from portable.written(paper, part)
