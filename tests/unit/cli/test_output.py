"""What commands print is JSON or plain words, whatever happens meanwhile and whoever wrote them."""

import errno
import json
import re
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.panel import Panel
from rich.text import Text

from desktop_rag.cli import output
from desktop_rag.cli.output import Bars, emit_list, json_line, reported, table
from desktop_rag.domain.errors import LibraryUnknown, WorkerDied
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


SIGNS = ["\x1b]0;x\x07", "\x9b2J", "\b\b", "\r", "\u202e", "\u2067", "\x1b[8m", "\x7f", "\x85"]
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
MARKUP = ["[red]x[/]", "[/]", "\\[/]", "\\[link=file:///x]y[/link]", ":bomb:", "[bold]"]


def written(monkeypatch, print_it: Callable[[], None]) -> str:
    """What a terminal is sent, without the commands of rich itself."""
    monkeypatch.setenv("TERM", "xterm")
    sent = StringIO()
    real = output.terminal(file=sent, force_terminal=True, width=100)
    monkeypatch.setattr(output, "screen", real)
    monkeypatch.setattr(output, "aside", real)
    print_it()
    return re.sub(r"\x1b\[[?\d;]*[mKAhl]|\r", "", sent.getvalue())


@pytest.mark.parametrize("sign", SIGNS)
def test_text_of_documents_cannot_command_the_terminal(capsys, sign: str) -> None:
    output.screen.print(f"a{sign}b\n\tc")
    output.screen.print(Text(f"a{sign}b"), Panel(f"a{sign}b", title=f"a{sign}b"))
    output.screen.print(table(["title", f"a{sign}b"], [{"title": f"a{sign}b", f"a{sign}b": 1}]))
    with pytest.raises(typer.Exit), reported(as_json=False):
        raise LibraryUnknown(f"a{sign}b", (f"c{sign}d",))
    told = capsys.readouterr()
    assert not OBEYED.search(told.out + told.err)
    assert "b\n" in told.out


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if "\r" not in sign])
def test_a_name_beside_a_bar_cannot_command_the_terminal(monkeypatch, sign: str) -> None:
    def show() -> None:
        with Bars(shown=True) as bars:
            bars.show(f"a{sign}b", 1, 2)

    sent = written(monkeypatch, show)
    assert "a" in sent
    assert not OBEYED.search(sent)


@pytest.mark.parametrize("name", MARKUP)
def test_no_text_is_taken_for_markup(monkeypatch, name: str) -> None:
    def show() -> None:
        output.screen.print(name)
        output.screen.print(table(["name"], [{"name": name}]))
        with Bars(shown=True) as bars:
            bars.show(name, 1, 2)

    sent = written(monkeypatch, show)
    assert sent.count(name) >= 3
    assert "\x1b]8" not in sent


def test_a_name_of_several_lines_forges_no_row(capsys) -> None:
    output.screen.print(table(["name", "state"], [{"name": "a\nb  ready", "state": "failed"}]))
    assert len(capsys.readouterr().out.strip().splitlines()) == 2


def test_halves_of_characters_are_written_as_the_sign_for_them(capsys) -> None:
    output.screen.print("a\ud800b")
    assert capsys.readouterr().out == "a\ufffdb\n"


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_json_says_what_it_was_given_and_commands_nothing(text: str) -> None:
    line = json_line({text: [text]})
    assert json.loads(line) == {text: [text]}
    assert not OBEYED.search(line)
    assert "\n" not in line
    line.encode()


@pytest.mark.parametrize("sign", SIGNS)
def test_json_of_foreign_text_commands_nothing(capsys, sign: str) -> None:
    emit_list("rows", [{"at": f"ñ{sign}"}])
    with pytest.raises(typer.Exit), reported(as_json=True):
        raise LibraryUnknown(f"a{sign}b", ("c",))
    told = capsys.readouterr().out
    first, second = map(json.loads, told.splitlines())
    assert first == {"rows": [{"at": f"ñ{sign}"}]}
    assert second["error"]
    assert "ñ" in told
    assert not OBEYED.search(told)


def test_a_full_disk_ends_a_command_in_a_sentence_whoever_meets_it(capsys) -> None:
    with pytest.raises(typer.Exit) as ended, reported(as_json=False):
        raise OSError(errno.ENOSPC, "No space left on device", "/data/settings.json")
    assert ended.value.exit_code == 1
    said = " ".join(capsys.readouterr().err.split())
    assert said.startswith("The disk is full. Nothing more fits at “/data/settings.json”.")
    with pytest.raises(PermissionError), reported(as_json=False):
        raise PermissionError(errno.EACCES, "Permission denied")
