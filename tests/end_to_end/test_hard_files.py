"""Every file that has ever broken somebody's PDF reader, in one run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
        [sys.executable, "-m", "desktop_rag", *map(str, arguments), "--json"],
        cwd=ROOT,
        env={**os.environ, "DESKTOP_RAG_HOME": str(home)},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
        check=False,
    )


def test_no_file_stops_the_others(home) -> None:
    kinds = {
        Path(entry["file"]).name: entry["main"]
        for entry in map(json.loads, (HARD / "manifest.jsonl").read_text("utf-8").splitlines())
    }
    ran = run(home, "index", HARD, "-l", "Hard")
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    report = json.loads(ran.stdout)

    given = {path.name for path in HARD.iterdir() if path.suffix.lower() == ".pdf"}
    assert given == kinds.keys()
    reasons = {Path(e["path"]).name: e["reason"] for e in report["failed"] + report["waiting"]}
    waiting = [Path(entry["path"]).name for entry in report["waiting"]]
    failed = [Path(entry["path"]).name for entry in report["failed"]]
    fine = [Path(path).name for path in report["indexed"] + report["unchanged"]]
    assert sorted(waiting + failed + fine) == sorted(given)  # each in one place, once

    for name, reason in reasons.items():
        assert f"“{name}”" in reason
        assert reason.endswith(".")
    locked = {name for name, kind in kinds.items() if kind in ENCRYPTED}
    assert locked <= set(waiting)
    assert all("password" in reasons[name] for name in locked)
    readable = {name for name, kind in kinds.items() if kind in {"tables", "es", "fr", "de"}}
    assert readable <= set(fine)
    assert report["chunks"] > 1000
    assert not list((home / "pages").rglob("*.part"))

    listed = json.loads(run(home, "documents", "-l", "Hard").stdout)["documents"]
    states = {Path(row["path"]).name: row["state"] for row in listed}
    assert {name for name, state in states.items() if state == "waiting"} == set(waiting)
    assert {name for name, state in states.items() if state == "failed"} == set(failed)
    assert set(states.values()) <= {"ready", "waiting", "failed"}
