"""Files that have broken somebody's PDF reader, in one run; all of them in the exhaustive one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests import word_embedder
from tests.places import ROOT

HARD = ROOT.parent / "shared" / "data" / "hard"
LIMIT_SECONDS = 15 * 60
ENCRYPTED = {"enc_known", "enc_unknown"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (HARD / "manifest.jsonl").is_file(),
        reason="the hard PDFs do not come with the program; they lie in ../shared/data/hard",
    ),
]


def run(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *word_embedder.PROGRAM, *map(str, arguments), "--json"],
        cwd=ROOT,
        env={**os.environ, "DESKTOP_RAG_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
        check=False,
    )


def kinds_of_all() -> dict[str, str]:
    """What is hard about each file."""
    entries = map(json.loads, (HARD / "manifest.jsonl").read_text("utf-8").splitlines())
    return {Path(entry["file"]).name: entry["main"] for entry in entries}


def some(kinds: dict[str, str]) -> dict[str, str]:
    """A tenth of the files by name, and the first of each kind: always the same ones."""
    names = sorted(kinds)
    first = {kinds[name]: name for name in reversed(names)}
    return {name: kinds[name] for name in {*names[::10], *first.values()}}


def names_in(folder: Path, paths: Iterable[str]) -> list[str]:
    """The names of those that are in the folder, and not in a document of it."""
    return [Path(path).name for path in paths if Path(path).parent == folder]


def test_every_hard_file_is_known() -> None:
    given = {path.name for path in HARD.iterdir() if path.suffix.lower() == ".pdf"}
    assert given == kinds_of_all().keys()


@pytest.mark.parametrize("share", ["some", pytest.param("all", marks=pytest.mark.exhaustive)])
def test_no_file_stops_the_others(home, tmp_path, share) -> None:
    kinds = kinds_of_all() if share == "all" else some(kinds_of_all())
    folder = tmp_path / "hard"
    folder.mkdir()
    for name in kinds:
        shutil.copy(HARD / name, folder)
    ran = run(home, "index", folder, "-l", "Hard")
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    report = json.loads(ran.stdout)

    reasons = {Path(e["path"]).name: e["reason"] for e in report["failed"] + report["waiting"]}
    waiting = names_in(folder, (entry["path"] for entry in report["waiting"]))
    failed = names_in(folder, (entry["path"] for entry in report["failed"]))
    fine = names_in(folder, report["indexed"] + report["unchanged"])
    assert sorted(waiting + failed + fine) == sorted(kinds)  # each in one place, once

    for name, reason in reasons.items():
        assert f"“{name}”" in reason
        assert reason.endswith(".")
    locked = {name for name, kind in kinds.items() if kind in ENCRYPTED}
    assert locked <= set(waiting)
    assert all("password" in reasons[name] for name in locked)
    readable = {name for name, kind in kinds.items() if kind in {"tables", "es", "fr", "de"}}
    assert readable <= set(fine)
    assert report["chunks"] > (1000 if share == "all" else 3 * len(kinds))
    assert not list((home / "pages").rglob("*.part"))

    listed = json.loads(run(home, "documents", "-l", "Hard").stdout)["documents"]
    states = {Path(row["path"]).name: row["state"] for row in listed if row["in"] is None}
    assert {name for name, state in states.items() if state == "waiting"} == set(waiting)
    assert {name for name, state in states.items() if state == "failed"} == set(failed)
    assert set(states.values()) <= {"ready", "waiting", "failed"}
