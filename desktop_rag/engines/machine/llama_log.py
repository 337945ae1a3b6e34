"""Who hears what llama.cpp says."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterator
from typing import Any

from llama_cpp import llama_cpp as api


@contextlib.contextmanager
def logging_to(log: Any) -> Iterator[None]:
    """Have llama.cpp tell `log` what it does, and then again whom it told before."""
    before, data = api.llama_log_callback(), ctypes.c_void_p()
    api.llama_log_get(ctypes.byref(before), ctypes.byref(data))
    api.llama_log_set(log, ctypes.c_void_p(0))
    try:
        yield
    finally:
        api.llama_log_set(before, data)


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Have llama.cpp tell nobody what it does."""
    with logging_to(api.llama_log_callback(lambda _level, _text, _data: None)):
        yield
