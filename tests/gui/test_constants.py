"""Calls into Qt leave Python's constants alive."""

import sys

from PySide6.QtWidgets import QLabel

import desktop_rag.gui

MANY = 1 << 32


def test_none_has_references_to_lose(qapp) -> None:
    assert desktop_rag.gui.__doc__
    label = QLabel()
    for _ in range(1_000):
        assert label.layout() is None
    assert all(sys.getrefcount(constant) > MANY for constant in (None, True, False)) or (
        sys.version_info >= (3, 12)
    )
