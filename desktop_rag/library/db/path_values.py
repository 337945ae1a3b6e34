"""What Python and SQLite spell differently: paths, inodes and text."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_rag.domain.unicode_text import storable

INODES = 2**64


def stored_path(path: Path) -> str | bytes:
    """Return a path as text, or as bytes where its name is not Unicode: old archives do that."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return text


def path_of(stored: str | bytes) -> Path:
    """Return the path that was stored."""
    return Path(os.fsdecode(stored))


def stored_inode(inode: int) -> int:
    """Return an inode in the signed numbers of SQLite; some file systems use all 64 bits."""
    return inode - INODES if inode >= INODES // 2 else inode


def inode_of(stored: int) -> int:
    """Return the inode that was stored."""
    return stored % INODES


def stored_text(text: str) -> str:
    """Return text without the halves of characters that broken files are full of."""
    return storable(text)
