"""One answer at a time: has the window's queues of jobs do what an answer asks for."""

from __future__ import annotations

import time
import traceback
from collections import deque
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.turn import Done, PassagesFound, Question
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import Thought
from desktop_rag.domain.passages import Cited, TextDelta
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.jobs.answering import (
    Answering,
    AskGenerating,
    AskSearching,
    CheckedLess,
    Hear,
    Heard,
    LibraryScope,
    answering,
)
from desktop_rag.jobs.job_queue import Job
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.generating import GeneratingCommand
from desktop_rag.workers.commands.searching import SearchingCommand

C = TypeVar("C", SearchingCommand, GeneratingCommand)


class TurnDriver(QObject):
    """Asks, and says what comes of it.

    Signals:
        found: the `PassagesFound` passages, and the seconds it took to find them.
        thought: a piece of what the model thinks before it answers.
        told: a piece of the answer's text.
        checked_less: the `RagError` that the entailment model is not asked for.
        finished: the `Done` answer.
        stopped: the person did not want the rest.
        failed: a `RagError` or `None`, and details.
    """

    found = Signal(object, float)
    thought = Signal(str)
    told = Signal(str)
    checked_less = Signal(object)
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
        self._searching = searching
        self._generating = generating
        self._answering: Answering | None = None
        self._job: Job[SearchingCommand | GeneratingCommand, Any] | None = None
        self._asked = 0  # jobs so far: what comes of an earlier one is not heard
        self._hearing = False
        self._came: deque[object] = deque()
        self._started = 0.0

    @property
    def busy(self) -> bool:
        """Whether an answer is being made."""
        return self._answering is not None

    @property
    def seconds(self) -> float:
        """For how long the answer has been made, or was."""
        return time.monotonic() - self._started

    def ask(self, question: Question, scope: LibraryScope, conversation: int | None = None) -> None:
        """Answer a question of a conversation; one at a time."""
        self._hearing = False
        self._started = time.monotonic()
        self._answering = answering(question, scope, conversation)
        self._go(None)

    def stop(self) -> None:
        """End the answer as it stands."""
        if self._answering is None:
            return
        self._answering = None
        job, self._job = self._job, None
        for queue in (self._searching, self._generating):
            queue.drop(job)
        self.stopped.emit()

    def _go(self, sent: object) -> None:
        """Take steps until one has to be waited for."""
        steps = self._answering
        while steps is not None and steps is self._answering:
            try:
                step = steps.send(sent)
            except StopIteration:
                self._answering = None
                return
            except BaseException:
                self._failed(self._asked, None, traceback.format_exc())
                raise
            sent = None
            match step:
                case Hear() if self._came:
                    sent = self._came.popleft()
                case Hear():
                    self._hearing = True
                    return
                case AskSearching(command=command):
                    self._ask(self._searching, command, repeated=True)
                case AskGenerating(command=command):
                    self._ask(self._generating, command, repeated=False)
                case event:
                    self._tell(event)

    def _tell(self, event: Heard) -> None:
        match event:
            case PassagesFound():
                self.found.emit(event, self.seconds)
            case Thought(text=text):
                self.thought.emit(text)
            case TextDelta(text=text):
                self.told.emit(text)
            case CheckedLess(lacking=error):
                self.checked_less.emit(error)
            case Done():
                self._answering = None
                self.finished.emit(event)
            case Cited():
                pass  # the mark is in the text

    def _ask(self, queue: JobQueue[C], command: CommandOf[C, object], *, repeated: bool) -> None:
        self._asked += 1
        self._came.clear()
        heard = partial(self._heard, self._asked)
        failed = partial(self._failed, self._asked)
        self._job = queue.ask(Job(command, step=heard, failed=failed, repeated=repeated))

    def _heard(self, asked: int, value: object) -> None:
        if asked != self._asked:
            return
        self._came.append(value)
        if self._hearing:
            self._hearing = False
            self._go(self._came.popleft())

    def _failed(self, asked: int, error: RagError | None, details: str) -> None:
        if asked == self._asked and self._answering is not None:
            self._answering = None
            self.failed.emit(error, details)
