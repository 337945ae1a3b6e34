"""Another embedder, as the database sees it."""

from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.models import Encoder
from desktop_rag.library import documents, libraries
from desktop_rag.library.database import transaction
from desktop_rag.library.documents import State
from desktop_rag.library.embedding import Cost, cost, embed_with, serving

E5 = Encoder("e5", Path("e5"), "", frozenset({"es"}))


def stored(db, *states: State) -> None:
    with transaction(db):
        for at, state in enumerate(states):
            db.execute(
                "INSERT INTO documents (id, pages, state) VALUES (?, 10, ?)", (f"d{at}", str(state))
            )


def states(db) -> list[str]:
    return [state for (state,) in db.execute("SELECT state FROM documents ORDER BY id")]


def test_another_embedder_has_all_that_is_ready_embedded_again(db) -> None:
    stored(db, State.READY, State.EMBEDDING, State.FAILED, State.WAITING, State.QUEUED)
    assert cost(db) == Cost(2, 20)
    assert embed_with(db, E5) == 2
    assert states(db) == ["queued", "queued", "failed", "waiting", "queued"]
    assert serving(db) == "e5"


def test_what_served_with_another_embedder_is_not_found_before_its_turn(db, tmp_path) -> None:
    library = libraries.ensure(db, "Tesis")
    stored(db, State.READY)
    with transaction(db):
        db.execute("UPDATE documents SET generation = 7")
        db.execute(
            "INSERT INTO files (path, size, mtime_ns, inode, document) VALUES ('a', 1, 1, 1, 'd0')"
        )
        db.execute("INSERT INTO members (library, path) VALUES (?, 'a')", (library,))
    assert documents.scope(db, library, None) == ["d0"]
    embed_with(db, E5)
    assert documents.scope(db, library, None) == []
    assert list(documents.unfinished(db, library)) == ["d0"]


def test_the_same_embedder_costs_nothing(db) -> None:
    stored(db, State.READY)
    assert embed_with(db, None) == 0
    assert embed_with(db, E5) == 1
    documents.set_state(db, DocumentId("d0"), State.READY)
    assert embed_with(db, E5) == 0
    assert states(db) == ["ready"]
    assert embed_with(db, None) == 1
