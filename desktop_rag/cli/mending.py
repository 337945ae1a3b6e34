"""What is searched is made again where it is damaged, and then the command goes on."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from typing_extensions import override

from desktop_rag.cli import indexing, session
from desktop_rag.cli.output import aside
from desktop_rag.domain.errors import DataLocked, StoreDamaged
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.searching import SearchingCommand
from desktop_rag.workers.pipe.calls import Calls

R = TypeVar("R")

_WORDS = (
    "Part of what is searched is damaged or missing. It is made again from what was read of your "
    "documents."
)


class Searching(Calls[SearchingCommand]):
    """The searching process; a job that fails for a damaged store is done again, once."""

    def __init__(self, paths: Paths, settings: Settings) -> None:
        super().__init__("searching", session.searcher(paths, settings))
        self._home = paths, settings

    @override
    def steps(self, command: CommandOf[SearchingCommand, R]) -> Iterator[R]:
        try:
            yield from super().steps(command)
        except StoreDamaged as error:  # before the first step
            self.stop()
            mend(*self._home, error)
            self._worker.retarget(session.searcher(*self._home))  # another index may serve by now
            yield from super().steps(command)


def mending(paths: Paths, settings: Settings, do: Callable[[], R]) -> R:
    """Do something with the store, again once it was mended if it was damaged."""
    try:
        return do()
    except StoreDamaged as error:
        mend(paths, settings, error)
        return do()


def mend(paths: Paths, settings: Settings, error: StoreDamaged) -> None:
    """Make again what is damaged, saying so; raises `error` where a window has to do it."""
    with contextlib.ExitStack() as stack:
        try:
            db = stack.enter_context(session.owned(paths))
        except DataLocked:
            raise error from None
        aside.print(_WORDS, style="dim")
        report = indexing.mend(db, paths, settings, error, rest=False)
    for row in report.failed:
        aside.print(row["reason"])
