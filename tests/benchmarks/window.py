"""How soon the window is there, and whether it ever stops answering.

Run by hand:

    python -m tests.benchmarks.window

Each part is measured in a window of its own, without a screen unless
QT_QPA_PLATFORM names one:

    start       seconds from the start of the process until the window is painted, the disk warm
    heartbeat   the longest time that nothing else could happen in the window while PDFs are
                indexed, answers are streamed and the list of documents is looked at
    chat        seconds until the end of a long conversation is painted, and the memory that the
                window's own process holds then
    book        seconds until the first page of a thick book is seen

A beat of the heart is due every 5 ms. `own_ms` is how long the window's thread was at work in a
gap, and `own_seconds` on opening; the rest of `ms` it waited for a processor. `stacks` are where
it was meanwhile.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import program

_TARGETS = {
    "start_seconds": 1.5,
    "heartbeat_ms": 50,
    "chat_seconds": 0.3,
    "memory_mb": 250,
    "book_seconds": 0.5,
}
_SPENT = "from tests.benchmarks import watched_window; watched_window.measure({!r}, {!r}, {!r})"


def measured(part: str, home: Path, given: object) -> dict[str, Any]:
    """Run one part; the workers of a module run by -c import nothing of it."""
    process = subprocess.run(
        [sys.executable, "-c", _SPENT.format(part, str(home), given)],
        cwd=program.ROOT,
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    return program.printed(process.stdout, process.stderr)


def started(home: Path, times: int) -> dict[str, Any]:
    """Open and close the program again and again; the first time does not count."""
    found = []
    for _ in range(times + 1):
        began = time.time()
        values = measured("start", home, None)
        found.append(values | {"seconds": values["painted"] - began})
    return {
        "seconds": [round(one["seconds"], 3) for one in found[1:]],
        "median_seconds": round(statistics.median(one["seconds"] for one in found[1:]), 3),
        "median_own_seconds": round(statistics.median(one["own"] for one in found[1:]), 3),
        "heavy_modules": found[-1]["heavy_modules"],
    }


def parts(given: argparse.Namespace, place: Path) -> dict[str, Any]:
    """Measure what was asked for."""
    found: dict[str, Any] = {}
    home = place / "home"
    if "start" in given.parts:
        found["start"] = started(place / "empty", given.times)
    if "heartbeat" in given.parts:
        program.note("indexing and answering")
        found["heartbeat"] = measured("heartbeat", home, given.documents)
        if "start" in given.parts:
            found["start_with_documents"] = started(home, given.times)
    if "chat" in given.parts:
        program.note("opening a long conversation")
        found["chat"] = measured("chat", place / "chat", given.turns)
    if "book" in given.parts:
        program.note("opening a thick book")
        found["book"] = measured("book", place / "book", given.pages)
    return found


def _environment(home: Path) -> dict[str, str]:
    headless = {} if "QT_QPA_PLATFORM" in os.environ else {"QT_QPA_PLATFORM": "offscreen"}
    return program.environment(home) | headless


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = ["start", "heartbeat", "chat", "book"]
    parser.add_argument("--parts", nargs="+", choices=names, default=names)
    parser.add_argument("--times", type=int, default=5, help="how often the program is started")
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--turns", type=int, default=500)
    parser.add_argument("--pages", type=int, default=640)
    given = parser.parse_args()
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        found = parts(given, Path(place))
    program.emit({"benchmark": "window", **about, "targets": _TARGETS, **found})


if __name__ == "__main__":
    main()
