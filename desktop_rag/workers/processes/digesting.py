"""Reading whole documents for their key points, for what they name, and for study questions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from desktop_rag.answer import pointing, speech, studying, summarizing
from desktop_rag.answer.asking import OF_DIGESTS, without_count
from desktop_rag.answer.naming import listing
from desktop_rag.answer.naming.entities import entities, most_named
from desktop_rag.answer.retrieval import SearchScope
from desktop_rag.domain.answers import Coverage
from desktop_rag.domain.digests import CardsRead, PointsRead
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Hit
from desktop_rag.domain.ports import Analyzer, CancelToken
from desktop_rag.domain.studying import CardDraft
from desktop_rag.workers.commands.searching import ReadCards, ReadPoints
from desktop_rag.workers.processes.whole_documents import WholeDocuments

if TYPE_CHECKING:
    from desktop_rag.engines.store.chunk_reader import ChunkReader


class ReadWhole(NamedTuple):
    """The passages that were read, what is asked about besides, and what that covers."""

    passages: list[Hit]
    topic: tuple[str, ...]
    coverage: Coverage


class DigestReader:
    """Reads what is in a table, and tells words by an analyzer."""

    def __init__(self, table: ChunkReader, whole: WholeDocuments, analyzer: Analyzer) -> None:
        self._table = table
        self._whole = whole
        self._analyzer = analyzer

    def _read(self, command: ReadPoints | ReadCards, scope: SearchScope) -> ReadWhole:
        """Return the passages of what is to be read whole; of very many documents the first.

        None are read for key points of something in documents, unless that was chosen.
        """
        query = without_count(command.query)
        wanted = summarizing.read_whole(query, scope, command.preferred, self._analyzer, OF_DIGESTS)
        told = not wanted.topic or isinstance(command, ReadCards) or command.chosen
        if not told and wanted.beginnings:
            return ReadWhole([], (), Coverage())
        first = summarizing.BEGINNING if wanted.beginnings else None
        read = self._table.passages(wanted.documents, first) if wanted.documents else []
        part, passages = summarizing.part_of(query, read, wanted.topic)
        if not told and not part:
            return ReadWhole([], (), Coverage())
        passages = passages if part else read
        coverage = self._whole.coverage(passages, part, wanted, len(scope.documents))
        return ReadWhole(passages, () if part else wanted.topic, coverage)

    def points(self, command: ReadPoints, scope: SearchScope, cancel: CancelToken) -> PointsRead:
        """Return the key sentences of what was read, and what it names."""
        started = time.perf_counter()
        read = self._read(command, scope)
        cancel.check()
        found = pointing.key_points(read.passages, command.limit, self._analyzer, read.topic)
        cancel.check()
        every = entities(read.passages, self._analyzer, command.kinds)
        cancel.check()
        named = most_named(every)
        places = self._places([one.sentence for one in found])
        wanted = [*places, *listing.wanted(named, read.passages)]
        hits = self._table.hits(wanted) if wanted else {}
        told = listing.listed(named, read.passages, hits)
        return PointsRead(
            tuple(hits[place] for place in places),
            tuple(
                (places[one.sentence.document, one.sentence.ordinal], one.sentence.span)
                for one in found
            ),
            tuple(one.heading for one in found),
            tuple(told),
            self._language(command.query, scope),
            time.perf_counter() - started,
            read.coverage,
            left_out=len(every) - len(named),
        )

    def cards(self, command: ReadCards, scope: SearchScope, cancel: CancelToken) -> CardsRead:
        """Return questions with answers from what was read."""
        started = time.perf_counter()
        read = self._read(command, scope)
        cancel.check()
        found = studying.study_items(read.passages, command.limit, self._analyzer, read.topic)
        places = self._places([one.sentence for one in found])
        hits = self._table.hits(list(places)) if places else {}
        drafts = tuple(
            CardDraft(
                places[one.sentence.document, one.sentence.ordinal],
                one.sentence.span,
                one.question,
                one.answer,
            )
            for one in found
        )
        return CardsRead(
            tuple(hits[place] for place in places),
            drafts,
            self._language(command.query, scope),
            time.perf_counter() - started,
            read.coverage,
        )

    @staticmethod
    def _places(
        sentences: Sequence[summarizing.KeySentence],
    ) -> dict[tuple[DocumentId, int], int]:
        found = dict.fromkeys((one.document, one.ordinal) for one in sentences)
        return {place: at for at, place in enumerate(found)}

    def _language(self, query: str, scope: SearchScope) -> str:
        return self._analyzer.language(query, speech.SPOKEN | set(scope.languages))
