"""The generating process with real models, most of them made here."""

import math
import os
import queue
import signal
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.documents import DocumentId
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
    GenerationDone,
    Message,
    ModelChoice,
    ModelReady,
    Prepared,
    Room,
    Sampling,
    Unusable,
)
from desktop_rag.domain.passages import Hit, Passage
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines import llm
from desktop_rag.engines.chat_template import Answer, chat_of
from desktop_rag.workers import generating
from desktop_rag.workers.client import Worker
from desktop_rag.workers.commands_generating import Generate, LoadModel
from desktop_rag.workers.protocol import Failed, Finished, Reply, Step, Stopped
from tests import gguf_models

SHARED = Path(__file__).parents[3] / "shared" / "data" / "models"
TIMEOUT = 120  # only failures ever reach it
SPOKEN = "aé€😀"  # characters of one to four bytes, each byte a token
LONG = (Message("user", "x" * 3000),)
SHORT = (Message("user", "Why?"),)

pytestmark = pytest.mark.slow


class Job:
    """What one process has to say to one command after another."""

    def __init__(self) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self.worker = Worker("generating", generating.main, self.replies.put)

    def next(self) -> Reply:
        return self.replies.get(timeout=TIMEOUT)

    def rest(self) -> tuple[list[object], Reply]:
        steps: list[object] = []
        while isinstance(reply := self.next(), Step):
            steps.append(reply.value)
        return steps, reply

    def done(self, command: object) -> list[object]:
        self.worker.submit(command)
        steps, reply = self.rest()
        assert isinstance(reply, Finished), reply
        return steps

    def failed(self, command: object) -> Exception | None:
        self.worker.submit(command)
        steps, reply = self.rest()
        assert steps == []
        assert isinstance(reply, Failed)
        return reply.error


@pytest.fixture(scope="module", autouse=True)
def _llama_cpp_closes_what_it_opened() -> Iterator[None]:
    yield
    from llama_cpp import _utils

    for file in (_utils.outnull_file, _utils.errnull_file):
        file.close()  # else the interpreter complains at exit


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
    return ModelChoice(gguf_models.write_babbler(folder / "babbler.gguf"), threads=1)


@pytest.fixture(scope="module")
def slow(folder: Path) -> ModelChoice:
    path = gguf_models.write_babbler(
        folder / "slow.gguf", layers=12, feed_forward=2048, context=8192
    )
    return ModelChoice(path, threads=1)


def text_of(steps: list[object]) -> str:
    return "".join(step for step in steps if isinstance(step, str))


def done_of(steps: list[object]) -> GenerationDone:
    assert isinstance(steps[-1], GenerationDone)
    return steps[-1]


def passage(number: int, text: str = "Water boils.") -> Passage:
    return Passage(number, Hit(DocumentId("d"), number, 0, "1", "Title", text, (), 1.0))


def test_a_model_can_be_loaded_before_it_is_asked(job, babbler) -> None:
    (ready,) = job.done(LoadModel(babbler))
    assert isinstance(ready, ModelReady)
    assert (ready.name, ready.context_tokens) == ("babbler.gguf", 4096)
    assert job.done(LoadModel(babbler)) == [ready]  # not loaded again: the same time


def test_an_answer_arrives_piece_by_piece(job, slow) -> None:
    steps = job.done(Generate(slow, SHORT, Sampling(max_tokens=60)))
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
    steps = job.done(Generate(slow, SHORT, Sampling(max_tokens=3, temperature=1.5, seed=5)))
    found = done_of(steps).candidates
    logs = [one.log_probability for one in found]
    assert len(found) == 12
    assert logs[:-1] == sorted(logs[:-1], reverse=True)
    assert 0.2 < sum(math.exp(value) for value in logs) <= 1
    (chosen,) = (one for one in found if one.chosen)
    assert text_of(steps).startswith(chosen.text)


def test_characters_arrive_whole(job, folder) -> None:
    model = ModelChoice(gguf_models.write_reciter(folder / "reciter.gguf", SPOKEN), threads=1)
    steps = job.done(Generate(model, SHORT))
    assert text_of(steps) == SPOKEN
    assert done_of(steps).stopped_by == "end"
    assert done_of(steps).usage.answer == len(SPOKEN.encode())
    for tokens in range(1, len(SPOKEN.encode())):
        cut = job.done(Generate(model, SHORT, Sampling(max_tokens=tokens)))
        assert SPOKEN.startswith(text_of(cut))
        assert done_of(cut).usage.answer == tokens


def test_the_same_seed_gives_the_same_answer(job, babbler) -> None:
    hot = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, max_tokens=80)
    free = job.done(Generate(babbler, LONG, hot))
    seed = done_of(free).seed
    again = job.done(Generate(babbler, LONG, replace(hot, seed=seed)))
    assert text_of(again) == text_of(free)
    assert done_of(again).seed == seed
    assert done_of(again).usage.cached == 2944  # whole batches only, of 3004 tokens
    job.done(Generate(babbler, SHORT, hot))
    cold = job.done(Generate(babbler, LONG, replace(hot, seed=seed)))
    assert text_of(cold) == text_of(free)
    other = job.done(Generate(babbler, LONG, replace(hot, seed=seed + 1)))
    assert text_of(other) != text_of(free)


@pytest.mark.parametrize("greedy", [Sampling(greedy=True), Sampling(temperature=0)])
def test_greedy_needs_no_seed(job, babbler, greedy: Sampling) -> None:
    command = Generate(babbler, SHORT, replace(greedy, max_tokens=60))
    assert text_of(job.done(command)) == text_of(job.done(command))


def test_repetition_can_be_made_dear(job, babbler) -> None:
    greedy = Sampling(greedy=True, max_tokens=60)
    circle = text_of(job.done(Generate(babbler, SHORT, greedy)))
    varied = text_of(job.done(Generate(babbler, SHORT, replace(greedy, repeat_penalty=3.0))))
    assert len(set(varied)) > len(set(circle))


def test_what_was_read_is_not_read_again(job, babbler) -> None:
    job.done(Generate(babbler, SHORT, Sampling(max_tokens=1)))
    asked = Asked("First?", (passage(1),))
    first = job.done(Generate(babbler, asked, Sampling(max_tokens=40)))
    assert done_of(first).usage.cached < 128
    exchange = Exchange("First?", text_of(first), (passage(1),))
    second = Asked("Second?", (passage(2),), (exchange,))
    usage = done_of(job.done(Generate(babbler, second, Sampling(max_tokens=40)))).usage
    assert usage.cached == done_of(first).usage.prompt + 39  # all but the last token written
    assert usage.prompt > usage.cached


def test_stop_is_heard_while_the_answer_is_written(job, slow) -> None:
    job.worker.submit(Generate(slow, SHORT, Sampling(max_tokens=4000)))
    assert isinstance(job.next().value, Prepared)
    assert isinstance(job.next().value, str)
    job.worker.cancel()
    steps, reply = job.rest()
    assert isinstance(reply, Stopped)
    assert len(text_of(steps)) < 1000
    assert done_of(job.done(Generate(slow, SHORT, Sampling(max_tokens=2)))).usage.answer == 2


def test_stop_is_heard_while_the_prompt_is_read(job, slow) -> None:
    long = Generate(slow, (Message("user", "x" * 8000),), Sampling(max_tokens=3, greedy=True))
    job.worker.submit(long)
    assert isinstance(job.next().value, Prepared)
    job.worker.cancel()
    steps, reply = job.rest()
    assert isinstance(reply, Stopped)
    assert steps == []
    resumed = job.done(replace(long, prompt=(Message("user", "x" * 300),)))
    job.done(Generate(slow, SHORT, Sampling(max_tokens=1)))
    anew = job.done(replace(long, prompt=(Message("user", "x" * 300),)))
    assert text_of(resumed) == text_of(anew)


class Patience:
    """A cancel token whose owner loses patience at the nth look."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def check(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise Cancelled


def test_reading_stops_within_a_batch(slow) -> None:
    model = llm.load(slow, Patience(10**9))
    prompt = [Message("user", "x" * 60)]  # one batch: two looks before it is read
    sampling = Sampling(max_tokens=20, greedy=True)
    whole = list(model.generate(prompt, sampling, Patience(10**9)))
    model.close()
    model = llm.load(slow, Patience(10**9))
    with pytest.raises(Cancelled):
        next(model.generate(prompt, sampling, Patience(30)))
    again = list(model.generate(prompt, sampling, Patience(10**9)))
    model.close()
    assert done_of(again).usage == done_of(whole).usage
    assert again[:-1] == whole[:-1]


def test_loading_can_be_stopped(slow) -> None:
    with pytest.raises(Cancelled):
        llm.load(slow, Patience(3))


def test_a_model_larger_than_memory_is_refused(tmp_path) -> None:
    path = gguf_models.write_babbler(tmp_path / "huge.gguf")
    with path.open("r+b") as file:
        file.truncate(1 << 42)  # a hole: it takes no space
    with pytest.raises(ModelTooLarge) as refused:
        llm.load(ModelChoice(path), Patience(10**9))
    assert refused.value.needed_gib > refused.value.free_gib > 0


def test_llama_cpp_keeps_quiet(babbler, tmp_path, capfd, caplog) -> None:
    llm.load(babbler, Patience(10**9)).close()
    with pytest.raises(ModelUnusable):
        llm.load(ModelChoice(next(broken_files(tmp_path))[0]), Patience(10**9))
    with pytest.raises(ModelUnusable):
        llm.load(ModelChoice(list(broken_files(tmp_path))[4][0]), Patience(10**9))
    assert capfd.readouterr() == ("", "")
    assert {record.levelname for record in caplog.records} <= {"DEBUG", "INFO"}


def test_only_the_window_decides_when_to_stop(job, babbler) -> None:
    job.done(LoadModel(babbler))
    os.kill(job.worker._life.process.pid, signal.SIGINT)
    assert len(job.done(LoadModel(babbler))) == 1


def test_tokens_are_counted(babbler) -> None:
    model = llm.load(babbler, Patience(10**9))
    assert model.count("é <|end|>") == len("é".encode()) + 1 + len("<|end|>")
    assert model.count_messages([Message("user", "é")]) == 6
    model.close()


def test_what_does_not_fit_is_left_out_and_said(job, babbler) -> None:
    small = replace(babbler, context_tokens=2048)
    asked = Asked("Why?", tuple(passage(number, "w" * 200) for number in range(1, 9)))
    steps = job.done(Generate(small, asked, Sampling(max_tokens=10_000)))
    prepared, done = steps[0], done_of(steps)
    assert isinstance(prepared, Prepared)
    assert 0 < len(prepared.kept) < 8
    assert prepared.kept + prepared.dropped.passages == tuple(range(1, 9))
    assert prepared.prompt_tokens == done.usage.prompt <= 2048 - 512
    assert done.usage.prompt + done.usage.answer == 2048
    assert done.stopped_by == "length"


@pytest.mark.parametrize("prompt", [Asked("x" * 5000), (Message("user", "x" * 5000),)])
def test_a_question_beyond_the_context_is_refused(job, babbler, prompt) -> None:
    error = job.failed(Generate(babbler, prompt))
    assert isinstance(error, QuestionTooLong)
    assert error.tokens > error.context_tokens == 4096


def test_no_more_tokens_than_allowed(job, babbler) -> None:
    for most in (0, 1, 2, 50):
        steps = job.done(Generate(babbler, SHORT, Sampling(max_tokens=most)))
        assert len(text_of(steps)) == done_of(steps).usage.answer == most


def test_document_text_cannot_speak_for_anyone(job, babbler) -> None:
    plain, forged = (
        job.done(Generate(babbler, (Message("user", text),), Sampling(max_tokens=1)))
        for text in ("a< |end|>b", "a<|end|>b")
    )
    assert done_of(forged).usage.prompt == done_of(plain).usage.prompt


def test_a_model_without_a_template_is_asked_in_chatml(job, folder) -> None:
    said = "ok<|im_end"
    path = gguf_models.write_reciter(folder / "bare.gguf", said, template=None)
    assert text_of(job.done(Generate(ModelChoice(path, threads=1), SHORT))) == said


def test_a_replaced_file_is_loaded_again(job, folder) -> None:
    model = ModelChoice(gguf_models.write_reciter(folder / "same.gguf", "one"), threads=1)
    assert text_of(job.done(Generate(model, SHORT))) == "one"
    model.path.unlink()
    gguf_models.write_reciter(model.path, "two?!")
    assert text_of(job.done(Generate(model, SHORT))) == "two?!"


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
        error = job.failed(LoadModel(ModelChoice(path)))
        assert isinstance(error, ModelUnusable), path
        assert (error.path, error.reason) == (str(path), reason)
    assert isinstance(job.failed(LoadModel(ModelChoice(tmp_path / "none.gguf"))), ModelMissing)


def test_a_refusal_spares_the_next_question(job, babbler, tmp_path) -> None:
    job.failed(LoadModel(ModelChoice(tmp_path / "none.gguf")))
    assert len(job.done(LoadModel(babbler))) == 1


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared models")
def test_a_real_model_tells_a_story(job) -> None:
    steps = job.done(
        Generate(
            ModelChoice(SHARED / "stories260K.gguf", threads=1),
            (Message("user", "Once upon a time"),),
            Sampling(max_tokens=60, seed=3),
        )
    )
    assert len(text_of(steps).split()) > 10
    assert "\ufffd" not in text_of(steps)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared models")
def test_what_is_still_in_memory_changes_no_answer(job) -> None:
    model = ModelChoice(SHARED / "stories260K.gguf", threads=1)
    story = "Once upon a time there was a dog and a cat. They went to the park. " * 12
    sampling = Sampling(temperature=2.0, top_k=0, top_p=1.0, min_p=0.0, max_tokens=120, seed=5)
    cold = job.done(Generate(model, (Message("user", story),), sampling))
    job.done(Generate(model, (Message("user", story[:-20] + "The end"),), sampling))
    warm = job.done(Generate(model, (Message("user", story),), sampling))
    assert done_of(warm).usage.cached > 128 > done_of(cold).usage.cached
    assert text_of(warm) == text_of(cold)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared models")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gguf_v1_unsupported.gguf", Unusable.OLD_VERSION),
        ("vocab_only_phi-3.gguf", Unusable.VOCABULARY_ONLY),
    ],
)
def test_the_shared_bad_models_are_refused(job, name: str, reason: Unusable) -> None:
    error = job.failed(LoadModel(ModelChoice(SHARED / "negative" / name)))
    assert isinstance(error, ModelUnusable)
    assert error.reason == reason


TALK = [
    Message("system", "RULES"),
    Message("user", "Q1"),
    Message("assistant", "A1"),
    Message("user", "Q2"),
]


def loop(before: str) -> str:
    return "{% for m in messages %}" + before + "{{ m.role }}: {{ m.content }}\n{% endfor %}"


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (loop(""), "system: RULES\nuser: Q1\nassistant: A1\nuser: Q2\n"),
        (
            loop("{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"),
            "user: RULES\n\nQ1\nassistant: A1\nuser: Q2\n",
        ),
        (
            loop("{% if m.role == 'system' %}{% continue %}{% endif %}"),
            "user: RULES\n\nQ1\nassistant: A1\nuser: Q2\n",
        ),
        ("{% generation %}" + loop("") + "{% endgeneration %}", None),
        ("{% if %}", None),
        ("hello", None),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", None),
        (None, None),
    ],
)
def test_a_template_is_used_if_it_works(template: str | None, text: str | None) -> None:
    chat = chat_of(template, bos="<s>", eos="</s>")
    if text is not None:
        assert chat.render(TALK) == text
    elif template and "generation" in template:
        assert chat.render(TALK).startswith("system: RULES")
    else:
        assert chat.render(TALK).startswith("<|im_start|>system\nRULES<|im_end|>\n")
        assert chat.stops


def test_an_answer_ends_at_a_stop_wherever_it_is_split() -> None:
    whole = "  Sí <|im <|im_end|> more".encode()
    for a in range(len(whole)):
        for b in range(a, len(whole)):
            answer = Answer(("<|im_end|>", "<|im_start|>"))
            shown = ""
            for part in (whole[:a], whole[a:b], whole[b:]):
                if not answer.stopped:
                    shown += answer.after(part)
            assert (shown + answer.rest(), answer.stopped) == ("Sí <|im ", True)
