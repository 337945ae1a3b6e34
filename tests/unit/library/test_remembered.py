"""What outlives the program without being a setting."""

import json
import os
import time
from pathlib import Path

from desktop_rag.domain.models import LocalModel
from desktop_rag.library import remembered

ODD = Path(os.fsdecode(b"/caf\xe9/model.gguf"))  # a name that is no Unicode


def test_nothing_is_remembered_at_first(db) -> None:
    assert remembered.chosen_model(db) is None
    assert remembered.embedding_rate(db) is None
    assert remembered.queue_order(db) == ([], [])


def test_the_model_that_was_chosen_last_is_remembered_until_none_is(db) -> None:
    for path in (Path("/models/a.gguf"), ODD):
        remembered.choose_model(db, LocalModel(path))
        assert remembered.chosen_model(db) == LocalModel(path)
        assert db.execute("SELECT value FROM remembered").fetchall() == [(json.dumps(str(path)),)]
    remembered.choose_model(db, None)
    assert remembered.chosen_model(db) is None


def test_the_speed_of_the_machine_is_remembered(db) -> None:
    remembered.keep_embedding_rate(db, 31.5)
    remembered.keep_embedding_rate(db, 40)
    remembered.keep_embedding_rate(db, 12, "multilingual-e5-small")
    assert remembered.embedding_rate(db) == 40.0
    assert remembered.embedding_rate(db, "multilingual-e5-small") == 12.0
    assert remembered.embedding_rate(db, "another") is None


def test_who_was_told_of_the_better_embedder_is_not_told_again(db) -> None:
    assert not remembered.knows_of_embedders(db)
    remembered.note_knows_of_embedders(db)
    assert remembered.knows_of_embedders(db)


def test_the_order_of_the_queue_is_remembered_and_forgotten_as_one(db) -> None:
    first, last = [Path("/b.pdf"), ODD], [Path("/a.pdf")]
    remembered.keep_queue_order(db, first, last)
    assert remembered.queue_order(db) == (first, last)
    remembered.keep_queue_order(db, last=last)
    assert remembered.queue_order(db) == ([], last)
    remembered.keep_queue_order(db)
    assert remembered.queue_order(db) == ([], [])


def test_pages_that_were_looked_through_in_a_time_to_come_are_looked_through_again(db) -> None:
    remembered.keep_pages_checked(db, time.time() - 60)
    assert remembered.pages_checked(db) > 0
    remembered.keep_pages_checked(db, time.time() + 10**8)
    assert remembered.pages_checked(db) == 0
