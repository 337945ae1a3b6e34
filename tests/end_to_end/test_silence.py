"""That nothing connects while documents are read and questions answered, native code included."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

SAMPLE = ROOT / "resources" / "samples" / "slow-stones-olive-mills.pdf"
SECONDS = 300  # only failures ever reach it
CALLS = "connect,sendto,sendmsg,sendmmsg"
ABROAD = re.compile(r"AF_INET6?\b")


def traced(log: Path, *command: object) -> list[str] | None:
    """The calls that a command makes to connect or send; `None` where nobody may trace."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    line = [strace, "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", str(log)]
    environment = os.environ | {"DESKTOP_RAG_HOME": str(log.parent / "home")}
    ran = subprocess.run(
        [*line, *map(str, command)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if not log.exists() or "PTRACE" in ran.stderr:
        return None
    assert ran.returncode == 0, ran.stderr
    return log.read_text().splitlines()


@pytest.mark.slow
def test_indexing_and_asking_connect_to_nobody(tmp_path) -> None:
    log = tmp_path / "trace"
    connects = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    if not (seen := traced(log, sys.executable, "-W", "ignore", "-c", connects)):
        pytest.skip("there is no strace, or it may not trace")
    assert any(ABROAD.search(line) for line in seen)
    for command in (
        ["index", SAMPLE, "-l", "Papers"],
        ["ask", "How were olives pressed?", "-l", "Papers", "--json"],
    ):
        lines = traced(log, sys.executable, "-m", "desktop_rag", *command)
        assert lines is not None
        assert [line for line in lines if ABROAD.search(line)] == []
