"""Which conversation the command line writes to a file, and what it says of it."""

import json
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desktop_rag.cli import papers, session
from desktop_rag.cli.commands import app
from desktop_rag.library import conversations, libraries
from desktop_rag.library.conversations import Draft
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.pipe.calls import Calls
from tests.workers import threads


@pytest.fixture
def talked(home: Path, monkeypatch):
    """A library with two conversations, the later one changed last."""
    paths = open_home(home)
    with closing(open_database(paths.database)) as db:
        library = libraries.ensure(db, "Tesis")
        libraries.ensure(db, "Empty")
        for title in ("Números", "2"):
            talk = conversations.create(db, library, title)
            draft = Draft(question=f"About {title}?", answer="Twelve.", mode="model")
            conversations.add_turn(db, talk, draft)
    serve = partial(threads.serve_printing, home)
    monkeypatch.setattr(session, "printer", lambda _paths: Calls("printing", serve))
    with threads.instead():
        yield home


def ran(*arguments: object):
    return CliRunner().invoke(app, [*map(str, arguments)])


def exported(target: Path, *more: object) -> dict[str, object]:
    result = ran("export", "Tesis", "--to", target, "--json", *more)
    return json.loads(result.stdout) | {"code": result.exit_code}


@pytest.mark.parametrize(
    ("asked", "title"),
    [((), "2"), (("NUMEROS",), "Números"), (("2",), "2"), (("1",), "2"), ((" ",), "2")],
)
def test_a_conversation_is_chosen_by_title_or_number_else_the_last(
    talked, tmp_path, asked, title
) -> None:
    target = tmp_path / "a.md"
    values = exported(target, *(("--conversation", *asked) if asked else ()))
    assert values == {
        "code": 0,
        "library": "Tesis",
        "conversation": title,
        "turns": 1,
        "format": "md",
        "file": str(target),
        "bytes": target.stat().st_size,
        "notes": 0,
        "documents": 0,
    }
    assert f"## About {title}?" in target.read_text("utf-8")


def test_what_is_not_there_is_one_sentence(talked, tmp_path) -> None:
    target = tmp_path / "a.pdf"
    for name in ("3", "0", "Other", "-1"):
        values = exported(target, f"--conversation={name}")
        assert (values["code"], "There is no conversation" in str(values["error"])) == (1, True)
    empty = ran("export", "Empty", "--to", target)
    assert (empty.exit_code, "no conversations" in empty.output.replace("\n", " ")) == (1, True)
    wrong = exported(tmp_path / "a.txt")
    assert (wrong["code"], "ends in .docx, .pdf or .md" in str(wrong["error"])) == (1, True)
    assert not target.exists()


def test_a_library_and_a_conversation_are_not_exported_at_once(talked, tmp_path) -> None:
    assert ran("export", "Tesis").exit_code == 2
    assert ran("export", "Tesis", "a.ragx", "--to", "a.md").exit_code == 2
    assert ran("export", "Tesis", "a.ragx", "--conversation", "1").exit_code == 2
    assert ran("ask", "-l", "Tesis", "--questions", "a.jsonl", "--to", "a.md").exit_code == 2


def test_what_was_written_is_said_in_a_line(capsys) -> None:
    papers.print_written({"file": "a.md", "notes": 2, "documents": 1})
    papers.print_written({"file": "a.md", "notes": 3, "documents": 2})
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Written to a.md: 2 notes that lead to one document.",
        "Written to a.md: 3 notes that lead to 2 documents.",
    ]
