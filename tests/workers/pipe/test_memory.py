"""What a process may hold, and what it holds."""

import os
import subprocess
import sys

import psutil

from desktop_rag.workers.pipe import memory


def test_a_process_may_hold_less_than_the_machine_has() -> None:
    assert 0 < memory.usable_gib() < psutil.virtual_memory().total / memory.GIB


def test_what_a_process_takes_is_seen() -> None:
    before = memory.held_gib(os.getpid())
    taken = bytearray(200 << 20)
    assert 0.15 < memory.held_gib(os.getpid()) - before < 0.3
    assert len(taken) == 200 << 20


def test_a_process_that_has_ended_holds_nothing() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert memory.held_gib(ended.pid) == 0
