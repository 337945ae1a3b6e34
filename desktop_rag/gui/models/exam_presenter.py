"""The exam of each language model: on demand, and by itself while nobody wants anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_rag.domain.errors import RagError
from desktop_rag.domain.examination import Grade, Mark
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import ModelKind
from desktop_rag.gui.models.values import Doing, WorkValue
from desktop_rag.gui.processes.job_queue import JobQueue
from desktop_rag.gui.session import Session, words_for
from desktop_rag.jobs.job_queue import Job
from desktop_rag.library import exams, models
from desktop_rag.library.models import Installed, ModelId
from desktop_rag.workers.commands.tuning import Examine, Examined, Examining, TuningCommand

if TYPE_CHECKING:
    from desktop_rag.gui.models.models_dialog import ModelsDialog

IDLE_MS = 20_000  #: for which nothing was wanted, before a model is examined by itself


@dataclass(slots=True)
class _Sitting:
    """An exam that is under way; `wished` by the person."""

    model: Installed
    choice: ModelChoice
    wished: bool
    job: Job[TuningCommand, Examining | Examined]
    marks: list[Mark] = field(default_factory=list)
    questions: int = 0


class ExamPresenter(QObject):
    """Examines one model at a time.

    An exam that nobody asked for gives way to a question, and goes on later where it was.

    Signals:
        changed: a model has a grade.
        worked: an exam began, went on or ended.
        failed: words for what went wrong with an exam that was wished.
    """

    changed = Signal()
    worked = Signal()
    failed = Signal(str)

    def __init__(
        self, session: Session, line: JobQueue[TuningCommand], idle_ms: int = IDLE_MS
    ) -> None:
        super().__init__(session)
        self._session = session
        self._line = line
        self._now: _Sitting | None = None
        self._kept: dict[ModelChoice, tuple[Mark, ...]] = {}  # of exams that gave way
        self._tried: set[ModelId] = set()  # by itself, in vain
        self._busy = False
        self._idle = QTimer(self, singleShot=True, interval=idle_ms)
        self._idle.timeout.connect(self._begin_by_itself)

    def serve(self, dialog: ModelsDialog) -> None:
        """Do what this dialog wishes."""
        dialog.examine_requested.connect(self.examine)
        dialog.work_cancelled.connect(self.cancel)
        dialog.removal_requested.connect(self.cancel)

    @property
    def work(self) -> list[WorkValue]:
        """The exam that is under way, and how far it is."""
        now = self._now
        if now is None:
            return []
        share = len(now.marks) / now.questions if now.questions else None
        return [WorkValue(now.model.id, Doing.EXAMINING, share)]

    def grade(self, model: Installed) -> Grade | None:
        """Return the grade of a model as it is used now."""
        if model.kind is not ModelKind.WRITER:
            return None
        return exams.grade(self._session.db, self._choice(model))

    def await_idleness(self) -> None:
        """Examine what has no grade yet, once nothing has been wanted for a while."""
        if not self._busy:
            self._idle.start()

    def set_answering(self, answering: bool) -> None:
        """Give way to a question, or go on some time after its answer."""
        self._busy = answering
        if not answering:
            self.await_idleness()
            return
        self._idle.stop()
        now = self._now
        if now is not None and not now.wished:
            self._kept[now.choice] = tuple(now.marks)
            self._stop()

    def examine(self, model: int) -> None:
        """Examine a model now, whether it has a grade or not."""
        found = next((one for one in self._writers() if one.id == model), None)
        if found is not None:
            self._stop()
            self._begin(found, (), wished=True)

    def cancel(self, model: int) -> None:
        """Stop the exam of a model; it is not begun again by itself."""
        if self._now is not None and self._now.model.id == model:
            self._tried.add(self._now.model.id)
            self._stop()

    def stop(self) -> None:
        """Begin no other exam."""
        self._idle.stop()

    def _begin_by_itself(self) -> None:
        if self._busy or self._now is not None:
            return
        if self._line.busy or self._session.awaited:
            self._idle.start()
            return
        for one in self._writers():
            if one.id not in self._tried and self.grade(one) is None:
                self._begin(one, self._kept.pop(self._choice(one), ()), wished=False)
                return

    def _begin(self, model: Installed, marked: tuple[Mark, ...], *, wished: bool) -> None:
        choice = self._choice(model)
        job = Job(
            Examine(choice, marked),
            step=self._on_step,
            end=self._end,
            failed=partial(self._on_failed, wished),
        )
        self._now = _Sitting(model, choice, wished, job, list(marked))
        self._line.ask(job)
        self.worked.emit()

    def _on_step(self, value: Examining | Examined) -> None:
        now = self._now
        if now is None:
            return
        match value:
            case Examining(mark=mark, questions=questions):
                now.marks.append(mark)
                now.questions = questions
                self.worked.emit()
            case Examined(grade=grade):
                exams.keep(self._session.db, now.choice, grade)
                self.changed.emit()

    def _on_failed(self, wished: bool, error: RagError | None, details: str) -> None:
        if self._now is not None:
            self._tried.add(self._now.model.id)
        self._end()
        if wished:
            self.failed.emit(words_for(error))
        if error is None:
            raise RuntimeError(details)  # a bug: kept with its details, like any other

    def _stop(self) -> None:
        now, self._now = self._now, None
        if now is not None:
            self._line.drop(now.job)
            self._line.renew()  # llama.cpp keeps the memory of what it was stopped at
            self.worked.emit()

    def _end(self) -> None:
        self._now = None
        self.worked.emit()
        self.await_idleness()  # for another model

    def _writers(self) -> Iterator[Installed]:
        """Yield the language models that are there, the one in use first."""
        used = self._session.model
        found = [one for one in models.listing(self._session.db, ModelKind.WRITER) if one.there]
        yield from sorted(found, key=lambda one: one.source != used)

    def _choice(self, model: Installed) -> ModelChoice:
        return models.choice(self._session.db, model.source, self._session.settings.generating)
