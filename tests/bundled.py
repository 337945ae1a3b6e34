"""Places where the embedder that set-up makes is there, or is not, whatever is installed here."""

from pathlib import Path

import pytest

from desktop_rag.settings import embedders


def with_multilingual(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have it lie in `folder`, with weights that nothing can be done with."""
    without_multilingual(monkeypatch, folder)
    made = embedders.multilingual()
    made.folder.mkdir(parents=True)
    (made.folder / made.file).write_bytes(b"")


def without_multilingual(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have it not be there."""
    monkeypatch.setattr(embedders, "resources", lambda: folder)
