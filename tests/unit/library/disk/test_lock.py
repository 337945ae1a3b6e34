import subprocess
import sys

import pytest

from desktop_rag.domain.errors import DataLocked, DataUnreadable
from desktop_rag.library.disk.lock import owner
from desktop_rag.settings.paths import Paths
from tests.places import ROOT

OWN = """if True:
    import sys
    from pathlib import Path
    from desktop_rag.library.disk.lock import owner
    from desktop_rag.settings.paths import Paths
    with owner(Paths(Path(sys.argv[1]))):
        print("mine", flush=True)
        sys.stdin.read()
"""


def test_there_is_one_owner_at_a_time(tmp_path) -> None:
    paths = Paths(tmp_path)
    with owner(paths):
        with pytest.raises(DataLocked) as caught, owner(paths):
            pytest.fail("two owners")
        assert caught.value.path == str(tmp_path)
    with owner(paths):
        pass


def test_an_error_inside_gives_the_lock_back(tmp_path) -> None:
    def interrupted() -> None:
        with owner(Paths(tmp_path)):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with owner(Paths(tmp_path)):
        pass


def test_a_killed_owner_leaves_nothing_locked(tmp_path) -> None:
    paths = Paths(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", OWN, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(DataLocked), owner(paths):
            pytest.fail("two owners")
        other.kill()
    with owner(paths):
        pass


def test_a_directory_that_cannot_be_used_is_told(tmp_path) -> None:
    (tmp_path / "owner.lock").mkdir()
    with pytest.raises(DataUnreadable) as caught, owner(Paths(tmp_path)):
        pytest.fail("owned")
    assert caught.value.path == str(tmp_path)
