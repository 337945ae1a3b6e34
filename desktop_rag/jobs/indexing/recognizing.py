"""The recognizing side of taking files in: several readers, each with one page at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_rag.domain.errors import (
    DocumentError,
    RagError,
    RecognitionDataMissing,
    WorkerDied,
)
from desktop_rag.jobs.indexing.events import Event
from desktop_rag.jobs.indexing.queue import DocumentJob
from desktop_rag.jobs.indexing.state import IndexingState
from desktop_rag.workers.commands.reading import PageRecognized, ReadingCommand, Recognize
from desktop_rag.workers.pipe.client import Worker

logger = logging.getLogger(__name__)

_PATIENCE = 4  # times as long as a page may be read may it be recognized
_STARTING_SECONDS = 10.0


@dataclass(slots=True)
class _PageInWork:
    """A page that is being recognized, since when."""

    job: DocumentJob
    number: int
    since: float


@dataclass(slots=True)
class RecognizingSide:
    """Gives the pages of one document after the other to as many processes as are to work."""

    state: IndexingState
    workers: Sequence[Worker[ReadingCommand]] = ()
    threads: int = 0  #: how many of the processes work; 0 for all of them
    doing: dict[str, _PageInWork] = field(default_factory=dict)

    @property
    def jobs(self) -> list[DocumentJob]:
        """The documents whose pages are being recognized, each once."""
        return list({id(page.job): page.job for page in self.doing.values()}.values())

    def next(self) -> None:
        """Give every process that is free the next page."""
        lane = self.state.queue.to_recognize
        for worker in self.workers[: self.threads or len(self.workers)]:
            if worker.name in self.doing:
                continue
            job = lane.head
            if job is None:
                return
            page = job.unread.pop(0)
            if not job.unread:
                lane.pop()
            self._begin(worker, job, page)

    def _begin(self, worker: Worker[ReadingCommand], job: DocumentJob, page: int) -> None:
        since = self.state.clock()
        if not worker.alive:
            worker.start()
            since += _STARTING_SECONDS
        job.recognizing += 1
        self.doing[worker.name] = _PageInWork(job, page, since)
        languages, password = self.state.how.languages, self.state.password_of(job)
        worker.submit(Recognize(job.document, job.fact, (page,), languages, password))

    def overdue(self) -> None:
        """End each process that has taken too long for its page."""
        most = self.state.how.page_seconds * _PATIENCE
        for worker in self.workers:
            page = self.doing.get(worker.name)
            if page and self.state.clock() - page.since > most:
                worker.kill()

    def step(self, value: PageRecognized, name: str) -> Iterator[Event]:
        """Note that a page was recognized."""
        job = self.doing[name].job
        job.recognized += 1
        self.state.pages += 1
        if value.damaged:
            job.damaged.add(value.page)
        yield from ()

    def end(self, name: str) -> Iterator[Event]:
        """Note that a process is done with its page."""
        yield from self._over(self.doing.pop(name).job)

    def failed(self, error: RagError | None, details: str, name: str) -> Iterator[Event]:
        """Leave a page out that cannot be recognized, or all of them where nothing can."""
        page = self.doing.pop(name)
        job = page.job
        if error is None:
            logger.error("%s", details)
        if isinstance(error, WorkerDied) and self._worth(page):
            job.died.add(page.number)
            job.unread.insert(0, page.number)
            self.state.queue.to_recognize.discard(job)
            self.state.queue.to_recognize.put_back(job)
        elif error is None or isinstance(error, WorkerDied):
            job.damaged.add(page.number)
        elif isinstance(error, DocumentError):
            job.note = error
            self._give_up(job)
            known = job.again or not self.state.serves(job)
            lost = not (known or isinstance(error, RecognitionDataMissing))
            if job.recognizing == 1 and lost:
                yield self.state.settle(job, error)
                return
        else:
            raise error
        yield from self._over(job)

    def _worth(self, page: _PageInWork) -> bool:
        """Whether a page is to be tried again: its process may have been ended by others."""
        slow = self.state.clock() - page.since > self.state.how.page_seconds * _PATIENCE
        return not slow and page.number not in page.job.died and page.job.note is None

    def _give_up(self, job: DocumentJob) -> None:
        job.unread.clear()
        self.state.queue.to_recognize.discard(job)

    def _over(self, job: DocumentJob) -> Iterator[Event]:
        """Have the pages bound once the last of them is done."""
        job.recognizing -= 1
        if not (job.unread or job.recognizing):
            self.state.queue.to_bind.append(job)
        yield from ()
