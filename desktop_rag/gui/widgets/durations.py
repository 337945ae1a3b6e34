"""How long something takes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

MINUTE, HOUR = 60, 3600  #: in seconds
translate = QCoreApplication.translate


def duration(seconds: float) -> str:
    """Return so many seconds in hours and minutes; less than one is said to be less."""
    if seconds < MINUTE:
        return translate("Durations", "< 1 min")
    if seconds < HOUR:
        return translate("Durations", "{count} min").format(count=round(seconds / MINUTE))
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return translate("Durations", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
