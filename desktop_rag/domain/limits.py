"""How much of one document is read: of more only the beginning is, or nothing, and that is said."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

MOST_FILE_BYTES = 8 << 30  #: of any file; more is not even looked through
MOST_TEXT_BYTES = 32 << 20  #: of a file of text
MOST_MESSAGE_BYTES = 160 << 20  #: of an e-mail, with all that is attached to it
MOST_UNPACKED_BYTES = 1 << 30  #: of a ZIP file, all its parts together
MOST_XML_BYTES = 96 << 20  #: unpacked, of a part that is held in memory, several times as large
MOST_PARTS = 20_000  #: of a ZIP file
MOST_PIXELS = 120_000_000  #: of a picture
MOST_CELLS = 400_000  #: of a workbook


class CutUnit(StrEnum):
    """What the beginning of a document is counted in."""

    PAGES = "pages"
    ROWS = "rows"


class Cut(NamedTuple):
    """Only the first `taken` pages, or rows of a table, were read; there are more."""

    unit: CutUnit
    taken: int


class DocumentLimits(NamedTuple):
    """How much is taken of a document; `seconds` are those that all of it may take together.

    `letters` are the characters of its words, or of what is set of it as pages.
    """

    pages: int = 20_000
    rows: int = 200_000
    letters: int = 40_000_000
    seconds: float = 3_600.0


LIMITS = DocumentLimits()
