"""The process that looks at models and the machine, measures them and makes models smaller."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from ctypes import c_uint64
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from desktop_rag.domain.errors import DiskTooSmall, FolderUnusable, ModelMissing
from desktop_rag.domain.generation import GenerationDone, Message, SamplingParameters
from desktop_rag.domain.models import EncoderFacts
from desktop_rag.domain.ports import CancelToken
from desktop_rag.settings import logs
from desktop_rag.settings.paths import Paths, reported
from desktop_rag.workers.commands.command import Answer
from desktop_rag.workers.commands.tuning import (
    Benchmark,
    Benchmarked,
    CheckEmbedder,
    Copied,
    Copy,
    Copying,
    Describe,
    Described,
    Examine,
    Inspect,
    LookAtMachine,
    Quantize,
    Quantized,
    Quantizing,
    TakeEncoder,
    Taken,
    TuningCommand,
)
from desktop_rag.workers.network import offline
from desktop_rag.workers.pipe.protocol import Pipe
from desktop_rag.workers.processes import examining

if TYPE_CHECKING:
    from desktop_rag.engines.llm.llama import Model

PROMPT_TOKENS = 512  #: read in a benchmark
ANSWER_TOKENS = 64  #: written in a benchmark
_WORD = "water "
_WARMING_TOKENS = 4
_SEEDS = 6  # tried until an answer is long enough
_BLOCK = 4 << 20  # bytes
_GIB = 1 << 30


class TuningProcess:
    """Does one thing after another and keeps nothing in memory."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def handle(self, command: TuningCommand, cancel: CancelToken) -> Answer:
        """Do what one command says; see `commands.tuning`."""
        cancel.check()
        match command:
            case Inspect() | Describe() | CheckEmbedder() | LookAtMachine():
                return self._looked(command)
            case Quantize():
                return command.answer(_quantize(command, cancel))
            case Copy():
                return command.answer(_copy(command, cancel))
            case TakeEncoder():
                return command.answer(_taken(command, cancel))
            case Benchmark():
                return command.answer([_measured(command, cancel)])
            case Examine():
                return command.answer(examining.sit(command, cancel))
            case _:
                assert_never(command)

    def _looked(self, command: Inspect | Describe | CheckEmbedder | LookAtMachine) -> Answer:
        match command:
            case Inspect(path=path):
                from desktop_rag.engines.gguf import model_facts

                return command.answer([model_facts.facts_of(path)])
            case Describe(folder=folder):
                return command.answer([_described(folder)])
            case CheckEmbedder(encoder=encoder):
                from desktop_rag.engines.encoders import encoders

                encoders.check(encoders.embedder_of(encoder))
                return command.answer(())
            case LookAtMachine(anew=anew):
                from desktop_rag.engines.machine import hardware

                return command.answer([hardware.machine(self._paths, anew=anew)])
            case _:
                assert_never(command)


def _quantize(command: Quantize, cancel: CancelToken) -> Iterator[Quantizing | Quantized]:
    from desktop_rag.engines.llm import quantizer

    for done, total in quantizer.quantize(command.source, command.target, command.wanted, cancel):
        yield Quantizing(done, total)
    yield Quantized(command.target)


def _measured(command: Benchmark, cancel: CancelToken) -> Benchmarked:
    """Return how fast a model reads a prompt and writes an answer, and what it takes."""
    from desktop_rag.engines.llm import llama

    model = llama.load(command.model, cancel)
    try:
        answer = min(ANSWER_TOKENS, model.context_tokens // 4)
        prompt = _prompt(model, min(PROMPT_TOKENS, model.context_tokens // 2))
        _written(model, _prompt(model, 0), _WARMING_TOKENS, cancel)
        first = done = _written(model, prompt, answer, cancel)
        for seed in range(1, _SEEDS):
            if done.usage.answer >= answer:
                break
            again = _written(model, prompt, answer, cancel, seed)
            done = max(done, again, key=lambda one: one.usage.answer)
        ready = model.ready
        return Benchmarked(
            first.timings.prompt_tps,
            done.timings.decode_tps,
            _memory(),
            ready.device,
            ready.gpu_layers,
            ready.layers,
        )
    finally:
        model.close()


def _prompt(model: Model, tokens: int) -> list[Message]:
    """Return messages whose prompt is about `tokens` long, or as short as can be."""
    bare = model.count_messages([Message("user", "")])
    each = max(model.count(_WORD * 64) / 64, 1 / 64)
    return [Message("user", _WORD * max(int((tokens - bare) / each), 1))]


def _written(
    model: Model, prompt: list[Message], tokens: int, cancel: CancelToken, seed: int = 0
) -> GenerationDone:
    sampling = SamplingParameters(temperature=1.0, max_tokens=tokens, seed=seed)
    *_, done = model.generate(prompt, sampling, cancel)
    assert isinstance(done, GenerationDone)  # noqa: S101 - it always comes last
    return done


def _memory() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


def _copy(command: Copy, cancel: CancelToken) -> Iterator[Copying | Copied]:
    """Copy all files of a model; each has its name when it is whole."""
    from desktop_rag.engines.gguf import model_facts
    from desktop_rag.engines.machine import hardware

    sources = model_facts.files_of(command.source)
    targets = [command.target, *(command.target.with_name(one.name) for one in sources[1:])]
    if len(sources) > 1:
        targets[0] = command.target.with_name(command.source.name)  # llama.cpp goes by the names
    folder = command.target.parent
    with reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
    size = sum(one.stat().st_size for one in sources)
    free = hardware.free_disk(folder)
    if size > free:
        raise DiskTooSmall(str(command.target), size / _GIB, free / _GIB)
    done = 0
    for source, target in zip(sources, targets, strict=True):
        for copied in _copied(source, target, cancel):
            done += copied
            yield Copying(done, size)
    yield Copied(targets[0])


def _described(folder: Path) -> Described:
    from desktop_rag.engines.encoders import folders

    try:
        return Described(folders.read(folder).facts)
    except FolderUnusable:
        return Described(None)


def _taken(command: TakeEncoder, cancel: CancelToken) -> Iterator[Copying | Taken]:
    from desktop_rag.engines.encoders import taking

    steps = taking.take(command.source, command.target, cancel)
    try:
        while True:
            yield Copying(*next(steps))
    except StopIteration as end:
        facts: EncoderFacts = end.value
    yield Taken(facts)


def _copied(source: Path, target: Path, cancel: CancelToken) -> Iterator[int]:
    """Copy a file, yielding the size of each block."""
    part = target.with_name(f"{target.name}.part")
    try:
        file = source.open("rb")
    except OSError as error:
        raise ModelMissing(str(source)) from error
    try:
        with file, reported(target), part.open("wb") as copy:
            while block := file.read(_BLOCK):
                cancel.check()
                copy.write(block)
                yield len(block)
            copy.flush()
            os.fsync(copy.fileno())
        with reported(target):
            part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def main(home: Path, pipe: Pipe[TuningCommand], mark: c_uint64) -> None:
    """Serve one owner of the data directory `home`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # before the slow imports; see `host.serve`
    offline.keep()
    logs.hush(Paths(home).logs_folder)

    from desktop_rag.workers.pipe import host

    host.serve(pipe, mark, TuningProcess(Paths(home)).handle)
