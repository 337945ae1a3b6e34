"""Embedders, for the terminal: which there are, and choosing one."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from desktop_rag.cli import indexing, session
from desktop_rag.library import embedder_options, indexes, models
from desktop_rag.settings import embedders, storage


def listing() -> dict[str, Any]:
    """Return all embedders that can be chosen or got, and which one finds documents now."""
    paths, settings = session.opened()
    with session.looked_at(paths) as db:
        found = embedder_options.options(db, settings.retrieval)
        building = indexes.building(db)
        return {
            "embedders": [
                {**asdict(one), "chunks_per_second": round(one.chunks_per_second, 1)}
                for one in found
            ],
            "serves": embedders.name_of(embedder_options.serving_encoder(db, settings.retrieval)),
            "building": embedders.name_of(building.encoder) if building else None,
        }


def use(name: str, *, wait: bool) -> dict[str, Any]:
    """Choose an embedder, and return what that means; to `wait` builds its index now.

    Nothing is changed where there is none of that name, or its weights are damaged.
    """
    paths, settings = session.opened()
    with session.owned(paths) as db:
        chosen = embedder_options.named(db, name)
        retrieval = settings.retrieval.replaced(embedder=chosen)
        encoder = models.encoders(db, retrieval).embedder
        indexing.check(paths, encoder)
        before = embedders.name_of(indexes.serving(db).encoder)
        storage.save(paths.settings_file, settings.replaced(retrieval=retrieval))
        left = indexes.want(db, encoder, settings.indexing.chunk_tokens)
        effort = embedder_options.effort_of(db, encoder)
        rate = embedder_options.chunks_per_second(db, chosen, effort)
        report = indexing.build(db, paths, settings) if wait else indexing.Report()
        return {
            "embedder": chosen,
            "before": before,
            "serves": embedders.name_of(indexes.serving(db).encoder),
            "documents": left.documents,
            "pages": left.pages,
            "passages": left.chunks,
            "minutes": math.ceil(left.chunks / rate / 60),
            "swapped": report.swapped,
            "failed": report.failed,
            "seconds": round(report.seconds, 3),
        }
