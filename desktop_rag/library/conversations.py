"""Conversations: questions and answers about one library, kept as they were.

    create → add_turn → change_turn …        drop_turns_from, to ask once more
    delete → restore                          what Undo needs is what `delete` gives

What an answer rested on is kept beside it as JSON that the caller makes
(`payload`), so that a citation stays readable when its document has gone.
"""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NewType

from desktop_rag.library.db.database import Row, rows, transaction
from desktop_rag.library.db.path_values import stored_text
from desktop_rag.library.libraries import LibraryId

ConversationId = NewType("ConversationId", int)
TurnId = NewType("TurnId", int)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation without its turns; `sampling` and `scope` are JSON, or None where unset."""

    id: ConversationId
    library: LibraryId
    title: str
    created: datetime
    changed: datetime
    sampling: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question and what there is of its answer; `payload` is JSON."""

    question: str
    answer: str = ""
    mode: str = ""
    stopped: bool = False
    payload: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Draft):
    """A question and its answer at their place in a conversation, counted from 0."""

    id: TurnId
    conversation: ConversationId
    position: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Deleted:
    """A conversation that was deleted, whole."""

    conversation: Conversation
    turns: tuple[Turn, ...]


def create(db: sqlite3.Connection, library: LibraryId, title: str) -> ConversationId:
    """Begin a conversation about a library."""
    written, now = stored_text(title), _now()
    with transaction(db):
        made = db.execute(
            """
            INSERT INTO conversations (library, title, folded, created_us, changed_us)
            VALUES (?, ?, ?, ?, ?)
            """,
            (library, written, folded(written), now, now),
        )
    return ConversationId(int(made.lastrowid or 0))


def all_ids(db: sqlite3.Connection) -> set[ConversationId]:
    """Return the conversations of all libraries."""
    return {ConversationId(id_) for (id_,) in rows(db, "SELECT id FROM conversations")}


def find(db: sqlite3.Connection, conversation: ConversationId) -> Conversation | None:
    """Return a conversation, or None if it was deleted."""
    found = rows(
        db,
        """
        SELECT id, library, title, created_us, changed_us, sampling, scope
        FROM conversations WHERE id = ?
        """,
        conversation,
    )
    return _conversation(found[0]) if found else None


def listed(db: sqlite3.Connection, library: LibraryId) -> list[Conversation]:
    """Return the conversations about a library, the one changed last first."""
    found = rows(
        db,
        """
        SELECT id, library, title, created_us, changed_us, sampling, scope
        FROM conversations WHERE library = ? ORDER BY changed_us DESC, id DESC
        """,
        library,
    )
    return [_conversation(row) for row in found]


def searched(
    db: sqlite3.Connection, text: str, library: LibraryId | None = None
) -> list[Conversation]:
    """Return the conversations that hold every word of `text`, the one changed last first.

    Words are found in titles, questions and answers, without case or accents
    and also inside of others; no words are held by every conversation.
    """
    found = rows(
        db,
        """
        SELECT id, library, title, created_us, changed_us, sampling, scope
        FROM conversations WHERE ?1 IS NULL OR library = ?1
        ORDER BY changed_us DESC, id DESC
        """,
        library,
    )
    kept = {row[0] for row in found}
    for word in folded(stored_text(text)).split():
        kept &= _holding(db, word)
    return [_conversation(row) for row in found if row[0] in kept]


def rename(db: sqlite3.Connection, conversation: ConversationId, title: str) -> None:
    """Give a conversation another title; its place in the list stays."""
    written = stored_text(title)
    with transaction(db):
        db.execute(
            "UPDATE conversations SET title = ?, folded = ? WHERE id = ?",
            (written, folded(written), conversation),
        )


def set_sampling(db: sqlite3.Connection, conversation: ConversationId, json: str | None) -> None:
    """Remember the sampling settings of a conversation."""
    with transaction(db):
        db.execute("UPDATE conversations SET sampling = ? WHERE id = ?", (json, conversation))


def set_scope(db: sqlite3.Connection, conversation: ConversationId, json: str | None) -> None:
    """Remember which documents a conversation is about."""
    with transaction(db):
        db.execute("UPDATE conversations SET scope = ? WHERE id = ?", (json, conversation))


def delete(db: sqlite3.Connection, conversation: ConversationId) -> Deleted | None:
    """Forget a conversation; return what `restore` needs, or None if there was none."""
    with transaction(db):
        known = find(db, conversation)
        if known is None:
            return None
        deleted = Deleted(known, tuple(turns(db, conversation)))
        db.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    return deleted


def restore(
    db: sqlite3.Connection, deleted: Deleted, library: LibraryId | None = None
) -> ConversationId | None:
    """Take a deletion back, into `library` if that has another number now.

    None, and nothing restored, where the library has gone meanwhile.
    """
    was = deleted.conversation
    place = was.library if library is None else library
    with transaction(db):
        if not rows(db, "SELECT 1 FROM libraries WHERE id = ?", place):
            return None
        db.execute(
            "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(was.id, place, was.title, folded(was.title)),
                *(_stamp(was.created), _stamp(was.changed), was.sampling, was.scope),
            ),
        )
        for turn in deleted.turns:
            _insert(db, turn)
    return was.id


def turns(db: sqlite3.Connection, conversation: ConversationId) -> list[Turn]:
    """Return the turns of a conversation in order."""
    found = rows(
        db,
        """
        SELECT id, position, question, answer, mode, stopped, created_us, payload
        FROM turns WHERE conversation = ? ORDER BY position
        """,
        conversation,
    )
    return [
        Turn(
            id=TurnId(id_),
            conversation=conversation,
            position=position,
            question=question,
            answer=answer,
            mode=mode,
            stopped=bool(stopped),
            created=_moment(created_us),
            payload=payload,
        )
        for id_, position, question, answer, mode, stopped, created_us, payload in found
    ]


def add_turn(db: sqlite3.Connection, conversation: ConversationId, draft: Draft) -> Turn:
    """Add a turn at the end of a conversation."""
    with transaction(db):
        ((position, id_),) = rows(
            db,
            """
            SELECT (SELECT coalesce(max(position) + 1, 0) FROM turns WHERE conversation = ?),
                coalesce((SELECT seq + 1 FROM sqlite_sequence WHERE name = 'turns'), 1)
            """,
            conversation,
        )
        turn = Turn(
            id=TurnId(id_),
            conversation=conversation,
            position=position,
            created=_moment(_now()),
            question=stored_text(draft.question),
            answer=stored_text(draft.answer),
            mode=draft.mode,
            stopped=draft.stopped,
            payload=stored_text(draft.payload),
        )
        _insert(db, turn)
        _touch(db, conversation)
    return turn


def change_turn(db: sqlite3.Connection, turn: TurnId, draft: Draft) -> None:
    """Write a turn anew where it stands; an answer still being written is changed often."""
    question, answer = stored_text(draft.question), stored_text(draft.answer)
    with transaction(db):
        db.execute(
            """
            UPDATE turns SET question = ?, answer = ?, folded = ?, mode = ?, stopped = ?,
                payload = ?
            WHERE id = ?
            """,
            (
                *(question, answer, folded(f"{question}\n{answer}")),
                *(draft.mode, draft.stopped, stored_text(draft.payload), turn),
            ),
        )
        for (conversation,) in rows(db, "SELECT conversation FROM turns WHERE id = ?", turn):
            _touch(db, conversation)


def drop_turns_from(
    db: sqlite3.Connection, conversation: ConversationId, position: int
) -> list[Turn]:
    """Forget the turn at `position` and all after it; return them."""
    with transaction(db):
        dropped = [turn for turn in turns(db, conversation) if turn.position >= position]
        db.execute(
            "DELETE FROM turns WHERE conversation = ? AND position >= ?", (conversation, position)
        )
        if dropped:
            _touch(db, conversation)
    return dropped


def put_back(db: sqlite3.Connection, conversation: ConversationId, dropped: Sequence[Turn]) -> None:
    """Put turns back where `drop_turns_from` took them, instead of what is there now."""
    if not dropped:
        return
    with transaction(db):
        drop_turns_from(db, conversation, dropped[0].position)
        for turn in dropped:
            _insert(db, turn)
        _touch(db, conversation)


def folded(text: str) -> str:
    """Return text as it is searched: without case, accents and the forms of letters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def _holding(db: sqlite3.Connection, word: str) -> set[int]:
    found = rows(
        db,
        """
        SELECT id FROM conversations WHERE instr(folded, ?1)
        UNION SELECT conversation FROM turns WHERE instr(folded, ?1)
        """,
        word,
    )
    return {id_ for (id_,) in found}


def _insert(db: sqlite3.Connection, turn: Turn) -> None:
    db.execute(
        """
        INSERT INTO turns (id, conversation, position, question, answer, folded, mode, stopped,
            created_us, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            *(turn.id, turn.conversation, turn.position, turn.question, turn.answer),
            *(folded(f"{turn.question}\n{turn.answer}"), turn.mode, turn.stopped),
            *(_stamp(turn.created), turn.payload),
        ),
    )


def _touch(db: sqlite3.Connection, conversation: ConversationId) -> None:
    db.execute("UPDATE conversations SET changed_us = ? WHERE id = ?", (_now(), conversation))


def _conversation(row: Row) -> Conversation:
    id_, library, title, created_us, changed_us, sampling, scope = row
    moments = _moment(created_us), _moment(changed_us)
    return Conversation(ConversationId(id_), LibraryId(library), title, *moments, sampling, scope)


def _now() -> int:
    return time.time_ns() // 1000


def _moment(stamp: int) -> datetime:
    return EPOCH + timedelta(microseconds=stamp)


def _stamp(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)
