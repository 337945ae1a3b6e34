"""What was made of a document besides its pages, noted so that damage to it is seen.

pages/ab/abcdef….made   {"converted/ab/abcdef….pdf": [bytes, CRC-32], …}
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.disk import attached_files, converted_pdfs, page_store
from desktop_rag.settings.paths import Paths, reported

_BLOCK = 1 << 20


def of(paths: Paths, document: DocumentId) -> list[Path]:
    """Return the files that were made of a document."""
    made = converted_pdfs.place(paths.converted_folder, document)
    text = converted_pdfs.text_place(paths.converted_folder, document)
    attached = attached_files.paths(paths.attachments_folder, document)
    return [*(one for one in (made, text) if one.exists()), *attached]


def note(folder: Path, document: DocumentId, files: Iterable[Path]) -> None:
    """Note these files of the data directory; `folder` is that of the pages. Raises `DiskFull`."""
    target, home = _place(folder, document), folder.parent
    with reported(folder):
        noted = {str(file.relative_to(home)): [*_signature(file)] for file in files}
        if not noted:
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = page_store.unfinished(target)
        part.write_text(json.dumps(noted), "ascii")
        os.replace(part, target)  # noqa: PTH105 - the only atomic one, by name


def whole(folder: Path, document: DocumentId, since: float = 0.0) -> bool:
    """Whether all that was noted is as it was; nothing is where nothing was noted.

    Of what was not written `since`, in seconds since 1970, only the size is looked at.
    """
    try:
        noted = json.loads(_place(folder, document).read_text("ascii"))
        return all(_same(folder.parent / name, tuple(was), since) for name, was in noted.items())
    except FileNotFoundError:
        return True
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def remove(folder: Path, documents: Iterable[DocumentId]) -> None:
    """Forget what was noted of these documents."""
    for document in documents:
        with reported(folder):
            _place(folder, document).unlink(missing_ok=True)


def _place(folder: Path, document: DocumentId) -> Path:
    return page_store.place(folder, document).with_suffix(".made")


def _same(file: Path, was: tuple[int, int], since: float) -> bool:
    with contextlib.suppress(OSError):
        if page_store.written_since(file, since):
            return _signature(file) == was
        return file.stat().st_size == was[0]
    return False


def _signature(file: Path) -> tuple[int, int]:
    size = check = 0
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK):
            size, check = size + len(block), zlib.crc32(block, check)
    return size, check
