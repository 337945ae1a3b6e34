"""Has a window, further windows and commands work on the same documents for some minutes.

    python -m tests.benchmarks.together --minutes 10

The window asks and opens pages all the time; beside it, again and again and two at once, somebody
starts the program a second time, searches, asks, takes files in, exports, and lists. Prints what
each came to. What must hold: no traceback anywhere, the window goes on answering, and at the end
everything is as whole as it was.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from desktop_rag.__main__ import WINDOW
from tests import pdfs, real_models
from tests.benchmarks import program
from tests.benchmarks.asking import Life, shelf
from tests.word_embedder import PROGRAM

_AT_ONCE = 2


def commands(home: Path, place: Path, number: int) -> list[list[str]]:
    """Return what may be done beside a window."""
    new = place / "more" / f"{number}.pdf"
    return [
        [WINDOW],
        ["search", "harbour brass lamp", "--library", "harbours"],
        ["ask", "When was the harbour built?", "--library", "harbours"],
        ["index", str(new.parent), "--library", "more"],
        ["export", "harbours", str(place / f"out-{number}.ragx")],
        ["libraries"],
        ["documents", "--library", "harbours"],
        ["models", "list"],
    ]


def said(home: Path, words: list[str]) -> tuple[int, str]:
    """Run a command to its end, and return what it came to."""
    ran = subprocess.run(
        [sys.executable, *(("-m", "desktop_rag") if words == [WINDOW] else PROGRAM), *words],
        cwd=program.ROOT,
        env={**program.environment(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


class Others:
    """Those who work beside the window."""

    def __init__(self, home: Path, place: Path, minutes: float) -> None:
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._home, self._place = home, place
        self._end = time.monotonic() + 60 * minutes
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(_AT_ONCE)]

    def begin(self) -> None:
        """Begin."""
        for one in self._threads:
            one.start()

    def wait(self) -> None:
        """Wait until all have ended."""
        for one in self._threads:
            one.join()

    def _work(self, seed: int) -> None:
        hand = random.Random(seed)  # noqa: S311
        number = seed
        while time.monotonic() < self._end:
            number += _AT_ONCE
            pdfs.plain(self._place / "more" / f"{number}.pdf", [f"The pier number {number}."])
            words = hand.choice(commands(self._home, self._place, number))
            code, text = said(self._home, words)
            line = next((line for line in reversed(text.splitlines()) if line.strip()), "")
            self.outcomes[f"{words[0]}: {code}"] += 1
            if code not in {0, 1} or "Traceback" in text or "Error" in text:
                self.wrong.append(f"{words}: {code} {text[-600:]}")
                program.note(self.wrong[-1])
            elif code:
                self.outcomes[f"  {line[:100]}"] += 1


def main() -> None:
    """Work together, and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="together-") as folder:
        place = Path(folder)
        (place / "more").mkdir()
        home, questions = shelf(place)
        plan: dict[str, Any] = {
            "home": str(home),
            "model": str(real_models.smollm2()),
            "questions": questions,
            "seed": 1,
            "real": False,
            "victims": [],
            "minutes": given.minutes,
        }
        life, others = Life(plan), Others(home, place, given.minutes)
        wrong, asked = [], 0
        for one in life.said():
            if "ready" in one:
                others.begin()
            wrong += [one] if "wrong" in one else []
            asked = one.get("asked", asked)
        others.wait()
        last = [said(home, words) for words in commands(home, place, 0)[1:5]]
        missing = [text for code, text in last if code]
    found = {"asked": asked, "others": dict(others.outcomes), "wrong": wrong + others.wrong}
    program.emit({"benchmark": "together", **found, "at_the_end": missing})


if __name__ == "__main__":
    main()
