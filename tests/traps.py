"""A picture that nobody is to open, markup that asks for it, and who opened it all the same."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

_OPENED = 0x20  # IN_OPEN of inotify(7)
_EVENT = struct.Struct("iIII")


class PictureTrap:
    """A picture in the folder that is the current one, watched by the kernel.

    Qt opens files without Python, so that no hook of Python's tells of it.
    """

    def __init__(self, folder: Path) -> None:
        self.picture = folder / "picture.png"
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(0xFF00FF)
        assert image.save(str(self.picture))
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._watch = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        name = os.fsencode(self.picture)
        assert self._libc.inotify_add_watch(self._watch, name, _OPENED) > 0

    @property
    def text(self) -> str:
        """What a stranger writes: each way to name a file, a link, letters, and what ends a tag."""
        tag = f"<img src='{self.picture.as_uri()}'><img src='{self.picture.name}'>"
        return (
            f"{tag}<a href='{self.picture.as_uri()}'>x</a> <b>bold</b> &lt;i&gt; \"> {tag} ]] *x*"
        )

    @property
    def name(self) -> str:
        """The same for the name of a file."""
        return f"<img src='{self.picture.name}'> &lt;b&gt; \" <b>x</b>.pdf".replace("/", "∕")

    @property
    def openings(self) -> int:
        """How often it was opened since this was last asked."""
        try:
            return len(os.read(self._watch, 1 << 16)) // _EVENT.size
        except BlockingIOError:
            return 0

    def close(self) -> None:
        """Watch no longer."""
        os.close(self._watch)


NEEDS_INOTIFY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who opens")
