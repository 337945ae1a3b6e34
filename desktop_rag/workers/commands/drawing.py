"""What the drawing process can be told to do; what it replies is in `domain.pages`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.pages import MOST_MATCHES, Compared, Drawn, FoundOnPage, Opened, PageWords
from desktop_rag.workers.commands.command import Command

__all__ = [
    "Compare",
    "Compared",
    "Draw",
    "Drawn",
    "FindText",
    "FoundOnPage",
    "Open",
    "Opened",
    "PageWords",
    "Words",
]


@dataclass(frozen=True, slots=True)
class Open(Command[Opened]):
    """Get a document ready to be drawn; yields `Opened`.

    The other commands are for documents that have been opened once in this process.
    """

    document: DocumentId
    path: Path | None
    password: str = ""


@dataclass(frozen=True, slots=True)
class Draw(Command[Drawn]):
    """Draw a page so wide, or smaller where that would be too much; yields `Drawn`."""

    document: DocumentId
    page: int
    width_pixels: int


@dataclass(frozen=True, slots=True)
class Words(Command[PageWords]):
    """Tell where the words of a page stand; yields `PageWords`."""

    document: DocumentId
    page: int


@dataclass(frozen=True, slots=True)
class FindText(Command[FoundOnPage]):
    """Look for `text`, whatever its case and accents; yields a `FoundOnPage` for each page.

    That is in so many `pages` from the `first`, or in all that follow it. There are at `most`
    so many matches in all.
    """

    document: DocumentId
    text: str
    first: int = 0
    pages: int | None = None
    most: int = MOST_MATCHES


@dataclass(frozen=True, slots=True)
class Compare(Command[Compared]):
    """Tell whether a file is still the document; yields `Compared`."""

    document: DocumentId
    path: Path


DrawingCommand = Open | Draw | Words | FindText | Compare
