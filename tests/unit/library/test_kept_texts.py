"""What a model made of parts of documents goes with them, and not before."""

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.library.kept_texts import KeptKey, KeptTexts

A, B = DocumentId("a" * 64), DocumentId("b" * 64)


@pytest.fixture
def kept(db) -> KeptTexts:
    for document in (A, B):
        db.execute("INSERT INTO documents (id, state) VALUES (?, 'ready')", (document,))
    return KeptTexts(db)


def test_a_text_is_kept_by_its_document_and_what_decided_it(kept) -> None:
    kept[KeptKey(A, "x")] = "first"
    kept[KeptKey(B, "x")] = "second"
    kept[KeptKey(A, "x")] = "third"
    assert dict(kept) == {KeptKey(A, "x"): "third", KeptKey(B, "x"): "second"}
    assert kept.get(KeptKey(A, "y")) is None
    del kept[KeptKey(A, "x")]
    assert len(kept) == 1
    with pytest.raises(KeyError):
        del kept[KeptKey(A, "x")]


def test_a_text_goes_with_its_document(kept, db) -> None:
    kept[KeptKey(A, "x")] = "first"
    db.execute("DELETE FROM documents WHERE id = ?", (A,))
    assert len(kept) == 0


def test_nothing_is_kept_of_a_document_that_was_removed_meanwhile(kept) -> None:
    kept[KeptKey(DocumentId("c" * 64), "x")] = "late"
    assert len(kept) == 0
