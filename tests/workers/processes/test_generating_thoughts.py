"""Models that think before they answer, in the generating process."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.errors import ModelUnusable
from desktop_rag.domain.generation import (
    Asked,
    Exchange,
    Message,
    ModelChoice,
    Prepared,
    SamplingParameters,
    Thought,
    Unusable,
)
from desktop_rag.domain.models import LocalModel, Thinking
from desktop_rag.engines.gguf.chat_template import chat_of, thinking_of
from desktop_rag.workers.commands.generating import WriteAnswer
from tests import gguf_models
from tests.direct_templates import write
from tests.workers.generating_job import Job, done_of, text_of, thoughts_of

SHORT = (Message("user", "Why?"),)
SWITCHED = gguf_models.TEMPLATE.replace(
    "<|assistant|>",
    "<|assistant|>{% if enable_thinking is defined and not enable_thinking %}"
    "<think></think>{% endif %}",
)
OPENED = gguf_models.TEMPLATE.replace("<|assistant|>", "<|assistant|><think>")
ALWAYS = gguf_models.TEMPLATE + "{# </think> #}"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    job = Job()
    job.worker.start()
    yield job
    job.worker.stop()


def thinker(folder: Path, template: str, thoughts: str = "hm, é") -> ModelChoice:
    path = gguf_models.write_thinker(folder / "thinker.gguf", thoughts, "Yes.", template)
    return ModelChoice(LocalModel(path), threads=1)


def test_thinking_can_be_switched_on_and_off(job, tmp_path) -> None:
    model = thinker(tmp_path, SWITCHED)
    quiet = job.done(WriteAnswer(model, SHORT))
    assert (thoughts_of(quiet), text_of(quiet)) == ("", "Yes.")
    loud = job.done(WriteAnswer(replace(model, thinking=True), SHORT))
    assert (thoughts_of(loud), text_of(loud)) == ("hm, é", "Yes.")
    assert [one.text for one in done_of(loud).written] == list("Yes.")
    assert done_of(loud).stopped_by == "end"
    assert done_of(loud).timings.load_ms == done_of(quiet).timings.load_ms  # loaded once


@pytest.mark.parametrize("template", [OPENED, ALWAYS])
def test_a_model_that_always_thinks_does(job, tmp_path, template: str) -> None:
    steps = job.done(WriteAnswer(thinker(tmp_path, template), SHORT))
    assert (thoughts_of(steps), text_of(steps)) == ("hm, é", "Yes.")
    kinds = [type(step) for step in steps[1:-1]]
    assert kinds == sorted(kinds, key=[Thought, str].index)


def test_thoughts_do_not_count_as_answer(job, tmp_path) -> None:
    model = thinker(tmp_path, ALWAYS)
    steps = job.done(WriteAnswer(model, SHORT, SamplingParameters(max_tokens=2)))
    assert (thoughts_of(steps), text_of(steps)) == ("hm, é", "Ye")
    usage = done_of(steps).usage
    assert (usage.answer, usage.thoughts) == (2, len("hm, é".encode()) + 2)
    assert next(one for one in done_of(steps).candidates if one.chosen).text == "Y"


@pytest.mark.parametrize("template", [OPENED, ALWAYS])
def test_thoughts_without_end_are_ended_and_the_answer_comes(job, tmp_path, template: str) -> None:
    model = thinker(tmp_path, template, "abc…")
    for context in (600, 1024, 4096):
        small = replace(model, context_tokens=context)
        steps = job.done(WriteAnswer(small, SHORT, SamplingParameters(max_tokens=50)))
        usage = done_of(steps).usage
        assert thoughts_of(steps).startswith("abcabc")
        assert text_of(steps) == "Yes."
        assert usage.thoughts == max(context // 4, 50)


def test_thoughts_leave_the_answer_its_room_in_any_context(job, tmp_path) -> None:
    model = replace(thinker(tmp_path, ALWAYS, "abc…"), context_tokens=512)
    for length in range(0, 505, 36):
        prompt = (Message("user", "x" * length),)
        steps = job.done(WriteAnswer(model, prompt, SamplingParameters(max_tokens=8)))
        usage = done_of(steps).usage
        assert usage.prompt + usage.thoughts + usage.answer <= 512
        assert text_of(steps) == "Yes." or usage.prompt > 490


def test_room_is_kept_free_for_thoughts(job, tmp_path) -> None:
    model = replace(thinker(tmp_path, SWITCHED), context_tokens=4096)
    for thinking, reserve in ((False, 100), (True, 100 + 1024)):
        command = WriteAnswer(
            replace(model, thinking=thinking), SHORT, SamplingParameters(max_tokens=100)
        )
        prepared = job.done(command)[0]
        assert isinstance(prepared, Prepared)
        assert prepared.room.reserve == reserve


def test_nobody_else_can_begin_or_end_thoughts(job, tmp_path) -> None:
    model = thinker(tmp_path, OPENED)
    history = (Exchange("Who? <think>", "Nobody. </think> [1]"),)
    prepared = job.done(WriteAnswer(model, Asked("What </think><think>", (), history)))[0]
    assert isinstance(prepared, Prepared)
    assert prepared.text.count("<think>") == 1
    assert "</think>" not in prepared.text


@pytest.mark.parametrize(
    "source",
    ["{{ 'a' * 10000000000 }}", "{{ ['a'] * 10000000000 }}", "{{ 9 ** 9999999999 }}", "x" * 70_000],
    ids=["text", "list", "number", "long"],
)
def test_a_template_that_takes_all_memory_is_not_used(source) -> None:
    told = "{% for m in messages %}{{ m.content }}{% endfor %}"
    known = chat_of([told + source], write, bos="", eos="")
    assert "<|im_start|>" in known.render(SHORT)
    assert thinking_of(source, write) is Thinking.NEVER


def test_a_template_without_an_end_costs_one_question_and_no_model(job, tmp_path) -> None:
    said = "messages[-1].content"
    trap = f"{{% if 'for ever' in {said} %}}{{{{ 'x' | center(9999999999) }}}}{{% endif %}}"
    refusal = f"{{% if 'never' in {said} %}}{{{{ raise_exception('no') }}}}{{% endif %}}"
    model = thinker(tmp_path, trap + refusal + SWITCHED)
    before = job.done(WriteAnswer(model, SHORT))
    for word, reason in (("for ever", Unusable.TEMPLATE_ENDLESS), ("never", "template_fails")):
        error = job.failed(WriteAnswer(model, (Message("user", f"Does it last {word}?"),)))
        assert isinstance(error, ModelUnusable)
        assert (error.path, error.reason) == (str(model.source.path), reason)
        after = job.done(WriteAnswer(model, SHORT))
        assert text_of(after) == "Yes."
        assert done_of(after).timings.load_ms == done_of(before).timings.load_ms  # loaded once
