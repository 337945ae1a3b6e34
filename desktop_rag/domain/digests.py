"""What reading whole documents for their key points, or for questions to learn by, comes to."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_rag.domain.answers import Coverage
from desktop_rag.domain.entities import Entity
from desktop_rag.domain.passages import Hit, Span
from desktop_rag.domain.studying import CardDraft


@dataclass(frozen=True, slots=True)
class PointsRead:
    """The passages of key sentences, each one's place in them, and the heading that it is under.

    Nothing of very many documents. The question is in `language`, in ISO 639-1; it took so many
    `seconds`. `coverage` is what was read, and `left_out` says how many things that are named are
    not among `entities`.
    """

    hits: tuple[Hit, ...]
    spans: tuple[tuple[int, Span], ...]
    headings: tuple[str, ...]
    entities: tuple[Entity, ...]
    language: str
    seconds: float
    coverage: Coverage = field(default_factory=Coverage)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class CardsRead:
    """Questions with answers, in order, and the passages of the sentences that they are made of."""

    hits: tuple[Hit, ...]
    drafts: tuple[CardDraft, ...]
    language: str
    seconds: float
    coverage: Coverage = field(default_factory=Coverage)
