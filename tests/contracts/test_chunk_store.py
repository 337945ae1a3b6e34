"""What every `ChunkStore` promises: the fake, and a table of LanceDB."""

import pytest

from desktop_rag.domain.ports import ChunkStore
from desktop_rag.engines.store.chunk_table import Table
from desktop_rag.ingest.indexer import digest
from tests.contracts.stores import DIMENSION, A, B, C, fill, same, split
from tests.fakes import FakeStore, direction_of

TEXTS = ("Gulls fly.", "Whales dive.", "Crabs walk.")


@pytest.fixture(params=["fake", "real"])
def store(request: pytest.FixtureRequest, tmp_path) -> ChunkStore:
    return FakeStore() if request.param == "fake" else Table(tmp_path, "tester", DIMENSION)


def lacking(store: ChunkStore, *documents) -> list[tuple[str, int, str, str]]:
    found = store.lacking(documents, 100)
    return sorted((one.document, one.ordinal, one.digest, one.text) for one in found)


def test_what_is_added_lacks_its_vectors(store) -> None:
    store.add([split(A, *TEXTS), split(B, "Crabs dig.")])
    assert lacking(store, A) == [(A, at, digest(text), text) for at, text in enumerate(TEXTS)]
    assert lacking(store, B) == [(B, 0, digest("Crabs dig."), "Crabs dig.")]
    assert store.left([A, B, C]) == {A: 3, B: 1}


def test_of_what_is_lacking_no_more_is_given_than_was_asked_for(store) -> None:
    store.add([split(A, *TEXTS)])
    assert len(store.lacking([A], 2)) == 2


def test_unknown_documents_lack_nothing(store) -> None:
    assert lacking(store, A) == []
    assert store.left([A]) == {}


def test_what_is_filled_lacks_nothing(store) -> None:
    store.add([split(A, *TEXTS)])
    store.fill([(A, 2), (A, 0)], [direction_of(TEXTS[2]), direction_of(TEXTS[0])])
    assert [ordinal for _, ordinal, _, _ in lacking(store, A)] == [1]
    assert store.left([A]) == {A: 1}
    found = store.vectors([digest(text) for text in TEXTS])
    assert found.keys() == {digest(TEXTS[0]), digest(TEXTS[2])}
    assert same(found[digest(TEXTS[0])], direction_of(TEXTS[0]))
    assert same(found[digest(TEXTS[2])], direction_of(TEXTS[2]))
    store.fill([(A, 1)], [direction_of(TEXTS[1])])
    assert store.left([A]) == {}


def test_a_vector_is_known_by_its_text_whatever_the_document(store) -> None:
    fill(store, A, "Gulls fly.")
    store.add([split(B, "Gulls fly.")])
    assert store.vectors([digest("Gulls fly.")]).keys() == {digest("Gulls fly.")}
    assert store.left([A, B]) == {B: 1}


def test_a_text_that_no_document_has_has_no_vector(store) -> None:
    fill(store, A, "Gulls fly.")
    assert store.vectors([digest("Crabs walk.")]) == {}


def test_adding_again_changes_nothing(store) -> None:
    fill(store, A, *TEXTS)
    store.add([split(A, *TEXTS)])
    assert store.left([A]) == {}


def test_a_document_that_changed_keeps_the_vectors_of_what_stayed(store) -> None:
    fill(store, A, *TEXTS)
    store.add([split(A, "Whales sing.", "Gulls fly.")])
    assert lacking(store, A) == [(A, 0, digest("Whales sing."), "Whales sing.")]
    assert same(store.vectors([digest("Gulls fly.")])[digest("Gulls fly.")], direction_of(TEXTS[0]))
    assert store.vectors([digest("Whales dive.")]) == {}


def test_the_same_text_twice_in_a_document_takes_two_vectors(store) -> None:
    store.add([split(A, "Gulls fly.", "Gulls fly.")])
    assert store.left([A]) == {A: 2}
    store.fill([(A, 0), (A, 1)], [direction_of("Gulls fly.")] * 2)
    assert store.left([A]) == {}
