"""What becomes of odd, broken, encrypted and fuzzed PDFs, one by one, as a table in Markdown.

Run by hand; takes some minutes, most of them text recognition:

    python -m tests.benchmarks.hard ../shared/data/hard > tests/benchmarks/HARD.md

Indexes the folder with the passwords that its `manifest.jsonl` knows. The program has to come to
an end by itself, with one outcome for each file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks import program

LIBRARY = "hard"


def known(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the manifest says of each file, by name."""
    lines = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    return {Path(entry["file"]).name: entry for entry in map(json.loads, lines)}


def indexed(folder: Path, passwords: list[str]) -> dict[str, Any]:
    """Index the folder in a home of its own and return the report."""
    with tempfile.TemporaryDirectory(prefix="desktop-rag-") as home:
        command = ["index", folder, "--library", LIBRARY, "--password-stdin", "--json"]
        ran = subprocess.run(
            program.command("desktop_rag", *command),
            cwd=program.ROOT,
            env=program.environment(Path(home)),
            input="\n".join(passwords),
            capture_output=True,
            text=True,
            check=False,
        )
    return program.printed(ran.stdout, ran.stderr)


def table(report: dict[str, Any], files: dict[str, dict[str, Any]]) -> list[str]:
    """Return the lines of the table: a file, what it is said to be, and what became of it."""
    outcomes: dict[str, str] = {Path(path).name: "indexed" for path in report["indexed"]}
    outcomes |= {Path(path).name: "the same as another" for path in report["unchanged"]}
    for kind in ("waiting", "failed"):
        for entry in report[kind]:
            name = Path(entry["path"]).name
            outcomes[name] = f"{kind}: {entry['reason'].replace(name, '…').partition('. ')[0]}"
    missing = files.keys() - outcomes.keys()
    assert not missing, f"nothing became of {sorted(missing)}"
    counts = Counter(outcome.partition(":")[0] for outcome in outcomes.values())
    rows = [
        f"| {name} | {', '.join(files[name]['tags'])} | {outcomes[name].replace('|', '/')} |"
        for name in sorted(files)
    ]
    said = ", ".join(f"{count} {outcome}" for outcome, count in counts.most_common())
    return [
        "# Hard PDFs, one by one",
        "",
        f"Made by `python -m tests.benchmarks.hard`: {said}, in {report['seconds']:.0f} s.",
        "",
        "| file | what it is | outcome |",
        "|---|---|---|",
        *rows,
    ]


def main() -> None:
    """Index and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--report", type=Path, help="that of an earlier run")
    given = parser.parse_args()
    files = known(given.folder)
    passwords = {entry["observed"].get("password") for entry in files.values()} - {None, ""}
    report = (
        json.loads(given.report.read_text("utf-8"))
        if given.report
        else indexed(given.folder, sorted(passwords))
    )
    print("\n".join(table(report, files)))


if __name__ == "__main__":
    main()
