"""What the window shows of a document's pages, as the drawing process tells it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_rag.domain.documents import Box, DocumentId, Heading

ContentsEntry = Heading  #: what the table of contents is made of, here as everywhere

BYTES_A_PIXEL = 3  #: red, green and blue
MOST_MATCHES = 5_000  #: of one search; whoever finds more looks for something else


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that can be drawn; `sizes` are those of the pages as displayed, in points.

    No document has fewer than one page, and sizes, labels and pages are as many.
    """

    document: DocumentId
    sizes: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    contents: tuple[ContentsEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as pixels, RGB888 in rows of `stride` bytes; without any if it cannot be drawn."""

    document: DocumentId
    page: int
    width: int
    height: int
    stride: int
    pixels: bytes

    @property
    def possible(self) -> bool:
        """Whether there is a picture at all, and all of it."""
        return (
            self.width > 0
            and self.height > 0
            and self.stride >= self.width * BYTES_A_PIXEL
            and len(self.pixels) >= self.stride * self.height
        )


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page in reading order."""

    document: DocumentId
    page: int
    words: tuple[tuple[str, Box], ...]


@dataclass(frozen=True, slots=True)
class FoundOnPage:
    """Where `text` stands on one page: the boxes of each match, in reading order."""

    document: DocumentId
    page: int
    matches: tuple[tuple[Box, ...], ...]
    text: str

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of all matches."""
        return tuple(box for match in self.matches for box in match)


@dataclass(frozen=True, slots=True)
class Compared:
    """Whether the file of a document holds something else by now."""

    document: DocumentId
    changed: bool
