"""The embedders that come with the program: as they are here, and as they may be elsewhere."""

from pathlib import Path

import pytest

from desktop_rag.engines.encoders import encoders
from desktop_rag.engines.encoders.encoders import EmbedderChoice
from desktop_rag.settings import embedders


def real_embedder(name: str) -> EmbedderChoice:
    """Return one that comes with the program; skip the test where set-up could not get it."""
    for choice in encoders.bundled_embedders():
        if choice.name == name:
            return choice
    pytest.skip(f"{name} could not be set up here")


def with_multilingual(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have it lie in `folder`, with weights that nothing can be done with."""
    without_multilingual(monkeypatch, folder)
    made = embedders.multilingual()
    made.folder.mkdir(parents=True)
    (made.folder / made.file).write_bytes(b"")


def without_multilingual(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have it not be there."""
    monkeypatch.setattr(embedders, "resources", lambda: folder)
