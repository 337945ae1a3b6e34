"""What tests of the whole program share."""

import shutil

import pytest


@pytest.fixture
def opened(tmp_path, qapp, qtbot):
    """Open the program, again if it is called again; what is open at the end is closed.

    A `real` one finds by meaning, which takes torch and seconds for two of its processes.
    """
    from tests.running_window import Running  # tests of commands need no window

    running: list[Running] = []

    def open_again(*, real: bool = False) -> Running:
        if running:
            running.pop().quit()
        running.append(Running(tmp_path / "data", qapp, qtbot, real))
        return running[-1]

    yield open_again
    while running:
        running.pop().quit()


@pytest.fixture
def ready(tmp_path, shelf, opened):
    """Open the program on a copy of the documents that the module's `shelf` has ready."""
    shutil.copytree(shelf, tmp_path / "data")
    return opened()
