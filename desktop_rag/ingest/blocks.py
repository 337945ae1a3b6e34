"""What a page is made of: headings, paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from desktop_rag.domain.documents import RULED
from desktop_rag.ingest.rows import Row


class BlockKind(Enum):
    """What a group of rows is."""

    HEADING = auto()
    PARAGRAPH = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that belong together; `level` ranks headings, 1 being the largest.

    `head` counts the rows of a table that name its columns. `names` are rows of an earlier page
    that do, and `scale` what says in which unit its figures are. `told` is the number of a block
    that lines with a role are of, None where its structure is guessed.
    """

    kind: BlockKind
    rows: tuple[Row, ...]
    level: int = 0
    head: int = 0
    names: tuple[Row, ...] = ()
    scale: tuple[Row, ...] = ()
    told: int | None = None

    @property
    def text(self) -> str:
        """All words with single spaces between them."""
        return " ".join(row.text for row in self.rows)

    @property
    def of_source(self) -> bool:
        """Whether its lines are the text of a source, and not those of a PDF."""
        return self.told is not None and self.told < RULED
