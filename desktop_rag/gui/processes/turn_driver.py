"""One answer at a time: has the window's queues of jobs do what an answer asks for."""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_rag.answer.turn import (
    Checked,
    Done,
    PassagesFound,
    Progress,
    Question,
    QuotesFound,
)
from desktop_rag.domain.errors import RagError
from desktop_rag.domain.generation import Thought
from desktop_rag.domain.passages import Cited, TextDelta
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.jobs.answering import (
    Answering,
    AskBeside,
    AskGenerating,
    AskSearching,
    CheckedLess,
    Hear,
    Heard,
    LibraryScope,
    answering,
)
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library.kept_texts import KeptTexts
from desktop_rag.workers.commands.command import CommandOf
from desktop_rag.workers.commands.generating import GeneratingCommand
from desktop_rag.workers.commands.searching import AnswerVerified, SearchingCommand

_REST_SECONDS = 1.0  # from one check that is done beside to the next

C = TypeVar("C", SearchingCommand, GeneratingCommand)


class TurnDriver(QObject):
    """Asks, and says what comes of it.

    Signals:
        found: the `PassagesFound` passages, and the seconds it took to find them.
        progressed: how far it is with whole documents, `Progress`.
        quoted: the `QuotesFound`, which stand first.
        thought: a piece of what the model thinks before it answers.
        told: a piece of the answer's text.
        checked: the checks of sentences in its beginning, while it goes on.
        checked_less: the `RagError` that the entailment model is not asked for.
        finished: the `Done` answer.
        stopped: the person did not want the rest.
        failed: a `RagError` or `None`, and details.
    """

    found = Signal(object, float)
    progressed = Signal(object)
    quoted = Signal(object)
    thought = Signal(str)
    told = Signal(str)
    checked = Signal(object)
    checked_less = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(object, str)

    def __init__(
        self,
        searching: JobQueue[SearchingCommand],
        generating: JobQueue[GeneratingCommand],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._searching = searching
        self._generating = generating
        self._answering: Answering | None = None
        self._job: Job[SearchingCommand | GeneratingCommand, Any] | None = None
        self._beside: Job[SearchingCommand | GeneratingCommand, Any] | None = None
        self._rested = 0.0  # when the next one may be done beside
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

    def ask(
        self,
        question: Question,
        scope: LibraryScope,
        conversation: int | None = None,
        kept: KeptTexts | None = None,
    ) -> None:
        """Answer a question of a conversation; one at a time.

        What parts of documents come to is `kept` for the next time.
        """
        self._hearing = False
        self._started = time.monotonic()
        self._answering = answering(question, scope, conversation, kept)
        self._go(None)

    def stop(self) -> None:
        """End the answer as it stands."""
        if self._answering is None:
            return
        self._answering = None
        jobs = [job for job in (self._job, self._beside) if job]
        self._job = self._beside = None
        for job in jobs:
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
                case AskSearching() | AskGenerating() | AskBeside():
                    self._request(step)
                case event:
                    self._tell(event)

    def _request(self, request: AskSearching | AskGenerating | AskBeside) -> None:
        match request:
            case AskSearching(command=command):
                self._ask(self._searching, command, repeated=True)
            case AskGenerating(command=command):
                self._ask(self._generating, command, repeated=False)
            case AskBeside(command=command):
                self._ask_beside(command)

    def _tell(self, event: Heard) -> None:
        match event:
            case PassagesFound():
                self.found.emit(event, self.seconds)
            case QuotesFound():
                self.quoted.emit(event)
            case Thought(text=text):
                self.thought.emit(text)
            case TextDelta(text=text):
                self.told.emit(text)
            case Checked() | CheckedLess() | Progress():
                self._tell_aside(event)
            case Done():
                self._answering = None
                self.finished.emit(event)
            case Cited():
                pass  # the mark is in the text

    def _tell_aside(self, event: Checked | CheckedLess | Progress) -> None:
        match event:
            case Progress():
                self.progressed.emit(event)
            case Checked(checks=checks):
                self.checked.emit(checks)
            case CheckedLess(lacking=error):
                self.checked_less.emit(error)

    def _ask(self, queue: JobQueue[C], command: CommandOf[C, object], *, repeated: bool) -> None:
        self._asked += 1
        self._came.clear()
        heard = partial(self._heard, self._asked)
        failed = partial(self._failed, self._asked)
        self._job = queue.ask(Job(command, step=heard, failed=failed, repeated=repeated))

    def _ask_beside(self, command: CommandOf[SearchingCommand, AnswerVerified]) -> None:
        """Ask a process that has nothing else to do, now and then; what fails is tried at the end.

        The next sentence asks anew, for all that is refused here.
        """
        now = self._clock()
        if self._searching.busy or now < self._rested:
            return
        self._rested = now + _REST_SECONDS
        heard = partial(self._heard, self._asked)
        self._beside = self._searching.ask(Job(command, step=heard))

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
