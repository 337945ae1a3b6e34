"""Documents side by side: what they say alike, otherwise, or alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Span

FEWEST, MOST = 2, 5  #: documents that can be compared


class RowState(StrEnum):
    """How the documents stand to each other in a row; its values are printed as JSON."""

    CHANGED = "changed"  #: they say something else about the same
    SAME = "same"
    MOVED = "moved"  #: the same, elsewhere in the text
    ONLY = "only"  #: not all of them say it


class Uncompared(StrEnum):
    """Why nothing was compared."""

    FEW = "few"  #: it is not told which two documents are meant
    MANY = "many"  #: more are meant than can be read side by side
    EMPTY = "empty"  #: some have no text
    LANGUAGES = "languages"  #: no sentence of one is like one of another
    UNLIKE = "unlike"  #: the same, in one language
    SILENT = "silent"  #: none says anything of what is asked


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What a document says in a row: `spans` of the text of the passage at place `hit`.

    Those `marked` are what the others have not. So many `more` sentences follow that stand in no
    other document either.
    """

    hit: int
    spans: tuple[Span, ...]
    marked: tuple[Span, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What each of the documents says about an `aspect`, None where one says nothing."""

    aspect: str
    cells: tuple[ComparedCell | None, ...]
    state: RowState


@dataclass(frozen=True, slots=True)
class SentenceTally:
    """How many sentences are the same in all, changed, moved, and in each document alone.

    So many are in several, but not in all. Others were not looked at, since there are too many.
    """

    same: int = 0
    changed: int = 0
    moved: int = 0
    only: tuple[int, ...] = ()
    several: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents, by the names that tell them apart, and what was found on a `topic`, or on all.

    Those that are `versions` of one text are told in its order, others by what matters most. There
    are rows that were `left` out. Nothing was compared where that is said, with the names of what
    could be meant, or of what has no text.
    """

    documents: tuple[DocumentId, ...]
    names: tuple[str, ...]
    rows: tuple[ComparedRow, ...] = ()
    tally: SentenceTally = SentenceTally()
    topic: str = ""
    versions: bool = False
    left: int = 0
    uncompared: Uncompared | None = None
