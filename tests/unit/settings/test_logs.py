"""What processes write down tells where something failed, and no text of documents."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_rag.settings import logs

LINE = "The admiral sold the lighthouse"
NOISE = f"""
import os, sys, logging
from pathlib import Path
from desktop_rag.settings import logs
logs.hush(Path(sys.argv[1]))
print({LINE!r}); sys.stderr.write({LINE!r})
os.write(1, b"native"); os.write(2, b"native")
def fails(): raise ValueError({LINE!r})
try: fails()
except ValueError: logging.getLogger("a").exception("job %d", 7)
import traceback
try: fails()
except ValueError: logging.getLogger("a").error("%s", traceback.format_exc())
"""


def ran(program: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", program, str(folder)]
    return subprocess.run(command, capture_output=True, check=False)


def test_a_child_says_nothing_and_its_log_tells_where_it_failed_but_not_what(tmp_path) -> None:
    done = ran(NOISE, tmp_path / "logs")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    told = (tmp_path / "logs" / "MainProcess.log").read_text()
    assert told.count("ValueError") == 2
    assert told.count("in fails") == 2
    assert "job 7" in told
    assert "admiral" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not those there")
def test_what_ends_a_child_is_in_its_log(tmp_path) -> None:
    ended = ran(f"{NOISE}\ndef asserts(): os.abort()\nasserts()", tmp_path)
    assert ended.returncode < 0
    assert ended.stderr == b""
    told = (tmp_path / "MainProcess.log").read_text()
    assert "Aborted" in told
    assert "in asserts" in told


def test_a_log_does_not_grow_without_end(tmp_path) -> None:
    much = "for _ in range(9_000): logging.getLogger('a').warning('x' * 200)"
    ran(f"{NOISE}\n{much}\nos.abort()", tmp_path)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["MainProcess.log", "MainProcess.log.1"]
    assert sum(file.stat().st_size for file in files) < 2 * logs._MOST_BYTES + 10_000
    assert "Aborted" in files[0].read_text()


def test_where_no_log_can_be_written_the_work_goes_on_in_silence(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    done = ran(NOISE, tmp_path / "file" / "logs")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_words_after_the_kind_of_an_error_are_left_out() -> None:
    told = f'Traceback:\n  File "a.py", line 3, in b\n    c()\nab.SomeError: {LINE}\n{LINE}: x'
    assert logs.without_text(told) == 'File "a.py", line 3, in b\nab.SomeError'
