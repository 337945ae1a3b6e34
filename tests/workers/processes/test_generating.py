"""The generating process with real models, most of them made here."""

import math
import os
import random
import signal
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.answer import translating
from desktop_rag.answer.prompting import messages_for, reserve
from desktop_rag.answer.routes.writing import rules
from desktop_rag.domain.errors import (
    ModelMissing,
    ModelTooLarge,
    ModelUnusable,
    QuestionTooLong,
)
from desktop_rag.domain.generation import (
    Asked,
    Dropped,
    Exchange,
    Message,
    ModelChoice,
    ModelReady,
    Prepared,
    Room,
    SamplingParameters,
    Unusable,
)
from desktop_rag.domain.models import LocalModel
from desktop_rag.domain.passages import Passage
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.translations import Quotation, Translated
from desktop_rag.engines.gguf import template_process
from desktop_rag.engines.llm import llama
from desktop_rag.engines.llm.kv_cache import PIECE_TOKENS
from desktop_rag.workers.commands.generating import LoadModel, Translate, WriteAnswer
from desktop_rag.workers.pipe.protocol import Step, Stopped
from desktop_rag.workers.processes import generating
from tests import gguf_models
from tests.places import SHARED
from tests.workers.generating_job import Job, Patience, done_of, passage, text_of

SHARED_MODELS = SHARED / "data" / "models"
SPOKEN = "aé€😀"  # characters of one to four bytes, each byte a token
LONG = (Message("user", "x" * 3000),)
SHORT = (Message("user", "Why?"),)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    job = Job()
    job.worker.start()
    yield job
    job.worker.stop()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def babbler(folder: Path) -> ModelChoice:
    return ModelChoice(LocalModel(gguf_models.write_babbler(folder / "babbler.gguf")), threads=1)


@pytest.fixture(scope="module")
def slow(folder: Path) -> ModelChoice:
    path = gguf_models.write_babbler(
        folder / "slow.gguf", layers=12, feed_forward=2048, context=8192
    )
    return ModelChoice(LocalModel(path), threads=1)


def test_a_model_can_be_loaded_before_it_is_asked(job, babbler) -> None:
    (ready,) = job.done(LoadModel(babbler))
    assert isinstance(ready, ModelReady)
    assert (ready.name, ready.context_tokens) == ("babbler.gguf", 4096)
    assert job.done(LoadModel(babbler)) == [ready]  # not loaded again: the same time


def test_an_answer_arrives_piece_by_piece(job, slow) -> None:
    steps = job.done(WriteAnswer(slow, SHORT, SamplingParameters(max_tokens=60, repeats=True)))
    prepared = steps[0]
    assert isinstance(prepared, Prepared)
    assert (prepared.kept, prepared.dropped) == ((), Dropped())
    assert prepared.prompt_tokens == len("sUWhy?EA")  # four of them control tokens
    assert "Why?" in prepared.text
    assert prepared.room == Room(system=0, history=0, question=0, reserve=60, limit=8192)
    assert len([step for step in steps if isinstance(step, str)]) > 3
    assert len(text_of(steps)) == 60
    assert done_of(steps).usage.answer == 60
    assert done_of(steps).stopped_by == "length"
    assert done_of(steps).timings.decode_tps > 0


def test_the_likeliest_first_tokens_are_told_with_their_probabilities(job, slow) -> None:
    steps = job.done(
        WriteAnswer(slow, SHORT, SamplingParameters(max_tokens=3, temperature=1.5, seed=5))
    )
    found = done_of(steps).candidates
    logs = [one.log_probability for one in found]
    assert len(found) == 12
    assert logs[:-1] == sorted(logs[:-1], reverse=True)
    assert 0.2 < sum(math.exp(value) for value in logs) <= 1
    (chosen,) = (one for one in found if one.chosen)
    assert text_of(steps).startswith(chosen.text)


def test_every_token_is_told_with_its_probability_and_what_else_it_could_have_been(
    job, slow
) -> None:
    how = SamplingParameters(max_tokens=8, temperature=1.5, seed=5)
    steps = job.done(WriteAnswer(slow, SHORT, how))
    written = done_of(steps).written
    assert "".join(one.text for one in written) == text_of(steps)
    assert len(written) == 8
    for one in written:
        shares = [other.probability for other in one.others]
        assert len(shares) == 4
        assert shares == sorted(shares, reverse=True)
        assert one.text not in {other.text for other in one.others}
        assert 0 < one.probability + sum(shares) <= 1
    first = {one.text: math.exp(one.log_probability) for one in done_of(steps).candidates}
    assert written[0].probability == pytest.approx(first[written[0].text], abs=1e-4)


def test_characters_of_several_tokens_are_told_as_one(job, folder) -> None:
    path = gguf_models.write_reciter(folder / "characters.gguf", SPOKEN)
    steps = job.done(WriteAnswer(ModelChoice(LocalModel(path), threads=1), SHORT))
    assert [one.text for one in done_of(steps).written] == list(SPOKEN)


def test_characters_arrive_whole(job, folder) -> None:
    model = ModelChoice(
        LocalModel(gguf_models.write_reciter(folder / "reciter.gguf", SPOKEN)), threads=1
    )
    steps = job.done(WriteAnswer(model, SHORT))
    assert text_of(steps) == SPOKEN
    assert done_of(steps).stopped_by == "end"
    assert done_of(steps).usage.answer == len(SPOKEN.encode())
    for tokens in range(1, len(SPOKEN.encode())):
        cut = job.done(WriteAnswer(model, SHORT, SamplingParameters(max_tokens=tokens)))
        assert SPOKEN.startswith(text_of(cut))
        assert done_of(cut).usage.answer == tokens


def test_the_same_seed_gives_the_same_answer(job, babbler) -> None:
    hot = SamplingParameters(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, max_tokens=80)
    free = job.done(WriteAnswer(babbler, LONG, hot))
    seed = done_of(free).seed
    again = job.done(WriteAnswer(babbler, LONG, replace(hot, seed=seed)))
    assert text_of(again) == text_of(free)
    assert done_of(again).seed == seed
    assert done_of(again).usage.cached == 3000  # all but the last four tokens
    job.done(WriteAnswer(babbler, SHORT, hot))
    cold = job.done(WriteAnswer(babbler, LONG, replace(hot, seed=seed)))
    assert text_of(cold) == text_of(free)
    other = job.done(WriteAnswer(babbler, LONG, replace(hot, seed=seed + 1)))
    assert text_of(other) != text_of(free)


@pytest.mark.parametrize(
    "greedy", [SamplingParameters(greedy=True), SamplingParameters(temperature=0)]
)
def test_greedy_needs_no_seed(job, babbler, greedy: SamplingParameters) -> None:
    command = WriteAnswer(babbler, SHORT, replace(greedy, max_tokens=60))
    assert text_of(job.done(command)) == text_of(job.done(command))


def test_repetition_can_be_made_dear(job, babbler) -> None:
    greedy = SamplingParameters(greedy=True, max_tokens=60)
    circle = text_of(job.done(WriteAnswer(babbler, SHORT, greedy)))
    varied = text_of(job.done(WriteAnswer(babbler, SHORT, replace(greedy, repeat_penalty=3.0))))
    assert len(set(varied)) > len(set(circle))


def test_what_was_read_is_not_read_again(job, babbler) -> None:
    job.done(WriteAnswer(babbler, SHORT, SamplingParameters(max_tokens=1)))
    asked = Asked("First?", (passage(1),), rules=rules("en"))
    first = job.done(WriteAnswer(babbler, asked, SamplingParameters(max_tokens=40, repeats=True)))
    assert done_of(first).usage.cached < 128
    exchange = Exchange("First?", text_of(first), (passage(1),))
    second = Asked("Second?", (passage(2),), (exchange,), rules=rules("en"))
    usage = done_of(
        job.done(WriteAnswer(babbler, second, SamplingParameters(max_tokens=40, repeats=True)))
    ).usage
    whole = (done_of(first).usage.prompt - 1) // PIECE_TOKENS * PIECE_TOKENS
    assert usage.cached == whole > 500


def test_stop_is_heard_while_the_answer_is_written(job, slow) -> None:
    job.worker.submit(WriteAnswer(slow, SHORT, SamplingParameters(max_tokens=4000, repeats=True)))
    assert isinstance(job.next().value, Prepared)
    assert isinstance(job.next().value, str)
    job.worker.cancel()
    steps, reply = job.rest()
    assert isinstance(reply, Stopped)
    assert len(text_of(steps)) < 1000
    assert (
        done_of(job.done(WriteAnswer(slow, SHORT, SamplingParameters(max_tokens=2)))).usage.answer
        == 2
    )


def test_stop_is_heard_while_the_prompt_is_read(job, slow) -> None:
    long = WriteAnswer(
        slow, (Message("user", "x" * 8000),), SamplingParameters(max_tokens=3, greedy=True)
    )
    job.worker.submit(long)
    assert isinstance(job.next().value, Prepared)
    job.worker.cancel()
    steps, reply = job.rest()
    assert isinstance(reply, Stopped)
    assert steps == []
    resumed = job.done(replace(long, prompt=(Message("user", "x" * 300),)))
    job.done(WriteAnswer(slow, SHORT, SamplingParameters(max_tokens=1)))
    anew = job.done(replace(long, prompt=(Message("user", "x" * 300),)))
    assert text_of(resumed) == text_of(anew)


def test_reading_stops_within_a_batch(slow) -> None:
    model = llama.load(slow, Patience(10**9))
    prompt = [Message("user", "x" * 60)]  # one batch: two looks before it is read
    sampling = SamplingParameters(max_tokens=20, greedy=True)
    whole = list(model.generate(prompt, sampling, Patience(10**9)))
    model.close()
    model = llama.load(slow, Patience(10**9))
    with pytest.raises(Cancelled):
        next(model.generate(prompt, sampling, Patience(30)))
    again = list(model.generate(prompt, sampling, Patience(10**9)))
    model.close()
    assert done_of(again).usage == done_of(whole).usage
    assert again[:-1] == whole[:-1]


def test_loading_can_be_stopped(slow) -> None:
    with pytest.raises(Cancelled):
        llama.load(slow, Patience(3))


def test_a_model_larger_than_memory_is_refused(tmp_path) -> None:
    path = gguf_models.write_babbler(tmp_path / "huge.gguf")
    with path.open("r+b") as file:
        file.truncate(1 << 42)  # a hole: it takes no space
    with pytest.raises(ModelTooLarge) as refused:
        llama.load(ModelChoice(LocalModel(path)), Patience(10**9))
    assert refused.value.needed_gib > refused.value.free_gib > 0


def test_llama_cpp_keeps_quiet(babbler, tmp_path, capfd, caplog) -> None:
    llama.load(babbler, Patience(10**9)).close()
    with pytest.raises(ModelUnusable):
        llama.load(ModelChoice(LocalModel(next(broken_files(tmp_path))[0])), Patience(10**9))
    with pytest.raises(ModelUnusable):
        llama.load(ModelChoice(LocalModel(list(broken_files(tmp_path))[4][0])), Patience(10**9))
    assert capfd.readouterr() == ("", "")
    assert {record.levelname for record in caplog.records} <= {"DEBUG", "INFO"}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[template_process._Program]:
    """All processes that write templates, once they are."""
    found: list[template_process._Program] = []
    program = template_process._Program

    def start(limits: template_process.TemplateLimits) -> template_process._Program:
        found.append(program(limits))
        return found[-1]

    monkeypatch.setattr(template_process, "_Program", start)
    return found


def test_one_process_tries_the_template_of_a_model(babbler, started) -> None:
    model = llama.load(babbler, Patience(10**9))
    assert model.prompt(SHORT)
    assert [one.alive for one in started] == [True]
    model.close()
    assert [one.alive for one in started] == [False]


def test_a_model_that_cannot_be_loaded_leaves_no_process(babbler, started) -> None:
    with pytest.raises(Cancelled):
        llama.load(babbler, Patience(0))
    assert [one.alive for one in started] == [False]


def test_only_the_window_decides_when_to_stop(job, babbler) -> None:
    job.done(LoadModel(babbler))
    os.kill(job.worker._life.process.pid, signal.SIGINT)
    assert len(job.done(LoadModel(babbler))) == 1


def test_tokens_are_counted(babbler) -> None:
    model = llama.load(babbler, Patience(10**9))
    assert model.count("é <|end|>") == len("é".encode()) + 1 + len("<|end|>")
    assert model.count_messages([Message("user", "é")]) == 6
    model.close()


def test_what_does_not_fit_is_left_out_and_said(job, babbler) -> None:
    small = replace(babbler, context_tokens=2048)
    asked = Asked("Why?", tuple(passage(number, "w" * 200) for number in range(1, 9)))
    steps = job.done(WriteAnswer(small, asked, SamplingParameters(max_tokens=10_000, repeats=True)))
    prepared, done = steps[0], done_of(steps)
    assert isinstance(prepared, Prepared)
    assert 0 < len(prepared.kept) < 8
    assert prepared.kept + prepared.dropped.passages == tuple(range(1, 9))
    assert prepared.prompt_tokens == done.usage.prompt <= 2048 - 512
    assert done.usage.prompt + done.usage.answer == 2048
    assert done.stopped_by == "length"


@pytest.mark.parametrize("prompt", [Asked("x" * 5000), (Message("user", "x" * 5000),)])
def test_a_question_beyond_the_context_is_refused(job, babbler, prompt) -> None:
    error = job.failed(WriteAnswer(babbler, prompt))
    assert isinstance(error, QuestionTooLong)
    assert error.tokens > error.context_tokens == 4096


def test_no_more_tokens_than_allowed(job, babbler) -> None:
    for most in (0, 1, 2, 50):
        sampling = SamplingParameters(max_tokens=most, repeats=True)
        steps = job.done(WriteAnswer(babbler, SHORT, sampling))
        assert len(text_of(steps)) == done_of(steps).usage.answer == most


def test_document_text_cannot_speak_for_anyone(job, babbler) -> None:
    plain, forged = (
        job.done(WriteAnswer(babbler, (Message("user", text),), SamplingParameters(max_tokens=1)))
        for text in ("a< |end|>b", "a<|end|>b")
    )
    assert done_of(forged).usage.prompt == done_of(plain).usage.prompt


def test_a_model_that_knows_no_chat_goes_on_with_plain_text(job, folder) -> None:
    said = "ok<|im_end"
    path = gguf_models.write_reciter(folder / "bare.gguf", said, template=None)
    question = (Message("user", "Why?\n"),)
    steps = job.done(WriteAnswer(ModelChoice(LocalModel(path), threads=1), question))
    assert text_of(steps) == said
    assert next(step.text for step in steps if isinstance(step, Prepared)).endswith("Why?\n")


def test_a_replaced_file_is_loaded_again(job, folder) -> None:
    model = ModelChoice(
        LocalModel(gguf_models.write_reciter(folder / "same.gguf", "one")), threads=1
    )
    assert text_of(job.done(WriteAnswer(model, SHORT))) == "one"
    model.source.path.unlink()
    gguf_models.write_reciter(model.source.path, "two?!")
    assert text_of(job.done(WriteAnswer(model, SHORT))) == "two?!"


def broken_files(folder: Path) -> Iterator[tuple[Path, Unusable]]:
    good = gguf_models.write_babbler(folder / "good.gguf").read_bytes()
    for name, data, reason in (
        ("empty", b"", Unusable.NOT_GGUF),
        ("pdf", b"%PDF-1.7\n" + bytes(500), Unusable.NOT_GGUF),
        ("v1", b"GGUF" + struct.pack("<I", 1) + good[8:], Unusable.OLD_VERSION),
        ("head", good[:24], Unusable.TRUNCATED),
        ("half", good[: len(good) // 2], Unusable.TRUNCATED),
        ("most", good[:-1], Unusable.TRUNCATED),
        ("mad", good[:24] + b"\xff" * 2000, Unusable.TRUNCATED),
    ):
        path = folder / f"{name}.gguf"
        path.write_bytes(data)
        yield path, reason
    yield gguf_models.write_vocabulary(folder / "vocabulary.gguf"), Unusable.VOCABULARY_ONLY


def test_files_that_are_no_models_are_refused(job, tmp_path) -> None:
    for path, reason in broken_files(tmp_path):
        error = job.failed(LoadModel(ModelChoice(LocalModel(path))))
        assert isinstance(error, ModelUnusable), path
        assert (error.path, error.reason) == (str(path), reason)
    assert isinstance(
        job.failed(LoadModel(ModelChoice(LocalModel(tmp_path / "none.gguf")))), ModelMissing
    )


def test_a_refusal_spares_the_next_question(job, babbler, tmp_path) -> None:
    job.failed(LoadModel(ModelChoice(LocalModel(tmp_path / "none.gguf"))))
    assert len(job.done(LoadModel(babbler))) == 1


@pytest.mark.skipif(not SHARED_MODELS.is_dir(), reason="needs the shared models")
def test_a_real_model_tells_a_story(job) -> None:
    steps = job.done(
        WriteAnswer(
            ModelChoice(LocalModel(SHARED_MODELS / "stories260K.gguf"), threads=1),
            (Message("user", "Once upon a time"),),
            SamplingParameters(max_tokens=60, seed=3),
        )
    )
    assert len(text_of(steps).split()) > 10
    assert "\ufffd" not in text_of(steps)


@pytest.mark.skipif(not SHARED_MODELS.is_dir(), reason="needs the shared models")
def test_what_is_still_in_memory_changes_no_answer(job) -> None:
    model = ModelChoice(LocalModel(SHARED_MODELS / "stories260K.gguf"), threads=1)
    story = "Once upon a time there was a dog and a cat. They went to the park. " * 12
    sampling = SamplingParameters(
        temperature=2.0, top_k=0, top_p=1.0, min_p=0.0, max_tokens=120, seed=5
    )
    cold = job.done(WriteAnswer(model, (Message("user", story),), sampling))
    job.done(WriteAnswer(model, (Message("user", story[:-20] + "The end"),), sampling))
    warm = job.done(WriteAnswer(model, (Message("user", story),), sampling))
    assert done_of(warm).usage.cached > 128 > done_of(cold).usage.cached
    assert text_of(warm) == text_of(cold)


@pytest.mark.skipif(not SHARED_MODELS.is_dir(), reason="needs the shared models")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gguf_v1_unsupported.gguf", Unusable.OLD_VERSION),
        ("vocab_only_phi-3.gguf", Unusable.VOCABULARY_ONLY),
    ],
)
def test_the_shared_bad_models_are_refused(job, name: str, reason: Unusable) -> None:
    error = job.failed(LoadModel(ModelChoice(LocalModel(SHARED_MODELS / "negative" / name))))
    assert isinstance(error, ModelUnusable)
    assert error.reason == reason


MIXES = random.Random(4)  # noqa: S311 - the same for everyone


def mixed() -> tuple[Asked, SamplingParameters]:
    """A question with long and short passages and history, of any number."""

    def text(most: int) -> str:
        return " ".join("w" * MIXES.randint(1, 9) for _ in range(MIXES.randint(1, most))) + "."

    def found(first: int, most: int) -> tuple[Passage, ...]:
        return tuple(passage(first + at, text(400)) for at in range(MIXES.randint(0, most)))

    history = tuple(
        Exchange(text(20), text(200), found(1 + 5 * at, 5)) for at in range(MIXES.randint(0, 8))
    )
    language = MIXES.choice(["en", "es", "fr"])
    asked = Asked(text(30), found(100, 8), history, language, rules(language))
    return asked, SamplingParameters(max_tokens=MIXES.choice([1, 50, 768, 10_000]))


@pytest.mark.parametrize(("context", "thinking"), [(2048, False), (2048, True), (1024, False)])
def test_no_mix_overflows_a_small_context(folder, context: int, thinking: bool) -> None:
    template = gguf_models.TEMPLATE + ("{# </think> #}" if thinking else "")
    path = gguf_models.write_thinker(folder / f"{context}-{thinking}.gguf", "abc…", "Y", template)
    choice = ModelChoice(LocalModel(path), context, threads=1)
    model = llama.load(choice, Patience(10**9))
    kept = 0
    for at in range(60):
        asked, sampling = mixed()
        command = WriteAnswer(choice, asked, sampling)
        bare = model.count_messages(messages_for(replace(asked, passages=(), history=())))
        if bare + reserve(sampling.max_tokens, context, thinks=thinking) > context:
            with pytest.raises(QuestionTooLong):
                generating._prepared(command, model)
            continue
        messages, prepared = generating._prepared(command, model)
        room = prepared.room
        assert room is not None
        dropped = prepared.dropped
        assert prepared.prompt_tokens + room.reserve <= context
        assert {*prepared.kept, *dropped.passages} == {p.number for p in asked.passages}
        assert set(dropped.shortened) <= set(prepared.kept)
        kept += len(prepared.kept) + len(asked.history) - dropped.exchanges
        if at % 20 == 0:
            usage = done_of(list(model.generate(messages, sampling, Patience(10**9)))).usage
            assert usage.prompt == prepared.prompt_tokens
            assert usage.prompt + usage.thoughts + usage.answer <= context
    model.close()
    assert kept > 0 or context == 1024


def test_of_a_passage_that_is_too_long_the_beginning_is_told(job, babbler) -> None:
    small = replace(babbler, context_tokens=2048)
    long = passage(1, "The lamp burned oil for years. " * 100)
    steps = job.done(
        WriteAnswer(small, Asked("Why?", (long, passage(2))), SamplingParameters(max_tokens=9))
    )
    prepared = steps[0]
    assert isinstance(prepared, Prepared)
    assert (prepared.kept, prepared.dropped) == ((1,), Dropped((2,), 0, (1,)))
    assert "burned oil for years. …" in prepared.text
    assert 1900 < prepared.prompt_tokens <= 2048 - 9


def test_a_quotation_is_translated_as_it_comes_and_said_to_be_done(job, folder) -> None:
    said = "Sí, fue."
    path = gguf_models.write_reciter(folder / "translator.gguf", said)
    model = ModelChoice(LocalModel(path), threads=1)
    steps = job.done(Translate(model, Quotation("It was.", "es")))
    assert steps[-1] == Translated(said, cut=False, done=True)
    assert [step.done for step in steps[:-1]] == [False] * (len(steps) - 1)
    long = job.done(Translate(model, Quotation("It was. " * 200, "es")))
    assert long[-1].cut
    assert job.done(Translate(model, Quotation(said, "en")))[-1] == Translated("", done=True)


def test_a_translation_that_nobody_looks_at_any_more_ends(job, slow) -> None:
    request = job.worker.submit(Translate(slow, Quotation("It was. " * 60, "es")))
    first = job.next()
    assert isinstance(first.value, Translated)
    job.worker.cancel()
    while isinstance(reply := job.next(), Step):
        assert not reply.value.done
    assert reply == Stopped(request)


class Looks:
    """A cancel token that counts how often it is asked."""

    def __init__(self) -> None:
        self.count = 0

    def check(self) -> None:
        self.count += 1


def test_a_model_that_has_lost_its_way_is_not_listened_to_for_long(slow) -> None:
    quotation = Quotation("It was.", "es")
    messages = tuple(translating.messages_for(quotation))
    counts = []
    for command in (
        Translate(slow, quotation),
        WriteAnswer(slow, messages, translating.SAMPLING),
    ):
        process, looks = generating.GeneratingProcess(), Looks()
        *_, last = process.handle(command, looks)
        process.close()
        counts.append(looks.count)
        if isinstance(last, Translated):
            assert last.done
            assert last.text.endswith("…")
    assert counts[0] < 0.8 * counts[1]
