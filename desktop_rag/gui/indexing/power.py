"""Whether the machine runs on its battery, which is asked again and again: no system tells all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

_EVERY_MS = 20_000
_FIRST_MS = 3_000  # after the window has shown


def on_battery() -> bool:
    """Ask the system; a machine that has no battery, or does not say so, is on mains power."""
    import psutil  # only now: the window starts without it

    try:
        found = psutil.sensors_battery()
    except (AttributeError, OSError, RuntimeError, ValueError):  # each system fails its own way
        return False
    return found is not None and found.power_plugged is False


class Power(QObject):
    """Tells when the machine goes to its battery, and when it is back.

    Signals:
        on_battery_changed: whether it runs on its battery now.
    """

    on_battery_changed = Signal(bool)

    def __init__(
        self,
        parent: QObject | None = None,
        ask: Callable[[], bool] = on_battery,
        every_ms: int = _EVERY_MS,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self.on_battery = False
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self, singleShot=True, interval=min(_FIRST_MS, every_ms))
        self._first.timeout.connect(self.look)

    def start(self) -> None:
        """Ask soon, and then again and again."""
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Ask no more."""
        self._first.stop()
        self._timer.stop()

    def look(self) -> None:
        """Ask now, and tell if the answer is another one."""
        found = self._ask()
        if found != self.on_battery:
            self.on_battery = found
            self.on_battery_changed.emit(found)
