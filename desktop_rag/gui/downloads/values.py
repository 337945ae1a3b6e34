"""What is shown of a download."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DownloadState(StrEnum):
    """Where a download stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadValue:
    """A model on its way, in bytes; `reason` says in words why it failed."""

    id: int
    name: str
    file: str = ""
    state: DownloadState = DownloadState.WAITING
    done: int = 0
    size: int = 0
    per_second: float = 0.0
    reason: str = ""
