"""All kinds of models in the generating process: stretched, adapted, split, and deadly ones."""

import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_rag.domain.errors import AdapterUnusable, ModelUnusable, WorkerDied
from desktop_rag.domain.generation import (
    Message,
    ModelChoice,
    ModelReady,
    SamplingParameters,
    Unusable,
)
from desktop_rag.domain.models import Adapter, LocalModel, ModelFacts, Stretch
from desktop_rag.engines.llm import loading
from desktop_rag.engines.machine import devices
from desktop_rag.workers.commands.generating import LoadModel, WriteAnswer
from tests import direct_templates, gguf_models
from tests.fakes import NeverCancelled
from tests.workers.generating_job import Job, done_of, text_of

SHORT = (Message("user", "Why?"),)
GREEDY = SamplingParameters(greedy=True, max_tokens=20, repeats=True)
GIB = 1 << 30

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def job() -> Iterator[Job]:
    job = Job()
    job.worker.start()
    yield job
    job.worker.stop()


@pytest.fixture
def babbler(tmp_path) -> ModelChoice:
    return ModelChoice(LocalModel(gguf_models.write_babbler(tmp_path / "babbler.gguf")), threads=1)


# Contexts


@pytest.mark.parametrize("stretch", [Stretch.LINEAR, Stretch.YARN])
def test_a_context_is_longer_than_trained_only_when_stretched(job, babbler, stretch) -> None:
    longer = replace(babbler, context_tokens=6144)
    (cut,) = job.done(LoadModel(longer))
    assert cut.context_tokens == 4096
    stretched = replace(longer, stretch=stretch)
    (whole,) = job.done(LoadModel(stretched))
    assert whole.context_tokens == 6144
    steps = job.done(WriteAnswer(stretched, (Message("user", "x" * 5000),), GREEDY))
    assert done_of(steps).usage.prompt > 5000
    assert len(text_of(steps)) == 20


def test_a_stretch_squeezes_positions_into_what_was_trained(babbler) -> None:
    own = loading.opened(babbler, NeverCancelled(), direct_templates.write)
    try:
        for stretch, kind in ((Stretch.LINEAR, 1), (Stretch.YARN, 2)):
            settings = loading._settings(babbler, 8192, 128)
            loading._stretch(settings, stretch, own.weights)
            assert settings.rope_freq_scale == pytest.approx(0.5)
            assert settings.rope_scaling_type == kind
        assert settings.yarn_orig_ctx == 4096
    finally:
        own.free()


def test_a_stretch_without_a_wish_for_more_changes_nothing(job, babbler) -> None:
    (ready,) = job.done(LoadModel(replace(babbler, stretch=Stretch.YARN)))
    assert ready.context_tokens == 4096


# Adapters


def test_adapters_change_what_is_said_as_strongly_as_wanted(job, babbler, tmp_path) -> None:
    z = gguf_models.write_adapter(tmp_path / "z.gguf", "z")
    q = gguf_models.write_adapter(tmp_path / "q.gguf", "q")

    def said(*adapters: Adapter) -> str:
        return text_of(job.done(WriteAnswer(replace(babbler, adapters=adapters), SHORT, GREEDY)))

    plain = said()
    assert said(Adapter(z)) == "z" * 20
    assert said(Adapter(z, 0.0)) == plain != "z" * 20
    assert said(Adapter(z, 1.0), Adapter(q, 2.0)) == "q" * 20
    assert said(Adapter(z, 2.0), Adapter(q, 1.0)) == "z" * 20
    assert said() == plain


def test_what_is_no_adapter_of_this_model_is_refused(job, babbler, tmp_path) -> None:
    strange = gguf_models.write_adapter(tmp_path / "a.gguf", "z", architecture="qwen2")
    shaped = gguf_models.write_adapter(tmp_path / "b.gguf", "z", rows=400)
    damaged = tmp_path / "c.gguf"
    damaged.write_bytes(shaped.read_bytes()[:300])
    for path in (strange, shaped, damaged, babbler.source.path, tmp_path / "none.gguf"):
        error = job.failed(LoadModel(replace(babbler, adapters=(Adapter(path),))))
        assert isinstance(error, AdapterUnusable), path
        assert (error.path, error.model) == (str(path), "babbler.gguf")
    assert text_of(job.done(WriteAnswer(babbler, SHORT, GREEDY)))


def test_an_adapter_alone_is_no_model(job, tmp_path) -> None:
    path = gguf_models.write_adapter(tmp_path / "z.gguf", "z")
    error = job.failed(LoadModel(ModelChoice(LocalModel(path))))
    assert isinstance(error, ModelUnusable)
    assert error.reason == Unusable.ADAPTER


# Files in parts


def test_a_split_model_is_loaded_by_its_first_part(job, tmp_path) -> None:
    first, second, *_ = gguf_models.write_parts(tmp_path, "parts")
    assert (
        text_of(job.done(WriteAnswer(ModelChoice(LocalModel(first), threads=1), SHORT))) == "parts"
    )
    error = job.failed(LoadModel(ModelChoice(LocalModel(second))))
    assert isinstance(error, ModelUnusable)
    assert error.reason == Unusable.PART


# Devices


def test_what_a_model_runs_on_is_told(job, babbler) -> None:
    (ready,) = job.done(LoadModel(replace(babbler, threads=2)))
    assert isinstance(ready, ModelReady)
    assert ready.layers == 1
    assert ready.device.endswith(("2 threads", ")"))


FACTS = ModelFacts(
    architecture="llama", name="", parameters=0, quantization="", file_bytes=33 * (GIB // 8),
    layers=32, context_tokens=8192, width=4096, vocabulary=32000, key_widths=(1024,) * 32,
    value_widths=(1024,) * 32, weights=(),
)  # fmt: skip


@pytest.mark.parametrize("layers", [0, 1, 2, 33, 1000])
def test_steps_down_end_at_none(layers: int) -> None:
    steps = devices.steps_down(layers)
    assert (steps[0], steps[-1]) == (layers, 0)
    assert list(steps) == sorted(set(steps), reverse=True)


def test_large_models_read_less_at_once() -> None:
    widths = ((576, 1536, 512), (2048, 8192, 512), (4096, 14336, 128), (8192, 28672, 128))
    for width, inner, tokens in widths:
        assert loading.batch_of(replace(FACTS, width=width, feed_forward=inner)) == tokens


# Deaths


def test_a_model_that_aborts_the_process_costs_that_question_alone(babbler, tmp_path) -> None:
    deadly = gguf_models.write_reciter(tmp_path / "deadly.gguf", "abc", kept_heads=3)
    job = Job()
    job.worker.start()
    try:
        error = job.failed(LoadModel(ModelChoice(LocalModel(deadly), threads=1)))
        assert isinstance(error, WorkerDied)
        job.worker.start()
        assert text_of(job.done(WriteAnswer(babbler, SHORT, GREEDY)))
    finally:
        job.worker.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits of processes")
def test_running_out_of_memory_is_said_or_costs_that_question_alone(babbler) -> None:
    job = Job()
    job.worker.start()
    pid = job.worker._life.process.pid
    job.done(LoadModel(babbler))
    used = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.prlimit(pid, resource.RLIMIT_AS, (used + (64 << 20), resource.RLIM_INFINITY))
    try:
        greedy = replace(babbler, context_tokens=1 << 20, stretch=Stretch.YARN)
        error = job.failed(LoadModel(greedy))
        assert isinstance(error, ModelUnusable | WorkerDied)
        if isinstance(error, WorkerDied):
            job.worker.start()
        else:
            assert error.reason == Unusable.OUT_OF_MEMORY
        assert text_of(job.done(WriteAnswer(babbler, SHORT, GREEDY)))
    finally:
        job.worker.stop()
