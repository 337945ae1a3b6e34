"""Documents themselves, unpacked out of a file with a library into a folder of a person's."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_rag.domain.bundles import DocumentRecord
from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.bundles.archive import PIECE, Bundle, original_name, refusing
from desktop_rag.library.bundles.schema import UnsoundRecord
from desktop_rag.library.disk.file_names import numbered, safe_name
from desktop_rag.settings.paths import reported

_PART = ".part"


def holds(path: Path, document: DocumentId, check: Callable[[], None]) -> bool:
    """Whether a file is this document; `check` is called before each piece, and may raise."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                check()
                digest.update(piece)
    except OSError:
        return False
    return digest.hexdigest() == document


def pieces(bundle: Bundle, record: DocumentRecord, check: Callable[[], None]) -> Iterator[bytes]:
    """Yield the document itself. Raises `BundleUnusable`, at the end where it is another one."""
    digest = hashlib.sha256()
    for piece in bundle.pieces(original_name(record)):
        check()
        digest.update(piece)
        yield piece
    with refusing(bundle.path):
        if digest.hexdigest() != record.id:
            raise UnsoundRecord


def unpack(
    bundle: Bundle, record: DocumentRecord, folder: Path, check: Callable[[], None]
) -> tuple[Path, bool]:
    """Return where the document lies in the folder, and whether it was unpacked there just now.

    No other file is touched. Raises `BundleUnusable`, also where it is another document.
    """
    wanted = folder / safe_name(record.original)
    places = itertools.takewhile(os.path.lexists, numbered(wanted))
    found = next((place for place in places if holds(place, record.id, check)), None)
    if found is not None:
        return found, False
    with reported(folder), _part(folder, record) as part:
        with part.open("wb") as file:
            file.writelines(pieces(bundle, record, check))
        target = next(place for place in numbered(wanted) if not os.path.lexists(place))
        part.rename(target)
    return target, True


@contextlib.contextmanager
def _part(folder: Path, record: DocumentRecord) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{record.id}{_PART}"
    try:
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
