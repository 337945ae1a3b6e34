"""Nobody else who uses the machine can read what the program writes, whatever was there before."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pdfs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="rights are not modes there"),
]


def run(*words: object, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where everybody may read what others write, as is usual."""
    command = [sys.executable, "-m", "desktop_rag", *map(str, words)]
    return subprocess.run(
        command,
        env=os.environ | {"DESKTOP_RAG_HOME": str(home)},
        capture_output=True,
        text=True,
        umask=0o022,
        check=False,
    )


def test_everything_is_closed_in_a_home_that_was_open(tmp_path) -> None:
    home = tmp_path / "home"
    (home / "vectors").mkdir(parents=True)
    (home / "vectors").chmod(0o755)
    home.chmod(0o755)
    note = pdfs.plain(tmp_path / "note.pdf", ["The ferry crosses at noon."])
    ran = run("index", "-l", "Notes", note, home=home)
    assert ran.returncode == 0, ran.stderr
    written = list(home.rglob("*"))
    assert any("vectors" in path.parts and path.is_file() for path in written)
    modes = {
        (path.is_dir(), stat.S_IMODE(path.lstat().st_mode) | 0o100 * path.is_file())
        for path in (home, *written)
    }
    assert modes == {(True, 0o700), (False, 0o700)}
    exported = tmp_path / "notes.ragx"
    assert run("export", "Notes", exported, home=home).returncode == 0
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
