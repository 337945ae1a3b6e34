"""How long it takes to see that 500 files have not changed.

Run by hand:

    python -m tests.benchmarks.unchanged

Makes the PDFs, indexes them once, and then times `index` again and again. What
counts is the report's own "seconds", without the start of the program; `ratio`
says how many times sooner it is done than the first time.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from tests import pdfs
from tests.benchmarks import program

_PORTS = ("Vorrin", "Aldmere", "Teskil", "Oronna", "Hask", "Breydon", "Quill", "Sarrow")
_GOODS = ("whale oil", "salt", "copper", "wool", "barley", "timber", "tar", "glass", "amber")
_SYLLABLES = ("ba", "co", "du", "fe", "gi", "lo", "mu", "na", "pe", "ri")


def text_of(number: int) -> str:
    """Return a paragraph that no other file has, also without its figures."""
    port, goods = _PORTS[number % len(_PORTS)], _GOODS[number % len(_GOODS)]
    brig = "".join(_SYLLABLES[int(digit)] for digit in str(number)).capitalize()
    return (
        f"Report number {number} of the harbour of {port}, written aboard the {brig}. "
        f"The keeper counted {number + 3} ships that brought {goods}, and {number + 1} that left "
        f"with {_GOODS[(number + 4) % len(_GOODS)]}. Nothing else came to {port} that week."
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--times", type=int, default=5, help="how often to look again")
    given = parser.parse_args()
    about = program.circumstances()
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as place:
        home, folder = Path(place, "home"), Path(place, "files")
        folder.mkdir()
        for number in range(given.files):
            pdfs.plain(folder / f"{number:05}.pdf", [text_of(number)])
        program.note(f"{given.files} files made; indexing them")
        first = program.desktop_rag(home, "index", folder, "--library", "benchmark")
        assert len(first.values["indexed"]) == given.files, first.values
        again = [
            program.desktop_rag(home, "index", folder, "--library", "benchmark")
            for _ in range(given.times)
        ]
    assert all(len(run.values["unchanged"]) == given.files for run in again)
    seconds = statistics.median(run.values["seconds"] for run in again)
    program.emit(
        {
            "benchmark": "unchanged",
            **about,
            "files": given.files,
            "first_seconds": first.values["seconds"],
            "again_seconds": [run.values["seconds"] for run in again],
            "again_process_seconds": [round(run.seconds, 3) for run in again],
            "median_seconds": seconds,
            "ratio": round(first.values["seconds"] / seconds, 1),
        }
    )


if __name__ == "__main__":
    main()
