"""The process that finds passages and picks sentences: the query embedder and a LanceDB reader."""

from __future__ import annotations

import functools
import itertools
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from desktop_rag.answer import extraction
from desktop_rag.answer.fusion import fused
from desktop_rag.answer.names import Named, Stem, name_words, named
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import Searched
from desktop_rag.domain.passages import Candidate, Hit
from desktop_rag.domain.ports import CancelToken
from desktop_rag.library import documents, libraries
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.searching import (
    Pick,
    Picked,
    Search,
    SearchDone,
    SearchingCommand,
    Warm,
    Widen,
    Widened,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe

if TYPE_CHECKING:
    import numpy as np

    from desktop_rag.engines.encoders.encoders import Reranker, TorchEmbedder

_RERANKED = 4  # times as many passages as are wanted are read again by a reranker
_SCORED = 3  # times as many keyword matches lend their score as become candidates
_AT_ONCE = 5  # each half asks the store in two places, and the embedder may be loading
_CHUNKS_PER_PAGE = 8  # fetched at least, when distinct pages are wanted
_SPOKEN = frozenset({"en", "es"})  # what people ask in, whatever their documents are in
_LOOK_SECONDS = 0.05  # between two looks, while the embedder loads, whether it is still wanted


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where to search. `filter` is None where that is everything there is."""

    documents: tuple[DocumentId, ...]
    filter: tuple[DocumentId, ...] | None
    languages: tuple[str, ...]
    names: dict[DocumentId, frozenset[str]]


class SearchingProcess:
    """Holds the table and the embedder, and remembers the last scope.

    The embedder takes seconds to load. It does so beside, so that keywords are
    found meanwhile and who no longer waits for it can say so.
    """

    def __init__(self, paths: Paths, candidates: int, searched: Searched) -> None:
        from desktop_rag.engines.encoders import encoders
        from desktop_rag.engines.store import analyzer, chunk_table

        self._analyzer = analyzer
        self._encoders = encoders
        self._paths = paths
        self._candidates = candidates
        self._choice = encoders.embedder_of(searched.index.encoder)
        self._embedder: Future[TorchEmbedder] | None = None
        self._chosen_reranker = searched.reranker
        self._reranker: Reranker | None = None
        choice = self._choice
        name = chunk_table.table_name(searched.index.id, choice.name, choice.dimension)
        self._table = chunk_table.Table(paths.vectors_folder, name, choice.dimension)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="store")
        self._db = open_for_reading(paths.database)
        self._scope_key: object = None
        self._scope: _Scope | None = None

    def handle(self, command: SearchingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.searching`."""
        cancel.check()
        match command:
            case Warm():
                self._loading()
                return command.answer(())
            case Search():
                self._scoped(command)  # refuses a wrong name before torch loads
                embedder = None if command.keywords_only else self._loaded(cancel)
                return command.answer([self._search(command, embedder, cancel)])
            case Pick():
                return command.answer([self._pick(command, self._loaded(cancel))])
            case Widen(hits=hits):
                return command.answer([Widened(tuple(self._widened(hits)))])
            case _:
                assert_never(command)

    def _search(
        self, command: Search, embedder: TorchEmbedder | None, cancel: CancelToken
    ) -> SearchDone:
        started = time.perf_counter()
        scope = self._scoped(command)
        among = _SPOKEN | set(scope.languages)
        language = self._analyzer.language(command.query, among)
        if language == self._analyzer.UNKNOWN:
            language = next(iter(scope.languages), "en")
        words = self._analyzer.words_of(command.query)
        about = named(words, scope.names, self._stem(scope.languages))
        found = self._found(command, scope, about, embedder)
        ranked = fused(found, language, self._choice.languages, about.shares)
        rerank = embedder is not None and self._chosen_reranker is not None
        best = _best(ranked, command, _RERANKED if rerank else 1)
        whole = self._table.hits_of([candidate.row for candidate, _ in best])
        hits = tuple(replace(whole[candidate.row], score=score) for candidate, score in best)
        if rerank:
            hits = self._reranked(command, hits, cancel)
        return SearchDone(hits, language, time.perf_counter() - started)

    def _reranked(
        self, command: Search, hits: Sequence[Hit], cancel: CancelToken
    ) -> tuple[Hit, ...]:
        """Return the best of `hits` as the reranker sees them."""
        if self._reranker is None and self._chosen_reranker is not None:
            self._reranker = self._encoders.Reranker(self._chosen_reranker)
        texts = [f"{hit.header}\n{hit.text}" for hit in hits]
        assert self._reranker is not None  # noqa: S101 - for mypy
        scores = self._reranker.scores(command.query, texts, cancel)
        scored = [replace(hit, score=score) for hit, score in zip(hits, scores, strict=True)]
        return tuple(sorted(scored, key=lambda hit: -hit.score)[: command.limit])

    def _found(
        self, command: Search, scope: _Scope, about: Named, embedder: TorchEmbedder | None
    ) -> list[Candidate]:
        """Return what either half finds in the scope, and in the documents that are named.

        Keywords are looked up while the question is embedded.
        """
        limit = max(self._candidates, command.limit * (_CHUNKS_PER_PAGE if command.by_page else 1))
        terms = self._terms(command.query, scope, about)
        places = [scope.filter]
        if about.sure and len(scope.documents) > len(about.best):
            places.append(about.best)
        ask, table = self._pool.submit, self._table
        by_word = [ask(table.by_keyword, terms, place, _SCORED * limit) for place in places]
        vector: np.ndarray | None = None
        by_vector = []
        if embedder:
            vector = embedder.embed_question(command.query)
            by_vector = [ask(table.by_vector, vector, place, limit) for place in places]
        scored = [found.result() for found in by_word]
        rows = {row for scores in scored for row in itertools.islice(scores, limit)}
        rows |= {row for found in by_vector for row in found.result()}
        keywords = {row: score for scores in scored for row, score in scores.items()}
        return [
            Candidate(
                row=row,
                document=chunk.document,
                ordinal=chunk.ordinal,
                page=chunk.page,
                language=chunk.language,
                similarity=_cosine(chunk.vector, vector),
                keyword=keywords.get(row, 0.0),
            )
            for row, chunk in table.matches(rows).items()
        ]

    def _terms(self, query: str, scope: _Scope, about: Named) -> list[str]:
        """Return the question's terms but for those that name the document they are sought in."""
        stem = self._stem(scope.languages)
        terms = dict.fromkeys(stem(query))
        if about.sure:
            naming = {term for word in about.spoken for term in stem(word)}
            terms = dict.fromkeys(term for term in terms if term not in naming) or terms
        return list(terms)

    def _stem(self, languages: tuple[str, ...]) -> Stem:
        return functools.partial(self._analyzer.terms, languages=languages or ("en",))

    def _scoped(self, command: Search) -> _Scope:
        """Return where to search, looked up again whenever database or store have changed."""
        ((version,),) = self._db.execute("PRAGMA data_version")
        library, document, among = command.library, command.document, command.among
        key = (version, self._table.refresh(), library, document, among)
        if self._scope is None or self._scope_key != key:
            wanted = documents.scope(self._db, libraries.find(self._db, library), document)
            wanted = [id_ for id_ in wanted if not among or id_ in among]
            languages = tuple(documents.languages(self._db, wanted))
            everything = set(wanted) >= self._table.documents()
            self._scope = _Scope(
                documents=tuple(wanted),
                filter=None if everything else tuple(wanted),
                languages=languages,
                names={
                    id_: name_words(title, file_stem, self._stem(languages))
                    for id_, (title, file_stem) in documents.titles(self._db, wanted).items()
                },
            )
            self._scope_key = key
        return self._scope

    def _pick(self, command: Pick, embedder: TorchEmbedder) -> Picked:
        """Score every sentence by its cosine to the question and the terms that they share."""
        spans = [
            extraction.sentences(passage.hit.text, command.language) for passage in command.passages
        ]
        texts = [
            passage.hit.text[start:end]
            for passage, bounds in zip(command.passages, spans, strict=True)
            for start, end in bounds
        ]
        near = (embedder.embed(texts) @ embedder.embed_question(command.question)).tolist()
        shared = self._shared(command, texts)
        weight = 1.0 if command.language in self._choice.languages else 0.3
        extracts = extraction.scored(
            command.passages,
            spans,
            _regrouped([weight * value for value in near], spans),
            _regrouped([(1.3 - weight) * value for value in shared], spans),
        )
        return Picked(tuple(extracts))

    def _shared(self, command: Pick, texts: Sequence[str]) -> list[float]:
        """Return which share of the question's terms each text has; a rare one counts more."""
        languages = (command.language,)
        wanted = set(self._analyzer.terms(command.question, languages))
        owned = [set(self._analyzer.terms(text, languages)) & wanted for text in texts]
        weights = {term: 1.0 / (1 + sum(term in own for own in owned)) for term in wanted}
        total = sum(weights.values()) or 1.0
        return [sum(weights[term] for term in own) / total for own in owned]

    def _widened(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        around = [(hit.document, hit.ordinal + step) for hit in hits for step in (-1, 1)]
        self._table.refresh()
        found = self._table.hits(around)
        for hit in hits:
            before = found.get((hit.document, hit.ordinal - 1))
            after = found.get((hit.document, hit.ordinal + 1))
            yield extraction.joined(hit, before, after)

    def _loading(self) -> Future[TorchEmbedder]:
        if self._embedder is None:
            self._embedder = self._pool.submit(self._load)
        return self._embedder

    def _load(self) -> TorchEmbedder:
        embedder = self._encoders.TorchEmbedder(self._choice)
        self._analyzer.language("loads what tells languages apart, too")
        return embedder

    def _loaded(self, cancel: CancelToken) -> TorchEmbedder:
        loading = self._loading()
        while not wait([loading], _LOOK_SECONDS).done:
            cancel.check()
        if loading.exception():
            self._embedder = None  # whoever asks next may have mended it
        return loading.result()


def _cosine(vector: np.ndarray | None, question: np.ndarray | None) -> float:
    return 0.0 if vector is None or question is None else float(vector @ question)


def _best(
    ranked: Sequence[tuple[Candidate, float]], command: Search, times: int
) -> list[tuple[Candidate, float]]:
    """Return the first of the ranking, with `by_page` the best chunk of each page.

    They are `times` as many as are wanted, for somebody to choose from.
    """
    best = []
    pages = set()
    for candidate, score in ranked:
        page = (candidate.document, candidate.page)
        if command.by_page and page in pages:
            continue
        pages.add(page)
        best.append((candidate, score))
        if len(best) == times * command.limit:
            break
    return best


def _regrouped(
    values: Sequence[float], spans: Sequence[Sequence[tuple[int, int]]]
) -> list[list[float]]:
    flat = iter(values)
    return [[next(flat) for _ in bounds] for bounds in spans]


def main(
    home: Path,
    candidates: int,
    searched: Searched,
    pipe: Pipe[SearchingCommand],
    mark: Synchronized[int],
) -> None:
    """Serve whoever reads the data directory `home`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()

    from desktop_rag.workers.pipe import host

    handle = host.prepared(lambda: SearchingProcess(Paths(home), candidates, searched).handle)
    host.serve(pipe, mark, handle)
