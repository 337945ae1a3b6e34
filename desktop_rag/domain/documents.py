"""What we know about a PDF once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import NamedTuple, NewType

from desktop_rag.domain.limits import Cut
from desktop_rag.domain.references import ReferenceField
from desktop_rag.domain.statements import Statement

DocumentId = NewType("DocumentId", str)  #: SHA-256 of the file's bytes, in hex.
UNKNOWN_LANGUAGE = "und"  #: ISO 639-2 code of text whose language cannot be told


class Box(NamedTuple):
    """A rectangle in fractions of the page as displayed, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float


PageBox = tuple[int, Box]  #: a page, counted from 0, and a place on it


class Word(NamedTuple):
    """A run of characters without white space, where it stands on its page."""

    text: str
    box: Box


class Layer(StrEnum):
    """What text is to its document, as the content layers of Docling have it."""

    BODY = "body"
    NOTE = "note"  #: what a reader wrote on it, "Author: text": quoted, and shown as such
    FURNITURE = "furniture"  #: running heads and page numbers: found, but never quoted
    HIDDEN = "hidden"  #: what nobody sees: found and shown as such, but never quoted


QUOTABLE = frozenset({Layer.BODY, Layer.NOTE})  #: what an answer may rest on


class RoleKind(IntEnum):
    """What a line is in the structure of its document."""

    HEADING = 1
    PARAGRAPH = 2
    CELL = 3


RULED = 1 << 30  #: tables between the rules of a PDF's pages have blocks from this number on


class Role(NamedTuple):
    """What the source of a document says that a line is: nobody has to guess it.

    `level` ranks headings, 1 being the largest. A cell stands in a `row` and `column` of its
    table, from 0, and takes so many columns `across`; a `head` names the columns below it.
    """

    kind: RoleKind
    level: int = 0
    row: int = 0
    column: int = 0
    across: int = 1
    head: bool = False


class Line(NamedTuple):
    """Words that the file puts side by side, in reading order.

    `block` groups the lines of one paragraph as the file lays it out; `size`
    is the height of the type in points. A `glued` line goes on without white space after the
    one before. Lines with a `role` are the text of a source, in its order; their blocks are
    numbered through the document, so that one may go on over the page.
    """

    block: int
    size: float
    bold: bool
    words: tuple[Word, ...]
    layer: Layer = Layer.BODY
    glued: bool = False
    role: Role | None = None

    @property
    def text(self) -> str:
        """The words with single spaces between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of text, numbered from 0; `label` is the number that people see.

    `width` and `height` are those of the page as displayed, in points.
    `picture` says that the page shows something that is not text, so that a
    page without lines may still be worth recognizing. `unread` says that its
    text is missing or garbage and waits for recognition. Text that was
    recognized has a `quality`: the share of its words that are known, 0 to 1.
    """

    number: int
    label: str
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    picture: bool = False
    unread: bool = False
    quality: float | None = None

    @property
    def recognized(self) -> bool:
        """Whether the text is what text recognition made of a picture."""
        return self.quality is not None

    @property
    def damaged(self) -> bool:
        """Whether nothing could be had from the page, not even its size."""
        return not self.width


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents; `level` counts from 1, `page` from 0."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file says of itself: its title, if any, and its table of contents.

    `author`, `date` (ISO 8601) and `subject` are empty where it says nothing; `stated` is what
    more it says of itself to who cites it. It was `cut` where only its beginning was read: of
    that are the `pages`.
    """

    title: str
    pages: int
    contents: tuple[Heading, ...] = ()
    author: str = ""
    date: str = ""
    subject: str = ""
    cut: Cut | None = None
    stated: tuple[tuple[ReferenceField, str], ...] = ()


class PlacedWord(NamedTuple):
    """Characters `start` to `end` of a chunk's text, and where they stand.

    `page` is how many pages after the chunk's own that is: a sentence may go on over the page.
    """

    start: int
    end: int
    box: Box
    page: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage small enough to embed; `page` is the one that it begins on.

    `header` is the document's title and section: searched with the text, shown
    apart from it. `language` is an ISO 639-1 code. `recognized` says that the
    text was recognized in a picture, so that letters may be wrong. `statements` are
    those that its page shows.
    """

    document: DocumentId
    ordinal: int
    page: int
    page_label: str
    header: str
    text: str
    language: str = "en"
    words: tuple[PlacedWord, ...] = ()
    recognized: bool = False
    layer: Layer = Layer.BODY
    statements: frozenset[Statement] = frozenset()


@dataclass(frozen=True, slots=True)
class FileFact:
    """What tells a changed file from an unchanged one without opening it.

    `device` is the disk it lies on, whose number may be another one tomorrow; 0 if not known.
    """

    path: Path
    size: int
    mtime_ns: int
    inode: int
    device: int = field(default=0, compare=False)
