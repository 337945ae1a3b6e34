"""How close the estimates of memory and speed come to what is then measured.

Run by hand:

    python -m tests.benchmarks.fitting --maker ../shared/tools/make_gguf.py \\
        --cache /tmp/models --models 135m-q8_0 135m-q4_k_m 1b-q4_k_m 1b-q8_0 --context 4096

Each model is measured by the command that the window's button gives, in a process of its own
that did nothing before; the machine is measured anew before each. On a machine that does other
things, llama.cpp's threads wait for each other most of the time: then `--threads 1` tells more.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from desktop_rag.domain.fitting import fit
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import LocalModel, Machine, ModelFacts
from desktop_rag.engines.machine import hardware
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.tuning import Benchmark, Benchmarked, Inspect
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Finished, Reply, Step
from desktop_rag.workers.processes import tuning

MEMORY, SPEED = 0.10, 0.30  # how far an estimate may be off


def made(maker: Path, cache: Path, name: str) -> Path:
    """Return a model with the size and speed of a real one, made once."""
    model = cache / f"{name}.gguf"
    if not model.exists():
        cache.mkdir(parents=True, exist_ok=True)
        shape, _, quantization = name.partition("-")
        part = model.with_suffix(".part")
        command = [sys.executable, maker, "--shape", shape, "--quantize", quantization, part]
        subprocess.run(command, check=True, stdout=sys.stderr)
        part.rename(model)
    return model


def done(home: Path, command: object) -> object:
    """Return what a command gives in a tuning process of its own."""
    replies: queue.Queue[Reply] = queue.Queue()
    worker = Worker("tuning", functools.partial(tuning.main, home), replies.put)
    worker.start()
    try:
        worker.submit(command)
        steps: list[object] = []
        while isinstance(reply := replies.get(), Step):
            steps.append(reply.value)
        if not isinstance(reply, Finished):
            raise SystemExit(f"{command}: {reply}")
        return steps[-1]
    finally:
        worker.stop()


def machine(home: Path, threads: int) -> Machine:
    """Return what this machine does with so many threads, measured now."""
    found = hardware.speeds_of(home / "machine.json", threads, anew=True)
    return replace(
        hardware.machine(Paths(home)),
        cores=threads,
        speeds=found.speeds,
        repacked=found.repacked,
        step_seconds=found.step_seconds,
        attention=found.attention,
    )


def row(path: Path, home: Path, given: argparse.Namespace) -> dict[str, object]:
    """Return estimate and measurement of one model."""
    facts = done(home, Inspect(path))
    assert isinstance(facts, ModelFacts)
    choice = ModelChoice(LocalModel(path), context_tokens=given.context, threads=given.threads)
    estimates, speeds, memories = [], [], []
    for _ in range(given.rounds):
        estimates.append(fit(facts, machine(home, given.threads), given.context))
        measured = done(home, Benchmark(choice))
        assert isinstance(measured, Benchmarked)
        speeds.append(measured.decode_tps)
        memories.append(measured.memory)
    speed = statistics.median(speeds)
    estimate = statistics.median(one.tokens_per_second for one in estimates)
    memory = statistics.median(memories)
    return {
        "model": path.stem,
        "memory_mib": [round(estimates[0].memory / 2**20), round(memory / 2**20)],
        "memory_off": round(estimates[0].memory / memory - 1, 3),
        "tokens_per_second": [round(estimate, 2), round(speed, 2)],
        "speed_off": round(estimate / speed - 1, 3),
        "estimates": [round(one.tokens_per_second, 2) for one in estimates],
        "speeds": [round(one, 2) for one in speeds],
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    """Measure and print: a JSON object for each model, then a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--maker", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--models", nargs="+", default=["135m-q8_0", "1b-q4_k_m"])
    parser.add_argument("--context", type=int, default=4096)
    parser.add_argument("--threads", type=int, default=hardware.cores())
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name in given.models:
            rows.append(row(made(given.maker, given.cache, name), Path(home), given))
            sys.stderr.write(json.dumps(rows[-1]) + "\n")
    print("| model | memory, MiB: estimate, measured | off | tokens/s: estimate, measured | off |")
    print("|---|---|---|---|---|")
    for one in rows:
        memory, speed = one["memory_mib"], one["tokens_per_second"]
        assert isinstance(memory, list)
        assert isinstance(speed, list)
        shown = [f"{off:+.0%}" for off in (one["memory_off"], one["speed_off"])]
        print(
            f"| {one['model']} | {memory[0]}, {memory[1]} | {shown[0]} "
            f"| {speed[0]}, {speed[1]} | {shown[1]} |"
        )
    missed = [
        one["model"]
        for one in rows
        if abs(float(str(one["memory_off"]))) > MEMORY or abs(float(str(one["speed_off"]))) > SPEED
    ]
    print("missed:", ", ".join(map(str, missed)) or "none")


if __name__ == "__main__":
    main()
