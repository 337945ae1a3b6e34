"""The turns of a conversation that are read when they are looked at."""

import json
from datetime import UTC, datetime

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.gui.chat import turn_records
from desktop_rag.gui.chat.scope import Scope, restored
from desktop_rag.gui.chat.turns import Turns
from desktop_rag.gui.chat.values import TurnValue
from desktop_rag.gui.sources import Source
from desktop_rag.library.conversations import ConversationId, Turn, TurnId

A, B = DocumentId("aa"), DocumentId("bb")


def source(number: int) -> Source:
    return Source(number, A, "Informe", 0, "i", f"passage {number}", ())


def value(id_: int, *numbers: int) -> TurnValue:
    return TurnValue(id_, f"Question {id_}?", "Yes.", tuple(map(source, numbers)), (), None)


def kept(turn: TurnValue) -> Turn:
    return Turn(
        id=TurnId(turn.id),
        conversation=ConversationId(1),
        position=turn.id,
        created=datetime(2026, 1, 2, tzinfo=UTC),
        question=turn.question,
        answer=turn.answer,
        payload=turn_records.stored(turn),
    )


@pytest.fixture
def read(monkeypatch) -> list[int]:
    """The turns that were read, in that order."""
    seen: list[int] = []
    restore = turn_records.restored
    monkeypatch.setattr(
        turn_records, "restored", lambda turn: (seen.append(turn.id), restore(turn))[1]
    )
    return seen


def turns() -> Turns:
    return Turns([kept(value(1, 1, 2)), kept(value(2, 3)), kept(value(3)), kept(value(4, 4, 5))])


def test_a_turn_is_read_once_and_when_it_is_looked_at(read) -> None:
    found = turns()
    assert len(found) == 4
    assert found.place(3) == 2
    assert found.place(9) is None
    assert read == []
    assert found[-1] == value(4, 4, 5)
    assert found[1:] == [value(2, 3), value(3), value(4, 4, 5)]
    assert found[-1] is found[3]
    assert read == [4, 2, 3]


def test_a_passage_is_looked_for_backwards_and_no_further_than_it_can_be(read) -> None:
    found = turns()
    assert found.source(3) == source(3)
    assert read == [4, 3, 2]
    assert found.source(9) is None
    assert found.source(1) == source(1)
    assert turns().source(0) is None


def test_passages_are_numbered_on_from_the_last_turn_that_has_some() -> None:
    found = turns()
    assert found.next_number() == 6
    found.cut(3)
    assert found.next_number() == 4
    assert Turns().next_number() == 1


def test_turns_are_added_changed_and_cut() -> None:
    found = turns()
    found.add(value(5, 6))
    found.change(value(5, 6, 7))
    assert found[4] == value(5, 6, 7)
    found.cut(1)
    assert list(found) == [value(1, 1, 2)]


def test_a_scope_comes_back_without_what_the_library_no_longer_holds() -> None:
    chosen = Scope("chosen", (A, B))
    assert restored(chosen.stored(), {A, B}) == chosen
    assert restored(chosen.stored(), {B}) == Scope("chosen", (B,))
    assert restored(chosen.stored(), set()) == Scope()
    assert Scope().stored() is None
    assert restored(None, {A}) == Scope()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", json.dumps({"kind": "chosen"}), json.dumps({"kind": 7, "documents": 8})],
)
def test_a_scope_that_cannot_be_read_is_the_whole_library(text) -> None:
    assert restored(text, {A}) == Scope()


def test_a_scope_of_another_version_is_the_whole_library() -> None:
    assert restored(json.dumps({"kind": "tagged", "documents": [A]}), {A}) == Scope()
