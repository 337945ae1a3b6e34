"""The index that serves and the one that is being built, as the database sees them."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.indexes import READING
from desktop_rag.domain.models import Encoder
from desktop_rag.library import consistency, documents, indexes, libraries
from desktop_rag.library.db.database import transaction
from desktop_rag.library.documents import DocumentState
from desktop_rag.library.indexes import Cost

E5 = Encoder("e5", Path("e5"), "abc", frozenset({"es"}))
TOKENS = 110


def stored(db, *states: DocumentState) -> None:
    library = libraries.ensure(db, "Tesis")
    with transaction(db):
        db.execute("UPDATE indexes SET reading = ?", (READING,))
        for at, state in enumerate(states):
            chunks = (
                0
                if state in {DocumentState.FAILED, DocumentState.WAITING, DocumentState.QUEUED}
                else 20
            )
            db.execute(
                "INSERT INTO documents (id, pages, state, chunks) VALUES (?, 10, ?, ?)",
                (f"d{at}", str(state), chunks),
            )
            db.execute(
                "INSERT INTO files (path, size, mtime_ns, inode, document) VALUES (?, 1, 1, 1, ?)",
                (f"/{at}", f"d{at}"),
            )
            db.execute("INSERT INTO members (library, path) VALUES (?, ?)", (library, f"/{at}"))


def states(db) -> list[str]:
    return [state for (state,) in db.execute("SELECT state FROM documents ORDER BY id")]


def test_a_new_library_is_in_whatever_index_is_wanted(db) -> None:
    assert indexes.serving(db).encoder is None
    assert indexes.want(db, E5, 64) == Cost(0, 0)
    serving = indexes.serving(db)
    assert (serving.encoder.name, serving.encoder.weights, serving.chunk_tokens) == (
        "e5",
        "abc",
        64,
    )
    assert indexes.building(db) is None


def test_another_index_is_built_beside_the_one_that_serves(db) -> None:
    stored(
        db,
        DocumentState.READY,
        DocumentState.EMBEDDING,
        DocumentState.FAILED,
        DocumentState.WAITING,
        DocumentState.QUEUED,
    )
    before = states(db)
    serving = indexes.serving(db)
    assert indexes.cost(db) == Cost(2, 20, 40)
    assert indexes.want(db, E5, TOKENS) == Cost(1, 10, 20)  # what is not ready comes later
    assert states(db) == before
    assert indexes.serving(db) == serving
    assert indexes.building(db).encoder.name == "e5"
    assert indexes.want(db, E5, TOKENS) == Cost(1, 10, 20)  # asking again changes nothing
    assert indexes.in_use(db) == (serving, indexes.building(db))


def test_the_swap_waits_for_every_document_and_leaves_the_old_table_to_be_dropped(db) -> None:
    stored(db, DocumentState.READY, DocumentState.READY, DocumentState.FAILED)
    indexes.want(db, E5, TOKENS)
    building = indexes.building(db)
    assert indexes.unbuilt(db, 1) == {"d0": Path("/0")}
    indexes.note_built(db, DocumentId("d0"), 7)
    assert not indexes.swap(db)
    indexes.note_built(db, DocumentId("d1"), 8)
    assert indexes.unbuilt(db, 9) == {}
    assert indexes.swap(db)
    assert indexes.serving(db) == building
    assert indexes.building(db) is None
    assert consistency.finished(db) == {"d0": 7, "d1": 8}
    assert indexes.built(db) == {}
    assert indexes.unswept(db)
    indexes.forget_retired(db)
    assert not indexes.unswept(db)


def test_whoever_wants_the_old_index_back_has_it_at_once(db) -> None:
    stored(db, DocumentState.READY)
    serving = indexes.serving(db)
    indexes.want(db, E5, TOKENS)
    indexes.note_built(db, DocumentId("d0"), 7)
    assert indexes.want(db, None, TOKENS) == Cost(0, 0)
    assert indexes.building(db) is None
    assert indexes.serving(db) == serving
    assert indexes.built(db) == {}
    assert indexes.unswept(db)


@pytest.mark.parametrize("tokens", [64, 200])
def test_another_size_of_chunks_is_another_index(tokens, db) -> None:
    stored(db, DocumentState.READY)
    assert indexes.want(db, None, TOKENS) == Cost(0, 0)  # the size of the first version
    assert indexes.want(db, None, tokens).documents == 1
    assert indexes.building(db).chunk_tokens == tokens


def test_documents_whose_embedder_is_gone_are_embedded_anew(db, tmp_path) -> None:
    indexes.want(db, E5, TOKENS)
    stored(db, DocumentState.READY, DocumentState.FAILED)
    assert not indexes.serving(db).encoder.folder.name  # it is not installed
    indexes.want(db, None, TOKENS)
    assert indexes.serving(db).encoder is None
    assert states(db) == ["queued", "failed"]
    library = libraries.ensure(db, "Tesis")
    assert documents.scope(db, library, None) == []
    assert list(documents.unfinished(db, library)) == ["d0"]


def test_an_index_whose_embedder_is_gone_stays_unless_another_one_is_wanted(db) -> None:
    indexes.want(db, E5, TOKENS)
    stored(db, DocumentState.READY)
    gone = indexes.serving(db)
    for tokens in (TOKENS, 64):
        assert indexes.want(db, gone.encoder, tokens) == Cost(0, 0)
        assert (indexes.serving(db), indexes.building(db)) == (gone, None)
    assert states(db) == ["ready"]


def test_a_document_that_turns_out_to_lack_something_is_built_again(db) -> None:
    stored(db, DocumentState.READY)
    indexes.want(db, E5, TOKENS)
    indexes.note_built(db, DocumentId("d0"), 7)
    indexes.unbuild(db, [DocumentId("d0")])
    assert not indexes.swap(db)
    assert list(indexes.unbuilt(db, 9)) == ["d0"]


def test_what_was_taken_out_during_a_swap_is_done_again_where_it_is_taken_back(db) -> None:
    stored(db, DocumentState.READY, DocumentState.READY)
    indexes.want(db, E5, TOKENS)
    with transaction(db):
        db.execute("DELETE FROM files WHERE document = 'd1'")
    indexes.note_built(db, DocumentId("d0"), 7)
    assert indexes.swap(db)
    assert states(db) == ["ready", "queued"]


def read_before(db) -> None:
    """Have the index be one of the version that knew nothing of versions."""
    with transaction(db):
        db.execute("UPDATE indexes SET reading = NULL")


def test_documents_that_an_older_version_read_are_put_into_an_index_of_their_own(db) -> None:
    stored(db, DocumentState.READY, DocumentState.READY)
    read_before(db)
    assert indexes.serving(db).reading == indexes.agreed_reading(db) == 1
    assert indexes.want(db, None, TOKENS, indexes.agreed_reading(db)) == Cost(0, 0)
    assert indexes.want(db, None, TOKENS) == Cost(2, 20, 40)
    assert indexes.building(db).reading == indexes.agreed_reading(db) == READING
    assert indexes.serving(db).reading == 1
    for document in ("d0", "d1"):
        indexes.note_built(db, DocumentId(document), 7)
    assert indexes.swap(db)
    assert indexes.serving(db).reading == READING


def test_an_index_without_documents_is_of_the_newest_version_at_once(db) -> None:
    read_before(db)
    before = indexes.serving(db)
    assert indexes.agreed_reading(db) == READING
    assert indexes.want(db, None, TOKENS) == Cost(0, 0)
    assert indexes.serving(db) == replace(before, reading=READING)
    assert not indexes.unswept(db)
