"""What runs in the processes that the window starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_rag.domain.indexes import Searched
from desktop_rag.settings.schema import Network
from desktop_rag.workers.pipe.client import Target

Connecting = Callable[
    [Network], Target
]  #: what runs where the network is, which a person may change


@dataclass(frozen=True, slots=True)
class ProcessTargets:
    """What runs in each process."""

    reading: Target
    indexing: Callable[[bool], Target]
    searching: Callable[[Searched], Target]
    drawing: Target
    generating: Target
    connecting: Connecting
    tuning: Target
