"""No process says anything in the terminal: what fails, and where one dies, is in its log."""

import os
import queue
import signal
import sys
from functools import partial

import pytest

from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Failed, Reply
from desktop_rag.workers.processes import (
    downloading,
    drawing,
    generating,
    indexing,
    printing,
    reading,
    searching,
    tuning,
)

SECONDS = 60  # only failures ever wait this long
TARGETS = {
    "reading": lambda home: partial(reading.main, home, 4.0),
    "indexing": lambda home: partial(indexing.main, home, False),
    "searching": lambda home: partial(searching.main, home, 10, Searched(Index(1, None, 110))),
    "drawing": lambda home: partial(drawing.main, home),
    "generating": lambda home: partial(generating.main, home, 0),
    "downloading": lambda home: partial(downloading.main, home, Settings().network),
    "printing": lambda home: partial(printing.main, home),
    "tuning": lambda home: partial(tuning.main, home),
}


class Nonsense:
    """A command that no process knows, which is a bug of whoever says it."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not those there")
@pytest.mark.parametrize("name", TARGETS)
def test_a_process_fails_and_dies_in_silence(name, home, capfd) -> None:
    paths = open_home(home)
    replies: queue.Queue[Reply] = queue.Queue()
    worker = Worker(name, TARGETS[name](paths.home), replies.put)
    worker.start()
    worker.submit(Nonsense())
    failed = replies.get(timeout=SECONDS)
    assert isinstance(failed, Failed)
    assert failed.error is None
    process = worker._life.process
    os.kill(process.pid, signal.SIGABRT)
    process.join(SECONDS)
    worker.stop()
    told = (paths.logs_folder / f"{name}.log").read_text()
    assert "in serve" in told
    assert "Aborted" in told
    assert capfd.readouterr() == ("", "")
