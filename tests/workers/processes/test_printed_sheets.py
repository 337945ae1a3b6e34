from pathlib import Path

import pytest

from desktop_rag.domain.errors import PaperUnwritable
from desktop_rag.domain.sheets import SheetText, Workbook, WorkbookSheet
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.printing import SheetsWritten, WriteSheets
from desktop_rag.workers.pipe.calls import Calls
from desktop_rag.workers.pipe.targets import bound
from desktop_rag.workers.processes import printing

SHEET = WorkbookSheet("Answers", ("Rent?",), ((SheetText("900 euros", "file:///a.pdf#page=2"),),))


@pytest.fixture
def calls(home: Path):
    with Calls("printing", bound(printing.main, open_home(home).home)) as calls:
        yield calls


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_table_is_written_by_a_process(calls, tmp_path, name) -> None:
    command = WriteSheets(Workbook((SHEET,), SHEET), tmp_path / name)
    assert calls.value(command) == SheetsWritten(tmp_path / name)
    assert (tmp_path / name).stat().st_size


def test_where_nothing_can_be_written_the_process_says_so(calls, tmp_path) -> None:
    with pytest.raises(PaperUnwritable):
        calls.value(WriteSheets(Workbook((SHEET,), SHEET), tmp_path / "nowhere" / "a.csv"))
