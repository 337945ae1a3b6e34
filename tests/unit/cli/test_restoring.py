"""What a command does about a database that cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desktop_rag.cli.commands import app
from desktop_rag.library import libraries
from desktop_rag.library.db import backups
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import Paths, open_home

RESTORE = "desktop-rag restore"


@pytest.fixture
def database(tmp_path, monkeypatch) -> Iterator[Path]:
    """A database with a library in it, without a copy of it."""
    home = tmp_path / "home"
    monkeypatch.setenv("DESKTOP_RAG_HOME", str(home))
    open_home(home)
    with closing(open_database(Paths(home).database)) as db:
        libraries.ensure(db, "Tesis")
    return Paths(home).database


def write_newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA user_version = 999")


def run(*command: str) -> Result:
    return CliRunner().invoke(app, command)


def test_the_database_of_a_newer_version_is_left_alone_where_there_is_no_copy(database) -> None:
    write_newer(database)
    before = database.read_bytes()
    told = run("libraries")
    assert told.exit_code == 1
    assert RESTORE not in told.output
    refused = run("restore")
    assert refused.exit_code == 1
    assert "newer version" in refused.output
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.glob(f"{database.name}*")] == [database.name]


def test_a_copy_takes_the_place_of_the_database_of_a_newer_version(database) -> None:
    with closing(open_database(database)) as db:
        backups.keep_version(db, database, 1)
    write_newer(database)
    assert RESTORE in run("libraries").output
    assert run("restore").exit_code == 0
    assert "Tesis" in run("libraries").output
