"""What is dropped on a widget."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl


def dropped_paths(content: QMimeData) -> list[Path]:
    """Return the files and folders of this machine that are dragged or pasted."""
    return [local_path(url) for url in content.urls() if url.isLocalFile()]


def local_path(url: QUrl) -> Path:
    """Return the file of this machine at an address, also where its name is not UTF-8."""
    given = url.toLocalFile()
    if "\ufffd" in given and os.name == "posix":
        encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
        return Path(os.fsdecode(unquote_to_bytes(encoded)))
    return Path(given)
