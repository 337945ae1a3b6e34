"""Kills the program at random moments, and sees that nothing is lost: the long crash test.

    python -m tests.benchmarks.crashing --kills 100 --seed 1 [--place FOLDER] [--quick]

A trial that failed leaves its folder, whose `lives.log` says what each life did.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.crashing import Trial, crashed_through


def main() -> int:
    """Crash as often as is wished."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e6, help="end sooner after these")
    parser.add_argument("--files", type=int, default=40, help="in the folder at first")
    parser.add_argument("--place", type=Path)
    parser.add_argument("--quick", action="store_true", help="without torch")
    given = parser.parse_args()
    place = given.place or Path(tempfile.mkdtemp(prefix="crashing-"))
    trial = Trial(place, given.seed, quick=given.quick, say=lambda line: print(line, flush=True))
    trial.begin(given.files)
    found = crashed_through(trial, given.kills, given.minutes)
    cosine = 0.0
    if not found:
        found, cosine = trial.undisturbed()
    print("\n".join(found))
    if found:
        print(f"failed with seed {given.seed} after {trial.kills} kills; see {place}")
        return 1
    print(f"{trial.kills} of {trial.kills} kills survived with seed {given.seed},")
    print(f"least cosine {cosine:.6f}")
    if given.place is None:
        shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
