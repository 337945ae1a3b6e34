"""What a real small model makes of a few sentences, in the generating process."""

from collections.abc import Iterator

import pytest

from desktop_rag.domain.documents import DocumentId
from desktop_rag.domain.generation import (
    Asked,
    ModelChoice,
    Prepared,
    SamplingParameters,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Extract, Hit, Passage
from desktop_rag.workers.commands.generating import WriteAnswer
from tests import real_models
from tests.workers.generating_job import Job, done_of, text_of

pytestmark = pytest.mark.slow

GREEDY = SamplingParameters(greedy=True, seed=1)
KNOWN = {
    "Who built the bridge over the Vell?": (
        "The bridge over the Vell was built by Ana Ruiz.",
        "Ruiz",
    ),
    "When did the library of Aldona open?": ("The library of Aldona opened in 1931.", "1931"),
    "What is the roof of the mill made of?": ("The roof of the mill is made of slate.", "slate"),
}


@pytest.fixture(scope="module")
def choice() -> ModelChoice:
    return ModelChoice(LocalModel(real_models.smollm2()), context_tokens=1024, threads=1)


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    job = Job()
    job.worker.start()
    yield job
    job.worker.stop()


def asked(question: str, *texts: str) -> Asked:
    hits = [Hit(DocumentId("d"), n, 0, "1", "Notes", text, (), 1.0) for n, text in enumerate(texts)]
    passages = tuple(Passage(n, hit) for n, hit in enumerate(hits, 1))
    best = tuple(Extract(one, 0, len(one.hit.text), -float(one.number)) for one in passages)
    return Asked(question, passages, rules="Be brief.", sentences=best)


@pytest.mark.parametrize("question", KNOWN)
def test_a_small_model_says_what_the_best_sentence_says(job, choice, question) -> None:
    best, word = KNOWN[question]
    other = "Nobody has lived on the island since the war."
    steps = job.done(WriteAnswer(choice, asked(question, best, other), GREEDY))
    assert word in text_of(steps)


def test_a_small_model_is_told_sentences_and_no_rules(job, choice) -> None:
    question = next(iter(KNOWN))
    steps = job.done(WriteAnswer(choice, asked(question, KNOWN[question][0]), GREEDY))
    (prepared,) = (step for step in steps if isinstance(step, Prepared))
    told = f"Text:\n{KNOWN[question][0]}\n\nAnswer with a sentence of the text: {question}"
    assert f"{told}<|im_end|>" in prepared.text
    assert "Be brief." not in prepared.text
    assert prepared.prompt_tokens < 100


def test_a_small_model_ends_before_it_has_said_much(job, choice) -> None:
    wordy = asked("Tell a story about the mill, and go on for as long as you can.", "It burned.")
    usage = done_of(job.done(WriteAnswer(choice, wordy, GREEDY))).usage
    assert 0 < usage.answer <= 64
