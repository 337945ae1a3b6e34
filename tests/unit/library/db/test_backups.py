import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DatabaseDamaged, DatabaseNewer
from desktop_rag.library import libraries, remembered
from desktop_rag.library.db import backups
from desktop_rag.library.db.backups import go_back, kept, latest, lost
from desktop_rag.library.db.database import open_database, open_for_reading
from desktop_rag.library.db.migrations import MIGRATIONS
from desktop_rag.library.restoring import restored


@pytest.fixture
def path(tmp_path) -> Path:
    """A database with a library in it, of which there is a copy."""
    path = tmp_path / "library.sqlite3"
    with kept(open_database(path), path) as db:
        libraries.ensure(db, "Tesis")
    return path


def names(path: Path) -> list[str]:
    with closing(open_database(path)) as db:
        return [one.name for one in libraries.summaries(db)]


def copies(path: Path) -> list[str]:
    return sorted(one.name for one in (path.parent / "backups").iterdir())


def test_what_was_written_is_copied_once_a_day(path) -> None:
    with kept(open_database(path), path) as db:
        libraries.ensure(db, "Actas")
    (name,) = copies(path)
    assert name.startswith("daily-")
    copy = latest(path)
    assert copy is not None
    with closing(sqlite3.connect(copy)) as db:
        found = db.execute("SELECT name FROM libraries ORDER BY id").fetchall()
    assert found == [("Tesis",), ("Actas",)]


def test_the_last_days_and_versions_are_kept(path) -> None:
    folder = path.parent / "backups"
    for age in range(1, 9):
        for name in (f"daily-2020-01-0{age}.sqlite3", f"library-{age}.sqlite3"):
            (folder / name).write_bytes(b"")
            os.utime(folder / name, (10**9 - age, 10**9 - age))
    with kept(open_database(path), path) as db:
        libraries.ensure(db, "Actas")
    assert len(copies(path)) == 6
    assert {"daily-2020-01-01.sqlite3", "daily-2020-01-02.sqlite3"} < set(copies(path))
    assert {f"library-{age}.sqlite3" for age in (1, 2, 3)} < set(copies(path))


def test_a_copy_of_a_time_to_come_is_older_than_all_others(path) -> None:
    folder = path.parent / "backups"
    (today,) = copies(path)
    coming = time.time() + 10 * 365 * 86_400
    for year in range(2036, 2039):  # as a wrong clock had it
        ahead = folder / f"daily-{year}-11-26.sqlite3"
        ahead.write_bytes((folder / today).read_bytes())
        os.utime(ahead, (coming + year, coming + year))
    assert latest(path) == folder / today
    with kept(open_database(path), path) as db:
        libraries.ensure(db, "Actas")
    assert latest(path) == folder / today
    assert copies(path) == [today, "daily-2037-11-26.sqlite3", "daily-2038-11-26.sqlite3"]


def test_a_copy_that_cannot_be_made_fails_nothing(path) -> None:
    for copy in (path.parent / "backups").iterdir():
        copy.unlink()
    (path.parent / "backups").rmdir()
    (path.parent / "backups").write_text("in the way")
    with kept(open_database(path), path) as db:
        libraries.ensure(db, "Actas")
    assert names(path) == ["Actas", "Tesis"]


def test_a_damaged_database_names_its_copy_and_is_left_alone(path) -> None:
    path.write_bytes(b"noise" * 1000)
    for opening in (open_database, open_for_reading):
        with pytest.raises(DatabaseDamaged) as caught:
            opening(path)
        assert caught.value.copy == backups.made(latest(path))
    assert path.read_bytes() == b"noise" * 1000


def test_a_database_that_is_gone_is_not_made_anew_where_there_was_one(path) -> None:
    for content in (None, b""):
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(DatabaseDamaged):
            open_for_reading(path)
        path.touch()
    for copy in (path.parent / "backups").iterdir():
        copy.unlink()
    assert not lost(path)
    read = path.parent / "pages" / "ab" / "abc.zip"
    read.parent.mkdir(parents=True)
    read.write_bytes(b"")
    assert lost(path)


def test_going_back_keeps_the_damaged_file(path) -> None:
    path.write_bytes(b"noise" * 1000)
    copy = go_back(path)
    assert copy is not None
    assert copy.exists()
    assert names(path) == ["Tesis"]
    (aside,) = path.parent.glob("library.sqlite3.damaged-*")
    assert aside.read_bytes() == b"noise" * 1000


def test_a_copy_that_is_damaged_or_newer_is_passed_over_for_an_older_one(path) -> None:
    folder = path.parent / "backups"
    (good,) = folder.iterdir()
    os.utime(good, (10**9, 10**9))
    (folder / "daily-2030-01-01.sqlite3").write_bytes(good.read_bytes()[:5000])
    newer = folder / "daily-2030-01-02.sqlite3"
    newer.write_bytes(good.read_bytes())
    with closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    assert latest(path) == good


def test_a_newer_database_goes_back_to_what_it_was_before(path) -> None:
    with closing(open_database(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(DatabaseNewer) as caught:
        open_database(path)
    assert caught.value.copy
    go_back(path)
    assert names(path) == ["Tesis"]


def test_without_a_copy_the_database_begins_anew_and_spares_what_was_read(path) -> None:
    for copy in (path.parent / "backups").iterdir():
        copy.write_bytes(b"noise")
    read = path.parent / "pages" / "ab" / "abc.zip"
    read.parent.mkdir(parents=True)
    read.write_bytes(b"")
    path.write_bytes(b"noise" * 1000)
    with closing(restored(path)) as db:
        assert libraries.summaries(db) == []
        assert remembered.lost_lately(db)
    assert names(path) == []


def test_the_log_of_a_damaged_database_is_not_taken_for_the_new_ones(path) -> None:
    path.write_bytes(b"noise" * 1000)
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).write_bytes(b"of the damaged one")
    go_back(path)
    assert names(path) == ["Tesis"]
    assert len([*path.parent.glob("library.sqlite3.damaged-*")]) == 3
