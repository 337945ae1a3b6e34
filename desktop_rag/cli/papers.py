"""Answers and conversations as files to take away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_rag.answer.papers.talk import AnsweredTurn, Talk, asked
from desktop_rag.answer.turn import Done, PassagesFound
from desktop_rag.cli import session
from desktop_rag.cli.output import Bars, english, screen
from desktop_rag.domain.errors import ConversationUnknown
from desktop_rag.jobs import papers
from desktop_rag.library import conversations, documents, libraries
from desktop_rag.library.conversations import Conversation, folded
from desktop_rag.notices.papers import telling
from desktop_rag.notices.tables import TableContents, table_turn
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.printing import Printed, PrintPaper


class KeptAnswer:
    """What was found and said while a question was answered: of this a paper is made."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._found = PassagesFound(())
        self._done = Done("", ())

    def keeping(self, show: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return what shows events as `show` does, and keeps them."""

        def shown(event: object) -> None:
            match event:
                case PassagesFound():
                    self._found = event
                case Done():
                    self._done = event
                case _:
                    pass
            show(event)

        return shown

    def turn(self, db: sqlite3.Connection) -> AnsweredTurn:
        """Return the answer, its documents called what the library calls them."""
        hits = [one.hit for one in self._found.passages]
        hits += [one.passage.hit for one in (*self._done.citations, *self._done.quotes)]
        known = documents.titles(db, {hit.document for hit in hits})
        titles = {one: title or stem for one, (title, stem) in known.items()}
        return asked(self._question, self._found, self._done, titles)


def check(target: Path) -> None:
    """Raise `PaperKindUnknown` before anything is done for nothing."""
    papers.kind_of(target)


def write_answer(question: str, kept: KeptAnswer, target: Path, *, quiet: bool) -> dict[str, Any]:
    """Write an answer to a file, and return what was written."""
    home, _settings = session.opened()
    with session.looked_at(home) as db:
        talk = _talk(db, home, question, [kept.turn(db)])
    return _written(home, replace(talk, single=True), target, quiet=quiet)


def write_conversation(
    library: str, name: str | None, target: Path, *, quiet: bool
) -> dict[str, Any]:
    """Write a stored conversation to a file, the last one unless it is named."""
    check(target)
    home, _settings = session.opened()
    with session.looked_at(home) as db:
        found = _chosen(conversations.listed(db, libraries.find(db, library)), name, library)
        turns = [papers.stored(turn) for turn in conversations.turns(db, found.id)]
        talk = _talk(db, home, found.title, turns)
    values = _written(home, talk, target, quiet=quiet)
    return {"library": library, "conversation": found.title, "turns": len(turns), **values}


def write_table(home: Paths, contents: TableContents, target: Path) -> None:
    """Write a table to a file."""
    with session.looked_at(home) as db:
        talk = _talk(db, home, contents.table.title, [table_turn(contents, english)])
    _written(home, replace(talk, single=True), target, quiet=True)


def print_written(values: dict[str, Any]) -> None:
    """Say in words what was written."""
    notes, count = values["notes"], values["documents"]
    places = "one document" if count == 1 else f"{count} documents"
    screen.print(f"Written to {values['file']}: {notes} notes that lead to {places}.")


def _talk(db: sqlite3.Connection, home: Paths, title: str, turns: Sequence[AnsweredTurn]) -> Talk:
    return papers.talk_of(db, home, title, turns, telling(english))


def _chosen(known: Sequence[Conversation], name: str | None, library: str) -> Conversation:
    """Return a conversation by its title or number, the last one being the first."""
    wanted = (name or "").strip()
    if known and not wanted:
        return known[0]
    titled = [one for one in known if folded(one.title.strip()) == folded(wanted)]
    if titled:
        return titled[0]
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    if 1 <= number <= len(known):
        return known[number - 1]
    raise ConversationUnknown(wanted if known else "", library)


def _written(home: Paths, talk: Talk, target: Path, *, quiet: bool) -> dict[str, Any]:
    command = PrintPaper(talk, target.absolute(), papers.kind_of(target))
    with Bars(shown=not quiet) as bars, session.printer(home) as calls:
        steps = []
        for step in calls.steps(command):
            if isinstance(step, Printed):
                steps.append(step)
            else:
                bars.show(target.name, step.done, step.total)
    (printed,) = steps
    return {
        "file": str(printed.path),
        "format": command.kind.removeprefix("."),
        "bytes": printed.bytes,
        "notes": printed.notes,
        "documents": printed.documents,
    }
