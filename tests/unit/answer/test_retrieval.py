"""What is looked up for a question, and what becomes of it."""

from collections.abc import Sequence

import pytest

from desktop_rag.answer.retrieval import (
    EmbedQuestion,
    FetchHits,
    FetchMatches,
    KeywordSearch,
    Lookup,
    Query,
    RankedHits,
    Rankings,
    Rerank,
    SearchScope,
    VectorSearch,
    names_of,
    retrieve,
    widened,
)
from desktop_rag.domain.documents import Box, Chunk, DocumentId, PlacedWord
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.ingest.indexer import digest
from tests.fakes import (
    FakeAnalyzer,
    FakeEmbedder,
    FakeReranker,
    FakeRetriever,
    FakeStore,
    NeverCancelled,
    direction_of,
)

A, B = DocumentId("a"), DocumentId("b")
EVERYTHING = SearchScope((A, B), everything=True, languages=("en",))
TEXTS = {
    A: ("Gulls fly over the harbour.", "Whale oil burned in lamps.", "Oil was dear."),
    B: ("Crabs walk.", "The oil press of the mill.", "Whales dive."),
}


class Drive:
    """Does what a retrieval wishes for with the fakes, one thing after the other."""

    def __init__(self, texts: dict[DocumentId, Sequence[str]] = TEXTS) -> None:
        self.store = FakeStore()
        for document, own in texts.items():
            chunks = [
                Chunk(document, at, at // 2, str(at // 2 + 1), "T", text)
                for at, text in enumerate(own)
            ]
            digests = [digest(text) for text in own]
            self.store.add([SplitDocument(document, chunks, digests)])
            vectors = [direction_of(text) for text in own]
            self.store.fill([(document, at) for at in range(len(own))], vectors)
        self.retriever = FakeRetriever(self.store)
        self.steps: list[Lookup] = []

    def __call__(self, query: Query, scope: SearchScope = EVERYTHING) -> RankedHits:
        steps = retrieve(query, scope, FakeAnalyzer())
        self.steps, begun, came = [], [], None
        try:
            while True:
                step = steps.send(came)
                self.steps.append(step)
                came = self._looked_up(step, begun)
        except StopIteration as end:
            return end.value

    def _looked_up(self, step: Lookup, begun: list[dict[int, float]]) -> object:
        match step:
            case KeywordSearch(terms, scope, limit):
                begun.append(self.retriever.by_keyword(terms, scope, limit))
                return None
            case VectorSearch(vector, scope, limit):
                begun.append(self.retriever.by_vector(vector, scope, limit))
                return None
            case Rankings():
                return begun
            case _:
                return self._fetched(step)

    def _fetched(self, step: Lookup) -> object:
        match step:
            case EmbedQuestion(text):
                return FakeEmbedder().embed_question(text)
            case FetchMatches(rows, question):
                return self.retriever.matches(rows, question)
            case FetchHits(rows):
                return self.retriever.hits_of(rows)
            case Rerank(question, texts):
                return FakeReranker().scores(question, texts, NeverCancelled())
            case _:
                raise AssertionError(step)

    def kinds(self) -> list[type]:
        return [type(step) for step in self.steps]

    def only(self, kind: type) -> list:
        return [step for step in self.steps if isinstance(step, kind)]


@pytest.fixture
def drive() -> Drive:
    return Drive()


def query(text: str = "whale oil", **more: object) -> Query:
    return Query(**{"text": text, "limit": 2, "candidates": 20} | more)


def named_scope(count: int = 60) -> SearchScope:
    """Filings of as many firms, of which two go by the same name."""
    titles = {DocumentId(f"d{at}"): (f"Firm{at} report", f"firm{at}") for at in range(count)}
    titles |= {A: ("Lumen report", "lumen"), B: ("Lumen report", "lumen")}
    names = names_of(titles, ("en",), FakeAnalyzer())
    return SearchScope(tuple(titles), everything=True, languages=("en",), names=names)


def test_everything_is_begun_before_anything_is_waited_for(drive) -> None:
    drive(query())
    assert drive.kinds() == [
        KeywordSearch,
        EmbedQuestion,
        VectorSearch,
        Rankings,
        FetchMatches,
        FetchHits,
    ]


def test_keywords_alone_need_no_embedder(drive) -> None:
    found = drive(query(meaning=False, rerank=True))
    assert drive.kinds() == [KeywordSearch, Rankings, FetchMatches, FetchHits]
    assert [hit.text for hit in found.hits] == ["Whale oil burned in lamps.", "Oil was dear."]


def test_what_is_found_by_word_and_by_meaning_comes_first(drive) -> None:
    found = drive(query("Whale oil burned in lamps."))
    assert (found.hits[0].document, found.hits[0].ordinal) == (A, 1)
    assert [hit.score for hit in found.hits] == sorted((h.score for h in found.hits), reverse=True)
    assert len(found.hits) == 2


def test_nothing_is_found_in_an_empty_store() -> None:
    drive = Drive({})
    assert drive(query(rerank=True), SearchScope((), everything=True)) == RankedHits((), "en")


@pytest.mark.parametrize(("everything", "scope"), [(True, None), (False, (A,))])
def test_a_scope_is_told_unless_it_is_everything(drive, everything, scope) -> None:
    found = drive(query(), SearchScope((A,), everything=everything))
    assert {step.scope for step in drive.only(KeywordSearch | VectorSearch)} == {scope}
    if not everything:
        assert {hit.document for hit in found.hits} == {A}


@pytest.mark.parametrize(
    ("limit", "by_page", "expected"),
    [(2, False, 20), (25, False, 25), (2, True, 20), (5, True, 40)],
)
def test_candidates_are_as_many_as_can_be_wanted(drive, limit, by_page, expected) -> None:
    drive(query(limit=limit, by_page=by_page))
    assert [step.limit for step in drive.only(VectorSearch)] == [expected]
    assert [step.limit for step in drive.only(KeywordSearch)] == [3 * expected]


def test_keyword_matches_beyond_the_candidates_lend_their_score_alone(drive) -> None:
    drive(query("oil", limit=1, candidates=1))
    (fetch,) = drive.only(FetchMatches)
    by_word = drive.retriever.by_keyword(["oil"], None, 3)
    by_vector = drive.retriever.by_vector(direction_of("oil"), None, 1)
    assert len(by_word) == 3
    assert fetch.rows == {*list(by_word)[:1], *by_vector}
    assert fetch.question == direction_of("oil")


def test_documents_that_are_named_are_searched_by_themselves_too(drive) -> None:
    drive(query("What does Lumen say of oil?"), named_scope())
    assert [step.scope for step in drive.only(KeywordSearch)] == [None, (A, B)]
    assert [step.scope for step in drive.only(VectorSearch)] == [None, (A, B)]
    assert drive.kinds().index(Rankings) == 5
    assert all("lumen" not in step.terms for step in drive.only(KeywordSearch))
    assert all("oil" in step.terms for step in drive.only(KeywordSearch))


def test_a_name_is_sought_when_nothing_else_was_said(drive) -> None:
    drive(query("Lumen"), named_scope())
    assert {step.terms for step in drive.only(KeywordSearch)} == {("lumen",)}


def test_among_few_documents_a_name_is_a_word_like_others(drive) -> None:
    drive(query("What does Lumen say of oil?"), named_scope(count=3))
    assert [step.scope for step in drive.only(KeywordSearch)] == [None]
    assert all("lumen" in step.terms for step in drive.only(KeywordSearch))


def test_a_reranker_chooses_among_four_times_as_many(drive) -> None:
    asked = "the oil press"
    found = drive(query(asked, limit=1, rerank=True))
    (fetch,), (rerank,) = drive.only(FetchHits), drive.only(Rerank)
    assert len(fetch.rows) == len(rerank.texts) == 4
    assert all(text.startswith("T\n") for text in rerank.texts)
    scores = FakeReranker().scores(asked, rerank.texts, NeverCancelled())
    (hit,) = found.hits
    assert hit.score == max(scores)
    assert f"T\n{hit.text}" == rerank.texts[scores.index(max(scores))]


def test_each_page_counts_once_where_pages_are_wanted(drive) -> None:
    chunks = [(hit.document, hit.page) for hit in drive(query("oil", limit=6)).hits]
    assert len(chunks) == 6
    pages = [(hit.document, hit.page) for hit in drive(query("oil", limit=6, by_page=True)).hits]
    assert pages == list(dict.fromkeys(chunks))
    assert len(pages) == 4


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("oil", ("es", "en"), "es"),
        ("oil", (), "en"),
        ("What was it that burned in the lamps?", ("es",), "en"),
        ("¿Qué es lo que se quemaba en las lámparas?", ("en",), "es"),
    ],
)
def test_a_question_too_short_is_in_the_language_of_the_documents(
    drive, text, languages, expected
) -> None:
    scope = SearchScope((A, B), everything=True, languages=languages)
    assert drive(query(text), scope).language == expected


def test_the_embedder_is_believed_less_in_languages_it_was_not_made_for(drive) -> None:
    asked = "What burned in the lamps?"
    made_for = drive(query(asked, limit=6, known=frozenset({"en"}))).hits
    foreign = drive(query(asked, limit=6)).hits
    assert [hit.text for hit in foreign] != [hit.text for hit in made_for]
    assert foreign[0].text == "Whale oil burned in lamps."


# Neighbours


def placed(text: str) -> tuple[PlacedWord, ...]:
    return (PlacedWord(0, len(text), Box(0.1, 0.1, 0.9, 0.2)),)


def test_hits_are_joined_with_what_stands_around_them_on_their_page() -> None:
    store = FakeStore()
    texts = ["One.", "Two.", "Three.", "Four."]
    pages = [0, 0, 0, 1]
    chunks = [
        Chunk(A, at, pages[at], "1", "T", text, words=placed(text)) for at, text in enumerate(texts)
    ]
    store.add([SplitDocument(A, chunks, [digest(text) for text in texts])])
    retriever = FakeRetriever(store)
    hits = tuple(retriever.hits([(A, at) for at in (1, 3, 0)]).values())
    found = widened(hits, retriever)
    assert {hit.ordinal: hit.text for hit in found} == {
        0: "One.\nTwo.",
        1: "One.\nTwo.\nThree.",
        3: "Four.",
    }
    assert [hit.ordinal for hit in found] == [hit.ordinal for hit in hits]
    assert widened((), retriever) == ()
