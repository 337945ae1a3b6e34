import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.errors import DataLocked, DataUnreadable, DiskFull
from desktop_rag.library.db import backups, database
from desktop_rag.library.db.database import (
    open_database,
    open_for_reading,
    rows,
    rows_among,
    transaction,
)
from desktop_rag.library.db.migrations import MIGRATIONS
from tests.places import ROOT

ADD = "INSERT INTO libraries (name) VALUES (?)"
NAMES = "SELECT name FROM libraries ORDER BY id"
SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "library.sqlite3"


def test_a_new_database_is_set_up(db) -> None:
    assert rows(db, "PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert rows(db, "PRAGMA journal_mode") == [("wal",)]
    assert rows(db, "PRAGMA foreign_keys") == [(1,)]
    assert rows(db, "PRAGMA synchronous") == [(1,)]


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_each_older_version_becomes_the_newest(version, tmp_path, db) -> None:
    path = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(path)) as older:
        for script in MIGRATIONS[:version]:
            older.executescript(script)
        older.execute(f"PRAGMA user_version = {version}")
    with closing(open_database(path)) as newest:
        assert rows(newest, SCHEMA) == rows(db, SCHEMA)
        assert rows(newest, "PRAGMA user_version") == [(len(MIGRATIONS),)]


def test_models_of_a_version_that_knew_fewer_kinds_are_kept_and_no_id_comes_again(tmp_path) -> None:
    path = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(path)) as older, older:
        for script in MIGRATIONS[:10]:
            older.executescript(script)
        add = (
            "INSERT INTO models (kind, name, path, size, ours, added_us) VALUES (?, ?, ?, 1, 1, 1)"
        )
        older.executemany(add, [("reranker", "r", "/r"), ("writer", "w", "/w")])
        older.execute("DELETE FROM models WHERE name = 'w'")
        older.execute(
            """
            INSERT INTO downloads (kind, name, repository, revision, parts, state, rank, added_us)
            VALUES ('embedder', 'e', 'ana/e', 'main', '[]', 'paused', 1, 1)
            """
        )
        older.execute("PRAGMA user_version = 10")
    with closing(open_database(path)) as db:
        assert rows(db, "SELECT id, kind, name, path FROM models") == [(1, "reranker", "r", "/r")]
        assert rows(db, "SELECT kind, name, state FROM downloads") == [("embedder", "e", "paused")]
        db.execute(add, ("entailment", "nli", "/nli"))
        assert rows(db, "SELECT id, kind FROM models WHERE name = 'nli'") == [(3, "entailment")]


def test_a_migration_that_breaks_off_changes_nothing(path, monkeypatch) -> None:
    with closing(open_database(path)) as db:
        db.execute(ADD, ("Tesis",))
        before = rows(db, SCHEMA)
    broken = "DROP TABLE members; CREATE TABLE more (a);\nSELECT nonsense;"
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(sqlite3.Error):
        open_database(path)
    monkeypatch.undo()
    with closing(open_database(path)) as db:
        assert rows(db, SCHEMA) == before
        assert rows(db, NAMES) == [("Tesis",)]


def test_a_migration_keeps_what_was_written(path, monkeypatch) -> None:
    with closing(open_database(path)) as db:
        db.execute(ADD, ("Tesis",))
    more = "ALTER TABLE libraries ADD COLUMN note TEXT; -- as\nUPDATE libraries SET note = 'a;b';"
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, more))
    with closing(open_database(path)) as db:
        assert rows(db, "SELECT name, note FROM libraries") == [("Tesis", "a;b")]


def test_a_database_of_a_newer_program_is_left_alone(path) -> None:
    with closing(open_database(path)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    for opening in (open_database, open_for_reading):
        with pytest.raises(DataUnreadable) as caught:
            opening(path)
        assert caught.value.path == str(path)
        assert "newer" in caught.value.reason


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_file_of_another_kind_is_told(opening, path) -> None:
    path.write_bytes(b"%PDF-1.7" * 1000)
    with pytest.raises(DataUnreadable) as caught:
        opening(path)
    assert caught.value.path == str(path)
    assert path.read_bytes() == b"%PDF-1.7" * 1000


def test_damage_inside_is_told(path) -> None:
    with closing(open_database(path)) as db, transaction(db):
        db.executemany(ADD, [(f"{n:0100}",) for n in range(500)])
    content = bytearray(path.read_bytes())
    for page in range(12 * 4096, len(content), 4096):
        content[page : page + 100] = b"\xff" * 100
    path.write_bytes(content)
    with pytest.raises(DataUnreadable) as caught:
        open_database(path)
    assert caught.value.path == str(path)


def test_damage_met_later_is_told(db, path) -> None:
    rows(db, "PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))
    db.execute("PRAGMA cache_size = 0")
    with pytest.raises(DataUnreadable) as caught:
        rows(db, "SELECT * FROM libraries")
    assert caught.value.path == str(path)


@pytest.mark.parametrize("opening", [open_database, open_for_reading])
def test_a_folder_that_is_not_there_is_told(opening, path) -> None:
    with pytest.raises(DataUnreadable):
        opening(path / "nowhere")


def test_looking_cannot_write(db, path) -> None:
    db.execute(ADD, ("Tesis",))
    with closing(open_for_reading(path)) as reader:
        assert rows(reader, NAMES) == [("Tesis",)]
        with pytest.raises(DataUnreadable), transaction(reader):
            reader.execute(ADD, ("Actas",))
        db.execute(ADD, ("Contratos",))
        assert rows(reader, NAMES) == [("Tesis",), ("Contratos",)]


def test_looking_into_nothing_finds_nothing(path) -> None:
    with closing(open_for_reading(path)) as reader:
        assert rows(reader, NAMES) == []


def test_a_transaction_is_all_or_nothing(db) -> None:
    def interrupted() -> None:
        with transaction(db):
            db.execute(ADD, ("Tesis",))
            with transaction(db):
                db.execute(ADD, ("Actas",))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert rows(db, NAMES) == []
    with transaction(db), transaction(db):
        db.execute(ADD, ("Tesis",))
    assert rows(db, NAMES) == [("Tesis",)]
    assert not db.in_transaction


def test_a_full_disk_is_told_and_loses_nothing(db, path) -> None:
    db.execute(ADD, ("Tesis",))
    ((pages,),) = rows(db, "PRAGMA page_count")
    db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull) as caught, transaction(db):
        db.executemany(ADD, [(f"{n:0100}",) for n in range(500)])
    assert caught.value.path == str(path)
    assert rows(db, NAMES) == [("Tesis",)]
    db.execute("PRAGMA max_page_count = 100000")
    with transaction(db):
        db.execute(ADD, ("Actas",))
    assert rows(db, NAMES) == [("Tesis",), ("Actas",)]


@pytest.mark.parametrize(("full", "told"), [(True, DiskFull), (False, DataUnreadable)])
def test_what_sqlite_cannot_make_beside_it_may_be_for_want_of_room(
    path, monkeypatch, full, told
) -> None:
    path.with_name(f"{path.name}-wal").mkdir()
    monkeypatch.setattr(database, "is_full", lambda folder: full and folder == path.parent)
    with pytest.raises(told):
        open_database(path)


def add_many(path) -> None:
    with closing(open_database(path)) as db:
        for number in range(300):
            with transaction(db):
                db.execute(ADD, (f"{number:0400}",))


@pytest.mark.parametrize("left_kib", [0, 24, 64, 120])
def test_a_disk_that_is_full_is_called_so_however_little_is_left(tmp_path, left_kib) -> None:
    """SQLite calls it an I/O error where the index of its log does not fit."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", str(place)]
    known = shutil.which("mount") is not None
    if not known or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        open_database(place / "db").close()
        room = shutil.disk_usage(place).free - left_kib * 1024
        (place / "other").write_bytes(bytes(room))
        with pytest.raises(DiskFull):
            add_many(place / "db")
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S607


def test_a_bug_stays_a_bug(db) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        rows(db, "SELEC")
    with pytest.raises(sqlite3.IntegrityError), transaction(db):
        db.execute(ADD, ("",))


def test_a_writer_waits_and_then_says_who_is_in_the_way(db, path) -> None:
    with closing(open_database(path)) as other:
        other.execute("PRAGMA busy_timeout = 1")
        with transaction(db):
            db.execute(ADD, ("Tesis",))
            assert rows(other, NAMES) == []  # readers need not wait
            with pytest.raises(DataLocked) as caught, transaction(other):
                pytest.fail("two writers at once")
        assert caught.value.path == str(path)
        assert rows(other, NAMES) == [("Tesis",)]


def test_many_may_open_a_new_database_at_once(path) -> None:
    def opened(_number: int) -> list[tuple[int]]:
        with closing(open_database(path)) as db:
            return rows(db, "PRAGMA user_version")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(8))) == [[(len(MIGRATIONS),)]] * 8


def test_who_is_not_let_in_at_once_tries_again(path) -> None:
    """Of several who switch to the log at once, SQLite refuses some without letting them wait."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE one (two)")
        other.execute("BEGIN EXCLUSIVE")
        refused = []

        class Refused(sqlite3.Connection):
            def execute(self, *given):
                try:
                    return super().execute(*given)
                except sqlite3.OperationalError as error:
                    refused.append(str(error))
                    other.rollback()
                    raise

        with closing(sqlite3.connect(path, timeout=0, factory=Refused)) as late:
            database._log_ahead(late)
            assert refused == ["database is locked"]
            assert rows(late, "PRAGMA journal_mode") == [("wal",)]


def test_another_process_sees_what_is_written(db, path) -> None:
    code = f"""if True:
        from pathlib import Path
        from desktop_rag.library import libraries
        from desktop_rag.library.db import database
        db = database.open_database(Path({str(path)!r}))
        print(libraries.find(db, "tesis"))
        libraries.ensure(db, "Actas")
    """
    db.execute(ADD, ("Tesis",))
    out = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "1"
    assert rows(db, NAMES) == [("Tesis",), ("Actas",)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1500])
def test_a_query_takes_any_number_of_values(count, db) -> None:
    with transaction(db):
        db.executemany(ADD, [(str(n),) for n in range(1500)])
    wanted = [str(n) for n in range(count)]
    found = rows_among(db, "SELECT name FROM libraries WHERE name IN (*) ORDER BY id", wanted)
    assert [name for (name,) in found] == wanted


def old_database(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as old:
        for step in MIGRATIONS[:version]:
            old.executescript(step)
        old.execute("INSERT INTO libraries (name) VALUES ('Tesis')")
        old.execute(f"PRAGMA user_version = {version}")
        old.commit()


def test_a_database_is_kept_as_it_was_before_it_is_brought_up_to_date(tmp_path) -> None:
    path = tmp_path / "library.sqlite3"
    old_database(path, 1)
    open_database(path).close()
    open_database(path).close()  # which is up to date now
    (copy,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT name FROM libraries").fetchall() == [("Tesis",)]


def test_a_new_database_leaves_no_copy(tmp_path) -> None:
    open_database(tmp_path / "library.sqlite3").close()
    assert not (tmp_path / "backups").exists()


def test_only_the_last_copies_are_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(backups, "_COPIES", 1)
    for version in (1, 2):
        path = tmp_path / "library.sqlite3"
        path.unlink(missing_ok=True)
        old_database(path, version)
        open_database(path).close()
    assert [one.name for one in (tmp_path / "backups").iterdir()] == ["library-2.sqlite3"]


def test_without_a_copy_nothing_is_changed(tmp_path) -> None:
    path = tmp_path / "library.sqlite3"
    old_database(path, 1)
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(DataUnreadable):
        open_database(path)
    with closing(sqlite3.connect(path)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
