"""What is dropped on a widget."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dropped_paths(content: QMimeData) -> list[Path]:
    """Return the files and folders of this machine that are dragged or pasted."""
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
