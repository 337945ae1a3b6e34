"""What every `TextGenerator` promises: the fake, and llama.cpp with a model of a few kilobytes."""

import dataclasses
from collections.abc import Iterator

import pytest

from desktop_rag.domain.errors import QuestionTooLong
from desktop_rag.domain.generation import (
    GenerationDone,
    Message,
    ModelChoice,
    SamplingParameters,
    Thought,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.ports import Cancelled, TextGenerator
from tests import gguf_models
from tests.fakes import CancelAfter, FakeGenerator, NeverCancelled

ANSWER = "Whale oi[1]."
ASKED = (Message("system", "Be brief."), Message("user", "What did it burn?"))
GREEDY = SamplingParameters(greedy=True, max_tokens=40)
CONTEXT = 512


@pytest.fixture
def real(tmp_path) -> Iterator[TextGenerator]:
    from desktop_rag.engines.llm import llama

    path = gguf_models.write_reciter(tmp_path / "reciter.gguf", ANSWER)
    choice = ModelChoice(LocalModel(path), context_tokens=CONTEXT, threads=1)
    model = llama.load(choice, NeverCancelled())
    yield model
    model.close()


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.slow)])
def generator(request: pytest.FixtureRequest) -> TextGenerator:
    if request.param == "fake":
        return FakeGenerator(ANSWER, context_tokens=CONTEXT)
    return request.getfixturevalue("real")


def events(generator, asked=ASKED, sampling=GREEDY, cancel=None) -> list:
    return list(generator.generate(asked, sampling, cancel or NeverCancelled()))


def test_the_answer_comes_in_pieces_and_at_last_how_it_went(generator) -> None:
    *pieces, done = events(generator)
    assert all(type(piece) is str and piece for piece in pieces)
    assert "".join(pieces) == ANSWER
    assert isinstance(done, GenerationDone)
    assert done.stopped_by == "end"
    assert done.usage.answer == len(ANSWER)
    assert done.usage.thoughts == 0


def test_the_same_is_answered_again(generator) -> None:
    assert events(generator)[:-1] == events(generator)[:-1]


def test_an_answer_has_as_many_tokens_as_it_may(generator) -> None:
    *pieces, done = events(generator, sampling=dataclasses.replace(GREEDY, max_tokens=5))
    assert "".join(pieces) == ANSWER[:5]
    assert done.stopped_by == "length"
    assert done.usage.answer == 5


def test_a_prompt_is_counted_exactly(generator) -> None:
    *_, done = events(generator)
    assert generator.count_messages(ASKED) == done.usage.prompt
    longer = (*ASKED[:-1], Message("user", "What did it burn, and when?"))
    assert generator.count_messages(longer) > generator.count_messages(ASKED)


def test_a_text_counts_more_the_longer_it_is(generator) -> None:
    assert generator.count("") == 0
    assert 0 < generator.count("whale") < generator.count("whale and whale")


def test_a_prompt_holds_what_is_told_in_order(generator) -> None:
    prompt = generator.prompt(ASKED)
    assert 0 <= prompt.index("Be brief.") < prompt.index("What did it burn?")


def test_a_question_that_leaves_no_room_is_refused(generator) -> None:
    asked = (Message("user", "why " * CONTEXT),)
    with pytest.raises(QuestionTooLong) as caught:
        events(generator, asked)
    assert caught.value.args == (generator.count_messages(asked), generator.context_tokens)
    assert generator.context_tokens == CONTEXT


@pytest.mark.parametrize("checks", [0, 4])
def test_it_can_be_cancelled(generator, checks) -> None:
    with pytest.raises(Cancelled):
        events(generator, cancel=CancelAfter(checks))


def test_it_can_be_left_before_its_end(generator) -> None:
    steps = generator.generate(ASKED, GREEDY, NeverCancelled())
    assert next(steps)
    steps.close()
    assert "".join(events(generator)[:-1]) == ANSWER


def test_a_model_that_does_not_think_has_no_thoughts(generator) -> None:
    assert not generator.thinks
    assert not [event for event in events(generator) if isinstance(event, Thought)]


@pytest.fixture
def thinker(tmp_path) -> Iterator[TextGenerator]:
    from desktop_rag.engines.llm import llama

    template = gguf_models.TEMPLATE.replace(
        "<|assistant|>",
        "<|assistant|>{% if enable_thinking is defined and not enable_thinking %}"
        "<think></think>{% endif %}",
    )
    path = tmp_path / "thinker.gguf"
    gguf_models.write_thinker(path, "hm", "So.", template)
    model = llama.load(ModelChoice(LocalModel(path), threads=1, thinking=True), NeverCancelled())
    yield model
    model.close()


@pytest.mark.parametrize("kind", ["fake", pytest.param("real", marks=pytest.mark.slow)])
def test_thoughts_come_before_the_answer(kind, request) -> None:
    generator = FakeGenerator("So.", "hm") if kind == "fake" else request.getfixturevalue("thinker")
    *pieces, done = events(generator)
    thoughts = [piece for piece in pieces if isinstance(piece, Thought)]
    assert pieces[: len(thoughts)] == thoughts
    assert generator.thinks
    assert "".join(thought.text for thought in thoughts) == "hm"
    assert "".join(pieces[len(thoughts) :]) == "So."
    assert done.usage.thoughts > 0
    assert done.usage.answer == len("So.")
