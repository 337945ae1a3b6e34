"""The process that makes papers of answers and conversations, and files of tables."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from ctypes import c_uint64
from pathlib import Path
from typing import assert_never

from desktop_rag.answer.papers import building
from desktop_rag.domain.papers import notes_of
from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.printing import (
    Printed,
    Printing,
    PrintingCommand,
    PrintPaper,
    SheetsWritten,
    WriteSheets,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe
from desktop_rag.workers.processes.reading import limit_memory

PAPERS_GIB = 2.0  #: for a paper, however long


def handle(command: PrintingCommand, cancel: CancelToken) -> Answer:
    """Do what one command says; see `commands.printing`."""
    cancel.check()
    match command:
        case PrintPaper():
            return command.answer(_printed(command, cancel))
        case WriteSheets():
            return command.answer(_written(command))
        case _:
            assert_never(command)


def _printed(command: PrintPaper, cancel: CancelToken) -> Iterator[Printing | Printed]:
    from desktop_rag.engines.papers import writing

    paper = building.paper_of(command.talk)
    for done, total in writing.written(paper, command.target, command.kind):
        cancel.check()
        yield Printing(done, total)
    size = command.target.stat().st_size
    notes = sum(1 for _ in notes_of(paper.blocks))
    yield Printed(command.target, size, notes, len(paper.sources))


def _written(command: WriteSheets) -> Iterator[SheetsWritten]:
    from desktop_rag.engines.sheets import writing

    writing.write(command.workbook, command.target)
    yield SheetsWritten(command.target)


def main(home: Path, pipe: Pipe[PrintingCommand], mark: c_uint64) -> None:
    """Serve one owner of the data directory `home`, in bounded memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    limit_memory(PAPERS_GIB)
    host.serve(pipe, mark, handle)
