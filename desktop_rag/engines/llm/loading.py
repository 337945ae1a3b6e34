"""Brings a GGUF model into memory, or says why it cannot be.

    header ── refused, or known ──► weights ──► adapters ──► context

When the memory of a GPU runs out on the way, fewer layers are put on it.
"""

from __future__ import annotations

import ctypes
import logging
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llama_cpp import llama_cpp as api

from desktop_rag.domain.errors import (
    AdapterUnusable,
    ModelMissing,
    ModelTooLarge,
    ModelUnusable,
)
from desktop_rag.domain.fitting import gpu_layers, usable_memory
from desktop_rag.domain.generation import ModelChoice, Unusable
from desktop_rag.domain.models import Adapter, Machine, ModelFacts, Stretch
from desktop_rag.domain.ports import CancelToken
from desktop_rag.engines.gguf.model_facts import facts_of
from desktop_rag.engines.gguf.template_process import Write
from desktop_rag.engines.llm.kv_cache import PIECE_TOKENS, cancelled
from desktop_rag.engines.machine.devices import described, gpus, steps_down
from desktop_rag.engines.machine.hardware import cores, memory_found

logger = logging.getLogger(__name__)

DEFAULT_CONTEXT_TOKENS = 8192
_BATCH_TOKENS = 512  # at most; read at once
_AT_ONCE = 512 * 2048 * 8192  # products of one operation: a fraction of a second on two cores
_ERROR = 4  # of ggml_log_level
_GIB = 1 << 30

_complaints: list[str] = []  # of llama.cpp, since the last load began


@api.llama_log_callback  # type: ignore[untyped-decorator]
def _log(level: int, text: bytes, _data: object) -> None:
    line = text.decode("utf-8", "replace").strip()[:500]
    if level == _ERROR:
        _complaints.append(line)
    logger.log(logging.INFO if level == _ERROR else logging.DEBUG, "llama.cpp: %s", line)


api.llama_log_set(_log, ctypes.c_void_p(0))
api.llama_backend_init()


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in memory: what llama.cpp calls model and context, and what was chosen for them."""

    weights: Any
    context: Any
    facts: ModelFacts
    context_tokens: int
    batch_tokens: int
    gpu_layers: int
    device: str

    def free(self) -> None:
        """Give the memory back, that of the adapters too."""
        api.llama_free(self.context)
        api.llama_model_free(self.weights)


def opened(choice: ModelChoice, cancel: CancelToken, write: Write) -> LoadedModel:
    """Load a model, whose template is tried with `write`.

    Raises `ModelMissing`, `ModelUnusable`, `ModelTooLarge` and `AdapterUnusable`.
    """
    facts = checked(choice, write)
    tokens = context_of(choice, facts.context_tokens)
    offered = gpus()
    if not offered or choice.gpu_layers == 0:
        _check_memory(choice.source.path, facts.file_bytes + _cache_bytes(facts, tokens))
        return _tried(choice, facts, 0, cancel)
    wanted = choice.gpu_layers
    if wanted is None or wanted < 0:
        machine = Machine(memory=0, free_memory=0, free_disk=0, cores=0, gpus=offered)
        fitting = gpu_layers(facts, machine, tokens)
        wanted = fitting + (fitting == facts.layers)  # what comes after the last counts as one
    for layers in steps_down(min(wanted, facts.layers + 1)):
        if not layers:
            _check_memory(choice.source.path, facts.file_bytes + _cache_bytes(facts, tokens))
        try:
            return _tried(choice, facts, layers, cancel)
        except ModelUnusable as error:
            if error.reason != Unusable.OUT_OF_MEMORY or not layers:
                raise
            logger.info("%d layers do not fit on the GPU", layers)
    raise AssertionError  # the last step is 0


def checked(choice: ModelChoice, write: Write) -> ModelFacts:
    """Return what the file holds, and refuse what cannot be used before llama.cpp sees it."""
    facts = facts_of(choice.source.path, write)
    if facts.base:
        raise ModelUnusable(str(choice.source.path), Unusable.ADAPTER)
    for adapter in choice.adapters:
        _check_adapter(adapter, facts, choice.source.path)
    return facts


def context_of(choice: ModelChoice, trained: int) -> int:
    """Return how many tokens a model may read and write: beyond its training only if stretched."""
    wanted = choice.context_tokens or DEFAULT_CONTEXT_TOKENS
    stretched = choice.stretch is not Stretch.NONE and choice.context_tokens is not None
    return wanted if stretched or not trained else min(wanted, trained)


def batch_of(facts: ModelFacts) -> int:
    """Return how many tokens to read at once: fewer by a large model, which must hear Stop too."""
    one = max(facts.width * facts.feed_forward, 1)
    pieces = min(_AT_ONCE // one, _BATCH_TOKENS) // PIECE_TOKENS
    return max(pieces, 1) * PIECE_TOKENS


def threads_of(choice: ModelChoice) -> int:
    """Return how many threads compute: as many as there are real cores."""
    return choice.threads or cores()


def _tried(
    choice: ModelChoice, facts: ModelFacts, gpu_layers: int, cancel: CancelToken
) -> LoadedModel:
    weights = _weights(choice.source.path, gpu_layers, cancel)
    try:
        adapters = [_adapter(weights, one, choice.source.path) for one in choice.adapters]
        trained = api.llama_model_n_ctx_train(weights)
        tokens = context_of(choice, trained)
        batch = _BATCH_TOKENS if gpu_layers else batch_of(facts)
        settings = _settings(choice, tokens, batch)
        if tokens > trained:
            _stretch(settings, choice.stretch, weights)
        context = _context(weights, settings, choice.source.path)
        if adapters:
            _attach(context, adapters, choice.adapters)
        device = described(gpu_layers, settings.n_threads)
        kept = min(gpu_layers, facts.layers)
        return LoadedModel(weights, context, facts, tokens, batch, kept, device)
    except BaseException:
        api.llama_model_free(weights)
        raise


def _weights(path: Path, gpu_layers: int, cancel: CancelToken) -> Any:
    wanted = api.llama_progress_callback(lambda _done, _data: not cancelled(cancel))
    settings = api.llama_model_default_params()
    settings.n_gpu_layers = gpu_layers
    settings.progress_callback = wanted
    _complaints.clear()
    weights = api.llama_model_load_from_file(os.fsencode(path), settings)
    if not weights:
        cancel.check()
        raise ModelUnusable(str(path), _reason())
    if api.llama_model_has_encoder(weights):
        api.llama_model_free(weights)
        raise ModelUnusable(str(path), Unusable.NOT_A_WRITER)
    return weights


def _context(weights: Any, settings: Any, path: Path) -> Any:
    context = api.llama_init_from_model(weights, settings)
    if not context:
        raise ModelUnusable(str(path), Unusable.OUT_OF_MEMORY)
    return context


def _settings(choice: ModelChoice, tokens: int, batch: int) -> Any:
    settings = api.llama_context_default_params()
    settings.n_ctx = tokens
    settings.n_batch = settings.n_ubatch = batch
    settings.n_threads = settings.n_threads_batch = threads_of(choice)
    settings.flash_attn_type = api.LLAMA_FLASH_ATTN_TYPE_AUTO
    return settings


def _stretch(settings: Any, stretch: Stretch, weights: Any) -> None:
    """Have positions beyond those of the training fall between them."""
    trained = api.llama_model_n_ctx_train(weights)
    own = api.llama_model_rope_freq_scale_train(weights) or 1.0
    settings.rope_freq_scale = own * trained / settings.n_ctx
    if stretch is Stretch.YARN:
        settings.rope_scaling_type = api.LLAMA_ROPE_SCALING_TYPE_YARN
        settings.yarn_orig_ctx = trained if own == 1.0 else 0  # else the file knows it
    else:
        settings.rope_scaling_type = api.LLAMA_ROPE_SCALING_TYPE_LINEAR


def _check_adapter(adapter: Adapter, facts: ModelFacts, model: Path) -> None:
    try:
        base = facts_of(adapter.path).base
    except (ModelMissing, ModelUnusable) as error:
        raise AdapterUnusable(str(adapter.path), model.name) from error
    if base != facts.architecture:
        raise AdapterUnusable(str(adapter.path), model.name)


def _adapter(weights: Any, adapter: Adapter, model: Path) -> Any:
    loaded = api.llama_adapter_lora_init(weights, os.fsencode(adapter.path))
    if not loaded:
        raise AdapterUnusable(str(adapter.path), model.name)
    return loaded


def _attach(context: Any, loaded: list[Any], adapters: tuple[Adapter, ...]) -> None:
    handles = (api.llama_adapter_lora_p_ctypes * len(loaded))(
        *(ctypes.cast(one, api.llama_adapter_lora_p_ctypes) for one in loaded)
    )
    scales = (ctypes.c_float * len(loaded))(*(one.scale for one in adapters))
    api.llama_set_adapters_lora(context, handles, len(loaded), scales)


def _reason() -> Unusable:
    """Return why llama.cpp has just refused to load a file, from what it logged."""
    said = "\n".join(_complaints)
    if re.search(r"not within the file bounds|failed to read|end of file", said):
        return Unusable.TRUNCATED
    if re.search(r"alloc|out of memory", said):
        return Unusable.OUT_OF_MEMORY
    return Unusable.BROKEN


def _check_memory(path: Path, needed: int) -> None:
    """Refuse what this machine cannot hold; what others use of it now, the system may move."""
    found = memory_found()
    machine = Machine(memory=found.total, free_memory=found.free, free_disk=0, cores=0)
    most = max(usable_memory(machine), found.free)
    if needed > most:
        raise ModelTooLarge(path.name, needed / _GIB, most / _GIB)


def _cache_bytes(facts: ModelFacts, tokens: int) -> int:
    """Return the bytes of 16-bit keys and values for a whole context."""
    return 2 * (sum(facts.key_widths) + sum(facts.value_widths)) * tokens
