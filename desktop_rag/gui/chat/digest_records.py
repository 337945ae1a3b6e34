"""What documents name, as it is stored with a turn: of two hundred names, many pages each."""

from __future__ import annotations

from typing import Any

from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.entities import Entity, EntityKind, EntityPlace

_DIGITS = 4  # of a box: a tenth of a millimetre on a page


def packed(entity: Entity) -> list[Any]:
    """Return something named as lists of JSON."""
    places = [
        [
            place.document,
            place.page,
            place.page_label,
            [[page, *(round(edge, _DIGITS) for edge in box)] for page, box in place.boxes],
        ]
        for place in entity.places
    ]
    return [str(entity.kind), entity.text, entity.count, entity.pages, places]


def unpacked(values: list[Any]) -> Entity | None:
    """Return what was stored; None where it is of a kind that is not known here."""
    kind, text, count, pages, places = values
    if kind not in set(EntityKind):
        return None
    told = tuple(
        EntityPlace(
            DocumentId(str(document)),
            int(page),
            str(label),
            tuple((int(number), Box(*map(float, edges))) for number, *edges in boxes),
        )
        for document, page, label, boxes in places
    )
    return Entity(EntityKind(kind), str(text), int(count), int(pages), told)
