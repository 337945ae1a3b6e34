"""An answer in the window: jobs that are queued, and signals."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_rag.answer.turn import Done, Question
from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.errors import EncoderUnusable, WorkerDied
from desktop_rag.domain.generation import (
    Dropped,
    GenerationDone,
    ModelChoice,
    Prepared,
    Timings,
    TokenUsage,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Evidence, Hit
from desktop_rag.gui.chat.turn_driver import TurnDriver
from desktop_rag.gui.processes.job_queue import Job
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.workers.commands.generating import WriteAnswer
from desktop_rag.workers.commands.searching import AnswerVerified, Gathered, Search, SearchDone

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
DONE = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
HIT = Hit(DocumentId("d"), 1, 4, "v", "T", "Lamps burned oil.", (), 1.0)
FOUND = SearchDone((HIT,), "en", 0.1)


@dataclass
class Queue:
    """Keeps what is asked; the test says what comes of it."""

    jobs: list[Job] = field(default_factory=list)
    dropped: list[Job | None] = field(default_factory=list)

    def ask(self, job: Job) -> Job:
        self.jobs.append(job)
        return job

    def drop(self, job: Job | None) -> None:
        self.dropped.append(job)


class Driven:
    """A driver, its queues, and everything it said."""

    def __init__(self) -> None:
        self.searching, self.generating = Queue(), Queue()
        self.driver = TurnDriver(self.searching, self.generating)
        self.said: list[object] = []
        self.driver.found.connect(lambda found, _: self.said.append(len(found.passages)))
        self.driver.told.connect(self.said.append)
        self.driver.finished.connect(self.said.append)
        self.driver.stopped.connect(lambda: self.said.append("stopped"))
        self.driver.checked_less.connect(self.said.append)
        self.driver.failed.connect(lambda error, _: self.said.append(error))

    def find(self, first: int = 0) -> None:
        """Have one passage be found by the jobs from `first` on, and joined with nothing."""
        self.searching.jobs[first].step(FOUND)
        self.searching.jobs[first + 1].step(Gathered((HIT,)))

    def ask(self, model: ModelChoice | None = None) -> None:
        question = Question("Oil?", model, neighbours=False)
        self.driver.ask(question, LibraryScope("Papers"), 7)


@pytest.fixture
def driven(qapp) -> Driven:
    return Driven()


def test_one_job_follows_the_other_until_the_answer_is_there(driven) -> None:
    driven.ask()
    assert isinstance(driven.searching.jobs[0].command, Search)
    assert driven.searching.jobs[0].repeated
    driven.find()
    assert driven.said == [1]
    assert driven.driver.busy
    driven.searching.jobs[2].step(Evidence())
    assert driven.said == [1, Done("", ())]
    assert not driven.driver.busy


def test_what_a_model_says_is_told_as_it_comes(driven) -> None:
    driven.ask(MODEL)
    driven.find()
    driven.searching.jobs[2].step(Evidence())
    (job,) = driven.generating.jobs
    assert isinstance(job.command, WriteAnswer)
    assert job.command.conversation == 7
    assert not job.repeated
    for piece in (Prepared((1,), Dropped(), 9), "One", " two."):
        job.step(piece)
    assert driven.said == [1, "One", " two."]
    job.step(DONE)
    driven.searching.jobs[3].step(AnswerVerified(()))
    assert driven.said[-1].text == "One two."


def test_what_an_answer_is_checked_without_is_told(driven) -> None:
    error = EncoderUnusable("nli", "/models/nli")
    driven.ask(MODEL)
    driven.find()
    driven.searching.jobs[2].step(Evidence())
    for piece in (Prepared((1,), Dropped(), 9), "One.", DONE):
        driven.generating.jobs[0].step(piece)
    driven.searching.jobs[3].step(AnswerVerified((), error))
    assert driven.said[2] is error
    assert driven.said[3].text == "One."


def test_a_job_that_is_repeated_after_it_was_heard_is_heard_once(driven) -> None:
    driven.ask()
    driven.find()
    driven.searching.jobs[0].step(FOUND)
    assert driven.said == [1]
    assert len(driven.searching.jobs) == 3
    driven.driver.stop()
    driven.ask()
    driven.searching.jobs[0].step(FOUND)
    assert driven.said == [1, "stopped"]
    assert driven.driver.busy


def test_stopping_drops_the_job_and_hears_it_no_more(driven) -> None:
    driven.ask(MODEL)
    driven.find()
    driven.searching.jobs[2].step(Evidence())
    driven.driver.stop()
    assert driven.generating.dropped == [driven.generating.jobs[0]]
    driven.generating.jobs[0].step("late")
    driven.generating.jobs[0].failed(None, "late")
    assert driven.said == [1, "stopped"]
    assert not driven.driver.busy


def test_a_failure_ends_the_answer_and_the_next_can_be_asked(driven) -> None:
    died = WorkerDied("searching", 9)
    driven.ask()
    driven.searching.jobs[0].failed(died, "")
    assert driven.said == [died]
    driven.ask()
    driven.searching.jobs[0].failed(died, "")  # of the question before
    assert driven.said == [died]
    driven.find(first=1)
    assert driven.said == [died, 1]
