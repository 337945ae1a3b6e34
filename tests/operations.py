"""How much work something is, counted and not timed: the same on every machine, however busy."""

import sqlite3
import sys
from collections.abc import Callable
from types import FrameType

_INSTRUCTIONS = 100  # of SQLite's machine, between two counts


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions of Python and of C `work` calls, in this thread."""
    count = 0

    def counted(_frame: FrameType, event: str, _given: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def instructions_of(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """Return how many instructions SQLite needs for `work`, to the next hundred."""
    count = 0

    def counted() -> None:
        nonlocal count
        count += _INSTRUCTIONS

    db.set_progress_handler(counted, _INSTRUCTIONS)
    try:
        work()
    finally:
        db.set_progress_handler(None, 0)
    return count
