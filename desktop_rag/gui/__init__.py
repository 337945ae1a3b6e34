"""The window: the only package that imports PySide6, and never an engine.

    window ─► chat | libraries | models | references | sampling | search | tables | watching
           ─► settings
           ─► reader | sidebar | downloads | indexing ─► processes ─► session, sources
           ─► widgets ─► look

    window       builds all of it, and connects it with workers
    the others   a feature each: a …_presenter connects its widgets with workers and library
    processes    replies of workers as signals, jobs in a row
    session      what the window is open on: library, model, settings
    sources      a passage as it is shown, wherever that is

A widget reads no file, starts no job and knows no worker: it is shown values
and says, by signal, what the person wishes. `desktop_rag.app` starts it.
"""

from __future__ import annotations

import ctypes
import sys

_ENOUGH = 1 << 40  # references: more than any program gives back


def _keep_constants() -> None:
    """Give None, True and False references to lose, before Python 3.12.

    PySide6 6.12 is built for the stable ABI of a Python in which these never die,
    and takes no reference to the one that it returns: each call that returns
    None then loses one, until Python ends with "deallocating None".
    """
    for constant in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(constant)).value += _ENOUGH


if sys.version_info < (3, 12):
    _keep_constants()
