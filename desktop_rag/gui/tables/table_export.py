"""A table into a file: asked where, written by a process, and told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop_rag.answer.papers.talk import Talk
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.domain.sheets import ENDINGS
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import words_for
from desktop_rag.jobs import papers
from desktop_rag.jobs.job_queue import Job
from desktop_rag.notices.tables import TableContents, workbook
from desktop_rag.workers.commands.printing import (
    Printed,
    Printing,
    PrintingCommand,
    PrintPaper,
    SheetsWritten,
    WriteSheets,
)


class TableExport(QObject):
    """Has tables written.

    Signals:
        told: words about what came of it.
    """

    told = Signal(str)

    def __init__(
        self,
        line: JobQueue[PrintingCommand],
        place_for: Callable[[str], list[Path]],
        talk_of: Callable[[TableContents], Talk],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._line = line
        self._place_for = place_for
        self._talk_of = talk_of

    def write(self, contents: TableContents) -> None:
        """Ask for a file, and have a table written into it."""
        for path in self._place_for(contents.table.title):
            if path.suffix.lower() in set(PaperFormat):
                paper = PrintPaper(self._talk_of(contents), path, papers.kind_of(path))
                self._line.ask(Job(paper, step=self._on_written, failed=self._on_failed))
                continue
            target = path if path.suffix.lower() in ENDINGS else path.with_name(f"{path.name}.xlsx")
            command = WriteSheets(workbook(contents, QCoreApplication.translate), target)
            self._line.ask(Job(command, step=self._on_written, failed=self._on_failed))

    def _on_written(self, done: SheetsWritten | Printing | Printed) -> None:
        if not isinstance(done, Printing):
            self.told.emit(self.tr("The table was written to {path}.").format(path=done.path))

    def _on_failed(self, error: RagError | None, details: str) -> None:
        self.told.emit(words_for(error))
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other
