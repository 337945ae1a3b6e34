"""The store with a real LanceDB, as the process that writes and one that reads see it."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from desktop_rag.domain.documents import Box, Chunk, DocumentId, Layer, PlacedWord
from desktop_rag.domain.ports import SplitDocument
from desktop_rag.engines.store import chunk_reader, chunk_table
from desktop_rag.engines.store.analyzer import exact, terms
from desktop_rag.engines.store.chunk_reader import ChunkReader
from desktop_rag.engines.store.chunk_table import Table, drop_others, find_table, table_name
from desktop_rag.engines.store.rows import ADDED
from desktop_rag.ingest.indexer import digest

WIDTH = 8
A, B, C = (DocumentId(letter * 64) for letter in "abc")
TOLERANCE = 1 / 65_535


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[], Table]:
    return lambda: Table(tmp_path, "tester", WIDTH)


@pytest.fixture
def table(opened: Callable[[], Table]) -> Table:
    return opened()


def chunks_of(document: DocumentId, *texts: str) -> list[Chunk]:
    return [
        Chunk(document, at, at // 2, str(at // 2 + 1), "The Sea", text, "en", placed(text))
        for at, text in enumerate(texts)
    ]


def placed(text: str) -> tuple[PlacedWord, ...]:
    """The words of a text, one below the other on a page."""
    words = []
    for at, word in enumerate(text.split()):
        start = text.index(word, words[-1].end if words else 0)
        top = at / 100
        words.append(
            PlacedWord(start, start + len(word), Box(0.1, top, 0.1 + at / 300, top + 0.01))
        )
    return tuple(words)


def digests_of(chunks: Sequence[Chunk]) -> list[str]:
    return [digest(chunk.text) for chunk in chunks]


def add(table: Table, document: DocumentId, *texts: str) -> list[Chunk]:
    chunks = chunks_of(document, *texts)
    table.add([SplitDocument(document, chunks, digests_of(chunks))])
    return chunks


def fill(table: Table, document: DocumentId, ordinals: Iterable[int], found: np.ndarray) -> None:
    table.fill([(document, ordinal) for ordinal in ordinals], found)


def missing(table: Table, *documents: DocumentId) -> list[tuple[int, str]]:
    return sorted((one.ordinal, one.digest) for one in table.lacking(documents, 100))


def vectors(*seeds: int) -> np.ndarray:
    found = np.stack([np.random.default_rng(seed).normal(size=WIDTH) for seed in seeds])
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def places(table: Table, rows: Mapping[int, float]) -> list[tuple[str, int]]:
    """Return what stands in the rows, in their order."""
    matches = table.matches(rows)
    return [(matches[row].document, matches[row].ordinal) for row in rows]


def by_word(table: Table, word: str, scope: Sequence[DocumentId] | None = None) -> list:
    return places(table, table.by_keyword(terms(word, ("en",)), scope, 10))


def near(table: Table, vector: np.ndarray, scope: Sequence[DocumentId] | None = None) -> list:
    return places(table, table.by_vector(vector, scope, 10))


def test_what_is_added_lacks_its_vectors(table) -> None:
    chunks = add(table, A, "Gulls fly.", "Whales dive.", "Crabs walk.")
    assert missing(table, A) == list(enumerate(digests_of(chunks)))
    assert missing(table, B) == []
    assert table.holdings() == {A: (3, 0)}
    assert table.documents() == {A}


def test_what_is_filled_lacks_nothing(table) -> None:
    chunks = add(table, A, "Gulls fly.", "Whales dive.", "Crabs walk.")
    names = digests_of(chunks)
    fill(table, A, [2, 0], vectors(2, 0))
    assert missing(table, A) == [(1, names[1])]
    assert table.holdings() == {A: (3, 2)}
    assert table.left([A, B]) == {A: 1}
    stored = table.vectors(names)
    assert stored.keys() == {names[0], names[2]}
    np.testing.assert_array_equal(np.stack([stored[names[0]], stored[names[2]]]), vectors(0, 2))
    fill(table, A, [1], vectors(1))
    assert missing(table, A) == []


def test_a_vector_is_known_by_its_text_whatever_the_document(table) -> None:
    (chunk,) = add(table, A, "Gulls fly.")
    fill(table, A, [0], vectors(0))
    add(table, B, "Gulls fly.")
    (name,) = digests_of([chunk])
    assert table.vectors([name]).keys() == {name}
    assert missing(table, B) == [(0, name)]


def test_no_digests_have_no_vectors(table) -> None:
    add(table, A, "Gulls fly.")
    assert table.vectors([]) == {}
    assert table.vectors(["0" * 32]) == {}


def test_text_is_found_before_it_is_embedded(table) -> None:
    add(table, A, "Gulls fly over the harbour.", "Whales dive.")
    assert by_word(table, "whale") == [(A, 1)]
    assert sorted(by_word(table, "the sea")) == [(A, 0), (A, 1)]
    assert near(table, vectors(1)[0]) == []
    ((row, score),) = table.by_keyword(terms("whales", ("en",)), None, 10).items()
    match = table.matches([row])[row]
    assert match.similarity == 0.0
    assert score > 0
    assert (match.page, match.language) == (0, "en")
    fill(table, A, [1], vectors(1))
    assert near(table, vectors(1)[0]) == [(A, 1)]


def test_no_words_find_nothing(table) -> None:
    add(table, A, "Gulls fly.")
    assert table.by_keyword([], None, 10) == {}
    assert by_word(table, "aeroplane") == []


def test_words_are_found_in_headers_and_stems(table) -> None:
    chunk = Chunk(A, 0, 0, "1", "Lighthouses of Vorrin", "They burned oil.", "en")
    table.add([SplitDocument(A, [chunk], ["d"])])
    assert by_word(table, "lighthouse") == [(A, 0)]
    assert by_word(table, "burning") == [(A, 0)]


def test_a_cosine_is_the_score_and_the_nearest_comes_first(table) -> None:
    add(table, A, "One.", "Two.", "Three.", "Four.")
    rows = vectors(0, 1, 2, 3)
    fill(table, A, range(4), rows)
    question = vectors(9)[0]
    found = table.by_vector(question, None, 3)
    expected = np.argsort(-(rows @ question))[:3].tolist()
    assert [ordinal for _, ordinal in places(table, found)] == expected
    for row, match in table.matches(found, question).items():
        assert found[row] == pytest.approx(match.similarity, abs=1e-5)
        assert match.similarity == float(rows[match.ordinal] @ question)


def test_a_scope_holds_for_both_halves(table) -> None:
    for seed, document in enumerate((A, B, C)):
        add(table, document, "Gulls fly over the harbour.")
        fill(table, document, [0], vectors(seed))
    question = vectors(0)[0]
    for tidy in (False, True):
        if tidy:
            table.tidy()
        assert sorted(by_word(table, "gull")) == [(A, 0), (B, 0), (C, 0)]
        assert near(table, question)[0] == (A, 0)
        assert sorted(by_word(table, "gull", [B, C])) == [(B, 0), (C, 0)]
        assert sorted(near(table, question, [B, C])) == [(B, 0), (C, 0)]
        assert by_word(table, "gull", [B]) == near(table, question, [B]) == [(B, 0)]
        assert by_word(table, "gull", []) == near(table, question, []) == []
        assert near(table, question, [DocumentId("d" * 64)]) == []


def test_what_is_removed_is_found_no_more(table) -> None:
    for seed, document in enumerate((A, B, C)):
        add(table, document, "Gulls fly.")
        fill(table, document, [0], vectors(seed))
    table.tidy()
    table.remove([A, C])
    assert table.documents() == {B}
    assert by_word(table, "gull") == near(table, vectors(0)[0]) == [(B, 0)]
    assert table.hits([(A, 0)]) == {}
    table.remove([])
    assert table.documents() == {B}


def test_a_reader_sees_each_write_once_it_refreshes(table, opened) -> None:
    reader = opened()
    assert reader.documents() == set()
    chunks = add(table, A, "Gulls fly.", "Whales dive.")
    reader.refresh()
    assert missing(reader, A) == list(enumerate(digests_of(chunks)))
    assert by_word(reader, "whale") == [(A, 1)]
    fill(table, A, [0, 1], vectors(0, 1))
    reader.refresh()
    assert near(reader, vectors(1)[0])[0] == (A, 1)
    table.tidy()
    reader.refresh()
    assert by_word(reader, "whale") == [(A, 1)]
    add(table, B, "Crabs walk.")
    reader.refresh()
    assert by_word(reader, "crab") == [(B, 0)]
    table.remove([A])
    reader.refresh()
    assert by_word(reader, "whale") == []
    assert near(reader, vectors(1)[0]) == []
    assert reader.documents() == {B}


def test_rows_mean_the_same_until_the_reader_refreshes(table, opened) -> None:
    add(table, A, "Gulls fly.", "Whales dive.")
    reader = opened()
    before = reader.refresh()
    rows = reader.by_keyword(terms("whales", ("en",)), None, 10)
    table.remove([A])
    add(table, B, "Crabs walk.", "Crabs dig.", "Crabs hide.")
    table.tidy()
    assert [hit.text for hit in reader.hits_of(rows).values()] == ["Whales dive."]
    assert reader.refresh() > before
    assert reader.documents() == {B}


def test_what_is_stored_is_there_in_the_next_life(table, opened) -> None:
    (chunk,) = add(table, A, "Gulls fly.")
    fill(table, A, [0], vectors(0))
    del table
    again = opened()
    assert missing(again, A) == []
    assert again.hits([(A, 0)])[A, 0].text == chunk.text


def test_tidying_changes_no_answer(table) -> None:
    words = ["gull", "whale", "crab", "harbour", "lantern", "mast"]
    for number in range(12):
        document = DocumentId(f"{number:064x}")
        texts = [f"The {words[(number + at) % 6]} number {number} {at}." for at in range(5)]
        add(table, document, *texts)
        fill(table, document, range(5), vectors(*range(5 * number, 5 * number + 5)))
    for vector in vectors(1000, 1001):
        before = [by_word(table, word) for word in words], near(table, vector)
        table.tidy()
        after = [by_word(table, word) for word in words], near(table, vector)
        assert [sorted(found) for found in after[0]] == [sorted(found) for found in before[0]]
        assert after[1] == before[1]


def test_tidying_nothing_is_no_error(table) -> None:
    table.tidy()
    add(table, A, "Gulls fly.")
    table.remove([A])
    table.tidy()
    assert by_word(table, "gull") == []


def test_many_writes_tidy_by_themselves(table, monkeypatch) -> None:
    monkeypatch.setattr(chunk_table, "_WRITES_BEFORE_COMPACTING", 4)
    add(table, A, "Gulls fly.", "Whales dive.", "Crabs walk.")
    for ordinal in range(3):
        fill(table, A, [ordinal], vectors(ordinal))
    assert table._writes == 0
    indexed = {name for index in table._table.list_indices() for name in index.columns}
    assert indexed >= {"terms", "document", "digest"}


def test_an_index_over_many_vectors_still_finds_the_nearest(table, monkeypatch) -> None:
    monkeypatch.setattr(chunk_table, "_FLAT_ROWS", 500)
    monkeypatch.setattr(chunk_table, "PROBES", 4)
    monkeypatch.setattr(chunk_reader, "PROBES", 4)
    add(table, A, *(f"Wave {number}." for number in range(600)))
    rows = vectors(*range(600))
    fill(table, A, range(600), rows)
    table.tidy()
    assert any("vector" in index.columns for index in table._table.list_indices())
    for at in (0, 300, 599):
        found = table.by_vector(rows[at], None, 1)
        assert places(table, found) == [(A, at)]
        assert list(found.values()) == [pytest.approx(1.0, abs=1e-4)]


def test_an_index_that_grew_by_many_writes_is_made_anew(table, monkeypatch) -> None:
    monkeypatch.setattr(chunk_table, "_FLAT_ROWS", 300)
    monkeypatch.setattr(chunk_table, "PROBES", 4)
    monkeypatch.setattr(chunk_reader, "PROBES", 4)
    monkeypatch.setattr(chunk_table, "_SEGMENTS", 2)
    rows = vectors(*range(2_000))
    segments = []
    for number in range(5):
        name = DocumentId(f"{number}")
        add(table, name, *(f"Wave {number} {wave}." for wave in range(400)))
        fill(table, name, range(400), rows[number * 400 : number * 400 + 400])
        table.tidy()
        (index,) = (one for one in table._table.list_indices() if "vector" in one.columns)
        segments.append(index.num_segments)
    assert max(segments) == 2
    for at in (0, 999, 1_999):
        found = table.by_vector(rows[at], None, 1)
        assert places(table, found) == [(str(at // 400), at % 400)]


def test_words_come_back_with_their_boxes(table) -> None:
    (chunk,) = add(table, A, "Gulls fly over the harbour of Vorrin.")
    hit = table.hits([(A, 0)])[A, 0]
    assert (hit.document, hit.ordinal, hit.page, hit.page_label) == (A, 0, 0, "1")
    assert (hit.header, hit.text, hit.score) == ("The Sea", chunk.text, 0.0)
    assert [(word.start, word.end) for word in hit.words] == [
        (word.start, word.end) for word in chunk.words
    ]
    for kept, given in zip(hit.words, chunk.words, strict=True):
        assert kept.box == pytest.approx(given.box, abs=TOLERANCE)
        assert chunk.text[kept.start : kept.end] == chunk.text[given.start : given.end]


def test_a_chunk_without_places_has_none(table) -> None:
    table.add([SplitDocument(A, [Chunk(A, 0, 0, "1", "", "Nowhere.", "en")], ["d"])])
    assert table.hits([(A, 0)])[A, 0].words == ()


def test_hits_are_those_asked_for(table) -> None:
    add(table, A, "One.", "Two.", "Three.")
    add(table, B, "Four.")
    found = table.hits([(A, 2), (B, 0), (A, 9), (C, 0), (A, -1)])
    assert {place: hit.text for place, hit in found.items()} == {(A, 2): "Three.", (B, 0): "Four."}
    assert table.hits([]) == {}


def test_rows_give_whole_hits_too(table) -> None:
    add(table, A, "Gulls fly.", "Whales dive.")
    rows = table.by_keyword(terms("whales", ("en",)), None, 10)
    assert [hit.text for hit in table.hits_of(rows).values()] == ["Whales dive."]
    assert table.hits_of([]) == table.matches([]) == {}


def test_adding_twice_changes_nothing(table) -> None:
    chunks = add(table, A, "Gulls fly.", "Whales dive.")
    fill(table, A, [0, 1], vectors(0, 1))
    version = table._table.version
    table.add([SplitDocument(A, chunks, digests_of(chunks))])
    assert table._table.version == version
    assert missing(table, A) == []
    assert table._table.count_rows() == 2


def test_chunks_that_changed_take_the_place_of_the_old_ones(table) -> None:
    add(table, A, "Gulls fly.", "Whales dive.", "Crabs walk.")
    fill(table, A, [0, 1, 2], vectors(0, 1, 2))
    add(table, B, "Gulls fly.")
    new = add(table, A, "Gulls fly.", "Lobsters hide.")
    assert missing(table, A) == [(1, digests_of(new)[1])]  # what stayed has its vector
    assert by_word(table, "whale") == by_word(table, "crab") == []
    assert by_word(table, "lobster") == [(A, 1)]
    assert sorted(by_word(table, "gull")) == [(A, 0), (B, 0)]
    assert table._table.count_rows() == 3


def test_tables_of_two_embedders_do_not_mix(tmp_path) -> None:
    one, other = Table(tmp_path, "one", WIDTH), Table(tmp_path, "other", WIDTH + 1)
    add(one, A, "Gulls fly.")
    assert other.documents() == set()
    assert by_word(other, "gull") == []


def test_many_documents_are_added_in_one_write(table) -> None:
    version = table._table.version
    cut = [
        SplitDocument(one, chunks_of(one, text), [digest(text)])
        for one, text in ((A, "Gulls."), (B, "Crabs."))
    ]
    table.add(cut)
    assert table._table.version == version + 1
    assert table.holdings() == {A: (1, 0), B: (1, 0)}
    assert len(table.lacking([A, B], 1)) == 1
    table.add([cut[0], SplitDocument(B, chunks_of(B, "Lobsters."), [digest("Lobsters.")])])
    assert sorted(one.text for one in table.lacking([A, B], 9)) == ["Gulls.", "Lobsters."]


def test_the_first_index_has_the_name_that_it_had_alone(tmp_path) -> None:
    assert table_name(1, "tester", WIDTH) == f"chunks-1-tester-{WIDTH}"
    assert table_name(2, "tester", WIDTH) == f"chunks-1-tester-{WIDTH}-2"
    for index in (1, 2, 3):
        add(Table(tmp_path, table_name(index, "tester", WIDTH), WIDTH), A, "Gulls fly.")
    assert find_table(tmp_path, 2, "tester") == (table_name(2, "tester", WIDTH), WIDTH)
    assert find_table(tmp_path, 4, "tester") is None
    assert find_table(tmp_path, 2, "test") is None
    drop_others(tmp_path, {table_name(2, "tester", WIDTH)})
    kept = [Table(tmp_path, table_name(index, "tester", WIDTH), WIDTH) for index in (1, 2, 3)]
    assert [table.documents() for table in kept] == [set(), {A}, set()]


def test_a_table_of_the_first_version_learns_what_was_recognized(tmp_path) -> None:
    old = Table(tmp_path, "tester", WIDTH)
    add(old, A, "Gulls fly.")
    old._table.drop_columns(["recognized", "layer", "pages"])
    table = Table(tmp_path, "tester", WIDTH)
    (chunk,) = chunks_of(B, "Crabs walk.")
    table.add([SplitDocument(B, [replace(chunk, recognized=True)], ["b"])])
    found = table.hits([(A, 0), (B, 0)])
    assert (found[A, 0].recognized, found[B, 0].recognized) == (False, True)
    assert found[A, 0].layer is Layer.BODY


def test_processes_that_open_an_older_table_at_once_all_can(tmp_path) -> None:
    Table(tmp_path, "tester", WIDTH)._table.drop_columns(list(ADDED))
    together = threading.Barrier(4)

    def columns(_number: int) -> set[str]:
        together.wait(10)
        return set(ChunkReader(tmp_path, "tester", WIDTH)._table.schema.names)

    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(columns, range(4)):
            assert found >= set(ADDED)


def test_layers_and_the_pages_of_words_are_kept(table) -> None:
    over, note = chunks_of(A, "One sentence goes on", "Ana: really")
    words = [word._replace(page=at // 2) for at, word in enumerate(over.words)]
    over = replace(over, words=tuple(words))
    note = replace(note, layer=Layer.NOTE)
    table.add([SplitDocument(A, [over, note], ["a", "b"])])
    found = table.hits([(A, 0), (A, 1)])
    assert [word.page for word in found[A, 0].words] == [0, 0, 1, 1]
    assert (found[A, 0].layer, found[A, 1].layer) == (Layer.BODY, Layer.NOTE)
    rows = table.by_keyword(["sentenc", "realli"], None, 10)
    assert {one.layer for one in table.matches(rows).values()} == {Layer.BODY, Layer.NOTE}


def test_rows_of_an_older_version_get_their_exact_strings_when_they_are_added_again(
    tmp_path,
) -> None:
    old = Table(tmp_path, "tester", WIDTH)
    chunks = add(old, A, "Pump KX-5501 leaks.", "Gulls fly.")
    fill(old, A, [0, 1], vectors(0, 1))
    old._table.drop_columns(["exact"])
    table = Table(tmp_path, "tester", WIDTH)
    assert table.with_exact(["x:kx-5501"], None, 10) == {}
    table.tidy()
    assert table.with_exact(["x:kx-5501"], None, 10) == {}
    table.add([SplitDocument(A, chunks, digests_of(chunks))])
    assert places(table, table.with_exact(["x:kx-5501"], None, 10)) == [(A, 0)]
    assert missing(table, A) == []
    assert table._table.count_rows() == 2


@pytest.mark.parametrize("tidy", [False, True])
def test_an_exact_string_is_found_whether_or_not_there_is_an_index(table, tidy) -> None:
    add(table, A, "Pump KX-5501 at −40 °C.", "Pump KX 5501-B at 40 °C.", "See " + "a1" * 40)
    if tidy:
        table.tidy()
    assert places(table, table.with_exact(["n:-40"], None, 10)) == [(A, 0)]
    assert places(table, table.with_exact(["n:40"], None, 10)) == [(A, 1)]
    (long,) = [key for one in exact("a1" * 40) for key in one.keys if key[0] == "x"]
    assert places(table, table.with_exact([long], None, 10)) == [(A, 2)]


def test_a_phrase_of_amounts_is_found(table) -> None:
    add(table, A, "It was 1,234 to 5,678 in all.", "It was 5,678 to 1,234 in all.")
    found = table.with_phrase("1,234 to 5,678", ["en"], None)
    assert places(table, dict.fromkeys(found, 0.0)) == [(A, 0)]


def test_all_passages_come_in_the_order_of_the_documents_and_as_they_are_read(table) -> None:
    add(table, A, "One.", "Two.")
    first, second = chunks_of(B, "Three.", "Four.")
    scan = [replace(first, recognized=True), replace(second, ordinal=1)]
    table.add([SplitDocument(B, scan, ["x", "y"])])
    add(table, C, "Elsewhere.")
    fill(table, A, [0], vectors(1))  # which moves the row
    found = list(table.passages([B, A]))
    assert [hit.text for hit in found] == ["Three.", "Four.", "One.", "Two."]
    assert [hit.recognized for hit in found] == [True, False, False, False]
    assert [hit.words for hit in found] == [()] * 4
    assert list(table.passages([])) == []
