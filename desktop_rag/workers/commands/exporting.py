"""What the process that writes what people take away can be told to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.sheets import Workbook
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class SheetsWritten:
    """The file is whole."""

    path: Path


@dataclass(frozen=True, slots=True)
class WriteSheets(Command[SheetsWritten]):
    """Write a table into a file, `.csv` or `.xlsx` by its ending. Yields `SheetsWritten`."""

    workbook: Workbook
    target: Path


ExportingCommand = WriteSheets
