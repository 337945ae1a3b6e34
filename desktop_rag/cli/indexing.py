"""Taking documents into a library, and out of it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TimeRemainingColumn,
)
from rich.text import Text

from desktop_rag.cli import session
from desktop_rag.cli.output import aside, english, screen, words_for, words_of
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import DocumentLocked, RagError, StoreDamaged
from desktop_rag.domain.folders import PassedOver, altogether
from desktop_rag.domain.models import Encoder
from desktop_rag.domain.unicode_text import one_line
from desktop_rag.jobs.indexing.embedding_meter import EmbeddingMeter
from desktop_rag.jobs.indexing.events import (
    Event,
    FilesPassedOver,
    Given,
    Indexed,
    Mended,
    Pace,
    Swapped,
    Unchanged,
    Waiting,
)
from desktop_rag.jobs.indexing.processes import ProcessPool
from desktop_rag.jobs.indexing.queue import Batch
from desktop_rag.jobs.indexing.scheduler import (
    TICK_SECONDS,
    IndexingData,
    IndexingDone,
    IndexingScheduler,
    RunStarted,
    Told,
    Trouble,
)
from desktop_rag.library import (
    consistency,
    conversations,
    documents,
    embedder_options,
    files,
    indexes,
    libraries,
    models,
)
from desktop_rag.library.disk import kv_states
from desktop_rag.library.disk.passwords import Passwords
from desktop_rag.library.libraries import LibraryId
from desktop_rag.notices.passed_over import reason, shown_ending
from desktop_rag.settings import embedders
from desktop_rag.settings.paths import Paths
from desktop_rag.settings.schema import Settings
from desktop_rag.workers.commands.tuning import CheckEmbedder
from desktop_rag.workers.pipe.calls import Bug, Mailbox

_NAMED = 10  # of what is passed over, in words


def _nobody(_event: Event) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Report:
    """What came of each path."""

    indexed: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    failed: list[dict[str, str]] = field(default_factory=list)
    waiting: list[dict[str, str]] = field(default_factory=list)
    passed: dict[Path, PassedOver] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    mended: int | None = None  #: documents that were damaged, None where nothing was
    serving: tuple[str, str] = ("", "")  #: names of the embedders: what was searched, and what is
    swapped: bool = False
    rebuilding: int = 0  #: documents that were put into another index
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
            case Waiting(path=path, error=error) | Given(path=path, error=error):
                rows = self.waiting if isinstance(event, Waiting) else self.failed
                rows.append({"path": str(path), "reason": words_for(error)})
            case FilesPassedOver(path=path, passed=passed):
                self.passed[path] = passed
            case Swapped():
                self.swapped = True
            case Mended(documents=count):
                self.mended = (self.mended or 0) + count
            case _:  # of files that are gone, and of how far it is
                pass

    @property
    def done(self) -> int:
        """How many paths nothing more will come of."""
        return len(self.indexed) + len(self.unchanged) + len(self.failed) + len(self.waiting)

    @property
    def said(self) -> list[str]:
        """What is to be said besides."""
        return self.notes if self.mended is None else [*self.notes, _mended_words(self.mended)]

    def values(self) -> dict[str, Any]:
        """Return the report as the JSON contract has it.

        Of thousands of files that are no documents, the first of each folder have their names.
        """
        passed = altogether(self.passed)
        return {
            "indexed": [str(path) for path in self.indexed],
            "unchanged": [str(path) for path in self.unchanged],
            "failed": self.failed,
            "waiting": self.waiting,
            "passed_over": [
                {"path": str(one.path), "reason": reason(one, english)} for one in passed.named
            ],
            "passed_over_count": passed.count,
            "notes": self.said,
            "swapped": dict(zip(("from", "to"), self.serving, strict=True))
            if self.swapped
            else None,
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

    def drop(self, _document: DocumentId) -> None:
        """Do without it: who asks goes on to `another`."""

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
        _want_chosen(db, home, settings, report.notes)
        before = _searched(db)
        _tell_of_building(db)
        place = libraries.ensure(db, library)
        if again:
            _queue_scans(db, place, paths)
        run = _IndexingLoop(IndexingData(db, home, guesses, patient=False), settings)

        def tell(event: Event) -> None:
            if isinstance(event, Waiting) and isinstance(event.error, DocumentLocked):
                known = documents.known(db, [event.path]).get(event.path)
                if known and known.document and guesses.another(known.document):
                    run.scheduler.add(Batch(place, (event.path,)))
                    return
            report.note(event)
            if isinstance(event, Pace):
                _show(bar, task, event, report, started)

        run.finish([Batch(place, tuple(paths))], tell)
        report.serving = before, _searched(db)
    report.seconds = time.monotonic() - started
    return report


def build(db: sqlite3.Connection, home: Paths, settings: Settings) -> Report:
    """Build the index that was chosen for all libraries, showing how far it is, and swap it in."""
    before = _searched(db)
    data = IndexingData(db, home, Passwords(), patient=False)
    report = _shown(_IndexingLoop(data, settings), _unfinished(db))
    report.serving = before, _searched(db)
    return report


def mend(
    db: sqlite3.Connection, home: Paths, settings: Settings, damage: StoreDamaged, *, rest: bool
) -> Report:
    """Make again what is damaged of what is searched, showing how far it is.

    What else is to be done waits for another command; with `rest`, documents are finished.
    """
    run = _IndexingLoop(IndexingData(db, home, Passwords(), patient=False, builds=False), settings)
    run.scheduler.mend(damage)
    return _shown(run, _unfinished(db) if rest else [])


def _shown(run: _IndexingLoop, batches: Sequence[Batch]) -> Report:
    """Do what there is to be done, showing how far it is."""
    report, started = Report(), time.monotonic()
    with _bar() as bar:
        task = bar.add_task("Looking for documents", total=None, rate="")

        def tell(event: Event) -> None:
            report.note(event)
            if isinstance(event, Pace):
                _show(bar, task, event, report, started)

        run.finish(batches, tell)
    report.seconds = time.monotonic() - started
    return report


def _unfinished(db: sqlite3.Connection) -> list[Batch]:
    found = (
        Batch(one.id, tuple(documents.unfinished(db, one.id).values()))
        for one in libraries.summaries(db)
    )
    return [batch for batch in found if batch.paths]


def _want_chosen(db: sqlite3.Connection, home: Paths, settings: Settings, notes: list[str]) -> None:
    """Have the index of the embedder that was chosen; where it cannot be used, note why.

    Then what serves is kept. Where nothing serves yet, raises what is wrong with it.
    """
    chosen, tokens = models.encoders(db, settings.retrieval), settings.indexing.chunk_tokens
    encoder, serving = chosen.embedder, indexes.serving(db).encoder
    try:
        if chosen.missing:
            embedder_options.named(db, chosen.missing)
        elif encoder != serving:
            check(home, encoder)
    except RagError as error:
        if not indexes.cost(db).chunks:
            raise
        goes_on = f"“{embedders.name_of(serving)}” goes on finding your documents."
        notes.append(f"{words_for(error)} {goes_on}")
        encoder = serving
    indexes.want(db, encoder, tokens)


def check(home: Paths, encoder: Encoder | None) -> None:
    """Raise `EmbedderDamaged` or `EncoderUnusable` unless an embedder's weights are whole."""
    with session.tuner(home) as tuning:
        for _ in tuning.steps(CheckEmbedder(encoder)):
            pass


def _searched(db: sqlite3.Connection) -> str:
    return embedders.name_of(indexes.serving(db).encoder)


def _tell_of_building(db: sqlite3.Connection) -> None:
    """Say that documents are put into another index, or read again, if they are."""
    building, serving = indexes.building(db), indexes.serving(db)
    if building is None:
        return
    left = indexes.left(db)
    documents_ = "1 document" if left.documents == 1 else f"{left.documents} documents"
    if building.encoder != serving.encoder:
        aside.print(
            f"The index of “{embedders.name_of(building.encoder)}” is built beside the present "
            f"one: {documents_}, {left.pages} pages. What is there is found meanwhile.",
            style="dim",
        )
    elif building.reading > serving.reading:
        are = "is" if left.documents == 1 else "are"
        aside.print(
            f"Desktop RAG reads documents better now: {documents_} {are} read again, "
            f"{left.pages} pages. What is there is found meanwhile.",
            style="dim",
        )


def _queue_scans(db: sqlite3.Connection, library: LibraryId, paths: Sequence[Path]) -> None:
    places = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - no link is resolved
    known = documents.known(db, [fact.path for fact in files.under(db, library, places)])
    consistency.renew_recognized(db, [one.document for one in known.values() if one.document])


class _IndexingLoop:
    """Indexes until nothing is left to do; what no library holds any more is dropped in the end."""

    def __init__(self, data: IndexingData, settings: Settings) -> None:
        self._box = Mailbox()
        self._tell: Callable[[Event], None] = _nobody
        self._meter = EmbeddingMeter(data.db)
        self._trouble: Trouble | None = None
        pool = ProcessPool(
            session.reader(data.paths, settings),
            lambda _gentle: session.indexer(data.paths, settings),
        )
        self.scheduler = IndexingScheduler(
            data, pool, self._box.worker, settings.indexing, self._on_told
        )

    def finish(self, batches: Sequence[Batch], tell: Callable[[Event], None] = _nobody) -> None:
        """Tell each event, and raise what nothing can go on after; no process is left."""
        self._tell = tell
        try:
            for batch in batches:
                self.scheduler.add(batch)
            self.scheduler.keep_up()
            while self.scheduler.working:
                letter = self._box.take(TICK_SECONDS)
                if letter:
                    self.scheduler.take(letter)
                if self._trouble:
                    raise self._trouble.error or Bug(self._trouble.details)
                self.scheduler.tick()
        finally:
            self.scheduler.processes.stop()

    def _on_told(self, told: Told) -> None:
        match told:
            case Trouble():
                self._trouble = told
            case RunStarted() | IndexingDone():
                pass
            case event:
                if isinstance(event, Pace):
                    self._meter.note(event)
                self._tell(event)


def _bar() -> Progress:
    return Progress(
        words_of("description"),
        BarColumn(),
        MofNCompleteColumn(),
        words_of("fields[rate]"),
        TimeRemainingColumn(),
        console=aside,
        transient=True,
    )


def _show(bar: Progress, task: TaskID, pace: Pace, report: Report, started: float) -> None:
    seconds = max(time.monotonic() - started, 0.001)
    report.rebuilding = max(report.rebuilding, pace.rebuilding)
    total = report.done + pace.left + report.rebuilding
    bar.update(
        task,
        description=one_line(pace.name or "Indexing")[:40],
        total=total or None,
        completed=total - pace.left - pace.rebuilding,
        rate=f"{pace.pages / seconds:.1f} pages/s" if pace.pages else "",
    )


def print_report(report: Report) -> None:
    """Say in words what came of each path."""
    for row in report.failed:
        _print_told("failed", row["reason"], "red")
    for row in report.waiting:
        _print_told("waiting", row["reason"], "yellow")
    _print_passed(altogether(report.passed))
    screen.print(
        f"{len(report.indexed)} indexed, {len(report.unchanged)} unchanged, "
        f"{len(report.waiting)} waiting, {len(report.failed)} failed: "
        f"{report.pages} pages, {report.chunks} passages in {report.seconds:.1f} s"
    )
    for note in report.said:
        screen.print(note, style="yellow")
    if report.swapped:
        screen.print(swapped_words(*report.serving))


def _mended_words(count: int) -> str:
    again = "1 document is" if count == 1 else f"{count} documents are"
    return f"What is searched was damaged: {again} put into it again."


def swapped_words(before: str, now: str) -> str:
    """Say which index serves that was just built."""
    if before == now:
        return f"A new index of “{now}” was built, and is searched from now on."
    return f"The index of “{now}” was built, and is searched from now on instead of “{before}”'s."


def _print_passed(passed: PassedOver) -> None:
    if not passed.count:
        return
    for one in passed.named[:_NAMED]:
        _print_told("passed", f"“{one_line(one.path.name)}”: {reason(one, english)}", "dim")
    kinds = [f"{count} {shown_ending(kind) or 'others'}" for kind, count in passed.kinds]
    more = ["…"] if len(kinds) > _NAMED else []
    files = "1 file was" if passed.count == 1 else f"{passed.count} files were"
    screen.print(f"{files} passed over: {', '.join(kinds[:_NAMED] + more)}")


def _print_told(word: str, text: str, style: str) -> None:
    """Print what became of a file, the word for it coloured."""
    screen.print(Text.assemble((f"{word:9}", style), text))


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
        _IndexingLoop(IndexingData(db, home, Passwords(), patient=False), settings).finish([])
