"""What commands print is JSON, whatever happens meanwhile."""

import json
from collections.abc import Iterator

import pytest
import typer
from rich.table import Table

from desktop_rag.cli import output
from desktop_rag.cli.output import emit_list, reported
from desktop_rag.domain.errors import WorkerDied
from desktop_rag.domain.ports import Cancelled
from desktop_rag.workers.pipe.calls import Bug


def rows(count: int, error: Exception | None = None) -> Iterator[dict[str, int]]:
    for at in range(count):
        yield {"at": at}
    if error:
        raise error


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_is_one_object(capsys, count) -> None:
    emit_list("rows", rows(count))
    assert json.loads(capsys.readouterr().out) == {"rows": [{"at": at} for at in range(count)]}


@pytest.mark.parametrize(
    ("error", "code"), [(WorkerDied("searching", -9), 1), (Cancelled(), 130), (Bug("trace"), 1)]
)
def test_a_list_that_breaks_off_is_an_object_that_says_so(capsys, error, code) -> None:
    with pytest.raises(typer.Exit) as ended, reported(as_json=True):
        emit_list("rows", rows(2, error))
    assert ended.value.exit_code == code
    values = json.loads(capsys.readouterr().out)
    assert values["rows"] == [{"at": 0}, {"at": 1}]
    assert values["error"]


def test_a_list_that_never_begins_leaves_the_word_to_whoever_reports(capsys) -> None:
    with pytest.raises(WorkerDied):
        emit_list("rows", rows(0, WorkerDied("searching", -9)))
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("sign", ["\x1b]0;x\x07", "\x9b2J", "\b\b", "\r", "\u202e", "\x1b[8m"])
def test_text_of_documents_cannot_command_the_terminal(capsys, sign: str) -> None:
    output.screen.print(f"a{sign}b\n\tc", markup=False)
    table = Table("title", box=None)
    table.add_row(f"a{sign}b")
    output.screen.print(table)
    written = capsys.readouterr().out
    assert not any(one in written for one in "\x1b\x07\x9b\b\r\u202e")
    assert "b\n" in written
