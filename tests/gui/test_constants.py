"""Calls into Qt leave Python's constants alive."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel

import desktop_rag.gui

MANY = 1 << 32
CALLS = 1_000
LOSING = f"""
import os, sys
from PySide6.QtCore import QObject
parent = QObject().parent
before = sys.getrefcount(None)
for _ in range({CALLS}):
    parent()
print(before - sys.getrefcount(None), flush=True)
os._exit(0)  # an orderly end may find None dead
"""


def test_none_has_references_to_lose(qapp) -> None:
    assert desktop_rag.gui.__doc__
    label = QLabel()
    for _ in range(1_000):
        assert label.layout() is None
    assert all(sys.getrefcount(constant) > MANY for constant in (None, True, False)) or (
        sys.version_info >= (3, 12)
    )


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None never dies from Python 3.12 on")
def test_a_call_that_returns_none_still_loses_a_reference_to_it() -> None:
    command = [sys.executable, "-c", LOSING]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) > CALLS / 2, (
        "PySide6 keeps None alive by itself: `_keep_constants` in desktop_rag/gui can go"
    )
