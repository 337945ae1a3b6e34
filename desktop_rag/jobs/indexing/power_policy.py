"""How hard the machine is made to work at indexing."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.settings.schema import Indexing


@dataclass(frozen=True, slots=True)
class PowerPolicy:
    """What the person chose, and whether the machine runs on its battery."""

    how: Indexing
    on_battery: bool = False

    @property
    def resting(self) -> bool:
        """Whether nothing is done until there is mains power."""
        return self.on_battery and self.how.on_battery == "pause"

    @property
    def threads(self) -> int:
        """How many threads embed; 0 is as many as there are processors."""
        slow = self.on_battery and self.how.on_battery == "slow"
        return 1 if slow else self.how.threads
