"""Opens every PDF of a folder in the viewer, and goes to its first, middle and last page.

    python -m tests.benchmarks.viewing FOLDER

Everything is the real program: the pane, the presenter and the drawing process. Prints what
became of the files; each ends in a page that is drawn or in a sentence that says why not, and
what takes longer than a minute, or leaves neither, is named.
"""

from __future__ import annotations

import argparse
import functools
import os
import statistics
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_rag.gui.look.theme import LIGHT_CHOICE, Theme
from desktop_rag.workers.pipe.targets import Limited, bound
from desktop_rag.workers.processes import drawing, reading
from tests.asked_window import Waiting
from tests.benchmarks import program
from tests.gui.reader.test_reader_presenter import Reading

_PATIENCE_MS = 60_000


class Viewer(Reading):
    """A viewer that says what became of a page."""

    def outcome(self, page: int) -> str:
        """Return what a person sees of a page, "" while it is not known."""
        if self.pane.card.isVisible():
            return "said why not"
        if self.has(page):
            return "drawn"
        return "left blank" if self.refused(page) else ""

    def look(self, path: Path) -> list[str]:
        """Return what became of the first page, and of the middle and the last one."""
        self.pane.diary.clear()
        self.open(path)
        wait = functools.partial(self.qtbot.waitUntil, timeout=_PATIENCE_MS)
        wait(lambda: self.pane.card.isVisible() or "opened" in self.pane.diary)
        if self.pane.card.isVisible():
            return ["said why not"]
        count = self.presenter._pages
        found = []
        for page in sorted({0, count // 2, count - 1}):
            self.pane.go_to(page)
            wait(lambda page=page: self.outcome(page))
            found.append(self.outcome(page))
        return found


def main() -> None:
    """Look at all of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    look = Theme(application, LIGHT_CHOICE)
    outcomes: Counter[str] = Counter()
    named: dict[str, str] = {}
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as home:
        gib = reading.most_gib(drawing.DOCUMENTS_GIB)
        target = Limited(bound(drawing.main, Path(home)), gib)
        viewer = Viewer(Path(home), Waiting(), target)
        with closing(viewer.db):
            for path in sorted(given.folder.glob("*.pdf")):
                started = time.monotonic()
                try:
                    found = viewer.look(path)
                except TimeoutError:
                    found = ["nothing in a minute"]
                seconds[path.name] = time.monotonic() - started
                outcomes.update(found)
                if set(found) != {"drawn"}:
                    named[path.name] = ", ".join(found)
                    program.note(f"{path.name}: {named[path.name]} {viewer.pane.card.words[:80]}")
            viewer.end()
    look.deleteLater()
    program.emit(
        {
            "benchmark": "viewing",
            "files": len(seconds),
            "pages": dict(outcomes),
            "not_drawn": named,
            "median_seconds": round(statistics.median(seconds.values()), 2),
            "slowest": sorted(((round(s, 1), n) for n, s in seconds.items()), reverse=True)[:5],
        }
    )


if __name__ == "__main__":
    main()
