"""The program is killed again and again, and nothing is lost, twice there, or left over.

`python -m tests.benchmarks.crashing --kills 100` does so for longer, at random moments.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crashing import Plan, Trial, live, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills groups of processes"),
]

YEAR_SECONDS = 365 * 24 * 3600
Doings = tuple[tuple[object, ...], ...]


def at(what: str, nth: int, victim: str, after: float = 0.0) -> dict[str, object]:
    return {"at": what, "nth": nth, "after": after, "victim": victim}


# What is done, when which process is killed then, and whether the next life is let alone.
LIVES: list[tuple[Doings, dict[str, object], bool]] = [
    ((("bring", 14),), at("said:PageRead", 9, "all"), False),
    ((), at("said:Stored", 2, "window"), False),
    ((("wait",), ("rename",), ("copy",)), at("do:Embed", 1, "indexing", after=0.02), True),
    ((("chunks", 40), ("bring", 2), ("keep_up",)), at("swapped", 1, "all"), False),
    ((("change",), ("bring", 1)), at("sql", 150, "window"), True),
    ((("remove",), ("expire",)), at("do:Remove", 1, "window", after=0.01), False),
    ((("bring", 2), ("delete",)), at("do:Tidy", 1, "all", after=0.01), True),
]


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> Trial:
    place: Path = tmp_path_factory.mktemp("crashes")
    trial = Trial(place, seed=5, quick=True, book=40, say=lambda _line: None)
    trial.begin(24)
    return trial


def test_nothing_that_is_killed_loses_anything(trial) -> None:
    for doings, kill, settles in LIVES:
        ended = trial.crash(kill, doings)
        assert ended.killed, (kill, ended.code, ended.said)
        if settles:
            assert trial.settle() == [], kill
    differing, cosine = trial.undisturbed()
    assert differing == []
    assert cosine >= 0.99


# A disk that is full, and a clock that is wrong


@pytest.fixture
def small(tmp_path) -> Iterator[Trial]:
    """A trial whose data directory is a file system with room for about half of it."""
    trial = Trial(tmp_path / "small", seed=3, quick=True, book=60, say=lambda _line: None)
    trial.begin(16)
    trial.home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1200k,mode=700", "none", str(trial.home)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("no file system can be mounted here")
    yield trial
    subprocess.run(["umount", "-l", str(trial.home)], check=True)  # noqa: S607


def test_a_full_disk_is_said_and_nothing_is_lost(small) -> None:
    doings = (("watch",), ("bring", 16))
    ended = live(Plan(small.home, small.pool.folder, doings, quick=True, calm_ms=5_000))
    assert wait_for(ended.group)
    assert ended.settled
    assert any("The disk is full." in line for line in ended.said), ended.said
    larger = ["mount", "-o", "remount,size=200m", str(small.home)]
    subprocess.run(larger, check=True)
    assert small.settle() == []
    differing, cosine = small.undisturbed()
    assert differing == []
    assert cosine >= 0.99


def test_a_data_directory_that_can_only_be_read_says_so(small) -> None:
    command = [sys.executable, "-m", "desktop_rag", "libraries"]
    environment = os.environ | {"DESKTOP_RAG_HOME": str(small.home)}

    def ran() -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert ran().returncode == 0
    for rights in ("ro", "rw"):
        subprocess.run(["mount", "-o", f"remount,{rights}", str(small.home)], check=True)  # noqa: S607
        told = ran()
        assert told.returncode == (rights == "ro")
        assert ("can be read and written" in " ".join(told.stderr.split())) == (rights == "ro")


def test_a_clock_that_jumps_changes_nothing_and_leaves_nothing_behind(trial) -> None:
    trial.pool.fill(4)
    doings = (("watch",), ("bring", 4))
    ended = live(Plan(trial.home, trial.pool.folder, doings, quick=True, calm_ms=5_000))
    assert ended.settled
    for jump in (YEAR_SECONDS, -YEAR_SECONDS):
        for folder in (trial.home / "pages", trial.home / "converted", trial.pool.folder):
            for path in filter(Path.is_file, folder.rglob("*")):
                os.utime(path, (time.time() + jump,) * 2)
        if jump > 0:
            for path in sorted(trial.pool.folder.rglob("*.pdf"))[:2]:
                path.unlink()
        assert trial.settle() == []
