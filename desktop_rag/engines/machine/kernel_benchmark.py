"""Measures how fast llama.cpp's own kernels multiply weights on this processor.

    extra buffer type that takes a type of weights, if any ─► weights larger than the last cache
    ─► in each thread its share of rows times a vector, as for each written token ─► the best

llama.cpp keeps some types in an order of its own (`repacked`), and is faster with them then; it
is asked for them as it asks itself. Weights are zeros: the kernels take the same time for them.
Each thread computes by itself and is timed by what it gets of its processor, because threads
that wait for each other, on a machine that is busy with other things, measure only the waiting.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_rag.engines.gguf.header import TENSOR_TYPES

#: Most wanted first: what the time does not suffice for is not measured.
MEASURED = (
    *("Q4_K", "Q6_K", "Q8_0", "Q5_K", "F16", "Q5_0", "Q4_0"),
    *("Q3_K", "IQ4_XS", "Q5_1", "Q2_K", "BF16", "IQ4_NL", "F32"),
)

_SECONDS = 1.8  # for everything
_WIDTH = 2048
_LEAST_BYTES, _MOST_BYTES = 64 << 20, 192 << 20
_CACHE = Path("/sys/devices/system/cpu/cpu0/cache/index3/size")  # of Linux
_LEAST_ROUNDS, _MOST_ROUNDS = 3, 200
_STEPS = 20
_STEP_MOST = 2e-5  # seconds; more is a machine that is busy with other things
_HEAD, _HEADS, _KEPT_HEADS, _DEPTH = 64, 32, 8, 1024  # of attention
_F32, _F16 = 0, 1
_NUMBERS = {name: number for number, (name, _, _) in TENSOR_TYPES.items()}


@dataclass(frozen=True, slots=True)
class KernelSpeeds:
    """Bytes a second by type, which of them are repacked, and the rest as in `Machine`."""

    speeds: tuple[tuple[str, float], ...]
    repacked: tuple[str, ...]
    step_seconds: float
    attention: float


class _Parameters(ctypes.Structure):
    _fields_ = [
        ("mem_size", ctypes.c_size_t),
        ("mem_buffer", ctypes.c_void_p),
        ("no_alloc", ctypes.c_bool),
    ]


def measured(threads: int) -> KernelSpeeds:
    """Measure with `threads` threads, in about two seconds."""
    try:
        return _measured(threads, time.perf_counter() + _SECONDS)
    finally:
        _zeros.cache_clear()


def _measured(threads: int, ends: float) -> KernelSpeeds:
    with _processor(threads) as run:
        step = _step_seconds(run)
    speeds: list[tuple[str, float]] = []
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(threads) as pool:
        runs = [stack.enter_context(_processor(1, threads)) for _ in range(threads)]
        attention = sum(pool.map(_attention, runs))
        places = {name: _place(runs[0], _NUMBERS[name]) for name in MEASURED}
        for at, name in enumerate(MEASURED):
            share = (ends - time.perf_counter()) / (len(MEASURED) - at)
            if speeds and share <= 0:
                break
            jobs = [pool.submit(_speed, run, name, places[name], share) for run in runs]
            speeds.append((name, sum(job.result() for job in jobs)))
    repacked = tuple(name for name, place in places.items() if place is not None)
    return KernelSpeeds(tuple(speeds), repacked, step, attention)


@dataclass(frozen=True, slots=True)
class _Run:
    """llama.cpp's device for this processor, and what computes on it."""

    device: Any
    backend: Any
    plain: Any
    extra: tuple[Any, ...]
    part: int


@contextlib.contextmanager
def _processor(threads: int, part: int = 1) -> Iterator[_Run]:
    """Bring up llama.cpp's processor backend with so many threads, for a part of all weights."""
    device = call("ggml_backend_dev_by_type", 0)
    backend = call("ggml_backend_dev_init", device, None)
    try:
        registry = call("ggml_backend_dev_backend_reg", device)
        _set_threads(registry, backend, threads)
        plain = call("ggml_backend_dev_buffer_type", device)
        yield _Run(device, backend, plain, tuple(_extra(registry, device)), part)
    finally:
        call("ggml_backend_free", backend)


def _set_threads(registry: Any, backend: Any, threads: int) -> None:
    address = call("ggml_backend_reg_get_proc_address", registry, b"ggml_backend_set_n_threads")
    if address:
        ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int)(address)(backend, threads)


def _extra(registry: Any, device: Any) -> Iterator[Any]:
    """Yield the kinds of memory in which weights are kept in another order."""
    name = b"ggml_backend_dev_get_extra_bufts"
    address = call("ggml_backend_reg_get_proc_address", registry, name)
    if not address:
        return
    kinds = ctypes.CFUNCTYPE(ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p)(address)(device)
    at = 0
    while kinds and kinds[at]:
        yield kinds[at]
        at += 1


@contextlib.contextmanager
def _context(room: int = 4096) -> Iterator[Any]:
    """Give place for the description of `room` tensors, and of a graph of as many."""
    size = room * call("ggml_tensor_overhead") + call("ggml_graph_overhead_custom", room, False)
    context = call("ggml_init", _Parameters(size, None, True))
    try:
        yield context
    finally:
        call("ggml_free", context)


@contextlib.contextmanager
def _memory(context: Any, kind: Any) -> Iterator[Any]:
    """Give the tensors of a context memory of a kind."""
    buffer = call("ggml_backend_alloc_ctx_tensors_from_buft", context, kind)
    if not buffer:
        raise MemoryError
    try:
        yield buffer
    finally:
        call("ggml_backend_buffer_free", buffer)


def _place(run: _Run, type_: int) -> Any | None:
    """Return where llama.cpp keeps weights of a type in another order, `None` for nowhere."""
    for kind in run.extra:
        with _context() as weights, _context() as values:
            matrix = call("ggml_new_tensor_2d", weights, type_, 512, 64)
            with _memory(weights, kind):
                vector = call("ggml_new_tensor_2d", values, _F32, 512, 1)
                product = call("ggml_mul_mat", values, matrix, vector)
                if call("ggml_backend_dev_supports_op", run.device, product):
                    return kind
    return None


def _speed(run: _Run, name: str, place: Any | None, seconds: float) -> float:
    """Return the bytes of weights of a type that are multiplied in a second."""
    type_ = _NUMBERS[name]
    _, block, width = TENSOR_TYPES[type_]
    row = _WIDTH // block * width
    rows = max(_bytes() // run.part // row // 64, 1) * 64
    with _context() as weights, _context() as values:
        matrix = call("ggml_new_tensor_2d", weights, type_, _WIDTH, rows)
        vector = call("ggml_new_tensor_2d", values, _F32, _WIDTH, 1)
        product = call("ggml_mul_mat", values, matrix, vector)
        with _memory(weights, place or run.plain), _memory(values, run.plain) as buffer:
            call("ggml_backend_buffer_clear", buffer, 0)
            call("ggml_backend_tensor_set", matrix, _zeros(), 0, rows * row)
            return rows * row / _best(run, values, [product], seconds)


def _step_seconds(run: _Run) -> float:
    """Return what a small operation costs, which is mostly that all threads wait for all."""
    with _context() as values:
        vector = call("ggml_new_tensor_2d", values, _F32, _WIDTH, 1)
        results = [vector]
        for _ in range(_STEPS):
            results.append(call("ggml_add", values, results[-1], vector))
        with _memory(values, run.plain) as buffer:
            call("ggml_backend_buffer_clear", buffer, 0)
            return min(_best(run, values, results[-1:], 0.05) / _STEPS, _STEP_MOST)


def _attention(run: _Run) -> float:
    """Return the bytes of keys and values that are looked through in a second, for every head."""
    one = 2 * 2 * _HEAD * _KEPT_HEADS * _DEPTH
    layers = max(_bytes() // run.part // one, 1)
    with _context() as values:
        results = []
        mask = call("ggml_new_tensor_2d", values, _F16, _DEPTH, 1)
        for _ in range(layers):
            query = call("ggml_new_tensor_3d", values, _F32, _HEAD, 1, _HEADS)
            kept = [_kept(values) for _ in range(2)]
            given = (*kept, mask, 0.125, 0.0, 0.0)
            results.append(call("ggml_flash_attn_ext", values, query, *given))
        with _memory(values, run.plain) as buffer:
            call("ggml_backend_buffer_clear", buffer, 0)
            spent = _best(run, values, results, 0.1)
    return one * (_HEADS // _KEPT_HEADS) * layers / spent


def _kept(values: Any) -> Any:
    """Return keys, or values, as llama.cpp keeps them: those of all heads beside each other."""
    lying = call("ggml_new_tensor_3d", values, _F16, _HEAD, _KEPT_HEADS, _DEPTH)
    return call("ggml_permute", values, lying, 0, 2, 1, 3)


def _best(run: _Run, values: Any, results: list[Any], seconds: float) -> float:
    """Return the seconds of the fastest of several rounds, after one that does not count."""
    graph = call("ggml_new_graph_custom", values, 2048, False)
    for result in results:
        call("ggml_build_forward_expand", graph, result)
    clock = time.perf_counter if run.part == 1 or sys.platform == "win32" else time.thread_time
    ends = time.perf_counter() + seconds
    call("ggml_backend_graph_compute", run.backend, graph)
    rounds: list[float] = []
    while len(rounds) < _MOST_ROUNDS and not (
        len(rounds) >= _LEAST_ROUNDS and time.perf_counter() > ends
    ):
        began = clock()
        call("ggml_backend_graph_compute", run.backend, graph)
        rounds.append(max(clock() - began, 1e-9))
    return statistics.median(rounds)


@functools.cache
def _bytes() -> int:
    """Return how many bytes of weights are more than the last cache holds."""
    try:
        cache = int(_CACHE.read_text().strip().removesuffix("K")) << 10
    except (OSError, ValueError):
        cache = 0
    return min(max(cache * 2, _LEAST_BYTES), _MOST_BYTES)


@functools.cache
def _zeros() -> bytes:
    return bytes(_bytes())


def call(name: str, *arguments: Any) -> Any:
    """Call a function of ggml."""
    return _function(name)(*arguments)


@functools.cache
def _libraries() -> list[ctypes.CDLL]:
    import llama_cpp
    from llama_cpp._ctypes_extensions import load_shared_library

    folder = Path(llama_cpp.__file__).parent / "lib"
    found = []
    for name in ("ggml-base", "ggml", "ggml-cpu"):
        with contextlib.suppress(FileNotFoundError, RuntimeError, OSError):
            found.append(load_shared_library(name, folder))
    return found


_P, _I, _N, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t, ctypes.c_float
_I64 = ctypes.c_int64
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "ggml_init": (_P, [_Parameters]),
    "ggml_free": (None, [_P]),
    "ggml_tensor_overhead": (_N, []),
    "ggml_graph_overhead_custom": (_N, [_N, ctypes.c_bool]),
    "ggml_new_tensor_2d": (_P, [_P, _I, _I64, _I64]),
    "ggml_new_tensor_3d": (_P, [_P, _I, _I64, _I64, _I64]),
    "ggml_new_graph_custom": (_P, [_P, _N, ctypes.c_bool]),
    "ggml_mul_mat": (_P, [_P, _P, _P]),
    "ggml_permute": (_P, [_P, _P, _I, _I, _I, _I]),
    "ggml_add": (_P, [_P, _P, _P]),
    "ggml_flash_attn_ext": (_P, [_P, _P, _P, _P, _P, _F, _F, _F]),
    "ggml_build_forward_expand": (None, [_P, _P]),
    "ggml_backend_alloc_ctx_tensors_from_buft": (_P, [_P, _P]),
    "ggml_backend_buffer_free": (None, [_P]),
    "ggml_backend_buffer_clear": (None, [_P, ctypes.c_uint8]),
    "ggml_backend_tensor_set": (None, [_P, ctypes.c_char_p, _N, _N]),
    "ggml_backend_graph_compute": (_I, [_P, _P]),
    "ggml_backend_free": (None, [_P]),
    "ggml_backend_reg_name": (ctypes.c_char_p, [_P]),
    "ggml_backend_reg_get_proc_address": (_P, [_P, ctypes.c_char_p]),
    "ggml_backend_dev_count": (_N, []),
    "ggml_backend_dev_get": (_P, [_N]),
    "ggml_backend_dev_by_type": (_P, [_I]),
    "ggml_backend_dev_init": (_P, [_P, ctypes.c_char_p]),
    "ggml_backend_dev_type": (_I, [_P]),
    "ggml_backend_dev_name": (ctypes.c_char_p, [_P]),
    "ggml_backend_dev_description": (ctypes.c_char_p, [_P]),
    "ggml_backend_dev_memory": (None, [_P, ctypes.POINTER(_N), ctypes.POINTER(_N)]),
    "ggml_backend_dev_backend_reg": (_P, [_P]),
    "ggml_backend_dev_buffer_type": (_P, [_P]),
    "ggml_backend_dev_supports_op": (ctypes.c_bool, [_P, _P]),
}


@functools.cache
def _function(name: str) -> Any:
    for library in _libraries():
        with contextlib.suppress(AttributeError):
            found = getattr(library, name)
            found.restype, found.argtypes = _SIGNATURES[name]
            return found
    raise OSError(f"{name} is missing from llama.cpp, on {sys.platform}")
