"""10,000 small PDFs in a watched folder: taken in, killed meanwhile, looked at again, halved.

Run by hand; it takes five minutes:

    python -m tests.benchmarks.many

The real window, offscreen, with its real processes, watches the folder. It is killed with all
of them when most is done, started anew, and goes on to the end; started once more, it finds
that nothing has changed; then the command line looks at all files again; and at last half of
them is deleted under the eyes of the window. Memory is the proportional set size of the
window and its processes, in the median while these parts of the documents got ready.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil

from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths
from tests import pdfs
from tests.benchmarks import program
from tests.benchmarks.memory import held_by, tree_of
from tests.benchmarks.unchanged import text_of
from tests.crashing import LIBRARY, Plan, begun, wait_for

_EVERY_SECONDS = 2.0
_MB = 1e3  # in GB
_FOR_EVER_MS = 10**9
_KILLED = 0.9  # of the documents are ready
_PARTS = (0.1, 0.2, 0.4, 0.6, 0.8, 0.9)
_READY = "SELECT count(*) FROM documents WHERE state = 'ready'"
_MEMBERS = "SELECT count(*) FROM members"


@dataclass(slots=True)
class Course:
    """How many documents were ready, and how much memory was held, in the course of a life."""

    seconds: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    held: list[float] = field(default_factory=list)

    def held_between(self, low: float, high: float) -> int | None:
        """Return the median of the memory, in MB, while the count was between these."""
        pairs = zip(self.counts, self.held, strict=True)
        held = [mb for count, mb in pairs if low <= count <= high]
        return round(statistics.median(held)) if held else None


def count_of(home: Path, query: str) -> int:
    """Ask the database, which may not be there yet."""
    path = Paths(home).database
    if not path.exists():
        return 0
    with closing(open_for_reading(path)) as db:
        return int(db.execute(query).fetchone()[0])


@contextmanager
def window(plan: Plan) -> Iterator[psutil.Process]:
    """Let a window live, and end with all its processes."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        process = begun(plan, out)
        try:
            yield psutil.Process(process.pid)
            out.seek(0)
            troubles = [line for line in out.read().splitlines() if line != "settled"]
            assert not troubles, troubles
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            assert wait_for(process.pid)


def watched(root: psutil.Process, home: Path, query: str, over: Callable[[int], bool]) -> Course:
    """Look at a window until the count is what is waited for, or the window has ended."""
    course, began = Course(), time.perf_counter()
    while root.is_running() and root.status() != psutil.STATUS_ZOMBIE:
        course.counts.append(count_of(home, query))
        course.seconds.append(round(time.perf_counter() - began, 1))
        rows = [row for one in tree_of(root) if (row := held_by(one))]
        course.held.append(sum(row["gb"] for row in rows) * _MB)
        if over(course.counts[-1]):
            break
        time.sleep(_EVERY_SECONDS)
    return course


def measured(plan: Plan, files: int) -> dict[str, Any]:
    """Do all of it."""
    home = plan.home
    with window(plan) as root:
        first = watched(root, home, _READY, lambda count: count >= files * _KILLED)
    assert first.counts[-1] < files, "it was done before it was killed"
    program.note(f"killed after {first.seconds[-1]:.0f} s with {first.counts[-1]} ready")
    with window(plan) as root:
        second = watched(root, home, _READY, lambda _count: False)
    assert second.counts[-1] == files, second.counts[-1]
    ready = next(
        s for s, count in zip(second.seconds, second.counts, strict=True) if count >= files
    )
    program.note(f"all ready after {ready:.0f} s more")
    with window(plan) as root:
        third = watched(root, home, _READY, lambda _count: False)
    again = [
        program.desktop_rag(home, "index", plan.folder, "--library", LIBRARY) for _ in range(5)
    ]
    assert all(len(run.values["unchanged"]) == files for run in again)
    program.note("looked at again; half is deleted")
    with window(replace(plan, calm_ms=_FOR_EVER_MS)) as root:
        time.sleep(third.seconds[-1] + _EVERY_SECONDS)  # until it has looked at all of them
        for path in sorted(plan.folder.iterdir())[::2]:
            path.unlink()
        fourth = watched(root, home, _MEMBERS, lambda count: count <= files // 2)
    return {
        "killed_after_seconds": first.seconds[-1],
        "ready_before_and_after": [first.counts[-1], second.counts[0]],
        "ready_seconds_after_the_kill": ready,
        "unchanged_window_seconds": third.seconds[-1],
        "unchanged_seconds": [run.values["seconds"] for run in again],
        "deleted_after_seconds": fourth.seconds[-1],
        "held_mb": {
            f"{part:.0%}": first.held_between(files * (part - 0.08), files * part)
            for part in _PARTS
        },
        "most_mb": round(max(first.held + second.held)),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=10_000)
    given = parser.parse_args()
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        folder = Path(place, "files")
        folder.mkdir()
        for number in range(given.files):
            pdfs.plain(folder / f"{number:05}.pdf", [text_of(number)])
        program.note(f"{given.files} files made")
        plan = Plan(Path(place, "home"), folder, (("watch",),), calm_ms=2_000)
        program.emit({"benchmark": "many", **about, **measured(plan, given.files)})


if __name__ == "__main__":
    main()
