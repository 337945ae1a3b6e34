"""How close our decoding, sampling included, comes to llama.cpp's own llama-bench.

Run by hand, with llama-bench built from the sources that the wheel was built from:

    pip download --no-deps --no-binary :all: llama-cpp-python==0.3.36
    tar xzf llama_cpp_python-0.3.36.tar.gz
    cmake -G Ninja -B build -S llama_cpp_python-0.3.36/vendor/llama.cpp \\
        -DCMAKE_BUILD_TYPE=Release -DGGML_NATIVE=ON -DLLAMA_CURL=OFF -DLLAMA_OPENSSL=OFF \\
        -DLLAMA_BUILD_TOOLS=ON -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \\
        -DLLAMA_BUILD_SERVER=OFF
    ninja -C build llama-bench

    python -m tests.benchmarks.decode --maker ../shared/tools/make_gguf.py \\
        --cache /tmp/models --llama-bench build/bin/llama-bench

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

from desktop_rag.domain.generation import GenerationDone, Message, ModelChoice, Sampling
from desktop_rag.engines import llm


class Never:
    """The cancel token of somebody with patience."""

    def check(self) -> None:
        pass


def made(maker: Path, cache: Path) -> Path:
    """Return a model with the size and speed of a real one, made once."""
    model = cache / "1b-q4_k_m.gguf"
    if not model.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = model.with_suffix(".part")
        command = [sys.executable, maker, "--shape", "1b", "--quantize", "q4_k_m", part]
        subprocess.run(command, check=True, stdout=sys.stderr)
        part.rename(model)
    return model


def prompt_of(model: llm.Model, tokens: int) -> list[Message]:
    """Return messages whose prompt is `tokens` long."""
    words = 0
    while model.count_messages([Message("user", "a " * words)]) < tokens:
        words += 1
    return [Message("user", "a " * words)]


def ours(model: llm.Model, messages: list[Message], tokens: int) -> GenerationDone:
    """Return how writing `tokens` tokens went; random weights may end an answer early."""
    for seed in range(100):
        sampling = Sampling(max_tokens=tokens, seed=seed)
        *_, done = model.generate(messages, sampling, Never())
        assert isinstance(done, GenerationDone)
        if done.usage.answer == tokens:
            return done
    raise SystemExit("no answer is long enough")


def theirs(program: Path, model: Path, *, depth: int, tokens: int, threads: int) -> float:
    """Return the tokens per second of llama-bench after `depth` tokens."""
    command = [program, "-m", model, "-p", 0, "-n", tokens, "-d", depth, "-t", threads]
    run = subprocess.run(
        [*map(str, command), "-r", "1", "-o", "json"], check=True, capture_output=True, text=True
    )
    return float(json.loads(run.stdout)[0]["avg_ts"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--maker", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--llama-bench", type=Path, required=True)
    parser.add_argument("--depth", type=int, default=512)
    parser.add_argument("--tokens", type=int, default=128)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    path = made(given.maker, given.cache)
    model = llm.load(ModelChoice(path, threads=given.threads), Never())
    messages = prompt_of(model, given.depth)
    ours(model, messages, 8)  # reads the prompt, wakes the machine
    rounds = []
    for _ in range(given.rounds):
        bench = theirs(
            given.llama_bench,
            path,
            depth=given.depth,
            tokens=given.tokens,
            threads=given.threads,
        )
        engine = ours(model, messages, given.tokens).timings.decode_tps
        rounds.append({"llama_bench": round(bench, 3), "engine": round(engine, 3)})
        sys.stderr.write(f"{rounds[-1]}\n")
    medians = {name: statistics.median(pair[name] for pair in rounds) for name in rounds[0]}
    paired = statistics.median(pair["engine"] / pair["llama_bench"] for pair in rounds)
    result = {
        "model": path.name,
        "depth": given.depth,
        "tokens": given.tokens,
        "threads": given.threads,
        "rounds": rounds,
        "medians": medians,
        "ratio": round(medians["engine"] / medians["llama_bench"], 4),
        "median_of_ratios": round(paired, 4),
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
