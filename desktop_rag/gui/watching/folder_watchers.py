"""The folders that are watched, as Qt sees them.

    watchdog ─► watched_folder ─► settling    on a thread for each folder
    Watching ─► watching_presenter ─► indexing     on that of the window

It is told what happened, and reads nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desktop_rag.jobs.watching.settling import Settled
from desktop_rag.jobs.watching.watched_folder import (
    FolderEvent,
    Missed,
    Rhythm,
    Watched,
    WatchedFolder,
)
from desktop_rag.library.watches import Watch

_ENDING_SECONDS = 0.5  # that closing the window waits for threads at most


class FolderWatchers(QObject):
    """Listens to folders; nothing is read, and nothing is deleted, because of what it tells.

    Signals:
        appeared: a `Watch`, and files (`tuple[Path, ...]`) that came or changed.
        moved: a `Watch`, and pairs of `Path` of where files were and are.
        went: a `Watch`, and files and folders that were not there when last looked at.
        missed: a `Watch` in which something may have happened that was not told.
        lost: a `Watch` whose folder is not there: a drive that was unplugged, perhaps.
        crowded: a `Watch` that the system refuses to tell of, as it watches too many folders.
        changed: one of them is watched in another way now.
    """

    appeared = Signal(object, object)
    moved = Signal(object, object)
    went = Signal(object, object)
    missed = Signal(object)
    lost = Signal(object)
    crowded = Signal(object)
    changed = Signal()

    _told = Signal(object, object)

    def __init__(self, rhythm: Rhythm | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rhythm = rhythm or Rhythm()
        self._folders: dict[Watch, WatchedFolder] = {}
        self._states: dict[Watch, Watched] = {}
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def watches(self) -> tuple[Watch, ...]:
        """Return what is watched."""
        return tuple(self._folders)

    def state(self, watch: Watch) -> Watched:
        """Return how a folder is watched now."""
        return self._states.get(watch, Watched.STARTING)

    def watch(self, watches: Iterable[Watch]) -> tuple[Watch, ...]:
        """Watch these from now on, and nothing else; return those that were not watched before."""
        wanted = tuple(dict.fromkeys(watches))
        for gone in self._folders.keys() - set(wanted):
            self._folders.pop(gone).end()
            self._states.pop(gone, None)
        new = tuple(watch for watch in wanted if watch not in self._folders)
        for watch in new:
            folder = WatchedFolder(
                watch.path, watch.patterns, partial(self._tell, watch), self._rhythm
            )
            self._folders[watch] = folder
            folder.start()
        return new

    def stop(self) -> None:
        """Watch nothing any more."""
        folders = list(self._folders.values())
        self.watch(())
        deadline = time.monotonic() + _ENDING_SECONDS
        for folder in folders:
            folder.join(max(0.0, deadline - time.monotonic()))

    def _tell(self, watch: Watch, _folder: Path, event: FolderEvent) -> None:
        """Called on the thread of the folder: Qt brings it to this one's."""
        try:
            self._told.emit(watch, event)
        except RuntimeError:
            return  # the window has gone, and this with it

    def _on_told(self, watch: Watch, event: FolderEvent) -> None:
        if watch not in self._folders:
            return  # it was on its way when somebody stopped watching
        match event:
            case Watched():
                self._become(watch, event)
            case Missed():
                self.missed.emit(watch)
            case Settled():
                self._pass_on(watch, event)

    def _become(self, watch: Watch, state: Watched) -> None:
        self._states[watch] = state
        if state is Watched.UNPLUGGED:
            self.lost.emit(watch)
        elif state is Watched.CROWDED:
            self.crowded.emit(watch)
        self.changed.emit()

    def _pass_on(self, watch: Watch, settled: Settled) -> None:
        """Tell of moves first: what moved is not gone, and nothing of it is read again."""
        told = (
            (self.moved, settled.moved),
            (self.appeared, settled.appeared),
            (self.went, settled.went),
        )
        for signal, what in told:
            if what:
                signal.emit(watch, what)
