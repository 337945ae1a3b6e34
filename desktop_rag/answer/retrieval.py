"""From a question to the passages that may answer it: what is looked up, and in which order.

    KeywordSearch ─┐  of all documents, and of those that the question names
    EmbedQuestion ─┴─► VectorSearch ─► Rankings ─► FetchMatches ── fused ─► FetchHits ─► Rerank

`retrieve` is a generator, because lookups go on side by side and somebody may change his mind
between them: both are for whoever drives it, who has threads and can ask. It yields what is to
be done next, and is sent what came of it; a search is only begun, and `Rankings` waits for all.
`widened` looks something up once, and is a plain function over the port.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_rag.answer import extraction
from desktop_rag.answer.fusion import fused
from desktop_rag.answer.names import Named, Stem, name_words, named
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.passages import Candidate, Hit, Match
from desktop_rag.domain.ports import UNKNOWN_LANGUAGE, Analyzer, Retriever, Vector

_RERANKED = 4  # times as many passages as are wanted are read again by a reranker
_SCORED = 3  # times as many keyword matches lend their score as become candidates
_CHUNKS_PER_PAGE = 8  # fetched at least, when distinct pages are wanted
_SPOKEN = frozenset({"en", "es"})  # what people ask in, whatever their documents are in


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and how passages are sought; `candidates` are compared at least.

    With `by_page`, each page counts once and `limit` counts pages. `meaning` has vectors looked
    up beside keywords, by an embedder made for the languages `known`, in ISO 639-1; only then
    does `rerank` have a reranker choose among the best.
    """

    text: str
    limit: int
    candidates: int
    by_page: bool = False
    meaning: bool = True
    rerank: bool = False
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search: these documents, the languages they are in, and what each is named by.

    `everything` says that the store holds no others.
    """

    documents: tuple[DocumentId, ...]
    everything: bool
    languages: tuple[str, ...] = ()
    names: Mapping[DocumentId, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeywordSearch:
    """Begin to rank chunks by these terms; send `None`. `scope` is as in `ports.Retriever`."""

    terms: tuple[str, ...]
    scope: tuple[DocumentId, ...] | None
    limit: int


@dataclass(frozen=True, slots=True)
class EmbedQuestion:
    """Send the unit vector of the question."""

    text: str


@dataclass(frozen=True, slots=True)
class VectorSearch:
    """Begin to rank chunks by their nearness; send `None`. `scope` is as in `ports.Retriever`."""

    vector: Vector
    scope: tuple[DocumentId, ...] | None
    limit: int


@dataclass(frozen=True, slots=True)
class Rankings:
    """Send what the searches have found that were begun: rows with scores, in a list.

    It is in the order in which they were begun; each has its best first.
    """


@dataclass(frozen=True, slots=True)
class FetchMatches:
    """Send chunks in short, by row."""

    rows: frozenset[int]
    question: Vector | None


@dataclass(frozen=True, slots=True)
class FetchHits:
    """Send chunks whole, by row."""

    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rerank:
    """Send how well each text answers, in order; more is better."""

    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankedHits:
    """The passages found, best first, and the language of the question in ISO 639-1."""

    hits: tuple[Hit, ...]
    language: str


Lookup = KeywordSearch | EmbedQuestion | VectorSearch | Rankings | FetchMatches | FetchHits | Rerank
RetrievalSteps = Generator[Lookup, Any, RankedHits]
"""Is sent what each lookup says, which no type can: it depends on what was yielded."""


def retrieve(query: Query, scope: SearchScope, analyzer: Analyzer) -> RetrievalSteps:
    """Find passages; see above for what is yielded and sent."""
    stem = _stem(analyzer, scope.languages)
    about = named(analyzer.words_of(query.text), scope.names, stem)
    language = _language(query.text, scope.languages, analyzer)
    candidates = yield from _candidates(query, scope, about, _terms(query.text, about, stem))
    ranked = fused(candidates, language, query.known, about.shares)
    rerank = query.meaning and query.rerank
    best = _best(ranked, query, query.limit * (_RERANKED if rerank else 1))
    whole: Mapping[int, Hit] = yield FetchHits(tuple(candidate.row for candidate, _ in best))
    hits = tuple(replace(whole[candidate.row], score=score) for candidate, score in best)
    if rerank:
        hits = yield from _reranked(query, hits)
    return RankedHits(hits, language)


def names_of(
    titles: Mapping[DocumentId, tuple[str, str]], languages: tuple[str, ...], analyzer: Analyzer
) -> dict[DocumentId, frozenset[str]]:
    """Return the words that name each document, by its title and its file's name without suffix.

    `languages` are those of all documents that are searched.
    """
    stem = _stem(analyzer, languages)
    return {id_: name_words(title, name, stem) for id_, (title, name) in titles.items()}


def widened(hits: Sequence[Hit], retriever: Retriever) -> tuple[Hit, ...]:
    """Return each hit joined with what stands before and after it on its page."""
    around = [(hit.document, hit.ordinal + step) for hit in hits for step in (-1, 1)]
    found = retriever.hits(around)
    return tuple(
        extraction.joined(
            hit,
            found.get((hit.document, hit.ordinal - 1)),
            found.get((hit.document, hit.ordinal + 1)),
        )
        for hit in hits
    )


def _candidates(
    query: Query, scope: SearchScope, about: Named, terms: tuple[str, ...]
) -> Generator[Lookup, Any, list[Candidate]]:
    """Return what either half finds in the scope, and in the documents that are named.

    Keywords are looked up while the question is embedded.
    """
    limit = max(query.candidates, query.limit * (_CHUNKS_PER_PAGE if query.by_page else 1))
    places = [None if scope.everything else scope.documents]
    if about.sure and len(scope.documents) > len(about.best):
        places.append(about.best)
    for place in places:
        yield KeywordSearch(terms, place, _SCORED * limit)
    vector: Vector | None = None
    if query.meaning:
        vector = yield EmbedQuestion(query.text)
        for place in places:
            yield VectorSearch(vector, place, limit)
    rankings: Sequence[Mapping[int, float]] = yield Rankings()
    by_word, by_vector = rankings[: len(places)], rankings[len(places) :]
    rows = {row for scores in by_word for row in itertools.islice(scores, limit)}
    rows |= {row for scores in by_vector for row in scores}
    keywords = {row: score for scores in by_word for row, score in scores.items()}
    matches: Mapping[int, Match] = yield FetchMatches(frozenset(rows), vector)
    return [
        Candidate(
            row=row,
            document=match.document,
            ordinal=match.ordinal,
            page=match.page,
            language=match.language,
            similarity=match.similarity,
            keyword=keywords.get(row, 0.0),
        )
        for row, match in matches.items()
    ]


def _reranked(query: Query, hits: Sequence[Hit]) -> Generator[Lookup, Any, tuple[Hit, ...]]:
    """Return the best of `hits` as the reranker sees them."""
    texts = tuple(f"{hit.header}\n{hit.text}" for hit in hits)
    scores: Sequence[float] = yield Rerank(query.text, texts)
    scored = [replace(hit, score=score) for hit, score in zip(hits, scores, strict=True)]
    return tuple(sorted(scored, key=lambda hit: -hit.score)[: query.limit])


def _language(text: str, languages: tuple[str, ...], analyzer: Analyzer) -> str:
    """Return the language of a question; one too short is taken for the first of the documents."""
    found = analyzer.language(text, _SPOKEN | set(languages))
    return next(iter(languages), "en") if found == UNKNOWN_LANGUAGE else found


def _terms(text: str, about: Named, stem: Stem) -> tuple[str, ...]:
    """Return the question's terms but for those that name the document they are sought in."""
    terms = dict.fromkeys(stem(text))
    if about.sure:
        naming = {term for word in about.spoken for term in stem(word)}
        terms = dict.fromkeys(term for term in terms if term not in naming) or terms
    return tuple(terms)


def _stem(analyzer: Analyzer, languages: tuple[str, ...]) -> Stem:
    return functools.partial(analyzer.terms, languages=languages or ("en",))


def _best(
    ranked: Sequence[tuple[Candidate, float]], query: Query, most: int
) -> list[tuple[Candidate, float]]:
    """Return the first `most` of the ranking, with `by_page` the best chunk of each page."""
    best = []
    pages = set()
    for candidate, score in ranked:
        page = (candidate.document, candidate.page)
        if query.by_page and page in pages:
            continue
        pages.add(page)
        best.append((candidate, score))
        if len(best) == most:
            break
    return best
