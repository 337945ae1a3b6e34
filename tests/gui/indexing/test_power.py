import psutil
import pytest

from desktop_rag.gui.indexing.power import Power, on_battery


class Battery:
    def __init__(self, plugged: bool | None) -> None:
        self.power_plugged = plugged


@pytest.mark.parametrize(
    ("found", "expected"),
    [(None, False), (Battery(True), False), (Battery(False), True), (Battery(None), False)],
)
def test_only_a_battery_in_use_counts(monkeypatch, found, expected) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: found, raising=False)
    assert on_battery() is expected


def test_a_system_that_does_not_say_is_on_mains_power(monkeypatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert on_battery() is False


def test_changes_are_told_and_nothing_else(qtbot) -> None:
    answers = [False, True, True, False]
    told: list[bool] = []
    power = Power(ask=lambda: answers.pop(0), every_ms=1)
    power.on_battery_changed.connect(told.append)
    power.on_battery_changed.connect(lambda on: None if on else power.stop())
    power.start()
    qtbot.waitUntil(lambda: told == [True, False])
    assert not power.on_battery
    assert answers == []
