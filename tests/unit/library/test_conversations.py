import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop_rag.library import conversations, libraries
from desktop_rag.library.conversations import Conversation, ConversationId, Draft
from desktop_rag.library.db.database import open_database, rows
from desktop_rag.library.db.migrations import MIGRATIONS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def deuda(db, tesis):
    return conversations.create(db, tesis, "Deuda pública")


def titles(found: list[Conversation]) -> list[str]:
    return [conversation.title for conversation in found]


def test_a_new_conversation_is_empty_and_known(db, tesis, deuda) -> None:
    (listed,) = conversations.listed(db, tesis)
    assert (listed.id, listed.library, listed.title) == (deuda, tesis, "Deuda pública")
    assert listed.created == listed.changed
    assert abs(listed.created - datetime.now(UTC)).total_seconds() < 60
    assert (listed.sampling, listed.scope) == (None, None)
    assert conversations.turns(db, deuda) == []
    assert conversations.find(db, deuda) == listed
    assert conversations.find(db, ConversationId(99)) is None


def test_what_is_written_is_read(db, deuda) -> None:
    draft = Draft(question="¿Qué?", answer="Esto [1].", mode="model", payload='{"sources": []}')
    turn = conversations.add_turn(db, deuda, draft)
    assert conversations.turns(db, deuda) == [turn]
    assert (turn.position, turn.question, turn.answer) == (0, "¿Qué?", "Esto [1].")
    assert (turn.mode, turn.stopped, turn.payload) == ("model", False, '{"sources": []}')
    changed = replace(turn, answer="Esto [1]. Y eso", stopped=True)
    conversations.change_turn(db, turn.id, changed)
    assert conversations.turns(db, deuda) == [changed]


def test_half_a_character_of_a_broken_file_can_be_kept(db, deuda) -> None:
    conversations.add_turn(db, deuda, Draft(question="a\udcf1o", payload='"\udcf1"'))
    assert conversations.turns(db, deuda)[0].question == "a\ufffdo"


def test_turns_are_numbered_in_their_own_conversation(db, tesis, deuda) -> None:
    other = conversations.create(db, tesis, "Otra")
    places = [
        conversations.add_turn(db, place, Draft(question="?")).position
        for place in (deuda, other, deuda, other, deuda)
    ]
    assert places == [0, 0, 1, 1, 2]


def test_the_conversation_changed_last_comes_first(db, tesis, deuda) -> None:
    conversations.create(db, tesis, "Cláusula 7")
    assert titles(conversations.listed(db, tesis)) == ["Cláusula 7", "Deuda pública"]
    turn = conversations.add_turn(db, deuda, Draft(question="?"))
    assert titles(conversations.listed(db, tesis)) == ["Deuda pública", "Cláusula 7"]
    conversations.create(db, tesis, "Nueva")
    conversations.change_turn(db, turn.id, turn)
    assert titles(conversations.listed(db, tesis))[0] == "Deuda pública"


def test_renaming_moves_nothing(db, tesis, deuda) -> None:
    conversations.create(db, tesis, "Nueva")
    conversations.rename(db, deuda, "Bonos")
    assert titles(conversations.listed(db, tesis)) == ["Nueva", "Bonos"]
    assert titles(conversations.searched(db, "bonos")) == ["Bonos"]
    assert conversations.searched(db, "deuda") == []


def test_a_conversation_belongs_to_one_library(db, tesis, deuda) -> None:
    actas = libraries.ensure(db, "Actas")
    assert conversations.listed(db, actas) == []
    conversations.create(db, actas, "Deuda del ayuntamiento")
    assert len(conversations.searched(db, "deuda")) == 2
    assert titles(conversations.searched(db, "deuda", actas)) == ["Deuda del ayuntamiento"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("publica", True),
        ("PÚBLICA", True),
        ("reduccion", True),
        ("4,1 %", True),
        ("año", True),
        ("ano", True),
        ("deuda reduccion", True),  # one of the title, one of an answer
        ("deuda petróleo", False),
        ("4_1", False),
        ("%", True),
        ("", True),
        ("'; DROP TABLE turns", False),
    ],
)
def test_searching_finds_words_however_they_are_written(text, found, db, deuda) -> None:
    draft = Draft(question="¿Qué pasó aquel año?", answer="Una REDUCCIÓN del 4,1 %.")
    conversations.add_turn(db, deuda, draft)
    assert [hit.id for hit in conversations.searched(db, text)] == ([deuda] if found else [])


def test_a_changed_answer_is_found_by_its_new_words(db, deuda) -> None:
    turn = conversations.add_turn(db, deuda, Draft(question="?", answer="petróleo"))
    conversations.change_turn(db, turn.id, Draft(question="?", answer="gas"))
    assert conversations.searched(db, "petroleo") == []
    assert len(conversations.searched(db, "gas")) == 1


def test_sampling_and_scope_are_remembered(db, deuda) -> None:
    conversations.set_sampling(db, deuda, '{"temperature": 0.7}')
    conversations.set_scope(db, deuda, '["aa"]')
    known = conversations.find(db, deuda)
    assert known is not None
    assert (known.sampling, known.scope) == ('{"temperature": 0.7}', '["aa"]')
    conversations.set_sampling(db, deuda, None)
    known = conversations.find(db, deuda)
    assert known is not None
    assert (known.sampling, known.scope) == (None, '["aa"]')


def test_asking_again_drops_what_came_after(db, deuda) -> None:
    first, second, third = (
        conversations.add_turn(db, deuda, Draft(question=text)) for text in "abc"
    )
    assert conversations.drop_turns_from(db, deuda, 1) == [second, third]
    assert conversations.turns(db, deuda) == [first]
    again = conversations.add_turn(db, deuda, Draft(question="b2"))
    assert again.position == 1
    assert again.id not in {second.id, third.id}
    assert conversations.drop_turns_from(db, deuda, 9) == []


def test_what_was_deleted_comes_back_whole(db, tesis, deuda) -> None:
    conversations.set_sampling(db, deuda, "{}")
    for text in "ab":
        conversations.add_turn(db, deuda, Draft(question=text, answer="gas", stopped=True))
    before = conversations.find(db, deuda), conversations.turns(db, deuda)
    deleted = conversations.delete(db, deuda)
    assert deleted is not None
    assert conversations.listed(db, tesis) == []
    assert rows(db, "SELECT count(*) FROM turns") == [(0,)]
    newer = conversations.create(db, tesis, "Entretanto")
    conversations.add_turn(db, newer, Draft(question="?"))
    assert conversations.restore(db, deleted) == deuda
    assert (conversations.find(db, deuda), conversations.turns(db, deuda)) == before
    assert titles(conversations.searched(db, "gas")) == ["Deuda pública"]
    assert titles(conversations.listed(db, tesis)) == ["Entretanto", "Deuda pública"]


def test_what_is_not_there_cannot_be_deleted(db) -> None:
    assert conversations.delete(db, ConversationId(7)) is None


def test_a_conversation_does_not_come_back_without_its_library(db, tesis, deuda) -> None:
    deleted = conversations.delete(db, deuda)
    assert deleted is not None
    libraries.remove(db, tesis)
    assert conversations.restore(db, deleted) is None
    assert rows(db, "SELECT count(*) FROM conversations") == [(0,)]


def test_a_turn_of_no_conversation_is_refused(db) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        conversations.add_turn(db, ConversationId(7), Draft(question="?"))
    assert not db.in_transaction


def test_a_database_of_the_first_version_learns_to_converse(tmp_path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("INSERT INTO libraries (name) VALUES ('Tesis')")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(open_database(path)) as db:
        tesis = libraries.find(db, "Tesis")
        deuda = conversations.create(db, tesis, "Deuda")
        conversations.add_turn(db, deuda, Draft(question="?"))
    with closing(open_database(path)) as db:
        assert titles(conversations.listed(db, tesis)) == ["Deuda"]
        assert len(conversations.turns(db, deuda)) == 1


def test_dropped_turns_can_be_put_back_instead_of_what_came_after(db, tesis) -> None:
    talk = conversations.create(db, tesis, "Deuda")
    kept = [
        conversations.add_turn(db, talk, conversations.Draft(question=f"{n}?", answer="Yes."))
        for n in range(3)
    ]
    dropped = conversations.drop_turns_from(db, talk, 1)
    conversations.add_turn(db, talk, conversations.Draft(question="Other?"))
    conversations.put_back(db, talk, dropped)
    assert conversations.turns(db, talk) == kept
    conversations.put_back(db, talk, [])
    assert conversations.turns(db, talk) == kept
