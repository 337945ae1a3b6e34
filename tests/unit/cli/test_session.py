"""What runs in the processes of a command, and of the window."""

from pathlib import Path

import pytest

from desktop_rag import app
from desktop_rag.cli import session
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.pipe.targets import Limited


@pytest.mark.parametrize("documents_gib", [1.0, 4.0])
def test_what_opens_the_files_of_strangers_may_hold_little_memory(
    tmp_path: Path, documents_gib: float
) -> None:
    paths, settings = Paths(tmp_path), Settings()
    indexing = settings.indexing.replaced(reading_gib=documents_gib)
    settings = settings.model_copy(update={"indexing": indexing})
    window = app.targets(paths, settings)
    connecting = window.connecting(settings.network)
    limits = [
        target.gib
        for target in (session.reader(paths, settings), window.reading, window.drawing, connecting)
        if isinstance(target, Limited)
    ]
    assert limits == [documents_gib + 1, documents_gib + 1, 3, 2]
    downloader = session.downloader(paths, settings)._worker._target
    assert isinstance(downloader, Limited)
    assert downloader.gib == 2
