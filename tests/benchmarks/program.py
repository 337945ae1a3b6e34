"""The program under test, as its users start it: a process of its own in a home of its own."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NAMED_VERSIONS = ("torch", "sentence-transformers", "lancedb", "PyMuPDF", "langchain", "faiss-cpu")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process printed, and how long it took from its start to its end."""

    values: dict[str, Any]
    seconds: float


def command(module: str, *arguments: object) -> list[str]:
    """Return the command line that runs a module of this checkout."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def environment(home: Path | None = None) -> dict[str, str]:
    """Return our environment, offline, with this data directory."""
    extra = {"DESKTOP_RAG_HOME": str(home)} if home else {}
    return {**os.environ, "HF_HUB_OFFLINE": "1", **extra}


def ran(module: str, *arguments: object, home: Path | None = None) -> Ran:
    """Run a module that prints one JSON object; the program exits with 1 if a file failed."""
    started = time.perf_counter()
    process = subprocess.run(
        command(module, *arguments),
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    return Ran(printed(process.stdout, process.stderr), seconds)


def printed(output: str, errors: str) -> dict[str, Any]:
    """Return the JSON object that a process printed; without one, end with what it said."""
    try:
        values: dict[str, Any] = json.loads(output)
    except ValueError:
        raise SystemExit(errors[-2000:] or "a process ended without a word") from None
    if "error" in values:
        raise SystemExit(values["error"])
    return values


def desktop_rag(home: Path, *arguments: object) -> Ran:
    """Run a command of Desktop RAG."""
    return ran("desktop_rag", *arguments, "--json", home=home)


def circumstances() -> dict[str, Any]:
    """Return what figures depend on; a load of more than 0.5 makes them worthless."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}",
        "load_before": load,
        "versions": {name: _version(name) for name in NAMED_VERSIONS},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def quantile(values: Sequence[float], percent: int) -> float:
    """Return a percentile, interpolated."""
    cuts = statistics.quantiles([*values, values[-1]], n=100, method="inclusive")
    return cuts[percent - 1]


def emit(values: dict[str, Any]) -> None:
    """Print the result, for people and programs."""
    print(json.dumps(values, indent=2, ensure_ascii=False))


def note(text: str) -> None:
    """Say on the error output how far the benchmark is."""
    print(text, file=sys.stderr, flush=True)
