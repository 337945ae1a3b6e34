"""The indexing side of taking files in: splits, embeds, keeps the store tidy, rebuilds it.

Reconcile ─► Split ─► Embed ─► ready            text of all before vectors of any
               └─► to be recognized, and split again
unbuilt ─► Split ─► Embed ─► built ─► swap      when nothing else is to be done
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_rag.domain.documents import DocumentId, FileFact
from desktop_rag.domain.errors import (
    DocumentCutShort,
    DocumentError,
    RagError,
    RecognitionDataMissing,
    StoreDamaged,
    WorkerDied,
)
from desktop_rag.domain.indexes import Index
from desktop_rag.domain.progress import Embedded, Stored
from desktop_rag.ingest.indexer import Begun, Textless
from desktop_rag.jobs.indexing.events import Event, Indexed, Mended, Swapped
from desktop_rag.jobs.indexing.known_files import readable_again
from desktop_rag.jobs.indexing.queue import DocumentJob, Lane, QueuedFile, splitting
from desktop_rag.jobs.indexing.state import IndexingState, fatal, unexplained
from desktop_rag.library import consistency, documents, indexes, remembered
from desktop_rag.library.documents import DocumentState
from desktop_rag.workers.commands.indexing import (
    Embed,
    Holdings,
    IndexingCommand,
    IndexingStep,
    NotRead,
    Reconcile,
    Remove,
    Split,
    Tidy,
)
from desktop_rag.workers.pipe.calls import Bug
from desktop_rag.workers.pipe.client import Worker

logger = logging.getLogger(__name__)

_DEATHS = 2
_SLACK_SECONDS = 60.0  # by which the clock of the disk may be behind
_DOCUMENTS = 32  # split at once: each write costs about as much as splitting a page
_PAGES = 200
_CHUNKS = 512  # embedded at once: some ten seconds, unless something comes before
_FEW_CHUNKS = 64  # the same while files are read, whose text comes before
_BUILT_AT_ONCE = 64


@dataclass(slots=True)
class _Splitting:
    jobs: dict[DocumentId, DocumentJob]
    begun: DocumentJob | None = None


@dataclass(slots=True)
class _Embedding:
    jobs: dict[DocumentId, DocumentJob]
    few: bool
    broken_off: bool = False


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is to be done for the store besides.

    `reconciles` has it compared with the database before anything else, as at the start of a
    program; `sweeps` has dropped from it what no library holds any more. The table of an index
    that does not serve any more is dropped as well, but with `lingers` not before another time:
    somebody may be searching in it. `retains` says that this is not yet that other time. `mends`
    has all tables made again of what can be read of them. The index that was chosen is built only
    with `builds`.
    """

    reconciles: bool = False
    sweeps: bool = False
    lingers: bool = False
    retains: bool = False
    mends: bool = False
    builds: bool = True


@dataclass(slots=True)
class IndexingSide:
    """See above."""

    state: IndexingState
    worker: Worker[IndexingCommand]
    upkeep: Upkeep
    threads: int = 0
    doing: _Splitting | _Embedding | Reconcile | Remove | Tidy | None = None
    _untidy: bool = False
    _deaths: int = 0  # while the store was kept up
    _resting: bool = False  # the store is not kept up any more

    @property
    def jobs(self) -> list[DocumentJob]:
        """The documents that are being worked on."""
        doing = self.doing
        return list(doing.jobs.values()) if isinstance(doing, _Splitting | _Embedding) else []

    def next(self, *, soon: bool, before: DocumentJob | FileFact | None, quiet: bool) -> None:
        """Start what comes next, if nothing is being done.

        `soon` says that there will be something to do, so that the process may start; `before`
        is what is being read: what is wanted after it waits. It is `quiet` when no document is
        on its way anywhere: only then may another index take the place of this one.
        """
        queue = self.state.queue
        if self.doing is not None:
            long = isinstance(self.doing, _Embedding) and not self.doing.few
            left = self.jobs  # none once the last reply is about to come
            if long and left and queue.to_split.precedes(left[0]):
                self.break_off()
            return
        if soon or self.upkeep.reconciles or queue.to_split or queue.to_embed:
            self._start()
        if self.upkeep.reconciles:
            self._reconcile()
        elif queue.to_split and queue.to_split.precedes(queue.to_embed.head):
            self._split()
        elif queue.to_embed.precedes(before):
            self._embed(before)
        elif quiet and not self._resting:
            self._keep_up()

    def _start(self) -> None:
        if not self.worker.alive:
            self.worker.start()

    def _reconcile(self) -> None:
        db = self.state.db
        if self.upkeep.mends:
            self._split_again()
        self.doing = Reconcile(
            indexes.in_use(db),
            tuple(consistency.all_ids(db)),
            time.time(),
            mends=self.upkeep.mends,
            spares=remembered.lost_lately(db),
            checked=remembered.pages_checked(db),
        )
        self.worker.submit(self.doing)

    def mend(self, *, wholly: bool) -> None:
        """Have the store compared with the database, and made again `wholly` if that is wished."""
        self.upkeep = replace(self.upkeep, reconciles=True, mends=self.upkeep.mends or wholly)

    def _split_again(self) -> None:
        """Have all stored again what lacks vectors: its text may be lost with the table."""
        queue = self.state.queue
        while queue.to_embed:
            queue.to_split.append(queue.to_embed.pop())

    def _split(self) -> None:
        lane = self.state.queue.to_split
        jobs = [lane.pop()]
        pages = jobs[0].pages
        while not jobs[0].alone and len(jobs) < _DOCUMENTS and pages < _PAGES:
            head = lane.head
            if head is None or head.alone or head.index != jobs[0].index:
                break
            pages += head.pages
            jobs.append(lane.pop())
        wanted = tuple(map(splitting, jobs))
        self.doing = _Splitting({job.document: job for job in jobs})
        more = bool(self.state.queue.to_read or self.state.queue.to_hash or lane)
        self.worker.submit(Split(jobs[0].index, wanted, warm=not more))

    def _embed(self, before: DocumentJob | FileFact | None) -> None:
        lane = self.state.queue.to_embed
        few = before is not None
        limit = _FEW_CHUNKS if few else _CHUNKS
        jobs = [lane.pop()]
        chunks = jobs[0].left
        while not jobs[0].alone and chunks < limit and lane.precedes(before):
            head = lane.head
            if head is None or head.alone or head.index != jobs[0].index:
                break
            chunks += head.left
            jobs.append(lane.pop())
        self.doing = _Embedding({job.document: job for job in jobs}, few)
        wanted, index, serving = tuple(self.doing.jobs), jobs[0].index, self.state.serving
        lends = index != serving and index.encoder == serving.encoder
        lender = serving if lends else None
        self.worker.submit(Embed(index, wanted, limit, self.threads, lender))

    def break_off(self) -> None:
        """Embed no more for now, and see again what comes first; what was embedded is kept."""
        if isinstance(self.doing, _Embedding) and not self.doing.broken_off:
            self.doing.broken_off = True
            self.worker.cancel()

    def broken_off(self) -> bool:
        """Have the rest embedded later of what was broken off, if it was."""
        doing = self.doing
        if not isinstance(doing, _Embedding) or not doing.broken_off:
            return False
        self.doing = None
        self._put_back(doing, None, alone=False)
        return True

    def _keep_up(self) -> None:
        """Drop what nobody has any more, tidy up, and build the index that was chosen."""
        db = self.state.db
        building = indexes.building(db) if self.upkeep.builds else None
        gone = tuple(documents.orphans(db)) if self.upkeep.sweeps else ()
        if gone:
            self._do(Remove(indexes.in_use(db), gone))
        elif self._untidy:
            self._do(Tidy(self.state.serving))
        elif building is not None:
            self._build(building)
        elif indexes.unswept(db) and not self.upkeep.retains:
            self._start()
            self._reconcile()

    def _build(self, building: Index) -> None:
        db = self.state.db
        wanted = indexes.unbuilt(db, _BUILT_AT_ONCE)
        known = documents.known(db, wanted.values())
        for document, path in wanted.items():
            job = DocumentJob(document, known[path].fact, building, late=True)
            self.state.queue.to_split.append(job)
        if wanted:
            self._start()
            self._split()
        else:  # so that what takes over is fast from the first question
            self._do(Tidy(building))

    def _do(self, command: Remove | Tidy) -> None:
        self._start()
        self.doing = command
        self.worker.submit(command)

    # What the process says

    def step(self, value: IndexingStep) -> Iterator[Event]:
        """Note how far the process has come."""
        match value, self.doing:
            case Begun(document=document), _Splitting() as splitting:
                splitting.begun = splitting.jobs[document]
            case Stored(), _Splitting(jobs=jobs):
                yield from self._stored(value, jobs.pop(value.document))
            case Textless(), _Splitting(jobs=jobs) as splitting:
                splitting.begun = None
                yield from self._textless(value, jobs.pop(value.document))
            case NotRead(document=document), _Splitting(jobs=jobs):
                self.state.queue.to_read.append(jobs.pop(document))
            case Embedded(document=document, left=left), _Embedding(jobs=jobs):
                yield from self._embedded(jobs.pop(document), left)
            case Holdings(), Reconcile():
                yield from self._compare(value)
            case _:
                raise TypeError(type(value).__name__)

    def _stored(self, stored: Stored, job: DocumentJob) -> Iterator[Event]:
        job.pages, job.chunks = stored.pages, stored.chunks
        job.left = stored.chunks - stored.embedded
        job.deaths = 0  # it was not this one, or it will do so again
        job.damaged |= set(stored.damaged)
        self._look_at(job, stored.unread)
        if stored.cut and job.note is None:
            job.note = DocumentCutShort(job.name, stored.cut)
        if self.state.serves(job):
            documents.describe(self.state.db, stored)
            documents.set_state(self.state.db, job.document, DocumentState.EMBEDDING)
        else:
            documents.describe_again(self.state.db, stored)
        if job.left:
            self.state.queue.to_embed.append(job)
        else:
            yield from self._whole(job)

    def _textless(self, textless: Textless, job: DocumentJob) -> Iterator[Event]:
        self._look_at(job, textless.unread)
        if job.unread:
            self._recognize(job)
        else:
            yield self.state.settle(job, job.note or textless.error)

    def _recognize(self, job: DocumentJob) -> None:
        if self.state.serves(job):
            documents.set_state(self.state.db, job.document, DocumentState.READING)
        job.tried = True
        self.state.queue.to_recognize.append(job)

    def _look_at(self, job: DocumentJob, unread: tuple[int, ...]) -> None:
        """Have pages recognized once the rest is done, or say why they are not."""
        job.unread = []
        if not unread or job.tried:
            return
        if self.state.recognizes:
            job.unread = list(unread)
        elif self.state.how.recognition:
            job.note = RecognitionDataMissing(job.name, self.state.how.languages)

    def _embedded(self, job: DocumentJob, left: int) -> Iterator[Event]:
        self.state.chunks += max(0, job.left - left)
        if left < job.left:
            job.deaths = 0
        job.left = left
        if left:
            self.state.queue.to_embed.put_back(job)
        else:
            yield from self._whole(job)

    def _whole(self, job: DocumentJob) -> Iterator[Event]:
        """Go on with a document whose every chunk has its vector."""
        if job.unread:
            self._untidy = self._untidy or self.state.serves(job)
            self._recognize(job)
            return
        if not self.state.serves(job):
            indexes.note_built(self.state.db, job.document, job.chunks)
            return
        self._untidy = True
        indexes.unbuild(self.state.db, [job.document])  # its text may be another one there
        documents.set_state(self.state.db, job.document, DocumentState.READY, job.remark)
        yield Indexed(job.fact.path, job.pages, job.chunks)

    def _compare(self, held: Holdings) -> Iterator[Event]:
        """Have documents done again of which there is less, or more, than was thought."""
        db, serves = self.state.db, held.index == self.state.serving.id
        expected = consistency.finished(db) if serves else indexes.built(db)
        wrong = [
            document
            for document, chunks in expected.items()
            if held.chunks.get(document, (0, 0)) != (chunks, chunks)
        ]
        if not serves:
            indexes.unbuild(db, wrong)
            return
        self._untidy = self._untidy or held.mended
        consistency.undo(db, wrong)
        self._again(wrong)
        lost = [one for one in expected if one not in held.read and one not in {*wrong}]
        self.state.lost.update(lost)
        promising = readable_again(self.state, lost)
        consistency.read_again(db, promising)
        self.state.unrecovered.update(promising)
        self._again(promising, found=True)
        if held.mended or (wrong and not held.chunks):
            yield Mended(len(wrong))

    def _again(self, wrong: Sequence[DocumentId], *, found: bool = False) -> None:
        waits = {place.document for place in self._elsewhere()}
        paths = documents.paths_of(self.state.db, wrong)
        known = documents.known(self.state.db, paths.values())
        for document, path in paths.items():
            if document not in waits:
                self.state.seen.add(document)
                job = DocumentJob(document, known[path].fact, self.state.serving, found=found)
                (self.state.queue.to_read if found else self.state.queue.to_split).append(job)

    def _elsewhere(self) -> list[QueuedFile]:
        """Return what waits for anything, and what other processes do."""
        return [*self.state.under_way(), *self.state.queue.places()]

    def end(self) -> Iterator[Event]:
        """Note that what was being done is done."""
        doing, self.doing = self.doing, None
        match doing:
            case _Splitting(jobs=jobs) | _Embedding(jobs=jobs) if jobs:
                raise Bug(f"nothing was said of {len(jobs)} documents")
            case Remove(documents=gone):
                self._removed(gone)
            case Tidy(index=index) if index == self.state.serving:
                self._untidy = False
            case Tidy() if not self._elsewhere() and indexes.swap(self.state.db):
                self.state.serving = indexes.serving(self.state.db)
                self.upkeep = replace(self.upkeep, retains=self.upkeep.lingers)
                yield Swapped()
            case Reconcile(before=before, mends=mends):
                again = self.upkeep.mends and not mends  # wished for meanwhile
                self.upkeep = replace(self.upkeep, reconciles=again, mends=again)
                remembered.keep_pages_checked(self.state.db, before - _SLACK_SECONDS)
                indexes.forget_retired(self.state.db)
            case _:
                pass

    def _removed(self, gone: Sequence[DocumentId]) -> None:
        """Forget what is gone; a document that came back meanwhile has to be done again."""
        db = self.state.db
        still = set(documents.orphans(db))
        documents.forget(db, [document for document in gone if document in still])
        back = [document for document in gone if document not in still]
        consistency.undo(db, back)
        self._again(back)
        self._untidy = True

    def failed(self, error: RagError | None, details: str) -> Iterator[Event]:
        """Note that what was being done went wrong, and whose fault that was."""
        doing, self.doing = self.doing, None
        if isinstance(error, WorkerDied):
            self.worker.start()
        if isinstance(error, StoreDamaged) and self.state.may_mend():
            self._begin_anew(doing)
            return
        if not isinstance(doing, _Splitting | _Embedding):
            self._given_up(error or Bug(details))
            return
        guilty = self._guilty(doing, error)
        if not (error is None or isinstance(error, WorkerDied | DocumentError)):
            raise error
        self._put_back(doing, guilty, alone=True)
        if guilty is None:
            return
        if isinstance(error, WorkerDied):
            guilty.deaths += 1
            if guilty.deaths < _DEATHS:
                guilty.alone = True
                self._lane(doing).put_back(guilty)
                return
            error = fatal(guilty)
        yield self.state.settle(guilty, error or unexplained(guilty.name, details))

    def _begin_anew(self, doing: object) -> None:
        """Have the store mended, which whoever met it can do nothing for."""
        self.mend(wholly=True)
        if isinstance(doing, _Splitting | _Embedding):
            self._put_back(doing, None, alone=False)

    def _guilty(self, doing: _Splitting | _Embedding, error: RagError | None) -> DocumentJob | None:
        """Return whose fault it was, `None` where nobody knows: then each is done by itself.

        What was begun last ended the process, or all of them did when they were stored.
        """
        jobs = list(doing.jobs.values())
        begun = doing.begun if isinstance(doing, _Splitting) else None
        return begun if begun and isinstance(error, WorkerDied) else _only(jobs)

    def _given_up(self, error: Exception) -> None:
        """Do without keeping the store up, for now, if that ended the process."""
        if not isinstance(error, WorkerDied):
            raise error
        self._deaths += 1
        if self._deaths < _DEATHS:  # others may have ended it
            return
        logger.warning("the store could not be kept up: %s", error)
        self._untidy = False
        self._resting = True
        self.upkeep = Upkeep()

    def _put_back(
        self, doing: _Splitting | _Embedding, guilty: DocumentJob | None, *, alone: bool
    ) -> None:
        """Have the others done again, one by one if they are to be `alone`."""
        for job in reversed(doing.jobs.values()):
            if job is not guilty:
                job.alone = job.alone or alone
                self._lane(doing).put_back(job)

    def _lane(self, doing: _Splitting | _Embedding) -> Lane[DocumentJob]:
        queue = self.state.queue
        return queue.to_split if isinstance(doing, _Splitting) else queue.to_embed


def _only(jobs: Sequence[DocumentJob]) -> DocumentJob | None:
    return jobs[0] if len(jobs) == 1 else None
