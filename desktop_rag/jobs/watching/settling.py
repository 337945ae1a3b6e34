"""Files of a watched folder that something happens to, until they have come to rest.

    touched ─► the same twice, a second apart ─► appeared
            └► not there ──────────────────────► went
    moved ───► the old name is free ───────────► moved

What becomes of a file is seen by looking at it, not told by events: a program that
saves by writing another file, removing the old one and renaming the new changes one
file, whatever the order in which that is heard.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

REST_SECONDS = 1.0  # for which a file has to stay the same

Stamp = tuple[int, int]
Pair = tuple[Path, Path]


@dataclass(frozen=True, slots=True)
class Settled:
    """What has come to rest: files that came or changed, moves, and what is not there."""

    appeared: tuple[Path, ...] = ()
    moved: tuple[Pair, ...] = ()
    went: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appeared or self.moved or self.went)

    def __add__(self, later: Settled) -> Settled:
        """Return both; what came back is not gone, and what went is not there."""
        again = {*later.appeared, *later.went}
        appeared = [path for path in self.appeared if path not in again]
        went = [path for path in self.went if path not in again]
        return Settled(
            (*appeared, *later.appeared), (*self.moved, *later.moved), (*went, *later.went)
        )


@dataclass(slots=True)
class _Touched:
    """A file that is being looked at: not before `due`, and how it was the last time."""

    due: float
    stamp: Stamp | None = None


@dataclass(slots=True)
class Settling:
    """What has been touched and has not come to rest.

    `wanted` says of a path whether it can be a document; `seconds` for how long it has
    to stay the same.
    """

    wanted: Callable[[Path], bool]
    seconds: float = REST_SECONDS
    _touched: dict[Path, _Touched] = field(default_factory=dict)
    _moves: dict[Path, tuple[Path, float]] = field(default_factory=dict)  # by the new name
    _gone: dict[Path, float] = field(default_factory=dict)  # folders, of whose files none is told

    @property
    def busy(self) -> bool:
        """Whether something has not come to rest."""
        return bool(self._touched or self._moves or self._gone)

    def touch(self, path: Path, now: float) -> None:
        """Note that something happened to a file."""
        if self.wanted(path):
            self._touched[path] = _Touched(now + self.seconds / 2)

    def move(self, old: Path, new: Path, now: float) -> None:
        """Note that a file has another name."""
        first, _ = self._moves.pop(old, (old, now))  # of several moves one after the other
        if not self.wanted(new):
            self.touch(first, now)
            self.touch(old, now)
        elif not self.wanted(first):
            self.touch(new, now)
        else:
            self._moves[new] = (first, now + self.seconds / 2)
            if old in self._touched:
                self.touch(old, now)
                self.touch(new, now)

    def drop_folder(self, path: Path, now: float) -> None:
        """Note that a folder is gone, with all that was in it."""
        self._gone[path] = now + self.seconds / 2

    def settle(self, now: float) -> Settled:
        """Return what has come to rest since the last time."""
        moved = self._moved(now)
        elsewhere = {old for old, _ in moved}
        came, went = self._rested(now)
        for path, due in list(self._gone.items()):
            if due <= now:
                del self._gone[path]
                if not path.exists():
                    went.append(path)
        left = [path for path in went if path not in elsewhere]
        return Settled(tuple(came), tuple(moved), tuple(left))

    def _moved(self, now: float) -> list[Pair]:
        pairs = []
        for new, (old, due) in list(self._moves.items()):
            if due > now:
                continue
            del self._moves[new]
            if _stamp(new) is not None and (_stamp(old) is None or _same(old, new)):
                pairs.append((old, new))
            else:
                self.touch(old, now)
                self.touch(new, now)
        return pairs

    def _rested(self, now: float) -> tuple[list[Path], list[Path]]:
        came: list[Path] = []
        went: list[Path] = []
        for path, touched in list(self._touched.items()):
            if touched.due > now:
                continue
            stamp = _stamp(path)
            if stamp is None or stamp == touched.stamp:
                del self._touched[path]
                (went if stamp is None else came).append(path)
            else:
                self._touched[path] = _Touched(now + self.seconds, stamp)
        return came, went


def _stamp(path: Path) -> Stamp | None:
    """Return what changes with a file, None if there is none."""
    try:
        fact = path.stat()
    except (OSError, ValueError):
        return None
    return (fact.st_size, fact.st_mtime_ns) if stat.S_ISREG(fact.st_mode) else None


def _same(old: Path, new: Path) -> bool:
    """Whether two names are one file: where case does not count, a new case is a new name."""
    try:
        return old.samefile(new)
    except OSError:
        return False
