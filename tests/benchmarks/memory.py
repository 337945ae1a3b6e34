"""The most memory that indexing a thick book takes, beside LangChain's tutorial pipeline.

Run by hand:

    python -m tests.benchmarks.memory

What counts is the proportional set size of the whole process tree, looked at
every 0.2 seconds: what processes share counts once. Where the system does not
tell it (it does on Linux), the unique set size stands in. GB are 10^9 bytes.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pymupdf

from tests import pdfs
from tests.benchmarks import program

_EVERY_SECONDS = 0.2
_GB = 1e9
_LINES = 16  # more on each page: the book of tests/pdfs has some 280 words on one
_SUBJECTS = """harbour keeper pilot captain merchant widow lantern chandler surveyor carpenter
    magistrate fisher sailmaker schoolmaster priest smuggler engineer clerk apprentice baker
    """
_VERBS = """measured repaired bought remembered described lost carried copied painted inherited
    guarded borrowed promised refused counted buried weighed delivered"""
_ADJECTIVES = """narrow copper northern forgotten heavy painted early quiet broken foreign salted
    honest crooked distant cheap sacred frozen wooden"""
_OBJECTS = """ledger anchor chapel mast letter barrel compass bridge bell orchard tunnel map
    treaty oven ladder ship quarry clock"""


@dataclass(slots=True)
class Peak:
    """The most that a process tree held, and which processes held it."""

    gb: float = 0.0
    seconds: float = 0.0
    processes: list[dict[str, Any]] = field(default_factory=list)
    looks: int = 0

    def look(self, root: psutil.Process, seconds: float) -> None:
        """Look once."""
        held = [row for process in tree_of(root) if (row := held_by(process))]
        total = sum(row["gb"] for row in held)
        self.looks += 1
        if total > self.gb:
            self.gb, self.seconds, self.processes = total, seconds, held

    def values(self) -> dict[str, Any]:
        """Return the figures, rounded."""
        return {
            "peak_gb": round(self.gb, 3),
            "at_second": round(self.seconds, 1),
            "looks": self.looks,
            "processes": [row | {"gb": round(row["gb"], 3)} for row in self.processes],
        }


def tree_of(root: psutil.Process) -> list[psutil.Process]:
    """Return a process and all it has started."""
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def held_by(process: psutil.Process) -> dict[str, Any] | None:
    """Return what a process holds, if it is still there."""
    try:
        memory = process.memory_full_info()
        held = getattr(memory, "pss", memory.uss) / _GB
        threads, command = process.num_threads(), process.cmdline()
    except psutil.Error:  # it has just ended
        return None
    return {"gb": held, "threads": threads, "command": " ".join(command[1:4])[:80]}


def watched(command: Sequence[str], home: Path) -> dict[str, Any]:
    """Run a command that prints one JSON object, looking at its memory all the while."""
    peak = Peak()
    started = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as output,
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
    ):
        process = subprocess.Popen(
            command,
            cwd=program.ROOT,
            env=program.environment(home),
            stdout=output,
            stderr=errors,
        )
        root = psutil.Process(process.pid)
        while process.poll() is None:
            peak.look(root, time.perf_counter() - started)
            time.sleep(_EVERY_SECONDS)
        seconds = time.perf_counter() - started
        output.seek(0)
        errors.seek(0)
        values = program.printed(output.read(), errors.read())
    figures = {name: values[name] for name in ("pages", "chunks")}
    return {**figures, "seconds": round(seconds, 1), **peak.values()}


def book(path: Path, pages: int) -> int:
    """Write a book of some 400 words a page, hardly a sentence twice; return its words."""
    document = pymupdf.open(pdfs.book(path.with_suffix(".thin.pdf"), pages))
    words = 0
    for page in document:
        chance = random.Random(page.number)  # noqa: S311 - the same book each time
        lines = [_sentence(chance) for _ in range(_LINES)]
        page.insert_text((pdfs.MARGIN, 510), lines, fontname="helv", fontsize=9)
        words += len(page.get_text("words"))
    document.save(path, deflate=True)
    document.close()
    return words


def _sentence(chance: random.Random) -> str:
    kinds = (_ADJECTIVES, _SUBJECTS, _VERBS, _ADJECTIVES, _OBJECTS, _OBJECTS)
    how, who, did, which, what, where = (chance.choice(kind.split()) for kind in kinds)
    return f"The {how} {who} {did} the {which} {what} near the {where}."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--ours-only", action="store_true", help="leave out the comparison")
    given = parser.parse_args()
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        path, home = Path(place, "book.pdf"), Path(place, "home")
        words = book(path, given.pages)
        program.note(f"{words / given.pages:.0f} words a page; indexing it")
        index = program.command("desktop_rag", "index", path, "--library", "book", "--json")
        found = {"ours": watched(index, home)}
        program.note(f"ours: {found['ours']['peak_gb']} GB")
        if not given.ours_only:
            found["theirs"] = watched(program.command("tests.benchmarks.tutorial", path), home)
    peaks = {name: figures["peak_gb"] for name, figures in found.items()}
    program.emit(
        {
            "benchmark": "memory",
            **about,
            "pages": given.pages,
            "words_per_page": round(words / given.pages),
            **found,
            "peak_gb": peaks,
            "ratio": round(peaks["ours"] / peaks["theirs"], 3) if "theirs" in peaks else None,
        }
    )


if __name__ == "__main__":
    main()
