"""Takes the files out of a document that came in it, to be read as documents themselves."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_rag.domain.attachments import AttachmentRoom
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.folders import Passed, PassedFile, PassedOver, doubtful, listed, passed
from desktop_rag.domain.formats import HEAD_BYTES, format_of
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk import attached_files
from desktop_rag.library.disk.file_formats import format_of_file, taken_unnamed
from desktop_rag.workers.commands.reading import AttachmentsFound, Read
from desktop_rag.workers.processes import file_listing

if TYPE_CHECKING:
    from desktop_rag.engines.formats.attachments import Attachment

_LOGO_BYTES = 10_000  # more than logos in e-mails have, and less than a page that can be read


def attached(folder: Path, command: Read, cancel: CancelToken) -> Iterator[AttachmentsFound]:
    """Keep what came in a document in `folder`, and yield it if that is anything.

    Raises `DiskFull` or `DataUnreadable`.
    """
    if command.room is None:
        return
    target = attached_files.place(folder, command.document)
    others: list[PassedFile] = []
    found = iter(()) if target.exists() else _found(command.fact.path)
    for first in found:
        with attached_files.making(folder, command.document) as unfinished:
            every = itertools.chain([first], found)
            others = _kept(every, unfinished, command.room, command.fact.path, cancel)
    kinds = Counter(one.ending for one in others)
    facts = tuple(map(file_listing.fact_of_file, attached_files.paths(folder, command.document)))
    if facts or others:
        told = PassedOver(tuple(others), tuple(kinds.most_common()))
        yield AttachmentsFound(target, facts, told)


def _found(path: Path) -> Iterator[Attachment]:
    from desktop_rag.engines.formats import attachments

    try:
        form = format_of_file(path)
        yield from attachments.attachments(path, form) if form else ()
    except OSError:  # which will be told when it is read
        return


def _kept(
    found: Iterable[Attachment], folder: Path, room: AttachmentRoom, path: Path, cancel: CancelToken
) -> list[PassedFile]:
    """Write what can be read, and return the rest, which looks to be within its document."""
    files, size = room
    others: list[PassedFile] = []
    for number, one in enumerate(found, 1):
        cancel.check()
        reason = Passed.ROOM if not files or len(one.data) > size else _refused(one)
        if reason is None:
            place = folder / str(number) / one.name
            place.parent.mkdir(mode=0o700)
            place.write_bytes(one.data)
            reason = _unfit(place)
        if reason:
            others.append(PassedFile(path / one.name, reason))
        else:
            files, size = files - 1, size - len(one.data)
    return others


def _refused(one: Attachment) -> Passed | None:
    if not (listed(one.name) or doubtful(one.name)):
        return passed(one.name) or Passed.KIND
    if len(one.data) >= _LOGO_BYTES:
        return None
    known = format_of(Path(one.name), one.data[:HEAD_BYTES])
    return Passed.SMALL if known and known.name == "image" else None


def _unfit(place: Path) -> Passed | None:
    """Return why a file is not read after all, which is removed then."""
    try:
        known = format_of_file(place) if listed(place.name) else taken_unnamed(place)
    except (OSError, RagError):
        known = None
    if known:
        return None
    place.unlink()
    place.parent.rmdir()
    return Passed.KIND
