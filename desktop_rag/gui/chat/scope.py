"""Which documents a conversation asks, and how that is remembered with it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from desktop_rag.domain.documents import DocumentId

LIBRARY, CHOSEN, DOCUMENT = "library", "chosen", "document"


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole library, some chosen `documents`, or the one that is open."""

    kind: str = LIBRARY
    documents: tuple[DocumentId, ...] = ()

    def stored(self) -> str | None:
        """Return this as JSON; None for the whole library."""
        return None if self.kind == LIBRARY else json.dumps(asdict(self))


def restored(text: str | None, held: Collection[DocumentId]) -> Scope:
    """Return a stored scope, but for documents that the library no longer holds.

    The whole library where none is left, or the text cannot be read.
    """
    try:
        values = json.loads(text or "{}")
        kind, documents = values["kind"], values["documents"]
        found = tuple(DocumentId(one) for one in documents if one in held)
    except (ValueError, KeyError, TypeError):
        return Scope()
    return Scope(kind, found) if found and kind in {CHOSEN, DOCUMENT} else Scope()
