"""The processes that take files in, as Qt sees them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from desktop_rag.gui.processes.qt_worker import QtWorker
from desktop_rag.jobs.indexing.coordinator import IndexingProcesses
from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.commands.reading import ReadingCommand
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.client import Target

_RECOGNIZING = 4  # processes at most, each of which wants memory for itself


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """What runs in the processes; `indexing` is told whether it lets other programs go first."""

    reading: Target[ReadingCommand]
    indexing: Callable[[bool], Target[IndexingCommand]]


def crew_of(
    hands: ProcessPool, *, gentle: bool, hears: Callable[[Letter], None], parent: QObject
) -> IndexingProcesses:
    """Return the processes, none of them started; `hears` is a slot of `parent`."""
    count = min(_RECOGNIZING, os.cpu_count() or 1)
    reading = QtWorker("reading", hands.reading, parent)
    indexing = QtWorker("indexing", hands.indexing(gentle), parent)
    recognizing = [
        QtWorker(f"recognizing-{number}", hands.reading, parent) for number in range(1, count + 1)
    ]
    bridges: tuple[QtWorker[Any], ...] = (reading, indexing, *recognizing)
    for bridge in bridges:
        bridge.replied.connect(hears, Qt.ConnectionType.QueuedConnection)
    return IndexingProcesses(
        reading.worker, indexing.worker, [bridge.worker for bridge in recognizing]
    )
