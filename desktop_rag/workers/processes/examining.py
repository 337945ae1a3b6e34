"""Has a model sit the exam, with the very process that writes answers."""

from __future__ import annotations

import time
from collections.abc import Iterator

from desktop_rag.answer import examining
from desktop_rag.answer.turn import (
    Await,
    CheckSentences,
    Done,
    Generate,
    PickSentences,
    Retrieve,
    Sent,
)
from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.examination import ExamQuestion, graded
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings import exam
from desktop_rag.workers.commands.generating import LoadModel, WriteAnswer
from desktop_rag.workers.commands.tuning import Examine, Examined, Examining
from desktop_rag.workers.processes.generating import GeneratingProcess


def sit(command: Examine, cancel: CancelToken) -> Iterator[Examining | Examined]:
    """Ask what is not marked yet, yield each mark, and at last the grade."""
    marks = list(command.marked)
    questions = exam.questions()
    writer = GeneratingProcess()
    try:
        for _ in writer.handle(LoadModel(command.model), cancel):
            pass
        for one in questions[len(marks) :]:
            started = time.perf_counter()
            done = _answered(one, command.model, writer, cancel)
            marks.append(examining.judged(one, done, time.perf_counter() - started))
            yield Examining(marks[-1], len(questions))
    finally:
        writer.close()
    yield Examined(graded(marks))


def _answered(
    one: ExamQuestion, model: ModelChoice, writer: GeneratingProcess, cancel: CancelToken
) -> Done | None:
    """Return the answer to a question; None where the model has no room for it."""
    from desktop_rag.engines.store import analyzer

    steps = examining.answered(one, model, analyzer)
    said: Iterator[object] = iter(())
    sent: Sent = None
    try:
        while True:
            step = steps.send(sent)
            sent = None
            match step:
                case Generate(model=choice, asked=asked, sampling=sampling):
                    writing = WriteAnswer(choice, asked, sampling)
                    said = iter(writer.handle(writing, cancel))
                case Await():
                    sent = writing.heard(next(said))
                case CheckSentences():
                    sent = ()  # the exam judges for itself
                case Retrieve() | PickSentences():
                    raise TypeError("an exam brings its own passages and sentences")
                case Done():
                    return step
                case _:
                    pass
    except QuestionTooLong:
        return None
