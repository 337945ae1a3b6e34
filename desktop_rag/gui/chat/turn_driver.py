"""One answer at a time: drives a turn with the searching and the generating process."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.turn import (
    Await,
    Done,
    Generate,
    PassagesFound,
    PickSentences,
    Question,
    Retrieve,
    Retrieved,
    Sent,
    Turn,
    turn,
)
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import GenerationDone, Prepared, Thought
from desktop_rag.domain.passages import Cited, TextDelta
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.jobs.job_queue import Job
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.generating import GeneratingCommand, WriteAnswer
from desktop_rag.workers.commands.searching import (
    Pick,
    Picked,
    Search,
    SearchDone,
    SearchingCommand,
    Widen,
    Widened,
)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """Where an answer is sought: in a library, or only `among` some of its documents.

    It goes on with a `conversation`.
    """

    library: str
    among: tuple[DocumentId, ...] = ()
    conversation: int | None = None


class TurnDriver(QObject):
    """Asks, and says what comes of it.

    Signals:
        found: the `PassagesFound` passages, and the seconds it took to find them.
        thought: a piece of what the model thinks before it answers.
        told: a piece of the answer's text.
        finished: the `Done` answer.
        stopped: the person did not want the rest.
        failed: a `RagError` or `None`, and details.
    """

    found = Signal(object, float)
    thought = Signal(str)
    told = Signal(str)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(object, str)

    def __init__(
        self,
        searching: JobQueue[SearchingCommand],
        generating: JobQueue[GeneratingCommand],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = (searching, generating)
        self._turn: Turn | None = None
        self._job: Job[Any, Any] | None = None
        self._place = AnswerScope("")
        self._awaiting = False
        self._came: list[Sent] = []
        self._started = 0.0

    @property
    def busy(self) -> bool:
        """Whether an answer is being made."""
        return self._turn is not None

    @property
    def seconds(self) -> float:
        """For how long the answer has been made, or was."""
        return time.monotonic() - self._started

    def ask(self, question: Question, place: AnswerScope) -> None:
        """Answer a question; one at a time."""
        self._place = place
        self._came = []
        self._awaiting = False
        self._started = time.monotonic()
        self._turn = turn(question)
        self._go(None)

    def stop(self) -> None:
        """End the answer as it stands."""
        if self._turn is None:
            return
        self._end()
        self.stopped.emit()

    def _end(self) -> None:
        self._turn = None
        job, self._job = self._job, None
        for line in self._lines:
            line.drop(job)

    def _go(self, sent: Sent) -> None:
        """Take steps until one has to be waited for."""
        while self._turn is not None:
            try:
                step = self._turn.send(sent)
            except StopIteration:
                self._turn = None
                return
            except BaseException:
                self._failed(None, traceback.format_exc())
                raise
            sent = None
            match step:
                case Await() if self._came:
                    sent = self._came.pop(0)
                case Await():
                    self._awaiting = True
                    return
                case Retrieve() | PickSentences():
                    self._look(step)
                    return
                case Generate(model=model, asked=asked, sampling=sampling):
                    self._write(WriteAnswer(model, asked, sampling, self._place.conversation))
                case event:
                    self._tell(event)

    def _tell(self, event: PassagesFound | Thought | TextDelta | Cited | Done) -> None:
        match event:
            case PassagesFound():
                self.found.emit(event, self.seconds)
            case Thought(text=text):
                self.thought.emit(text)
            case TextDelta(text=text):
                self.told.emit(text)
            case Done():
                self._turn = None
                self.finished.emit(event)
            case Cited():
                pass  # the mark is in the text

    def _look(self, wish: Retrieve | PickSentences) -> None:
        match wish:
            case Retrieve(query=query, limit=limit, widen=widen):
                search = Search(query, self._place.library, limit=limit, among=self._place.among)
                self._search(search, self._widened if widen else self._retrieved)
            case PickSentences(question=question, language=language, passages=passages):
                self._search(Pick(question, language, passages), self._picked)

    def _search(self, command: CommandOf[SearchingCommand, R], then: Callable[[R], None]) -> None:
        searching, _ = self._lines
        self._job = searching.ask(Job(command, step=then, failed=self._failed, repeated=True))

    def _retrieved(self, value: SearchDone) -> None:
        self._go(Retrieved(value.hits, value.language))

    def _widened(self, value: SearchDone) -> None:
        if not value.hits:
            self._go(Retrieved((), value.language))
            return
        language = value.language

        def then(widened: Widened) -> None:
            self._go(Retrieved(widened.hits, language))

        self._search(Widen(value.hits), then)

    def _picked(self, value: Picked) -> None:
        self._go(value.extracts)

    def _write(self, command: WriteAnswer) -> None:
        _, generating = self._lines
        self._job = generating.ask(Job(command, step=self._written, failed=self._failed))

    def _written(self, value: Prepared | Thought | str | GenerationDone) -> None:
        self._came.append(value)
        if self._awaiting:
            self._awaiting = False
            self._go(self._came.pop(0))

    def _failed(self, error: RagError | None, details: str) -> None:
        if self._turn is not None:
            self._turn = None
            self.failed.emit(error, details)
