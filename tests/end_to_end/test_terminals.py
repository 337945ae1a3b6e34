"""That no command writes to a terminal what a file is called, or a document says, as a command."""

import re
import sys
from pathlib import Path

import pytest

from tests import pdfs
from tests.end_to_end.test_cli import Program, Ran

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LIBRARY = "[/] \x1b]0;owned\x07\u202e"
NAMES = ("\x1b[8m\u202efdp\n1 indexed.pdf", "\\[red]x[bold] :bomb:.pdf", "\x9b2J\u2066[link=x].pdf")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no file may be called so"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents with commands in names, titles, page labels and text; one cannot be read."""
    made: Path = tmp_path_factory.mktemp("folder")
    for number, name in enumerate(NAMES):
        title, text = f"\x1b[2J\u202eTitle {number}", f"The heron number {number} ate marmalade."
        pdfs.told(made / name, text, {"title": title, "author": "\x9b[/]"}, "\x1b[7m\u2067")
    pdfs.not_a_pdf(made / f"bad {NAMES[0]}")
    (made / "notes.txt").write_text("A heron \x1b[31m\u202eate\u2069 toast. \x9b2J\x08", "utf-8")
    return made


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    home: Path = tmp_path_factory.mktemp("data") / "home"
    home.mkdir(mode=0o700)
    (home / "settings.json").write_text('{"version": 1, "indexing": {"recognition": false}}')
    return Program(home)


@pytest.fixture(scope="module")
def report(program: Program, folder: Path) -> Ran:
    return program.run("index", folder, "-l", LIBRARY)


COMMANDS = (
    ("libraries",),
    ("documents", "-l", LIBRARY),
    ("search", "heron marmalade", "-l", LIBRARY),
    ("search", "\x1b[31mheron", "-l", LIBRARY),
    ("ask", "What did the heron eat?", "-l", LIBRARY),
    ("ask", "What did the heron eat?", "-l", f"none {LIBRARY}"),
    ("passages", "-l", LIBRARY),
)


def test_a_report_commands_nothing(report: Ran) -> None:
    assert not OBEYED.search(report.out + report.err)
    assert "4 indexed" in report.out
    assert "1 failed" in report.out
    assert not [line for line in report.out.splitlines() if line.startswith("1 indexed")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_words_command_the_terminal(report: Ran, program: Program, command) -> None:
    ran = program.run(*command)
    assert ran.out + ran.err
    assert not OBEYED.search(ran.out + ran.err)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_json_commands_no_terminal_and_stays_what_it_says(report, program, folder, command) -> None:
    ran = program.json(*command)
    assert ran.values
    assert not OBEYED.search(ran.out + ran.err)
    if "documents" in ran.values and command[-1] == LIBRARY:
        paths = {document["path"] for document in ran.values["documents"]}
        assert paths >= {str(folder / name) for name in NAMES}
