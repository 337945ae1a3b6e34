"""Pages per second to the last vector, beside the pipeline of LangChain's tutorial.

Run by hand on a quiet machine; the second form is short:

    python -m tests.benchmarks.indexing ../shared/data/qa --alternate 3
    python -m tests.benchmarks.indexing ../shared/data/qa --every 10 --alternate 3

Each is a process of its own, timed from its start to its end, imports and the
loading of the model included. They take turns, and who begins changes, so that
whatever else the machine does slows both. Ours begins with an empty home each
time. A file whose content another one has is left out: we would not read it twice.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks import program


def pdfs_under(places: Sequence[Path], every: int) -> list[Path]:
    """Return every nth of the distinct PDFs at and under these places, by name."""
    found: dict[str, Path] = {}
    for place in places:
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in inside:
            if path.suffix.lower() == ".pdf" and path.is_file():
                with path.open("rb") as file:  # reading it all also warms the disk cache
                    found.setdefault(hashlib.file_digest(file, "sha256").hexdigest(), path)
    return [path.resolve() for path in found.values()][::every]


def ours(pdfs: Sequence[Path]) -> dict[str, Any]:
    """Index in a fresh home; `seconds` are the process's, `inside` those it reports itself."""
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as home:
        run = program.desktop_rag(Path(home), "index", *pdfs, "--library", "benchmark")
    values = run.values
    return {
        **_rated(values["pages"], run.seconds),
        "chunks": values["chunks"],
        "inside": values["seconds"],
        "left_out": len(values["failed"]) + len(values["waiting"]),
    }


def theirs(pdfs: Sequence[Path]) -> dict[str, Any]:
    """Index with the tutorial's pipeline; `steps` tells where its time goes."""
    run = program.ran("tests.benchmarks.tutorial", *pdfs)
    values = run.values
    return {
        **_rated(values["pages"], run.seconds),
        "chunks": values["chunks"],
        "inside": values["seconds"],
        "left_out": len(values["failed"]),
        "steps": values["steps"],
    }


def _rated(pages: int, seconds: float) -> dict[str, Any]:
    return {
        "pages": pages,
        "seconds": round(seconds, 3),
        "pages_per_second": round(pages / seconds, 3),
    }


def rounds(pdfs: Sequence[Path], count: int) -> list[dict[str, Any]]:
    """Let the two take turns."""
    found = []
    for number in range(count):
        turns = [("ours", ours), ("theirs", theirs)]
        figures = {name: run(pdfs) for name, run in (turns[::-1] if number % 2 else turns)}
        found.append(figures)
        program.note(
            f"round {number + 1} of {count}: "
            + ", ".join(
                f"{name} {row['pages_per_second']} pages/s" for name, row in figures.items()
            )
        )
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="+", help="PDFs, or folders with PDFs in them")
    parser.add_argument("--every", type=int, default=1, help="take every nth PDF only")
    parser.add_argument("--alternate", type=int, default=1, help="how many turns each has")
    given = parser.parse_args()
    pdfs = pdfs_under(given.data, given.every)
    if not pdfs:
        raise SystemExit("no PDFs there")
    about = program.circumstances()
    smallest = [min(pdfs, key=lambda path: path.stat().st_size)]
    ours(smallest), theirs(smallest)  # the first to import torch reads it from the disk
    found = rounds(pdfs, given.alternate)
    pairs = [(pair["ours"], pair["theirs"]) for pair in found]
    speeds = {
        name: statistics.median(pair[name]["pages_per_second"] for pair in found)
        for name in ("ours", "theirs")
    }
    paired = [a["pages_per_second"] / b["pages_per_second"] for a, b in pairs]
    inside = [a["pages"] / a["inside"] / (b["pages"] / b["inside"]) for a, b in pairs]
    program.emit(
        {
            "benchmark": "indexing",
            **about,
            "documents": len(pdfs),
            "pages": found[0]["ours"]["pages"],
            "rounds": found,
            "pages_per_second": speeds,
            "ratio": round(statistics.median(paired), 3),
            "ratio_without_start": round(statistics.median(inside), 3),
        }
    )


if __name__ == "__main__":
    main()
