"""An answer in the window: jobs that are queued, and signals."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_rag.answer.turn import Done, Question
from desktop_rag.domain.answers import Ground, Reason, SentenceCheck, SentenceVerdict
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
from desktop_rag.domain.passages import Evidence, Extract, Hit, Passage
from desktop_rag.gui.processes.job_queue import Job
from desktop_rag.gui.processes.turn_driver import TurnDriver
from desktop_rag.jobs.answering import LibraryScope
from desktop_rag.workers.commands.generating import WriteAnswer
from desktop_rag.workers.commands.searching import AnswerVerified, Gathered, Search, SearchDone

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
DONE = GenerationDone(TokenUsage(100, 0, 9), Timings(1.0, 2.0, 3.0, 4.0), "end", 7)
HIT = Hit(DocumentId("d"), 1, 4, "v", "T", "Lamps burned oil.", (), 1.0)
FOUND = SearchDone((HIT,), "en", 0.1)
CHECK = SentenceCheck(0, 4, "One.", SentenceVerdict.NOT_FOUND, Reason(Ground.UNRELATED))


@dataclass
class Queue:
    """Keeps what is asked; the test says what comes of it."""

    jobs: list[Job] = field(default_factory=list)
    dropped: list[Job | None] = field(default_factory=list)
    busy: bool = False

    def ask(self, job: Job) -> Job:
        self.jobs.append(job)
        return job

    def drop(self, job: Job | None) -> None:
        self.dropped.append(job)


class Driven:
    """A driver, its queues, and everything it said."""

    def __init__(self) -> None:
        self.searching, self.generating = Queue(), Queue()
        self.now = 100.0
        self.driver = TurnDriver(self.searching, self.generating, clock=lambda: self.now)
        self.said: list[object] = []
        self.driver.found.connect(lambda found, _: self.said.append(len(found.passages)))
        self.driver.quoted.connect(lambda found: self.said.append(found.quotes[0].text))
        self.driver.told.connect(self.said.append)
        self.driver.checked.connect(self.said.append)
        self.driver.finished.connect(self.said.append)
        self.driver.stopped.connect(lambda: self.said.append("stopped"))
        self.driver.checked_less.connect(self.said.append)
        self.driver.failed.connect(lambda error, _: self.said.append(error))

    def find(self, first: int = 0) -> None:
        """Have one passage be found by the jobs from `first` on, and joined with nothing."""
        self.searching.jobs[first].step(FOUND)
        self.searching.jobs[first + 1].step(Gathered((HIT,)))

    def write(self) -> Job:
        """Have a model begin to write about what was found; return its job."""
        self.ask(MODEL)
        self.find()
        self.searching.jobs[2].step(Evidence())
        (job,) = self.generating.jobs
        job.step(Prepared((1,), Dropped(), 9))
        return job

    def beside(self) -> list[str]:
        """Return the beginnings of the answer that were to be checked."""
        return [job.command.written for job in self.searching.jobs[3:]]

    def ask(self, model: ModelChoice | None = None, *, trusted: bool = True) -> None:
        question = Question("Oil?", model, neighbours=False, trusted=trusted)
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


def test_what_the_documents_say_is_told_before_a_model_that_is_not_trusted(driven) -> None:
    driven.ask(MODEL, trusted=False)
    driven.find()
    driven.searching.jobs[2].step(Evidence((Extract(Passage(1, HIT), 0, 17, 0.9),)))
    assert driven.said == [1, "Lamps burned oil."]


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


# Checks beside


def test_sentences_are_checked_while_the_model_goes_on(driven) -> None:
    job = driven.write()
    job.step("One. Two")
    assert driven.beside() == ["One. Two"]
    assert not driven.searching.jobs[3].repeated
    driven.searching.jobs[3].step(AnswerVerified((CHECK,)))
    job.step(" ends")
    assert driven.said == [1, "One. Two", (CHECK,), " ends"]


def test_they_are_checked_at_most_once_a_second_and_never_while_others_wait(driven) -> None:
    job = driven.write()
    job.step("One. Two")
    driven.now += 0.9
    job.step(". Three")
    assert driven.beside() == ["One. Two"]
    driven.now += 0.1
    job.step(". Four")
    assert driven.beside() == ["One. Two", "One. Two. Three. Four"]
    driven.now += 1
    driven.searching.busy = True
    job.step(". Five")
    assert len(driven.beside()) == 2
    driven.searching.busy = False
    job.step(". Six")
    assert len(driven.beside()) == 3


def test_what_comes_of_a_check_after_the_model_has_ended_is_not_heard(driven) -> None:
    job = driven.write()
    job.step("One. Two")
    job.step(DONE)
    early, final = driven.searching.jobs[3:]
    assert (early.command.ended, final.command.ended) == (False, True)
    early.step(AnswerVerified((CHECK,)))
    assert driven.driver.busy
    final.step(AnswerVerified((CHECK, CHECK)))
    assert driven.said[-1].checks == (CHECK, CHECK)
    assert not any(isinstance(one, tuple) for one in driven.said)


def test_a_check_beside_that_fails_ends_nothing(driven) -> None:
    job = driven.write()
    job.step("One. Two")
    driven.searching.jobs[3].failed(WorkerDied("searching", 9), "")
    job.step(" ends")
    assert driven.said == [1, "One. Two", " ends"]
    assert driven.driver.busy


def test_stopping_drops_the_check_beside_too(driven) -> None:
    job = driven.write()
    job.step("One. Two")
    driven.driver.stop()
    assert driven.searching.dropped == [job, driven.searching.jobs[3]]
    driven.searching.jobs[3].step(AnswerVerified((CHECK,)))
    assert driven.said == [1, "One. Two", "stopped"]
