"""Which quotation is translated when; the test says what comes of the jobs."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_rag.domain.errors import ModelMissing
from desktop_rag.domain.generation import ModelChoice
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.jobs import translating
from desktop_rag.jobs.job_queue import Job
from desktop_rag.jobs.translating import Translating
from desktop_rag.workers.commands.generating import LoadModel, Translate

MODEL = ModelChoice(LocalModel(Path("model.gguf")))
OTHER = ModelChoice(LocalModel(Path("other.gguf")))
OIL, TIDE = Quotation("Whale oil.", "es"), Quotation("The tide.", "es")
PART, DONE = Translated("Aceite"), Translated("Aceite de ballena.", done=True)


@dataclass
class Line:
    """Keeps what is asked and not dropped."""

    jobs: list[Job] = field(default_factory=list)
    dropped: list[Job] = field(default_factory=list)

    def ask(self, job: Job) -> Job:
        self.jobs.append(job)
        return job

    def drop(self, job: Job | None) -> None:
        if job is not None:
            self.dropped.append(job)

    @property
    def wanted(self) -> list[Quotation]:
        """What is to be translated, as far as nobody has dropped it."""
        return [
            job.command.quotation
            for job in self.jobs
            if isinstance(job.command, Translate) and job not in self.dropped
        ]


class Looking:
    """Somebody who looks at quotations, and what he was told."""

    def __init__(self) -> None:
        self.line = Line()
        self.translating = Translating(self.line)
        self.told: list[object] = []

    def at(self, quotation: Quotation, model: ModelChoice = MODEL) -> Job | None:
        def failed(error, _details) -> None:
            self.told.append(error)

        before = len(self.line.jobs)
        self.translating.want(model, quotation, self.told.append, failed)
        return self.line.jobs[-1] if len(self.line.jobs) > before else None


@pytest.fixture
def looking() -> Looking:
    return Looking()


def test_the_model_is_loaded_and_then_translates(looking) -> None:
    looking.at(OIL)
    load, job = looking.line.jobs
    assert load.command == LoadModel(MODEL)
    assert job.command == Translate(MODEL, OIL)
    job.step(PART)
    job.step(DONE)
    assert looking.told == [PART, DONE]


def test_what_is_left_is_dropped_but_not_the_loading(looking) -> None:
    job = looking.at(OIL)
    looking.translating.leave()
    assert looking.line.dropped == [job]
    job.step(DONE)  # said before it heard
    assert looking.told == []


def test_only_what_is_looked_at_last_is_translated(looking) -> None:
    first = looking.at(OIL)
    second = looking.at(TIDE)
    assert looking.line.wanted == [TIDE]
    first.step(DONE)
    first.failed(None, "late")
    assert looking.told == []
    second.step(PART)
    assert looking.told == [PART]


def test_nothing_is_translated_twice_by_one_model(looking) -> None:
    looking.at(OIL).step(DONE)
    looking.translating.leave()
    assert looking.at(OIL) is None
    assert looking.told == [DONE, DONE]
    assert looking.at(OIL, OTHER) is not None
    assert looking.at(Quotation(OIL.text, "en")) is not None


def test_the_oldest_translations_are_forgotten(looking, monkeypatch) -> None:
    monkeypatch.setattr(translating, "_KEPT", 1)
    looking.at(OIL).step(DONE)
    looking.at(TIDE).step(DONE)
    assert looking.at(TIDE) is None
    assert looking.at(OIL) is not None


def test_an_answer_goes_first_and_the_translation_after_it(looking) -> None:
    looking.at(OIL)
    looking.translating.give_way()
    assert looking.line.wanted == []
    looking.translating.go_on()
    assert looking.line.wanted == [OIL]
    looking.line.jobs[-1].step(DONE)
    assert looking.told == [DONE]


def test_what_is_looked_at_during_an_answer_waits_for_its_end(looking) -> None:
    looking.translating.give_way()
    assert looking.at(OIL) is None
    looking.translating.leave()
    looking.at(TIDE)
    assert looking.translating.held
    looking.translating.go_on()
    assert looking.line.wanted == [TIDE]


def test_what_is_known_is_told_during_an_answer_too(looking) -> None:
    looking.at(OIL).step(DONE)
    looking.translating.give_way()
    looking.at(OIL)
    assert looking.told == [DONE, DONE]


def test_going_on_begins_nothing_twice(looking) -> None:
    looking.at(OIL)
    looking.translating.go_on()
    assert looking.line.wanted == [OIL]


def test_a_failure_is_told_and_the_next_look_tries_again(looking) -> None:
    error = ModelMissing("model.gguf")
    looking.at(OIL).failed(error, "")
    assert looking.told == [error]
    assert looking.at(OIL) is not None
