"""The reading side of taking files in: finds, hashes and reads what is given.

Find ─► Hash ─► Read ─► to be split
  └─► Verify      └──► waiting | failed
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentBroken,
    DocumentChanged,
    DocumentError,
    DocumentFatal,
    DocumentLocked,
    DocumentMissing,
    DocumentTooSlow,
    RagError,
    WorkerDied,
)
from desktop_rag.jobs.indexing.events import (
    Event,
    FileGone,
    FilesPassedOver,
    Given,
    Mended,
    Unchanged,
)
from desktop_rag.jobs.indexing.known_files import stand, was_read
from desktop_rag.jobs.indexing.queue import Batch, DocumentJob
from desktop_rag.jobs.indexing.state import IndexingState, unexplained
from desktop_rag.library import attachments, consistency, documents, files, watches
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.reading import (
    AttachmentsFound,
    Bind,
    Converting,
    FilesFound,
    FindFiles,
    Gone,
    Hash,
    Hashed,
    PageRead,
    PathRefused,
    Read,
    ReadingCommand,
    ReadingStep,
    Verify,
    Walked,
)
from desktop_rag.workers.pipe.calls import Bug
from desktop_rag.workers.pipe.client import Worker

_UNFINISHED = {DocumentState.QUEUED, DocumentState.READING, DocumentState.EMBEDDING}
_SKIPPED_PAGES = 3  # so many pages may end the reader before the document is given up
_STARTING_SECONDS = 10.0  # for a new reader, before the first page's time begins to count
_AGAIN_SECONDS = 1.0  # until a file that is being written is looked at again
_TIMES = 60
_LOOKS = 3  # at a batch, as whoever looked may have been ended by others


@dataclass(slots=True)
class _Binding:
    """A document whose recognized pages are put among its others."""

    job: DocumentJob


@dataclass(slots=True)
class Looking:
    """A batch that is being found, and what was there of it."""

    batch: Batch
    found: set[Path] = field(default_factory=set)
    walked: list[Walked] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class ReadingSide:
    """See above; `unwanted` files are left out wherever they are found."""

    state: IndexingState
    worker: Worker[ReadingCommand]
    unwanted: Set[Path] = frozenset()
    to_find: deque[Batch] = field(default_factory=deque)
    _to_verify: deque[tuple[Batch, Verify]] = field(default_factory=deque)
    _later: list[tuple[float, FileFact]] = field(default_factory=list)
    _tries: dict[Path, int] = field(default_factory=dict)
    _died: set[Path] = field(default_factory=set)  # whose hashing has ended the process once
    _looks: int = 0  # at the same batch in vain
    _taken: set[Path] = field(default_factory=set)
    doing: Looking | tuple[Batch, Verify] | FileFact | DocumentJob | _Binding | None = None
    _beat: float = 0.0
    _fresh: bool = True

    def begin(self) -> None:
        """Use the process, which may be running already."""
        self._fresh = not self.worker.alive
        if self._fresh:
            self.worker.start()

    @property
    def idle(self) -> bool:
        """Whether nothing is done, and nothing waits that nobody else knows of."""
        return self.doing is None and not (self.to_find or self._to_verify or self._later)

    @property
    def finding(self) -> bool:
        """Whether more may come to wait without anything having been done."""
        return bool(self.to_find) or isinstance(self.doing, Looking)

    @property
    def job(self) -> DocumentJob | FileFact | None:
        """The file that is being worked on."""
        if isinstance(self.doing, _Binding):
            return self.doing.job
        return self.doing if isinstance(self.doing, DocumentJob | FileFact) else None

    def heard(self) -> None:
        """Note that the process lives."""
        self._beat = self.state.clock()

    def overdue(self) -> None:
        """End the process if one page has taken too long."""
        slow = self.state.clock() - self._beat > self.state.how.page_seconds
        if slow and isinstance(self.doing, DocumentJob | _Binding):
            self.worker.kill()

    def next(self) -> None:
        """Start what comes next, if nothing is being done."""
        queue = self.state.queue
        self._wake()
        if self.doing is not None:
            return
        if self.to_find:
            self._find(self.to_find.popleft())
        elif self._to_verify:
            self.doing = self._to_verify.popleft()
            self._submit(self.doing[1])
        elif queue.to_bind:
            self.doing = _Binding(queue.to_bind.pop())
            self._submit(Bind(self.doing.job.document))
        elif queue.to_read.precedes(queue.to_hash.head):
            self._read(queue.to_read.pop())
        elif queue.to_hash:
            self.doing = queue.to_hash.pop()
            self._submit(Hash(self.doing.path))

    def _find(self, batch: Batch) -> None:
        """Know of no file but of those that are being taken in: others may be tried again."""
        taken = [*self.state.under_way(), *self.state.queue.places()]
        self.state.seen = {place.document for place in taken if place.document is not None}
        self._taken = {place.path for place in taken}
        self.state.refused.clear()
        self.doing = Looking(batch)
        self._submit(FindFiles(batch.paths, batch.patterns))

    def _read(self, job: DocumentJob) -> None:
        self.doing = job
        job.at = -1
        if self.state.serves(job):
            documents.set_state(self.state.db, job.document, DocumentState.READING)
        how = self.state.how
        self._submit(
            Read(
                job.document,
                job.fact,
                job.skip,
                self.state.password_of(job),
                layout=how.layout,
                pictures=how.pictures and how.recognition,
                room=None if job.bare else attachments.room(self.state.db, job.document),
            )
        )

    def _submit(self, command: CommandOf[ReadingCommand, ReadingStep]) -> None:
        if not self.worker.alive:  # it was ended while it had nothing to do
            self.begin()
        self._beat = self.state.clock() + (_STARTING_SECONDS if self._fresh else 0.0)
        self._fresh = False
        self.worker.submit(command.itself())

    def _wake(self) -> None:
        """Look again at files that were being written."""
        now = self.state.clock()
        due = [fact for at, fact in self._later if at <= now]
        if due:
            self._later = [(at, fact) for at, fact in self._later if at > now]
            for fact in due:
                self.state.queue.to_hash.append(fact)

    # What the process says

    def step(self, value: ReadingStep) -> Iterator[Event]:
        """Note what the process has found."""
        match value, self.doing:
            case ((FilesFound() | PathRefused() | Walked()), Looking() as looking):
                yield from self._looked(value, looking)
            case Gone(paths=paths), (Batch() as batch, _):
                files.drop(self.state.db, batch.library, paths)
                yield from map(FileGone, paths)
            case Hashed(document=document, fact=fact), _:
                yield from self._identified(document, fact)
            case PageRead(), DocumentJob() as job:
                self._page(value, job)
            case AttachmentsFound(), DocumentJob(document=document):
                yield from self._attached(value, document)
            case Converting(), _:
                pass
            case _:
                raise TypeError(type(value).__name__)

    def _looked(
        self, value: FilesFound | PathRefused | Walked, looking: Looking
    ) -> Iterator[Event]:
        match value:
            case FilesFound(files=found):
                yield from self._found(found, looking)
            case PathRefused(path=path, error=DocumentMissing()) if looking.batch.watched:
                roots = watches.listed(self.state.db, looking.batch.library)
                if path not in {watch.path for watch in roots}:  # which may be back tomorrow
                    looking.missing.append(path)
            case PathRefused(path=path, error=error):
                if path not in self.state.refused:
                    self.state.refused.add(path)
                    yield from self._lost(path, error)
            case Walked(folder=folder, passed=passed):
                looking.walked.append(value)
                batch = looking.batch
                if passed.kinds or batch.watched:
                    yield FilesPassedOver(folder, batch.library, passed, batch.watched)

    def _lost(self, path: Path, error: RagError) -> Iterator[Event]:
        """Go on with what was read of a document whose file cannot be had.

        Without that it waits no longer, if no file of it can be had: it would for ever.
        """
        db = self.state.db
        known = documents.known(db, [path]).get(path)
        if known and known.document and known.state in _UNFINISHED:
            if was_read(self.state, known.document):
                yield from stand(self.state, known)
                return
            if documents.paths_of(db, [known.document]).get(known.document) == path:
                documents.set_state(db, known.document, DocumentState.FAILED, error)
        elif known and known.document is None and known.error is None:
            documents.fail_file(db, path, error)
        yield Given(path, error)

    def _found(self, found: Sequence[FileFact], looking: Looking) -> Iterator[Event]:
        state, batch = self.state, looking.batch
        wanted = [fact for fact in found if self._wanted(fact)]
        looking.found |= {fact.path for fact in found}
        new = [fact for fact in wanted if fact.path not in self._taken]
        self._taken |= {fact.path for fact in new}
        known = documents.known(state.db, [fact.path for fact in new])
        documents.add_files(state.db, batch.library, wanted)
        files.see(state.db, new)
        for fact in new:
            before = known.get(fact.path)
            if before and before.document and before.fact == fact and before.state:
                yield from stand(state, before, watched=batch.watched)
                if not batch.watched:  # what was taken out of it does not come back by itself
                    yield from self._inside(before.document, fact.path)
            elif before and before.fact == fact and before.error and batch.watched:
                yield Unchanged(fact.path)
            else:
                state.queue.to_hash.append(fact)

    def _identified(self, document: DocumentId, fact: FileFact) -> Iterator[Event]:
        files.settle(self.state.db, document, fact.path)
        documents.identify(self.state.db, fact.path, fact, document)
        known = documents.known(self.state.db, [fact.path]).get(fact.path)
        if known:  # it may have been taken out of the library meanwhile
            yield from stand(self.state, known)
            yield from self._inside(document, fact.path)

    def _attached(self, found: AttachmentsFound, document: DocumentId) -> Iterator[Event]:
        """Take into the libraries of a document what came in it."""
        db = self.state.db
        attachments.add(db, document, [fact.path for fact in found.files])
        held = documents.files_of(db, document)
        if found.passed.kinds:
            for library in {one for path in held for one in files.libraries(db, path)}:
                yield FilesPassedOver(found.folder, library, found.passed)
        for path in held:
            yield from self._inside(document, path)

    def _inside(self, document: DocumentId, path: Path) -> Iterator[Event]:
        """Take what came in a document along into the libraries that hold its file."""
        state = self.state
        inner = [fact for fact in attachments.facts(state.db, document) if self._wanted(fact)]
        if not inner:
            return
        for library in files.libraries(state.db, path):
            documents.add_files(state.db, library, inner)
        new = [fact for fact in inner if fact.path not in self._taken]
        self._taken |= {fact.path for fact in new}
        for before in documents.known(state.db, [fact.path for fact in new]).values():
            if before.document and before.state:
                yield from stand(state, before)
                yield from self._inside(before.document, before.fact.path)
            else:
                state.queue.to_hash.append(before.fact)

    def _wanted(self, fact: FileFact) -> bool:
        return fact.path not in self.unwanted

    def _page(self, read: PageRead, job: DocumentJob) -> None:
        job.at, job.pages = read.page, read.total
        self.state.pages += 1
        if read.damaged and read.page not in job.skip:
            job.damaged.add(read.page)

    def end(self) -> Iterator[Event]:
        """Note that what was being done is done."""
        doing, self.doing = self.doing, None
        match doing:
            case Looking():
                self._looks = 0
                self._compare(doing)
            case DocumentJob():
                doing.deaths = 0
                doing.died.clear()
                self.state.lost.discard(doing.document)
                self.state.queue.to_split.append(doing)
                yield from self._recovered(doing, 1)
            case _Binding(job=job):
                consistency.bind_recognized(self.state.db, job.document)
                self.state.queue.to_split.append(job)
            case _:
                pass
        yield from ()

    def _compare(self, looking: Looking) -> None:
        """Have the files looked for that a watched folder does not have any more."""
        if not looking.batch.watched:
            return
        looked = [*looking.missing, *(one.folder for one in looking.walked if one.whole)]
        known = files.under(self.state.db, looking.batch.library, looked)
        missing = tuple(fact for fact in known if fact.path not in looking.found)
        if missing:
            self._to_verify.append((looking.batch, Verify(missing)))

    def failed(self, error: RagError | None, details: str) -> Iterator[Event]:
        """Note that what was being done went wrong."""
        doing, self.doing = self.doing, None
        if error is None:
            error = unexplained(_name(doing, details), details)
        if isinstance(error, WorkerDied):
            self.worker.start()
            self._fresh = True
        elif not isinstance(error, DocumentError):
            raise error
        match doing:
            case FileFact():
                yield from self._unhashed(doing, error)
            case DocumentJob():
                yield from self._unread(doing, error)
            case _Binding(job=bound):
                yield from self._unbound(bound, error)
            case _:
                self._look_again(doing, error)

    def _look_again(self, doing: object, error: RagError) -> None:
        """Begin again with what nobody's file can be blamed for."""
        self._looks += 1
        if not isinstance(error, WorkerDied) or self._looks >= _LOOKS:
            raise error
        if isinstance(doing, Looking):
            self.to_find.appendleft(doing.batch)
        elif isinstance(doing, tuple):
            self._to_verify.appendleft(doing)

    def _unbound(self, job: DocumentJob, error: RagError) -> Iterator[Event]:
        if isinstance(error, WorkerDied):
            job.deaths += 1
            if job.deaths == 1:
                self.state.queue.to_bind.put_back(job)
                return
            error = DocumentFatal(job.name)
        yield self.state.settle(job, error)

    def _unread(self, job: DocumentJob, error: RagError) -> Iterator[Event]:
        if isinstance(error, WorkerDied):
            yield from self._read_again(job)
        elif isinstance(error, DocumentLocked) and not job.locked and self._known(job):
            job.locked = True
            self.state.queue.to_read.put_back(job)
        elif self._kept(job):
            pass
        elif isinstance(error, DocumentChanged) and self._wait(job.fact):
            self.state.seen.discard(job.document)  # it may still be what the file holds
        else:
            nothing = isinstance(error, DocumentBroken) and job.skip  # as its pages were left out
            yield from self._given_up(job, DocumentFatal(job.name) if nothing else error)

    def _given_up(self, job: DocumentJob, error: RagError) -> Iterator[Event]:
        """Say why a document is not read; one that is searched all the same stays ready."""
        if not job.found:
            yield self.state.settle(job, error)
            return
        documents.set_state(self.state.db, job.document, DocumentState.READY, error)
        yield Given(job.fact.path, error)
        yield from self._recovered(job, 0)

    def _recovered(self, job: DocumentJob, count: int) -> Iterator[Event]:
        """Tell once of all whose pages were lost, when the last of them was read or given up."""
        state = self.state
        if job.document not in state.unrecovered:
            return
        state.unrecovered.remove(job.document)
        state.recovered += count
        if state.recovered and not state.unrecovered:
            told, state.recovered = state.recovered, 0
            yield Mended(told)

    def _kept(self, job: DocumentJob) -> bool:
        """Have what was read of a document before do, if it was: it cannot be read again."""
        if job.kept or not was_read(self.state, job.document):
            return False
        job.kept, job.skip = True, frozenset()
        job.damaged.clear()
        self.state.queue.to_split.append(job)
        return True

    def _known(self, job: DocumentJob) -> bool:
        return bool(self.state.password(job.document))

    def _unhashed(self, fact: FileFact, error: RagError) -> Iterator[Event]:
        if isinstance(error, DocumentChanged) and self._wait(fact):
            return
        if isinstance(error, WorkerDied) and fact.path not in self._died:
            self._died.add(fact.path)
            self.state.queue.to_hash.put_back(fact)
            return
        shown = DocumentFatal(fact.path.name) if isinstance(error, WorkerDied) else error
        documents.fail_file(self.state.db, fact.path, shown)
        yield Given(fact.path, shown)

    def _wait(self, fact: FileFact) -> bool:
        """Look again in a moment at a file that is being written, a minute long."""
        times = self._tries.get(fact.path, 0)
        if times >= _TIMES:
            return False
        self._tries[fact.path] = times + 1
        self._later.append((self.state.clock() + _AGAIN_SECONDS, fact))
        return True

    def _read_again(self, job: DocumentJob) -> Iterator[Event]:
        """Leave out the page at which the reader died twice, if it is not one too many."""
        slow = self.state.clock() - self._beat > self.state.how.page_seconds
        job.deaths += 2 if slow else 1
        page = job.at + 1
        if job.deaths > 2 * _SKIPPED_PAGES or page in job.skip:
            if self._kept(job):
                return
            error = DocumentTooSlow(job.name, page) if slow else DocumentFatal(job.name)
            yield from self._given_up(job, error)
            return
        if slow or page in job.died:
            if page or job.bare:
                job.skip |= {page}
            job.bare = True  # what came in it is taken out before the first page
        job.died.add(page)
        job.at = -1
        self.state.queue.to_read.put_back(job)


def _name(doing: object, details: str) -> str:
    """Name the file at hand, whose fault a bug is; it is nobody's where there is none."""
    match doing:
        case FileFact(path=path):
            return path.name
        case DocumentJob() as job:
            return job.name
        case _Binding(job=job):
            return job.name
        case _:
            raise Bug(details)
