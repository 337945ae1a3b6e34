"""The process that writes what people take away: no window waits for thousands of rows."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from ctypes import c_uint64
from pathlib import Path

from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.exporting import ExportingCommand, SheetsWritten, WriteSheets
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe


def handle(command: ExportingCommand, cancel: CancelToken) -> Answer:
    """Do what one command says; see `commands.exporting`."""
    cancel.check()
    return command.answer(_written(command))


def _written(command: WriteSheets) -> Iterator[SheetsWritten]:
    from desktop_rag.engines.sheets import writing

    writing.write(command.workbook, command.target)
    yield SheetsWritten(command.target)


def main(home: Path, pipe: Pipe[ExportingCommand], mark: c_uint64) -> None:
    """Serve one owner of the data directory `home`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    host.serve(pipe, mark, handle)
