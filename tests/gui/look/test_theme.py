"""What the look keeps on the disk for Qt goes with the program, however that ended."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop_rag.gui.look import theme
from desktop_rag.settings.paths import resources

KILLED = """
import os, signal
from desktop_rag.gui.look import theme
print(theme._folder().name, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not those there")
def test_the_next_start_removes_what_a_killed_program_left(tmp_path, monkeypatch) -> None:
    command = [sys.executable, "-c", KILLED]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == -signal.SIGKILL
    left = Path(ran.stdout.strip())
    assert left.is_dir()
    others = [tmp_path / f"desktop-rag-icons-{os.getpid()}-own", tmp_path / "desktop-rag-icons-x-y"]
    for other in others:
        other.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = theme._folder.__wrapped__()
    assert sorted(tmp_path.iterdir()) == sorted([*others, Path(made.name)])
    made.cleanup()
    assert sorted(tmp_path.iterdir()) == sorted(others)


def test_where_nothing_temporary_can_be_made_icons_are_black(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    monkeypatch.setattr(theme, "_folder", theme._folder.__wrapped__)
    assert theme._file.__wrapped__("check", "#ff0000") == str(resources() / "icons" / "check.svg")
