"""What of a machine this program may use."""

import os

import psutil
import pytest

from desktop_rag.engines.machine import hardware


@pytest.mark.parametrize(
    ("granted", "used"),
    [
        ("max 100000", 8),
        ("400000 100000", 4),
        ("150000 100000", 2),
        ("10000 100000", 1),
        ("1600000 100000", 8),
        ("nonsense", 8),
    ],
)
def test_a_program_uses_no_more_cores_than_it_was_granted(
    tmp_path, monkeypatch, granted: str, used: int
) -> None:
    limit = tmp_path / "cpu.max"
    limit.write_text(granted)
    monkeypatch.setattr(hardware, "_CPU_LIMIT", limit)
    monkeypatch.setattr(psutil, "cpu_count", lambda **_: 8)
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    assert hardware.cores() == used


def test_a_program_uses_only_the_cores_that_it_may_run_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(hardware, "_CPU_LIMIT", tmp_path / "none")
    monkeypatch.setattr(psutil, "cpu_count", lambda **_: 8)
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert hardware.cores() == 3
