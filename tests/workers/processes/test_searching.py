"""The searching process while its embedder loads."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from desktop_rag.domain.errors import EmbedderDamaged
from desktop_rag.domain.indexes import Index, Searched
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.encoders import encoders
from desktop_rag.library import libraries
from desktop_rag.library.db.database import open_database
from desktop_rag.settings.paths import open_home
from desktop_rag.workers.commands.searching import Search, SearchDone, Warm
from desktop_rag.workers.processes.searching import SearchingProcess
from tests.fakes import CancelAfter, NeverCancelled


@pytest.fixture
def released(monkeypatch) -> threading.Event:
    """Have the embedder load until this is set, and then fail."""
    event = threading.Event()

    def loading(*_given: object, **_named: object) -> None:
        event.wait(60)
        raise EmbedderDamaged("weights")

    monkeypatch.setattr(encoders, "TorchEmbedder", loading)
    return event


@pytest.fixture
def searching(tmp_path, released) -> Iterator[SearchingProcess]:
    paths = open_home(tmp_path / "data")
    with closing(open_database(paths.database)) as db:
        libraries.ensure(db, "Thesis")
    made = SearchingProcess(paths, 100, Searched(Index(1, None, 110)))
    yield made
    released.set()
    made._pool.shutdown()


def test_keywords_are_found_while_the_embedder_loads(searching, released) -> None:
    assert list(searching.handle(Warm(), NeverCancelled())) == []
    quick = Search("whale oil", "Thesis", keywords_only=True)
    (done,) = searching.handle(quick, NeverCancelled())
    assert isinstance(done, SearchDone)
    assert not released.is_set()


def test_who_waits_for_the_embedder_can_be_told_to_stop(searching, released) -> None:
    with pytest.raises(Cancelled):
        list(searching.handle(Search("whale oil", "Thesis"), CancelAfter(3)))
    assert not released.is_set()


def test_an_embedder_that_did_not_load_is_tried_again(searching, released, monkeypatch) -> None:
    released.set()
    with pytest.raises(EmbedderDamaged):
        list(searching.handle(Search("whale oil", "Thesis"), NeverCancelled()))
    monkeypatch.setattr(encoders, "TorchEmbedder", lambda *_given, **_named: None)
    assert list(searching.handle(Search("whale oil", "Thesis"), NeverCancelled()))
