"""What was read of conversations is kept on disk, read ahead, and never needed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from desktop_rag.domain.generation import Asked, Exchange, Message, ModelChoice, SamplingParameters
from desktop_rag.domain.models import Adapter, LocalModel
from desktop_rag.domain.ports import Cancelled
from desktop_rag.engines.llm import llama
from desktop_rag.engines.llm.kv_cache import PIECE_TOKENS, KVCache, batches, reusable, starts_of
from desktop_rag.library.disk import kv_states
from desktop_rag.workers.commands.generating import LoadModel, ReadAhead, WriteAnswer
from tests import gguf_models
from tests.workers.generating_job import Job, Patience, done_of, passage, text_of

GREEDY = SamplingParameters(greedy=True, max_tokens=5)
HOT = SamplingParameters(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, max_tokens=40, seed=7)
LOTS = 1 << 30

pytestmark = pytest.mark.slow

Open = Callable[..., Job]


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "states"
    path.mkdir()
    return path


@pytest.fixture
def opened(folder) -> Iterator[Open]:
    """Start a process that keeps states; those started before end."""
    jobs: list[Job] = []

    def start(kept: int = LOTS) -> Job:
        while jobs:
            jobs.pop().worker.stop(30)
        jobs.append(Job(folder.parent, kept))
        jobs[0].worker.start()
        return jobs[0]

    yield start
    for job in jobs:
        job.worker.stop(30)


@pytest.fixture
def model(tmp_path) -> ModelChoice:
    path = gguf_models.write_babbler(tmp_path / "babbler.gguf", layers=2)
    return ModelChoice(LocalModel(path), threads=1)


def about(model: ModelChoice, conversation: int | None, letter: str = "x") -> WriteAnswer:
    prompt = (Message("user", letter * 1000),)
    return WriteAnswer(model, prompt, GREEDY, conversation)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_going_back_to_a_conversation_reads_nothing_again(opened, folder, model) -> None:
    job = opened()
    first = job.done(about(model, 1))
    assert files(folder) == []
    job.done(about(model, 2, "y"))
    assert files(folder) == ["1.state"]
    again = job.done(about(model, 1))
    assert done_of(again).usage.cached == starts_of(done_of(again).usage.prompt)[-1]
    assert text_of(again) == text_of(first)
    assert files(folder) == ["1.state", "2.state"]
    assert {(folder / name).stat().st_mode & 0o777 for name in files(folder)} == {0o600}


def test_a_conversation_outlives_its_process(opened, folder, model) -> None:
    first = opened().done(about(model, 1))
    job = opened()
    assert files(folder) == ["1.state"]
    again = job.done(about(model, 1))
    assert done_of(again).usage.cached == starts_of(done_of(again).usage.prompt)[-1]
    assert text_of(again) == text_of(first)


def test_what_no_conversation_asks_is_not_kept_and_costs_none(opened, folder, model) -> None:
    job = opened()
    job.done(about(model, None, "y"))
    job.done(about(model, 1))
    job.done(about(model, None, "y"))
    assert files(folder) == ["1.state"]
    assert done_of(job.done(about(model, 1))).usage.cached > 900


def test_little_is_not_worth_keeping(opened, folder, model) -> None:
    job = opened()
    job.done(WriteAnswer(model, (Message("user", "Why?"),), GREEDY, 1))
    job.done(about(model, None))
    assert files(folder) == []


def test_a_seed_gives_the_same_answer_from_memory_from_disk_and_from_nothing(
    opened, folder, model
) -> None:
    history = [Exchange("Who? " * 40, "", (passage(1, "w" * 300),))]
    job = opened()
    asked = Asked("Who? " * 40, history[0].passages)
    said = text_of(job.done(WriteAnswer(model, asked, HOT, 1)))
    history[0] = replace(history[0], answer=said)
    follow = Asked("And then?", (passage(2, "v" * 300),), tuple(history))
    warm = job.done(WriteAnswer(model, follow, HOT, 1))
    again = job.done(WriteAnswer(model, follow, HOT, 1))
    job = opened()
    restored = job.done(WriteAnswer(model, follow, HOT, 1))
    kv_states.clear(folder)
    job.done(about(model, 2))
    kv_states.clear(folder)
    cold = job.done(WriteAnswer(model, follow, HOT, 1))
    cached = [done_of(one).usage.cached for one in (warm, again, restored, cold)]
    assert cached[0] > PIECE_TOKENS
    assert cached[1] == cached[2] == starts_of(done_of(warm).usage.prompt)[-1]
    assert cached[3] < PIECE_TOKENS
    assert {text_of(one) for one in (again, restored, cold)} == {text_of(warm)}


def test_another_model_or_choice_reads_for_itself(opened, model, tmp_path) -> None:
    job = opened()
    adapter = gguf_models.write_adapter(tmp_path / "z.gguf", "z")
    for other in (
        replace(model, context_tokens=2048),
        replace(model, adapters=(Adapter(adapter),)),
        ModelChoice(
            LocalModel(gguf_models.write_babbler(tmp_path / "b.gguf", seed=5, layers=2)), threads=1
        ),
    ):
        job.done(about(model, 1))
        assert done_of(job.done(about(other, 1))).usage.cached == 0
    job.done(about(model, 1))
    job.done(about(model, None, "y"))
    tuned = replace(model, thinking=True, threads=2)
    assert done_of(job.done(about(tuned, 1))).usage.cached > 900


def test_a_replaced_model_reads_for_itself(opened, folder, model) -> None:
    opened().done(about(model, 1))
    job = opened()
    gguf_models.write_babbler(model.source.path, layers=2)
    os.utime(model.source.path, ns=(1, 1))
    assert done_of(job.done(about(model, 1))).usage.cached == 0


def test_damaged_and_foreign_files_are_as_good_as_none(folder, model) -> None:
    loaded = llama.load(model, Patience(10**9))
    messages = about(model, 1).prompt
    prompt = loaded.prompt_tokens(messages)
    list(loaded.generate(messages, GREEDY, Patience(10**9)))
    kept = kv_states.States(folder, LOTS)
    kept.keep(loaded.memory, 1, "key")
    state = folder / "1.state"
    good = state.read_bytes()
    middle = len(good) // 2
    flipped = good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :]
    wrong = good.replace(b'"starts": [0, 128', b'"starts": [0, 129')
    assert wrong != good
    shapes = (b"", b"x" * 5000, good[:-1], good[1:], good[:middle], flipped, wrong)
    for data in shapes:
        state.write_bytes(data)
        loaded.memory.clear()
        assert not kept.bring(loaded.memory, 1, "key", prompt)
        assert loaded.memory.tokens == ()
    state.write_bytes(good)
    assert not kept.bring(loaded.memory, 1, "another key", prompt)
    assert not kept.bring(loaded.memory, 2, "key", prompt)
    assert kept.bring(loaded.memory, 1, "key", prompt)
    assert loaded.memory.usable(prompt) == starts_of(len(prompt))[-1]
    state.unlink()
    state.mkdir()
    assert not kept.bring(loaded.memory, 1, "key", prompt)
    kept.keep(loaded.memory, 1, "key")
    assert [path.name for path in folder.iterdir()] == ["1.state"]
    loaded.close()


def test_a_state_is_only_taken_where_it_is_better(folder, model) -> None:
    loaded = llama.load(model, Patience(10**9))
    kept = kv_states.States(folder, LOTS)
    prompt = loaded.prompt_tokens(about(model, 1).prompt)
    loaded.memory.keep(prompt[:600])
    loaded.memory.read(prompt[:600], Patience(10**9))
    kept.keep(loaded.memory, 1, "key")
    assert not kept.bring(loaded.memory, 1, "key", prompt)
    loaded.memory.keep(prompt)
    loaded.memory.read(prompt, Patience(10**9))
    assert not kept.bring(loaded.memory, 1, "key", prompt)
    loaded.memory.clear()
    assert kept.bring(loaded.memory, 1, "key", prompt)
    assert loaded.memory.usable(prompt) == 512  # the last whole piece
    loaded.close()


def test_a_folder_that_cannot_be_written_to_keeps_none(opened, folder, model) -> None:
    job = opened()
    job.done(about(model, 1))
    folder.rmdir()
    assert text_of(job.done(about(model, 2, "y")))
    assert done_of(job.done(about(model, 1))).usage.cached < PIECE_TOKENS


def test_a_full_disk_keeps_none(opened, folder, model) -> None:
    import resource

    job = opened()
    job.done(about(model, 1))
    pid = job.worker._life.process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
    assert text_of(job.done(about(model, 2, "y")))
    assert files(folder) == []


def test_the_oldest_go_first_and_none_of_zero(opened, folder, model) -> None:
    job = opened()
    for conversation, letter in ((1, "x"), (2, "y"), (3, "z")):
        job.done(about(model, conversation, letter))
    two = kv_states.size(folder)
    job = opened(int(two * 1.2))
    assert files(folder) == ["1.state", "2.state", "3.state"]
    job.done(about(model, 1))  # now the one used last
    job.done(about(model, 4, "w"))
    job.done(about(model, None))
    assert files(folder) == ["1.state", "4.state"] or files(folder) == [
        "1.state",
        "3.state",
        "4.state",
    ]
    kv_states.clear(folder)
    job = opened(0)
    job.done(about(model, 1))
    job.done(about(model, 2, "y"))
    opened(0)
    assert files(folder) == []


def test_conversations_are_forgotten_even_those_in_memory(opened, folder, model) -> None:
    job = opened()
    job.done(about(model, 1))
    job.done(about(model, 2, "y"))
    assert kv_states.size(folder) > 0
    kv_states.forget(folder, [1, 2])
    assert kv_states.size(folder) == 0
    job.done(about(model, 3, "z"))
    assert not {"1.state", "2.state"} & set(files(folder))
    opened()
    assert [name for name in files(folder) if name.endswith("state")] == ["3.state"]


def test_only_conversations_that_exist_are_kept(folder, model) -> None:
    for name in ("1.state", "2.state", "3.forgotten", "3.state", "note.txt"):
        (folder / name).write_bytes(b"x")
    kv_states.retain(folder, {1})
    assert {path.name for path in folder.glob("*.state")} == {"1.state"}
    kv_states.States(folder, LOTS)
    assert {path.name for path in folder.iterdir()} == {"1.state", "note.txt"}


def test_what_is_forgotten_while_it_is_written_is_gone(folder, model) -> None:
    class Slow:
        """Somebody deletes the conversation while its memory is written."""

        tokens = tuple(range(kv_states.LEAST_TOKENS))
        starts = (0,)

        def saved_bytes(self) -> int:
            return 10

        def save(self, path: Path) -> bool:
            path.write_bytes(b"x" * 100)
            kv_states.forget(folder, [5])
            return True

    kv_states.States(folder, LOTS).keep(Slow(), 5, "key")
    assert list(folder.glob("*.state")) == []


def test_what_others_left_unfinished_is_swept(opened, folder, model) -> None:
    old, new, strange = folder / "1.5.part", folder / "2.6.part", folder / "notes.txt"
    for path in (old, new, strange):
        path.touch()
    os.utime(old, (1, 1))
    opened().done(LoadModel(model))
    assert files(folder) == ["2.6.part", "notes.txt"]
    kv_states.clear(folder)
    assert files(folder) == ["notes.txt"]


@pytest.mark.parametrize("length", [1, 2, 4, 5, 127, 128, 129, 132, 133, 511, 512, 513, 1004])
def test_a_prompt_is_read_in_the_same_pieces_wherever_it_is_begun(length: int) -> None:
    starts = starts_of(length)
    pieces = [*pairwise([*starts, length])]
    assert starts[0] == 0
    assert 1 <= length - starts[-1] <= 4
    assert all(0 < end - start <= PIECE_TOKENS for start, end in pieces)
    for done in starts:
        read = batches(starts, length, done, 512)
        assert [pair for batch in read for pair in pairwise(batch)] == [
            pair for pair in pieces if pair[0] >= done
        ]
        assert all(batch[-1] - batch[0] <= 512 for batch in read)
        assert all((batch[-1] - batch[0]) % PIECE_TOKENS == 0 for batch in read if len(batch) > 2)
    same = list(range(length))
    assert reusable(same, starts, same) == starts[-1]
    assert reusable(same, starts, [0] * length) == 0


# Reading ahead

HISTORY = (Exchange("Who? " * 40, "Nobody. " * 60, (passage(1, "w" * 300),)),)
NEXT = Asked("And then?", (passage(2, "v" * 200),), HISTORY)


def test_what_is_read_ahead_need_not_be_read_again(opened, model) -> None:
    job = opened()
    cold = job.done(WriteAnswer(model, NEXT, HOT, 1))
    job.done(about(model, None))
    assert job.done(ReadAhead(model, HISTORY, conversation=2)) == []
    warm = job.done(WriteAnswer(model, NEXT, HOT, 2))
    assert done_of(cold).usage.cached == 0
    left = done_of(warm).usage.prompt - done_of(warm).usage.cached
    assert left < PIECE_TOKENS + 300
    assert text_of(warm) == text_of(cold)


def test_reading_ahead_after_an_answer_reads_only_what_is_new(opened, model) -> None:
    job = opened()
    first = Asked(HISTORY[0].question, HISTORY[0].passages)
    job.done(WriteAnswer(model, first, HOT, 1))
    job.done(ReadAhead(model, HISTORY, conversation=1))
    again = done_of(job.done(WriteAnswer(model, first, HOT, 1))).usage
    assert again.prompt - again.cached <= PIECE_TOKENS
    job.done(ReadAhead(model, HISTORY, conversation=1))
    job.done(ReadAhead(model, (), conversation=1))  # already there: nothing is lost
    usage = done_of(job.done(WriteAnswer(model, NEXT, HOT, 1))).usage
    assert usage.prompt - usage.cached < PIECE_TOKENS + 300


def test_reading_ahead_elsewhere_keeps_the_conversation_at_hand(opened, folder, model) -> None:
    job = opened()
    job.done(about(model, 1))
    job.done(ReadAhead(model, HISTORY, conversation=2))
    assert files(folder) == ["1.state"]
    assert done_of(job.done(about(model, 1))).usage.cached > 900
    usage = done_of(job.done(WriteAnswer(model, NEXT, HOT, 2))).usage
    assert usage.prompt - usage.cached < PIECE_TOKENS + 300


def test_reading_ahead_that_is_stopped_is_not_lost(model) -> None:
    loaded = llama.load(model, Patience(10**9))
    beginning = loaded.prompt_tokens(about(model, 1).prompt)[:900]
    small = KVCache(loaded._own.context, PIECE_TOKENS)
    with pytest.raises(Cancelled):
        small.read_ahead(beginning, Patience(200))
    read = len(small.tokens)
    assert 0 < read < 896
    assert read % PIECE_TOKENS == 0
    small.read_ahead(beginning, Patience(10**9))
    assert len(small.tokens) == 896
    assert small.starts == tuple(range(0, 896, PIECE_TOKENS))
    loaded.close()


def test_a_history_too_long_is_not_read_ahead(opened, model) -> None:
    job = opened()
    endless = tuple(HISTORY * 20)
    assert job.done(ReadAhead(model, endless, conversation=1)) == []
    small = replace(model, context_tokens=1024)
    assert job.done(ReadAhead(small, endless, conversation=1)) == []


@pytest.mark.parametrize("token", [*gguf_models.SPECIAL, *gguf_models.TAGS])
def test_no_text_becomes_a_token_that_is_none(tmp_path, token: str) -> None:
    path = gguf_models.write_babbler(tmp_path / "babbler.gguf")
    loaded = llama.load(ModelChoice(LocalModel(path), threads=1), Patience(10**9))
    special = {gguf_models.VOCABULARY.index(one) for one in gguf_models.SPECIAL + gguf_models.TAGS}

    def read(text: str) -> list[int]:
        told = [Message("system", text), Message("user", f"{text} a{text}{text}b")]
        return [one for one in loaded.prompt_tokens(told) if one in special]

    assert read(token) == read("plain")
    loaded.close()
