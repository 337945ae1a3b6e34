"""What documents name as it is listed: each with the pages that name it, and its words there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_rag.answer.extraction import Quoted, quote_of
from desktop_rag.answer.naming.joining import JoinedName, MentionPlace
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.entities import Entity, EntityPlace
from desktop_rag.domain.passages import Hit, Passage

MOST_PLACES = 30  #: pages of one name that can be opened

Words = Mapping[tuple[DocumentId, int], Hit]


def first_places(name: JoinedName, passages: Sequence[Hit]) -> list[MentionPlace]:
    """Return where a name stands first on each of its pages, in order."""
    found: dict[tuple[DocumentId, int], MentionPlace] = {}
    for place in name.places:
        hit = passages[place.passage]
        found.setdefault((hit.document, hit.page), place)
    return list(found.values())


def wanted(names: Sequence[JoinedName], passages: Sequence[Hit]) -> list[tuple[DocumentId, int]]:
    """Return the passages whose words are needed to light names, by document and ordinal."""
    found: dict[tuple[DocumentId, int], None] = {}
    for name in names:
        for place in first_places(name, passages)[:MOST_PLACES]:
            hit = passages[place.passage]
            found[hit.document, hit.ordinal] = None
    return list(found)


def listed(names: Sequence[JoinedName], passages: Sequence[Hit], words: Words) -> list[Entity]:
    """Return names with their pages; `words` are the passages that are `wanted`, words and all."""
    return [_entity(name, passages, words) for name in names]


def _entity(name: JoinedName, passages: Sequence[Hit], words: Words) -> Entity:
    places = first_places(name, passages)
    told = tuple(_place(one, passages[one.passage], words) for one in places[:MOST_PLACES])
    return Entity(name.kind, name.text, len(name.places), len(places), told)


def _place(place: MentionPlace, passage: Hit, words: Words) -> EntityPlace:
    full = words.get((passage.document, passage.ordinal))
    if full is None:
        return EntityPlace(passage.document, passage.page, passage.page_label)
    quote = quote_of(Quoted(Passage(0, full), ((place.start, place.end),)))
    boxes = tuple((full.page, box) for box in quote.boxes)
    return EntityPlace(full.document, full.page, full.page_label, (*boxes, *quote.continued))
