"""What the printing process can be told to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.answer.papers.talk import Talk
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.domain.sheets import Workbook
from desktop_rag.workers.commands.command import Command


@dataclass(frozen=True, slots=True)
class Printing:
    """So many parts are set, of `total`."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The file is there, with so many notes that lead to so many documents."""

    path: Path
    bytes: int
    notes: int
    documents: int


@dataclass(frozen=True, slots=True)
class PrintPaper(Command[Printing | Printed]):
    """Write a conversation, or an answer, to a file; yields `Printing`, and `Printed` at the end.

    What lay there stays until all is written. Raises `DiskFull` or `PaperUnwritable`.
    """

    talk: Talk
    target: Path
    kind: PaperFormat


@dataclass(frozen=True, slots=True)
class SheetsWritten:
    """The file is whole."""

    path: Path


@dataclass(frozen=True, slots=True)
class WriteSheets(Command[SheetsWritten]):
    """Write a table into a file, `.csv` or `.xlsx` by its ending. Yields `SheetsWritten`.

    What lay there stays until all is written. Raises `DiskFull` or `PaperUnwritable`.
    """

    workbook: Workbook
    target: Path


PrintingCommand = PrintPaper | WriteSheets
