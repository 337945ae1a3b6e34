"""One table at a time is filled, cell by cell, whenever nobody waits for an answer."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.turn import Done
from desktop_rag.domain.errors import RagError
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.jobs.tables import AskCell, CellFilled, Filling
from desktop_rag.library.tables import CellPlace, TableId

_MEASURED = 30  # cells, the latest, that tell how long one takes


class TableFiller(QObject):
    """Asks the cells of a table; a person's own question goes before them.

    Signals:
        asking: a cell (`CellPlace`) of a table (`TableId`) is asked now.
        filled: of a table, a `CellFilled`.
        ended: of a table, and of the `RagError` that ended it, or None where it is full.
    """

    asking = Signal(object, object)
    filled = Signal(object, object)
    ended = Signal(object, object)

    def __init__(
        self,
        driver: TurnDriver,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._driver = driver
        self._clock = clock
        self._table: TableId | None = None
        self._steps: Filling | None = None
        self._asked: AskCell | None = None
        self._held = False
        self._took: list[float] = []
        self._begun = 0.0
        driver.finished.connect(self._on_finished)
        driver.failed.connect(self._on_failed)

    @property
    def table(self) -> TableId | None:
        """The table that is being filled."""
        return self._table

    @property
    def asked(self) -> CellPlace | None:
        """The cell that is being asked."""
        return self._asked.at if self._asked and not self._held else None

    @property
    def held(self) -> bool:
        """Whether somebody else is waited for."""
        return self._held

    def seconds_left(self, cells: int) -> float | None:
        """Return how long so many cells will take, None where nobody knows yet."""
        return cells * sum(self._took) / len(self._took) if self._took else None

    def begin(self, table: TableId, steps: Filling) -> None:
        """Fill a table by these steps; another one that was being filled is left as it is."""
        self.stop()
        self._table, self._took, self._steps = table, [], steps
        if not self._held:
            self._go(None)

    def stop(self) -> None:
        """Leave the table as it is; what was kept stays."""
        self._table = self._steps = self._asked = None
        if self._driver.busy:
            self._driver.stop()

    def give_way(self) -> None:
        """Let somebody else be answered first; the cell that was being asked is asked anew."""
        self._held = True
        if self._driver.busy:
            self._driver.stop()

    def go_on(self) -> None:
        """Go on after that."""
        if not self._held:
            return
        self._held = False
        if self._asked is not None:
            self._ask(self._asked)
        elif self._steps is not None:
            self._go(None)

    def _go(self, sent: Done | RagError | None) -> None:
        """Take steps until an answer has to be waited for."""
        steps, table, self._asked = self._steps, self._table, None
        while steps is not None and steps is self._steps:
            try:
                step = steps.send(sent)
            except StopIteration:
                self._end(None)
                return
            except RagError as error:
                self._end(error)
                return
            sent = None
            match step:
                case AskCell():
                    self._asked = step
                    if not self._held:
                        self._ask(step)
                    return
                case CellFilled():
                    self.filled.emit(table, step)

    def _ask(self, step: AskCell) -> None:
        self._begun = self._clock()
        self.asking.emit(self._table, step.at)
        self._driver.ask(step.question, step.scope)

    def _end(self, error: RagError | None) -> None:
        table, self._table, self._steps = self._table, None, None
        self.ended.emit(table, error)

    def _on_finished(self, done: Done) -> None:
        if self._steps is not None:
            self._took = [*self._took, self._clock() - self._begun][-_MEASURED:]
            self._go(done)

    def _on_failed(self, error: RagError | None, details: str) -> None:
        if self._steps is None:
            return
        if error is None:
            self._asked = None
            self._end(RagError())
            raise RuntimeError(details)  # a bug: kept with its details, like any other
        self._go(error)
