"""Asks the real window for long, and kills its processes while it answers and draws.

Run by hand:

    python -m tests.benchmarks.asking --kills 50          some 15 minutes
    python -m tests.benchmarks.asking --minutes 30 --real

With `--kills`, each of the processes that search, write and draw is killed so often at some
moment while it is needed, and at last the window with all of them, which is then started anew.
What must hold: a question whose process died is answered all the same or says in a sentence what
happened, the next one is answered in full, a page is drawn, and what was asked is kept.

With `--minutes`, questions are asked and their pages opened one after the other; memory is the
proportional set size of the window and its processes, in GB, in the median of the third to fifth
minute and of the last three.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from desktop_rag.settings import storage
from desktop_rag.settings.paths import open_home
from desktop_rag.settings.schema import Settings
from tests import pdfs, real_models, running_window
from tests.benchmarks import program
from tests.benchmarks.memory import held_by, tree_of
from tests.crashing import word_of

_WINDOW = "from tests.asked_window import main; main()"
_VICTIMS = ("searching", "generating", "drawing")
_DOCUMENTS = 30
_FIRST_MINUTES, _LAST_MINUTES = (2.0, 5.0), 3.0


def shelf(place: Path) -> tuple[Path, list[list[str]]]:
    """Return a home with documents that are ready, and questions with what answers each."""
    folder = place / "harbours"
    folder.mkdir()
    questions = []
    for number in range(_DOCUMENTS):
        name, year = word_of(number).capitalize(), str(1600 + 11 * number)
        said = f"The harbour of {name} was built in {year} by the town. It has a lamp of brass."
        pdfs.plain(folder / f"{name}.pdf", [said, "A page about marmalade, made of oranges."])
        questions.append([f"When was the harbour of {name} built?", year])
    home = open_home(running_window.shelf(place / "home", folder))
    one = Settings()  # thread: with two, a model on a busy machine mostly waits for itself
    storage.save(home.settings_file, one.replaced(generating=one.generating.replaced(threads=1)))
    return home.home, questions


class Life:
    """A window in a process group of its own."""

    def __init__(self, plan: dict[str, Any]) -> None:
        environment = {"QT_QPA_PLATFORM": "offscreen", **program.environment(Path(plan["home"]))}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _WINDOW, json.dumps(plan)],
            cwd=program.ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def said(self) -> Iterator[dict[str, Any]]:
        """Yield what it says."""
        assert self.process.stdout
        for line in self.process.stdout:
            if line.startswith("{"):
                yield json.loads(line)
        if self.process.wait() not in {0, -signal.SIGKILL}:
            yield {"wrong": f"the window ended with {self.process.returncode}"}

    def kill(self) -> None:
        """End it and all of its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)


def killed(plan: dict[str, Any], times: int, seed: int) -> dict[str, Any]:
    """Kill each process so often, and the window with all of them."""
    hand = random.Random(seed)  # noqa: S311
    victims = [victim for victim in _VICTIMS for _ in range(times)]
    hand.shuffle(victims)
    wrong: list[dict[str, Any]] = []
    outcomes: Counter[str] = Counter()
    for said in Life(plan | {"victims": victims}).said():
        if "wrong" in said:
            program.note(str(said))
            wrong.append(said)
        elif "victim" in said:
            program.note(str(said))
            outcomes[f"{said['victim']}: {said['error'] or said['mode'] or 'drawn'}"] += 1
    lives = 0
    while lives < times:
        lives += 1
        wrong += _killed_window(plan | {"seed": seed + lives}, hand)
    return {"kills": len(victims) + lives, "outcomes": dict(outcomes), "wrong": wrong}


def _killed_window(plan: dict[str, Any], hand: random.Random) -> list[dict[str, Any]]:
    """Kill a window while it is asked, and return what was wrong when it started."""
    wrong = []
    life = Life(plan | {"minutes": 1.0})
    for said in life.said():
        if "wrong" in said:
            wrong.append(said)
        elif "ready" in said:
            time.sleep(hand.uniform(0, 2 * said["ready"]))
            life.kill()
    return wrong


def remembered(plan: dict[str, Any], minutes: float) -> dict[str, Any]:
    """Ask for so long, and measure how much memory is held."""
    life = Life(plan | {"minutes": minutes})
    root = psutil.Process(life.process.pid)
    moments: list[tuple[float, float]] = []
    each: dict[int, tuple[float, float]] = {}
    wrong, asked, started = [], 0, 0.0
    for said in life.said():
        if "wrong" in said:
            wrong.append(said)
        elif "asked" in said:
            asked = said["asked"]
            started = started or time.monotonic()
            rows = {one.pid: row["gb"] for one in tree_of(root) if (row := held_by(one))}
            moments.append(((time.monotonic() - started) / 60, sum(rows.values())))
            each = {pid: (each.get(pid, (gb, gb))[0], gb) for pid, gb in rows.items()}
    low, high = _FIRST_MINUTES
    first = statistics.median(gb for minute, gb in moments if low <= minute <= high)
    last = statistics.median(gb for minute, gb in moments if minute >= minutes - _LAST_MINUTES)
    return {
        "asked": asked,
        "first_gb": round(first, 3),
        "last_gb": round(last, 3),
        "growth": round(last / first - 1, 4),
        "each_first_and_last_gb": [tuple(round(gb, 3) for gb in pair) for pair in each.values()],
        "most_gb": round(max(gb for _, gb in moments), 3),
        "wrong": wrong,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", action="store_true", help="with the real embedder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="asking-") as place:
        home, questions = shelf(Path(place))
        plan = {
            "home": str(home),
            "model": str(real_models.smollm2()),
            "questions": questions,
            "seed": given.seed,
            "real": given.real,
            "victims": [],
            "minutes": 0.0,
        }
        found: dict[str, Any] = {}
        if given.kills:
            found["killed"] = killed(plan, given.kills, given.seed)
        if given.minutes:
            found["remembered"] = remembered(plan, given.minutes)
    program.emit({"benchmark": "asking", **program.circumstances(), **found})


if __name__ == "__main__":
    main()
