"""What a row of the table of documents is sorted, filtered and painted by, found out once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from math import inf
from pathlib import Path

from desktop_rag.gui.libraries.values import DocumentValue
from desktop_rag.gui.widgets.text import Tip, day, folded, plain, tip

STATES = (  # trouble first
    "failed",
    "waiting",
    "reading",
    "recognizing",
    "embedding",
    "queued",
    "ready",
)
MOVING = {"reading", "recognizing", "embedding"}
QUEUED = MOVING | {"queued"}
TROUBLED = {"failed", "waiting"}
ASKABLE = {"embedding", "ready"}
ICONS = {
    "queued": ("clock", "muted"),
    "reading": ("file", "accent"),
    "recognizing": ("scan", "accent"),
    "embedding": ("refresh", "accent"),
    "waiting": ("info", "warning"),
    "ready": ("check", "good"),
    "failed": ("warning", "danger"),
}
LOCKED = ("lock", "warning")
REMARKED = ("info", "muted")  # ready, but something is to be said of it
_WHOLE_DATE = len("2024-01-31")
POOR = 0.7  # of recognized words are known: below, many letters are wrong


class Column(IntEnum):
    """What a row tells, from left to right."""

    TITLE = 0
    PAGES = 1
    LANGUAGE = 2
    ADDED = 3
    STATE = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is painted: its words in a colour of the theme, an icon, and how far work is."""

    text: str
    colour: str
    icon: tuple[str, str] | None = None
    progress: float | None = None


class TableEntry:
    """A row with what it is sorted and filtered by.

    `place` is where it stands in the queue, from 1, or 0 where it does not wait.
    """

    __slots__ = ("cells", "haystack", "name", "place", "row")

    def __init__(self, row: DocumentValue, place: int = 0) -> None:
        self.row = row
        self.place = place
        self.name = folded(row.name)
        said = plain(f"{row.author}\n{row.date}\n{row.subject}")
        self.haystack = folded(f"{row.title}\n{plain(str(shown_path(row)))}\n{said}")
        self.cells: list[Cell | None] = [None] * len(Column)

    def move(self, place: int) -> None:
        """Stand elsewhere in the queue."""
        self.place = place
        self.cells[Column.STATE] = None

    def advance(self, row: DocumentValue) -> None:
        """Have come further; nothing that is sorted or filtered by is another."""
        self.row = row
        self.cells[Column.STATE] = None

    def key(self, column: Column) -> tuple[object, ...]:
        """Return what the row is ordered by; those that do not know come first."""
        row = self.row
        match column:
            case Column.TITLE:
                return (self.name,)
            case Column.PAGES:
                return (-1 if row.pages is None else row.pages, self.name)
            case Column.LANGUAGE:
                return (row.language, self.name)
            case Column.ADDED:
                return (0.0 if row.added is None else row.added.timestamp(), self.name)
            case Column.STATE:
                known = row.state in STATES
                return (STATES.index(row.state) if known else -1, self.place or inf, self.name)


def cell_of(entry: TableEntry, column: Column, text: str) -> Cell:
    """Return what is painted where a row says this."""
    row = entry.row
    if column is not Column.STATE:
        return Cell(text, "text" if column is Column.TITLE else "muted")
    icon = icon_of(row)
    colour = icon[1] if icon and row.state in TROUBLED else "muted"
    return Cell(text, colour, icon, float(row.fraction) if row.state in MOVING else None)


def icon_of(row: DocumentValue) -> tuple[str, str] | None:
    """Return the icon of how a document is, and its colour."""
    if row.locked:
        return LOCKED
    if row.state == "ready" and (row.reason or is_poor(row)):
        return REMARKED
    return ICONS.get(row.state)


def is_poor(row: DocumentValue) -> bool:
    """Whether many letters of recognized text are wrong."""
    return row.quality is not None and row.quality < POOR


def tip_of(row: DocumentValue, column: Column, remark: str = "") -> Tip:
    """Return what a cell says when the pointer rests on it."""
    if column is Column.STATE:
        return tip(row.reason, remark)
    if column is not Column.TITLE:
        return tip()
    said = " · ".join(filter(None, (row.author, _date(row.date))))
    return tip(row.name, said, row.subject, str(shown_path(row)))


def _date(date: str) -> str:
    """Return a date as it is written here; one that is only a year or a month as it is."""
    try:
        return day(datetime.fromisoformat(date)) if len(date) >= _WHOLE_DATE else date
    except (ValueError, OverflowError, OSError):
        return date


def shown_path(row: DocumentValue) -> Path:
    """Return where people know a file to be: one that came in a document is in that."""
    return row.within / row.path.name if row.within else row.path
