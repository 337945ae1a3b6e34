"""Which processes go first where processors are short."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.reading import FindFiles
from desktop_rag.workers.pipe.calls import Mailbox
from desktop_rag.workers.processes import reading

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no nice")


def test_reading_goes_after_the_window(tmp_path: Path) -> None:
    box = Mailbox()
    worker = box.worker("reading", partial(reading.main, open_home(tmp_path / "home").home, 4.0))
    worker.start()
    try:
        worker.submit(FindFiles((tmp_path,)))
        while box.take(30) is None:
            pass
        lowered = os.getpriority(os.PRIO_PROCESS, worker._life.process.pid)
    finally:
        worker.stop()
    assert lowered == min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
