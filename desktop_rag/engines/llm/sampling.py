"""Drawing the next token: llama.cpp's chain of samplers, and what it draws from."""

from __future__ import annotations

import contextlib
import ctypes
import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from llama_cpp import llama_cpp as api

from desktop_rag.domain.generation import SamplingParameters, TokenCandidate

_PENALIZED_TOKENS = 64  # how far back a repetition counts
_SHOWN = 12
_OTHERS = 4  # of a token that was written
_LEAST = 0.005  # as probable as that, or nobody wants to know of it


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


class Odds(NamedTuple):
    """The probability of the token that was drawn, and of the likeliest others, by their ids."""

    probability: float
    others: tuple[tuple[int, float], ...]


class OddsReader:
    """Tells the odds of tokens of a vocabulary of so many; not for two threads.

    As it does so for every token, it sorts no vocabulary, and takes no memory anew: pages that
    the system gives for the first time cost more than the sum over them.
    """

    def __init__(self, vocabulary: int) -> None:
        self._array = ctypes.c_float * vocabulary
        self._shares = np.empty(vocabulary, dtype=np.float32)  # of the likeliest's

    def odds(self, context: Any, chosen: int) -> Odds:
        """Return how likely the token `chosen` was at the position read last, and what else was."""
        pointer = api.llama_get_logits_ith(context, -1)
        place = ctypes.addressof(pointer.contents)
        held: Any = self._array.from_address(place)
        logits = np.frombuffer(held, dtype=np.float32)
        top, shares = logits.max(), self._shares
        near = np.flatnonzero(logits >= top + math.log(_LEAST))  # few, if the model has any idea
        np.subtract(logits, top, out=shares)
        np.exp(shares, out=shares)
        total = float(shares.sum())
        if len(near) > _OTHERS + 1:
            near = near[np.argpartition(-shares[near], _OTHERS)[: _OTHERS + 1]]
        found = sorted(zip((shares[near] / total).tolist(), near.tolist(), strict=True))
        others = [(at, share) for share, at in reversed(found) if at != chosen and share >= _LEAST]
        return Odds(float(shares[chosen]) / total, tuple(others[:_OTHERS]))
