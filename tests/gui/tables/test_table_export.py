from pathlib import Path

import pytest

from desktop_rag.answer.papers.talk import PaperWords, Talk
from desktop_rag.domain.errors import DiskFull, PaperUnwritable
from desktop_rag.domain.papers import PaperFormat
from desktop_rag.gui.tables.table_export import TableExport
from desktop_rag.library.libraries import LibraryId
from desktop_rag.library.tables import QuestionTable, TableId
from desktop_rag.notices.tables import TableContents
from desktop_rag.workers.commands.printing import Printed, Printing, SheetsWritten

TABLE = QuestionTable(TableId(1), LibraryId(1), "Rent?", ("Rent?",), "", False, 0)


def talk_of(contents: TableContents) -> Talk:
    return Talk(contents.table.title, (), PaperWords(*"123456789"))


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
    export = TableExport(queue, lambda _title: [Path("/out/rents")], talk_of)
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
    TableExport(queue, lambda _title: [], talk_of).write(TableContents(TABLE, (), {}))
    assert queue.jobs == []


def test_a_table_is_taken_away_as_a_paper_by_the_name_of_its_file(qapp) -> None:
    queue, told = Queue(), []
    export = TableExport(queue, lambda _title: [Path("/out/rents.PDF")], talk_of)
    export.told.connect(told.append)
    export.write(TableContents(TABLE, (), {}))
    (job,) = queue.jobs
    assert (job.command.kind, job.command.talk.title) == (PaperFormat.PDF, "Rent?")
    job.step(Printing(0, 1))
    job.step(Printed(job.command.target, 1, 0, 0))
    assert told == ["The table was written to /out/rents.PDF."]
