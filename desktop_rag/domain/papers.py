"""Papers to take away: what an answer or a conversation is before it is a file of some kind.

Paper ─┬─ blocks    headings, paragraphs, lists, tables
       │  └─ runs   words as they are set, and notes that lead to a page
       └─ sources   the documents that notes lead to: its bibliography
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId


class PaperFormat(StrEnum):
    """What kind of file a paper is written as; its values are the endings."""

    MARKDOWN = ".md"
    WORD = ".docx"
    PDF = ".pdf"


class Style(StrEnum):
    """How words are set."""

    PLAIN = "plain"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class PaperRun:
    """Words that are set alike."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Note:
    """A mark in the text, and what it leads to: a page of a document, and the words there.

    `source` is the document's place among those of the paper; `page` counts from 0. `place` is
    document and page as people call them.
    """

    source: int
    page: int
    place: str
    words: str


Inline = PaperRun | Note
Cell = tuple[Inline, ...]


class ParagraphKind(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    QUOTATION = "quotation"  #: words of a document
    REMARK = "remark"  #: what the program says of the answer
    CODE = "code"  #: set as it stands


@dataclass(frozen=True, slots=True)
class PaperHeading:
    """A heading; the paper's own title is of level 1, and none of these."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: tuple[Inline, ...]
    kind: ParagraphKind = ParagraphKind.TEXT


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list; an `ordered` one counts from `start`."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table below the names of its columns; every row has as many cells as `heads`."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = PaperHeading | Paragraph | PaperList | PaperTable


@dataclass(frozen=True, slots=True)
class PaperSource:
    """A document that a paper rests on, as the bibliography has it.

    `path` is where its file lies, if that is known; a `paged` one opens at a page.
    """

    document: DocumentId
    title: str
    entry: tuple[PaperRun, ...]
    path: Path | None = None
    paged: bool = True

    @property
    def joint(self) -> str:
        """What stands between its entry and the name of its file."""
        return " " if "".join(run.text for run in self.entry).endswith((".", "/")) else ". "

    def address(self, page: int | None = None) -> str:
        """Return what opens the file, at a page that counts from 0; nothing if none is known.

        `#page=` counts from 1 (RFC 8118, section 3).
        """
        if self.path is None:
            return ""
        place = f"#page={page + 1}" if page is not None and self.paged else ""
        return self.path.absolute().as_uri() + place


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be written; `sources_title` stands above the bibliography.

    Its `language` is in ISO 639-1, `UNKNOWN_LANGUAGE` where it cannot be told.
    """

    title: str
    blocks: tuple[Block, ...]
    sources: tuple[PaperSource, ...] = ()
    sources_title: str = ""
    language: str = UNKNOWN_LANGUAGE


def notes_of(blocks: Iterable[Block]) -> Iterator[Note]:
    """Yield the notes of a paper in the order in which a reader comes to them."""
    for block in blocks:
        match block:
            case PaperHeading(inlines=inlines) | Paragraph(inlines=inlines):
                yield from _notes_in(inlines)
            case PaperList(items=items):
                for item in items:
                    yield from notes_of(item)
            case PaperTable(heads=heads, rows=rows):
                for cells in (heads, *rows):
                    for cell in cells:
                        yield from _notes_in(cell)


def _notes_in(inlines: Iterable[Inline]) -> Iterator[Note]:
    return (one for one in inlines if isinstance(one, Note))
