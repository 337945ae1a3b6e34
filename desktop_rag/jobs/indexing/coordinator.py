"""Takes files into a library: finds, hashes and reads them, and has them indexed.

    Find ─► Hash ─► Read ─► Split ─► Embed ─► ready      reading and indexing side by side
              │       └──► waiting | failed      └─► Recognize ─► Bind ─► Split
              └─► unchanged

One job runs in each process at a time; what waits is in SQLite, so that it goes on where
it stopped. `Coordinator` is told each reply and says what happened; it starts jobs and writes
the state, and never waits. Each side of the work has its own module:

    state         what they share
    reading       find, hash, read, bind
    recognizing   recognize
    embedding     reconcile, split, embed, tidy, rebuild
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.ports import Cancelled
from desktop_rag.jobs.indexing.embedding import IndexingSide, Upkeep
from desktop_rag.jobs.indexing.events import Event, Pace
from desktop_rag.jobs.indexing.processes import IndexingProcesses
from desktop_rag.jobs.indexing.queue import Batch, DocumentJob, QueuedFile, place_of
from desktop_rag.jobs.indexing.reading import ReadingSide
from desktop_rag.jobs.indexing.recognizing import RecognizingSide
from desktop_rag.jobs.indexing.state import IndexingState, is_death
from desktop_rag.library import indexes
from desktop_rag.workers.commands.indexing import IndexingStep
from desktop_rag.workers.commands.reading import PageRecognized, ReadingStep
from desktop_rag.workers.pipe.calls import Letter
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step, Stopped

_READING_SHARE = 0.1  # of the work on a document


@dataclass(slots=True)
class Coordinator:
    """See above. `unwanted` files are left out wherever they are found."""

    state: IndexingState
    processes: IndexingProcesses
    unwanted: Set[Path] = frozenset()
    upkeep: Upkeep = Upkeep()  # noqa: RUF009 - it is frozen
    _reads: ReadingSide = field(init=False)
    _recognizes: RecognizingSide = field(init=False)
    _indexes: IndexingSide = field(init=False)

    def __post_init__(self) -> None:
        self._reads = ReadingSide(self.state, self.processes.reading, self.unwanted)
        self._recognizes = RecognizingSide(self.state, self.processes.recognizing)
        self._indexes = IndexingSide(self.state, self.processes.indexing, self.upkeep)
        self.state.under_way = self.under_way

    def begin(self, batches: Sequence[Batch]) -> None:
        """Start with finding what is given; running processes serve again."""
        if batches:
            self._reads.begin()
        self._reads.to_find.extend(batches)
        self._next()

    def add(self, batch: Batch) -> None:
        """Find what else there is for a library, as soon as the reader is free."""
        if not self.processes.reading.alive:
            self._reads.begin()
        self._reads.to_find.append(batch)
        self._next()

    def sweep(self) -> None:
        """Drop what no library holds any more, too, when nothing else is to be done."""
        self._indexes.upkeep = replace(self._indexes.upkeep, sweeps=True)

    def mend(self, *, wholly: bool) -> None:
        """Have the store compared with the database, as soon as what is being done there is."""
        self._indexes.mend(wholly=wholly)
        self._next()

    def use(self, threads: int) -> None:
        """Let so many threads embed and so many pages be recognized at once; 0 is as many as fit.

        Pages that are being recognized go on as they are.
        """
        if threads != self._indexes.threads:
            self._indexes.break_off()
        self._indexes.threads = self._recognizes.threads = threads

    @property
    def upkeep_left(self) -> Upkeep:
        """What is still to be done for the store."""
        return self._indexes.upkeep

    @property
    def done(self) -> bool:
        """Nothing is left to do."""
        idle = self._reads.idle and self._indexes.doing is None and not self._recognizes.doing
        return idle and not len(self.state.queue)

    def take(self, letter: Letter) -> list[Event]:
        """Note a reply, start what comes next, and say what happened.

        Raises what nothing can go on after: `DiskFull`, `EmbedderDamaged`,
        `Cancelled`, `Bug`.
        """
        name, reply = letter.sender, letter.reply
        if name == self.processes.reading.name and not is_death(reply):
            self._reads.heard()
        if isinstance(reply, Step):
            return list(self._step(name, reply.value))
        events = list(self._closed(name, reply))
        self._next()
        return events

    def _step(self, name: str, value: object) -> Iterator[Event]:
        """Tell the side whose process it is, which says nothing but what it is asked."""
        if name == self.processes.reading.name:
            return self._reads.step(cast("ReadingStep", value))
        if name == self.processes.indexing.name:
            return self._indexes.step(cast("IndexingStep", value))
        return self._recognizes.step(cast("PageRecognized", value), name)

    def _closed(self, name: str, reply: Reply) -> Iterator[Event]:
        reads, indexes = name == self.processes.reading.name, name == self.processes.indexing.name
        match reply:
            case Finished():
                if reads or indexes:
                    return (self._reads if reads else self._indexes).end()
                return self._recognizes.end(name)
            case Failed(error=error, details=details):
                if reads or indexes:
                    return (self._reads if reads else self._indexes).failed(error, details)
                return self._recognizes.failed(error, details, name)
            case Stopped() if indexes and self._indexes.broken_off():
                return iter(())
            case _:
                raise Cancelled

    def overdue(self) -> None:
        """End what has taken too long; its death is a reply like any other."""
        self._reads.overdue()
        self._recognizes.overdue()
        if self._reads.doing is None and not self._reads.idle:
            self._next()

    def pace(self) -> Pace:
        """Say how far the work is."""
        under_way = self.under_way()
        name = under_way[0].path.name if under_way else ""
        waits = len(self.state.queue) + len(under_way)
        rebuilding = indexes.left(self.state.db).documents
        beside = any(not self.state.serves(job) for job in self._indexes.jobs)
        return Pace(self.state.pages, self.state.chunks, waits, name, rebuilding, beside)

    def doing(self) -> list[tuple[DocumentId, float]]:
        """Return the documents being worked on, and which share of each is done."""
        found = []
        reads = self._reads.doing
        if isinstance(reads, DocumentJob) and reads.pages:
            found.append((reads.document, (reads.at + 1) / reads.pages * _READING_SHARE))
        for job in self._recognizes.jobs:
            total = job.recognized + job.recognizing + len(job.unread)
            found.append((job.document, job.recognized / total))
        for job in self._indexes.jobs:
            share = 1 - job.left / job.chunks if job.chunks else 0.0
            found.append((job.document, _READING_SHARE + share * (1 - _READING_SHARE)))
        return found

    def recognizing(self) -> dict[DocumentId, tuple[int, int]]:
        """Return how many pages of each document were recognized so far, of how many."""
        return {
            job.document: (job.recognized, job.recognized + job.recognizing + len(job.unread))
            for job in self._recognizes.jobs
        }

    def forget(self, paths: Set[Path]) -> None:
        """Do not begin with these files; what is being done with one of them goes on."""
        self.state.queue.drop(paths)

    def reorder(self) -> None:
        """Heed that ranks have changed; what is being read goes on."""
        self.state.queue.sort()
        self._indexes.break_off()

    @property
    def finding(self) -> bool:
        """Whether more may come to wait without anything having been done."""
        return self._reads.finding

    def under_way(self) -> list[QueuedFile]:
        """Return what is being done, in the order in which it will be ready."""
        read = self._reads.job
        doing: list[DocumentJob | FileFact] = [*self._indexes.jobs, *self._recognizes.jobs]
        return [place_of(one) for one in (*doing, *([read] if read else []))]

    def waiting(self) -> list[QueuedFile]:
        """Return what waits, in the order in which it is taken."""
        return self.state.queue.places()

    def _next(self) -> None:
        queue = self.state.queue
        self._reads.next()
        self._recognizes.next()
        reads = self._reads.job
        soon = bool(self.finding or reads or len(queue))
        quiet = self._reads.idle and not self._recognizes.doing and not len(queue)
        self._indexes.next(soon=soon, before=reads, quiet=quiet)
