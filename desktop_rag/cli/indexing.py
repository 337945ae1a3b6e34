"""Taking documents into a library, and out of it."""

from __future__ import annotations

import os
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
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentLocked
from desktop_rag.jobs.indexing.coordinator import Coordinator, IndexingProcesses
from desktop_rag.jobs.indexing.embedding import Upkeep
from desktop_rag.jobs.indexing.events import (
    Event,
    FileGone,
    Given,
    Indexed,
    Pace,
    Swapped,
    Unchanged,
    Waiting,
)
from desktop_rag.jobs.indexing.queue import Batch, Queue
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.library import (
    consistency,
    conversations,
    documents,
    files,
    indexes,
    libraries,
    models,
)
from desktop_rag.library.disk import kv_states
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.pipe.calls import Mailbox

_RECOGNIZING = 4  # processes at most
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
            case FileGone() | Pace() | Swapped():
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


@dataclass(slots=True)
class Guesses:
    """Passwords that may open any document, tried one after the other."""

    passwords: Sequence[str]
    _at: dict[DocumentId, int] = field(default_factory=dict)

    def of(self, document: DocumentId) -> str:
        """Return the one that is tried now, "" before the first."""
        return self.passwords[self._at[document]] if document in self._at else ""

    def another(self, document: DocumentId) -> bool:
        """Go on to the next one, if there is one."""
        if self._at.get(document, -1) + 1 >= len(self.passwords):
            return False
        self._at[document] = self._at.get(document, -1) + 1
        return True


def index(
    paths: Sequence[Path], library: str, passwords: Sequence[str] = (), *, again: bool = False
) -> Report:
    """Index everything at and under `paths`, showing how far it is.

    `again` has text recognized anew where it was recognized before.
    """
    home, settings = session.opened()
    report, guesses = Report(), Guesses(passwords)
    started = time.monotonic()
    with _bar() as bar, session.owned(home) as db:
        task = bar.add_task("Looking for documents", total=None, rate="")
        chosen = models.encoders(db, settings.retrieval).embedder
        indexes.want(db, chosen, settings.indexing.chunk_tokens)
        box = Mailbox()
        intake = _intake(db, home, settings, box)
        intake.bench.password = guesses.of
        place = libraries.ensure(db, library)
        if again:
            _queue_scans(db, place, paths)
        for event in _events(intake, box, [Batch(place, tuple(paths), again=again)]):
            if isinstance(event, Waiting) and isinstance(event.error, DocumentLocked):
                known = documents.known(db, [event.path]).get(event.path)
                if known and known.document and guesses.another(known.document):
                    intake.add(Batch(place, (event.path,)))
                    continue
            report.note(event)
            _show(bar, task, intake, report, started)
    report.seconds = time.monotonic() - started
    return report


def _queue_scans(db: sqlite3.Connection, library: LibraryId, paths: Sequence[Path]) -> None:
    places = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - no link is resolved
    known = documents.known(db, [fact.path for fact in files.under(db, library, places)])
    consistency.undo_recognized(db, [one.document for one in known.values() if one.document])


def _intake(db: sqlite3.Connection, home: Paths, settings: Settings, box: Mailbox) -> Coordinator:
    """Return what takes files in; what no library holds any more is dropped in the end."""
    how, reader = settings.indexing, session.reader(home, settings)
    count = min(_RECOGNIZING, how.threads or os.cpu_count() or 1)
    crew = IndexingProcesses(
        box.worker("reading", reader),
        box.worker("indexing", session.indexer(home, settings)),
        [box.worker(f"recognizing-{number}", reader) for number in range(1, count + 1)],
    )
    bench = IndexingState(db, home, how, indexes.serving(db), Queue())
    intake = Coordinator(bench, crew, upkeep=Upkeep(reconciles=True, sweeps=True))
    intake.use(how.threads)
    return intake


def _events(intake: Coordinator, box: Mailbox, batches: Sequence[Batch]) -> Iterator[Event]:
    """Yield what happens until nothing is left to do; whatever ends it, no process is left."""
    try:
        intake.begin(batches)
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


def _show(bar: Progress, task: TaskID, intake: Coordinator, report: Report, started: float) -> None:
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
            kv_states.retain(home.states_folder, conversations.all_ids(db))
        removed = before if whole else before - len(documents.listing(db, place))
        _sweep(db, home, settings)
    return {"library": library, "removed": removed, "whole": whole}


def _sweep(db: sqlite3.Connection, home: Paths, settings: Settings) -> None:
    """Drop what no library holds any more."""
    if documents.orphans(db):
        box = Mailbox()
        for _ in _events(_intake(db, home, settings, box), box, []):
            pass
