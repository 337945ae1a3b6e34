"""The turns of the open conversation; a stored one is read when it is first looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.values import TurnValue, source_before
from desktop_rag.gui.sources import Source
from desktop_rag.library.conversations import Turn


class Turns(Sequence[TurnValue]):
    """Hundreds of turns with all their boxes take longer to read than a person should wait."""

    def __init__(self, stored: Sequence[Turn] = ()) -> None:
        self._all: list[Turn | TurnValue] = list(stored)

    def place(self, turn: int) -> int | None:
        """Return where the turn of this id stands, if it does."""
        return next((at for at, one in enumerate(self._all) if one.id == turn), None)

    def source(self, number: int) -> Source | None:
        """Return the passage of this number, the latest if there are several."""
        return source_before(self, len(self), number)

    def next_number(self) -> int:
        """Return the number of the next passage to be found."""
        for at in range(len(self) - 1, -1, -1):
            if sources := self[at].sources:
                return 1 + max(source.number for source in sources)
        return 1

    def add(self, turn: TurnValue) -> None:
        """Put a turn at the end."""
        self._all.append(turn)

    def change(self, turn: TurnValue) -> None:
        """Put a turn in place of the last one."""
        self._all[-1] = turn

    def cut(self, at: int) -> None:
        """Forget the turn at this place and all after it."""
        del self._all[at:]

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, at: int) -> TurnValue: ...
    @overload
    def __getitem__(self, at: slice) -> list[TurnValue]: ...
    def __getitem__(self, at: int | slice) -> TurnValue | list[TurnValue]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        turn = self._all[at]
        if isinstance(turn, Turn):
            turn = self._all[at] = turn_records.restored(turn)
        return turn
