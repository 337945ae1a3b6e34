"""Makes a smaller model of one with llama.cpp's quantizer.

    checked: type, disk ─► llama.cpp, in a thread ─► *.part ─► header read again ─► renamed
                                   └─► its log tells how far it is

llama.cpp cannot be told to stop. What is no longer wanted stands still from the next tensor on,
until its process ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from llama_cpp import llama_cpp as api

from desktop_rag.domain.errors import DiskFull, DiskTooSmall, ModelUnusable, NotQuantizable
from desktop_rag.domain.generation import Unusable
from desktop_rag.domain.models import ModelFacts
from desktop_rag.domain.ports import CancelToken
from desktop_rag.domain.quantizations import Quantization, quantization
from desktop_rag.engines.gguf.model_facts import facts_of
from desktop_rag.engines.machine.hardware import cores, free_disk
from desktop_rag.engines.machine.llama_log import logging_to
from desktop_rag.settings.paths import reported

_GIB = 1 << 30
_LOOK_SECONDS = 0.1
_ROOM = 1.15  # small models keep more in the larger types
_LEAST_FREE = 16 << 20
_ERROR = 4  # of ggml_log_level
_STEP = re.compile(r"\[\s*(\d+)/\s*(\d+)\]")
_FAILED = re.compile(r"failed to quantize: (.*)")
_Step = tuple[int, int]


def quantize(
    source: Path, target: Path, wanted: str, cancel: CancelToken
) -> Iterator[tuple[int, int]]:
    """Make `target` of `source`, yielding how many of all tensors are done.

    Raises `ModelMissing`, `ModelUnusable`, `NotQuantizable`, `DiskTooSmall` and `DiskFull`.
    Whatever interrupts it, there is no half of a model called `target`.
    """
    facts = facts_of(source)
    aim = _checked(source, facts, wanted)
    part = target.with_name(f"{target.name}.part")
    with reported(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    _check_disk(target, facts, aim)
    work = _Work(source, part, aim, again=_bits(facts) >= _bits_of("Q8_0"))
    try:
        yield from work.steps(cancel)
        if work.failed is not None:
            raise _refusal(work.failed, source, target, wanted)
        if facts_of(part).parameters != facts.parameters:
            raise NotQuantizable(str(source), wanted, "the result is not whole")
        with reported(target):
            part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


class _Work:
    """llama.cpp's quantizer in a thread, and what its log says; `failed` is why it failed."""

    def __init__(self, source: Path, part: Path, aim: Quantization, *, again: bool) -> None:
        self.failed: str | None = None
        self._files = os.fsencode(source), os.fsencode(part)
        self._settings = api.llama_model_quantize_default_params()
        self._settings.ftype = aim.code
        self._settings.nthread = cores()
        self._settings.allow_requantize = again
        self._said: queue.Queue[_Step | None] = queue.Queue()
        self._unwanted = threading.Event()
        self._complaints: list[str] = []
        self._thread = threading.Thread(target=self._run, name="quantizer", daemon=True)

    def steps(self, cancel: CancelToken) -> Iterator[_Step]:
        """Yield how far it is, until it has ended."""
        self._thread.start()
        try:
            while True:
                try:
                    step = self._said.get(timeout=_LOOK_SECONDS)
                except queue.Empty:
                    cancel.check()
                    continue
                if step is None:
                    return
                yield step
                cancel.check()
        finally:
            self._unwanted.set()

    def _run(self) -> None:
        log = api.llama_log_callback(self._hear)
        with logging_to(log):
            status = api.llama_model_quantize(*self._files, ctypes.byref(self._settings))
        if status:
            self.failed = "; ".join(self._complaints) or f"status {status}"
        self._said.put(None)

    def _hear(self, level: int, text: bytes, _data: object) -> None:
        if threading.current_thread() is not self._thread:
            return  # something else, after this was no longer wanted
        if self._unwanted.is_set():
            threading.Event().wait()  # for the end of the process
        said = text.decode("utf-8", "replace")
        if step := _STEP.match(said):
            self._said.put((int(step[1]) - 1, int(step[2])))
        elif level == _ERROR and said.strip():
            reason = _FAILED.search(said)
            self._complaints.append((reason[1] if reason else said).strip()[:500])


def _checked(source: Path, facts: ModelFacts, wanted: str) -> Quantization:
    """Return what is to be made, if that makes sense at all."""
    if facts.base:
        raise ModelUnusable(str(source), Unusable.ADAPTER)
    aim = quantization(wanted)
    if aim is None or not aim.made:
        raise NotQuantizable(str(source), wanted, "nothing here makes this type")
    if aim.name == facts.quantization:
        raise NotQuantizable(str(source), wanted, "it is of this type already")
    return aim


def _check_disk(target: Path, facts: ModelFacts, aim: Quantization) -> None:
    needed = min(facts.parameters * aim.bits / 8 * _ROOM, facts.file_bytes) + _LEAST_FREE
    free = free_disk(target.parent)
    if needed > free:
        raise DiskTooSmall(str(target), needed / _GIB, free / _GIB)


def _refusal(reason: str, source: Path, target: Path, wanted: str) -> Exception:
    if free_disk(target.parent) < _LEAST_FREE:
        return DiskFull(str(target))
    return NotQuantizable(str(source), wanted, reason)


def _bits(facts: ModelFacts) -> float:
    return _bits_of(facts.quantization)


def _bits_of(name: str) -> float:
    found = quantization(name)
    return found.bits if found else 0.0
