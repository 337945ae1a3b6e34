"""One watched folder, looked after on a thread of its own.

A drive that hangs holds up its own folder: not the window, and no other folder.
"""

from __future__ import annotations

import os
import queue
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from desktop_rag.domain.folders import doubtful, entered, listed
from desktop_rag.jobs.watching.settling import REST_SECONDS, Settled, Settling
from desktop_rag.library.disk.file_formats import taken_unnamed
from desktop_rag.library.disk.ignored import matching

if TYPE_CHECKING:
    from desktop_rag.jobs.watching.file_events import FileEvents, ObservedFolder

_STORM = 8_000  # events at once, of which the system may have dropped some


class Watched(Enum):
    """How a folder is watched."""

    STARTING = "starting"
    NATIVE = "native"
    POLLED = "polled"  #: looked through again and again, as its drive tells nothing
    CROWDED = "crowded"  #: the same, as the system watches too many folders already
    UNPLUGGED = "unplugged"


@dataclass(frozen=True, slots=True)
class Missed:
    """Something may have happened that was not told: the folder is to be looked through."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """In seconds: how often the folder and its files are looked at.

    A file has come to rest after `rest`; what has is `held` back for so long at most, so that
    many files are told together.
    """

    rest: float = REST_SECONDS
    held: float = 3.0
    beat: float = 0.25
    root: float = 2.0
    polled: float = 15.0


FolderEvent = Watched | Missed | Settled
Tell = Callable[[Path, FolderEvent], None]


def wanted_in(folder: Path, patterns: tuple[str, ...]) -> Callable[[Path], bool]:
    """Return what says of a path whether it would be taken out of the folder."""
    left_out = matching(patterns)

    def wanted(path: Path) -> bool:
        if not path.is_relative_to(folder):
            return False
        below = path.relative_to(folder)
        if not all(map(entered, below.parts[:-1])) or left_out(below.as_posix(), False):
            return False
        return listed(path.name) or (doubtful(path.name) and _may_be_taken(path))

    return wanted


def _may_be_taken(unnamed: Path) -> bool:
    """Whether a file without an ending is a document, or is gone, so that it may have been one."""
    return taken_unnamed(unnamed) or not unnamed.exists()


class WatchedFolder(Thread):
    """Tells what happens in a folder, until it is ended; `tell` is called on this thread."""

    def __init__(
        self, folder: Path, patterns: tuple[str, ...], tell: Tell, rhythm: Rhythm | None = None
    ) -> None:
        super().__init__(name="watched folder", daemon=True)
        self._folder = folder
        self._patterns = patterns
        self._tell = tell
        self._rhythm = rhythm or Rhythm()
        self._ending = Event()
        self._heard: queue.SimpleQueue[FileEvents | None] = queue.SimpleQueue()
        self._settling = Settling(lambda _path: False)
        self._observed: ObservedFolder | None = None
        self._state = Watched.STARTING
        self._identity: tuple[int, int] | None = None
        self._remote = False  # whose numbers of files may be others each time
        self._next_look = 0.0
        self._held = Settled()
        self._held_since = 0.0
        self._storm = 0
        self._grown = False  # there is a folder in it that was not there before

    def end(self) -> None:
        """Tell nothing more, and stop soon."""
        self._ending.set()
        self._heard.put(None)

    def run(self) -> None:
        """Look after the folder."""
        self._settling = Settling(wanted_in(self._folder, self._patterns), self._rhythm.rest)
        try:
            while not self._ending.is_set():
                self._look()
                self._take()
                self._settle()
        finally:
            self._unwatch()

    def _say(self, event: FolderEvent) -> None:
        if not self._ending.is_set():
            self._tell(self._folder, event)

    def _look(self) -> None:
        """Find out whether the folder is there, and is the one that is listened to."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + self._rhythm.root
        found = self._there()
        if found is None:
            self._unwatch()
            self._become(Watched.UNPLUGGED)
        elif self._observed is None:
            back = self._state is Watched.UNPLUGGED
            self._identity = found
            if self._watch() and back:
                self._say(Missed())
        elif found != self._identity:
            self._identity = found
            self._unwatch()
            self._watch()
            self._say(Missed())
        elif self._grown and self._state is Watched.NATIVE:
            self._grown = False
            self._poll_if_crowded()

    def _there(self) -> tuple[int, int] | None:
        """Return what tells the folder from another one in its place, None if it is gone.

        Where a drive was mounted an empty folder may be left.
        """
        try:
            fact = self._folder.stat()
            if not stat.S_ISDIR(fact.st_mode):
                return None
            found = (fact.st_dev, 0 if self._remote else fact.st_ino)
            if self._identity and found[0] != self._identity[0]:
                with os.scandir(self._folder) as entries:
                    return found if next(entries, None) else None
        except OSError:
            return None
        return found

    def _watch(self) -> bool:
        """Listen to the folder in the best way there is; return whether that could be done."""
        from desktop_rag.jobs.watching.file_events import TooMany, networked

        self._grown = False
        self._remote = networked(os.path.realpath(self._folder))
        if self._remote:
            self._identity = self._identity and (self._identity[0], 0)
            return self._observe(Watched.POLLED)
        try:
            watched = self._observe(Watched.NATIVE)
        except TooMany:
            return self._observe(Watched.CROWDED)
        self._poll_if_crowded()
        return watched

    def _poll_if_crowded(self) -> None:
        from desktop_rag.jobs.watching.file_events import exhausted

        if self._observed and exhausted(self._folder):
            self._unwatch()
            self._observe(Watched.CROWDED)
            self._say(Missed())

    def _observe(self, how: Watched) -> bool:
        """Listen to the folder; not done, and False, where it has just gone. Raises `TooMany`."""
        from desktop_rag.jobs.watching.file_events import ObservedFolder, TooMany

        polled = None if how is Watched.NATIVE else self._rhythm.polled
        try:
            self._observed = ObservedFolder(self._folder, self._heard.put, polled)
        except TooMany:
            raise
        except OSError:
            return False
        self._become(how)
        return True

    def _unwatch(self) -> None:
        observed, self._observed = self._observed, None
        if observed:
            observed.end()

    def _become(self, state: Watched) -> None:
        if state is not self._state:
            self._state = state
            self._say(state)

    # What is heard

    def _take(self) -> None:
        """Wait for something to be heard, and note all that was."""
        if self._settling.busy:
            self._ending.wait(self._rhythm.beat)
        else:
            try:
                self._note(self._heard.get(timeout=self._rhythm.root))
            except queue.Empty:
                return
        while not self._heard.empty():
            self._note(self._heard.get())

    def _note(self, heard: FileEvents | None) -> None:
        if heard is None:
            return
        self._storm += 1
        now = time.monotonic()
        if heard.path == self._folder:
            self._next_look = 0.0
        elif not heard.folder:
            self._note_file(heard, now)
        elif heard.kind == "deleted":
            self._settling.drop_folder(heard.path, now)
        elif heard.kind == "created":
            self._grown = True
            self._touch_all(heard.path, now)
        elif heard.to is not None:
            self._grown = True

    def _note_file(self, heard: FileEvents, now: float) -> None:
        if heard.to is None:
            self._settling.touch(heard.path, now)
        else:
            self._settling.move(heard.path, heard.to, now)

    def _touch_all(self, folder: Path, now: float) -> None:
        """Note the files of a folder that is new: some may have been there before it was heard."""
        for parent, _, names in os.walk(folder):
            for name in names:
                self._settling.touch(Path(parent, name), now)

    def _settle(self) -> None:
        """Tell what has come to rest: all together, unless that takes too long."""
        now = time.monotonic()
        if not self._held:
            self._held_since = now
        self._held += self._settling.settle(now)
        if not self._settling.busy or now - self._held_since > self._rhythm.held:
            held, self._held = self._held, Settled()
            if held:
                self._say(held)
        if not self._settling.busy:
            if self._storm > _STORM:
                self._say(Missed())
            self._storm = 0
