"""From a question to the passages that may answer it: what is looked up, and in which order.

    KeywordSearch ─┐  of all documents, and of those that the question names
    ExactSearch    │  for its exact strings, its phrases in quotes, its words, its statements
    EmbedQuestion ─┴─► VectorSearch ─► Rankings ─► FetchMatches ── fused ─► FetchHits ─► Rerank

Where no passage has a word of the question but some have one that is a letter off, all is done
again for that word.

`retrieve` is a generator, because lookups go on side by side and somebody may change his mind
between them: both are for whoever drives it, who has threads and can ask. It yields what is to
be done next, and is sent what came of it; a search is only begun, and `Rankings` waits for all.
`gathered` looks something up once, and is a plain function over the port.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop_rag.answer import exactness, extraction, speech, spelling
from desktop_rag.answer.exactness import Sought
from desktop_rag.answer.fusion import Aim, fused
from desktop_rag.answer.names import Named, Stem, name_words, named, small_words
from desktop_rag.answer.quoting import phrases_of
from desktop_rag.answer.statements import statements_asked
from desktop_rag.answer.units import HEADING_ROLES, units
from desktop_rag.domain.documents import QUOTABLE, UNKNOWN_LANGUAGE, DocumentId
from desktop_rag.domain.passages import Candidate, Hit, Match, Wording
from desktop_rag.domain.ports import Analyzer, Retriever, Vector
from desktop_rag.domain.statements import Statement

_RERANKED = 4  # times as many passages as are wanted are read again by a reranker
_SPELLED = 0.5  # standard deviations: the very words asked for come before other forms of them
_SCORED = 3  # times as many keyword matches lend their score as become candidates
_CHUNKS_PER_PAGE = 8  # fetched at least, when distinct pages are wanted
_EXACT_ROWS = 300  # looked at for exact strings: those that have rare ones come first
_SEEN_ROWS = 50  # looked at for the words of a question, the same way
_NEAR_ROWS = 20  # read to see which word was meant by a misspelled one
_MISSPELLED = 3  # words of one question that are mended
_SHORT = 2  # words of a question that is no sentence
_PHRASE = 1_000.0  # standard deviations by which a phrase comes before all else
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked, and how passages are sought; `candidates` are compared at least.

    With `by_page`, each page counts once and `limit` counts pages. `meaning` has vectors looked
    up beside keywords, by an embedder made for the languages `known`, in ISO 639-1; only then
    does `rerank` have a reranker choose among the best. Between two languages that it knows, its
    cosines are lower by `apart`. What is sought for `answering` is quoted or told to a model:
    passages that are not for that are left out. Documents that are `preferred` come before what is
    as good.
    """

    text: str
    limit: int
    candidates: int
    by_page: bool = False
    meaning: bool = True
    rerank: bool = False
    known: frozenset[str] = frozenset()
    apart: float = 0.0
    answering: bool = False
    preferred: frozenset[DocumentId] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search: these documents, the languages they are in, and what each is named by.

    `everything` says that the store holds no others; they have so many `passages`.
    """

    documents: tuple[DocumentId, ...]
    everything: bool
    languages: tuple[str, ...] = ()
    names: Mapping[DocumentId, frozenset[str]] = field(default_factory=dict)
    passages: int = 0


@dataclass(frozen=True, slots=True)
class KeywordSearch:
    """Begin to rank chunks by these terms; send `None`. `scope` is as in `ports.Retriever`."""

    terms: tuple[str, ...]
    scope: tuple[DocumentId, ...] | None
    limit: int


@dataclass(frozen=True, slots=True)
class ExactSearch:
    """Begin to look for these exact strings; send `None`. `scope` is as in `ports.Retriever`."""

    keys: frozenset[str]
    scope: tuple[DocumentId, ...] | None
    limit: int


@dataclass(frozen=True, slots=True)
class TermSearch:
    """Begin to look which of these terms there are; send `None`."""

    terms: frozenset[str]
    scope: tuple[DocumentId, ...] | None
    limit: int


@dataclass(frozen=True, slots=True)
class PhraseSearch:
    """Begin to look for what has a phrase word for word; send `None`."""

    phrase: str
    languages: tuple[str, ...]
    scope: tuple[DocumentId, ...] | None


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
    """Send what the searches have found that were begun since the last ones, in a list.

    It is in the order in which they were begun; each has what its method of `ports.Retriever`
    returns, such as rows with scores, best first.
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
    """The passages found, best first, and the language of the question in ISO 639-1.

    That is `UNKNOWN_LANGUAGE` where not even its small words tell it. The first `exact` of them
    have what the question names exactly.
    """

    hits: tuple[Hit, ...]
    language: str
    exact: int = 0
    wording: Wording = field(default_factory=Wording)


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """A question as it is looked up; `words` may be misspelled, each with its terms.

    It is asked in a `language`, and about these `statements` of accounts. There are so many
    `beside` its exact strings. One that is `short` is no sentence.
    """

    query: Query
    scope: SearchScope
    language: str
    about: Named
    terms: tuple[str, ...]
    strings: tuple[Sought, ...]
    phrases: tuple[str, ...]
    words: Mapping[str, frozenset[str]]
    beside: int
    short: bool
    statements: frozenset[Statement]

    @property
    def accounts(self) -> tuple[DocumentId, ...]:
        """The documents whose statements are wanted: those that are named, or the only one."""
        if not self.statements:
            return ()
        only = self.scope.documents if len(self.scope.documents) == 1 else ()
        return self.about.best if self.about.sure else only

    @property
    def place(self) -> tuple[DocumentId, ...] | None:
        """The scope as a retriever wants it."""
        return None if self.scope.everything else self.scope.documents


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of it: `lifts` by row, how many rows have all phrases, and words that none has."""

    candidates: Sequence[Candidate]
    lifts: Mapping[int, float]
    phrase_hits: int
    unknown: tuple[str, ...]


Begun = KeywordSearch | VectorSearch | ExactSearch | TermSearch | PhraseSearch
"""What is begun, and waited for by `Rankings`."""
Lookup = Begun | EmbedQuestion | Rankings | FetchMatches | FetchHits | Rerank
RetrievalSteps = Generator[Lookup, Any, RankedHits]
"""Is sent what each lookup says, which no type can: it depends on what was yielded."""


def retrieve(query: Query, scope: SearchScope, analyzer: Analyzer) -> RetrievalSteps:
    """Find passages; see above for what is yielded and sent."""
    asked = _asked(query, scope, analyzer)
    found = yield from _found(asked)
    mended: dict[str, str] = {}
    if found.unknown:
        mended = yield from _mended(asked, found.unknown, analyzer)
    if mended:
        text = _respelled(query.text, mended, analyzer)
        asked = _asked(replace(query, text=text), scope, analyzer)
        found = yield from _found(asked)
    language = analyzer.language(query.text, speech.SPOKEN | set(scope.languages))
    words = frozenset(analyzer.words_of(query.text) if language == UNKNOWN_LANGUAGE else ())
    spelled = functools.partial(_spelled, words, analyzer)
    hits, exact = yield from _best_hits(asked, found, language, spelled)
    wording = Wording(asked.phrases, found.phrase_hits, tuple(mended.items()))
    return RankedHits(hits, asked.language, exact, wording)


def names_of(
    titles: Mapping[DocumentId, tuple[str, str]], languages: tuple[str, ...], analyzer: Analyzer
) -> dict[DocumentId, frozenset[str]]:
    """Return the words that name each document, by its title and its file's name without suffix.

    `languages` are those of all documents that are searched.
    """
    stem = _stem(analyzer, languages)
    return {id_: name_words(title, name, stem) for id_, (title, name) in titles.items()}


def gathered(hits: Sequence[Hit], retriever: Retriever, *, around: bool = False) -> tuple[Hit, ...]:
    """Return hits without a line in two of them: those that meet are one, in the best one's place.

    One that ends with a question, a heading or what introduces a list is given what follows, and
    with `around` each what stands before and after it; all on its page and in its layer.
    """
    wanted = [_ordinals(hit, around=around) for hit in hits]
    own = {(hit.document, hit.ordinal): hit for hit in hits}
    places = [
        (hit.document, at) for hit, ordinals in zip(hits, wanted, strict=True) for at in ordinals
    ]
    known = own | dict(retriever.hits([place for place in places if place not in own]))
    groups: list[tuple[Hit, set[int]]] = []
    for hit, ordinals in zip(hits, wanted, strict=True):
        there = {at for at in ordinals if _beside(hit, known.get((hit.document, at)))}
        met = [one for one in groups if _beside(hit, one[0]) and _meet(one[1], there)]
        if not met:
            groups.append((hit, there))
            continue
        met[0][1].update(there, *(one[1] for one in met[1:]))
        groups = [one for one in groups if one not in met[1:]]
    return tuple(
        extraction.joined(hit, [known[hit.document, at] for at in sorted(ordinals)])
        for hit, ordinals in groups
    )


def _ordinals(hit: Hit, *, around: bool) -> set[int]:
    """Return the places in its document that a hit would have with what belongs to it."""
    if around:
        return {hit.ordinal - 1, hit.ordinal, hit.ordinal + 1}
    parts = units(hit.text, hit.language)
    follows = bool(parts) and parts[-1].role in HEADING_ROLES
    return {hit.ordinal, hit.ordinal + 1} if follows else {hit.ordinal}


def _beside(hit: Hit, other: Hit | None) -> bool:
    """Whether another hit stands on the same page, in the same layer."""
    if other is None:
        return False
    return (hit.document, hit.page, hit.layer) == (other.document, other.page, other.layer)


def _meet(some: Collection[int], others: Collection[int]) -> bool:
    """Whether two runs of places overlap or follow each other."""
    return min(some) <= max(others) + 1 and min(others) <= max(some) + 1


def _asked(query: Query, scope: SearchScope, analyzer: Analyzer) -> _Inquiry:
    stem = _stem(analyzer, scope.languages)
    small = small_words(query.text, analyzer.words_of)
    about = named(analyzer.words_of(query.text), scope.names, stem, small)
    told = frozenset(stem(query.text))
    phrases = phrases_of(query.text)
    exact = analyzer.exact(query.text)
    literal = {word for phrase in phrases for word in analyzer.words_of(phrase)}
    named_words = {word for one in exact if not one.loose for word in one.words}
    keys = "\n".join(key for one in exact if not one.loose for key in one.keys)
    words = [word for word in analyzer.words_of(query.text) if word.isalpha()]
    words = [word for word in words if told.issuperset(stem(word))]
    doubtful = spelling.doubtful(word for word in words if word not in literal and word not in keys)
    spoken = analyzer.language(query.text, speech.SPOKEN | set(scope.languages))
    return _Inquiry(
        query=query,
        scope=scope,
        language=speech.asked_in(query.text, analyzer, scope.languages),
        about=about,
        terms=_terms(query.text, about, stem),
        strings=exactness.sought(exact),
        phrases=phrases,
        words={word: frozenset(stem(word)) for word in doubtful}
        if spoken in {UNKNOWN_LANGUAGE, *scope.languages}
        else {},  # of a language that nothing is written in, no word is misspelled
        beside=sum(word not in named_words for word in words),
        short=len(words) <= _SHORT,
        statements=statements_asked(analyzer.words_of(query.text)),
    )


def _found(asked: _Inquiry) -> Generator[Lookup, Any, _Outcome]:
    """Return what each search finds in the scope, and in the documents that are named.

    Keywords are looked up while the question is embedded.
    """
    query, scope, about = asked.query, asked.scope, asked.about
    limit = max(query.candidates, query.limit * (_CHUNKS_PER_PAGE if query.by_page else 1))
    places = [asked.place]
    if about.sure and len(scope.documents) > len(about.best):
        places.append(about.best)
    for place in places:
        yield KeywordSearch(asked.terms, place, _SCORED * limit)
    yield from _begun(asked)
    vector: Vector | None = None
    if query.meaning:
        vector = yield EmbedQuestion(query.text)
        for place in places:
            yield VectorSearch(vector, place, limit)
    rankings = iter((yield Rankings()))
    by_word: list[Mapping[int, float]] = [next(rankings) for _ in places]
    exact: Mapping[int, frozenset[str]] = next(rankings) if asked.strings else {}
    seen: Mapping[int, frozenset[str]] = next(rankings) if asked.words else {}
    phrases: list[Sequence[int]] = [next(rankings) for _ in asked.phrases]
    stated: Collection[int] = next(rankings) if asked.accounts else ()
    lifts, phrase_hits = _lifts(asked, exact, phrases)
    rows = {row for scores in by_word for row in itertools.islice(scores, limit)}
    rows |= {row for scores in rankings for row in scores}
    rows |= set(stated)
    rows |= set(sorted(lifts, key=lambda row: -lifts[row])[:limit])
    keywords = {row: score for scores in by_word for row, score in scores.items()}
    matches: Mapping[int, Match] = yield FetchMatches(frozenset(rows), vector)
    known = frozenset().union(*seen.values())
    unknown = tuple(word for word, terms in asked.words.items() if known.isdisjoint(terms))
    return _Outcome(_candidates(matches, keywords, asked), lifts, phrase_hits, unknown)


def _begun(asked: _Inquiry) -> Generator[Lookup, Any, None]:
    """Begin what is sought beside keywords and meaning."""
    if asked.strings:
        keys = frozenset(key for string in asked.strings for key in string.weights)
        yield ExactSearch(keys, asked.place, _EXACT_ROWS)
    if asked.words:
        yield TermSearch(frozenset().union(*asked.words.values()), asked.place, _SEEN_ROWS)
    for phrase in asked.phrases:
        yield PhraseSearch(phrase, asked.scope.languages, asked.place)
    if asked.accounts:
        keys = frozenset(statement.key for statement in asked.statements)
        yield ExactSearch(keys, asked.accounts, _EXACT_ROWS)


def _lifts(
    asked: _Inquiry, exact: Mapping[int, frozenset[str]], phrases: Sequence[Collection[int]]
) -> tuple[dict[int, float], int]:
    """Return by how much each row is lifted, and how many have all phrases."""
    passages = asked.scope.passages
    lifted = exactness.lifts(asked.strings, exact, passages, beside=asked.beside)
    having = Counter(row for rows in phrases for row in rows)
    for row, count in having.items():
        lifted[row] = lifted.get(row, 0.0) + _PHRASE * count
    return lifted, sum(count == len(phrases) for count in having.values())


def _candidates(
    matches: Mapping[int, Match], keywords: Mapping[int, float], asked: _Inquiry
) -> list[Candidate]:
    query = asked.query

    def similarity(match: Match) -> float:
        across = speech.apart(asked.language, match.language, query.known)
        return match.similarity + query.apart if across and match.similarity else match.similarity

    return [
        Candidate(
            row=row,
            document=match.document,
            ordinal=match.ordinal,
            page=match.page,
            language=match.language,
            similarity=similarity(match),
            keyword=keywords.get(row, 0.0),
            layer=match.layer,
            statements=match.statements,
        )
        for row, match in matches.items()
        if not query.answering or match.layer in QUOTABLE
    ]


def _mended(
    asked: _Inquiry, unknown: Sequence[str], analyzer: Analyzer
) -> Generator[Lookup, Any, dict[str, str]]:
    """Return what was meant by words that no passage has, where some have one a letter off.

    A question in a sentence has words that the passages need not have, and a letter off may be
    another word: there the first letter, which people seldom get wrong, has to be right.
    """
    stem = _stem(analyzer, asked.scope.languages)
    near = {
        word: frozenset(
            one for one in spelling.one_off(word) if asked.short or one.startswith(word[0])
        )
        for word in unknown[:_MISSPELLED]
    }
    terms = {term for word in near for term in asked.words[word]}
    terms |= {term for others in near.values() for other in others for term in stem(other)}
    yield TermSearch(frozenset(terms), asked.place, _NEAR_ROWS)
    rankings: Sequence[Mapping[int, frozenset[str]]] = yield Rankings()
    (rows,) = rankings
    if not rows:
        return {}
    known = frozenset().union(*rows.values())
    hits: Mapping[int, Hit] = yield FetchHits(tuple(rows))
    texts = [hit.text for hit in hits.values()]
    meant = {
        word: spelling.meant(word, others, texts, analyzer)
        for word, others in near.items()
        if known.isdisjoint(asked.words[word])
    }
    return {word: other for word, other in meant.items() if other}


def _respelled(text: str, mended: Mapping[str, str], analyzer: Analyzer) -> str:
    def spelled(match: re.Match[str]) -> str:
        (word, *_) = *analyzer.words_of(match.group()), ""
        return mended.get(word, match.group())

    return _WORD.sub(spelled, text)


def _best_hits(
    asked: _Inquiry, found: _Outcome, language: str, spelled: Callable[[Hit], float]
) -> Generator[Lookup, Any, tuple[tuple[Hit, ...], int]]:
    """Return the best passages, and how many of the first have what is named exactly."""
    query = asked.query
    about = asked.about
    aim = Aim(about.shares, about.sure, found.lifts, asked.statements, query.preferred)
    ranked = fused(found.candidates, language, query.known, aim)
    rerank = query.meaning and query.rerank
    best = _best(ranked, query, query.limit * (_RERANKED if rerank else 1))
    whole: Mapping[int, Hit] = yield FetchHits(tuple(candidate.row for candidate, _ in best))
    found_hits = [
        (replace(hit, score=score + spelled(hit)), found.lifts.get(candidate.row, 0.0))
        for candidate, score in best
        for hit in [whole[candidate.row]]
    ]
    found_hits.sort(key=lambda pair: (pair[1] < 1, -pair[0].score))
    hits, lifts = tuple(hit for hit, _ in found_hits), [lift for _, lift in found_hits]
    if rerank:
        hits, lifts = yield from _reranked(query, hits, lifts)
    exact = sum(1 for _ in itertools.takewhile(lambda lift: lift >= 1, lifts))
    return hits, exact


def _spelled(words: frozenset[str], analyzer: Analyzer, hit: Hit) -> float:
    """Return by how much a passage gains that has the very forms of a few words."""
    own = words.intersection(analyzer.words_of(hit.text)) if words else ()
    return _SPELLED * len(own) / len(words) if own else 0.0


def _reranked(
    query: Query, hits: Sequence[Hit], lifts: Sequence[float]
) -> Generator[Lookup, Any, tuple[tuple[Hit, ...], list[float]]]:
    """Return the best of `hits` as the reranker sees them, those that are lifted first."""
    texts = tuple(f"{hit.header}\n{hit.text}" for hit in hits)
    scores: Sequence[float] = yield Rerank(query.text, texts)
    scored = [
        (replace(hit, score=score + (lift if lift >= 1 else 0)), lift)
        for hit, score, lift in zip(hits, scores, lifts, strict=True)
    ]
    best = sorted(scored, key=lambda pair: -pair[0].score)[: query.limit]
    return tuple(hit for hit, _ in best), [lift for _, lift in best]


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
