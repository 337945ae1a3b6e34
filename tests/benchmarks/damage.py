"""Damages each file below a data directory, and sees that all is whole again after one command.

    python -m tests.benchmarks.damage --rounds 500 --seed 1 [--running 100]

Each file in each way once, then at random; the last rounds while a command runs.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.damaging import WAYS, Damaging, Round


def main() -> int:
    """Damage as often as is wished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--running", type=int, default=100, help="of them while a command runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--only", default="", help="a part of the names of files")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="damage-"))
    damaging = Damaging(place, given.seed, given.files)
    damaging.begin()
    draw = random.Random(given.seed)  # noqa: S311
    chosen = [one for one in damaging.choices() if given.only in one[0]]
    draw.shuffle(chosen)
    resting = given.rounds - given.running
    chosen = (chosen * (resting // len(chosen) + 1))[:resting]
    done: list[Round] = []
    start = time.monotonic()
    for number in range(given.rounds):
        if number < resting:
            done.append(damaging.at_rest(*chosen[number]))
        else:
            done.append(damaging.while_running(draw.choice([*WAYS]), draw.randrange(1, 60)))
        last = done[-1]
        if last.said or not last.whole:
            print(number, last, flush=True)
    whole = sum(one.whole for one in done)
    print(Counter(one.file.split("/")[0] for one in done if not one.whole))
    print(f"{whole} of {len(done)} whole again, seed {given.seed}, of {len(chosen)} at rest;")
    print(f"{(time.monotonic() - start) / len(done):.2f} s a round")
    shutil.rmtree(place)
    return whole < len(done)


if __name__ == "__main__":
    sys.exit(main())
