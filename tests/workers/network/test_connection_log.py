"""The log of connections."""

import functools
import json
import multiprocessing
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop_rag.settings.paths import Paths
from desktop_rag.workers.network import connection_log
from desktop_rag.workers.network.connection_log import Connection, Outcome, Purpose

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ONE = Connection(AT, "huggingface.co", 443, Purpose.DOWNLOAD, "ana/Mini/m.gguf")


@pytest.fixture
def paths(tmp_path) -> Paths:
    return Paths(tmp_path)


def later(seconds: int) -> Connection:
    return replace(ONE, at=AT + timedelta(seconds=seconds))


def append_many(paths: Paths, first: int, count: int) -> None:
    for n in range(first, first + count):
        connection_log.append(paths, str(n), later(n))


def test_where_none_was_made_there_is_none(paths) -> None:
    assert connection_log.read(paths) == []


def test_the_newest_comes_first_and_no_more_than_wanted(paths) -> None:
    append_many(paths, 0, 5)
    assert connection_log.read(paths, 2) == [later(4), later(3)]
    assert connection_log.read(paths, 0) == []


def test_the_last_line_tells_how_a_connection_ended(paths) -> None:
    ended = replace(ONE, bytes=12, outcome=Outcome.ANSWERED)
    connection_log.append(paths, "a", ONE)
    connection_log.append(paths, "b", later(1))
    connection_log.append(paths, "a", ended)
    assert connection_log.read(paths) == [later(1), ended]


def test_lines_that_are_none_are_passed_over(paths) -> None:
    connection_log.append(paths, "a", ONE)
    kept = json.loads(paths.connections_file.read_text())
    broken = [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe",
        *(json.dumps(kept | {"id": "b", name: "?"}).encode() for name in ("at", "port", "purpose")),
        json.dumps({"id": "c"}).encode(),
    ]
    with paths.connections_file.open("ab") as log:
        log.write(b"\n".join(broken) + b"\n" + b'{"id": "cut off')
    assert connection_log.read(paths) == [ONE]


def test_what_follows_a_question_mark_is_not_kept(paths) -> None:
    connection_log.append(paths, "a", replace(ONE, subject="ana/Mini?token=secret#x"))
    assert connection_log.read(paths)[0].subject == "ana/Mini"
    assert "secret" not in paths.connections_file.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes")
def test_nobody_else_may_read_it(paths) -> None:
    append_many(paths, 0, 1)
    assert stat.S_IMODE(paths.connections_file.stat().st_mode) == 0o600


def test_it_stays_bounded_and_keeps_the_newest(paths, monkeypatch) -> None:
    monkeypatch.setattr(connection_log, "MOST_BYTES", 10_000)
    connection_log.shorten(paths)
    append_many(paths, 0, 100)
    before = connection_log.read(paths)
    connection_log.shorten(paths)
    assert paths.connections_file.stat().st_size <= 5_000
    kept = connection_log.read(paths)
    assert 10 < len(kept) < 100
    assert kept == before[: len(kept)]
    if sys.platform != "win32":
        assert stat.S_IMODE(paths.connections_file.stat().st_mode) == 0o600
    size = paths.connections_file.stat().st_size
    connection_log.shorten(paths)
    assert paths.connections_file.stat().st_size == size


def test_two_processes_lose_no_line(paths) -> None:
    context = multiprocessing.get_context("spawn")
    others = [
        context.Process(target=functools.partial(append_many, paths, first, 200))
        for first in (1000, 2000)
    ]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert len(connection_log.read(paths)) == 400
