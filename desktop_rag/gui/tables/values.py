"""What the page of tables is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.gui.sources import Source


class CellKind(StrEnum):
    """What a cell is to whoever looks at it."""

    MISSING = "missing"  #: not asked yet
    ASKED = "asked"  #: being asked now
    FOUND = "found"
    DOUBTED = "doubted"  #: found, and not borne out, or beside the question
    ABSENT = "absent"
    FAILED = "failed"
    EDITED = "edited"  #: written by hand


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell says, the label of its page, and in words how it came about."""

    kind: CellKind
    text: str = ""
    place: str = ""
    standing: str = ""


MISSING = CellValue(CellKind.MISSING)


@dataclass(frozen=True, slots=True)
class LineValue:
    """A document by its place in the table and its name."""

    line: int
    name: str


@dataclass(frozen=True, slots=True)
class TableValue:
    """A table: its title, its questions and its lines."""

    id: int
    title: str
    questions: tuple[str, ...]
    lines: tuple[LineValue, ...]


@dataclass(frozen=True, slots=True)
class DetailValue:
    """A cell that is looked at, and what it rests on.

    `found` is what was found where it was edited, `written` what a model wrote where the cell says
    something else, and `doubts` are why.
    """

    line: int
    question: int
    heading: str
    cell: CellValue
    quotes: tuple[Source, ...] = ()
    found: str = ""
    written: str = ""
    doubts: tuple[str, ...] = ()


class FillingState(StrEnum):
    """How a table is being filled."""

    FULL = "full"
    RUNNING = "running"
    WAITING = "waiting"  #: for an answer, or for another table
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class FillingValue:
    """How far a table is: so many cells of all, of which some `failed`; `trouble` ended it."""

    state: FillingState
    done: int
    total: int
    failed: int = 0
    seconds_left: float | None = None
    trouble: str = ""
