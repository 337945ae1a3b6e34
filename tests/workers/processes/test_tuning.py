"""The tuning process with real models, made here: seeing, measuring, making smaller."""

import functools
import json
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_rag.domain.errors import (
    DiskTooSmall,
    ModelMissing,
    ModelUnusable,
    NotQuantizable,
)
from desktop_rag.domain.examination import Mark
from desktop_rag.domain.fitting import fit
from desktop_rag.domain.generation import ModelChoice, Unusable
from desktop_rag.domain.models import LocalModel, Machine
from desktop_rag.domain.ports import Cancelled
from desktop_rag.domain.quantizations import targets_of
from desktop_rag.engines.gguf.model_facts import facts_of
from desktop_rag.engines.llm import quantizer
from desktop_rag.engines.machine import hardware, kernel_benchmark
from desktop_rag.settings.paths import Paths
from desktop_rag.workers.commands.tuning import (
    Benchmark,
    Benchmarked,
    Copied,
    Copy,
    Copying,
    Examine,
    Examined,
    Examining,
    Inspect,
    LookAtMachine,
    Quantize,
    Quantized,
    Quantizing,
)
from desktop_rag.workers.pipe.client import Worker
from desktop_rag.workers.pipe.protocol import Failed, Finished, Reply, Step, Stopped
from desktop_rag.workers.processes import tuning
from tests import gguf_models

TIMEOUT = 120  # only failures ever reach it

pytestmark = pytest.mark.slow


class Job:
    """What one process has to say to one command after another."""

    def __init__(self, home: Path) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self.worker = Worker("tuning", functools.partial(tuning.main, home), self.replies.put)

    def rest(self) -> tuple[list[object], Reply]:
        steps: list[object] = []
        while isinstance(reply := self.replies.get(timeout=TIMEOUT), Step):
            steps.append(reply.value)
        return steps, reply

    def done(self, command: object) -> list[object]:
        self.worker.submit(command)
        steps, reply = self.rest()
        assert isinstance(reply, Finished), reply
        return steps

    def failed(self, command: object) -> Exception | None:
        self.worker.submit(command)
        _, reply = self.rest()
        assert isinstance(reply, Failed), reply
        return reply.error


class Never:
    """The cancel token of somebody with patience."""

    def check(self) -> None:
        pass


@pytest.fixture(scope="module", autouse=True)
def _llama_cpp_closes_what_it_opened() -> Iterator[None]:
    yield
    from llama_cpp import _utils

    for file in (_utils.outnull_file, _utils.errnull_file):
        file.close()  # else the interpreter complains at exit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def job(folder: Path) -> Iterator[Job]:
    job = Job(folder / "home")
    job.worker.start()
    yield job
    job.worker.stop()


@pytest.fixture(scope="module")
def exact(folder: Path) -> Path:
    """A model in 32 bits."""
    return gguf_models.write_babbler(folder / "exact.gguf", layers=3)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Job]:
    """A process that a test may leave in any state."""
    job = Job(tmp_path / "home")
    job.worker.start()
    yield job
    job.worker.stop()


# Seeing


def test_a_model_is_inspected(job: Job, exact: Path) -> None:
    (facts,) = job.done(Inspect(exact))
    assert facts == facts_of(exact)
    assert isinstance(job.failed(Inspect(exact.with_name("no.gguf"))), ModelMissing)


def test_a_machine_is_measured_once(job: Job, folder: Path) -> None:
    (machine,) = job.done(LookAtMachine())
    assert isinstance(machine, Machine)
    assert machine.memory > machine.free_memory > 0
    assert machine.free_disk > 0
    assert machine.cores >= 1
    speeds = dict(machine.speeds)
    measured = set(kernel_benchmark.MEASURED)  # of which a busy machine manages some
    assert {"Q4_K"} <= speeds.keys() <= measured
    assert all(1e7 < speed < 1e13 for speed in speeds.values())
    assert set(machine.repacked) <= set(kernel_benchmark.MEASURED)
    assert 0 < machine.step_seconds < 1e-3
    assert machine.attention > 0
    (again,) = job.done(LookAtMachine())
    assert (again.speeds, again.repacked) == (machine.speeds, machine.repacked)
    (anew,) = job.done(LookAtMachine(anew=True))
    assert anew.speeds != machine.speeds
    assert json.loads((folder / "home" / "machine.json").read_text())["speeds"] == dict(anew.speeds)


MEASURED = kernel_benchmark.KernelSpeeds((("Q4_K", 2e10), ("F16", 3e10)), ("Q4_K",), 1e-6, 5e9)


@pytest.fixture
def measurings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With how many threads it was measured, again and again."""
    found: list[int] = []

    def measured(threads: int) -> kernel_benchmark.KernelSpeeds:
        found.append(threads)
        return MEASURED

    monkeypatch.setattr(kernel_benchmark, "measured", measured)
    return found


def test_what_was_measured_is_kept_for_this_machine(tmp_path: Path, measurings) -> None:
    file = tmp_path / "home" / "machine.json"
    for _ in range(2):
        assert hardware.speeds_of(file, 2) == MEASURED
    assert measurings == [2]
    hardware.speeds_of(file, 3)
    assert measurings == [2, 3]
    hardware.speeds_of(file, 3, anew=True)
    assert measurings == [2, 3, 3]
    assert [one.name for one in file.parent.iterdir()] == ["machine.json"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda values: b"",
        lambda values: b"\xff\xfe",
        lambda values: b"[" * 100_000,
        lambda values: b"[1, 2]",
        lambda values: json.dumps(values | {"version": 2}).encode(),
        lambda values: json.dumps(values | {"fingerprint": ["another", 2, "0", 1]}).encode(),
        lambda values: json.dumps(values | {"speeds": {"Q4_K": -1}}).encode(),
        lambda values: json.dumps(values | {"speeds": {"Q4_K": float("nan")}}).encode(),
        lambda values: json.dumps(values | {"speeds": [1]}).encode(),
        lambda values: json.dumps(values | {"attention": "fast"}).encode(),
        lambda values: json.dumps(values | {"repacked": 7}).encode(),
        lambda values: json.dumps({"version": 1}).encode(),
    ],
)
def test_a_damaged_file_is_measured_again(tmp_path: Path, measurings, damage) -> None:
    file = tmp_path / "machine.json"
    hardware.speeds_of(file, 2)
    file.write_bytes(damage(json.loads(file.read_text())))
    assert hardware.speeds_of(file, 2) == MEASURED
    assert measurings == [2, 2]
    assert hardware.speeds_of(file, 2) == MEASURED
    assert measurings == [2, 2]


def test_a_file_that_cannot_be_kept_does_not_matter(tmp_path: Path, measurings) -> None:
    (tmp_path / "home").write_text("not a folder")
    assert hardware.speeds_of(tmp_path / "home" / "machine.json", 2) == MEASURED


def test_where_nothing_can_be_measured_nothing_is_known(tmp_path: Path, monkeypatch) -> None:
    def measured(threads: int) -> kernel_benchmark.KernelSpeeds:
        raise OSError("no such kernel")

    monkeypatch.setattr(kernel_benchmark, "measured", measured)
    file = tmp_path / "machine.json"
    assert hardware.speeds_of(file, 2).speeds == ()
    assert not file.exists()


def test_memory_and_disk_are_those_that_may_be_used(tmp_path: Path, monkeypatch) -> None:
    whole = hardware.memory_found()
    (tmp_path / "memory.max").write_text("max\n")
    monkeypatch.setattr(hardware, "_LIMITS", (tmp_path,))
    assert hardware.memory_found().total == whole.total
    (tmp_path / "memory.max").write_text(f"{1 << 30}\n")
    (tmp_path / "memory.current").write_text(f"{1 << 29}\n")
    assert hardware.memory_found() == hardware.MemoryLimits(1 << 30, 1 << 29)
    assert hardware.free_disk(tmp_path / "not" / "there") > 0
    monkeypatch.setattr(hardware, "_CPU_LIMIT", tmp_path / "cpu.max")
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    assert hardware.cores() == 1
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert hardware.cores() >= 1


# Measuring a model


def test_a_benchmark_tells_speed_and_memory(own: Job, exact: Path) -> None:
    (found,) = own.done(Benchmark(ModelChoice(LocalModel(exact), threads=1)))
    assert isinstance(found, Benchmarked)
    assert found.prompt_tps > 0
    assert found.decode_tps > 0
    assert (found.gpu_layers, found.layers) == (0, 3)
    assert found.device.startswith("CPU")
    facts = facts_of(exact)
    machine = Machine(1 << 36, 1 << 36, 1 << 40, 1)
    assert found.memory == pytest.approx(fit(facts, machine, 4096).memory, rel=0.25)


# Examining


def test_an_exam_marks_each_question_and_ends_with_a_grade(job: Job, folder: Path) -> None:
    clock = gguf_models.write_reciter(folder / "clock.gguf", "31 [2]")
    *steps, last = job.done(Examine(ModelChoice(LocalModel(clock), threads=1)))
    assert [type(one) for one in steps] == [Examining] * 20
    assert {one.questions for one in steps} == {20}
    first, *others = [one.mark for one in steps]
    assert (first.answerable, first.right, first.cited) == (True, True, True)
    assert not any(one.right or one.refused for one in others)
    assert isinstance(last, Examined)
    assert (last.grade.right, last.grade.cited, last.grade.questions) == (1, 1, 20)
    assert not last.grade.trusted


def test_an_exam_goes_on_where_it_was_broken_off(job: Job, exact: Path) -> None:
    right = Mark(answerable=True, right=True, cited=False, refused=False, seconds=1.0)
    model = ModelChoice(LocalModel(exact), threads=1)
    *steps, last = job.done(Examine(model, (right,) * 17))
    assert len(steps) == 3
    assert (last.grade.right, last.grade.questions) == (17, 20)


def test_a_model_without_room_for_the_questions_fails_its_exam(job: Job, folder: Path) -> None:
    tiny = gguf_models.write_babbler(folder / "tiny-exam.gguf", context=256)
    *_, last = job.done(Examine(ModelChoice(LocalModel(tiny), threads=1)))
    assert last.grade.passed == 0


def test_what_is_no_model_is_not_examined(job: Job, folder: Path) -> None:
    words = folder / "words-exam.gguf"
    words.write_text("no model")
    assert isinstance(job.failed(Examine(ModelChoice(LocalModel(words)))), ModelUnusable)


def test_an_exam_can_be_stopped_and_has_no_grade(own: Job, folder: Path) -> None:
    slow = gguf_models.write_babbler(folder / "slow-exam.gguf", layers=12, feed_forward=2048)
    own.worker.submit(Examine(ModelChoice(LocalModel(slow), threads=1)))
    assert isinstance(own.replies.get(timeout=TIMEOUT), Step)
    own.worker.cancel()
    steps, reply = own.rest()
    assert isinstance(reply, Stopped)
    assert not any(isinstance(one, Examined) for one in steps)


def test_a_model_with_little_context_is_measured_too(job: Job, folder: Path) -> None:
    model = gguf_models.write_babbler(folder / "short.gguf", context=128)
    (found,) = job.done(Benchmark(ModelChoice(LocalModel(model), threads=1)))
    assert found.decode_tps > 0


def test_what_is_no_model_is_not_measured(job: Job, folder: Path) -> None:
    words = gguf_models.write_vocabulary(folder / "words.gguf")
    error = job.failed(Benchmark(ModelChoice(LocalModel(words))))
    assert isinstance(error, ModelUnusable)
    assert error.reason == Unusable.VOCABULARY_ONLY


# Making smaller


def test_a_model_is_made_smaller_with_progress(job: Job, exact: Path, tmp_path: Path) -> None:
    before = exact.read_bytes()
    target = tmp_path / "new" / "smaller.gguf"
    steps = job.done(Quantize(exact, target, "Q4_K_M"))
    assert steps.pop() == Quantized(target)
    total = 3 + 3 * 9  # tensors
    assert steps == [Quantizing(done, total) for done in range(total)]
    assert exact.read_bytes() == before
    facts = facts_of(target)
    assert facts.parameters == facts_of(exact).parameters
    assert facts.file_bytes < len(before) / 3
    assert [one.name for one in target.parent.iterdir()] == ["smaller.gguf"]


def test_eight_bits_are_exact_enough_to_begin_with(job: Job, exact: Path, tmp_path: Path) -> None:
    eight, four = tmp_path / "eight.gguf", tmp_path / "four.gguf"
    job.done(Quantize(exact, eight, "Q8_0"))
    assert facts_of(eight).quantization == "Q8_0"
    assert "Q4_K_M" in targets_of(facts_of(eight))
    job.done(Quantize(eight, four, "q4_k_m"))
    assert facts_of(four).file_bytes < facts_of(eight).file_bytes
    error = job.failed(Quantize(four, tmp_path / "three.gguf", "Q3_K_M"))
    assert isinstance(error, NotQuantizable)
    assert "requantizing from type" in error.reason  # in llama.cpp's words
    assert (error.path, error.wanted) == (str(four), "Q3_K_M")
    assert {one.name for one in tmp_path.iterdir()} >= {"eight.gguf", "four.gguf"}
    assert not list(tmp_path.glob("three*"))


@pytest.mark.parametrize("wanted", ["F32", "IQ2_XXS", "Q9", ""])
def test_what_cannot_be_made_is_refused(job: Job, exact: Path, tmp_path: Path, wanted) -> None:
    error = job.failed(Quantize(exact, tmp_path / "it.gguf", wanted))
    assert isinstance(error, NotQuantizable)
    assert error.reason
    assert not list(tmp_path.glob("it*"))


def test_only_whole_models_are_made_smaller(job: Job, exact: Path, tmp_path: Path) -> None:
    adapter = gguf_models.write_adapter(tmp_path / "adapter.gguf", "x")
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(exact.read_bytes()[:-1000])
    for source, reason in ((adapter, Unusable.ADAPTER), (cut, Unusable.TRUNCATED)):
        error = job.failed(Quantize(source, tmp_path / "it.gguf", "Q4_K_M"))
        assert isinstance(error, ModelUnusable)
        assert error.reason == reason
    missing = job.failed(Quantize(tmp_path / "no.gguf", tmp_path / "it.gguf", "Q4_K_M"))
    assert isinstance(missing, ModelMissing)
    assert not list(tmp_path.glob("it*"))


def test_all_parts_of_a_model_are_made_smaller_together(job: Job, tmp_path: Path) -> None:
    parts = gguf_models.write_parts(tmp_path, "abc")
    target = tmp_path / "one.gguf"
    job.done(Quantize(parts[0], target, "Q8_0"))
    assert facts_of(target).parameters == facts_of(parts[0]).parameters


def test_the_disk_is_looked_at_first(exact: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(quantizer, "free_disk", lambda folder: 1000)
    target = tmp_path / "it.gguf"
    with pytest.raises(DiskTooSmall) as caught:
        next(quantizer.quantize(exact, target, "Q4_K_M", Never()))
    assert caught.value.path == str(target)
    assert not list(tmp_path.glob("it*"))


def test_stopping_leaves_nothing_behind(own: Job, exact: Path, tmp_path: Path) -> None:
    own.done(Benchmark(ModelChoice(LocalModel(exact), threads=1)))
    large = gguf_models.write_babbler(tmp_path / "large.gguf", layers=40, feed_forward=2048)
    target = tmp_path / "it.gguf"
    own.worker.submit(Quantize(large, target, "Q4_K_M"))
    assert isinstance(own.replies.get(timeout=TIMEOUT).value, Quantizing)
    own.worker.cancel()
    _, reply = own.rest()
    assert isinstance(reply, Stopped)
    assert not list(tmp_path.glob("it*"))
    own.done(Benchmark(ModelChoice(LocalModel(exact), threads=1)))  # the process can still be asked


def test_death_leaves_no_half_of_a_model(own: Job, tmp_path: Path) -> None:
    large = gguf_models.write_babbler(tmp_path / "large.gguf", layers=40, feed_forward=2048)
    target = tmp_path / "it.gguf"
    own.worker.submit(Quantize(large, target, "Q4_K_M"))
    assert isinstance(own.replies.get(timeout=TIMEOUT).value, Quantizing)
    own.worker.kill()
    _, reply = own.rest()
    assert isinstance(reply, Failed)
    assert not target.exists()
    own.worker.start()
    own.done(Quantize(large, target, "Q4_K_M"))
    assert [one.name for one in tmp_path.glob("it*")] == ["it.gguf"]


# Copying


def test_a_model_is_copied_with_all_its_parts(job: Job, tmp_path: Path) -> None:
    parts = gguf_models.write_parts(tmp_path, "abc")
    folder = tmp_path / "copies"
    steps = job.done(Copy(parts[0], folder / parts[0].name))
    assert steps.pop() == Copied(folder / parts[0].name)
    size = sum(part.stat().st_size for part in parts)
    assert steps[-1] == Copying(size, size)
    assert [one.read_bytes() for one in sorted(folder.iterdir())] == [
        part.read_bytes() for part in parts
    ]


def test_a_copy_may_have_another_name(job: Job, exact: Path, tmp_path: Path) -> None:
    target = tmp_path / "other.gguf"
    assert job.done(Copy(exact, target))[-1] == Copied(target)
    assert target.read_bytes() == exact.read_bytes()


def test_a_copy_is_whole_or_not_there(exact: Path, tmp_path: Path) -> None:
    class Impatient:
        looks = 0

        def check(self) -> None:
            self.looks += 1
            if self.looks > 1:
                raise Cancelled

    target = tmp_path / "it.gguf"
    with pytest.raises(Cancelled):
        list(tuning.TuningProcess(Paths(tmp_path)).handle(Copy(exact, target), Impatient()))
    assert not list(tmp_path.glob("it*"))
