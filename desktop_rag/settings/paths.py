"""Where everything is kept: the user's data, and what comes with the program."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from desktop_rag.domain.errors import DataUnreadable, DiskFull
from desktop_rag.settings import privacy

FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_IN_WORDS = [
    words for code in sorted(FULL) for words in (os.strerror(code), f"(os error {code})")
]
_ROOM = 1 << 17  # bytes; SQLite wants 32 KiB at once to begin with
_BESIDE = (Path("backups"),)  # of the database, which makes them


@dataclass(frozen=True, slots=True)
class Paths:
    """The places inside one data directory; naming them creates nothing."""

    home: Path

    @property
    def database(self) -> Path:
        """SQLite: libraries, documents and what is to be done."""
        return self.home / "library.sqlite3"

    @property
    def pages_folder(self) -> Path:
        """What was read from each document."""
        return self.home / "pages"

    @property
    def converted_folder(self) -> Path:
        """PDFs that were made of documents of other kinds, to be read and shown."""
        return self.home / "converted"

    @property
    def attachments_folder(self) -> Path:
        """Files that came in documents, and are documents themselves."""
        return self.home / "attachments"

    @property
    def tessdata_folder(self) -> Path:
        """Data for text recognition that was fetched; the system's own may lie elsewhere."""
        return self.home / "tessdata"

    @property
    def vectors_folder(self) -> Path:
        """LanceDB: chunks and their vectors."""
        return self.home / "vectors"

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.home / "settings.json"

    @property
    def logs_folder(self) -> Path:
        """What the processes wrote down for bug reports."""
        return self.home / "logs"

    @property
    def models_folder(self) -> Path:
        """Models that were downloaded, copied or made here, and `*.part` of unfinished ones."""
        return self.home / "models"

    @property
    def states_folder(self) -> Path:
        """What language models have read of conversations; may be deleted at any time."""
        return self.home / "states"

    @property
    def runtime_folder(self) -> Path:
        """Where a second window finds the first, if the system has no place for that."""
        return self.home / "runtime"

    @property
    def connections_file(self) -> Path:
        """Every connection that was ever made: a JSON object in each line."""
        return self.home / "connections.jsonl"

    @property
    def machine_file(self) -> Path:
        """How fast this machine is; measured again when it is missing."""
        return self.home / "machine.json"

    @property
    def owner_lock(self) -> Path:
        """Held by the one window or command that writes."""
        return self.home / "owner.lock"

    @property
    def store_lock(self) -> Path:
        """Held by the process that writes to LanceDB."""
        return self.home / "store.lock"


def home() -> Path:
    """Return the data directory: DESKTOP_RAG_HOME, or else where the system wants it."""
    chosen = os.environ.get("DESKTOP_RAG_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return platformdirs.user_data_path("desktop-rag", appauthor=False)


def open_home(folder: Path) -> Paths:
    """Create the data directory where needed; close it to other users if it was open."""
    paths = Paths(folder)
    with reported(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        inner = (paths.pages_folder, paths.converted_folder, paths.vectors_folder)
        others = (paths.logs_folder, paths.models_folder, paths.states_folder)
        for inside in (*inner, *others, paths.attachments_folder, paths.runtime_folder):
            inside.mkdir(mode=0o700, exist_ok=True)
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        ours = {place.name.partition(".")[0] for place in (*_places(paths), *_BESIDE)}
        found = [one for one in folder.iterdir() if one.name.partition(".")[0] in ours]
        privacy.close(folder, found)
    return paths


def _places(paths: Paths) -> list[Path]:
    named = [name for name, kind in vars(Paths).items() if isinstance(kind, property)]
    return [getattr(paths, name) for name in named]


def resources() -> Path:
    """Return the folder that comes with the program, in the package or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def tells_full(error: BaseException) -> bool:
    """Return whether an error, or what caused it, is that of a full disk or a share of one.

    Libraries in other languages tell it in words, with the number that the system has for it.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in FULL:
            return True
        if any(word in str(cause) for word in _FULL_IN_WORDS):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def is_full(folder: Path) -> bool:
    """Return whether the disk of a folder, or the user's share of it, has no room.

    It is tried: what is free of a disk says nothing of a share, nor of how many files fit.
    """
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
            file.flush()
    except OSError as error:
        return error.errno in FULL
    return False


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Report what the system refuses to do with the data as our own errors."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(str(path)) from error
        raise DataUnreadable(str(path), error.strerror or str(error)) from error
