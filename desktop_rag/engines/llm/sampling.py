"""Drawing the next token: llama.cpp's chain of samplers, and what it draws from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from llama_cpp import llama_cpp as api

from desktop_rag.domain.generation import SamplingParameters, TokenCandidate

_PENALIZED_TOKENS = 64  # how far back a repetition counts
_SHOWN = 12


@contextlib.contextmanager
def sampler(sampling: SamplingParameters, seed: int, vocabulary: int) -> Iterator[Any]:
    """Lend a chain that draws tokens, in the order of llama.cpp's own programs."""
    chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
    try:
        for link in _links(sampling, seed, vocabulary):
            api.llama_sampler_chain_add(chain, link)
        yield chain
    finally:
        api.llama_sampler_free(chain)


def _links(sampling: SamplingParameters, seed: int, vocabulary: int) -> Iterator[Any]:
    if sampling.repeat_penalty != 1.0:
        yield api.llama_sampler_init_penalties(
            vocabulary, _PENALIZED_TOKENS, sampling.repeat_penalty, 0.0, 0.0
        )
    if sampling.greedy or sampling.temperature <= 0:
        yield api.llama_sampler_init_greedy()
        return
    yield api.llama_sampler_init_top_k(sampling.top_k)
    yield api.llama_sampler_init_top_p(sampling.top_p, 1)
    yield api.llama_sampler_init_min_p(sampling.min_p, 1)
    yield api.llama_sampler_init_temp(sampling.temperature)
    yield api.llama_sampler_init_dist(seed)


def candidates(
    context: Any, vocabulary: int, piece: Callable[[int], bytes], chosen: int
) -> tuple[TokenCandidate, ...]:
    """Return the likeliest tokens at the position read last, likeliest first.

    Their log-probabilities are those before any sampler had its say. The one
    that was `chosen` is among them, whatever its place.
    """
    logits = np.ctypeslib.as_array(api.llama_get_logits_ith(context, -1), (vocabulary,))
    values = logits.astype(np.float64)
    total = values.max() + np.log(np.exp(values - values.max()).sum())
    best = np.argsort(-values)[:_SHOWN].tolist()
    if chosen not in best:
        best[-1] = chosen
    return tuple(
        TokenCandidate(
            piece(at).decode("utf-8", "replace"), float(values[at] - total), at == chosen
        )
        for at in best
    )
