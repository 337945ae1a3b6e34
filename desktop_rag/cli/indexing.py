"""Taking documents into a library, and out of it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from desktop_rag.cli import session
from desktop_rag.cli.output import aside, screen, words_for
from desktop_rag.library import conversations, documents, libraries, models
from desktop_rag.library.embedding import embed_with
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers import states
from desktop_rag.workers.calls import Calls, Mailbox
from desktop_rag.workers.commands import Remove
from desktop_rag.workers.happenings import Event, Given, Indexed, Pace, Unchanged, Waiting
from desktop_rag.workers.intake import Intake

_LOOK = 0.5  # seconds between two looks at a page that takes long


@dataclass(slots=True)
class Report:
    """What came of each path."""

    indexed: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    waiting: list[dict[str, str]] = field(default_factory=list)
    pages: int = 0
    chunks: int = 0
    seconds: float = 0.0

    def note(self, event: Event) -> None:
        """Count one event."""
        match event:
            case Indexed(path=path, pages=pages, chunks=chunks):
                self.indexed.append(path)
                self.pages += pages
                self.chunks += chunks
            case Unchanged(path=path):
                self.unchanged.append(path)
            case Waiting(path=path, error=error):
                self.waiting.append({"path": str(path), "reason": words_for(error)})
            case Given(path=path, error=error):
                self.failed.append({"path": str(path), "reason": words_for(error)})
            case Pace():
                pass

    @property
    def done(self) -> int:
        """How many paths nothing more will come of."""
        return len(self.indexed) + len(self.unchanged) + len(self.failed) + len(self.waiting)

    def values(self) -> dict[str, Any]:
        """Return the report as the JSON contract has it."""
        return {
            "indexed": [str(path) for path in self.indexed],
            "unchanged": [str(path) for path in self.unchanged],
            "failed": self.failed,
            "waiting": self.waiting,
            "pages": self.pages,
            "chunks": self.chunks,
            "seconds": round(self.seconds, 3),
        }


def index(paths: Sequence[Path], library: str) -> Report:
    """Index everything at and under `paths`, showing how far it is."""
    home, settings = session.opened()
    report = Report()
    started = time.monotonic()
    with _bar() as bar, session.owned(home) as db:
        task = bar.add_task("Looking for PDFs", total=None, rate="")
        embed_with(db, models.encoders(db, settings.retrieval).embedder)
        box = Mailbox()
        intake = Intake(
            db,
            home,
            libraries.ensure(db, library),
            box.worker("reading", session.reader(home, settings)),
            box.worker("indexing", session.indexer(home, settings)),
            settings.indexing.page_seconds,
        )
        for event in _events(intake, box, paths):
            report.note(event)
            _show(bar, task, intake, report, started)
        _sweep(db, home, settings)
    report.seconds = time.monotonic() - started
    return report


def _events(intake: Intake, box: Mailbox, paths: Sequence[Path]) -> Iterator[Event]:
    """Yield what happens until nothing is left to do; whatever ends it, no process is left."""
    try:
        intake.begin(paths)
        while not intake.done:
            letter = box.take(_LOOK)
            if letter:
                yield from intake.take(letter)
            intake.overdue()
            yield intake.pace()
    finally:
        intake.stop()


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=aside,
        transient=True,
    )


def _show(bar: Progress, task: TaskID, intake: Intake, report: Report, started: float) -> None:
    pace = intake.pace()
    seconds = max(time.monotonic() - started, 0.001)
    bar.update(
        task,
        description=(pace.name or "Indexing")[:40],
        total=report.done + pace.left or None,
        completed=report.done,
        rate=f"{pace.pages / seconds:.1f} pages/s" if pace.pages else "",
    )


def print_report(report: Report) -> None:
    """Say in words what came of each path."""
    for row in report.failed:
        screen.print(f"[red]failed[/]   {_safe(row['reason'])}")
    for row in report.waiting:
        screen.print(f"[yellow]waiting[/]  {_safe(row['reason'])}")
    screen.print(
        f"{len(report.indexed)} indexed, {len(report.unchanged)} unchanged, "
        f"{len(report.waiting)} waiting, {len(report.failed)} failed: "
        f"{report.pages} pages, {report.chunks} passages in {report.seconds:.1f} s"
    )


def _safe(text: str) -> str:
    return text.replace("[", r"\[")


def remove(library: str, paths: Sequence[Path], *, whole: bool) -> dict[str, Any]:
    """Take documents out of a library, or the library away. Files stay where they are."""
    home, settings = session.opened()
    with session.owned(home) as db:
        place = libraries.find(db, library)
        before = len(documents.listing(db, place))
        for path in paths:
            documents.remove_path(db, place, path)
        if whole:
            libraries.remove(db, place)
            states.retain(home.states_folder, conversations.all_ids(db))
        removed = before if whole else before - len(documents.listing(db, place))
        _sweep(db, home, settings)
    return {"library": library, "removed": removed, "whole": whole}


def _sweep(db: sqlite3.Connection, home: Paths, settings: Settings) -> None:
    """Drop what no library holds any more, such as the former content of a changed file."""
    orphans = documents.orphans(db)
    if not orphans:
        return
    with Calls("indexing", session.indexer(home, settings)) as calls:
        for _ in calls.steps(Remove(tuple(orphans))):
            pass
    documents.forget(db, orphans)
