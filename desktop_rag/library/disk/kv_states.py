"""What a language model has read of conversations, in files that may vanish at any time.

    state of llama.cpp │ JSON: key, pieces, SHA-256 │ length of that │ magic

A file is only given to llama.cpp when its SHA-256 says that it is one of ours and whole, and
its key that it belongs to the model at hand. Where one cannot be written or is damaged, there
is none. Conversations that are forgotten while they are in memory leave a mark, so that they
are not written down afterwards.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import struct
import time
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

logger = logging.getLogger(__name__)

LEAST_TOKENS = 256  #: less is read again in no time
_MAGIC = b"DRAGSTA1"
_END = struct.Struct("<Q8s")
_HEAD = struct.Struct("<4sII")  # of llama.cpp: magic, version, count of tokens
_LARGEST_TAIL = 16 << 20
_SLICE = 1 << 20
_STALE_SECONDS = 3600


class SavedContext(Protocol):
    """What a model has read, as tokens and as the pieces that they were read in."""

    @property
    def tokens(self) -> tuple[int, ...]:
        """What has been read."""
        ...

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each piece of it begins."""
        ...

    def outdone_by(
        self, tokens: Sequence[int], starts: Sequence[int], prompt: Sequence[int]
    ) -> bool:
        """Whether less of `prompt` had to be read if these `tokens` were in memory instead."""
        ...

    def saved_bytes(self) -> int:
        """Return about how large a file `save` writes."""
        ...

    def save(self, path: Path) -> bool:
        """Write everything to a file; return whether that could be done."""
        ...

    def restore(self, path: Path, tokens: Sequence[int], starts: Sequence[int]) -> bool:
        """Hold what `save` has written instead; return whether that could be done."""
        ...


@dataclass(frozen=True, slots=True)
class _StateFile:
    tokens: tuple[int, ...]
    starts: tuple[int, ...]


class States:
    """The files of one folder, at most `limit` bytes of them; the oldest go first."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        with contextlib.suppress(OSError):
            for path in _files(folder):
                if path.suffix == ".forgotten":
                    path.with_suffix(".state").unlink(missing_ok=True)
                if path.suffix == ".forgotten" or _stale(path):
                    path.unlink(missing_ok=True)

    def keep(self, memory: SavedContext, conversation: int, key: str) -> None:
        """Write down what was read of a conversation, if it is worth it and can be done."""
        if len(memory.tokens) < LEAST_TOKENS or memory.saved_bytes() > self._limit:
            return
        forgotten = self._folder / f"{conversation}.forgotten"
        part = self._folder / f"{conversation}.{os.getpid()}.part"
        try:
            if forgotten.exists():
                forgotten.unlink(missing_ok=True)
                return
            part.touch(mode=0o600)
            if memory.save(part):
                _seal(part, key, memory.starts)
                state = part.replace(self._folder / f"{conversation}.state")
                if forgotten.exists():  # while it was written
                    state.unlink(missing_ok=True)
                self._prune()
        except OSError:
            logger.info("the state of a conversation cannot be kept", exc_info=True)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def bring(
        self, memory: SavedContext, conversation: int, key: str, prompt: Sequence[int]
    ) -> bool:
        """Put into memory what is kept of a conversation, if it serves `prompt` better."""
        path = self._folder / f"{conversation}.state"
        try:
            state = _checked(path, key)
            if state is None:
                return False
            if not memory.outdone_by(state.tokens, state.starts, prompt):
                return False
            os.utime(path)  # the one used last goes last
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            logger.info("the state of a conversation cannot be read")
            return False
        return memory.restore(path, state.tokens, state.starts)

    def _prune(self) -> None:
        """Delete the oldest until the rest is no larger than allowed."""
        by_age = sorted(_files(self._folder), key=lambda path: path.stat().st_mtime_ns)
        total = sum(path.stat().st_size for path in by_age)
        for path in by_age:
            if total <= self._limit:
                return
            total -= path.stat().st_size
            path.unlink(missing_ok=True)


def forget(folder: Path, conversations: Iterable[int]) -> None:
    """Delete what is kept of `conversations`, and have nothing more of them kept."""
    for conversation in conversations:
        with contextlib.suppress(OSError):
            (folder / f"{conversation}.forgotten").touch(mode=0o600)
            (folder / f"{conversation}.state").unlink(missing_ok=True)


def retain(folder: Path, conversations: Container[int]) -> None:
    """Delete what is kept of all but these `conversations`."""
    kept = (path.stem for path in _files(folder) if path.suffix == ".state")
    forget(folder, [int(one) for one in kept if one.isdigit() and int(one) not in conversations])


def clear(folder: Path) -> None:
    """Delete everything that is kept."""
    for path in _files(folder):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def size(folder: Path) -> int:
    """Return how many bytes are kept."""
    total = 0
    for path in _files(folder):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for path in list(folder.iterdir()):
            if path.suffix in {".state", ".part", ".forgotten"} and path.is_file():
                yield path


def _stale(path: Path) -> bool:
    return path.suffix == ".part" and time.time() - path.stat().st_mtime > _STALE_SECONDS


def _seal(path: Path, key: str, starts: Sequence[int]) -> None:
    """Add to llama.cpp's own file what shows that it is ours, and whole."""
    tail: dict[str, object] = {"key": key, "starts": list(starts)}
    with path.open("r+b") as file:
        digest = _digest(file, path.stat().st_size, key, starts)
        data = json.dumps(tail | {"sha256": digest}).encode()
        file.seek(0, os.SEEK_END)
        file.write(data + _END.pack(len(data), _MAGIC))


def _checked(path: Path, key: str) -> _StateFile | None:
    """Return what is in a file, `None` if there is none, or not one for this model."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        end = file.seek(-_END.size, os.SEEK_END)
        length, magic = _END.unpack(file.read(_END.size))
        if magic != _MAGIC or not 0 < length <= min(end, _LARGEST_TAIL):
            return None
        file.seek(end - length)
        tail = json.loads(file.read(length))
        starts = tuple(int(at) for at in tail["starts"])
        if tail["key"] != key:
            return None
        if tail["sha256"] != _digest(file, end - length, key, starts):
            return None
        file.seek(0)
        _, _, count = _HEAD.unpack(file.read(_HEAD.size))
        return _StateFile(struct.unpack(f"<{count}i", file.read(4 * count)), starts)


def _digest(file: BinaryIO, size: int, key: str, starts: Sequence[int]) -> str:
    """Return the SHA-256 of the first `size` bytes and of what belongs to them."""
    found = hashlib.sha256(json.dumps([key, *starts]).encode())
    file.seek(0)
    while size > 0 and (data := file.read(min(size, _SLICE))):
        found.update(data)
        size -= len(data)
    return found.hexdigest()
