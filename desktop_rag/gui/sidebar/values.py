"""What the left pane is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LibraryValue:
    """A library by its name and the number of its documents."""

    id: object
    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class ConversationValue:
    """A conversation by its title and when it was last added to."""

    id: object
    title: str
    changed: datetime


@dataclass(frozen=True, slots=True)
class QueueValue:
    """What is still to be read: `rate` in pages a second, `fraction` of all that was queued.

    `resting` says that it stands still until the machine is back on mains power.
    """

    left: int
    name: str
    rate: float
    seconds_left: float | None
    fraction: float
    paused: bool
    resting: bool = False
