"""The process that finds passages and picks sentences: the query embedder and a LanceDB reader."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from ctypes import c_uint64
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from desktop_rag.answer import retrieval, speech, sufficiency
from desktop_rag.answer.checks.checking import Checker
from desktop_rag.answer.growing import GrowingChecks, undecided
from desktop_rag.answer.retrieval import (
    Begun,
    EmbedQuestion,
    ExactSearch,
    FetchHits,
    FetchMatches,
    KeywordSearch,
    PhraseSearch,
    Rankings,
    Rerank,
    SearchScope,
    TermSearch,
    VectorSearch,
)
from desktop_rag.answer.sentences import ranked_sentences
from desktop_rag.domain.documents import UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.errors import EmbedderDamaged, EncoderUnusable, RagError, StoreIncomplete
from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.occurrences import Net, Occurrences
from desktop_rag.domain.passages import Evidence, Hit, Passage, WrittenPassage
from desktop_rag.domain.ports import CancelToken
from desktop_rag.domain.sufficiency import Weighing
from desktop_rag.library import consistency, documents, indexes, libraries
from desktop_rag.library.db.database import open_for_reading
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.sufficiency import weighing
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.searching import (
    AnswerVerified,
    ComparedFound,
    CountEverywhere,
    FindCarrying,
    FindCompared,
    Gather,
    Gathered,
    Listed,
    ListPassages,
    Pick,
    ReadCards,
    ReadPoints,
    Search,
    SearchDone,
    SearchingCommand,
    VerifyAnswer,
    Warm,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe

if TYPE_CHECKING:
    from desktop_rag.engines.encoders.encoders import (
        EmbedderChoice,
        TorchEmbedder,
        TorchReranker,
    )
    from desktop_rag.engines.encoders.entailment import TorchEntailment

T = TypeVar("T")

_Scoped = Search | FindCarrying | CountEverywhere | FindCompared | ReadPoints | ReadCards

_AT_ONCE = 5  # each half asks the store in two places, and the embedder may be loading
_LISTED_AT_ONCE = 500  # passages in one message
_LOOK_SECONDS = 0.05  # between two looks, while the embedder loads, whether it is still wanted


def _told_apart(found: Mapping[DocumentId, tuple[str, str]]) -> dict[DocumentId, str]:
    """Return what documents are called: those of one title, or of none, by their file's name."""
    having = Counter(title for title, _ in found.values())
    return {
        id_: title if title and having[title] == 1 else name or title
        for id_, (title, name) in found.items()
    }


class SearchingProcess:
    """Holds the table and the embedder, and remembers the last scope.

    Where the embedder's files are missing or damaged, words alone are found, and that is said.

    The embedder takes seconds to load. It does so beside, so that keywords are
    found meanwhile and who no longer waits for it can say so. What is looked up, and why,
    `answer.retrieval` says.
    """

    def __init__(self, paths: Paths, candidates: int, searched: Searched) -> None:
        from desktop_rag.engines.encoders import encoders
        from desktop_rag.engines.store import analyzer, chunk_reader
        from desktop_rag.workers.processes import digesting, whole_documents

        self._analyzer = analyzer
        self._encoders = encoders
        self._paths = paths
        self._candidates = candidates
        self._choice: EmbedderChoice | None = None
        self._missing: RagError | None = None
        name, dimension = self._located(searched.index)
        self._embedder: Future[TorchEmbedder] | None = None
        self._chosen_reranker = searched.reranker
        self._reranker: TorchReranker | None = None
        self._chosen_entailment = searched.entailment
        self._entailment: Future[TorchEntailment] | None = None
        self._table = chunk_reader.ChunkReader(paths.vectors_folder, name, dimension)
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="store")
        self._db = open_for_reading(paths.database)
        self._index = searched.index
        self._compared = False
        self._scope_key: object = None
        self._scope: SearchScope | None = None
        self._titles: Mapping[DocumentId, str] = {}
        self._growing: tuple[VerifyAnswer, GrowingChecks] | None = None
        self._whole = whole_documents.WholeDocuments(self._table, self._db, analyzer)
        self._digests = digesting.DigestReader(self._table, self._whole, analyzer)

    def _located(self, index: Index) -> tuple[str, int]:
        """Return the table of an index and the length of its vectors.

        Where its embedder cannot be used any more, its words are searched all the same.
        """
        from desktop_rag.engines.store import chunk_table

        try:
            self._choice = choice = self._encoders.embedder_of(index.encoder)
            return chunk_table.table_name(index.id, choice.name, choice.dimension), choice.dimension
        except (EmbedderDamaged, EncoderUnusable) as error:
            name = self._encoders.name_of(index.encoder)
            found = chunk_table.find_table(self._paths.vectors_folder, index.id, name)
            if found is None:
                raise
            self._missing = error
            return found

    def handle(self, command: SearchingCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.searching`."""
        cancel.check()
        match command:
            case Warm():
                self._loading()
                return command.answer(())
            case (
                Search()
                | FindCarrying()
                | CountEverywhere()
                | FindCompared()
                | ReadPoints()
                | ReadCards()
            ):
                return self._sought(command, cancel)
            case Pick(question=question, language=language, passages=passages):
                return command.answer([self._picked(question, language, passages, cancel)])
            case VerifyAnswer():
                return command.answer([self._verified(command, cancel)])
            case Gather(hits=hits, around=around):
                self._table.refresh()
                gathered = retrieval.gathered(hits, self._table, around=around)
                return command.answer([Gathered(gathered)])
            case ListPassages(documents=wanted):
                return command.answer(self._listed(wanted, cancel))
            case _:
                assert_never(command)

    def _weighing(self, language: str, embedder: TorchEmbedder | None) -> Weighing:
        """Return how to weigh what was found: by words alone in a language that it knows not."""
        known = embedder is not None and language in embedder.languages
        return weighing(self._choice.name if known and self._choice else None)

    def _picked(
        self, question: str, language: str, passages: tuple[Passage, ...], cancel: CancelToken
    ) -> Evidence:
        _lacking, embedder = self._if_usable(cancel)
        extracts = ranked_sentences(question, language, passages, self._analyzer, embedder)
        weights = self._weighing(language, embedder)
        return sufficiency.judged(question, language, extracts, self._analyzer, weights)

    def _sought(self, command: _Scoped, cancel: CancelToken) -> Answer:
        match command:
            case Search():
                return command.answer([self._search(command, cancel)])
            case FindCarrying():
                scope = self._scoped(command)
                return command.answer([self._whole.carrying(command, scope, cancel)])
            case CountEverywhere():
                return command.answer([self._everywhere(command, cancel)])
            case FindCompared():
                return command.answer([self._compared_in(command, cancel)])
            case ReadPoints():
                scope = self._scoped(command)
                return command.answer([self._digests.points(command, scope, cancel)])
            case ReadCards():
                scope = self._scoped(command)
                return command.answer([self._digests.cards(command, scope, cancel)])

    def _search(self, command: Search, cancel: CancelToken) -> SearchDone:
        self._scoped(command)  # refuses a wrong name before torch loads
        lacking, embedder = (None, None) if command.keywords_only else self._if_usable(cancel)
        started = time.perf_counter()
        query = replace(
            self._query(command.query, command.limit, embedder),
            by_page=command.by_page,
            answering=command.answering,
            preferred=frozenset(command.preferred),
        )
        steps = retrieval.retrieve(query, self._scoped(command), self._analyzer)
        found = self._driven(steps, cancel)
        return SearchDone(
            found.hits,
            found.language,
            time.perf_counter() - started,
            found.exact,
            found.wording,
            lacking,
        )

    def _everywhere(self, command: CountEverywhere, cancel: CancelToken) -> Occurrences:
        """Look at all passages of a scope, unless it is no longer wanted."""
        from desktop_rag.answer import occurrences

        started = time.perf_counter()
        scope = self._scoped(command)

        def scan(net: Net, among: Sequence[DocumentId] | None) -> list[WrittenPassage]:
            cancel.check()
            return self._table.written(net, among)

        came = occurrences.everywhere(command.census, scope, self._titles, scan, self._analyzer)
        cancel.check()
        language = speech.asked_in(command.query, self._analyzer, scope.languages)
        if language == UNKNOWN_LANGUAGE:
            language = next(iter(scope.languages), language)
        return replace(came, language=language, seconds=time.perf_counter() - started)

    def _query(self, text: str, limit: int, embedder: TorchEmbedder | None) -> retrieval.Query:
        """Return how passages are sought with what of embedder and reranker there is."""
        return retrieval.Query(
            text=text,
            limit=limit,
            candidates=self._candidates,
            meaning=embedder is not None,
            rerank=self._chosen_reranker is not None,
            known=self._choice.languages if self._choice else frozenset(),
            apart=embedder.calibration.apart if embedder else 0.0,
        )

    def _compared_in(self, command: FindCompared, cancel: CancelToken) -> ComparedFound:
        """Lay documents side by side; see `processes.comparing`."""
        from desktop_rag.workers.processes import comparing

        asked = _Within(self._found_in, self._picked, cancel)
        scope = self._scoped(command)
        here = comparing.ComparedScope(scope, self._table, self._analyzer, self._db, asked)
        return comparing.compared(command, here, cancel)

    def _found_in(
        self, text: str, scope: SearchScope, limit: int, cancel: CancelToken
    ) -> tuple[Hit, ...]:
        """Return the best passages of a scope to answer from, none cut off before its items."""
        _lacking, embedder = self._if_usable(cancel)
        query = replace(self._query(text, limit, embedder), answering=True)
        hits = self._driven(retrieval.retrieve(query, scope, self._analyzer), cancel).hits
        return retrieval.gathered(hits, self._table) if hits else ()

    def _verified(self, command: VerifyAnswer, cancel: CancelToken) -> AnswerVerified:
        """Check what was written, with what of embedder and entailment model can be used."""
        _lacking, embedder = self._if_usable(cancel)
        growing = self._growing_of(command, embedder)
        lacking = None
        if command.ended:
            lacking, entailment = self._entailment_if_usable(cancel)
            growing.judge_by(partial(entailment.judged, cancel=cancel) if entailment else None)
        checks = []
        for check in growing.each(command.written, ended=command.ended):
            cancel.check()
            checks.append(check)
        return AnswerVerified(tuple(checks), lacking)

    def _growing_of(self, command: VerifyAnswer, embedder: TorchEmbedder | None) -> GrowingChecks:
        """Return what is known of the sentences of this answer; it is forgotten at its end."""
        bare = replace(command, written="", ended=True)
        known = self._growing
        if known is None or known[0] != bare or known[1].embedder is not embedder:
            checker = Checker(
                command.passages,
                command.evidence,
                command.question,
                command.language,
                self._analyzer,
                embedder,
                undecided if self._chosen_entailment else None,
            )
            known = (bare, GrowingChecks(checker))
        self._growing = None if command.ended else known
        return known[1]

    def _driven(self, steps: retrieval.RetrievalSteps, cancel: CancelToken) -> retrieval.RankedHits:
        """Do the lookups of `steps`, searches side by side, unless it is no longer wanted."""
        begun: list[Future[Any]] = []
        came: object = None
        try:
            while True:
                step = steps.send(came)
                cancel.check()
                came = None
                match step:
                    case Rankings():
                        came = [search.result() for search in begun]
                        begun.clear()
                    case EmbedQuestion() | FetchMatches() | FetchHits() | Rerank():
                        came = self._fetched(step, cancel)
                    case _:
                        begun.append(self._begun(step))
        except StopIteration as end:
            found: retrieval.RankedHits = end.value
            return found
        finally:
            wait(begun)  # the next search may refresh the table

    def _begun(self, step: Begun) -> Future[Any]:
        match step:
            case KeywordSearch(terms, scope, limit):
                return self._pool.submit(self._table.by_keyword, terms, scope, limit)
            case ExactSearch(keys, scope, limit):
                return self._pool.submit(self._table.with_exact, keys, scope, limit)
            case TermSearch(sought, scope, limit):
                return self._pool.submit(self._table.with_terms, sought, scope, limit)
            case PhraseSearch(phrase, languages, scope):
                return self._pool.submit(self._table.with_phrase, phrase, languages, scope)
            case VectorSearch(vector, scope, limit):
                return self._pool.submit(self._table.by_vector, vector, scope, limit)

    def _fetched(
        self, step: EmbedQuestion | FetchMatches | FetchHits | Rerank, cancel: CancelToken
    ) -> object:
        match step:
            case EmbedQuestion(text):
                return self._loaded(cancel).embed_question(text)
            case FetchMatches(rows, question):
                return self._table.matches(rows, question)
            case FetchHits(rows):
                return self._table.hits_of(rows)
            case Rerank(text, texts):
                return self._loaded_reranker().scores(text, texts, cancel)

    def _scoped(self, command: _Scoped) -> SearchScope:
        """Return where to search, looked up again whenever database or store have changed."""
        ((version,),) = self._db.execute("PRAGMA data_version")
        library, document, among = command.library, command.document, command.among
        key = (version, self._table.refresh(), library, document, among)
        self._compare()
        if self._scope is None or self._scope_key != key:
            wanted = documents.scope(self._db, libraries.find(self._db, library), document)
            wanted = [id_ for id_ in wanted if not among or id_ in among]
            languages = tuple(documents.languages(self._db, wanted))
            titles = documents.titles(self._db, wanted)
            everything = set(wanted) >= self._table.documents()
            self._scope = SearchScope(
                documents=tuple(wanted),
                everything=everything,
                passages=self._table.count(None if everything else wanted),
                languages=languages,
                names=retrieval.names_of(titles, languages, self._analyzer),
            )
            self._titles = _told_apart(titles)
            self._scope_key = key
        return self._scope

    def _compare(self) -> None:
        """Raise `StoreIncomplete` where there are fewer chunks than documents have; once is enough.

        While documents are put in again they are not said to be ready.
        """
        if not self._compared and indexes.serving(self._db).id == self._index.id:
            if self._table.count(None) < consistency.stored_chunks(self._db):
                raise StoreIncomplete(str(self._paths.vectors_folder))
            self._compared = True

    def _loaded_reranker(self) -> TorchReranker:
        if self._reranker is None:
            assert self._chosen_reranker is not None  # noqa: S101 - else nobody asks for it
            self._reranker = self._encoders.TorchReranker(self._chosen_reranker)
        return self._reranker

    def _listed(self, wanted: Sequence[DocumentId], cancel: CancelToken) -> Iterator[Listed]:
        self._table.refresh()
        self._compare()
        passages = self._table.passages(wanted)
        for start in range(0, len(passages), _LISTED_AT_ONCE):
            cancel.check()
            yield Listed(tuple(passages[start : start + _LISTED_AT_ONCE]))

    def _loading(self) -> Future[TorchEmbedder]:
        if self._embedder is None:
            self._embedder = self._pool.submit(self._load)
        return self._embedder

    def _if_usable(self, cancel: CancelToken) -> tuple[RagError | None, TorchEmbedder | None]:
        """Return the embedder, or else what is wrong with it."""
        try:
            return None, self._loaded(cancel)
        except (EmbedderDamaged, EncoderUnusable) as error:
            return error, None

    def _load(self) -> TorchEmbedder:
        if self._choice is None:
            assert self._missing is not None  # noqa: S101 - one of the two is known
            raise self._missing
        embedder = self._encoders.question_embedder(self._choice)
        self._analyzer.language("loads what tells languages apart, too")
        _ = embedder.calibration  # measured now, that no question need wait for it
        return embedder

    def _entailment_if_usable(
        self, cancel: CancelToken
    ) -> tuple[RagError | None, TorchEntailment | None]:
        """Return the entailment model that was chosen, or, the first time, what is wrong with it.

        It is loaded once an answer is to be checked, and not tried again: another choice, or the
        same again, is another process.
        """
        if self._chosen_entailment is None:
            return None, None
        if self._entailment is None:
            self._entailment = self._pool.submit(self._load_entailment, self._chosen_entailment)
        try:
            return None, _awaited(self._entailment, cancel)
        except EncoderUnusable as error:
            self._chosen_entailment = None
            return error, None

    def _load_entailment(self, encoder: Encoder) -> TorchEntailment:
        from desktop_rag.engines.encoders import entailment

        return entailment.TorchEntailment(encoder)

    def _loaded(self, cancel: CancelToken) -> TorchEmbedder:
        loading = self._loading()
        try:
            return _awaited(loading, cancel)
        finally:
            if loading.done() and loading.exception():
                self._embedder = None  # whoever asks next may have mended it


@dataclass(frozen=True, slots=True)
class _Within:
    """What answers a question within one document, unless it is no longer wanted."""

    find: Callable[[str, SearchScope, int, CancelToken], tuple[Hit, ...]]
    pick: Callable[[str, str, tuple[Passage, ...], CancelToken], Evidence]
    cancel: CancelToken

    def found_in(self, query: str, scope: SearchScope, limit: int) -> tuple[Hit, ...]:
        return self.find(query, scope, limit, self.cancel)

    def picked(self, question: str, language: str, passages: tuple[Passage, ...]) -> Evidence:
        return self.pick(question, language, passages, self.cancel)


def _awaited(loading: Future[T], cancel: CancelToken) -> T:
    """Return what is loaded beside, unless it is no longer wanted."""
    while not wait([loading], _LOOK_SECONDS).done:
        cancel.check()
    return loading.result()


def main(
    home: Path,
    candidates: int,
    searched: Searched,
    pipe: Pipe[SearchingCommand],
    mark: c_uint64,
) -> None:
    """Serve whoever reads the data directory `home`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    handle = host.prepared(lambda: SearchingProcess(Paths(home), candidates, searched).handle)
    host.serve(pipe, mark, handle)
