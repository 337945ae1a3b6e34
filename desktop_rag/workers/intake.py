"""Takes files into a library: finds, hashes and reads them, and has them indexed.

    Find ─► Hash ─► Read ─► Index ─► ready
              │       └──► waiting | failed      (reading and indexing side by side)
              └─► unchanged

One reading and one indexing job run at a time; what waits is in SQLite, so that
it goes on where it stopped. `Intake` is told each reply and says what happened;
it starts jobs and writes the state, and never waits.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentError,
    DocumentFatal,
    DocumentLocked,
    DocumentTooSlow,
    DocumentUnexplained,
    DocumentWithoutText,
    RagError,
    WorkerDied,
)
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.library import documents, page_store
from desktop_rag.library.documents import State
from desktop_rag.library.libraries import LibraryId
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.calls import Bug, Letter
from desktop_rag.workers.client import Worker
from desktop_rag.workers.commands import (
    Find,
    Found,
    Hash,
    Hashed,
    Index,
    NotRead,
    PageRead,
    Read,
    Refused,
    Tidy,
)
from desktop_rag.workers.happenings import Event, Given, Indexed, Pace, Unchanged, Waiting
from desktop_rag.workers.protocol import Failed, Finished, Reply, Step
from desktop_rag.workers.queueing import Job, Place, Queue, place_of

logger = logging.getLogger(__name__)

_SKIPPED_PAGES = 3  # so many pages may end the reader before the document is given up
_DEATHS = 2
_READING_SHARE = 0.1  # of the work on a document
_STARTING_SECONDS = 10.0  # for a new reader, before the first page's time begins to count


@dataclass(slots=True)
class Intake:
    """See above. `reading` and `indexing` post their replies to whoever calls `take`."""

    db: sqlite3.Connection
    paths: Paths
    library: LibraryId
    reading: Worker
    indexing: Worker
    page_seconds: float
    queue: Queue = field(default_factory=Queue)
    unwanted: Set[Path] = frozenset()  # are left out wherever they are found
    _to_find: deque[tuple[LibraryId, Find]] = field(default_factory=deque)
    _seen: set[DocumentId] = field(default_factory=set)
    _found: set[Path] = field(default_factory=set)
    _reads: Find | FileFact | Job | None = None
    _indexes: Job | Tidy | None = None
    _beat: float = 0.0
    _fresh: bool = True
    _untidy: bool = False
    _pages: int = 0
    _chunks: int = 0
    _began: bool = False
    _started: bool = False

    def begin(self, paths: Sequence[Path]) -> None:
        """Start with finding what is at and under `paths`; running processes serve again."""
        self._fresh = not self.reading.alive
        if self._fresh:
            self.reading.start()
        self._began = True
        self.add(self.library, paths)

    def add(self, library: LibraryId, paths: Sequence[Path]) -> None:
        """Find what else there is for a library, as soon as the reader is free."""
        self._to_find.append((library, Find(tuple(paths))))
        if self._reads is None:
            self._next()

    @property
    def done(self) -> bool:
        """Nothing is left to do."""
        return self._reads is None and self._indexes is None

    def take(self, letter: Letter) -> list[Event]:
        """Note a reply, start what comes next, and say what happened.

        Raises what nothing can go on after: `DiskFull`, `EmbedderDamaged`,
        `Cancelled`, `Bug`.
        """
        of_reading = letter.sender == self.reading.name
        if of_reading and not _death(letter.reply):
            self._beat = time.monotonic()
        match letter.reply:
            case Step(value=value):
                return list(self._read_step(value) if of_reading else self._index_step(value))
            case Finished():
                events = list(self._read_end() if of_reading else self._index_end())
            case Failed(error=error, details=details):
                job = self._reads if of_reading else self._indexes
                shown = error or _unexplained(job, details)
                events = list((self._read_failed if of_reading else self._index_failed)(shown))
            case _:
                raise Cancelled
        self._next()
        return events

    def overdue(self) -> None:
        """End the reader if one page has taken too long; its death is a reply like any other."""
        reading = isinstance(self._reads, Job)
        if reading and time.monotonic() - self._beat > self.page_seconds:
            self.reading.kill()

    def stop(self) -> None:
        """End both processes, whatever they are doing; what is stored goes on next time."""
        if self._began:
            self.reading.stop()
        if self._started:
            self.indexing.stop()

    def pace(self) -> Pace:
        """Say how far the work is."""
        job = self._indexes if isinstance(self._indexes, Job) else self._reads
        name = job.fact.path.name if isinstance(job, Job) else ""
        running = sum(isinstance(job, Job) for job in (self._reads, self._indexes))
        return Pace(self._pages, self._chunks, len(self.queue) + running, name)

    def doing(self) -> list[tuple[DocumentId, float]]:
        """Return the documents being worked on, and which share of each is done."""
        found = []
        if isinstance(self._reads, Job) and self._reads.pages:
            share = (self._reads.at + 1) / self._reads.pages
            found.append((self._reads.document, share * _READING_SHARE))
        if isinstance(self._indexes, Job):
            share = self._indexes.embedded / (self._indexes.chunks or 1)
            found.append((self._indexes.document, _READING_SHARE + share * (1 - _READING_SHARE)))
        return found

    def forget(self, paths: Set[Path]) -> None:
        """Do not begin with these files; what is being done with one of them goes on."""
        self.queue.drop(paths)

    def reorder(self) -> None:
        """Heed that ranks have changed; what is being done goes on."""
        self.queue.sort()

    @property
    def finding(self) -> bool:
        """Whether more may come to wait without anything having been done."""
        return bool(self._to_find) or isinstance(self._reads, Find)

    def under_way(self) -> list[Place]:
        """Return what is being done, in the order in which it will be ready."""
        doing = (self._indexes, self._reads)
        return [place_of(one) for one in doing if isinstance(one, Job | FileFact)]

    def waiting(self) -> list[Place]:
        """Return what waits, in the order in which it is taken."""
        return self.queue.places()

    # Reading

    def _read_step(self, value: object) -> Iterator[Event]:
        match value:
            case Found(files=files):
                yield from self._found_files(files)
            case Refused(path=path, error=error):
                if path not in self._found:
                    self._found.add(path)
                    yield Given(path, error)
            case Hashed(document=document, fact=fact):
                yield from self._identified(document, fact)
            case PageRead(page=page, total=total) if isinstance(self._reads, Job):
                self._reads.at, self._reads.pages = page, total
                self._pages += 1
            case _:
                raise TypeError(type(value).__name__)

    def _found_files(self, files: Sequence[FileFact]) -> Iterator[Event]:
        wanted = [fact for fact in files if fact.path not in self.unwanted]
        new = [fact for fact in wanted if fact.path not in self._found]
        self._found |= {fact.path for fact in new}
        known = documents.known(self.db, [fact.path for fact in new])
        documents.add_files(self.db, self.library, wanted)
        for fact in new:
            before = known.get(fact.path)
            if before and before.document and before.fact == fact and before.state:
                yield from self._standing(before.document, fact, before.state, before.error)
            else:
                self.queue.to_hash.append(fact)

    def _identified(self, document: DocumentId, fact: FileFact) -> Iterator[Event]:
        state = documents.identify(self.db, fact.path, fact, document)
        known = documents.known(self.db, [fact.path]).get(fact.path)
        if known:  # it may have been taken out of the library meanwhile
            yield from self._standing(document, fact, state, known.error)

    def _standing(
        self, document: DocumentId, fact: FileFact, state: State, error: RagError | None
    ) -> Iterator[Event]:
        """Say that nothing is to be done, or queue the document for what is."""
        if document in self._seen or state is State.READY:
            self._seen.add(document)
            yield Unchanged(fact.path)
            return
        self._seen.add(document)
        if state is State.WAITING and error:
            yield Waiting(fact.path, error)
            return
        job = Job(document, fact)
        if page_store.place(self.paths.pages_folder, document).exists():
            self.queue.to_index.append(job)
        else:
            self.queue.to_read.append(job)

    def _read_end(self) -> Iterator[Event]:
        job, self._reads = self._reads, None
        if isinstance(job, Job):
            self.queue.to_index.append(job)
        yield from ()

    def _read_failed(self, error: RagError) -> Iterator[Event]:
        job, self._reads = self._reads, None
        if not isinstance(error, DocumentError | WorkerDied):
            raise error
        if isinstance(error, WorkerDied):
            self.reading.start()
            self._fresh = True
        match job:
            case FileFact(path=path):
                shown = DocumentFatal(path.name) if isinstance(error, WorkerDied) else error
                documents.fail_file(self.db, path, shown)
                yield Given(path, shown)
            case Job() if isinstance(error, WorkerDied):
                yield from self._read_again(job)
            case Job():
                yield self._settle(job, error)
            case _:
                raise error

    def _read_again(self, job: Job) -> Iterator[Event]:
        """Leave out the page at which the reader died, if it is not one too many."""
        slow = time.monotonic() - self._beat > self.page_seconds
        job.deaths += 1
        page = job.at + 1
        if job.deaths > _SKIPPED_PAGES or page in job.skip:
            name = job.fact.path.name
            yield self._settle(job, DocumentTooSlow(name, page) if slow else DocumentFatal(name))
            return
        job.skip |= {page}
        job.at = -1
        self.queue.to_read.put_back(job)

    def _settle(self, job: Job, error: RagError) -> Event:
        """Write down why a document is not ready, and say so."""
        if isinstance(error, DocumentLocked | DocumentWithoutText):
            documents.set_state(self.db, job.document, State.WAITING, error)
            return Waiting(job.fact.path, error)
        documents.set_state(self.db, job.document, State.FAILED, error)
        return Given(job.fact.path, error)

    # Indexing

    def _index_step(self, value: object) -> Iterator[Event]:
        job = self._indexes
        if not isinstance(job, Job):
            return
        match value:
            case NotRead():
                job.unread = True
            case Stored() as stored:
                job.chunks = stored.chunks
                pages = job.pages or self._pages_of(job)
                documents.describe(self.db, job.document, stored.title, pages, stored.language)
                documents.set_state(self.db, job.document, State.EMBEDDING)
            case Embedded(done=done):
                self._chunks += done - job.embedded
                job.embedded = done
            case _:
                raise TypeError(type(value).__name__)
        yield from ()

    def _pages_of(self, job: Job) -> int:
        job.pages = page_store.page_count(self.paths.pages_folder, job.document)
        return job.pages

    def _index_end(self) -> Iterator[Event]:
        job, self._indexes = self._indexes, None
        if isinstance(job, Job) and job.unread:
            job.unread = False
            self.queue.to_read.append(job)
        elif isinstance(job, Job):
            self._untidy = True
            documents.finish(self.db, job.document, job.chunks, 1)
            yield Indexed(job.fact.path, job.pages, job.chunks)
        elif isinstance(job, Tidy):
            self._untidy = False

    def _index_failed(self, error: RagError) -> Iterator[Event]:
        job, self._indexes = self._indexes, None
        if isinstance(error, WorkerDied):
            self.indexing.start()
        if not isinstance(job, Job):
            raise error
        if isinstance(error, WorkerDied):
            job.deaths += 1
            if job.deaths < _DEATHS:
                self.queue.to_index.put_back(job)
                return
            error = DocumentFatal(job.fact.path.name)
        elif not isinstance(error, DocumentError):
            raise error
        yield self._settle(job, error)

    # Starting

    def _next(self) -> None:
        if self._reads is None:
            self._next_read()
        if self._indexes is None:
            self._next_index()

    def _next_read(self) -> None:
        if self._to_find:
            self.library, self._reads = self._to_find.popleft()
            self._look_anew()
            self._submit(self._reads)
        elif self.queue.to_read.precedes(self.queue.to_hash.head):
            self._reads = job = self.queue.to_read.pop()
            job.at = -1
            documents.set_state(self.db, job.document, State.READING)
            self._submit(Read(job.document, job.fact, job.skip))
        elif self.queue.to_hash:
            self._reads = self.queue.to_hash.pop()
            self._submit(Hash(self._reads.path))

    def _look_anew(self) -> None:
        """Know of no file but of those that are being taken in: others may be tried again."""
        places = [*self.under_way(), *self.waiting()]
        self._found = {place.path for place in places}
        self._seen = {place.document for place in places if place.document is not None}

    def _next_index(self) -> None:
        soon = bool(self.queue.to_index or self.queue.to_read or isinstance(self._reads, Job))
        if soon and not self._started:
            if not self.indexing.alive:
                self.indexing.start()
            self._started = True
        reads = self._reads if isinstance(self._reads, Job | FileFact) else None
        if self.queue.to_index.precedes(reads):  # what is wanted last waits for what is read
            self._indexes = job = self.queue.to_index.pop()
            path = job.fact.path
            self.indexing.submit(Index(job.document, path.name, path.stem))
        elif self._untidy and self._reads is None:
            self._indexes = Tidy()
            self.indexing.submit(self._indexes)

    def _submit(self, command: object) -> None:
        self._beat = time.monotonic() + (_STARTING_SECONDS if self._fresh else 0.0)
        self._fresh = False
        self.reading.submit(command)


def _unexplained(job: object, details: str) -> RagError:
    """Give up the document at hand for a bug, so that the others go on."""
    match job:
        case Job(fact=fact) | (FileFact() as fact):
            logger.error("%s", details)
            return DocumentUnexplained(fact.path.name)
        case _:
            raise Bug(details)


def _death(reply: Reply) -> bool:
    return isinstance(reply, Failed) and isinstance(reply.error, WorkerDied)
