"""Lists the documents at and under a path, and tells which files are gone."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path

from desktop_rag.domain.documents import FileFact
from desktop_rag.domain.errors import (
    DocumentMissing,
    DocumentUnreadable,
    NothingToIndex,
    RagError,
    UnsupportedFile,
)
from desktop_rag.domain.folders import (
    NAMED,
    Passed,
    PassedFile,
    PassedOver,
    doubtful,
    entered,
    kind_of,
    listed,
    passed,
)
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library.disk.file_formats import format_of_file, taken_unnamed
from desktop_rag.library.disk.ignored import LeftOut, matching
from desktop_rag.workers.commands.reading import (
    FilesFound,
    FindFiles,
    Gone,
    PathRefused,
    Verify,
    Walked,
)

_BATCH = 500  # files in one reply


def find(command: FindFiles, cancel: CancelToken) -> Iterator[FilesFound | PathRefused | Walked]:
    """List the documents at or under each path; see `FindFiles`."""
    left_out = matching(command.patterns)
    for path in command.paths:
        cancel.check()
        yield from _at(Path(os.path.abspath(path)), left_out, cancel)  # noqa: PTH100 - no link is resolved


def verify(command: Verify) -> Iterator[Gone]:
    """Tell which files are gone; see `Verify`."""
    for at in range(0, len(command.files), _BATCH):
        gone = tuple(fact.path for fact in command.files[at : at + _BATCH] if _gone(fact))
        if gone:
            yield Gone(gone)


def fact_of_file(path: Path) -> FileFact:
    """Return what tells this file from a changed one.

    Raises `DocumentMissing` or `DocumentUnreadable`.
    """
    try:
        known = path.stat()
    except OSError:
        raise refusal(path) from None
    if not stat.S_ISREG(known.st_mode):
        raise DocumentUnreadable(path.name)
    return FileFact(path, known.st_size, known.st_mtime_ns, known.st_ino, known.st_dev)


def _at(
    path: Path, left_out: LeftOut, cancel: CancelToken
) -> Iterator[FilesFound | PathRefused | Walked]:
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            fact = fact_of_file(path)
            known = format_of_file(path)
            yield FilesFound((fact,)) if known else PathRefused(path, UnsupportedFile(path.name))
            return
    except (OSError, RagError):
        yield PathRefused(path, refusal(path))
        return
    yield from _in_folder(path, left_out, cancel)


def _in_folder(
    folder: Path, left_out: LeftOut, cancel: CancelToken
) -> Iterator[FilesFound | PathRefused | Walked]:
    batch: list[FileFact] = []
    something, whole = False, True
    walk = _FolderWalk(folder, left_out)
    for entry in walk.found(cancel):
        something = True
        if isinstance(entry, PathRefused):
            whole = whole and isinstance(entry.error, DocumentMissing)
            yield entry
            continue
        batch.append(entry)
        if len(batch) >= _BATCH:
            yield FilesFound(tuple(batch))
            batch = []
    if batch:
        yield FilesFound(tuple(batch))
    if not something:
        yield PathRefused(folder, NothingToIndex(str(folder)))
    yield Walked(folder, whole, walk.passed)


@dataclass(slots=True)
class _FolderWalk:
    """A way through a folder and those below it: what is found, and what is passed over."""

    top: Path
    left_out: LeftOut
    _named: list[PassedFile] = field(default_factory=list)
    _kinds: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> PassedOver:
        """The files that are no documents, so far."""
        return PassedOver(tuple(self._named), tuple(self._kinds.most_common()))

    def found(self, cancel: CancelToken) -> Iterator[FileFact | PathRefused]:
        """Yield the documents of the folder and then of those below it, by name.

        No link is followed to a folder. What is closed to us comes last.
        """
        closed: list[Path] = []
        waiting = [str(self.top)]
        while waiting:
            cancel.check()
            folder = waiting.pop()
            try:
                files, folders = self._entries(folder)
            except OSError:
                closed.append(Path(folder))
                continue
            waiting += reversed(folders)
            for name in files:
                path = Path(name)
                try:
                    yield fact_of_file(path)
                except RagError as error:
                    yield PathRefused(path, error)
        for path in closed:
            yield PathRefused(path, DocumentUnreadable(path.name))

    def _entries(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the documents and the folders in a folder, in order. Raises `OSError`."""
        files: list[str] = []
        folders: list[str] = []
        others: list[tuple[str, Passed]] = []
        with os.scandir(folder) as entries:
            for entry in entries:
                inner = entry.is_dir(follow_symlinks=False)
                reason = None if inner else _passed(entry)
                wanted = entered(entry.name) if inner else listed(entry.name) or reason
                if not wanted or _hidden(entry) or self._left_out(entry.path, inner=inner):
                    continue
                if reason and not (doubtful(entry.name) and taken_unnamed(Path(entry.path))):
                    others.append((entry.path, reason))
                else:
                    (folders if inner else files).append(entry.path)
        self._pass(others)
        return sorted(files), sorted(folders)

    def _left_out(self, path: str, *, inner: bool) -> bool:
        above = os.path.join(self.top, "")  # noqa: PTH118 - relpath() takes ten times as long
        return self.left_out(path[len(above) :], inner)

    def _pass(self, others: list[tuple[str, Passed]]) -> None:
        self._kinds.update(kind_of(path.rpartition(os.sep)[2], reason) for path, reason in others)
        for path, reason in nsmallest(NAMED - len(self._named), others):
            self._named.append(PassedFile(Path(path), reason))


def _passed(entry: os.DirEntry[str]) -> Passed | None:
    """Return why something is not read that is no folder; what is neither file nor link is not."""
    if entry.is_symlink() and _leads_to_folder(entry):
        return Passed.LINK if entered(entry.name) else None
    return passed(entry.name) if entry.is_file() else None


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _hidden(entry: os.DirEntry[str]) -> bool:
    """Whether Windows, where a name does not say so, is told to hide a file."""
    if os.name != "nt":
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _gone(fact: FileFact) -> bool:
    if not _absent(fact.path):
        return False
    for above in fact.path.parents:
        try:
            known = above.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return False
        if stat.S_ISDIR(known.st_mode):
            return known.st_dev == fact.device
    return False


def _absent(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def refusal(path: Path) -> DocumentMissing | DocumentUnreadable:
    """Return why a file that was asked for cannot be had."""
    return DocumentMissing(path.name) if _absent(path) else DocumentUnreadable(path.name)
