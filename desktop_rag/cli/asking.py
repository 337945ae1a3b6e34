"""Searching a library, and asking it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.answer.extraction import whole
from desktop_rag.answer.turn import (
    Await,
    Done,
    Event,
    Generate,
    PassagesFound,
    PickSentences,
    Question,
    Retrieve,
    Retrieved,
    Sent,
    turn,
)
from desktop_rag.cli import session
from desktop_rag.domain.documents import Box, DocumentId
from desktop_rag.domain.errors import ModelMissing
from desktop_rag.domain.generation import GenerationDone, Prepared, Thought
from desktop_rag.domain.passages import Cited, Hit, Quote, TextDelta
from desktop_rag.library import documents
from desktop_rag.workers.commands.generating import GeneratingCommand, WriteAnswer
from desktop_rag.workers.commands.searching import Pick, Search, SearchingCommand, Widen
from desktop_rag.workers.pipe.calls import Calls

Show = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class LibraryScope:
    """Where to search: a library, or one document in it."""

    library: str
    document: Path | None = None


def search(query: str, place: LibraryScope, limit: int) -> dict[str, Any]:
    """Return the best passages, as the JSON contract has them."""
    home, settings = session.opened()
    with session.searcher(home, settings) as searching:
        command = Search(query, place.library, place.document, limit)
        done = searching.value(command)
    with session.looked_at(home) as db:
        paths = documents.paths_of(db, {hit.document for hit in done.hits})
    return {
        "query": query,
        "seconds": round(done.seconds, 4),
        "hits": [_hit_values(hit, paths) for hit in done.hits],
    }


class _Driver:
    """Does what a turn wishes for, with worker processes."""

    def __init__(
        self,
        place: LibraryScope,
        searching: Calls[SearchingCommand],
        generating: Calls[GeneratingCommand],
    ) -> None:
        self.place = place
        self.searching = searching
        self.generating = generating
        self.seconds = 0.0
        self._pieces: Iterator[Prepared | Thought | str | GenerationDone] = iter(())

    def sent(self, wish: object) -> Sent:
        """Do one thing and return what came of it."""
        match wish:
            case Retrieve(query=query, limit=limit, widen=widen):
                return self._retrieved(query, limit, widen=widen)
            case PickSentences(question=question, language=language, passages=passages):
                pick = Pick(question, language, passages)
                return self.searching.value(pick).extracts
            case Generate(model=model, asked=asked, sampling=sampling):
                self._pieces = self.generating.steps(WriteAnswer(model, asked, sampling))
                return None
            case Await():
                return next(self._pieces)
            case _:
                return None

    def _retrieved(self, query: str, limit: int, *, widen: bool) -> Retrieved:
        command = Search(query, self.place.library, self.place.document, limit)
        done = self.searching.value(command)
        self.seconds = done.seconds
        hits = done.hits
        if widen and hits:
            hits = self.searching.value(Widen(hits)).hits
        return Retrieved(hits, done.language)


def ask(question: Question, place: LibraryScope, show: Show) -> dict[str, Any]:
    """Answer a question, telling `show` what happens as it does; return the JSON contract."""
    home, settings = session.opened()
    if question.model and not question.model.path.is_file():
        raise ModelMissing(str(question.model.path))  # before torch is loaded for nothing
    started = time.perf_counter()
    found: tuple[Hit, ...] = ()
    done = Done("", ())
    with session.searcher(home, settings) as searching, session.writer() as generating:
        driver = _Driver(place, searching, generating)
        searching.start()
        if question.model:
            generating.start()
        for event in _driven(question, driver):
            match event:
                case PassagesFound(passages=passages):
                    found = tuple(passage.hit for passage in passages)
                case Done():
                    done = event
                case _:
                    pass
            show(event)
    with session.looked_at(home) as db:
        paths = documents.paths_of(db, {hit.document for hit in found})
    return {
        "query": question.text,
        "seconds": round(time.perf_counter() - started, 4),
        "hits": [_hit_values(hit, paths) for hit in found],
        "answer": done.text,
        "citations": [_citation_values(quote, paths) for quote in done.quotes],
        "mode": "model" if done.generation else "extract",
        **_figures(done.generation, driver.seconds),
    }


def _driven(question: Question, driver: _Driver) -> Iterator[Event]:
    steps = turn(question)
    sent: Sent = None
    try:
        while True:
            step = steps.send(sent)
            sent = None
            if isinstance(step, PassagesFound | Thought | TextDelta | Cited | Done):
                yield step
            else:
                sent = driver.sent(step)
    except StopIteration:
        return


def _figures(generation: GenerationDone | None, retrieval: float) -> dict[str, Any]:
    usage = generation.usage if generation else None
    timings = generation.timings if generation else None
    return {
        "tokens": {
            "prompt": usage.prompt if usage else 0,
            "cached": usage.cached if usage else 0,
            "answer": usage.answer if usage else 0,
        },
        "timings": {
            "load_ms": round(timings.load_ms, 1) if timings else 0.0,
            "retrieve_ms": round(retrieval * 1000, 1),
            "first_token_ms": round(timings.first_token_ms, 1) if timings else 0.0,
            "prompt_tps": round(timings.prompt_tps, 2) if timings else 0.0,
            "decode_tps": round(timings.decode_tps, 2) if timings else 0.0,
        },
    }


def _hit_values(hit: Hit, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    return {
        "document": str(paths.get(hit.document, "")),
        "page": hit.page,
        "page_label": hit.page_label,
        "score": round(hit.score, 5),
        "text": hit.text,
        "boxes": _box_values(hit.page, whole(hit)),
    }


def _citation_values(quote: Quote, paths: Mapping[DocumentId, Path]) -> dict[str, Any]:
    hit = quote.passage.hit
    return {
        "number": quote.passage.number,
        "document": str(paths.get(hit.document, "")),
        "page": hit.page,
        "page_label": hit.page_label,
        "quote": quote.text,
        "boxes": _box_values(hit.page, quote.boxes),
    }


def _box_values(page: int, boxes: Iterable[Box]) -> list[dict[str, float]]:
    return [
        {"page": page, **{side: round(edge, 5) for side, edge in box._asdict().items()}}
        for box in boxes
    ]


def sources(citations: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each cited place, in the words of people."""
    for citation in citations:
        name = Path(citation["document"]).name
        yield f"[{citation['number']}] {name}, p. {citation['page_label']}"
