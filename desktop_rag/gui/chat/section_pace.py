"""How far an answer is with whole documents, and how long the rest will take, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop_rag.answer.turn import Progress
from desktop_rag.gui.widgets.durations import duration

_KEPT_SECONDS = 0.2  # what is quicker was not written now, and says nothing of the pace
translate = QCoreApplication.translate


class SectionPace:
    """Measures how long each part takes, and says what that makes of the rest."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._taken: list[float] = []

    def words(self, progress: Progress, now: float) -> str:
        """Return how far it is at the time `now`, in seconds; the parts before took so long."""
        if self._last is not None and now - self._last > _KEPT_SECONDS:
            self._taken.append(now - self._last)
        self._last = now
        if progress.done == progress.total:
            return translate("SectionPace", "Writing the summary…")
        said = translate("SectionPace", "Part {number} of {total}: {title}").format(
            number=QLocale().toString(progress.done + 1),
            total=QLocale().toString(progress.total),
            title=progress.title,
        )
        if not self._taken:
            return said
        left = sum(self._taken) / len(self._taken) * (progress.total - progress.done)
        return translate("SectionPace", "{part} · {time} left").format(
            part=said, time=duration(left)
        )
