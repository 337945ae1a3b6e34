"""How much memory a child process may hold, and how much one holds.

Counted is what it holds by itself, without the files that it maps: weights of a model can be
larger than all else, and the system drops them where memory is short. Linux and Windows know
that number. macOS keeps it from other processes, and mapped weights count there as well.
"""

from __future__ import annotations

from desktop_rag.domain.fitting import usable_memory
from desktop_rag.domain.models import Machine

GIB = 1 << 30


def usable_gib() -> float:
    """Return what no process may exceed: as much as a model on this machine may need."""
    import psutil  # only here and below: the window, and every reader, is there without it

    total = int(psutil.virtual_memory().total)
    return usable_memory(Machine(memory=total, free_memory=0, free_disk=0, cores=0)) / GIB


def held_gib(pid: int) -> float:
    """Return what a process holds by itself, 0 for one that has ended."""
    import psutil

    try:
        seen = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0.0
    private = getattr(seen, "private", None)  # on Windows
    return float(seen.rss - getattr(seen, "shared", 0) if private is None else private) / GIB
