"""The key-value memory of a model: what it has read, and what of it serves the next prompt.

    prompt    0 ──── 128 ──── 256 ──── … ── last multiple of 128 ──── last multiple of 4 ── end
    pieces     whole ones, up to a batch of them at once       │     alone        │   alone

Rounding depends on which tokens are read together: the rows that are left over from fours,
and attention to fewer than 64 of them, take other paths through llama.cpp. Every prompt is
therefore read in the same pieces, whatever of it is in memory already, and only whole pieces
are used again: then the same seed gives the same answer. The last one to four tokens are what
is left to read when an answer is to be written again.
"""

from __future__ import annotations

import bisect
import ctypes
import itertools
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_cpp import llama_cpp as api

from desktop_rag.domain.ports import Cancelled, CancelToken

PIECE_TOKENS = 128
_TOGETHER = 4  # tokens that llama.cpp multiplies at once; each one more costs as much as they
_ABORTED = 2  # of llama_decode


class KVCache:
    """The tokens whose keys and values llama.cpp holds, and in which pieces they were read."""

    def __init__(self, context: Any, batch_tokens: int) -> None:
        self._context = context
        self._memory = api.llama_get_memory(context)
        self._batch_tokens = batch_tokens
        self._tokens: list[int] = []
        self._starts: list[int] = []
        self._one = (api.llama_token * 1)()
        self._step = api.llama_batch_get_one(self._one, 1)

    @property
    def tokens(self) -> tuple[int, ...]:
        """What has been read."""
        return tuple(self._tokens)

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each piece of it begins."""
        return tuple(self._starts)

    def usable(self, prompt: Sequence[int]) -> int:
        """Return how much of `prompt` need not be read again; never all of it."""
        return reusable(self._tokens, self._starts, prompt)

    def outdone_by(
        self, tokens: Sequence[int], starts: Sequence[int], prompt: Sequence[int]
    ) -> bool:
        """Whether less of `prompt` had to be read if these `tokens` were in memory instead."""
        return reusable(tokens, starts, prompt) > self.usable(prompt)

    def keep(self, prompt: Sequence[int]) -> int:
        """Forget all but what serves `prompt`, and return how much that is."""
        kept = self.usable(prompt)
        if kept < len(self._tokens) and not api.llama_memory_seq_rm(self._memory, 0, kept, -1):
            kept = 0  # a recurrent model cannot forget a part
        if kept:
            self._cut(kept)
        else:
            self.clear()
        return kept

    def clear(self) -> None:
        """Forget everything."""
        api.llama_memory_clear(self._memory, True)
        self._cut(0)

    def read(self, prompt: Sequence[int], cancel: CancelToken) -> None:
        """Read what is missing of `prompt`; what was read when `Cancelled` comes is kept."""
        self._read(prompt, starts_of(len(prompt)), cancel)

    def read_ahead(self, beginning: Sequence[int], cancel: CancelToken) -> None:
        """Read whole pieces of what a prompt will begin with."""
        whole = len(beginning) // PIECE_TOKENS * PIECE_TOKENS
        following = [*beginning[:whole], -1]  # whatever comes after them
        if self.usable(following) < whole:
            self.keep(following)
            self._read(beginning[:whole], list(range(0, whole, PIECE_TOKENS)), cancel)

    def add(self, token: int) -> None:
        """Read one token that the model has written itself."""
        self._one[0] = token
        self._decode(self._step, (token,), (len(self._tokens),))

    def save(self, path: Path) -> bool:
        """Write everything to a file; return whether that could be done."""
        array = (api.llama_token * len(self._tokens))(*self._tokens)
        name = os.fsencode(path)
        return bool(api.llama_state_seq_save_file(self._context, name, 0, array, len(self._tokens)))

    def saved_bytes(self) -> int:
        """Return how large a file `save` writes, but for some hundred bytes and the tokens."""
        return int(api.llama_state_seq_get_size(self._context, 0)) + 4 * len(self._tokens)

    def restore(self, path: Path, tokens: Sequence[int], starts: Sequence[int]) -> bool:
        """Hold what `save` has written instead; return whether that could be done."""
        self.clear()
        array = (api.llama_token * len(tokens))()
        count = ctypes.c_size_t(0)
        done = api.llama_state_seq_load_file(
            self._context, os.fsencode(path), 0, array, len(tokens), ctypes.byref(count)
        )
        if not done or list(array) != list(tokens) or not self._holds(len(tokens)):
            self.clear()
            return False
        self._tokens, self._starts = list(tokens), list(starts)
        return True

    def _holds(self, tokens: int) -> bool:
        return bool(api.llama_memory_seq_pos_max(self._memory, 0) == tokens - 1)

    def _read(self, tokens: Sequence[int], starts: Sequence[int], cancel: CancelToken) -> None:
        stop = api.ggml_abort_callback(lambda _data: cancelled(cancel))
        api.llama_set_abort_callback(self._context, stop, None)
        try:
            for pieces in batches(starts, len(tokens), len(self._tokens), self._batch_tokens):
                cancel.check()
                batch = tokens[pieces[0] : pieces[-1]]
                array = (api.llama_token * len(batch))(*batch)
                self._decode(api.llama_batch_get_one(array, len(batch)), batch, pieces[:-1])
        finally:
            api.llama_set_abort_callback(self._context, api.ggml_abort_callback(), None)

    def _decode(self, batch: Any, tokens: Sequence[int], starts: Sequence[int]) -> None:
        status = api.llama_decode(self._context, batch)
        if status == _ABORTED:
            if self._tokens and not self._holds(len(self._tokens)):
                self.clear()  # a recurrent model cannot take back the half of a batch
            raise Cancelled
        if status:
            self.clear()
            raise RuntimeError(f"llama_decode returned {status}")
        self._starts.extend(starts)
        self._tokens.extend(tokens)

    def _cut(self, kept: int) -> None:
        del self._tokens[kept:]
        del self._starts[bisect.bisect_left(self._starts, kept) :]


def starts_of(length: int) -> list[int]:
    """Return where the pieces of a prompt begin in which it is read."""
    last = (length - 1) // _TOGETHER * _TOGETHER
    return [*range(0, last, PIECE_TOKENS), last]


def reusable(tokens: Sequence[int], starts: Sequence[int], prompt: Sequence[int]) -> int:
    """Return how much of `prompt` was read in the very pieces in which it is to be read."""
    common = 0
    for ours, theirs in zip(tokens, prompt[:-1], strict=False):
        if ours != theirs:
            break
        common += 1
    kept = 0
    for ours, theirs in zip([*starts, len(tokens)], starts_of(len(prompt)), strict=False):
        if ours != theirs or ours > common:
            break
        kept = ours
    return kept


def batches(starts: Sequence[int], end: int, done: int, most: int) -> list[list[int]]:
    """Return the pieces that are read together, and where they end, from `done` on.

    Only whole pieces are: what is left over is read alone, as it is when they are there already.
    """
    edges = [at for at in [*starts, end] if at >= done]
    result: list[list[int]] = []
    for start, stop in itertools.pairwise(edges):
        together = result[-1] if result else []
        whole = stop - start == PIECE_TOKENS
        if together and whole and stop - together[0] <= most and _whole(together):
            together.append(stop)
        else:
            result.append([start, stop])
    return result


def cancelled(cancel: CancelToken) -> bool:
    """Whether a job is no longer wanted, for callbacks, which must not raise."""
    try:
        cancel.check()
    except Cancelled:
        return True
    return False


def _whole(pieces: Sequence[int]) -> bool:
    return pieces[-1] - pieces[-2] == PIECE_TOKENS
