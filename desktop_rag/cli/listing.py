"""All passages of a library, as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_rag.cli import session
from desktop_rag.cli.mending import Searching
from desktop_rag.domain.passages import Hit
from desktop_rag.library import documents, libraries
from desktop_rag.library.documents import DocumentRow
from desktop_rag.workers.commands.searching import ListPassages

_AT_ONCE = 2_000  # passages asked for together, or those of one document if it has more


def passages(library: str, document: Path | None) -> Iterator[dict[str, Any]]:
    """Yield the passages of a library, or of one document in it, in reading order.

    Documents come by path, as `documents` lists them. Only some are in memory at a time.
    """
    home, settings = session.opened()
    with session.looked_at(home) as db:
        found = libraries.find(db, library)
        wanted = set(documents.scope(db, found, document))
        rows = [row for row in documents.listing(db, found) if row.document in wanted]
    paths = {row.document: row.path for row in rows}
    with Searching(home, settings) as searching:
        for part in _parts(rows):
            command = ListPassages(tuple(row.document for row in part if row.document))
            for listed in searching.steps(command):
                yield from (_values(hit, paths[hit.document]) for hit in listed.hits)


def _parts(rows: Iterable[DocumentRow]) -> Iterator[list[DocumentRow]]:
    """Yield documents together that have few passages."""
    part: list[DocumentRow] = []
    count = 0
    for row in rows:
        if part and count + row.chunks > _AT_ONCE:
            yield part
            part, count = [], 0
        part.append(row)
        count += row.chunks
    if part:
        yield part


def _values(hit: Hit, path: Path) -> dict[str, Any]:
    return {
        "document": str(path),
        "page": hit.page,
        "page_label": hit.page_label,
        "header": hit.header,
        "text": hit.text,
        "source": "ocr" if hit.recognized else "text",
        "layer": str(hit.layer),
    }
