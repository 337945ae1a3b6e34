"""What a child process imports before its own main does."""

import pickle
import subprocess
import sys
from pathlib import Path

from desktop_rag.workers.pipe.targets import Limited, bound
from desktop_rag.workers.processes import reading
from tests.places import ROOT

_UNPICKLE = """
import pickle
import sys

pickle.load(sys.stdin.buffer)
print(*sorted({"psutil", "desktop_rag.workers.pipe.client"} & sys.modules.keys()), "and no more")
"""


def test_a_child_that_is_given_its_target_imports_nothing_of_the_window(tmp_path: Path) -> None:
    target = Limited(bound(reading.main, tmp_path, 1.0), 2.0)
    child = subprocess.run(
        [sys.executable, "-c", _UNPICKLE],
        cwd=ROOT,
        input=pickle.dumps(target),
        capture_output=True,
        check=True,
    )
    assert child.stdout.decode().strip() == "and no more"
