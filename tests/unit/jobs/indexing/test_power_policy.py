"""How hard a machine works with and without mains power."""

import pytest

from desktop_rag.jobs.indexing.power_policy import PowerPolicy
from desktop_rag.settings.schema import Indexing


@pytest.mark.parametrize(
    ("chosen", "on_battery", "resting", "threads"),
    [
        ("normal", False, False, 6),
        ("normal", True, False, 6),
        ("slow", False, False, 6),
        ("slow", True, False, 1),
        ("pause", False, False, 6),
        ("pause", True, True, 6),
    ],
)
def test_only_on_its_battery_does_a_machine_slow_down_or_rest(
    chosen, on_battery: bool, resting: bool, threads: int
) -> None:
    policy = PowerPolicy(Indexing(on_battery=chosen, threads=6), on_battery)
    assert (policy.resting, policy.threads) == (resting, threads)
