"""What the sampling settings do to the likelihoods of a next token.

    top_k ─► top_p ─► min_p ─► temperature ─► draw

This is the order of the chain that `desktop_rag.engines.llm.llama` builds, which is
that of llama.cpp's own programs (`common/common.h`, `samplers`), and each step
does what `src/llama-sampling.cpp` does there (ggml-org/llama.cpp, commit
0344068cf112): the cuts look at likelihoods before the temperature, top_p at
those of what top_k left, and each leaves at least one token. Left out are the
repeat penalty, which depends on the tokens before, and the tokens that are
less likely than all candidates given: what those have of the likelihood counts
for top_p while top_k does not remove them, but not for the shares afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_rag.settings.schema import Sampling

_NEVER = -700.0  # a log-likelihood below which floats run out

Candidate = tuple[str, float]  #: a token and its natural log-likelihood


class TokenFilter(StrEnum):
    """What can take a token out of the choice."""

    TOP_K = "top-k"
    TOP_P = "top-p"
    MIN_P = "min-p"
    GREEDY = "greedy"


@dataclass(frozen=True, slots=True)
class Fate:
    """A token's likelihood before and after the settings; `cut` is what removed it."""

    text: str
    before: float
    after: float
    cut: TokenFilter | None = None


def always_likeliest(sampling: Sampling) -> bool:
    """Tell whether nothing is left to chance."""
    return sampling.greedy or sampling.temperature <= 0


def fates(candidates: Sequence[Candidate], sampling: Sampling) -> tuple[Fate, ...]:
    """Return what becomes of each candidate, the likeliest first."""
    ordered = sorted(
        ((text, log) for text, log in candidates if log > _NEVER), key=lambda pair: -pair[1]
    )
    before = [math.exp(min(log, 0.0)) for _, log in ordered]
    cuts = _cuts(before, sampling)
    after = _heated(before, cuts, sampling.temperature)
    return tuple(
        Fate(text, was, will_be, cut)
        for (text, _), was, will_be, cut in zip(ordered, before, after, cuts, strict=True)
    )


def _cuts(before: Sequence[float], sampling: Sampling) -> list[TokenFilter | None]:
    if always_likeliest(sampling):
        return [TokenFilter.GREEDY if rank else None for rank in range(len(before))]
    left = sampling.top_k if 0 < sampling.top_k < len(before) else len(before)
    nucleus = _nucleus(before[:left], sampling.top_p, whole=left == len(before))
    least = before[0] * sampling.min_p if before else 0.0
    cuts: list[TokenFilter | None] = []
    for rank, likelihood in enumerate(before):
        if rank >= left:
            cuts.append(TokenFilter.TOP_K)
        elif rank >= nucleus:
            cuts.append(TokenFilter.TOP_P)
        else:
            cuts.append(TokenFilter.MIN_P if likelihood < least else None)
    return cuts


def _nucleus(before: Sequence[float], top_p: float, *, whole: bool) -> int:
    """Return how many of the likeliest together reach `top_p`, at least one."""
    if top_p >= 1:
        return len(before)
    given = sum(before)
    total = max(given, 1.0) if whole else given
    reached = 0.0
    for count, likelihood in enumerate(before, start=1):
        reached += likelihood / total
        if reached >= top_p:
            return count
    return len(before)


def _heated(
    before: Sequence[float], cuts: Sequence[TokenFilter | None], temperature: float
) -> list[float]:
    """Share everything among those that are left, evened out or sharpened by the temperature."""
    if not before:
        return []
    heat = max(temperature, 1e-3)  # below it one token has it all anyway
    top = math.log(before[0])
    weights = [
        0.0 if cut else math.exp((math.log(was) - top) / heat)
        for was, cut in zip(before, cuts, strict=True)
    ]
    total = sum(weights)
    return [weight / total for weight in weights]
