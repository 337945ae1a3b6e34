"""What every `Retriever` promises: the fake, and a table of LanceDB that another one writes to."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from desktop_rag.domain.documents import Chunk, DocumentId
from desktop_rag.domain.passages import Match
from desktop_rag.domain.ports import ChunkStore, Retriever, SplitDocument
from desktop_rag.domain.statements import Statement
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table
from tests.contracts.stores import DIMENSION, A, B, C, fill, split
from tests.fakes import FakeAnalyzer, FakeRetriever, FakeStore, direction_of, dot

TEXTS = ("Gulls fly over the harbour.", "Whales dive.", "Crabs walk.")
QUESTION = direction_of("Where do gulls fly?")


@pytest.fixture(params=["fake", "real"])
def sides(request: pytest.FixtureRequest, tmp_path) -> tuple[ChunkStore, Retriever]:
    """One that writes, and one that reads."""
    if request.param == "fake":
        store = FakeStore()
        return store, FakeRetriever(store)
    return Table(tmp_path, "tester", DIMENSION), ChunkReader(tmp_path, "tester", DIMENSION)


@pytest.fixture
def store(sides) -> ChunkStore:
    return sides[0]


@pytest.fixture
def retriever(sides) -> Retriever:
    return sides[1]


def places(retriever: Retriever, rows: Iterable[int]) -> list[tuple[DocumentId, int]]:
    """What stands in the rows, in their order."""
    matches = retriever.matches(list(rows))
    return [(matches[row].document, matches[row].ordinal) for row in rows]


def test_text_is_found_by_its_words_before_it_is_embedded(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    found = retriever.by_keyword(["whale"], None, 10)
    assert places(retriever, found) == [(A, 1)]
    assert all(score > 0 for score in found.values())
    assert retriever.by_vector(QUESTION, None, 10) == {}
    assert retriever.documents() == {A}


def test_any_of_the_words_finds_and_the_best_comes_first(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    found = retriever.by_keyword(["gull", "crab", "harbour"], None, 10)
    assert places(retriever, found) == [(A, 0), (A, 2)]
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert list(retriever.by_keyword(["gull", "crab", "harbour"], None, 1)) == list(found)[:1]


def test_what_is_in_no_text_is_not_found(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    assert retriever.by_keyword(["aeroplane"], None, 10) == {}
    assert retriever.by_keyword([], None, 10) == {}


PUMPS = ("The pump KX-5501 leaks.", "The pump KX-5502 leaks.", "There are 5501 stones.")


def keys(text: str) -> set[str]:
    """What one exact string is looked up by: its own keys."""
    return {key for one in FakeAnalyzer().exact(text) for key in one.keys}


def test_a_passage_is_found_by_the_statements_of_its_page_and_tells_them(store, retriever) -> None:
    cut = split(A, "Net sales KX-5501", "Total assets", "Neither")
    own = ({Statement.INCOME}, set(Statement), set())
    chunks = [
        replace(chunk, statements=frozenset(one))
        for chunk, one in zip(cut.chunks, own, strict=True)
    ]
    store.add([replace(cut, chunks=chunks)])
    retriever.refresh()
    income = retriever.with_exact({Statement.INCOME.key}, None, 10)
    assert sorted(places(retriever, income)) == [(A, 0), (A, 1)]
    balance = retriever.with_exact({Statement.BALANCE.key}, (A,), 10)
    assert places(retriever, balance) == [(A, 1)]
    rows = [*income, *retriever.with_terms({"neither"}, None, 10)]
    found = {match.ordinal: match.statements for match in retriever.matches(rows).values()}
    assert found == dict(enumerate(own))


def test_exact_strings_are_found_with_the_keys_that_a_row_has(store, retriever) -> None:
    store.add([split(A, *PUMPS)])
    retriever.refresh()
    found = retriever.with_exact(keys("KX-5501"), None, 10)
    assert places(retriever, found) == [(A, 0)]
    assert list(found.values()) == [frozenset(keys("KX-5501"))]
    both = retriever.with_exact(keys("KX-5501") | keys("KX-5502"), None, 10)
    assert sorted(places(retriever, both)) == [(A, 0), (A, 1)]
    assert len(retriever.with_exact(keys("KX-5501") | keys("KX-5502"), None, 1)) == 1
    assert retriever.with_exact(keys("KX-5503"), None, 10) == {}
    more = "The pump KX-5501 and KX-5503, KX-5504 and KX-5505 leak."
    store.add([split(A, more, *PUMPS)])
    retriever.refresh()
    found = retriever.with_exact(keys("KX-5501"), None, 10)
    assert places(retriever, found) == [(A, 1), (A, 0)], "the one that has little else"
    assert retriever.with_exact([], None, 10) == {}


def test_parts_and_headers_are_asked_for_by_themselves(store, retriever) -> None:
    store.add([split(A, *PUMPS)])
    store.add([SplitDocument(B, [Chunk(B, 0, 0, "1", "Pump KX-5501", "It leaks.")], ["b"])])
    retriever.refresh()
    parts = {f"~{key}" for key in keys("KX-5501")}
    assert places(retriever, retriever.with_exact(parts, None, 10)) == [(B, 0)]
    digits = {f"~{key}" for one in FakeAnalyzer().exact("KX-5501") for key in one.parts}
    assert sorted(places(retriever, retriever.with_exact(digits, None, 10))) == [(A, 0), (B, 0)]


def test_terms_are_found_with_those_that_a_row_has(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    found = retriever.with_terms(["gull", "harbour", "crab", "aeroplane"], None, 10)
    held = dict(zip(places(retriever, found), found.values(), strict=True))
    assert held == {(A, 0): {"gull", "harbour"}, (A, 2): {"crab"}}
    assert retriever.with_terms([], None, 10) == {}


def test_a_phrase_is_found_word_for_word(store, retriever) -> None:
    texts = ("Gulls fly over\nthe harbour.", "Over the gulls fly kites.", "Gull fly over the sea.")
    store.add([split(A, *texts)])
    store.add([SplitDocument(B, [Chunk(B, 0, 0, "1", "GULLS FLY over it", "A book.")], ["b"])])
    retriever.refresh()

    def found(phrase: str) -> list[tuple[DocumentId, int]]:
        return places(retriever, retriever.with_phrase(phrase, ("en", "es"), None))

    assert found("gulls fly over the") == [(A, 0)]
    assert found("gulls  FLY over") == [(A, 0), (B, 0)]
    assert sorted(found("over the")) == [(A, 0), (A, 1), (A, 2)]
    assert found("over a") == found("ulls fly") == found("?") == []
    assert found("the") == [(A, at) for at in sorted(at for _, at in found("the"))] != []
    assert retriever.with_phrase("gulls fly over", ("en",), (B,)) != []
    assert retriever.with_phrase("gulls fly over the", ("en",), (B,)) == []


def test_rows_are_counted(store, retriever) -> None:
    store.add([split(A, *TEXTS), split(B, "Crabs walk.")])
    retriever.refresh()
    assert [retriever.count(scope) for scope in (None, (A,), (B, C), ())] == [4, 3, 1, 0]


def test_the_nearest_comes_first_with_its_cosine(store, retriever) -> None:
    vectors = fill(store, A, *TEXTS)
    retriever.refresh()
    found = retriever.by_vector(QUESTION, None, 2)
    cosines = {(A, at): dot(vector, QUESTION) for at, vector in enumerate(vectors)}
    best = sorted(cosines, key=lambda place: -cosines[place])[:2]
    assert places(retriever, found) == best
    assert list(found.values()) == pytest.approx([cosines[place] for place in best], abs=1e-5)


def test_a_scope_holds_for_every_way_to_search(store, retriever) -> None:
    for document in (A, B, C):
        fill(store, document, "Gulls fly.")
    retriever.refresh()
    for found in (
        lambda scope: retriever.by_keyword(["gull"], scope, 10),
        lambda scope: retriever.by_vector(QUESTION, scope, 10),
        lambda scope: retriever.with_terms(["gull"], scope, 10),
        lambda scope: dict.fromkeys(retriever.with_phrase("gulls fly", ("en",), scope), 1.0),
    ):
        assert sorted(places(retriever, found(None))) == [(A, 0), (B, 0), (C, 0)]
        assert sorted(places(retriever, found((A, C)))) == [(A, 0), (C, 0)]
        assert found(()) == {}


def test_a_match_has_the_cosine_to_the_question_if_it_has_a_vector(store, retriever) -> None:
    (vector,) = fill(store, A, "Gulls fly.")
    store.add([split(B, "Gulls swim.")])
    retriever.refresh()
    rows = retriever.by_keyword(["gull"], None, 10)
    found = {match.document: match for match in retriever.matches(rows, QUESTION).values()}
    assert found[A].similarity == pytest.approx(dot(vector, QUESTION), abs=1e-6)
    assert found[B] == Match(B, 0, 0, "en", 0.0)
    assert {match.similarity for match in retriever.matches(rows).values()} == {0.0}
    assert retriever.matches([]) == {}


def test_a_hit_is_whole(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    (row,) = retriever.by_keyword(["crab"], None, 10)
    hit = retriever.hits_of([row])[row]
    assert (hit.document, hit.ordinal, hit.page, hit.page_label) == (A, 2, 1, "2")
    assert (hit.header, hit.text, hit.score, hit.recognized) == ("The Sea", TEXTS[2], 0.0, False)
    assert retriever.hits([(A, 2)]) == {(A, 2): hit}
    assert retriever.hits_of([]) == {}


def test_where_there_is_no_chunk_there_is_no_hit(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    retriever.refresh()
    assert retriever.hits([(A, -1), (A, 3), (B, 0)]) == retriever.hits([]) == {}


def test_what_is_written_is_seen_after_a_refresh_and_rows_stay_until_then(store, retriever) -> None:
    store.add([split(A, *TEXTS)])
    before = retriever.refresh()
    assert retriever.refresh() == before
    rows = retriever.by_keyword(["whale"], None, 10)
    store.add([split(A, "Whales sing."), split(B, "Crabs dig.")])
    assert places(retriever, rows) == [(A, 1)]
    assert retriever.documents() == {A}
    assert retriever.refresh() > before
    assert retriever.documents() == {A, B}
    assert places(retriever, retriever.by_keyword(["whale"], None, 10)) == [(A, 0)]
