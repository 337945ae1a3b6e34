"""Another embedder, as the database sees it."""

from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.models import Encoder
from desktop_rag.library import documents
from desktop_rag.library.database import transaction
from desktop_rag.library.documents import State
from desktop_rag.library.embedding import Cost, cost, embed_with

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
    assert states(db) == ["embedding", "embedding", "failed", "waiting", "queued"]


def test_the_same_embedder_costs_nothing(db) -> None:
    stored(db, State.READY)
    assert embed_with(db, None) == 0
    assert embed_with(db, E5) == 1
    documents.set_state(db, DocumentId("d0"), State.READY)
    assert embed_with(db, E5) == 0
    assert states(db) == ["ready"]
    assert embed_with(db, None) == 1
