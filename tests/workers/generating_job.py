"""Asks the generating process, and takes apart what it says."""

import functools
import queue
from pathlib import Path

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import GenerationDone, Thought
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.domain.ports import Cancelled
from desktop_rag.settings import paths as places
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step
from desktop_rag.workers.processes import generating

TIMEOUT = 120  # only failures ever reach it


class Job:
    """What one process has to say to one command after another."""

    def __init__(self, home: Path | None = None, kept: int = 0) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        main = functools.partial(generating.main, home or places.home(), kept)
        self.worker = Worker("generating", main, self.replies.put)

    def next(self) -> Reply:
        return self.replies.get(timeout=TIMEOUT)

    def rest(self) -> tuple[list[object], Reply]:
        steps: list[object] = []
        while isinstance(reply := self.next(), Step):
            steps.append(reply.value)
        return steps, reply

    def done(self, command: object) -> list[object]:
        self.worker.submit(command)
        steps, reply = self.rest()
        assert isinstance(reply, Finished), reply
        return steps

    def failed(self, command: object) -> Exception | None:
        self.worker.submit(command)
        steps, reply = self.rest()
        assert steps == []
        assert isinstance(reply, Failed)
        return reply.error


def text_of(steps: list[object]) -> str:
    return "".join(step for step in steps if isinstance(step, str))


def thoughts_of(steps: list[object]) -> str:
    return "".join(step.text for step in steps if isinstance(step, Thought))


def done_of(steps: list[object]) -> GenerationDone:
    assert isinstance(steps[-1], GenerationDone)
    return steps[-1]


def passage(number: int, text: str = "Water boils.") -> Passage:
    return Passage(number, Hit(DocumentId("d"), number, 0, "1", "Title", text, (), 1.0))


class Patience:
    """A cancel token whose owner loses patience at the nth look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled
