"""People, organisations, places, dates and amounts that documents name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.domain.documents import DocumentId, PageBox


class EntityKind(StrEnum):
    """What is named; its values are stored and printed as JSON."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DATE = "date"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class EntityPlace:
    """A page that names it, with the boxes of the first words that do; none where nobody knows."""

    document: DocumentId
    page: int
    page_label: str
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that documents name so many times (`count`), in its fullest or usual form.

    `places` are the pages that name it, in order; of very many, the first, and `pages` says how
    many there are.
    """

    kind: EntityKind
    text: str
    count: int
    pages: int
    places: tuple[EntityPlace, ...] = ()
