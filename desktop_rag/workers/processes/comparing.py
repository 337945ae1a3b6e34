"""What the searching process does to lay documents side by side."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop_rag.answer import comparing, speech
from desktop_rag.answer.comparands import Comparands, ComparisonWish, comparands, told_language
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.domain.answers import Coverage
from desktop_rag.domain.comparisons import Comparison, Uncompared
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.passages import Evidence, Extract, Hit, Passage
from desktop_rag.domain.ports import Analyzer, CancelToken
from desktop_rag.library import documents
from desktop_rag.workers.commands.searching import ComparedFound, FindCompared

_PASSAGES = 5  # of each document that are looked through for what answers a question
_MOSTLY = 0.6  # of the words of what is asked are in the sentence that answers best
_SENTENCES = 24  # of each that are thought of


class ComparedStore(Protocol):
    """What is read of the store, as `engines.store.chunk_reader` has it."""

    def passages(self, documents: Sequence[DocumentId]) -> list[Hit]:
        """Return all passages of documents, without their words."""

    def hits(self, places: Sequence[tuple[DocumentId, int]]) -> dict[tuple[DocumentId, int], Hit]:
        """Return passages with their words."""


class WithinDocuments(Protocol):
    """What answers a question within one document."""

    def found_in(self, query: str, scope: SearchScope, limit: int) -> tuple[Hit, ...]:
        """Return its best passages."""

    def picked(self, question: str, language: str, passages: tuple[Passage, ...]) -> Evidence:
        """Return the sentences that answer best, and whether they do."""


@dataclass(frozen=True, slots=True)
class ComparedScope:
    """Where documents are compared, and by what."""

    scope: SearchScope
    store: ComparedStore
    analyzer: Analyzer
    db: sqlite3.Connection
    asked: WithinDocuments


def compared(command: FindCompared, here: ComparedScope, cancel: CancelToken) -> ComparedFound:
    """Lay documents side by side as `FindCompared` says."""
    started = time.perf_counter()
    narrowed = bool(command.among or command.document)
    wanted = ComparisonWish(command.query, here.scope, narrowed, command.preferred, command.chosen)
    meant = comparands(wanted, here.analyzer)
    known = speech.SPOKEN | set(here.scope.languages)
    language = here.analyzer.language(command.query, known)
    if language == UNKNOWN_LANGUAGE:
        language = told_language(command.query)
    if meant is None:
        return ComparedFound(None, (), language, time.perf_counter() - started, Coverage())
    comparison, hits = _laid(command, meant, here, language, cancel)
    names = names_of_columns(documents.titles(here.db, comparison.documents))
    named = tuple(names.get(one, "") for one in comparison.documents)
    comparison = replace(comparison, names=named, topic=meant.topic)
    read = () if comparison.uncompared else comparison.documents
    covered = Coverage(read, documents.pages(here.db, read), "", len(here.scope.documents))
    return ComparedFound(comparison, hits, language, time.perf_counter() - started, covered)


def _laid(
    command: FindCompared,
    meant: Comparands,
    here: ComparedScope,
    language: str,
    cancel: CancelToken,
) -> tuple[Comparison, tuple[Hit, ...]]:
    """Return what was laid side by side, and its passages with their words."""
    there = set(here.scope.documents)
    if meant.uncompared and (lost := tuple(one for one in command.among if one not in there)):
        return Comparison(lost, (), uncompared=Uncompared.EMPTY), ()
    if meant.uncompared:
        return Comparison(meant.documents, (), uncompared=meant.uncompared), ()
    passages = here.store.passages(meant.documents)
    having = {one.document for one in passages}
    if empty := tuple(one for one in meant.documents if one not in having):
        return Comparison(empty, (), uncompared=Uncompared.EMPTY), ()
    if meant.topic:
        comparison, hits = _on_topic(command, meant, here, language, cancel)
        return comparison, tuple(hits)
    comparison = comparing.compared(
        meant.documents, passages, command.extent, here.analyzer, cancel.check
    )
    return _with_words(comparison, passages, here.store)


def _on_topic(
    command: FindCompared,
    meant: Comparands,
    here: ComparedScope,
    language: str,
    cancel: CancelToken,
) -> tuple[Comparison, list[Hit]]:
    """Look in each document by itself for what is asked."""
    found: list[Sequence[Extract]] = []
    for one in meant.documents:
        cancel.check()
        within = replace(here.scope, documents=(one,), everything=False)
        hits = here.asked.found_in(meant.topic, within, _PASSAGES)
        passages = tuple(Passage(at, hit) for at, hit in enumerate(hits))
        evidence = here.asked.picked(meant.topic, language, passages)
        told = evidence.sentences if _speaks(evidence, meant.topic, here) else ()
        found.append(told[:_SENTENCES])
    return comparing.on_topic(meant.documents, found, command.extent, here.analyzer)


def _speaks(evidence: Evidence, topic: str, here: ComparedScope) -> bool:
    """Tell whether a document says something of a topic, in most of its words at least."""
    if not evidence.sentences or evidence.enough:
        return bool(evidence.sentences)
    best = evidence.sentences[0]
    hit = best.passage.hit
    wanted = set(here.analyzer.terms(topic, (hit.language,)))
    found = wanted.intersection(here.analyzer.terms(_told(best, hit.text), (hit.language,)))
    return len(found) >= _MOSTLY * max(1, len(wanted))


def _told(extract: Extract, text: str) -> str:
    """Return the words of a sentence, and of what it stands under."""
    return " ".join(
        text[start:end] for start, end in (*extract.heads, (extract.start, extract.end))
    )


def _with_words(
    comparison: Comparison, passages: Sequence[Hit], store: ComparedStore
) -> tuple[Comparison, tuple[Hit, ...]]:
    """Return a comparison whose hits are only those that it needs, with their words."""
    cells = [cell for row in comparison.rows for cell in row.cells if cell is not None]
    used = list(dict.fromkeys(cell.hit for cell in cells))
    places = [(passages[at].document, passages[at].ordinal) for at in used]
    found = store.hits(places) if places else {}
    kept = {at: number for number, at in enumerate(used)}
    rows = tuple(
        replace(
            row,
            cells=tuple(
                None if cell is None else replace(cell, hit=kept[cell.hit]) for cell in row.cells
            ),
        )
        for row in comparison.rows
    )
    return replace(comparison, rows=rows), tuple(found[place] for place in places)


def names_of_columns(titles: Mapping[DocumentId, tuple[str, str]]) -> dict[DocumentId, str]:
    """Return what tells documents apart: their titles, or else the names of their files."""
    shown = {id_: title or stem for id_, (title, stem) in titles.items()}
    counts = Counter(shown.values())
    return {id_: name if counts[name] == 1 else titles[id_][1] for id_, name in shown.items()}
