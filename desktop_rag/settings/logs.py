"""What processes write down for bug reports: where something failed, and no text of documents."""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import os
import re
import sys
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

_MOST_BYTES = 1 << 19  # of a file, of which there are two for each process
_OUTPUTS = (1, 2)  # descriptors of what a terminal shows
_PLACE = re.compile(r'\s*File ".*", line \d+.*')
_KIND = re.compile(r"\s*([\w.]*(?:Error|Exception|Panic\w*|Warning))(?::.*)?")


def keep(folder: Path, name: str) -> None:
    """Write what is worth a warning, from now on, to a file in `folder`, made with the first.

    What cannot be written is lost: a full disk is nothing that a log should end a program for.
    """
    _log_to(_Log(folder / f"{name}.log", marks=False))


def hush(folder: Path) -> None:
    """Let nothing out of a child process, and keep in its log where it stood as it died.

    Libraries in native code tell the terminal what they like, text of documents included, so
    that nothing of it is kept: only which signal ended the process, and in which lines.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in _OUTPUTS:
        os.dup2(nowhere, output)
    os.close(nowhere)
    name = multiprocessing.current_process().name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _log_to(_Log(folder / f"{name}.log", marks=True))
    except OSError:
        keep(folder, name)


def without_text(told: str) -> str:
    r"""Return a traceback without what its errors say, which may be text of a document.

    >>> without_text('Traceback:\n  File "a.py", line 3, in b\n    c()\nValueError: a secret')
    'File "a.py", line 3, in b\nValueError'
    """
    kept = []
    for line in told.splitlines():
        if _PLACE.fullmatch(line):
            kept.append(line.strip())
        elif kind := _KIND.fullmatch(line):
            kept.append(kind[1])
    return "\n".join(kept)


class _Reticent(logging.Formatter):
    """Says where an error was raised and of which kind it is, not what it says."""

    @override
    def formatException(self, ei: object) -> str:
        return without_text(super().formatException(ei))  # type: ignore[arg-type]

    @override
    def formatMessage(self, record: logging.LogRecord) -> str:
        if "\n" in record.message:
            record.message = without_text(record.message)
        return super().formatMessage(record)


class _Log(RotatingFileHandler):
    """Two files at the most; with `marks`, Python notes in it where it stood as it died."""

    def __init__(self, file: Path, *, marks: bool) -> None:
        self._marks = marks
        how = {"encoding": "utf-8", "errors": "backslashreplace"}
        super().__init__(file, maxBytes=_MOST_BYTES, backupCount=1, delay=not marks, **how)

    @override
    def _open(self) -> TextIOWrapper:
        opened = super()._open()
        if self._marks:
            faulthandler.enable(opened)
        return opened


def _log_to(handler: logging.Handler) -> None:
    logging.raiseExceptions = False  # a log that cannot be written is no matter for the terminal
    handler.setFormatter(_Reticent("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
