"""Reading whole documents in the searching process: what carries them, with where it stands."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop_rag.answer import speech, summarizing
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.answer.summarizing import KeySentence, PassageSection, SummaryScope
from desktop_rag.domain.answers import Coverage
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit, SectionPlaces
from desktop_rag.domain.ports import Analyzer, CancelToken
from desktop_rag.library import documents
from desktop_rag.workers.commands.searching import CarryingFound, FindCarrying

if TYPE_CHECKING:
    from desktop_rag.engines.store.chunk_reader import ChunkReader

_Place = tuple[DocumentId, int]


class WholeDocuments:
    """All passages of documents, read by what is asked about the whole of them."""

    def __init__(self, table: ChunkReader, db: sqlite3.Connection, analyzer: Analyzer) -> None:
        self._table = table
        self._db = db
        self._analyzer = analyzer

    def carrying(
        self, command: FindCarrying, scope: SearchScope, cancel: CancelToken
    ) -> CarryingFound:
        """Find what carries the documents that are wanted, with the words of their passages."""
        started = time.perf_counter()
        wanted = summarizing.read_whole(command.query, scope, command.preferred, self._analyzer)
        part, read = self._read(command, wanted)
        topic = () if part else wanted.topic
        found = self._sentences(read, command, wanted, topic, cancel)
        told = {one.document for one in found}
        passages = [one for one in read if one.document in told]
        parts = summarizing.sections(passages, self._analyzer) if command.sections else []
        places = _places(found, parts)
        hits = self._table.hits(list(places)) if places else {}
        language = self._analyzer.language(command.query, speech.SPOKEN | set(scope.languages))
        return CarryingFound(
            tuple(hits[place] for place in places),
            tuple((places[one.document, one.ordinal], one.span) for one in found),
            language,
            time.perf_counter() - started,
            self.coverage(read, part, wanted, len(scope.documents)),
            tuple(_section(part, places) for part in parts),
        )

    def _read(self, command: FindCarrying, wanted: SummaryScope) -> tuple[str, list[Hit]]:
        """Return the part of documents that is meant, if one is, and the passages to read."""
        about = bool(wanted.topic)
        if not wanted.documents or (wanted.beginnings and about and not command.chosen):
            return "", []
        first = summarizing.BEGINNING if wanted.beginnings else None
        read = self._table.passages(wanted.documents, first)
        part, passages = summarizing.part_of(command.query, read, wanted.topic)
        if part:
            return part, passages
        return "", ([] if about and not command.chosen else read)

    def _sentences(
        self,
        passages: Sequence[Hit],
        command: FindCarrying,
        wanted: SummaryScope,
        topic: Sequence[str],
        cancel: CancelToken,
    ) -> list[KeySentence]:
        carrying = summarizing.carrying_many if wanted.beginnings else summarizing.carrying
        found = []
        for one in carrying(passages, command.limit, self._analyzer, topic):
            cancel.check()
            found.append(one)
        return found

    def coverage(
        self, passages: Sequence[Hit], part: str, wanted: SummaryScope, among: int
    ) -> Coverage:
        """Say what was read: documents with all their pages, or those of a part of them."""
        read = tuple(dict.fromkeys(one.document for one in passages))
        if not read and not wanted.topic:
            read = wanted.documents  # which have no text
        pages = len({(one.document, one.page) for one in passages})
        if not part and not wanted.beginnings:
            pages = documents.pages(self._db, read)
        return Coverage(read, pages, part, among, wanted.beginnings)


def _places(found: Sequence[KeySentence], parts: Sequence[PassageSection]) -> dict[_Place, int]:
    """Return the places of all passages that are told of, each once, and their order."""
    quoted = [(one.document, one.ordinal) for one in found]
    read = [(one.document, one.ordinal) for part in parts for one in part.passages]
    return {place: at for at, place in enumerate(dict.fromkeys([*quoted, *read]))}


def _section(part: PassageSection, places: dict[_Place, int]) -> SectionPlaces:
    own = tuple(places[one.document, one.ordinal] for one in part.passages)
    return SectionPlaces(part.title, part.passages[0].document, own)
