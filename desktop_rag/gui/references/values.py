"""What the dialog of a document's record is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_rag.domain.references import Origin, Reference, ReferenceField


@dataclass(frozen=True, slots=True)
class DetailsValue:
    """The record of the document called `name`; `typed` are the fields that a person filled in."""

    name: str
    reference: Reference
    typed: frozenset[ReferenceField] = frozenset()

    @property
    def origins(self) -> Mapping[ReferenceField, Origin]:
        """Where each field that is said comes from."""
        return dict(self.reference.origins)
