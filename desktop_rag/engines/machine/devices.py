"""What llama.cpp runs a model on."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from llama_cpp import llama_cpp as api

from desktop_rag.domain.models import Gpu
from desktop_rag.engines.machine.kernel_benchmark import call

_GPUS = {1, 2}  # of ggml_backend_dev_type: with memory of its own, and without
_SHARING = 2
_ALWAYS_SHARING = {b"Metal", b"MTL"}
_INSTRUCTIONS = ("AVX512", "AVX2", "AVX", "SVE", "NEON", "RISCV_V", "VSX", "WASM_SIMD")
_STEP = 0.75  # of the layers, when they turned out to be too many


def steps_down(layers: int) -> tuple[int, ...]:
    """Return how many layers to try on a GPU one after another, as memory runs out: 0 at last."""
    steps = [layers]
    while steps[-1] > 0:
        steps.append(int(steps[-1] * _STEP))
    return tuple(steps)


def gpus() -> tuple[Gpu, ...]:
    """Return the GPUs that llama.cpp was built for and finds here."""
    return tuple(_gpu(device) for device in _devices())


def described(gpu_layers: int, threads: int) -> str:
    """Return what a model with so many layers on a GPU runs on, as people call it."""
    found = gpus() if gpu_layers else ()
    if found:
        return " + ".join(gpu.name for gpu in found)
    said = api.llama_print_system_info().decode("utf-8", "replace")
    known = set(re.findall(r"(\w+) = 1", said))
    best = next((f" ({name})" for name in _INSTRUCTIONS if name in known), "")
    return f"CPU{best}, {threads} {'thread' if threads == 1 else 'threads'}"


def _devices() -> Iterator[Any]:
    if not api.llama_supports_gpu_offload():
        return
    for at in range(call("ggml_backend_dev_count")):
        device = call("ggml_backend_dev_get", at)
        if call("ggml_backend_dev_type", device) in _GPUS:
            yield device


def _gpu(device: Any) -> Gpu:
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    call("ggml_backend_dev_memory", device, ctypes.byref(free), ctypes.byref(total))
    kind = call("ggml_backend_reg_name", call("ggml_backend_dev_backend_reg", device))
    name = call("ggml_backend_dev_description", device)
    told = f"{name.decode('utf-8', 'replace')} ({kind.decode('utf-8', 'replace')})"
    shared = call("ggml_backend_dev_type", device) == _SHARING or kind in _ALWAYS_SHARING
    return Gpu(told, total.value, free.value, shared)
