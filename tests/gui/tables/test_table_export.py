from pathlib import Path

import pytest

from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.gui.tables.table_export import TableExport
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import QuestionTable, TableId
from desktop_rag.notices.tables import TableContents
from desktop_rag.workers.commands.printing import SheetsWritten

TABLE = QuestionTable(TableId(1), LibraryId(1), "Rent?", ("Rent?",), "", False, 0)


class Queue:
    """Keeps what is asked; the test says what comes of it."""

    def __init__(self) -> None:
        self.jobs = []

    def ask(self, job):
        self.jobs.append(job)
        return job


@pytest.fixture
def taken(qapp):
    queue, told = Queue(), []
    export = TableExport(queue, lambda _title: [Path("/out/rents")])
    export.told.connect(told.append)
    export.write(TableContents(TABLE, (), {}))
    return export, queue.jobs[0], told


def test_a_file_without_an_ending_is_a_workbook(taken) -> None:
    _export, job, told = taken
    assert job.command.target == Path("/out/rents.xlsx")
    job.step(SheetsWritten(job.command.target))
    assert told == ["The table was written to /out/rents.xlsx."]


@pytest.mark.parametrize(
    ("error", "words"),
    [(DiskFull("/out"), "disk is full"), (PaperUnwritable("/out", "read-only"), "read-only")],
)
def test_what_could_not_be_written_is_told_in_a_sentence(taken, error, words) -> None:
    _export, job, told = taken
    job.failed(error, "")
    assert words in told[0]


def test_nothing_is_written_where_nobody_says_where(qapp) -> None:
    queue = Queue()
    TableExport(queue, lambda _title: []).write(TableContents(TABLE, (), {}))
    assert queue.jobs == []
