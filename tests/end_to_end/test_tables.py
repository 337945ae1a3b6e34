"""Tables as a person asks for them at a terminal, also with programs that are killed meanwhile."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests import counted_cells, leases, papers
from tests.end_to_end.test_cli import Program

pytestmark = pytest.mark.slow

QUESTIONS = leases.QUESTIONS
ASKED = [word for question in QUESTIONS for word in ("-q", question)]
COUNT = 6


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> tuple[Path, Path, list[leases.Lease]]:
    """A data directory with leases, the folder of their files, and what they say."""
    folder, home = tmp_path_factory.mktemp("leases"), tmp_path_factory.mktemp("shelf") / "home"
    made = leases.write(folder, COUNT)
    assert Program(home).json("index", folder, "-l", "Leases").code == 0
    return home, folder, made


@pytest.fixture
def program(tmp_path, shelf) -> Program:
    shutil.copytree(shelf[0], tmp_path / "home")
    return Program(tmp_path / "home", counted_cells.PROGRAM)


def asked_in(err: str) -> list[tuple[str, str]]:
    lines = [line for line in err.splitlines() if line.startswith(counted_cells.MARK)]
    return [tuple(json.loads(line.removeprefix(counted_cells.MARK))) for line in lines]


def kept(program: Program) -> dict[tuple[str, str], str]:
    """The cells that are on the disk, by document and question."""
    with closing(sqlite3.connect(program.home / "library.sqlite3")) as db:
        found = db.execute(
            "SELECT document, question, text FROM cells NATURAL JOIN table_lines"
        ).fetchall()
    return {(document, QUESTIONS[at]): text for document, at, text in found}


def killed_after(program: Program, cells: int) -> list[tuple[str, str]]:
    """Kill the program when it has begun so many cells; return those."""
    with program.start("table", "Leases", *ASKED) as process:
        seen = []
        for line in process.stderr:
            seen += asked_in(line)
            if len(seen) == cells:
                process.kill()
        process.wait()
    return seen


def test_a_row_for_each_document_and_every_cell_with_its_page(program, shelf) -> None:
    ran = program.json("table", "Leases", *ASKED)
    assert ran.code == 0, ran
    values = ran.values
    assert (values["route"], values["questions"]) == ("table", [*QUESTIONS])
    assert [Path(row["document"]).name for row in values["rows"]] == [one.name for one in shelf[2]]
    english = [row["cells"] for row in values["rows"][2::4]]
    told = [one.answers for one in shelf[2][2::4]]
    assert [tuple(cell["text"] for cell in cells) for cells in english] == told
    for cells in english:
        for cell in cells:
            assert cell["state"] == "found"
            first = cell["citations"][0]
            assert cell["text"] in first["quote"]
            assert first["boxes"]


def test_no_cell_is_lost_or_asked_twice_however_often_the_program_is_killed(program) -> None:
    chance = random.Random(3)  # noqa: S311 - nothing is kept secret by it
    total = COUNT * len(QUESTIONS)
    for _ in range(3):
        before = kept(program)
        begun = killed_after(program, chance.randint(1, 4))
        assert not before.keys() & set(begun)
        assert before.items() <= kept(program).items()
    before = kept(program)
    assert 0 < len(before) < total
    ran = program.json("table", "Leases", *ASKED)
    assert sorted(asked_in(ran.err)) == sorted(set(asked_in(ran.err)))
    assert not before.keys() & set(asked_in(ran.err))
    assert before.items() <= kept(program).items()
    assert len(kept(program)) == total
    again = program.json("table", "Leases", *ASKED)
    assert asked_in(again.err) == []
    assert again.values == ran.values


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not those there")
def test_who_stops_it_keeps_what_is_done_and_is_told_how_to_go_on(program) -> None:
    with program.start("table", "Leases", *ASKED, start_new_session=True) as process:
        seen, said = [], ""
        for line in process.stderr:
            seen += asked_in(line)
            said += line
            if len(seen) == 3 and asked_in(line):
                os.killpg(process.pid, signal.SIGINT)
        process.wait()
    assert process.returncode == 130
    assert "Run the same command again to go on" in said
    assert len(kept(program)) >= 2


def test_a_table_is_taken_away_as_a_file(program, tmp_path, shelf) -> None:
    for name in ("a.csv", "a.xlsx"):
        ran = program.json("table", "Leases", *ASKED, "--to", tmp_path / name)
        assert ran.values["file"] == str(tmp_path / name)
    paper = program.json("table", "Leases", *ASKED, "--to", tmp_path / "a.docx")
    assert paper.values["file"] == str(tmp_path / "a.docx")
    notes = papers.word_notes(tmp_path / "a.docx")
    assert {Path(note.path).parent for note in notes} == {shelf[1]}
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [cell.value for cell in book["Answers"][1]] == ["Document", *QUESTIONS]
    assert book["Answers"].max_row == COUNT + 1
    assert (tmp_path / "a.csv").read_text("utf-8-sig").count("\n") == COUNT + 1
    assert "#page=2" in str(book["Sources"]["E2"].hyperlink.target) or (
        "page=2" in str(book["Sources"]["E2"].hyperlink.location)
    )


def test_what_cannot_be_written_is_told_before_anything_is_asked(program, tmp_path) -> None:
    ran = program.run("table", "Leases", *ASKED, "--to", tmp_path / "a.odt")
    assert (ran.code, asked_in(ran.err)) == (1, [])
    assert "a.odt" in ran.err


def test_a_document_that_left_keeps_its_cells_and_new_ones_are_added(program, shelf) -> None:
    program.json("table", "Leases", *ASKED)
    first = shelf[1] / "lease-0000.pdf"
    assert program.run("remove", "-l", "Leases", first).code == 0
    ran = program.json("table", "Leases", *ASKED)
    assert len(ran.values["rows"]) == COUNT - 1
    assert asked_in(ran.err) == []
    assert len(kept(program)) == COUNT * len(QUESTIONS)


def test_some_documents_alone_can_be_asked(program, shelf) -> None:
    wanted = shelf[1] / "lease-0002.pdf"
    ran = program.json("table", "Leases", "-q", QUESTIONS[0], "-d", wanted)
    ((row,), questions) = ran.values["rows"], ran.values["questions"]
    assert (row["cells"][0]["text"], questions) == (shelf[2][2].answers[0], [QUESTIONS[0]])
    assert len(asked_in(ran.err)) == 1


def test_asking_by_a_route_gives_the_same_table(program) -> None:
    routed = program.json("ask", QUESTIONS[0], "-l", "Leases", "--route", "table")
    assert routed.values["route"] == "table"
    same = program.json("table", "Leases", "-q", QUESTIONS[0])
    assert same.values == routed.values
    assert asked_in(same.err) == []


def test_a_question_that_is_none_is_a_wrong_call(program) -> None:
    assert program.run("table", "Leases", "-q", " ").code == 2
    assert program.run("ask", "-l", "Leases", "--route", "table").code == 2


def test_a_window_that_has_the_data_is_named(program) -> None:
    holder = (
        "import sys\nfrom pathlib import Path\nfrom desktop_rag.library.disk.lock import owner\n"
    )
    holder += "from desktop_rag.settings.paths import Paths\n"
    holder += (
        "with owner(Paths(Path(sys.argv[1]))):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(program.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holding:
        assert holding.stdout.readline().strip() == "held"
        ran = program.run("table", "Leases", *ASKED)
        holding.communicate("")
    assert ran.code == 1
    assert "Another window or command" in ran.err
