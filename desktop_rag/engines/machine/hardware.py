"""Looks at what this machine has, and keeps how fast it was measured to be."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from desktop_rag.domain.models import Gpu, Machine
from desktop_rag.engines.machine import kernel_benchmark
from desktop_rag.settings.paths import Paths

logger = logging.getLogger(__name__)

_VERSION = 1  # of the file
_LIMITS = (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/memory"))
_CPU_LIMIT = Path("/sys/fs/cgroup/cpu.max")
_CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class MemoryLimits:
    """Memory in bytes that a program may have in all, and that is free now."""

    total: int
    free: int


def machine(paths: Paths, *, anew: bool = False) -> Machine:
    """Return what this machine has; it is measured once, or `anew`."""
    memory = memory_found()
    speeds = speeds_of(paths.machine_file, cores(), anew=anew)
    gpus = _gpus()
    return Machine(
        memory=memory.total,
        free_memory=memory.free,
        free_disk=free_disk(paths.models_folder),
        cores=cores(),
        gpus=gpus,
        speeds=speeds.speeds,
        backend=_backend(gpus),
        repacked=speeds.repacked,
        step_seconds=speeds.step_seconds,
        attention=speeds.attention,
    )


def cores() -> int:
    """Return how many real cores this process may use."""
    found = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        found = min(found, len(os.sched_getaffinity(0)))
    return max(min(found, _granted()), 1)


def memory_found() -> MemoryLimits:
    """Return the memory of this machine, or of the part of it that this program was given."""
    seen = psutil.virtual_memory()
    total, free = int(seen.total), int(seen.available)
    for folder in _LIMITS:
        names = ("memory.max", "memory.current")
        if folder.name == "memory":
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
        limit, used = (_number(folder / name) for name in names)
        if limit is not None and limit < total:
            total, free = limit, min(free, max(limit - (used or 0), 0))
    return MemoryLimits(total, free)


def free_disk(folder: Path) -> int:
    """Return the free bytes where a folder is, or is going to be."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return int(psutil.disk_usage(str(folder)).free)
    except OSError:
        return 0


def speeds_of(file: Path, threads: int, *, anew: bool = False) -> kernel_benchmark.KernelSpeeds:
    """Return what was measured on this very machine, and measure where that is missing."""
    fingerprint = _fingerprint(threads)
    kept = None if anew else _kept(file, fingerprint)
    if kept is not None:
        return kept
    from desktop_rag.engines.machine.llama_log import silence

    try:
        with silence():
            found = kernel_benchmark.measured(threads)
    except (OSError, MemoryError) as error:
        logger.warning("nothing could be measured: %s", error)
        return kernel_benchmark.KernelSpeeds((), (), 0.0, 0.0)
    _keep(file, fingerprint, found)
    return found


def _kept(file: Path, fingerprint: list[object]) -> kernel_benchmark.KernelSpeeds | None:
    """Return what the file says if it is whole, and of this machine."""
    try:
        values = json.loads(file.read_text("utf-8"))
        if values["version"] != _VERSION or values["fingerprint"] != fingerprint:
            return None
        return kernel_benchmark.KernelSpeeds(
            tuple((str(type_), _positive(speed)) for type_, speed in values["speeds"].items()),
            tuple(map(str, values["repacked"])),
            _positive(values["step_seconds"]),
            _positive(values["attention"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _keep(file: Path, fingerprint: list[object], found: kernel_benchmark.KernelSpeeds) -> None:
    values = {
        "version": _VERSION,
        "fingerprint": fingerprint,
        "speeds": dict(found.speeds),
        "repacked": found.repacked,
        "step_seconds": found.step_seconds,
        "attention": found.attention,
    }
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(values, indent=2) + "\n", "utf-8")
        part.replace(file)
    except OSError as error:  # it is measured again then
        logger.warning("the speed of this machine is not kept: %s", error)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _positive(value: Any) -> float:
    number = float(value)
    if not (number > 0 and math.isfinite(number)):
        raise ValueError(value)
    return number


def _fingerprint(threads: int) -> list[object]:
    """Return what else would be measured differently: processor, cores, llama.cpp's build."""
    import llama_cpp

    folder = Path(llama_cpp.__file__).parent / "lib"
    built = sum(file.stat().st_size for file in folder.iterdir()) if folder.is_dir() else 0
    return [_processor(), threads, llama_cpp.__version__, built]


def _processor() -> str:
    try:
        lines = _CPUINFO.read_text("utf-8", "replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _granted() -> int:
    """Return how many processors' time this program was given, rounded up."""
    try:
        quota, period = _CPU_LIMIT.read_text().split()
        return -(-int(quota) // int(period))
    except (OSError, ValueError, ZeroDivisionError):
        return os.cpu_count() or 1


def _number(file: Path) -> int | None:
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None  # "max", or no such thing here


def _gpus() -> tuple[Gpu, ...]:
    from desktop_rag.engines.machine import devices

    return devices.gpus()


def _backend(gpus: tuple[Gpu, ...]) -> str:
    """Return what llama.cpp computes with: "CPU", "Vulkan", "CUDA"."""
    if not gpus:
        return "CPU"
    return gpus[0].name.rpartition("(")[2].rstrip(")") or "GPU"
