"""How fast each embedder is here, by a clock that is told the time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_rag.domain.models import Encoder
from desktop_rag.jobs.indexing.embedding_meter import EmbeddingMeter
from desktop_rag.jobs.indexing.events import Pace
from desktop_rag.library import indexes, remembered
from desktop_rag.library.db.database import open_database, transaction

E5 = Encoder("e5", Path("e5"), "abc", frozenset({"es"}))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def db(tmp_path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(tmp_path / "library.sqlite3")) as db:
        yield db


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(db, clock) -> EmbeddingMeter:
    """A meter beside an index of another embedder that is being built."""
    with transaction(db):
        db.execute("INSERT INTO documents (id, state, chunks) VALUES ('d', 'ready', 3)")
    indexes.want(db, E5, 110)
    return EmbeddingMeter(db, clock)


def told(meter: EmbeddingMeter, clock: Clock, seconds: float, chunks: int, *, beside: bool) -> None:
    clock.now += seconds
    meter.note(Pace(0, chunks, 0, "a.pdf", 1, beside))


def test_some_hundred_passages_say_how_fast_it_goes(meter, clock, db) -> None:
    told(meter, clock, 0, 0, beside=False)
    told(meter, clock, 10, 499, beside=False)
    assert remembered.embedding_rate(db) is None
    told(meter, clock, 10, 600, beside=False)
    assert remembered.embedding_rate(db) == 30.0
    told(meter, clock, 10, 1200, beside=False)
    assert remembered.embedding_rate(db) == 60.0


def test_each_embedder_has_a_speed_of_its_own(meter, clock, db) -> None:
    told(meter, clock, 0, 0, beside=False)
    told(meter, clock, 10, 400, beside=True)  # from here on for the other index
    told(meter, clock, 10, 900, beside=True)
    assert remembered.embedding_rate(db) is None
    assert remembered.embedding_rate(db, "e5") == 50.0


def test_another_run_begins_anew(meter, clock, db) -> None:
    told(meter, clock, 0, 5000, beside=False)
    told(meter, clock, 10, 100, beside=False)
    told(meter, clock, 10, 700, beside=False)
    assert remembered.embedding_rate(db) == 60.0


def test_what_is_between_two_pieces_changes_nothing(meter, clock, db) -> None:
    told(meter, clock, 0, 0, beside=True)
    clock.now += 5
    meter.note(Pace(0, 512, 3, "", 1, beside=False))
    told(meter, clock, 5, 512, beside=True)
    assert remembered.embedding_rate(db, "e5") == 51.2
