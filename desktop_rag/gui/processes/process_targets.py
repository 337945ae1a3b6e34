"""What runs in the processes that the window starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_rag.domain.indexes import Searched
from desktop_rag.settings.schema import Network
from desktop_rag.workers.commands.downloading import DownloadingCommand
from desktop_rag.workers.commands.drawing import DrawingCommand
from desktop_rag.workers.commands.generating import GeneratingCommand
from desktop_rag.workers.commands.indexing import IndexingCommand
from desktop_rag.workers.commands.printing import PrintingCommand
from desktop_rag.workers.commands.reading import ReadingCommand
from desktop_rag.workers.commands.searching import SearchingCommand
from desktop_rag.workers.commands.tuning import TuningCommand
from desktop_rag.workers.pipe.targets import Target

Connecting = Callable[
    [Network], Target[DownloadingCommand]
]  #: what runs where the network is, which a person may change


@dataclass(frozen=True, slots=True)
class ProcessTargets:
    """What runs in each process."""

    reading: Target[ReadingCommand]
    indexing: Callable[[bool], Target[IndexingCommand]]
    searching: Callable[[Searched], Target[SearchingCommand]]
    drawing: Target[DrawingCommand]
    generating: Target[GeneratingCommand]
    connecting: Connecting
    tuning: Target[TuningCommand]
    printing: Target[PrintingCommand]
