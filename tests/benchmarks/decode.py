"""How close our reading and writing, sampling included, come to llama.cpp's own llama-bench.

Run by hand, with llama-bench built from the sources that the wheel was built from:

    pip download --no-deps --no-binary :all: llama-cpp-python==0.3.36
    tar xzf llama_cpp_python-0.3.36.tar.gz
    cmake -G Ninja -B build -S llama_cpp_python-0.3.36/vendor/llama.cpp \\
        -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF \\
        -DLLAMA_BUILD_TOOLS=ON -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \\
        -DLLAMA_BUILD_SERVER=OFF
    ninja -C build llama-bench

    python -m tests.benchmarks.decode --maker ../shared/tools/make_gguf.py \\
        --cache /tmp/models --llama-bench build/bin/llama-bench --shape 135m --quantize q8_0

The two take turns, so that whatever else the machine does slows both; what
counts is the ratio of their medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from desktop_rag.domain.generation import GenerationDone, Message, ModelChoice, SamplingParameters
from desktop_rag.domain.models import LocalModel
from desktop_rag.engines.llm import llama


class Never:
    """The cancel token of somebody with patience."""

    def check(self) -> None:
        pass


def made(maker: Path, cache: Path, shape: str, quantize: str) -> Path:
    """Return a model with the size and speed of a real one, made once."""
    model = cache / f"{shape}-{quantize}.gguf"
    if not model.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = model.with_suffix(".part")
        command = [sys.executable, maker, "--shape", shape, "--quantize", quantize, part]
        subprocess.run(command, check=True, stdout=sys.stderr)
        part.rename(model)
    return model


def prompt_of(model: llama.Model, tokens: int) -> list[Message]:
    """Return messages whose prompt is `tokens` long."""
    words = 0
    while model.count_messages([Message("user", "a " * words)]) < tokens:
        words += 1
    return [Message("user", "a " * words)]


def ours(model: llama.Model, messages: list[Message], tokens: int) -> GenerationDone:
    """Return how writing `tokens` tokens went; random weights may end an answer early."""
    for seed in range(100):
        sampling = SamplingParameters(max_tokens=tokens, seed=seed)
        *_, done = model.generate(messages, sampling, Never())
        assert isinstance(done, GenerationDone)
        if done.usage.answer == tokens:
            return done
    raise SystemExit("no answer is long enough")


def theirs(program: Path, model: Path, given: argparse.Namespace) -> dict[str, float]:
    """Return the tokens per second of llama-bench: reading, and writing after as many."""

    def one(*options: object) -> float:
        command = [program, "-m", model, *options, "-t", given.threads, "-fa", 1, "-r", 1]
        command += ["-o", "json"]
        run = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True)
        return float(json.loads(run.stdout)[0]["avg_ts"])

    return {
        "reading": one("-p", given.depth, "-n", 0),
        "writing": one("-p", 0, "-n", given.tokens, "-d", given.depth),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--maker", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--llama-bench", type=Path, required=True)
    parser.add_argument("--shape", default="1b")
    parser.add_argument("--quantize", default="q4_k_m")
    parser.add_argument("--depth", type=int, default=512)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    path = made(given.maker, given.cache, given.shape, given.quantize)
    model = llama.load(ModelChoice(LocalModel(path), threads=given.threads), Never())
    messages = prompt_of(model, given.depth)
    ours(model, messages, 8)  # wakes the machine
    rounds = []
    for _ in range(given.rounds):
        bench = theirs(given.llama_bench, path, given)
        model.memory.clear()
        *_, done = model.generate(messages, SamplingParameters(max_tokens=1), Never())
        assert isinstance(done, GenerationDone)
        writing = ours(model, messages, given.tokens).timings.decode_tps
        own = {"reading": done.timings.prompt_tps, "writing": writing}
        rounds.append({"llama_bench": bench, "engine": own})
        sys.stderr.write(f"{rounds[-1]}\n")
    result = {
        "model": path.name,
        "depth": given.depth,
        "tokens": given.tokens,
        "threads": given.threads,
        **{what: compared(rounds, what) for what in ("reading", "writing")},
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


def compared(rounds: list[dict[str, dict[str, float]]], what: str) -> dict[str, float]:
    """Return the medians, their ratio, the median of the ratios, and the ratio of the best."""
    engine = [pair["engine"][what] for pair in rounds]
    bench = [pair["llama_bench"][what] for pair in rounds]
    return {
        "engine": round(statistics.median(engine), 2),
        "llama_bench": round(statistics.median(bench), 2),
        "ratio": round(statistics.median(engine) / statistics.median(bench), 3),
        "median_of_ratios": round(
            statistics.median(a / b for a, b in zip(engine, bench, strict=True)), 3
        ),
        "ratio_of_best": round(max(engine) / max(bench), 3),
    }


if __name__ == "__main__":
    main()
