"""Fills a table that is killed at random moments: is a cell lost, or asked twice?

    python -m tests.benchmarks.killed_tables --documents 40 --kills 10 --seed 1 [--quick]

Leases that it makes itself, in English and Spanish, three questions to each; a quarter have no
deposit. `--quick` takes an embedder that knows words and no meaning. Then a table of 5,000
documents is kept, read and sorted, without asking.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from desktop_rag.answer.value_order import order_of
from desktop_rag.domain.documents import DocumentId
from desktop_rag.library import libraries, tables
from desktop_rag.library.db.database import open_database
from desktop_rag.library.tables import CellDraft, CellState, TableDocument
from tests import counted_cells, leases
from tests.places import ROOT

MANY = 5_000
Asked = tuple[str, str]


class Home:
    """A data directory with leases, and the program that fills a table of them."""

    def __init__(self, folder: Path, count: int, *, quick: bool) -> None:
        self.home = folder / "home"
        self.environment = os.environ | {"DESKTOP_RAG_HOME": str(self.home)}
        if not quick:
            self.environment["REAL_EMBEDDER"] = "1"
        self.leases = leases.write(folder / "leases", count)
        self.start("index", folder / "leases", "-l", "Leases").communicate()

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, *counted_cells.PROGRAM, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def table(self) -> subprocess.Popen[str]:
        """Start to fill the table, or go on with it."""
        asked = [word for one in leases.QUESTIONS for word in ("-q", one)]
        return self.start("table", "Leases", *asked, "--json")

    def kept(self) -> dict[Asked, str]:
        """Return the cells on the disk."""
        with closing(sqlite3.connect(self.home / "library.sqlite3")) as db:
            found = db.execute(
                "SELECT document, question, cells.text || state FROM cells NATURAL JOIN table_lines"
            ).fetchall()
        return {(document, leases.QUESTIONS[at]): text for document, at, text in found}


def asked_of(process: subprocess.Popen[str], kill_after: tuple[int, float] | None) -> list[Asked]:
    """Return the cells that a program asks, which is killed so many cells and seconds after."""
    seen: list[Asked] = []
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(counted_cells.MARK):
            document, question = json.loads(line.removeprefix(counted_cells.MARK))
            seen.append((document, question))
            if kill_after and len(seen) == kill_after[0]:
                threading.Timer(kill_after[1], process.kill).start()
    return seen


def killed(home: Home, kills: int, seed: int) -> tuple[int, int, dict[str, object]]:
    """Fill a table through so many kills; return the cells lost, asked twice, and its values."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    total = len(home.leases) * len(leases.QUESTIONS)
    lost = twice = done = 0
    while True:
        before = home.kept()
        left = max(1, (total - len(before)) // max(1, kills - done + 1))
        moment = (chance.randint(1, 2 * left), chance.uniform(0, 0.1)) if done < kills else None
        process = home.table()
        asked = asked_of(process, moment)
        out = process.stdout.read() if process.stdout else ""
        code = process.wait()
        after = home.kept()
        lost += sum(after.get(at) != text for at, text in before.items())
        twice += len(before.keys() & set(asked)) + len(asked) - len(set(asked))
        print(
            f"{len(asked):4} asked, {len(after):4} of {total} kept, ended with {code}", flush=True
        )
        if code == 0:
            return lost, twice, json.loads(out)
        done += 1


def judged(home: Home, values: dict[str, object]) -> None:
    """Say how many cells have the value, or say rightly that there is none."""
    told = {one.name: one.answers for one in home.leases}
    right = exact = absent = doubted = there = wrong = 0
    for row in values["rows"]:  # type: ignore[attr-defined]
        for cell, value in zip(row["cells"], told[Path(row["document"]).name], strict=True):
            there += bool(value)
            right += bool(value) and value in cell["text"]
            exact += bool(value) and value == cell["text"]
            absent += not value and cell["state"] == "absent"
            amiss = not value or value not in cell["text"]
            doubted += amiss and cell["state"] == "found" and cell["verdict"] != "supported"
            wrong += amiss and cell["state"] == "found" and cell["verdict"] == "supported"
    print(
        f"{right} of {there} values are in their cells, {exact} alone; {absent} rightly not found"
    )
    print(f"of the others {doubted} are marked as doubtful, {wrong} are wrong without a mark")


def many(folder: Path) -> None:
    """Time a table of 5,000 documents and three questions."""
    with closing(open_database(folder / "many.sqlite3")) as db:
        made = tables.create(db, libraries.ensure(db, "Many"), leases.QUESTIONS, "")
        documents = [
            TableDocument(DocumentId(f"d{at}"), Path(f"/pdf/{at}.pdf"), f"Lease {at}")
            for at in range(MANY)
        ]
        start = time.perf_counter()
        tables.add_lines(db, made.id, documents)
        print(f"{MANY} lines added in {time.perf_counter() - start:.2f} s")
        chance = random.Random(1)  # noqa: S311 - nothing is kept secret by it
        payload = json.dumps({"quotes": [], "written": "x" * 600})
        start = time.perf_counter()
        for at in tables.missing(db, made):
            text = f"{chance.randrange(100, 9000)} euros"
            tables.keep(db, made.id, at, CellDraft(CellState.FOUND, text, "1", payload=payload))
        kept = 3 * MANY
        print(f"{1000 * (time.perf_counter() - start) / kept:.2f} ms to keep each of {kept} cells")
        start = time.perf_counter()
        found = tables.cells(db, made.id)
        print(f"read in {time.perf_counter() - start:.2f} s,", end=" ")
        start = time.perf_counter()
        sorted(found[::3], key=lambda cell: order_of(cell.text))
        print(f"a column sorted in {time.perf_counter() - start:.2f} s")


def main() -> int:
    """Kill, judge and time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="without torch")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tables-") as place:
        home = Home(Path(place), given.documents, quick=given.quick)
        lost, twice, values = killed(home, given.kills, given.seed)
        print(f"{given.kills} kills: {lost} cells lost, {twice} asked twice")
        judged(home, values)
        many(Path(place))
    return int(bool(lost or twice))


if __name__ == "__main__":
    sys.exit(main())
